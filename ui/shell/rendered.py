"""Pictures of the screens of a training post, worked as a person would work them: for the terminal and for `make screenshots`."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from ui.counter.document_panel import Sign
from ui.shell.app import assembled, document_watch, now, today
from ui.shell.main_window import MainWindow
from ui.threads.background import CameraWatch
from ui.widgets import theme as themes
from workstation.alerts.verdicts import View
from workstation.capture.camera import StillSource
from workstation.capture.face_process import FaceProcess
from workstation.desk.desk import Desk
from workstation.documents.watching.page_process import PageProcess
from workstation.training_post.camera import Stage, TravellersSource
from workstation.training_post.document_camera import DOCUMENTS
from workstation.training_post.document_stories import STORIES, Story
from workstation.training_post.drawn.drawing import frame, portrait
from workstation.training_post.drawn.people import View as Pose
from workstation.training_post.drawn.people import person
from workstation.training_post.opening import open_training_post
from workstation.training_post.script import LISTED, TRAVELLERS
from workstation.training_post.sign_ins import password_of

ON_A_LIST, STRANGER, TWO, FAR = 16, 1, 20, 2
"""Numbers of training travellers: on a list, on none, two in the picture, too far away at first."""
SITUATIONS = (
    (STRANGER, "good-passport"),
    *(
        (next(number for number, each in STORIES.items() if each is story), name)
        for story, name in (
            (Story.BAD_CHECK_DIGIT, "bad-check-digit"),
            (Story.LOST, "lost-passport"),
            (Story.EXPIRED, "expired"),
            (Story.OTHER_PORTRAIT, "portrait-of-another"),
            (Story.IDENTITY_CARD, "identity-card"),
            (Story.VISA, "visa"),
            (Story.NONE, "no-document"),
            (Story.LISTED_NAME, "name-on-a-list"),
        )
    ),
)
"""Numbers of training travellers and what is to be seen of their documents (workstation.training_post.document_stories)."""

_PATIENT = 200
"""How often a traveller's last look is played while a busy machine reads the document."""

CHILD = 32
"""Place of a missing child among the listed people of the training post."""


def render_screens(post: Path, folder: Path, size: tuple[int, int] = (1366, 768), theme: str = "light") -> tuple[Path, ...]:
    """Work through the screens of the training post at `post` and save a picture of each in `folder`."""
    application = QApplication.instance() or QApplication([])
    if not isinstance(application, QApplication):
        raise TypeError("another kind of Qt application is running")
    if application.platformName() == "offscreen":
        qInstallMessageHandler(_unsaid)
    folder.mkdir(parents=True, exist_ok=True)
    shown = _Shown(folder)
    faces, pages = FaceProcess(), PageProcess(today)
    window = assembled(faces, pages, lambda progress: Desk(open_training_post(post, faces, now, progress), faces, now))
    try:
        window.resize(*size)
        window.show()
        _until(window.sign_in.enter.isVisible, 300)
        themes.dress(application, theme, 16)
        shown.save(window, "1-sign-in")
        _counter(window, faces, shown)
        _documents(window, faces, pages, shown)
        _without_a_picture(window, shown)
        _document(window, shown)
        _second_line(window, shown)
        for login, page, name in (("admin", window.records, "7-records"), ("admin", window.people, "8-people")):
            _sign_in(window, login)
            window.show_page(page)
            _settle(0.6)
            page.table.selectRow(0)
            _settle(0.8)
            shown.save(window, name)
        window.show_page(window.operating_page)
        _settle(0.8)
        shown.save(window, "9b-alert-budgets")
        window.show_page(window.settings_page)
        _settle(0.5)
        shown.save(window, "9-settings")
        _sign_in(window, "auditor")
        _settle(0.6)
        window.audit.table.selectRow(0)
        window.audit.verify.click()
        _until(lambda: not window.audit.working.isVisible() and window.audit.verify.isEnabled())
        shown.save(window, "10-log")
    finally:
        window.stop()
        faces.close()
        pages.close()
        window.close()
        window.deleteLater()
    return tuple(shown.paths)


def _unsaid(*_: object) -> None:
    """The offscreen platform says at every window what it cannot do; nobody who reads a terminal needs it."""


class _Shown:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.paths: list[Path] = []

    def save(self, window: MainWindow, name: str) -> None:
        path = self._folder / f"{name}.png"
        window.grab().save(str(path))
        self.paths.append(path)


def _counter(window: MainWindow, faces: FaceProcess, shown: _Shown) -> None:
    for number, name in ((FAR, "2-coaching"), (STRANGER, "3-no-lead"), (TWO, "4-two-people"), (ON_A_LIST, "5-refer")):
        _one_traveller(window, CameraWatch(partial(TravellersSource, number), faces, window.tr("Training camera")), name, shown)


