"""The window: what the signed-in person may do as pages, a message line, and the status line. It locks itself when idle."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.counter.page import CounterPage
from ui.documents.page import DocumentPage, ReadPage
from ui.log.page import AuditPanel
from ui.operating.page import OperatingPage
from ui.records.page import RecordsPanel
from ui.second_line.children_page import ChildrenPage
from ui.second_line.page import ReviewPanel
from ui.shell.people import PeoplePanel
from ui.shell.settings import SettingsPage
from ui.shell.sign_in import SignInPage
from ui.shell.status_line import StatusLine
from ui.threads.background import AskDesk, CameraWatch, Refused
from ui.threads.document_watch import DocumentWatch
from ui.widgets import theme
from ui.words.plain import said
from workstation.desk.desk import Changed, Desk, PostStatus
from workstation.documents.travel_document import TravelDocument
from workstation.errors import OperatorError
from workstation.post.access import MAY, Act, Person
from workstation.settings import Settings

STATUS_MS = 20_000
MESSAGE_MS = 8_000
_ACTIVITY = {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel}


def situation(desk: Desk) -> tuple[PostStatus, Settings, Person | None, bool]:
    """Everything that the frame of the window shows."""
    desk.keep_up()
    return desk.status(), desk.settings(), desk.person, desk.people.first_start()


class MainWindow(QMainWindow):
    def __init__(
        self,
        desk: AskDesk,
        watch_source: Callable[[Settings], CameraWatch],
        watch_documents: Callable[[Settings], DocumentWatch | None] = lambda _: None,
        read_page: ReadPage | None = None,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._watch_source = watch_source
        self._watch_documents = watch_documents
        self._watch: CameraWatch | None = None
        self._documents: DocumentWatch | None = None
        self._settings: Settings | None = None
        self._person: Person | None = None
        self._locked = False
        self.setWindowTitle(self.tr("Amaan"))
        self.sign_in = SignInPage(desk)
        self.counter = CounterPage(desk)
        self.document = DocumentPage(desk, read_page)
        self.review = ReviewPanel(desk)
        self.children_page = ChildrenPage(desk)
        self.records = RecordsPanel(desk)
        self.people = PeoplePanel(desk)
        self.audit = AuditPanel(desk)
        self.operating_page = OperatingPage(desk)
        self.settings_page = SettingsPage(desk)
        self._pages = (
            (self.tr("Counter"), self.counter, Act.SCREEN),
            (self.tr("Document"), self.document, Act.SCREEN),
            (self.tr("Second line"), self.review, Act.REVIEW),
            (self.tr("Missing children"), self.children_page, Act.REVIEW),
            (self.tr("Records"), self.records, Act.READ_RECORDS),
            (self.tr("People"), self.people, Act.CHANGE_PEOPLE),
            (self.tr("Log"), self.audit, Act.READ_AUDIT),
            (self.tr("Alert budgets"), self.operating_page, Act.CHANGE_SETTINGS),
            (self.tr("Settings"), self.settings_page, Act.CHANGE_SETTINGS),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.sign_in)
        self.tabs: list[QPushButton] = []
        self.status = StatusLine()
        self.message = QLabel()
        self.message.setObjectName("message")
        self.message.setWordWrap(True)
        self.message.hide()
        self._message_timer = QTimer(self, interval=MESSAGE_MS, singleShot=True)
        self._message_timer.timeout.connect(self.message.hide)
        self._idle = QTimer(self, singleShot=True)
        self._idle.timeout.connect(self.lock)
        self._refresh = QTimer(self, interval=STATUS_MS)
        self._refresh.timeout.connect(self._ask_situation)
        self._lay_out()
        self.counter.second_line.connect(partial(self.show_page, self.review))
        self.document.use.connect(self._use_document)
        desk.opened.connect(self._opened)
        desk.progress.connect(self.sign_in.show_progress)
        desk.changed.connect(self._changed)
        desk.refused.connect(self._refused)
        desk.crashed.connect(self._crashed)
        QShortcut(QKeySequence("F1"), self, self.show_keys)
        QShortcut(QKeySequence("F10"), self, self.lock)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def show_page(self, page: QWidget) -> None:
        for tab, (_, each, act) in zip(self.tabs, self._pages, strict=True):
            if each is page and self._may(act):
                self._stack.setCurrentWidget(page)
                tab.setChecked(True)
                page.setFocus()

    @property
    def signed_in(self) -> str:
        """Login of the person, or empty."""
        return self._person.login if self._person is not None else ""

    def watch_for(self, watch: CameraWatch) -> None:
        """Show this source from now on, started, in place of the one of the settings."""
        if self._watch is not None:
            self._watch.stop()
        self._watch = watch
        self.counter.watch(watch)
        self.children_page.watch(watch)
        watch.lost.connect(self._camera_lost)
        watch.seen.connect(self._camera_seen)
        watch.start()

    def watch_documents_for(self, watch: DocumentWatch | None) -> None:
        """Take documents from this source from now on, started, in place of the one of the settings."""
        if self._documents is not None:
            self._documents.stop()
        self._documents = watch
        self.counter.lane.watch(watch)
        self.document.watch(watch)
        if watch is not None:
            watch.crashed.connect(self._crashed)
            watch.start()
            watch.attend(present=self._may(Act.SCREEN))

    def lock(self) -> None:
        """Sign out and cover everything; the work stays where it is in the store."""
        if self._person is not None:
            self._locked = True
            self._desk.ask(lambda desk: desk.people.sign_out("locked"))

    def show_keys(self) -> None:
        QMessageBox.information(
            self,
            self.tr("Keys"),
            "\n\n".join(
                (
                    self.tr(
                        "Counter\nSpace  take the picture\nEnter  close\nR  take another one, Esc  back\nS  second line\n"
                        "1 to 9  choose a face\nH  height of the guide: standing, seated, a child\nCtrl+O  open a picture\nCtrl+V  paste a picture"
                    ),
                    self.tr(
                        "Document\nD  type it, or look at its marks\nN  the traveller has none\nP  no picture is possible\n"
                        "G  travellers who travel together\nCtrl+Enter  use what is typed"
                    ),
                    self.tr(
                        "Second line\nN and P  next and previous candidate\nF, O, G  flicker, overlay, grey\n"
                        "+, -, 0  closer, farther, as at first\n[ and ]  less and more of the reference\n"
                        "1 to 8  reasons\nCtrl+L, Ctrl+D, Ctrl+T  lead, not this person, cannot tell"
                    ),
                    self.tr("Everywhere\nCtrl+1 to Ctrl+9  pages\nF10  lock"),
                )
            ),
        )

    def stop(self) -> None:
        """End all threads; the Desk signs the log and closes the post."""
        self._refresh.stop()
        if self._documents is not None:
            self._documents.stop()
        if self._watch is not None:
            self._watch.stop()
        self._desk.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTIVITY and self._person is not None and self._settings is not None:
            self._idle.start(self._settings.idle_lock_minutes * 60_000)
        return super().eventFilter(watched, event)

    def _may(self, act: Act) -> bool:
        return self._person is not None and act in MAY[self._person.role]

    def _opened(self) -> None:
        self._refresh.start()
        self._ask_situation()

    def _ask_situation(self) -> None:
        self._desk.ask(situation, self._show_situation)

    def _show_situation(self, found: tuple[PostStatus, Settings, Person | None, bool]) -> None:
        status, settings, person, first = found
        before, self._person = self._person, person
        self._dress(settings)
        self.status.show_status(status)
        if status.faults and before is None and person is not None:
            self._say(status.faults[0], calm=False)
        if person is None:
            if before is not None or not self.sign_in.enter.isVisible():
                self.sign_in.show_form(post=status.post, training=status.training, first=first, locked=self._locked)
            self._attend(present=False)
            self._stack.setCurrentWidget(self.sign_in)
            self._top.hide()
            self._idle.stop()
        elif before != person:
            self._locked = False
            self._enter(person, settings)

    def _enter(self, person: Person, settings: Settings) -> None:
        self._top.show()
        allowed = [page for _, page, act in self._pages if self._may(act)]
        for tab, (_, _, act) in zip(self.tabs, self._pages, strict=True):
            tab.setVisible(self._may(act))
        self.counter.allow_second_line(allowed=self._may(Act.REVIEW))
        if self._may(Act.SCREEN):
            self._start_watching(settings)
        first = self.review if person.role == "second line" else allowed[0]
        self.show_page(first)
        self._idle.start(settings.idle_lock_minutes * 60_000)

    def _dress(self, settings: Settings) -> None:
        known = self._settings
        self._settings = settings
        application = QApplication.instance()
        looks = (settings.theme, settings.text_size)
        if isinstance(application, QApplication) and (known is None or (known.theme, known.text_size) != looks):
            theme.dress(application, *looks)
        if known is not None and known.source != settings.source and self._watch is not None:
            self.watch_for(self._watch_source(settings))
        if known is not None and known.document_source != settings.document_source:
            self._watch_pages(settings)

    def _start_watching(self, settings: Settings) -> None:
        if self._watch is None:
            self.watch_for(self._watch_source(settings))
        if self._documents is None:
            self._watch_pages(settings)
        self._attend(present=True)

    def _attend(self, *, present: bool) -> None:
        """Without an officer nothing is looked at."""
        for watch in (self._watch, self._documents):
            if watch is not None:
                watch.attend(present=present)

    def _watch_pages(self, settings: Settings) -> None:
        try:
            self.watch_documents_for(self._watch_documents(settings))
        except OperatorError as refusal:
            self._say(said(refusal), calm=False)

    def _use_document(self, document: TravelDocument) -> None:
        self.show_page(self.counter)
        self.counter.lane.use(document)

    def _camera_lost(self, refusal: Refused) -> None:
        self.status.show_camera(said(refusal), fault=True)

    def _camera_seen(self) -> None:
        if self._watch is not None:
            self.status.show_camera(self._watch.source_name, fault=False)

    def _changed(self, changed: Changed) -> None:
        for _, page, _ in self._pages:
            page.reload(changed)
        self._ask_situation()

    def _refused(self, refusal: Refused) -> None:
        if self.sign_in.opening.isVisible():
            self.sign_in.show_refused(refusal)
        else:
            self._say(said(refusal), calm=False)

    def _crashed(self, error: Exception) -> None:
        """A bug: it is raised where the program's crash report is written."""
        self._say(self.tr("The program made an error and wrote a report. What was decided is safe."), calm=False)
        raise error

    def _say(self, words: str, *, calm: bool) -> None:
        self.message.setText(words)
        self.message.setProperty("calm", calm)
        self.message.style().polish(self.message)
        self.message.show()
        self._message_timer.start()

    def _lay_out(self) -> None:
        self._top = QWidget()
        self._top.setObjectName("topBar")
        row = QHBoxLayout(self._top)
        row.setContentsMargins(0, 0, 16, 0)
        row.setSpacing(0)
        product = QLabel(self.tr("Amaan"))
        product.setObjectName("product")
        row.addWidget(product)
        for number, (words, page, _) in enumerate(self._pages, start=1):
            self._stack.addWidget(page)
            tab = QPushButton(words)
            tab.setProperty("tab", True)
            tab.setCheckable(True)
            tab.setAutoExclusive(True)
            tab.setToolTip(f"Ctrl+{number}")
            tab.clicked.connect(partial(self.show_page, page))
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            shortcut.activated.connect(tab.click)
            self.tabs.append(tab)
            row.addWidget(tab)
        row.addStretch(1)
        leave = QPushButton(self.tr("Lock   F10"))
        leave.setProperty("tab", True)
        leave.clicked.connect(self.lock)
        row.addWidget(leave)
        self._top.hide()
        body = QWidget()
        body.setObjectName("page")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self._top, self.message):
            column.addWidget(widget)
        column.addWidget(self._stack, 1)
        column.addWidget(self.status)
        self.setCentralWidget(body)
        self.resize(1366, 768)
