"""The second line: waiting alerts, two faces side by side, the own view first, then the record.

Holds the id of the alert and the rank of the candidate; asks the desk again when alerts change. A face is a lead, never a decision.
"""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from matching.faces.images import ImageRefused
from ui.second_line.alert_list import AlertList
from ui.second_line.announcing import Announcer
from ui.second_line.document_sheet import DocumentSheet
from ui.second_line.judging import Judging, Key
from ui.second_line.pairing import Pictures, records_side, travellers_side
from ui.second_line.verdict_box import MINIMUM_LOOK_MS
from ui.threads.background import AskDesk, Refused
from ui.widgets.case_sheet import CaseSheet
from ui.widgets.compare_bar import CompareBar
from ui.widgets.compare_view import CompareView
from ui.widgets.picture import Picture, opened
from ui.words.grounds import look_words
from ui.words.plain import said, text_label
from watchlists.records.purposes import Purpose
from workstation.alerts.grounds import Basis
from workstation.alerts.raising import AlertLine, AlertView, CandidateView
from workstation.alerts.verdicts import PAPER_REASONS, REASONS, VerdictView, View
from workstation.desk.desk import Changed, Desk, Done
from workstation.post.access import Act

_NEW_ONLY = False
PAUSE_MS = 80
"""A person who goes through rows with a key held down opens none of them; opening is logged."""


@dataclass(frozen=True, slots=True)
class Waiting:
    lines: tuple[AlertLine, ...]
    login: str
    sound: bool
    notice: bool
    """Whether the post wants new alerts to be heard, and told on the desktop."""


@dataclass(frozen=True, slots=True, eq=False)
class OpenedAlert:
    """The alert with its pictures decoded; None for one that cannot be read."""

    view: AlertView
    pictures: Pictures
    references: tuple[Picture | None, ...]


def waiting(everything: bool, desk: Desk) -> Waiting:  # noqa: FBT001 # bound by partial, never called with a literal
    """Nothing for whoever may not see it: the window asks by itself, and that is no act to be refused and logged."""
    person, wanted = desk.person, desk.settings()
    login = person.login if person is not None else ""
    if person is None or person.must_change_password or not desk.may(Act.REVIEW):
        return Waiting((), login, sound=False, notice=False)
    return Waiting(desk.second_line.alerts(everything=everything), login, wanted.alert_sound, wanted.alert_notice)


def news(desk: Desk) -> Waiting | None:
    """What a page that is not seen may announce; None to those who review no alerts, so that nothing of theirs is refused."""
    return waiting(_NEW_ONLY, desk) if desk.may(Act.REVIEW) else None


def open_alert(alert_id: int, desk: Desk) -> OpenedAlert:
    """Off the GUI thread: read it, and decode every picture of it."""
    view = desk.second_line.alert(alert_id)
    pictures = Pictures(_picture(view.probe), _picture(view.portrait), _picture(view.page))
    return OpenedAlert(view, pictures, tuple(_picture(each.reference) for each in view.candidates))


def judge(alert_id: int, rank: int, view: View, reasons: tuple[str, ...], note: str, desk: Desk) -> Done[int]:
    return desk.second_line.judge(alert_id, rank, view, reasons, note)


def _picture(data: bytes) -> Picture | None:
    if not data:
        return None
    try:
        return opened(data)
    except ImageRefused:
        return None


def rows_for(view: AlertView, candidate: CandidateView) -> tuple[str, ...]:
    """What can be compared: the features of two faces, and what the document says."""
    faces = [each.name for each in REASONS] if candidate.reference and (view.probe or view.portrait) else []
    wanted = {Basis.NAME: ("name", "birth"), Basis.NUMBER: ("birth", "number"), Basis.PORTRAIT: ("holder",)}
    papers = {name for basis in candidate.bases for name in wanted.get(basis, ())}
    return (*faces, *(each.name for each in PAPER_REASONS if each.name in papers))


