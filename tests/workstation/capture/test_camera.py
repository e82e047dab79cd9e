"""Sources give the same frames; a lost one is named and comes back by itself."""

import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from matching.faces.images import png
from matching.faces.opencv import cv2
from workstation.capture.camera import (
    CameraSource,
    FolderSource,
    Frame,
    Source,
    SourceLost,
    StillSource,
    VideoSource,
    frames,
    open_source,
)
from workstation.capture.exposure import FaceLight
from workstation.errors import OperatorError

HOME = Path(__file__).parents[3]


def shade(value: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.full((48, 64, 3), value, dtype=np.uint8)


def no_wait(_: float) -> None:
    pass


class Driver:
    """A camera's driver: gives its pictures, then behaves as `then` says."""

    def __init__(self, pictures: int, then: str) -> None:
        self._left = pictures
        self._then = then
        self.released = threading.Event()

    def isOpened(self) -> bool:
        return self._then != "missing"

    def getBackendName(self) -> str:
        return "a driver of its own"

    def read(self) -> tuple[bool, object]:
        self.released.wait(0.005)
        if self._left > 0:
            self._left -= 1
            return True, shade(self._left)
        if self._then == "hangs":
            self.released.wait(20)
        return (self._then == "repeats"), shade(0)

    def release(self) -> None:
        self.released.set()


@pytest.mark.parametrize(("then", "said"), [("unplugged", "stopped"), ("repeats", "frozen"), ("hangs", "frozen")])
def test_that_a_camera_that_fails_is_named_with_what_to_do(then: str, said: str) -> None:
    driver = Driver(3, then)
    source = CameraSource(0, capture=driver, patience=0.3)
    source.read()
    with pytest.raises(SourceLost, match=said) as lost:
        for _ in range(10):
            source.read()
    assert "resume by itself" in str(lost.value)
    driver.released.set()
    source.close()


class Steered(Driver):
    """A V4L2 driver whose pictures are never the same; it notes what it is told."""

    def __init__(self) -> None:
        super().__init__(0, "goes on")
        self._turn = 0
        self.told: dict[int, float] = {cv2.CAP_PROP_EXPOSURE: 100.0, cv2.CAP_PROP_GAIN: 0.0}
        self.threads: set[str] = set()

    def getBackendName(self) -> str:
        return "V4L2"

    def read(self) -> tuple[bool, object]:
        self.released.wait(0.002)
        self._turn += 1
        return True, shade(self._turn % 256)

    def get(self, name: int) -> float:
        return self.told[name]

    def set(self, name: int, value: float) -> bool:
        self.threads.add(threading.current_thread().name)
        self.told[name] = value
        return True


def test_that_a_camera_is_steered_for_the_face_by_the_thread_that_reads_it() -> None:
    driver = Steered()
    source = CameraSource(0, capture=driver, patience=5)
    source.shows(FaceLight(40, 0.0, 250))
    while driver.told[cv2.CAP_PROP_EXPOSURE] == 100.0:
        source.read()
    assert driver.told[cv2.CAP_PROP_AUTO_EXPOSURE] == 1
    assert driver.threads == {"reading camera 0"}
    source.close()
    assert driver.told[cv2.CAP_PROP_AUTO_EXPOSURE] == 3


def test_that_a_picture_that_cannot_be_opened_is_a_sentence_and_the_source_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    path.write_bytes(cv2.imencode(".png", np.zeros((10_000, 10_000), dtype=np.uint8))[1].tobytes())
    news = frames(lambda: open_source(str(path)), lambda: False, no_wait)
    refusal = next(news)
    assert isinstance(refusal, OperatorError)
    assert "10000 x 10000" in str(refusal)
    path.write_bytes(png(shade(3)))
    assert isinstance(next(news), Frame)
    news.close()  # type: ignore[attr-defined] # a generator


def test_that_a_missing_camera_is_named() -> None:
    with pytest.raises(SourceLost, match="camera 0"):
        CameraSource(0, capture=Driver(0, "missing"))


def test_that_a_lost_source_comes_back_by_itself() -> None:
    opened: list[int] = []

    class Flaky:
        name = "flaky"

        def read(self) -> Frame:
            if len(opened) == 2:
                raise SourceLost("The camera stopped.")
            return Frame(shade(1), len(opened), 0.0)

        def close(self) -> None:
            pass

    def open_it() -> Source:
        opened.append(1)
        if len(opened) == 1:
            raise SourceLost("No picture comes.")
        return Flaky()

    news = frames(open_it, lambda: len(opened) > 3, no_wait)
    assert [type(next(news)).__name__ for _ in range(3)] == ["SourceLost", "SourceLost", "Frame"]
    news.close()  # type: ignore[attr-defined] # a generator


def test_that_a_folder_is_played_in_natural_order(tmp_path: Path) -> None:
    for number in (10, 2, 1):
        (tmp_path / f"{number}.png").write_bytes(png(shade(number * 10)))
    (tmp_path / "notes.txt").write_text("x")
    source = FolderSource(tmp_path, seconds_each=0.2, wait=no_wait)
    assert [int(source.read().image[0, 0, 0]) for _ in range(4)] == [10, 20, 100, 10]


def test_that_a_video_plays_and_ends(tmp_path: Path) -> None:
    path = str(tmp_path / "film.avi")
    writer = cv2.VideoWriter(path, cv2.VideoWriter.fourcc(*"MJPG"), 25, (64, 48))
    for value in (40, 80, 120):
        writer.write(shade(value))
    writer.release()
    source = open_source(path)
    assert isinstance(source, VideoSource)
    assert [round(int(source.read().image.mean()), -1) for _ in range(3)] == [40, 80, 120]
    with pytest.raises(SourceLost, match="over"):
        source.read()
    source.close()


def test_that_a_still_is_a_frame_again_and_again() -> None:
    source = StillSource(shade(7), "still", wait=no_wait)
    assert [source.read().number for _ in range(3)] == [1, 2, 3]


@pytest.mark.parametrize("spec", ["nowhere", "/no/such/file.png"])
def test_that_a_source_that_is_not_there_is_a_sentence(spec: str) -> None:
    with pytest.raises(OperatorError, match="There is no camera"):
        open_source(spec)


def test_that_an_empty_folder_and_a_broken_video_are_sentences(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="no picture"):
        open_source(str(tmp_path))
    film = tmp_path / "film.mp4"
    film.write_bytes(b"not a film")
    with pytest.raises(OperatorError, match="not a video"):
        open_source(str(film))


class EmptyDriver(Driver):
    """Gives a picture, then what the driver calls a picture and what is none."""

    def __init__(self, empty: object) -> None:
        super().__init__(1, "empty")
        self._empty = empty

    def read(self) -> tuple[bool, object]:
        there, given = super().read()
        if given is not None and there:
            return there, given
        if isinstance(self._empty, Exception):
            raise self._empty
        return True, self._empty


@pytest.mark.parametrize(
    ("empty", "said"),
    [
        (None, "empty pictures"),
        (np.zeros((0, 0, 3), np.uint8), "empty pictures"),
        (np.zeros((48, 64, 2), np.uint8), "empty pictures"),
        (np.zeros((48, 64, 3), np.float32), "empty pictures"),
        (cv2.error("the driver raised"), "stopped"),
    ],
    ids=["nothing", "no points", "two channels", "numbers", "an error"],
)
def test_that_empty_pictures_are_said_and_end_no_thread_in_silence(empty: object, said: str) -> None:
    source = CameraSource(0, capture=EmptyDriver(empty), patience=0.3)
    source.read()
    with pytest.raises(SourceLost, match=said):
        source.read()
    source.close()


def test_that_a_grey_camera_is_a_camera() -> None:
    driver = Driver(0, "goes on")
    driver.read = lambda: (True, np.full((48, 64), 7, np.uint8))  # type: ignore[method-assign] # a driver of grey pictures
    source = CameraSource(0, capture=driver, patience=0.3)
    assert source.read().image.shape == (48, 64, 3)
    source.close()


@pytest.mark.parametrize("spec", ["/dev/video97", "camera:97", "/dev/v4l/by-id/usb-Acme_Cam-video-index0"])
def test_that_every_name_of_a_camera_is_known_and_a_missing_one_is_awaited(spec: str) -> None:
    with pytest.raises(SourceLost, match="it will resume by itself"):
        open_source(spec)


def test_that_no_address_of_a_stream_says_its_password() -> None:
    with pytest.raises(SourceLost) as lost:
        open_source("rtsp://viewer:s3cret@127.0.0.1:1/h")
    assert "s3cret" not in str(lost.value)
    assert "viewer:***@127.0.0.1" in str(lost.value)
    with pytest.raises(OperatorError, match="Enter the whole address again"):
        open_source("rtsp://viewer:***@127.0.0.1:1/h")


def test_that_the_libraries_write_nothing_about_a_camera_that_is_missing() -> None:
    script = (
        "from workstation.capture.camera import open_source\n"
        "for spec in ('camera:97', '/dev/video97', 'rtsp://a:s3cret@127.0.0.1:1/h', 'http://127.0.0.1:1/x'):\n"
        "    try: open_source(spec)\n"
        "    except Exception as lost: print(type(lost).__name__)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=HOME, capture_output=True, text=True, check=False)
    assert (done.stdout.split(), done.stderr) == (["SourceLost"] * 4, "")
