"""Alert budgets: what they cost on both sides, told while they are typed; a second person confirms a change."""

from functools import partial

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QPalette, QResizeEvent, QShowEvent
from PySide6.QtSvgWidgets import QSvgWidget
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from matching.rates.calibration import EVERYBODY
from ui.threads.background import AskDesk, Refused
from ui.widgets.fields import Field
from ui.words.closeness import number, percent
from ui.words.operating import causes_words, history_words, local_words
from ui.words.plain import purpose_words, said, text_label
from watchlists.records.purposes import Purpose
from workstation.bench.plots import Line, Mark, Style, line_plot
from workstation.desk.desk import Changed, Desk, Done
from workstation.desk.operating import OperatingView
from workstation.operating_point.budgets import Budgets
from workstation.operating_point.forecast import Forecast

PAUSE_MS = 300
_AIR = 16
"""Pixels around and between the cards."""


def read(desk: Desk) -> tuple[OperatingView, str]:
    return desk.operating.view(), desk.people.signed_in().login


def foresee(wanted: Budgets, desk: Desk) -> Forecast:
    return desk.operating.forecast(wanted)


def propose(wanted: Budgets, reason: str, desk: Desk) -> Done[int]:
    return desk.operating.propose(wanted, reason)


def decide(proposal_id: int, confirmed: bool, desk: Desk) -> Done[None]:  # noqa: FBT001 - bound by partial
    return desk.operating.decide(proposal_id, confirmed=confirmed)


