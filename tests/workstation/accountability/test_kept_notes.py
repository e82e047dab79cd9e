"""A checkpoint torn by a power cut is told from one that somebody put there."""

from pathlib import Path

import pytest

from workstation.accountability import kept_notes
from workstation.accountability.kept_notes import BETWEEN

NOTES = ("amaan/x\n1\nroot\n\nsigned\n", "amaan/x\n2\nroot\n\nsigned\n", "amaan/x\n3\nroot\n\nsigned\n")


def kept(tmp_path: Path, tail: bytes) -> kept_notes.KeptNotes:
    path = tmp_path / "notes"
    path.write_bytes("".join(f"{note}{BETWEEN}" for note in NOTES[:2]).encode() + tail)
    return kept_notes.read(path, NOTES)


@pytest.mark.parametrize("cut", range(1, len(f"{NOTES[2]}{BETWEEN}") - 1))
def test_that_the_beginning_of_the_next_note_is_torn_wherever_it_ends(tmp_path: Path, cut: int) -> None:
    for zeros in (0, 300):
        tail = f"{NOTES[2]}{BETWEEN}".encode()[:cut] + bytes(zeros)
        assert kept(tmp_path, tail) == kept_notes.KeptNotes(NOTES[:2], torn=len(tail))


@pytest.mark.parametrize(
    "tail", [b"amaan/y", b"\xff\xfe", b"amaan/x\n4", NOTES[0].encode()[:9] + b"\xff", NOTES[1].encode()[:-3]]
)
def test_that_anything_else_is_a_note_that_must_be_trusted_or_not(tmp_path: Path, tail: bytes) -> None:
    found = kept(tmp_path, tail)
    assert (len(found.notes), found.torn) == (3, 0)


def test_that_a_torn_note_is_taken_away_before_the_next_is_written(tmp_path: Path) -> None:
    path = tmp_path / "notes"
    found = kept(tmp_path, NOTES[2].encode()[:11])
    kept_notes.mend(path, found)
    kept_notes.add(path, NOTES[2:])
    assert kept_notes.read(path) == kept_notes.KeptNotes(NOTES)


def test_that_no_file_is_said_to_be_missing(tmp_path: Path) -> None:
    assert kept_notes.read(tmp_path / "none") == kept_notes.KeptNotes((), missing=True)
