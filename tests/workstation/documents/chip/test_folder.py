import base64
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from matching.faces.images import Image, jpeg
from tests.chip_files import LINES, TODAY, authority, chip, dg1, dg2, dg2_of_2019, drawn_portrait, jpeg_2000, signer
from workstation.documents.chip.comparison import compare
from workstation.documents.chip.files import LARGEST, name_of
from workstation.documents.chip.folder import document_from_chip, read_chip, read_folder
from workstation.documents.chip.lds import Detail
from workstation.documents.chip.tlv import element
from workstation.documents.mrz import mrz
from workstation.documents.travel_document import ChipState, Origin
from workstation.errors import OperatorError

SIGNER = signer(authority())
CHIP = chip(SIGNER)


@pytest.mark.parametrize("form", ["EF.{}", "EF_{}.BIN", "{}.bin", "{}", "ef{}.dat", "EF-{}.BIN"])
@pytest.mark.parametrize("turn", [str.upper, str.lower])
def test_that_files_are_known_by_every_name(tmp_path: Path, form: str, turn: Callable[[str], str]) -> None:
    folder = CHIP.export(tmp_path / "chip", turn(form).replace("{}", "{}"))
    (folder / "photo.txt").write_text("something else")
    found = read_folder(folder, None, TODAY)
    assert found.zone is not None
    assert found.zone.lines == LINES
    assert found.portrait is not None
    assert found.result.state is ChipState.NO_ANCHOR


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("DG01", "DG1"), ("DataGroup1.bin", "DG1"), ("dg_02.bin", "DG2"), ("0101.bin", "DG1"), ("011D", "SOD"), ("EF.COM", "COM"), ("sod.der", "SOD"),
        ("DG16.bin", "DG16"), ("DG17.bin", ""), ("DG1.jpg", ""), ("DG1 (copy).bin", ""), ("notes.txt", ""),
    ],
)  # fmt: skip # one case to a line makes eleven lines
def test_that_names_say_which_file_it_is(file: str, name: str) -> None:
    assert name_of(file) == name


@pytest.mark.parametrize("block", [dg2, dg2_of_2019], ids=["2005", "2019"])
@pytest.mark.parametrize("form", [jpeg, jpeg_2000], ids=["JPEG", "JPEG 2000"])
def test_that_the_portrait_comes_from_the_chip(block: Callable[[bytes], bytes], form: Callable[[Image], bytes]) -> None:
    drawn = drawn_portrait()
    found = read_chip(chip(SIGNER, groups={2: block(form(drawn))}), None, TODAY)
    assert found.portrait is not None
    assert np.abs(found.portrait.astype(int) - drawn).mean() < 4
    document = document_from_chip(found)
    assert document.origin is Origin.CHIP
    assert document.portrait is not None
    assert document.portrait.from_chip
    assert document.portrait.template is None
    assert document.chip is ChipState.NO_ANCHOR
    assert document.remarks[: len(found.result.sentences)] == found.result.sentences


def test_that_a_broken_picture_leaves_the_rest_and_is_told() -> None:
    picture = jpeg_2000(drawn_portrait())
    broken = chip(SIGNER, picture[:300])
    found = read_chip(broken, None, TODAY)
    assert found.portrait is None
    assert found.zone is not None
    assert found.result.state is ChipState.NO_ANCHOR, "the picture is as it was signed"
    assert [str(each) for each in found.remarks] == [
        "The file EF.DG2 cannot be used. The picture is damaged or cut off. Copy the file again from where it came from."
    ]


def test_that_a_status_word_behind_a_file_is_left_out_and_nothing_called_altered() -> None:
    whole = CHIP.file("DG1")
    assert whole is not None
    found = read_chip(CHIP.but(DG1=whole + b"\x90\x00"), None, TODAY)
    assert found.result.state is ChipState.NO_ANCHOR
    assert "status word 90 00" in str(found.remarks[0])


