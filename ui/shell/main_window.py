"""The window: what the signed-in person may do as pages, a message line, and the status line. It locks itself when idle."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.counter.page import CounterPage
from ui.documents.page import DocumentPage, ReadPage
from ui.keys.gate import KeyGate
from ui.keys.table import Place
from ui.log.page import AuditPanel
from ui.operating.page import OperatingPage
from ui.records.page import RecordsPanel
from ui.second_line.children_page import ChildrenPage
from ui.second_line.page import ReviewPanel
from ui.shell.altered_bar import AlteredBar
from ui.shell.board import BoardPage
from ui.shell.drafts import Drafting, Drafts
from ui.shell.folding_tabs import FoldingTabs
from ui.shell.icon import icon
from ui.shell.idle_lock import IdleLock
from ui.shell.keys_panel import KeysPanel
from ui.shell.leaving import Leaving
from ui.shell.message_line import MessageLine
from ui.shell.own_password import OwnPassword
from ui.shell.people import PeoplePanel
from ui.shell.settings import SettingsPage
from ui.shell.sign_in import SignInPage
from ui.shell.situation import situation
from ui.shell.status_line import StatusLine
from ui.shell.watches import Watches
from ui.threads.background import AskDesk, CameraWatch, Refused
from ui.threads.document_watch import DocumentWatch
from ui.widgets import theme
from ui.widgets.over import Over
from ui.widgets.page_stack import PageStack
from ui.words.dates import moment
from ui.words.plain import said
from workstation.desk.desk import Changed, PostStatus
from workstation.documents.travel_document import TravelDocument
from workstation.post.access import MAY, Act, Person, Role
from workstation.post.log_signing import ShortCode
from workstation.settings import Settings

STATUS_MS = 20_000
MINIMUM = (960, 640)
"""Pixels: half of a screen of 1920."""
WAIT_MS = 500
REST_SECONDS = 1.0
"""So long no key counts after the desk has locked: what was typed was meant for what is gone."""


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
        self._watches = Watches(watch_source, watch_documents, self)
        self._settings: Settings | None = None
        self._person: Person | None = None
        self._locked = False
        self._status: PostStatus | None = None
        self._sure = False
        self.setWindowTitle(self.tr("Amaan"))
        self.setWindowIcon(icon())
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
        self.board = BoardPage(desk)
        self._pages = (
            (self.tr("Counter"), self.counter, Act.SCREEN),
            (self.tr("Document"), self.document, Act.SCREEN),
            (self.tr("Second line"), self.review, Act.REVIEW),
            (self.tr("Missing children"), self.children_page, Act.REVIEW),
            (self.tr("Records"), self.records, Act.READ_RECORDS),
            (self.tr("People"), self.people, Act.UNLOCK_PEOPLE),
            (self.tr("Log"), self.audit, Act.READ_AUDIT),
            (self.tr("Alert budgets"), self.operating_page, Act.CHANGE_SETTINGS),
            (self.tr("Settings"), self.settings_page, Act.CHANGE_SETTINGS),
            (self.tr("Board"), self.board, Act.OVERSEE),
        )
        self.places: dict[QWidget, tuple[Place, ...]] = {
            self.counter: (Place.COUNTER, Place.BY_HAND),
            self.document: (Place.DOCUMENT, Place.BY_HAND),
            self.review: (Place.SECOND_LINE,),
            self.children_page: (Place.CHILDREN,),
            self.records: (Place.RECORDS, Place.FORMS),
            self.people: (Place.PEOPLE,),
            self.audit: (Place.LOG,),
        }
        self._stack = PageStack()
        self._folding = FoldingTabs()
        self._stack.addWidget(self.sign_in)
        self.tabs: list[QPushButton] = []
        self.status = StatusLine()
        self.altered = AlteredBar(desk)
        self.message = MessageLine()
        self._drafts = Drafts()
        self._idle = IdleLock(self)
        self._idle.due.connect(self.lock)
        self._idle.warned.connect(self._warn)
        self._idle.eased.connect(self.message.hide)
        self._waits = QTimer(self, interval=WAIT_MS)
        self._waits.timeout.connect(self._tell_wait)
        self._waits.start()
        self._refresh = QTimer(self, interval=STATUS_MS)
        self._refresh.timeout.connect(self._ask_situation)
        self._lay_out()
        self.keys_panel, self.leaving, self.own_password = KeysPanel(self), Leaving(self), OwnPassword(desk, self)
        self._cards: tuple[Over, ...] = (self.keys_panel, self.leaving, self.own_password)
        self.gate = KeyGate(self)
        self._connect(desk, watch_source)

    def _connect(self, desk: AskDesk, watch_source: Callable[[Settings], CameraWatch]) -> None:
        self.counter.second_line.connect(partial(self.show_page, self.review))
        self.document.use.connect(self._use_document)
        desk.opened.connect(self._opened)
        desk.progress.connect(self.sign_in.show_progress)
        desk.changed.connect(self._changed)
        desk.refused.connect(self._refused)
        desk.crashed.connect(self._crashed)
        self._watches.camera_changed.connect(self.counter.watch)
        self._watches.camera_changed.connect(self.children_page.watch)
        self._watches.camera_changed.connect(partial(self.settings_page.offer, watch_source))
        self.settings_page.offer(watch_source, None)
        self._watches.pages_changed.connect(self._pages_changed)
        self._watches.camera_told.connect(self.status.show_camera)
        self._watches.refused.connect(self._refused)
        self.leaving.confirmed.connect(self._close_all_the_same)
        self.own_password.changed.connect(self._password_changed)
        self.own_password.gave_up.connect(self.lock)
        self.sign_in.reset_used.connect(self.own_password.ask)
        self.sign_in.given_up.connect(self.close)
        for keys, act in (("F1", self.show_keys), ("F9", desk.stop_waiting), ("F10", self.lock), ("F11", self.change_password)):
            QShortcut(QKeySequence(keys), self, act)
        self.gate.zone_typed.connect(self._zone_typed)
        self.gate.half_typed.connect(self._half_typed)
        self.gate.acted.connect(self._idle.acted)
        for card in self._cards:
            card.opened.connect(partial(self.gate.put_in_front, card))
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self.gate)
            application.installEventFilter(self._idle)

    def show_page(self, page: QWidget) -> None:
        for tab, (_, each, act) in zip(self.tabs, self._pages, strict=True):
            if each is page and self._may(act):
                self._stack.setCurrentWidget(page)
                tab.setChecked(True)
                page.setFocus()
                self._name_window()

    @property
    def signed_in(self) -> str:
        return self._person.login if self._person is not None else ""

    def watch_for(self, watch: CameraWatch) -> None:
        """Show this source from now on, started, in place of the one of the settings."""
        self._watches.watch_for(watch)

    def watch_documents_for(self, watch: DocumentWatch | None) -> None:
        """Take documents from this source from now on, started, in place of the one of the settings."""
        self._watches.watch_documents_for(watch, present=self._may(Act.SCREEN))

    def lock(self) -> None:
        """Sign out and cover everything, at once and whatever the store does; what was begun is kept for the person."""
        if self._person is None:
            return
        self._locked = True
        self.gate.rest(REST_SECONDS)
        for card in self._cards:
            card.hide()
        self.sign_in.show_locking()
        self._cover()
        self._desk.ask(lambda desk: desk.people.sign_out("locked"), self._signed_out)

    def _signed_out(self, code: ShortCode | None) -> None:
        if code is not None:
            words = self.tr("The log is signed: {entries} entries, code {code}. Write it down at the end of a shift.")
            self.message.say(words.format(entries=code.entries, code=code.code), calm=True)

    def show_keys(self) -> None:
        page = self._stack.currentWidget()
        name = next((words for words, each, _ in self._pages if each is page), "")
        self.keys_panel.show_keys(name, self.places.get(page, ()) if page is not None else (), self._may)

    def change_password(self) -> None:
        if self._person is not None and not self._person.must_change_password:
            self.own_password.ask()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Asked once while something would be lost; what is kept for somebody is lost with the program too."""
        if not self._sure and (open_work := self._open_work()):
            event.ignore()
            self.leaving.ask(open_work)
        else:
            event.accept()

    def _close_all_the_same(self) -> None:
        self._sure = True
        self.close()

    def _open_work(self) -> tuple[str, ...]:
        found = []
        if self._person is not None and (self.counter.close_button.isEnabled() or self.counter.card.working.isVisible()):
            found.append(self.tr("A traveller stands on the card and is not closed."))
        for words, page, _ in self._pages:
            if isinstance(page, Drafting) and page.draft() is not None:
                found.append(self.tr("On “{page}” something is written and not saved.").format(page=words))
        if others := [login for login in self._drafts.people if login != self.signed_in]:
            found.append(self.tr("Something that was begun is kept for: {people}.").format(people=self.tr(", ").join(others)))
        return tuple(found)

    def stop(self) -> None:
        """End all threads; the Desk signs the log and closes the post."""
        self._refresh.stop()
        self._watches.stop()
        self._desk.stop()

    def _may(self, act: Act) -> bool:
        person = self._person
        return person is not None and not person.must_change_password and act in MAY[person.role]

    def _opened(self) -> None:
        self._refresh.start()
        self._ask_situation()

    def _ask_situation(self) -> None:
        self._desk.ask(situation, self._show_situation)

    def _show_situation(self, found: tuple[PostStatus, Settings, Person | None, bool]) -> None:
        self._status, settings, person, first = found
        before, self._person = self._person, person
        self._dress(settings)
        self.status.show_status(self._status)
        self.altered.show_status(self._status, may_answer=self._may(Act.ANSWER_FOR_FAULTS))
        if self._status.faults and self._status.answered_by and before is None and person is not None:
            self.message.say(self._status.faults[0], calm=False)
        if person is None:
            if before is not None or not self.sign_in.enter.isVisible():
                self._cover()
                post, training = self._status.post, self._status.training
                self.sign_in.show_form(post=post, training=training, first=first, locked=self._locked)
            self._idle.end()
        elif before != person and not person.must_change_password:
            self._locked = False
            self._enter(person, settings)
        self._name_window()

    def _cover(self) -> None:
        """Nothing of anybody's work is seen or watched until somebody signs in."""
        self._watches.attend(present=False)
        self._stack.setCurrentWidget(self.sign_in)
        self._top.hide()

    def _name_window(self) -> None:
        """What a task bar shows: page, post and program, and nobody's name."""
        page = next((words for words, each, _ in self._pages if each is self._stack.currentWidget()), "")
        post = self._status.post if self._status is not None else ""
        self.setWindowTitle(self.tr(" - ").join(filter(None, (page, post, self.tr("Amaan")))))

    def _enter(self, person: Person, settings: Settings) -> None:
        self._top.show()
        allowed = [page for _, page, act in self._pages if self._may(act)]
        self._folding.allow([tab for tab, (_, _, act) in zip(self.tabs, self._pages, strict=True) if self._may(act)])
        self.counter.allow_second_line(allowed=self._may(Act.REVIEW))
        if self._may(Act.SCREEN):
            self._watches.begin(settings)
        first = {Role.SECOND_LINE: self.review, Role.SUPERVISOR: self.board}.get(person.role, allowed[0])
        resumed = self._drafts.give_back(person.login, (page for _, page, _ in self._pages))
        self.show_page(first)
        self._idle.begin(settings.idle_lock_minutes * 60)
        if resumed:
            self.message.say(self.tr("What you had begun is still there."), calm=True)
        elif person.last_sign_in is not None:
            self.message.say(self.tr("Your last sign-in: {when}.").format(when=moment(person.last_sign_in)), calm=True)

    def _dress(self, settings: Settings) -> None:
        known = self._settings
        self._settings = settings
        application = QApplication.instance()
        looks = (settings.theme, settings.text_size)
        if isinstance(application, QApplication) and (known is None or (known.theme, known.text_size) != looks):
            theme.dress(application, *looks)
        if known is not None:
            self._watches.follow(known, settings, present=self._may(Act.SCREEN))

    def _pages_changed(self, watch: DocumentWatch | None) -> None:
        self.counter.lane.watch(watch)
        self.document.watch(watch)
        if watch is not None:
            watch.crashed.connect(self._crashed)

    def _use_document(self, document: TravelDocument) -> None:
        self.show_page(self.counter)
        self.counter.lane.use(document)

    def _zone_typed(self, text: str) -> None:
        """By a swipe reader, wherever the keys were."""
        if self._person is None:
            self.message.say(self.tr("A document was swiped. Sign in, then swipe it again."), calm=True)
        elif not self._may(Act.SCREEN):
            self.message.say(
                self.tr("A document was swiped. Your role screens no travellers; nothing was done with it."), calm=True
            )
        else:
            self.show_page(self.counter)
            self.counter.typed_zone(text)

    def _half_typed(self) -> None:
        self.message.say(
            self.tr("A reader typed something that is no zone of a document. Swipe the document again."), calm=False
        )

    def _warn(self, seconds: int) -> None:
        self.message.say(
            self.tr("The screen locks in {seconds} s. Any key or click keeps it open.").format(seconds=seconds), calm=True
        )

    def _tell_wait(self) -> None:
        self.status.show_wait(int(self._desk.waiting_seconds))

    def _password_changed(self) -> None:
        self.message.say(self.tr("Your password was changed."), calm=True)

    def _changed(self, changed: Changed) -> None:
        if Changed.SESSION in changed and self._person is not None:
            self._drafts.keep(self._person.login, (page for _, page, _ in self._pages))
        for _, page, _ in self._pages:
            page.reload(changed)
        self._ask_situation()

    def _refused(self, refusal: Refused) -> None:
        if self.sign_in.opening.isVisible():
            self.sign_in.show_refused(refusal)
        else:
            self.message.say(said(refusal), calm=False)

    def _crashed(self, error: Exception) -> None:
        """A bug: it is raised where the program's crash report is written."""
        self.message.say(self.tr("The program made an error and wrote a report. What was decided is safe."), calm=False)
        raise error

    def _lay_out(self) -> None:
        self._top = QWidget()
        self._top.setObjectName("topBar")
        row = QHBoxLayout(self._top)
        row.setContentsMargins(0, 0, 16, 0)
        row.setSpacing(0)
        product = QLabel(self.tr("Amaan"))
        product.setObjectName("product")
        row.addWidget(product)
        for words, page, _ in self._pages:
            self._stack.addWidget(page)
            tab = self._folding.add_page(words, partial(self.show_page, page))
            QShortcut(QKeySequence(tab.toolTip()), self).activated.connect(tab.click)
            self.tabs.append(tab)
        row.addWidget(self._folding, 1)
        for words, act in ((self.tr("Keys   F1"), self.show_keys), (self.tr("Lock   F10"), self.lock)):
            button = QPushButton(words)
            button.setProperty("tab", True)
            button.clicked.connect(act)
            row.addWidget(button)
        self._top.hide()
        body = QWidget()
        body.setObjectName("page")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self._top, self.altered, self.message):
            column.addWidget(widget)
        column.addWidget(self._stack, 1)
        column.addWidget(self.status)
        self.setCentralWidget(body)
        self.setMinimumSize(*MINIMUM)
        self.resize(1366, 768)