class OperatingPage(QWidget):
    def __init__(self, desk: AskDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk = desk
        self._view: OperatingView | None = None
        self._waiting_id: int | None = None
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._foresee)
        self.budgets = {purpose: QLineEdit() for purpose in Purpose}
        self.cells: dict[Purpose, dict[str, QLabel]] = {}
        self.reason = Field("budget_reason", self.tr("Why"), self.tr("The second person reads it."), QLineEdit(), needed=True)
        self.ask = QPushButton(self.tr("Ask for this change"))
        self.ask.setProperty("primary", True)
        self.ask.clicked.connect(self._propose)
        self.problem = text_label("")
        self.problem.setProperty("problem", True)
        self.sum = text_label("")
        self.basis = text_label("")
        self.waiting = text_label("")
        self.confirm = QPushButton(self.tr("Confirm"))
        self.confirm.clicked.connect(partial(self._decide, True))
        self.turn_down = QPushButton(self.tr("Turn down"))
        self.turn_down.clicked.connect(partial(self._decide, False))
        self.causes = text_label("")
        self.history = text_label("")
        self.plot = QSvgWidget()
        self.plot.setMinimumSize(420, 280)
        self.plot.renderer().setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
        self._waiting_card = QFrame()
        self._lay_out()

    # Reading

    def reload(self, changed: Changed) -> None:
        if Changed.SESSION in changed:
            self._forget()
        if changed & (Changed.OPERATING | Changed.RECORDS | Changed.ALERTS | Changed.SETTINGS) and self.isVisible():
            self._desk.ask(read, self._show)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._desk.ask(read, self._show)

    def _show(self, found: tuple[OperatingView, str]) -> None:
        view, login = found
        typing = self._view is not None and self._typed() != dict(self._view.budgets)
        self._view = view
        if not typing:
            for purpose, editor in self.budgets.items():
                editor.setText(f"{view.budgets[purpose]:g}")
            self._show_forecast(view.forecast)
        self.basis.setText(local_words(view))
        self.causes.setText(causes_words(view))
        self.history.setText(history_words(view.history))
        self._show_waiting(view, login)

    def _show_waiting(self, view: OperatingView, login: str) -> None:
        asked = view.waiting
        self._waiting_id = asked.proposal_id if asked is not None else None
        self._waiting_card.setVisible(asked is not None)
        if asked is None:
            return
        wanted = self.tr(", ").join(
            self.tr("{purpose} {budget}").format(purpose=purpose_words(purpose), budget=f"{asked.budgets[purpose]:g}")
            for purpose in Purpose
        )
        words = self.tr("{person} asks for these false alerts per 1,000 travellers: {wanted}. Why: {reason}.").format(
            person=asked.by, wanted=wanted, reason=asked.reason.rstrip(".")
        )
        own = asked.by == login
        self.waiting.setText(words + (" " + self.tr("A second person confirms it.") if own else ""))
        self.confirm.setVisible(not own)
        self.turn_down.setText(self.tr("Take back") if own else self.tr("Turn down"))

    # Typing

    def _typed(self) -> dict[Purpose, float] | None:
        try:
            return {purpose: float(editor.text().replace(",", ".")) for purpose, editor in self.budgets.items()}
        except ValueError:
            return None

    def _foresee(self) -> None:
        wanted = self._typed()
        if wanted is None:
            self.problem.setText(self.tr("A budget is a number of false alerts per 1,000 travellers."))
            return
        self.problem.clear()
        self._desk.ask(partial(foresee, wanted), self._show_forecast, self._refused)

    def _show_forecast(self, forecast: Forecast) -> None:
        for each in forecast.purposes:
            cells = self.cells[each.purpose]
            cells["entries"].setText(self.locale().toString(each.entries))
            if not each.entries:
                for name in ("alerts", "missed", "distance"):
                    cells[name].setText(self.tr("no photographs"))
                continue
            cells["alerts"].setText(number(each.wanted.alerts_a_day))
            cells["missed"].setText(percent(each.wanted.missed))
            distance = self.locale().toString(each.wanted.distance, "f", 3)
            if each.wanted.distance != each.now.distance:
                before = self.locale().toString(each.now.distance, "f", 3)
                distance = self.tr("{new} (now {old})").format(new=distance, old=before)
            cells["distance"].setText(distance)
        self._show_sum(forecast)
        self._draw(forecast)
        QTimer.singleShot(0, self, self._turn)

    def _show_sum(self, forecast: Forecast) -> None:
        words = self.tr("Together {alerts} false alerts a day, at {travellers} travellers a day ({basis}).").format(
            alerts=number(forecast.alerts_a_day),
            travellers=self.locale().toString(round(forecast.travellers_a_day)),
            basis=self.tr("the last 30 days") if forecast.measured else self.tr("assumed until somebody was screened"),
        )
        if not forecast.carried:
            words += " " + self.tr(
                "The lists are too long for a budget: the calibration carries no smaller distance, so that more false"
                " alerts come than it allows."
            )
        groups = [each for each in forecast.groups if each != EVERYBODY]
        if groups:
            words += " " + self.tr("The budgets rest on the people of the data who look most alike: {groups}.").format(
                groups=self.tr("; ").join(groups)
            )
        if forecast.extrapolated:
            words += " " + self.tr(
                "So small a distance was fitted and not counted: fewer than ten pairs of strangers lay so near."
            )
        grades = next((each.wanted.missed_by_grade for each in forecast.purposes if each.entries), None)
        if grades is not None:
            told = self.tr("; ").join(
                self.tr("{grade}: {missed}").format(grade=name, missed=percent(rate)) for name, rate in grades.items()
            )
            words += "\n" + self.tr("Missed by grade of the photograph: {told}.").format(told=told)
        self.sum.setText(words)

    def _draw(self, forecast: Forecast) -> None:
        if not forecast.entries:
            return
        palette = self.palette()
        roles = (QPalette.ColorRole.WindowText, QPalette.ColorRole.PlaceholderText, QPalette.ColorRole.Link)
        ink, quiet, accent = (palette.color(role).name() for role in roles)
        x, y, low, high = zip(*forecast.curve, strict=True)
        marks = []
        for now in (True, False):
            costs = [each.now if now else each.wanted for each in forecast.purposes if each.entries]
            alerts = 1000 * sum(each.alerts_a_day.value for each in costs) / max(forecast.travellers_a_day, 1e-9)
            words = self.tr("now") if now else self.tr("wanted")
            marks.append(Mark(words, alerts, self._at(alerts, x, y), filled=now))
        if abs(marks[0].x - marks[1].x) < 1e-9:
            marks = marks[:1]
        svg = line_plot(
            [Line("", x, y, low, high)],
            self.tr("false alerts per 1,000 travellers"),
            self.tr("listed people missed"),
            marks=marks,
            width=560,
            height=330,
            style=Style(ink, quiet, (accent,), self.font().family()),
        )
        self.plot.load(QByteArray(svg.encode()))
        self.plot.renderer().setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
        self.plot.setAccessibleName(
            self.tr("Listed people missed against false alerts: {missed} missed at {alerts} false alerts per 1,000.").format(
                missed=f"{100 * marks[-1].y:.0f} %", alerts=f"{marks[-1].x:.2g}"
            )
        )

    @staticmethod
    def _at(alerts: float, x: tuple[float, ...], y: tuple[float, ...]) -> float:
        """Share missed on the curve where it has so many alerts."""
        nearest = min(range(len(x)), key=lambda place: abs(x[place] - alerts))
        return y[nearest]

    # Acting

    def _propose(self) -> None:
        wanted = self._typed()
        if wanted is None:
            self._foresee()
            return
        self.ask.setEnabled(False)
        self._desk.ask(partial(propose, wanted, self.reason.text()), self._asked, self._refused)

    def _asked(self, _proposal: int) -> None:
        self.ask.setEnabled(True)
        self.reason.set_text("")
        self._view = None
        self.problem.clear()

    def _decide(self, confirmed: bool) -> None:  # noqa: FBT001 - bound by partial
        if self._waiting_id is not None:
            self._view = None
            self._desk.ask(partial(decide, self._waiting_id, confirmed), None, self._refused)

    def _refused(self, refusal: Refused) -> None:
        self.ask.setEnabled(True)
        self.problem.setText(said(refusal))

    def draft(self) -> str | None:
        return self.reason.text() or None

    def resume(self, draft: str) -> None:
        self.reason.set_text(draft)

    def _forget(self) -> None:
        self._view = None
        self.problem.clear()
        self.reason.set_text("")

    # Layout

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        """The plot beside the budgets where both have their room, else below them."""
        sides = (side.minimumSize().width() for side in (self._left, self._right))
        beside = self.width() >= sum(sides) + 5 * _AIR
        self._both.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def _lay_out(self) -> None:
        self._left = left = QVBoxLayout()
        left.setSpacing(12)
        for widget in (self._budget_card(), self._lay_out_waiting()):
            left.addWidget(widget)
        left.addStretch(1)
        self._right = right = QVBoxLayout()
        right.addWidget(self._card(self.tr("What a budget costs"), self.plot))
        right.addStretch(1)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.setSpacing(16)
        self._both.addLayout(left, 3)
        self._both.addLayout(right, 2)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        column.addLayout(self._both)
        column.addWidget(self._card(self.tr("What can be put right"), self.causes))
        column.addWidget(self._card(self.tr("What the thresholds rest on"), self.basis))
        column.addWidget(self._card(self.tr("How the thresholds changed"), self.history))
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(scroll)

    def _budget_card(self) -> QFrame:
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(8)
        heads = (
            self.tr("Purpose"), self.tr("False alerts\nper 1,000"), self.tr("Entries"),
            self.tr("False alerts\na day"), self.tr("Listed people\nmissed"), self.tr("Threshold"),
        )  # fmt: skip # the heads of a table
        for place, words in enumerate(heads):
            head = QLabel(words)
            head.setProperty("quiet", True)
            grid.addWidget(head, 0, place, Qt.AlignmentFlag.AlignBottom)
        for row, (purpose, editor) in enumerate(self.budgets.items(), start=1):
            grid.addWidget(QLabel(purpose_words(purpose)), row, 0)
            editor.setFixedWidth(88)
            editor.setAccessibleName(
                self.tr("False alerts per 1,000 travellers: {purpose}").format(purpose=purpose_words(purpose))
            )
            editor.textEdited.connect(self._pause.start)
            grid.addWidget(editor, row, 1)
            self.cells[purpose] = {name: QLabel() for name in ("entries", "alerts", "missed", "distance")}
            for place, label in enumerate(self.cells[purpose].values(), start=2):
                label.setProperty("figures", True)
                grid.addWidget(label, row, place)
        grid.setColumnStretch(5, 1)
        card = QFrame()
        card.setProperty("card", True)
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        title = QLabel(self.tr("Alert budgets"))
        title.setProperty("title", True)
        column.addWidget(title)
        column.addLayout(grid)
        column.addWidget(self.sum)
        column.addWidget(self.reason)
        asking = QHBoxLayout()
        asking.addWidget(self.ask)
        asking.addWidget(self.problem, 1)
        column.addLayout(asking)
        return card

    def _lay_out_waiting(self) -> QFrame:
        self._waiting_card.setProperty("card", True)
        column = QVBoxLayout(self._waiting_card)
        column.setContentsMargins(20, 16, 20, 16)
        column.addWidget(self.waiting)
        row = QHBoxLayout()
        row.addWidget(self.confirm)
        row.addWidget(self.turn_down)
        row.addStretch(1)
        column.addLayout(row)
        self._waiting_card.hide()
        return self._waiting_card

    def _card(self, title: str, widget: QWidget) -> QFrame:
        card = QFrame()
        card.setProperty("card", True)
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 16, 20, 16)
        head = QLabel(title)
        head.setProperty("heading", True)
        column.addWidget(head)
        column.addWidget(widget)
        return card
