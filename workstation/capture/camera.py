"""Where frames come from: a camera, a stream, a video, a folder of pictures, one picture. All give the same frames.

A camera that is missing, unplugged or frozen is a SourceLost with what to do; `frames` opens it again until it is back.
"""

import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from matching.faces.images import MAX_BYTES, Image, decode
from matching.faces.opencv import cv2
from matching.refusals import Refusal
from workstation.capture import cameras
from workstation.capture.exposure import Exposure, FaceLight
from workstation.capture.source_names import is_hidden, without_password
from workstation.errors import OperatorError

FROZEN_SECONDS = 3.0
"""Without a new frame for so long, a camera is called frozen."""
STILL_FRAME_SECONDS = 0.2
"""A still picture comes as a frame this often, so that the preview of a still is live like any other."""
RETRY_SECONDS = 1.0
EMPTY_SECONDS = 0.02
"""Rest after an empty picture: a driver that gives nothing gives it at once."""
STREAM_MS = 5000
_SUFFIXES = {".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff", ".jp2"}


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    image: Image
    number: int
    taken: float
    """Monotonic seconds."""


class SourceLost(OperatorError):
    """No frame comes any more: unplugged, frozen, or the end of a video."""


class Source(Protocol):
    name: str

    def read(self) -> Frame:
        """The next frame; waits for it. SourceLost when none comes."""

    def close(self) -> None: ...


class StillSource:
    """One picture, over and over, at an easy pace."""

    def __init__(self, image: Image, name: str, wait: Callable[[float], None] = time.sleep) -> None:
        self.name = name
        self._image = image
        self._wait = wait
        self._number = 0

    def read(self) -> Frame:
        if self._number:
            self._wait(STILL_FRAME_SECONDS)
        self._number += 1
        return Frame(self._image, self._number, time.monotonic())

    def close(self) -> None:
        """Nothing is held."""


class FolderSource:
    """The pictures of a folder in natural order, each for a while, then from the start again."""

    def __init__(self, folder: Path, seconds_each: float = 2.0, wait: Callable[[float], None] = time.sleep) -> None:
        self.name = folder.name
        self._paths = sorted((path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES), key=_natural)
        if not self._paths:
            raise OperatorError("There is no picture in {folder}. Choose another folder.", folder=folder)
        self._frames_each = max(1, round(seconds_each / STILL_FRAME_SECONDS))
        self._wait = wait
        self._number = 0
        self._image: Image | None = None

    def read(self) -> Frame:
        turn, within = divmod(self._number, self._frames_each)
        if self._number:
            self._wait(STILL_FRAME_SECONDS)
        if within == 0 or self._image is None:
            self._image = _picture(self._paths[turn % len(self._paths)])
        self._number += 1
        return Frame(self._image, self._number, time.monotonic())

    def close(self) -> None:
        """Nothing is held."""


class VideoSource:
    """A video file at its own pace; it ends with SourceLost."""

    def __init__(self, path: Path, wait: Callable[[float], None] = time.sleep) -> None:
        self.name = path.name
        self._capture = cv2.VideoCapture(str(path))
        if not self._capture.isOpened():
            raise OperatorError("{path} is not a video that can be played. Choose another file.", path=path)
        rate = float(self._capture.get(cv2.CAP_PROP_FPS))
        self._pause = 1 / rate if 1 <= rate <= 120 else 1 / 25
        self._wait = wait
        self._number = 0

    def read(self) -> Frame:
        if self._number:
            self._wait(self._pause)
        there, picture = _read(self._capture)
        if not there or picture is None:
            raise SourceLost("The video {name} is over. It starts again by itself.", name=self.name)
        self._number += 1
        return Frame(_rgb(picture), self._number, time.monotonic())

    def close(self) -> None:
        self._capture.release()


class CameraSource:
    """A camera or stream. Its driver may block for ever, so it is read in a thread that `read` waits for with patience."""

    def __init__(self, device: int | str, capture: Any = None, patience: float = FROZEN_SECONDS) -> None:
        self.name = f"camera {device}" if isinstance(device, int) else without_password(device)
        self._capture = _capture_of(device) if capture is None else capture
        if not self._capture.isOpened():
            self._capture.release()
            raise SourceLost("No picture comes from {name}. Check the cable; it will resume by itself.", name=self.name)
        self._patience = patience
        self._news = threading.Condition()
        self._frame: Frame | None = None
        self._handed_out = 0
        self._gone: SourceLost | None = None
        self._closed = False
        self._exposure = Exposure(self._capture)
        self._light: FaceLight | None = None
        self._reader = threading.Thread(target=self._read_on, name=f"reading {self.name}", daemon=True)
        self._reader.start()

    def read(self) -> Frame:
        with self._news:
            fresh = self._news.wait_for(lambda: self._gone is not None or self._is_fresh(), self._patience)
            if self._gone is not None:
                raise self._gone
            if not fresh or self._frame is None:
                raise SourceLost("The camera is frozen. Unplug it and plug it in again; it will resume by itself.")
            self._handed_out = self._frame.number
            return self._frame

    def _is_fresh(self) -> bool:
        return self._frame is not None and self._frame.number > self._handed_out

    def shows(self, light: FaceLight | None) -> None:
        """The light on the face in the frame read last, for which the exposure is steered; None: no face."""
        with self._news:
            self._light = light

    def close(self) -> None:
        with self._news:
            self._closed = True
        # A driver that hangs keeps its thread; it is a daemon and holds nothing of ours.
        self._reader.join(timeout=1.0)
        if not self._reader.is_alive():
            self._exposure.release()
            self._capture.release()

    def _read_on(self) -> None:
        number, last, since = 0, None, time.monotonic()
        while not self._closed:
            there, picture = _read(self._capture)
            now = time.monotonic()
            if picture is not None and (last is None or not np.array_equal(picture, last)):
                last, since = picture, now
                number += 1
                with self._news:
                    self._frame = Frame(_rgb(picture), number, now)
                    self._news.notify_all()
                    light = self._light
                self._exposure.act(light, now)
            elif not there:
                self._go(SourceLost("The camera stopped. Check the cable; it will resume by itself."))
                return
            elif picture is None and now - since > self._patience / 2:
                self._go(
                    SourceLost("The camera sends empty pictures. Unplug it and plug it in again; it will resume by itself.")
                )
                return
            elif picture is None:
                time.sleep(EMPTY_SECONDS)
            elif now - since > self._patience:
                # No sensor repeats a frame to the last bit for seconds; a driver that lost its camera does.
                with self._news:
                    self._news.notify_all()

    def _go(self, why: SourceLost) -> None:
        with self._news:
            self._gone = why
            self._news.notify_all()