def _one_traveller(window: MainWindow, watch: CameraWatch, name: str, shown: _Shown) -> None:
    counter = window.counter
    window.watch_for(watch)
    _sign_in(window, "officer")
    if name == "2-coaching":
        _until(lambda: counter.coaching.text() not in {"", counter.tr("Waiting for a face.")})
        _settle(0.3)
    elif name == "4-two-people":
        _until(lambda: (latest := watch.latest()) is not None and len(latest.sightings) > 1)
        counter.take_button.click()
        _until(lambda: counter.choosing)
    else:
        _until(lambda: counter.answered is not None)
    shown.save(window, name)
    if counter.answered is not None:
        counter.close_button.click()
    else:
        counter.retake_button.click()
    _settle(0.1)


def _documents(window: MainWindow, faces: FaceProcess, pages: PageProcess, shown: _Shown) -> None:
    """One picture a situation, with the answer; of the first one how the page is read, too."""
    counter, panel = window.counter, window.counter.document
    for place, (number, name) in enumerate(SITUATIONS):
        stage = Stage()
        window.watch_for(CameraWatch(lambda: StillSource(frame((), moment=1), ""), faces, window.tr("Training camera")))
        window.watch_documents_for(document_watch(DOCUMENTS, faces, pages, stage))
        _sign_in(window, "officer")
        # The document first, then the face: a busy machine need not read and look at once for a picture.
        stage.traveller = TRAVELLERS[number - 1]
        if place == 0:
            _until(lambda: panel.state == Sign.READING and panel.picture.filled)
            shown.save(window, "4a-document-reading")
        if name == "no-document":
            counter.without_button.click()
        else:
            _until(lambda: panel.document is not None)
        if name == "identity-card":
            _until(lambda: panel.document is not None and panel.document.portrait is not None)
        camera = partial(TravellersSource, number, stage=Stage(), staying=_PATIENT)
        window.watch_for(CameraWatch(camera, faces, window.tr("Training camera")))
        _until(lambda: counter.answered is not None and not counter.card.working.isVisible())
        _settle(0.3)
        shown.save(window, f"4b-{place + 1}-{name}")
        if place == 1:
            counter.type_button.click()
            _settle(0.3)
            shown.save(window, "4c-document-by-hand")
            counter.show_live()
        counter.close_button.click()
        _settle(0.1)
    window.watch_documents_for(None)


def _without_a_picture(window: MainWindow, shown: _Shown) -> None:
    counter = window.counter
    counter.no_photo_button.click()
    _settle(0.2)
    shown.save(window, "4d-why-no-picture")
    counter.reasons.choose(0)
    _until(lambda: counter.answered is not None)
    _settle(0.2)
    shown.save(window, "4e-no-picture")
    counter.close_button.click()
    _settle(0.1)


def _document(window: MainWindow, shown: _Shown) -> None:
    _sign_in(window, "officer")
    window.show_page(window.document)
    first, second = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
    window.document.lines.setPlainText(f"{first}\n{second.replace('L898902C36', 'L898902C37')}")
    _settle(0.3)
    shown.save(window, "5b-document")


def _second_line(window: MainWindow, shown: _Shown) -> None:
    _sign_in(window, "second")
    review = window.review
    _until(lambda: bool(review.table.rows))
    review.table.selectRow(0)
    _until(lambda: review.opened is not None)
    _settle(0.6)
    shown.save(window, "6-second-line")
    review.judging.checklist.show_reasons(("face_shape: alike", "eyes: alike", "nose: alike", "ears: cannot see"))
    lead = review.judging.box.buttons[View.LEAD]
    _until(lead.isVisible)
    lead.click()
    _until(lambda: review.details_open)
    _settle(0.4)
    shown.save(window, "6b-second-line-judged")
    window.show_page(window.children_page)
    window.children_page.look_among(portrait(person(LISTED[CHILD].seed), Pose(yaw=5), moment=3))
    _until(lambda: window.children_page.table.rows)
    _settle(0.5)
    shown.save(window, "6c-missing-children")


def _sign_in(window: MainWindow, login: str) -> None:
    if window.signed_in == login:
        return
    if window.signed_in:
        window.lock()
        _until(lambda: not window.signed_in)
    window.sign_in.login.setText(login)
    window.sign_in.password.setText(password_of(login) or "")
    window.sign_in.enter.click()
    _until(lambda: window.signed_in == login)
    _settle(0.2)


def _until(condition: Callable[[], object], seconds: float = 240) -> None:
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            raise TimeoutError("a screen did not come")
        _settle(0.02)


def _settle(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()
