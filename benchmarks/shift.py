"""A simulated shift at the real window, with the truth beside it.

    python benchmarks/shift.py [--seeds 5] [--first 1] [--travellers 100] [--told]
    python benchmarks/shift.py --drawn 20 [--post FOLDER]

tests/shift says what is the program's own and what is drawn. Each seed is a queue of its own: overlapping arrivals, no gap,
long gaps, companions in the picture, pages laid early, late, lifted too soon, laid by the next person, two pages, none, swiped
zones, photographs by file, camera hiccups, a machine slowed four times, keys pressed too early and twice, lock and change of
officer. With --drawn people and pages are pictures, and the face and page processes are the real ones.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from argon2 import PasswordHasher
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from benchmarks.screening import until
from tests.shift.drawn import Counter as Scene
from tests.shift.drawn import DrawnShift, PeopleSource, documents_source, queue_of
from tests.shift.opening import shift
from tests.shift.shift import Counted
from tests.shift.witness import Witness
from ui.shell.app import reading
from ui.shell.main_window import MainWindow
from ui.threads.background import AskDesk, CameraWatch
from ui.threads.document_watch import DocumentWatch
from ui.widgets import theme
from workstation.capture.face_process import FaceProcess
from workstation.desk.desk import Desk
from workstation.documents.travel_document import Origin
from workstation.documents.watching.page_process import PageProcess
from workstation.post import passwords
from workstation.today import now, today
from workstation.training_post.opening import open_training_post
from workstation.training_post.sign_ins import password_of


def drawn_shift(post: Path, seed: int, people: int) -> Counted:
    """Drawn people at the real window, with the real threads and processes."""
    faces, pages, counter = FaceProcess(), PageProcess(today), Scene()
    faces.start()
    pages.start()
    desk = Desk(open_training_post(post, faces, now), faces, now)
    witness = Witness(desk.counter, counter.number_of)
    desk.counter = witness  # type: ignore[assignment] # the same room, with somebody who watches
    asked = AskDesk(lambda _: desk)
    queue = queue_of(random.Random(seed), today(), people)  # noqa: S311 - a drawn queue, no secret
    for person in queue:
        for sway in range(4):
            counter.frame((person.number,), sway)
    read = reading(faces, pages, texts=False)
    documents = DocumentWatch(
        lambda: documents_source(counter, today()), lambda image: read(image, Origin.CAMERA), "drawn pages"
    )

    def page_was_read(_: object) -> None:
        counter.pages_read += 1

    for signal in (documents.read_done, documents.unread):
        signal.connect(page_was_read, Qt.ConnectionType.DirectConnection)
    camera = CameraWatch(lambda: PeopleSource(counter), faces, "drawn people")
    window = MainWindow(asked, lambda _: camera, lambda _: documents)
    theme.dress(QApplication.instance(), "light", 16)  # type: ignore[arg-type] # it is a QApplication
    asked.start()
    window.show()
    until(window.sign_in.enter.isVisible, 300)
    window.sign_in.login.setText("officer")
    window.sign_in.password.setText(password_of("officer") or "")
    window.sign_in.enter.click()
    until(lambda: window.signed_in, 120)
    until(lambda: (shown := camera.latest()) is not None and shown.fresh, 240)
    try:
        return DrawnShift(window, asked, witness, counter, queue, seed).run()
    finally:
        window.stop()
        window.close()
        faces.close()
        pages.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--travellers", type=int, default=100)
    parser.add_argument("--drawn", type=int, help="so many drawn people, with the real processes, on the wall's clock")
    parser.add_argument("--post", type=Path, help="a training post that is there already, for a quicker start of --drawn")
    parser.add_argument("--told", action="store_true", help="say what happened around each error")
    given = parser.parse_args()
    application = QApplication.instance() or QApplication([])
    passwords._HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # noqa: SLF001 - what a shift costs, not a password
    errors: Counter[str] = Counter()
    travellers, questions, seconds = 0, 0, 0.0
    for seed in range(given.first, given.first + given.seeds):
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            if given.drawn:
                counted = drawn_shift(given.post or Path(folder) / "post", seed, given.drawn)
            else:
                counted = shift(Path(folder), seed, given.travellers)
        errors += counted.errors
        travellers += counted.travellers
        questions += counted.questions
        seconds += counted.seconds
        print(
            f"seed {seed}: {counted.travellers} travellers, {counted.seconds / counted.travellers:.1f} s each, "
            f"{counted.questions} questions, {counted.false_leads} false leads by face, "
            f"errors {dict(counted.errors)} ({time.monotonic() - began:.0f} s)",
            flush=True,
        )
        if given.told:
            for place, words in enumerate(counted.told):
                if "ERROR" in words:
                    print("  --", *counted.told[max(0, place - 24) : place + 4], sep="\n  ")
    print(f"{travellers} travellers, {seconds / travellers:.1f} s each, {questions} questions, errors {dict(errors)}")
    del application
    raise SystemExit(1 if errors else 0)


if __name__ == "__main__":
    main()
