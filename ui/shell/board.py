"""The supervisor's first page: what waits, what the day has brought, and what is wrong with the post. It only shows, and lives."""

from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from ui.second_line.alert_words import grounds_line, purpose_line, where_line
from ui.threads.background import AskDesk, Refused
from ui.widgets.dense_table import Column, DenseTable, Rows
from ui.words.dates import clock
from ui.words.plain import said, text_label
from workstation.alerts.day_so_far import LaneDay
from workstation.alerts.raising import AlertLine
from workstation.desk.desk import Changed, Desk, PostStatus
from workstation.post.access import Act

_AGAIN_MS = 20_000


@dataclass(frozen=True, slots=True)
class Seen:
    status: PostStatus
    alerts: tuple[AlertLine, ...]
    lanes: tuple[LaneDay, ...]


def look(desk: Desk) -> Seen | None:
    """None once nobody sits there who may see it: the page asks by itself, and that is no act to be refused and logged."""
    person = desk.person
    if person is None or person.must_change_password or not desk.may(Act.OVERSEE):
        return None
    return Seen(desk.status(), desk.second_line.alerts(), desk.second_line.day_so_far())


class BoardPage(QWidget):
    def __init__(self, desk: AskDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk = desk
        self.faults = text_label("")
        self.faults.setObjectName("boardFaults")
        self.waiting = QLabel()
        self.waiting.setProperty("title", True)
        self.alerts = DenseTable(
            Rows(
                (
                    Column[AlertLine](self.tr("Purpose"), purpose_line, 160),
                    Column[AlertLine](self.tr("Why"), grounds_line, 200),
                    Column[AlertLine](self.tr("Where and how long"), where_line),
                ),
                lambda line: line.alert_id,
                warm=lambda line: line.protect,
            ),
            self.tr("Waiting alerts"),
        )
        self.lanes = DenseTable(
            Rows(
                (
                    Column[LaneDay](self.tr("Lane"), lambda each: each.lane),
                    Column[LaneDay](self.tr("Travellers"), lambda each: str(each.screenings), 110, figures=True),
                    Column[LaneDay](self.tr("Referred"), lambda each: str(each.referred), 100, figures=True),
                    Column[LaneDay](self.tr("Look again"), lambda each: str(each.look_again), 110, figures=True),
                    Column[LaneDay](self.tr("Last"), lambda each: clock(each.last), 80, figures=True),
                ),
                lambda each: hash(each.lane),
            ),
            self.tr("The day so far, by lane"),
        )
        self.lists = text_label("")
        self._again = QTimer(self, interval=_AGAIN_MS)
        self._again.timeout.connect(self._read)
        self._lay_out()

    def reload(self, changed: Changed) -> None:
        if Changed.SESSION in changed:
            self._show_nothing()
        if changed & (Changed.ALERTS | Changed.SESSION | Changed.RECORDS | Changed.AUDIT) and self.isVisible():
            self._read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._again.start()
        self._read()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._again.stop()

    def _read(self) -> None:
        self._desk.ask(look, self._show, self._refused)

    def _show(self, seen: Seen | None) -> None:
        if seen is None:
            self._show_nothing()
            return
        status = seen.status
        self.waiting.setText(
            self.tr("Alerts that wait: {count}").format(count=len(seen.alerts))
            if seen.alerts
            else self.tr("No alert is waiting.")
        )
        self.alerts.show_rows(seen.alerts)
        self.lanes.show_rows(seen.lanes)
        faults = [*status.faults, *([status.search_fault] if status.search_fault else [])]
        faults += [
            self.tr("{count} not searched: {reason}.").format(count=count, reason=reason)
            for reason, count in status.not_searched.items()
        ]
        if not status.points.within_budget:
            faults.append(self.tr("Lists are too long for the alert budget."))
        self.faults.setText("\n".join(faults) or self.tr("Nothing is wrong with the post."))
        self.faults.setProperty("problem", bool(faults))
        self.faults.style().unpolish(self.faults)
        self.faults.style().polish(self.faults)
        self.lists.setText(self.tr("Portraits searched: {count}").format(count=status.entries))

    def _refused(self, refusal: Refused) -> None:
        self._show_nothing()
        self.waiting.setText(said(refusal))

    def _show_nothing(self) -> None:
        self.alerts.show_rows(())
        self.lanes.show_rows(())
        for label in (self.waiting, self.faults, self.lists):
            label.setText("")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        for title, widgets in (
            (self.tr("Waiting"), (self.waiting, self.alerts)),
            (self.tr("The day so far"), (self.lanes,)),
            (self.tr("The post"), (self.faults, self.lists)),
        ):
            card = QFrame()
            card.setProperty("card", True)
            inside = QVBoxLayout(card)
            inside.setContentsMargins(20, 16, 20, 16)
            head = QLabel(title)
            head.setProperty("heading", True)
            inside.addWidget(head)
            for widget in widgets:
                inside.addWidget(widget)
            column.addWidget(card, 2 if self.alerts in widgets else 1 if self.lanes in widgets else 0)
