"""How long a traveller with a document waits: from the page lying still to the whole answer.

    python benchmarks/documents_at_counter.py [--json] [--travellers 40] [--post FOLDER]

The training travellers whose documents are in order lay them under the document camera of the training post, with the window
open and the training camera playing at 640x480. Each is timed from the frame in which the page lies still: reading the zone and
the print, finding and encoding the portrait, names and numbers at once, and then face, portrait, one-to-one, names and numbers
in one answer. Times are milliseconds on this machine; a card's second side is not counted.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections import defaultdict
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtWidgets import QApplication

from benchmarks.screening import until
from matching.faces.images import Image
from matching.search.engine import engine
from ui.counter.in_front import InFront
from ui.counter.questions import look_up, screen
from ui.shell.app import assembled, reading
from ui.shell.main_window import MainWindow
from ui.threads.background import CameraWatch, Heartbeat
from ui.widgets import theme
from workstation.at_counter.traveller import Whose
from workstation.capture.face_process import FaceProcess
from workstation.desk.desk import Desk
from workstation.documents.travel_document import Origin, TravelDocument
from workstation.documents.watching.page_process import PageProcess
from workstation.screening.screening import Screened
from workstation.today import now, today
from workstation.training_post.camera import TravellersSource
from workstation.training_post.document_camera import DocumentsSource
from workstation.training_post.document_stories import STORIES
from workstation.training_post.opening import open_training_post
from workstation.training_post.script import TRAVELLERS, Traveller, traveller_frames
from workstation.training_post.sign_ins import password_of

GOAL_MS = 1500
WHOLE = "page lying still to answer"
_LAID = 10
"""Frames after which the training hand has let go of the page."""


class Heard:
    """Hears the answers, one after the other."""

    def __init__(self) -> None:
        self.milliseconds: dict[str, list[float]] = defaultdict(list)
        self.answers: dict[str, int] = defaultdict(int)
        self.looked_up = 0.0
        self.answered: Screened | None = None

    def hear_looked_up(self, _: object) -> None:
        self.looked_up = time.perf_counter()

    def hear(self, found: tuple[InFront, Screened]) -> None:
        _, self.answered = found


def page_lying_still(traveller: Traveller, day: date) -> Image:
    source = DocumentsSource(lambda: traveller, day, wait=lambda _: None)
    return [source.read().image for _ in range(_LAID)][-1]


def pictures(traveller: Traveller) -> tuple[Image, Image]:
    """The page as it lies still, and the traveller's face; drawn before anything is timed."""
    return page_lying_still(traveller, today()), list(traveller_frames(traveller))[-20]


def one(
    window: MainWindow,
    readers: ThreadPoolExecutor,
    read: object,
    traveller: Traveller,
    drawn: tuple[Image, Image],
    heard: Heard,
) -> None:
    """One traveller, from the page lying still to the answer."""
    page, face = drawn
    heard.answered, began = None, time.perf_counter()
    reading_it: Future[TravelDocument] = readers.submit(read, page, Origin.CAMERA)  # type: ignore[arg-type] # a ReadPage
    until(reading_it.done, 120)
    document, read_at = reading_it.result(), time.perf_counter()
    front = InFront(taken=(face, "benchmark"), document=document)
    window._desk.ask(partial(look_up, document), heard.hear_looked_up)  # noqa: SLF001 - the benchmark sits beside the window
    window._desk.ask(partial(screen, front, Whose.SURE, None), heard.hear)  # noqa: SLF001 - same
    until(lambda: heard.answered, 120)
    done = time.perf_counter()
    if heard.answered is None:
        raise TimeoutError(f"no answer on traveller {traveller.number}")
    heard.answers[heard.answered.answer] += 1
    heard.answers["zone read" if document.zone is not None else "zone not read"] += 1
    for name, took in (
        (WHOLE, done - began),
        ("zone, print and portrait", read_at - began),
        ("names and numbers at once", heard.looked_up - read_at),
        ("document to answer", done - read_at),
    ):
        heard.milliseconds[name].append(took * 1000)


def measure(travellers: int, post: Path | None) -> dict[str, object]:
    application = QApplication.instance() or QApplication([])
    faces, pages = FaceProcess(), PageProcess(today)
    chosen = [each for each in TRAVELLERS if each.number not in STORIES and each.listed is None][:travellers]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(1) as readers:
        faces.start()
        pages.start()
        desk = Desk(open_training_post(post or Path(folder) / "post", faces, now), faces, now)
        engine.start()
        window = assembled(faces, pages, lambda _: desk)
        theme.dress(application, "light", 16)  # type: ignore[arg-type] # it is a QApplication
        window.resize(1366, 768)
        window.show()
        until(window.sign_in.enter.isVisible, 300)
        window.watch_for(watch := CameraWatch(TravellersSource, faces, "training camera"))
        window.sign_in.login.setText("officer")
        window.sign_in.password.setText(password_of("officer") or "")
        window.sign_in.enter.click()
        until(lambda: window.signed_in, 120)
        window.watch_documents_for(None)
        until(lambda: watch.frames > 50, 120)
        read, heard = reading(faces, pages, texts=False), Heard()
        drawn = [pictures(traveller) for traveller in chosen]
        one(window, readers, read, chosen[0], drawn[0], Heard())
        beat = Heartbeat()
        for traveller, each in zip(chosen, drawn, strict=True):
            one(window, readers, read, traveller, each, heard)
            print(f"{traveller.number}: {heard.milliseconds[WHOLE][-1]:.0f} ms", file=sys.stderr)
        result = {
            "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
            "load before": round(os.getloadavg()[2], 1),
            "travellers": len(chosen),
            "answers": dict(heard.answers),
            "milliseconds": {
                name: {"p50": round(float(np.percentile(every, 50)), 1), "p95": round(float(np.percentile(every, 95)), 1)}
                for name, every in heard.milliseconds.items()
            },
            "goal": f"p95 of page lying still to answer within {GOAL_MS} ms",
            "longest time the window's thread was blocked": round(beat.longest_ms, 1),
        }
        window.stop()
        window.close()
    faces.close()
    pages.close()
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--travellers", type=int, default=40)
    parser.add_argument("--post", type=Path, help="a training post that is there already, for a quicker start")
    given = parser.parse_args()
    result = measure(given.travellers, given.post)
    if given.json:
        print(json.dumps(result))
        return
    for name, value in result.items():
        print(f"{name}: {value}")


if __name__ == "__main__":
    main()
