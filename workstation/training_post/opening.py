"""The training post: made once from drawn people through the Desk, then opened like any other post."""

import glob
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from matching.faces.images import png
from watchlists.records.purposes import Purpose
from watchlists.records.records import Particulars
from watchlists.traits.calendar_day import day_of
from workstation import settings
from workstation.accountability import log
from workstation.accountability.acts import Deed
from workstation.capture.face_reader import Faces
from workstation.desk.desk import Desk
from workstation.errors import OperatorError
from workstation.operating_point import scales
from workstation.post import access
from workstation.post.acting import PROGRAM
from workstation.post.post import Post, create_post, open_post
from workstation.schema import SettingRow
from workstation.screening.portrait_comparison import PORTRAITS
from workstation.search.enrolment import Taken
from workstation.settings import Settings
from workstation.training_post.camera import SOURCE
from workstation.training_post.document_camera import DOCUMENTS
from workstation.training_post.renewing import believe_clock, renew
from workstation.training_post.script import LISTED, LISTS, ListedPerson, listed_portraits
from workstation.training_post.sign_ins import TRAINING_PEOPLE, password_of

NAME = "Training post"
CALIBRATION = Path(__file__).with_name("calibration")
"""The numbers of drawn people; made by `workstation.fitting.training_people`."""


def open_training_post(
    folder: Path,
    faces: Faces,
    clock: Callable[[], datetime],
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Post:
    """The training post in `folder`, made first when there is none. `progress` hears how many records are enrolled."""
    check_place(folder)
    if not (folder / "post.json").exists():
        _make(folder, faces, clock, progress)
    if not scales.of_today(folder / scales.FOLDER, faces.encoder.digest):
        # A training post of an earlier version: its drawn people are read against drawn people from now on too.
        shutil.rmtree(folder / scales.FOLDER, ignore_errors=True)
        shutil.copytree(CALIBRATION, folder / scales.FOLDER)
    if not (folder / scales.FOLDER / PORTRAITS).exists():
        # Likewise, made before portraits of documents were compared. Beside a newer cohort it is not used.
        shutil.copy(CALIBRATION / PORTRAITS, folder / scales.FOLDER / PORTRAITS)
    post = open_post(folder)
    _lay_documents_down(post, clock())
    believe_clock(post, clock())
    renew(post, clock())
    return post


def check_place(folder: Path) -> None:
    """OperatorError when there can be no training post in `folder`; what lies above it is made."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        there = (folder / "post.json").exists()
    except OSError as error:
        raise OperatorError(
            "The training post cannot be kept in {folder}: {why}. Name another folder: --post FOLDER",
            folder=folder,
            why=error.strerror,
        ) from error
    if not there and not os.access(folder.parent, os.W_OK):
        raise OperatorError(
            "The training post cannot be kept in {folder}: you may not write there. Name another folder: --post FOLDER",
            folder=folder,
        )


def _lay_documents_down(post: Post, now: datetime) -> None:
    """A training post of an earlier version knows no document camera: from now on its travellers bring documents too."""
    with post.store.writing() as session:
        if session.get(SettingRow, "document_source") is None and settings.settings(session).source == SOURCE:
            different = settings.change(
                session, replace(settings.settings(session), document_source=DOCUMENTS), post.signing_key
            )
            log.append(session, now, PROGRAM, Deed.SETTINGS_CHANGED, "post", different, training=True)


def _make(folder: Path, faces: Faces, clock: Callable[[], datetime], progress: Callable[[int, int], None]) -> None:
    """All or nothing: built beside `folder` and moved there when it is whole."""
    building = folder.with_name(f".{folder.name}.{os.getpid()}")
    for left in folder.parent.glob(f".{glob.escape(folder.name)}.*"):
        if not _still_building(left):  # a first start that was killed
            shutil.rmtree(left, ignore_errors=True)
    try:
        post = create_post(building, NAME, training=True, now=clock())
        shutil.copytree(CALIBRATION, building / scales.FOLDER)
        try:
            _fill(post, faces, clock, progress)
        finally:
            post.close()
        building.rename(folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _still_building(left: Path) -> bool:
    """Whether the process that the name ends with is there."""
    number = left.name.rpartition(".")[2]
    return number.isdigit() and int(number) != os.getpid() and Path("/proc", number).exists()


def _fill(post: Post, faces: Faces, clock: Callable[[], datetime], progress: Callable[[int, int], None]) -> None:
    with post.store.writing() as session:
        for each in TRAINING_PEOPLE:
            access.add_person(session, clock(), each.login, each.name, each.role, each.password)
            log.append(session, clock(), "training", "person.added", f"person:{each.login}", {"role": each.role}, training=True)
    desk = Desk(post, faces, clock)
    desk.people.sign_in("admin", password_of("admin") or "")
    desk.change_settings(Settings(source=SOURCE, document_source=DOCUMENTS))
    lists = {
        each.name: desk.records.add_watchlist(each.name, Purpose(each.purpose), each.owner, each.contact).value
        for each in LISTS
    }
    for count, person in enumerate(LISTED, start=1):
        photos = [png(portrait) for portrait in listed_portraits(person)]
        when = Taken(f"{clock() - timedelta(days=30.4 * person.photo_months):%Y-%m}")
        desk.records.add_record(
            lists[person.list_name], _particulars(person, clock()), photos, "Drawn for training", [when] * len(photos)
        )
        progress(count, len(LISTED))
    desk.people.sign_out("training post is ready")


def _particulars(person: ListedPerson, now: datetime) -> Particulars:
    review = day_of(now) + timedelta(days=person.review_in_days)
    return Particulars(
        surname=person.surname,
        given_names=person.given,
        birth_date=person.birth_date.isoformat() if person.birth_date else "",
        sex=person.sex,
        nationality=person.nationality,
        document_number=person.document_number,
        legal_basis=person.legal_basis,
        action=person.action,
        review_date=review.isoformat(),
    )
