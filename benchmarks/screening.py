"""How long a screening takes, and whether the window stays free meanwhile.

    python benchmarks/screening.py [--json] [--travellers 100] [--entries 10000] [--post FOLDER]

Screens drawn travellers through the Desk of a post whose lists hold that many templates (the training records, and random
ones around them), with the window open, the training camera playing at 640x480 and every face found in its frames. Times are
milliseconds on this machine; the GUI's are the longest for which the window's thread did not come back to its events.
"""

import argparse
import hashlib
import json
import os
import platform
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from matching.rates.scale import Scale
from matching.search.engine import engine
from ui.shell.app import assembled
from ui.threads.background import CameraWatch, Heartbeat
from ui.widgets import theme
from watchlists.records.changes import add_record
from watchlists.records.records import NewPortrait, Particulars
from workstation.capture.face_process import FaceProcess
from workstation.desk.desk import Desk, Done
from workstation.documents.watching.page_process import PageProcess
from workstation.operating_point import scales
from workstation.post.post import Post
from workstation.screening.screening import Screened
from workstation.training_post.camera import TravellersSource
from workstation.training_post.drawn.drawing import frame
from workstation.training_post.drawn.people import View, person
from workstation.training_post.opening import open_training_post
from workstation.training_post.sign_ins import password_of


def now() -> datetime:
    return datetime.now(UTC)


def fill(post: Post, encoder: str, scale: Scale, entries: int) -> None:
    """Random templates far from everybody, so that the search is as long as a real one and finds nothing more."""
    vectors = (np.random.default_rng(0).normal(size=(entries, 128)) * 0.2).astype(np.float32)
    normalisers = scale.cohort.normaliser(vectors).tolist()
    known = Particulars(surname="Filler", legal_basis="benchmark", action="none", review_date="2030-01-01")
    with post.store.writing() as session:
        for number in range(entries):
            vector = vectors[number].astype("<f4").tobytes()
            portrait = NewPortrait(
                image=number.to_bytes(8, "big"),
                digest=hashlib.sha256(number.to_bytes(8, "big")).hexdigest(),
                face="{}",
                vector=vector,
                vector_digest=hashlib.sha256(vector).hexdigest(),
                encoder=encoder,
                cohort=scale.digest,
                normaliser=normalisers[number],
            )
            add_record(session, now(), "benchmark", 1, known, [portrait], "benchmark")


class Measured:
    """Hears the answers, one after the other."""

    def __init__(self) -> None:
        self.milliseconds: dict[str, list[float]] = defaultdict(list)
        self.answers: dict[str, int] = defaultdict(int)
        self.started = 0.0
        self.ready = False

    def hear(self, screened: Screened) -> None:
        self.milliseconds["photo to answer"].append((time.perf_counter() - self.started) * 1000)
        for name, took in screened.timings_ms.items():
            self.milliseconds[name].append(took)
        self.answers[screened.answer] += 1
        self.ready = True


def until(condition: Callable[[], object], seconds: float) -> None:
    loop, deadline = QEventLoop(), time.monotonic() + seconds
    timer = QTimer()
    timer.timeout.connect(lambda: loop.quit() if condition() or time.monotonic() > deadline else None)
    timer.start(2)
    loop.exec()


def measure(travellers: int, entries: int, there: Path | None) -> dict[str, object]:
    application = QApplication.instance() or QApplication([])
    faces, pages = FaceProcess(), PageProcess(lambda: now().date())
    with tempfile.TemporaryDirectory() as folder:
        faces.start()
        post = open_training_post(there or Path(folder) / "post", faces, now)
        fill(post, faces.encoder.digest, scales.at(post.folder, faces), max(0, entries - 66))
        desk = Desk(post, faces, now)
        engine.start()
        window = assembled(faces, pages, lambda _: desk)
        theme.dress(application, "light", 16)  # type: ignore[arg-type] # it is a QApplication
        window.resize(1366, 768)
        window.show()
        until(window.sign_in.enter.isVisible, 60)
        window.watch_for(watch := CameraWatch(TravellersSource, faces, "training camera"))
        window.sign_in.login.setText("officer")
        window.sign_in.password.setText(password_of("officer") or "")
        window.sign_in.enter.click()
        until(lambda: window.signed_in, 30)
        until(lambda: watch.frames > 50, 30)
        pictures = [frame([(person(1000 + number), View(yaw=number % 9 - 4))], moment=number) for number in range(travellers)]
        heard = Measured()
        beat = Heartbeat()
        first_frames, began = watch.frames, time.perf_counter()
        for number, image in enumerate(pictures):
            heard.ready, heard.started = False, time.perf_counter()
            window._desk.ask(_screening(image, number), heard.hear)  # noqa: SLF001 - the benchmark sits beside the window
            until(lambda: heard.ready, 30)
        seconds = time.perf_counter() - began
        rate = (watch.frames - first_frames) / seconds
        result = {
            "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
            "travellers": travellers,
            "entries": desk.status().entries,
            "answers": dict(heard.answers),
            "milliseconds": {
                name: {"p50": round(float(np.percentile(every, 50)), 1), "p95": round(float(np.percentile(every, 95)), 1)}
                for name, every in heard.milliseconds.items()
            },
            "preview frames per second": round(rate, 1),
            "longest time the window's thread was blocked": round(beat.longest_ms, 1),
        }
        window.stop()
        window.close()
    faces.close()
    pages.close()
    return result


def _screening(image: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], number: int) -> Callable[[Desk], Done[Screened]]:
    def ask(desk: Desk) -> Done[Screened]:
        return desk.counter.screen(image, source=f"benchmark:{number}")

    return ask


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--travellers", type=int, default=100)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--post", type=Path, help="a training post that is there already, for a quicker start")
    given = parser.parse_args()
    result = measure(given.travellers, given.entries, given.post)
    if given.json:
        print(json.dumps(result))
        return
    for name, value in result.items():
        print(f"{name}: {value}")


if __name__ == "__main__":
    main()
