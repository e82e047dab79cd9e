"""When the log is signed, where the checkpoints go, and what a power cut leaves of them."""

import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from matching.faces.images import png
from tests.factory import NOW, particulars
from tests.fakes import NumberedFaces, picture
from tests.workstation.conftest import Clock, sign_in
from watchlists.records.purposes import Purpose
from workstation.accountability import kept_notes, log, signed_notes
from workstation.accountability.acts import Deed
from workstation.alerts.verdicts import View
from workstation.desk.desk import Desk
from workstation.errors import OperatorError
from workstation.post.log_signing import CHECKPOINTS
from workstation.post.post import STORE, Post, open_post
from workstation.schema import BindingRow, CheckpointRow, ScreeningRow, SettingRow


def sizes(post: Post) -> list[int]:
    return [int(note.split("\n")[1]) for note in kept_notes.read(post.folder / CHECKPOINTS).notes]


def entry(post: Post, at: datetime, act: str = Deed.RECORD_READ) -> None:
    with post.store.writing() as session:
        log.append(session, at, "a", act, "x", {}, training=True)


def test_that_the_log_is_signed_after_fifty_entries(post: Post) -> None:
    signed = sizes(post)[-1]
    for _ in range(49 - (log_size(post) - signed)):
        entry(post, NOW)
    assert sizes(post)[-1] == signed
    entry(post, NOW)
    assert sizes(post)[-1] == signed + 50


def log_size(post: Post) -> int:
    with post.store.reading() as session:
        return log.size(session)


def test_that_the_log_is_signed_after_five_minutes(post: Post) -> None:
    post.checkpoint(NOW)
    entry(post, NOW + timedelta(minutes=4))
    assert sizes(post)[-1] == log_size(post) - 1
    entry(post, NOW + timedelta(minutes=5))
    assert sizes(post)[-1] == log_size(post)


def test_that_what_waits_is_signed_by_the_upkeep_too(post: Post, desk: Desk, clock: Clock) -> None:
    desk.keep_up()
    entry(post, clock())
    clock.at += timedelta(minutes=6)
    desk.keep_up()
    assert sizes(post)[-1] >= log_size(post) - 1


def test_that_a_verdict_and_a_change_of_people_are_signed_at_once(post: Post, desk: Desk, listed: int) -> None:
    assert listed
    sign_in(desk, "officer").counter.screen(picture(7, moment=2), source="t")
    sign_in(desk, "second").second_line.judge(1, 1, View.CANNOT_TELL, ["nose: cannot see"])
    assert sizes(post)[-1] == log_size(post)
    sign_in(desk, "admin").people.let_go(1)
    assert sizes(post)[-1] == log_size(post)


def test_that_a_checkpoint_says_how_far_the_store_reached_and_what_was_in_force(post: Post, desk: Desk, listed: int) -> None:
    assert listed
    sign_in(desk, "officer")
    desk.people.sign_out()
    note = kept_notes.read(post.folder / CHECKPOINTS).notes[-1]
    told = signed_notes.opened(note, post.origin, post.signing_key.public_key())
    assert (told.reached["people"], told.reached["records"], told.reached["screenings"]) == (5, 4, 0)
    assert set(told.uses) == {"post.json", "post.key", "models"}
    assert told.uses["models"] == NumberedFaces.encoder.digest


def test_that_screenings_lost_with_the_write_ahead_file_are_missed(post: Post, desk: Desk, listed: int, tmp_path: Path) -> None:
    """A power cut leaves the write-ahead file beside the store; somebody deletes it."""
    assert listed
    with post.store.reading() as session:
        session.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(post.folder, tmp_path / "cut")
    officer = sign_in(desk, "officer")
    for moment in range(8):
        officer.counter.screen(picture(500 + moment), source="t")
        officer.counter.close_screening(moment + 1)
    desk.people.sign_out()
    for name in (STORE, "post.json", "post.key", CHECKPOINTS):
        shutil.copy(post.folder / name, tmp_path / "cut" / name)
    with pytest.raises(OperatorError, match=r"its end was lost.*up to screening 8"):
        open_post(tmp_path / "cut")


@pytest.mark.parametrize("kept", [0.0, 0.5, 0.99])
def test_that_a_power_cut_within_a_folding_of_the_write_ahead_file_leaves_a_sound_post(
    post: Post, desk: Desk, listed: int, tmp_path: Path, kept: float
) -> None:
    """The store's pages are torn between old and new; the write-ahead file, which is whole, mends them."""
    assert listed
    with post.store.reading() as session:
        session.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    old = (post.folder / STORE).read_bytes()
    sign_in(desk, "admin").records.add_watchlist("Another", Purpose.REFER, "U", "+0")
    desk.records.add_record(2, particulars("Torn"), [png(picture(30))], "test")
    shutil.copytree(post.folder, tmp_path / "cut")
    with post.store.reading() as session:
        session.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    new = (post.folder / STORE).read_bytes()
    torn = bytearray(new[: len(old)] if len(new) > len(old) else new)
    for sector in range(0, len(torn), 512):
        if (sector * 2654435761 >> 7) % 100 >= kept * 100:
            torn[sector : sector + 512] = old[sector : sector + 512]
    (tmp_path / "cut" / STORE).write_bytes(torn)
    (tmp_path / "cut" / "post.lock").unlink(missing_ok=True)
    again = open_post(tmp_path / "cut")
    assert again.faults == ()
    assert again.verify_audit().ok
    again.close()


