"""Which cameras are connected, and the same one again under another number."""

from pathlib import Path

import pytest

from workstation.capture.camera import SourceLost
from workstation.capture.cameras import FoundCamera, SameCamera, found, number_of


class Bus:
    """Folders as the kernel keeps them."""

    def __init__(self, home: Path) -> None:
        self.devices, self.described = home / "dev", home / "sys"
        (self.devices / "v4l" / "by-id").mkdir(parents=True)
        self.described.mkdir()

    def connect(self, number: int, name: str, stable: str = "", index: int = 0) -> None:
        (self.devices / f"video{number}").touch()
        told = self.described / f"video{number}"
        told.mkdir()
        (told / "name").write_text(name + "\n")
        (told / "index").write_text(f"{index}\n")
        if stable:
            (self.devices / "v4l" / "by-id" / stable).symlink_to(f"../../video{number}")

    def unplug(self, number: int) -> None:
        (self.devices / f"video{number}").unlink()
        for link in (self.devices / "v4l" / "by-id").iterdir():
            if not link.exists():
                link.unlink()
        for file in (self.described / f"video{number}").iterdir():
            file.unlink()
        (self.described / f"video{number}").rmdir()

    def same(self, spec: str) -> SameCamera:
        return SameCamera(spec, self.devices, self.described)

    def open(self, spec: str) -> str:
        """What would be opened; a camera that is not connected is lost."""
        number = number_of(spec, self.devices)
        if number is None or not (self.devices / f"video{number}").exists():
            raise SourceLost("not connected")
        return spec


@pytest.fixture
def bus(tmp_path: Path) -> Bus:
    return Bus(tmp_path)


def test_that_connected_cameras_are_found_with_their_names(bus: Bus) -> None:
    bus.connect(0, "Acme Cam", "usb-Acme_Cam_77-video-index0")
    bus.connect(1, "Acme Cam", index=1)
    bus.connect(10, "Scanner arm")
    bus.connect(2, "")
    assert found(bus.devices, bus.described) == (
        FoundCamera(0, "Acme Cam", "/dev/v4l/by-id/usb-Acme_Cam_77-video-index0"),
        FoundCamera(2, "camera 2", ""),
        FoundCamera(10, "Scanner arm", ""),
    )
    assert [each.source for each in found(bus.devices, bus.described)][:2] == [
        "/dev/v4l/by-id/usb-Acme_Cam_77-video-index0",
        "camera:2",
    ]


def test_that_a_link_names_the_camera_behind_it(bus: Bus) -> None:
    bus.connect(3, "Acme Cam", "usb-Acme_Cam_77-video-index0")
    assert number_of("/dev/v4l/by-id/usb-Acme_Cam_77-video-index0", bus.devices) == 3
    with pytest.raises(FileNotFoundError):
        number_of("/dev/v4l/by-id/usb-Other-video-index0", bus.devices)
    assert number_of("/srv/films/one.mp4", bus.devices) is None


@pytest.mark.parametrize("stable", ["usb-Acme_Cam_77-video-index0", ""], ids=["by its serial number", "by its name"])
def test_that_a_camera_which_comes_back_under_another_number_is_found(bus: Bus, stable: str) -> None:
    bus.connect(0, "Acme Cam", stable)
    bus.connect(1, "Scanner arm")
    camera = bus.same("camera:0")
    assert camera.open(bus.open) == "camera:0"
    bus.unplug(0)
    with pytest.raises(SourceLost):
        camera.open(bus.open)
    bus.connect(2, "Acme Cam", stable)
    assert camera.open(bus.open) == "camera:2"


def test_that_another_camera_is_never_taken_for_the_lost_one(bus: Bus) -> None:
    bus.connect(0, "Acme Cam", "usb-Acme_Cam_77-video-index0")
    camera = bus.same("camera:0")
    camera.open(bus.open)
    bus.unplug(0)
    bus.connect(1, "Scanner arm")
    with pytest.raises(SourceLost):
        camera.open(bus.open)
