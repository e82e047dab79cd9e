"""A question for a date: written in any way that has one reading, said back below as it was read, or taken from a calendar."""

from PySide6.QtCore import QDate, QPoint
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QMenu, QPushButton, QWidgetAction

from ui.widgets.fields import Field
from ui.words.dates import day
from ui.words.plain import said
from watchlists.exchange.dates import read_date
from watchlists.records.records import RecordRefused
from workstation.today import today


def as_iso(text: str) -> str:
    """The date as ISO 8601, as much as is known; what cannot be read stays as it was typed, to be refused by its sentence."""
    try:
        return read_date(text, "", today())
    except RecordRefused:
        return text.strip()


class DateField(Field):
    def __init__(self, name: str, words: str, sentence: str, *, needed: bool = False, calendar: bool = False) -> None:
        """`calendar`: for a day near today, which people count in weeks; nobody looks for a birth date in one."""
        self._line = QLineEdit()
        self._words = words
        super().__init__(name, words, sentence, self._line, needed=needed)
        self._line.editingFinished.connect(self._say_reading)
        if calendar:
            self.calendar = QPushButton(self.tr("Calendar …"))
            self.calendar.setAccessibleName(self.tr("{words}: calendar").format(words=words))
            self.calendar.clicked.connect(self._open_calendar)
            self.beside(self.calendar)

    def text(self) -> str:
        """ISO 8601 when it can be read, otherwise what was typed."""
        return as_iso(self._line.text())

    def problem(self) -> str:
        """Why what is typed is no date, or has two readings; empty when it has one or is empty."""
        try:
            read_date(self._line.text(), self._words, today())
        except RecordRefused as refusal:
            return said(refusal)
        return ""

    def take(self, chosen: QDate) -> None:
        self._line.setText(chosen.toString("yyyy-MM-dd"))
        self._say_reading()
        self.edited.emit()

    def _say_reading(self) -> None:
        typed, problem = self._line.text().strip(), self.problem()
        if problem:
            self.say_below(problem, refused=True)
        elif typed:
            self.say_below(self.tr("Read as {day}.").format(day=day(self.text())), refused=False)
        else:
            self.clear_refusal()

    def _open_calendar(self) -> None:
        menu = QMenu(self)
        choosing = QCalendarWidget()
        choosing.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        known = QDate.fromString(self.text(), "yyyy-MM-dd")
        choosing.setSelectedDate(known if known.isValid() else QDate(*today().timetuple()[:3]))
        action = QWidgetAction(menu)
        action.setDefaultWidget(choosing)
        menu.addAction(action)
        choosing.activated.connect(self.take)
        choosing.clicked.connect(self.take)
        choosing.activated.connect(menu.close)
        choosing.clicked.connect(menu.close)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.calendar.mapToGlobal(QPoint(0, self.calendar.height())))
        choosing.setFocus()