@pytest.mark.parametrize("left", [1, 60, 200, -8])
def test_that_a_torn_last_checkpoint_is_mended_and_no_fault(post: Post, desk: Desk, left: int) -> None:
    sign_in(desk, "officer")
    desk.close()
    path = post.folder / CHECKPOINTS
    raw = path.read_bytes()
    last = raw.rstrip(b"\n=").rfind(b"\n=====\n") + len(b"\n=====\n")
    path.write_bytes(raw[:last] + raw[last:][:left])
    again = open_post(post.folder)
    assert again.faults == ()
    assert path.read_bytes() == raw
    again.close()


def test_that_a_checkpoint_that_never_reached_its_file_is_written_at_the_next_opening(post: Post, desk: Desk) -> None:
    sign_in(desk, "officer")
    desk.close()
    path = post.folder / CHECKPOINTS
    raw = path.read_bytes()
    path.write_bytes(raw[: raw.rstrip(b"\n=").rfind(b"\n=====\n") + len(b"\n=====\n")])
    again = open_post(post.folder)
    assert again.faults == ()
    assert path.read_bytes() == raw
    again.close()


def test_that_a_second_copy_is_kept_where_the_post_says_and_a_missing_place_is_said(
    desk: Desk, post: Post, tmp_path: Path
) -> None:
    place = tmp_path / "stick"
    place.mkdir()
    sign_in(desk, "supervisor")
    with pytest.raises(OperatorError, match="not a folder"):
        desk.change_settings(replace(desk.settings(), second_copy="stick"))
    desk.change_settings(replace(desk.settings(), second_copy=str(place)))
    desk.people.sign_out()
    assert kept_notes.read(place / f"{post.facts.id}.{CHECKPOINTS}").notes == kept_notes.read(post.folder / CHECKPOINTS).notes
    shutil.rmtree(place)
    sign_in(desk, "officer")
    desk.people.sign_out()
    assert desk.status().copy_fault, "the stick was taken away"
    place.mkdir()
    sign_in(desk, "officer")
    desk.people.sign_out()
    assert not desk.status().copy_fault
    assert kept_notes.read(place / f"{post.facts.id}.{CHECKPOINTS}").notes == kept_notes.read(post.folder / CHECKPOINTS).notes


def test_that_the_code_of_a_sign_out_names_its_checkpoint(desk: Desk) -> None:
    sign_in(desk, "officer")
    code = desk.people.sign_out().value
    assert code is not None
    auditor = sign_in(desk, "auditor")
    assert auditor.log.entries_of_code(code.code.lower()) == code.entries
    assert auditor.log.entries_of_code("AAAA-AAAA-AAAA-AAAA") is None


def test_that_rows_written_without_an_act_are_an_entry_of_their_own(post: Post) -> None:
    with post.store.writing() as session:
        session.add(SettingRow(name="odd", value="1"))
    with post.store.reading() as session:
        assert log.entries(session, limit=1)[0].act == Deed.ROWS_WRITTEN
        assert session.scalar(select(BindingRow.key).order_by(BindingRow.entry.desc())) == "odd"
    assert post.verify_audit().ok


def test_that_an_erased_content_keeps_every_proof(post: Post, desk: Desk, listed: int) -> None:
    """What was seen of a traveller goes from the row, with an entry; the salts of what earlier entries committed to go too."""
    assert listed
    screening = sign_in(desk, "officer").counter.screen(picture(7, moment=2), source="t").value.screening_id
    with post.store.writing() as session:
        row = session.get_one(ScreeningRow, screening)
        row.probe = row.template = None
        number = log.append(session, NOW, "program", Deed.SETTINGS_CHANGED, f"screening:{screening}", {}, training=True)
    with post.store.writing() as session:
        session.execute(
            text("UPDATE row_bindings SET salt = x'' WHERE kind = 'screenings' AND entry < :number"), {"number": number}
        )
    assert post.verify_audit().ok


def test_that_no_checkpoint_is_signed_twice(post: Post) -> None:
    post.checkpoint(NOW)
    post.checkpoint(NOW)
    with post.store.reading() as session:
        inside = list(session.scalars(select(CheckpointRow.size)))
    assert sizes(post) == inside == sorted(set(inside))