@pytest.mark.parametrize("write", [bytes.hex, lambda data: base64.b64encode(data).decode()], ids=["hexadecimal", "Base64"])
def test_that_a_file_saved_as_text_is_unreadable_and_not_altered(write: Callable[[bytes], str]) -> None:
    whole = CHIP.file("DG1")
    assert whole is not None
    found = read_chip(CHIP.but(DG1=write(whole).encode()), None, TODAY)
    assert found.result.state is not ChipState.ALTERED
    assert "holds text" in str(found.remarks[0])


def test_that_a_broken_zone_leaves_the_portrait_and_is_told() -> None:
    found = read_chip(CHIP.but(DG1=dg1(("P<UTO" + "?" * 39, LINES[1]))), None, TODAY)
    assert found.zone is None
    assert found.portrait is not None
    assert found.result.state is ChipState.ALTERED
    assert "EF.DG1 cannot be used. Line 1 holds “?”" in str(found.remarks[0])


def test_that_details_are_given() -> None:
    group = element(0x6B, element(0x5F0E, b"ERIKSSON<<ANNA<MARIA"))
    found = read_chip(chip(SIGNER, groups={11: group}), None, TODAY)
    assert found.details == (Detail("full name", "ERIKSSON ANNA MARIA"),)


def test_that_a_list_of_files_that_nobody_signed_is_told() -> None:
    com = chip(SIGNER, groups={11: element(0x6B, b"")}).held["COM"]
    found = read_chip(CHIP.but(COM=com), None, TODAY)
    assert [str(each) for each in found.remarks] == ["EF.COM lists data group 11, which nobody signed."]


def test_that_a_signer_of_another_state_is_told() -> None:
    found = read_chip(chip(signer(authority(country="XX"), country="XX")), None, TODAY)
    assert "The document says that UTO issued it, but its signer is of XX." in [str(each) for each in found.remarks]
    assert read_chip(CHIP, None, TODAY).remarks == ()


def test_that_bad_folders_are_sentences(tmp_path: Path) -> None:
    for prepare, why in (
        (Path.exists, "There is no folder"),
        (Path.mkdir, "holds no files of a chip"),
        (lambda folder: (folder / "SOD.bin").write_bytes(CHIP.held["SOD"]), "Neither the printed lines"),
        (lambda folder: (folder / "EF_SOD").write_bytes(b""), "are both EF.SOD"),
    ):
        prepare(tmp_path / "chip")
        with pytest.raises(OperatorError, match=why):
            read_folder(tmp_path / "chip", None, TODAY)


@pytest.mark.parametrize("name", ["DG1", "DG2", "SOD", "COM", "DG11"])
def test_that_a_file_of_another_size_is_refused(tmp_path: Path, name: str) -> None:
    folder = CHIP.export(tmp_path / "chip")
    with (folder / f"EF.{name}").open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(OperatorError, match=f"EF.{name} has more than"):
        read_folder(folder, None, TODAY)


def test_that_the_page_is_compared_with_the_chip() -> None:
    chip_zone = mrz.parse(LINES, TODAY)
    assert compare(mrz.parse(LINES, TODAY), chip_zone) == ()
    other = LINES[1].replace("UTO7408122", "UTO7508121").replace("L898902C3", "L898902C8")
    told = [str(each) for each in compare(mrz.parse((LINES[0].replace("ANNA", "EMMA"), other), TODAY), chip_zone)]
    assert told == [
        "The given names are EMMA MARIA on the page and ANNA MARIA on the chip.",
        "The number is L898902C8 on the page and L898902C3 on the chip.",
        "The date of birth is 750812 on the page and 740812 on the chip.",
    ]


def test_that_a_check_digit_alone_is_told() -> None:
    chip_zone = mrz.parse(LINES, TODAY)
    told = compare(mrz.parse((LINES[0], LINES[1][:-1] + "7"), TODAY), chip_zone)
    assert [str(each) for each in told] == [
        "The fields are the same on the page and on the chip, but their check digits or fillers differ."
    ]


def test_that_another_form_is_told() -> None:
    card = mrz.parse(("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"), TODAY)
    assert [str(each) for each in compare(card, mrz.parse(LINES, TODAY))] == [
        "The page is of the form TD2, the chip of the form TD3."
    ]