class ReviewPanel(QWidget):
    def __init__(self, desk: AskDesk, parent: QWidget | None = None, *, minimum_look_ms: int = MINIMUM_LOOK_MS) -> None:
        super().__init__(parent)
        self.setObjectName("reviewPanel")
        self._desk = desk
        self._stale = True
        self._login = ""
        self._line: AlertLine | None = None
        self._alert: OpenedAlert | None = None
        self._rank = 1
        self._left = 0
        self._just_judged = False
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._open)
        self.list = AlertList(desk)
        self.announcer = Announcer(self)
        self.table, self.everything = self.list.table, self.list.everything
        self.table.chosen.connect(self._alert_chosen)
        self.list.asked.connect(self._read)
        self.setFocusProxy(self.table)
        self.compare = CompareView()
        self.bar = CompareBar(self.compare, self)
        self.sheet = CaseSheet()
        self.document = DocumentSheet()
        self.why = text_label("")
        self.why.setObjectName("whyHere")
        self.judging = Judging(self, minimum_look_ms)
        self.judging.given.connect(self._judge)
        self.guide = text_label("")
        self.guide.setProperty("empty", True)
        self.guide.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._centre = QStackedWidget()
        self._sheet_area = QScrollArea()
        self._halves = QSplitter(Qt.Orientation.Vertical)
        self._lay_out()
        for key, step in (("N", 1), ("P", -1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._next if step > 0 else self._previous)
        shortcut = QShortcut(QKeySequence("T"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._other_picture)
        self.bar.other.clicked.connect(self._other_picture)
        self.bar.next.clicked.connect(self._next)
        self.bar.previous.clicked.connect(self._previous)
        self._close()

    @property
    def opened(self) -> OpenedAlert | None:
        return self._alert

    @property
    def details_open(self) -> bool:
        """Whether distance and record are shown: only after the own view."""
        return self._alert is not None and self._candidate()[0].record is not None

    # Reading

    def reload(self, changed: Changed) -> None:
        if Changed.SESSION in changed:
            self._forget()
        if changed & (Changed.ALERTS | Changed.SESSION):
            self._stale = True
            if self.isVisible():
                self._read()
            else:
                self._desk.ask(news, self._announce, self._unheard)

    def draft(self) -> dict[Key, tuple[tuple[str, ...], str]] | None:
        return self.judging.draft()

    def resume(self, draft: dict[Key, tuple[tuple[str, ...], str]]) -> None:
        self.judging.resume(draft)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read()

    def _read(self) -> None:
        self._stale = False
        self._desk.ask(partial(waiting, self.everything.isChecked()), self._show_waiting, self._say)

    def _show_waiting(self, found: Waiting) -> None:
        """An open alert stays open when it is no longer waiting; it is read again when its verdicts changed."""
        self._login = found.login
        self._announce(found)
        hidden = self.table.isHidden()
        self.list.show_lines(found.lines, found.login)
        focused = QApplication.focusWidget()
        if hidden and self.isVisible() and (focused is None or not self.isAncestorOf(focused)):
            self.table.setFocus()  # it took no focus while it was empty, and the arrow keys went nowhere
        if self._alert is None:
            self.guide.setText(self.tr("Choose an alert on the side. The arrow keys go through them.") if found.lines else "")
            return
        now = next((line for line in found.lines if line.alert_id == self._alert.view.alert_id), None)
        if now != self._line or self._just_judged:
            self._line, self._just_judged = now, False
            self._read_alert(self._alert.view.alert_id)

    def _announce(self, found: Waiting | None) -> None:
        if found is None:
            return
        self.announcer.hear(found.lines, sound=found.sound, notice=found.notice)

    def _unheard(self, _refusal: Refused) -> None:
        """The person left while it was asked."""

    def _alert_chosen(self) -> None:
        self._pause.start()

    def _open(self) -> None:
        chosen = self.table.chosen_id
        if chosen is not None and (self._alert is None or self._alert.view.alert_id != chosen):
            self._close()
            self.guide.setText(self.tr("Opening the pictures …"))
            self._read_alert(chosen)

    def _read_alert(self, alert_id: int) -> None:
        self._desk.ask(partial(open_alert, alert_id), self._show_alert, self._say)

    def _show_alert(self, alert: OpenedAlert) -> None:
        again = self._alert is not None and self._alert.view.alert_id == alert.view.alert_id
        if not again and alert.view.alert_id != self.table.chosen_id:
            return
        self._alert = alert
        self._line = next((line for line in self.table.rows if line.alert_id == alert.view.alert_id), None)
        self._centre.setCurrentIndex(1)
        if again:
            self._show_details()
        else:
            self._show_candidate(1)

    def _show_candidate(self, rank: int) -> None:
        if self._alert is None:
            return
        self._rank = rank
        candidate, _ = self._candidate()
        view = self._alert.view
        self._left = 0
        self._show_pictures()
        self.why.setText(
            look_words(
                candidate.bases,
                photograph=bool(candidate.reference),
                traveller=bool(view.probe),
                no_photo=view.no_photo,
            )
        )
        self.why.setVisible(bool(self.why.text()))
        own = self._own()
        self.judging.look_at(
            (view.alert_id, rank), own, rank, len(view.candidates), protect=candidate.purpose is Purpose.PROTECT,
            rows=rows_for(view, candidate),
        )  # fmt: skip # one call
        self._show_details()

    def _show_pictures(self) -> None:
        """One picture of the traveller's side beside the record's."""
        if self._alert is None:
            return
        candidate, reference = self._candidate()
        side = travellers_side(self._alert.view, self._alert.pictures)
        self.compare.show_pair(side[self._left % len(side)], records_side(candidate, reference, side))
        self.bar.show_place(self._rank, len(self._alert.view.candidates), pictures=len(side))

    def _other_picture(self) -> None:
        self._left += 1
        self._show_pictures()

    def _show_details(self) -> None:
        """Distance, record and the views of others: only what the desk has opened to this person."""
        if self._alert is None:
            return
        candidate, _ = self._candidate()
        closed = candidate.record is None
        told = self.document.show_alert(self._alert.view, opened=not closed)
        opening = self._sheet_area.isHidden() and (told or not closed)
        self._sheet_area.setVisible(told or not closed)
        self.sheet.setVisible(not closed)
        if opening:
            half = self._halves.height() // 2
            self._halves.setSizes([half, half])
        self.judging.show_own(self._own())
        if closed:
            self.sheet.clear()
        else:
            verdicts = [verdict for verdict in self._alert.view.verdicts if verdict.rank == self._rank]
            self.sheet.show_candidate(candidate, verdicts)

    def _candidate(self) -> tuple[CandidateView, Picture | None]:
        if self._alert is None:
            raise LookupError("no alert is open")
        place = next(n for n, each in enumerate(self._alert.view.candidates) if each.rank == self._rank)
        return self._alert.view.candidates[place], self._alert.references[place]

    def _own(self) -> VerdictView | None:
        """The person's last view of this candidate: the one that counts."""
        if self._alert is None:
            return None
        own = [each for each in self._alert.view.verdicts if each.rank == self._rank and each.officer == self._login]
        return own[-1] if own else None

    # Acting

    def _judge(self, view: View) -> None:
        if self._alert is None:
            return
        self.judging.wait(writing=True)
        asked = partial(judge, self._alert.view.alert_id, self._rank, view, self.judging.reasons(), self.judging.note())
        self._desk.ask(asked, self._judged, self._refused)

    def _judged(self, _verdict: int) -> None:
        """The change of the alerts, which the desk reports next, opens the details."""
        self._just_judged = True
        self.judging.wait(writing=False)

    def _refused(self, refusal: Refused) -> None:
        self.judging.wait(writing=False)
        self.judging.say(said(refusal))

    def _next(self) -> None:
        if self._alert is not None:
            self._show_candidate(self._rank % len(self._alert.view.candidates) + 1)

    def _previous(self) -> None:
        if self._alert is not None:
            self._show_candidate((self._rank - 2) % len(self._alert.view.candidates) + 1)

    def _say(self, refusal: Refused) -> None:
        self._close()
        self.guide.setText(said(refusal))

    def _close(self) -> None:
        self._alert, self._line = None, None
        self.compare.clear()
        self.sheet.clear()
        self.judging.close_box()
        self._centre.setCurrentIndex(0)

    def _forget(self) -> None:
        """Another person: nothing that the last one opened or wrote stays."""
        self._close()
        self.announcer.forget()
        self.judging.forget()
        self.guide.setText("")
        self.list.forget()

    # Layout

    def _lay_out(self) -> None:
        sheets = QWidget()
        below = QVBoxLayout(sheets)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(8)
        below.addWidget(self.sheet)
        below.addWidget(self.document)
        below.addStretch(1)
        self._sheet_area.setWidget(sheets)
        self._sheet_area.setWidgetResizable(True)
        self._sheet_area.setMinimumHeight(240)
        self._sheet_area.setFrameShape(QFrame.Shape.NoFrame)
        self._sheet_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        pictures = QWidget()
        looking = QVBoxLayout(pictures)
        looking.setContentsMargins(0, 0, 0, 0)
        looking.setSpacing(8)
        looking.addWidget(self.why)
        looking.addWidget(self.compare, 1)
        looking.addWidget(self.bar)
        self._halves.setChildrenCollapsible(False)
        self._halves.addWidget(pictures)
        self._halves.addWidget(self._sheet_area)
        page = QWidget()
        centre = QVBoxLayout(page)
        centre.setContentsMargins(0, 12, 0, 12)
        centre.addWidget(self._halves)
        self._centre.addWidget(self.guide)
        self._centre.addWidget(page)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        for widget in (self.list, self._centre, self.judging):
            split.addWidget(widget)
            split.setStretchFactor(split.count() - 1, 1 if widget is self._centre else 0)
        split.setSizes([300, 660, 406])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(split)
