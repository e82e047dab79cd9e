"""A post with its lists for a simulated shift, and the real window on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QApplication

from matching.faces.images import png
from matching.rates import cohort
from matching.rates.cohort import Mixture
from matching.rates.scale import CALIBRATION, cohort_name
from tests.factory import NOW, particulars
from tests.fakes import SCALE, UNIT, picture
from tests.shift.cameras import ShiftCamera, ShiftDocuments, ShiftFaces
from tests.shift.shift import Counted, Shift
from tests.shift.travellers import Listed, Person, drawn
from tests.shift.witness import HeldDesk, Witness
from ui.shell.main_window import MainWindow
from watchlists.records.purposes import Purpose
from workstation.desk.desk import Desk
from workstation.post import access
from workstation.post.post import Post, create_post
from workstation.screening.portrait_comparison import PORTRAITS
from workstation.training_post.sign_ins import TRAINING_PEOPLE, password_of


class Clock:
    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> "object":
        self.at += timedelta(milliseconds=1)
        return self.at


def shift(folder: Path, seed: int, people: int) -> Counted:
    """One shift, from the sign-in of the first officer to the last traveller."""
    queue = drawn(seed, people)
    faces, camera_faces = ShiftFaces(), ShiftFaces()
    post = _post(folder, faces, queue)
    desk = Desk(post, faces, Clock())  # type: ignore[arg-type] # a clock of datetimes
    witness = Witness(desk.counter)
    desk.counter = witness  # type: ignore[assignment] # the same room, with somebody who watches
    asked = HeldDesk(lambda _: desk)
    camera, documents = ShiftCamera(camera_faces), ShiftDocuments()
    window = MainWindow(asked, lambda _: camera, lambda _: documents)
    with _shown(window, asked):
        made = Shift(window, asked, witness, camera, documents, faces, queue, seed)
        _enter(window, asked)
        return made.run()


@contextmanager
def _shown(window: MainWindow, asked: HeldDesk) -> Iterator[None]:
    asked.start()
    window.show()
    try:
        _until(asked, window.sign_in.enter.isVisible)
        yield
    finally:
        window.stop()
        window.close()
        window.deleteLater()
        QApplication.processEvents()


def _enter(window: MainWindow, asked: HeldDesk) -> None:
    window.sign_in.login.setText("officer")
    window.sign_in.password.setText(password_of("officer") or "")
    window.sign_in.enter.click()
    _until(asked, lambda: window.signed_in == "officer")
    window.show_page(window.counter)


def _until(asked: HeldDesk, so: object) -> None:
    for _ in range(20_000):
        QApplication.processEvents()
        asked.settle()
        asked.release(float("inf"))
        if so():  # type: ignore[operator] # a question
            return
    raise TimeoutError("the window does not come to it")


def _post(folder: Path, faces: ShiftFaces, queue: list[Person]) -> Post:
    post = create_post(folder / "post", "Shift post", training=True, now=NOW)
    calibration = post.folder / "calibration"
    calibration.mkdir()
    cohort.save(
        calibration / cohort_name(SCALE.cohort.digest), UNIT.digest, Mixture(np.ones(1), np.zeros((1, 16)), np.eye(16)[None])
    )
    SCALE.calibration.save(calibration / CALIBRATION)
    SCALE.calibration.save(calibration / PORTRAITS)
    with post.store.writing() as session:
        for each in TRAINING_PEOPLE:
            access.add_person(session, NOW, each.login, each.name, each.role, each.password)
    desk = Desk(post, faces, Clock())  # type: ignore[arg-type] # a clock of datetimes
    desk.people.sign_in("admin", password_of("admin") or "")
    missing = desk.records.add_watchlist("Missing", Purpose.PROTECT, "Unit", "+00").value
    wanted = desk.records.add_watchlist("Wanted", Purpose.REFER, "Police", "+00").value
    lost = desk.records.add_watchlist("Lost", Purpose.DOCUMENT, "Office", "+00").value
    desk.records.add_record(missing, particulars("Nobody"), [png(picture(90))], "test")
    for person in queue:
        if person.listed is Listed.FACE:
            desk.records.add_record(missing, particulars(f"Face{person.number}"), [png(picture(person.number))], "test")
        elif person.listed is Listed.NAME:
            zone = person.papers[0].zone
            known = particulars(zone.names.surname, given_names=zone.names.given, birth_date=zone.born.text, sex=zone.sex)
            desk.records.add_record(wanted, known, [png(picture(20_000 + person.number))], "test")
        elif person.listed is Listed.NUMBER:
            number = person.papers[0].zone.number
            desk.records.add_record(
                lost, particulars("", given_names="", document_number=number, nationality="UTO"), [], "test"
            )
    desk.people.sign_out()
    return post