def open_source(spec: str) -> Source:
    """The source named by `camera:0`, /dev/video0 or a link below /dev/v4l, an http, https or rtsp address, or the path of a
    video, a folder or a picture. SourceLost when a camera or stream is not there now, OperatorError when the name is wrong.
    """
    spec = spec.strip()
    try:
        number = cameras.number_of(spec)
    except FileNotFoundError as missing:
        raise SourceLost("The camera {name} is not connected. Plug it in; it will resume by itself.", name=spec) from missing
    if number is not None:
        return CameraSource(number)
    if is_hidden(spec):
        raise OperatorError(
            "The password of {name} cannot be read on this post. Enter the whole address again in the settings.", name=spec
        )
    if re.match(r"(?i)(https?|rtsps?)://", spec):
        return CameraSource(spec)
    path = Path(spec)
    if path.is_dir():
        return FolderSource(path)
    if not path.is_file():
        raise OperatorError(
            "There is no camera, file or folder named “{name}”. Change it in the settings.", name=without_password(spec)
        )
    if path.suffix.lower() in _SUFFIXES:
        return StillSource(_picture(path), path.name)
    return VideoSource(path)


def same_source(one: str, other: str) -> bool:
    """Whether two names of sources mean the same device, stream, file or folder, however they are written."""
    return _plain(one) == _plain(other)


def frames(
    open_it: Callable[[], Source], stopped: Callable[[], bool], wait: Callable[[float], object]
) -> Iterator[Frame | OperatorError]:
    """Frames for as long as nobody stops it; when the source is lost, the sentence, and then another try every second."""
    while not stopped():
        try:
            source = open_it()
        except OperatorError as error:
            yield error
            wait(RETRY_SECONDS)
            continue
        try:
            while not stopped():
                yield source.read()
        except OperatorError as error:
            yield error
            wait(RETRY_SECONDS)
        finally:
            source.close()


def _plain(spec: str) -> str:
    """camera:1 for camera:01 and for /dev/video1; a path without links and dots; an address without a last slash."""
    spec = spec.strip()
    try:
        number = cameras.number_of(spec)
    except FileNotFoundError:
        return spec
    if number is not None:
        return f"camera:{number}"
    if re.match(r"(?i)[a-z]+:", spec):
        return spec.rstrip("/")
    path = Path(spec).resolve()
    if match := re.fullmatch(r"/dev/video(\d+)", str(path)):
        return f"camera:{int(match[1])}"
    return str(path)


def _picture(path: Path) -> Image:
    """OperatorError for a file that is gone, closed to us, too large or no picture."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise OperatorError("{path} is too large to be a picture. Choose a smaller one.", path=path)
        return decode(path.read_bytes())
    except Refusal as refusal:
        raise OperatorError(refusal.template, **refusal.values) from refusal
    except OSError as error:
        raise OperatorError("{path} cannot be read: {why}.", path=path, why=error.strerror or "") from error


def _natural(path: Path) -> list[tuple[int, str]]:
    """2.png before 10.png."""
    return [(int(part or 0), text) for part, text in re.findall(r"(\d*)(\D*)", path.name)]


def _capture_of(device: int | str) -> Any:
    """Asked of the one library that can, so that no other tries and waits; a stream that does not answer is given up."""
    if isinstance(device, int):
        return cv2.VideoCapture(device, cv2.CAP_V4L2 if sys.platform == "linux" else cv2.CAP_ANY)
    patience = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, STREAM_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, STREAM_MS]
    return cv2.VideoCapture(device, cv2.CAP_FFMPEG, patience)


def _read(capture: Any) -> tuple[bool, Any]:
    """Whether the driver still answers, and its picture; None for one without points or of a form that is none."""
    try:
        there, picture = capture.read()
    except cv2.error:
        return False, None
    usable = isinstance(picture, np.ndarray) and picture.size and picture.dtype == np.uint8
    if not there or not usable or picture.ndim not in {2, 3}:
        return bool(there), None
    if picture.ndim == 2:
        return True, cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)
    return True, picture if picture.shape[2] == 3 else None


def _rgb(picture: Any) -> Image:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), dtype=np.uint8)
