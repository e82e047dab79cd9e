"""Notes say what was measured and what to do, never more."""

from pathlib import Path

import numpy as np
import pytest

from tests.rephotographed import held_up
from tests.workstation.capture.test_presentation import FACE, traveller
from workstation.capture.remarks import EVERY_SECONDS, FRAME_SEEN, GRID_SEEN, LOOPS, CaptureNotes, device_note

FPS = 25


@pytest.fixture
def devices(tmp_path: Path) -> Path:
    """A tree like /sys/class/video4linux: a camera, two programs, one of them with a harmless name."""
    for number, (name, place) in enumerate(
        (
            ("Integrated Webcam: Integrated W", "devices/pci0000/usb1/video4linux/video0"),
            ("OBS Virtual Camera", "devices/virtual/video4linux/video1"),
            ("HD Pro Webcam C920", "devices/virtual/video4linux/video2"),
            ("DroidCam", "devices/platform/video4linux/video3"),
        )
    ):
        device = tmp_path / place
        device.mkdir(parents=True)
        (device / "name").write_text(name + "\n")
        (tmp_path / "class").mkdir(exist_ok=True)
        (tmp_path / "class" / f"video{number}").symlink_to(device)
    return tmp_path / "class"


@pytest.mark.parametrize(
    ("source", "program"),
    [
        ("camera:0", None),
        ("camera:1", "OBS Virtual Camera"),
        ("/dev/video2", "HD Pro Webcam C920"),
        (" camera:03 ", "DroidCam"),
        ("camera:9", None),
        ("rtsp://desk/1", None),
        ("training:travellers", None),
    ],
)
def test_that_a_program_in_place_of_a_camera_is_named(devices: Path, source: str, program: str | None) -> None:
    note = device_note(source, devices)
    assert (note is None) is (program is None)
    if program is not None:
        assert program in str(note)
        assert "Ask the supervisor" in str(note)


def test_that_a_person_gives_no_note(devices: Path) -> None:
    notes = CaptureNotes("camera:0", devices)
    for turn in range(4):
        notes.see(traveller(turn), FACE, turn * EVERY_SECONDS)
    assert notes.notes == ()


def test_that_a_screen_is_noted_after_some_looks_and_forgotten_with_the_traveller(devices: Path) -> None:
    notes = CaptureNotes("camera:0", devices)
    said = []
    for turn in range(4):
        image, box = held_up(traveller(1), FACE, pitch=2.6, turn=turn + 1, size=(288, 288), moment=turn)
        notes.see(image, box, turn * EVERY_SECONDS)
        said.append(notes.notes)
    assert said[1] == ()
    assert said[-1] == (GRID_SEEN,)
    notes.forget()
    assert notes.notes == ()


def test_that_a_paper_is_noted_by_its_frame(devices: Path) -> None:
    notes = CaptureNotes("camera:0", devices)
    for turn in range(4):
        image, box = held_up(traveller(1), FACE, pitch=0.5, turn=turn, screen=False, size=(400, 320), border=12, moment=turn)
        notes.see(image, box, turn * EVERY_SECONDS)
    assert notes.notes == (FRAME_SEEN,)


def test_that_a_face_is_not_looked_at_in_every_frame(devices: Path) -> None:
    notes = CaptureNotes("camera:0", devices)
    image, box = held_up(traveller(1), FACE, pitch=2.6, turn=2, size=(288, 288))
    for turn in range(8):
        notes.see(image, box, turn / FPS)
    assert notes.notes == ()


def test_that_notes_stand_side_by_side_with_the_source_first(devices: Path) -> None:
    notes = CaptureNotes("camera:1", devices)
    film = [np.random.default_rng(each).integers(0, 255, (300, 300, 3), dtype=np.uint8) for each in range(20)]
    for turn in range(60):
        notes.see(film[turn % 20], None, turn / FPS)
    assert "OBS" in str(notes.notes[0])
    assert notes.notes[1:] == (LOOPS,)


def test_that_no_note_accuses() -> None:
    for note in (GRID_SEEN, FRAME_SEEN, LOOPS):
        assert not any(word in str(note).lower() for word in ("fake", "fraud", "spoof", "attack", "refer", "suspic"))
