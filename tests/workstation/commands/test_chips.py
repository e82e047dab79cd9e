"""`amaan chip`, in this process: what it prints, and how it refuses."""

import json
from pathlib import Path

from click.testing import CliRunner

from tests.chip_files import LINES, authority, chip, signer
from tests.factory import passport_zone
from workstation.__main__ import main

ROOT = authority()


def amaan(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["chip", *arguments])
    return done.exit_code, done.stdout, done.stderr


def test_that_a_chip_is_told_in_words(tmp_path: Path) -> None:
    folder = chip(signer(ROOT)).export(tmp_path / "chip")
    (tmp_path / "trust").mkdir()
    (tmp_path / "trust" / "ut.cer").write_bytes(ROOT.der)
    code, told, _ = amaan(str(folder), "--trust", str(tmp_path / "trust"))
    assert code == 0
    assert "Chip: contents are as signed, signer trusted" in told
    assert "ERIKSSON, Anna Maria".casefold() in told.casefold()
    assert "vouched for by: C=UT" in told
    assert "not that the chip is no copy of another" in told


def test_that_a_chip_is_told_as_one_object(tmp_path: Path) -> None:
    folder = chip(signer(ROOT)).export(tmp_path / "chip")
    code, told, _ = amaan(str(folder), "--json")
    answer = json.loads(told)
    assert code == 0
    assert answer["state"] == "no certificate of the issuing State here"
    assert answer["data_groups"] == {"DG1": "as signed", "DG2": "as signed"}
    assert answer["zone"]["fields"]["number"] == "L898902C3"
    assert answer["portrait"] == {"width": 120, "height": 160}
    assert (answer["anchor"], answer["signer"]["serial"]) == (None, "4d")


def test_that_the_printed_zone_is_compared_with_the_chip(tmp_path: Path) -> None:
    folder = chip(signer(ROOT)).export(tmp_path / "chip")
    zone = passport_zone()
    told = amaan(str(folder), *(part for line in zone.lines for part in ("--mrz", line)))[1]
    assert f"The number is {zone.number} on the page and L898902C3 on the chip." in told
    same = amaan(str(folder), *(part for line in LINES for part in ("--mrz", line)), "--json")[1]
    assert json.loads(same)["differs_from_page"] == []


def test_that_bad_input_is_a_sentence(tmp_path: Path) -> None:
    code, told, refused = amaan(str(tmp_path / "none"), "--json")
    assert code == 2
    assert json.loads(told)["refused"] == refused.strip()
    assert refused.startswith("There is no folder")
    folder = chip(signer(ROOT)).export(tmp_path / "chip")
    assert amaan(str(folder), "--trust", str(tmp_path / "none"))[0] == 2
