"""The lines of a travel document, typed by hand or as they were read, checked at every key and never corrected.

The same on the document page and in place at the counter: typed entry is as good a path as the camera.
"""

from dataclasses import replace

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.documents.zone_lines import ZoneLines
from ui.keys.gate import TAKES_ZONE
from ui.words.documents import check_words, chip_words, fields_words, marks, origin_words
from ui.words.plain import clear_layout, day, said, text_label
from workstation.documents.mrz import mrz
from workstation.documents.mrz.check_digits import Check
from workstation.documents.mrz.dates import ZoneDate
from workstation.documents.mrz.mrz import Zone
from workstation.documents.travel_document import Origin, TravelDocument
from workstation.errors import OperatorError


class DocumentEntry(QWidget):
    use = Signal(object)
    """The `TravelDocument` that the officer takes for this traveller."""
    changed = Signal()
    """Something else is typed or shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.zone: Zone | None = None
        self.read: TravelDocument | None = None
        """What was read, which stands behind the lines even when they are typed over."""
        self.lines = QPlainTextEdit()
        self.lines.setAccessibleName(self.tr("Lines of the machine-readable zone"))
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setStyleHint(QFont.StyleHint.Monospace)
        self.lines.setFont(font)
        self.lines.setStyleSheet(f"font-family: '{font.family()}';")
        self.lines.setTabChangesFocus(True)
        self.lines.setProperty(TAKES_ZONE, True)
        self.lines.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.lines.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.lines.setFixedHeight(3 * self.lines.fontMetrics().lineSpacing() + 40)
        self.lines.textChanged.connect(self._typed)
        self.empty = self._button(self.tr("Empty   Ctrl+Backspace"), "Ctrl+Backspace", self.lines.clear)
        self.take = self._button(self.tr("Use for this traveller   Ctrl+Enter"), "Ctrl+Return", self._use)
        self.take.setProperty("primary", True)
        QShortcut(QKeySequence("Ctrl+Enter"), self, self.take.click, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.state = text_label("")
        self.state.setProperty("title", True)
        self.hint = text_label("")
        self.hint.setProperty("quiet", True)
        self.read_lines = ZoneLines()
        self._answer = QVBoxLayout()
        self._lay_out()
        self._typed()

    def show_document(self, document: TravelDocument) -> None:
        """What was read, to look at and to type over. What was read stays marked until a key is typed."""
        self.read = document
        self.lines.setPlainText("\n".join(document.zone.lines) if document.zone else "")
        self._typed()

    def clear(self) -> None:
        self.read = None
        self.lines.clear()

    @property
    def document(self) -> TravelDocument | None:
        """The document of these lines: as it was read where nothing was typed over, by hand otherwise."""
        if self.zone is None:
            return None
        if self.read is None:
            return TravelDocument(Origin.TYPED, self.zone)
        if self._untouched():
            return self.read
        # Page and portrait are still of this document; what was compared with the lines as read no longer holds.
        return replace(self.read, origin=Origin.TYPED, zone=self.zone, reading=None, printed=(), remarks=())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.lines.setFocus()

    def _untouched(self) -> bool:
        return (
            self.read is not None
            and self.read.zone is not None
            and self.zone is not None
            and (self.read.zone.lines == self.zone.lines)
        )

    def _use(self) -> None:
        if (document := self.document) is not None:
            self.use.emit(document)

    def _typed(self) -> None:
        text = self.lines.toPlainText()
        clear_layout(self._answer)
        self.zone = None
        if not text.strip():
            self.state.setText("")
            self.hint.setText(self.tr("Type the two or three lines at the foot of the page, as they are printed."))
        else:
            try:
                self.zone = mrz.parse(text, QDate.currentDate().toPython())  # type: ignore[arg-type] # the stubs say object
            except OperatorError as refusal:
                self.state.setText("")
                counts = [len("".join(line.split())) for line in text.splitlines() if line.strip()]
                told = self.tr(", ").join(str(count) for count in counts)
                self.hint.setText(self.tr("{why} Characters typed: {counts}.").format(why=said(refusal), counts=told))
        self.take.setEnabled(self.zone is not None)
        read = self.read if self._untouched() else None
        self.read_lines.setVisible(read is not None and read.reading is not None)
        if read is not None and read.zone is not None:
            self.read_lines.show_lines(read.zone.lines, read.reading)
        if self.zone is not None:
            self._show(self.zone, read)
        self.changed.emit()

    def _show(self, zone: Zone, read: TravelDocument | None) -> None:
        wrong = [check for check in zone.checks if not check.ok]
        agree = (
            self.tr("The check digits agree. That does not mean that every character was read correctly.")
            if read
            else self.tr("The check digits agree. That does not mean that the lines were typed as they are printed.")
        )
        problem = self.tr("{count} check digits do not agree. Look at the document.").format(count=len(wrong))
        self.state.setText(problem if wrong else agree)
        self.state.setProperty("look", bool(wrong))
        self.state.style().unpolish(self.state)
        self.state.style().polish(self.state)
        uncovered = self.tr("No check digit covers: {fields}. Whether the document is genuine is not examined here.")
        self.hint.setText(uncovered.format(fields=fields_words(zone.unprotected)))
        checks = {check.name: check for check in zone.checks}
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        lines = (
            (self.tr("Document"), f"{zone.format.name}  {zone.document_code}  {zone.issuing_state}", None),
            (self.tr("Number"), zone.number, checks["number"]),
            (self.tr("Surname"), zone.names.surname, None),
            (self.tr("Given names"), zone.names.given, None),
            (self.tr("Born"), self._date(zone.born), checks["date of birth"]),
            (self.tr("Sex"), zone.sex or self.tr("not said"), None),
            (self.tr("Nationality"), zone.nationality, None),
            (self.tr("Expires"), self._date(zone.expires), checks["date of expiry"]),
            (self.tr("Optional data"), self.tr("  ").join(filter(None, zone.optional)), checks.get("personal number")),
            (self.tr("Identity number"), zone.identity_number, None),
            (
                self.tr("Everything together"),
                self.tr("composite check digit") if "composite" in checks else "",
                checks.get("composite"),
            ),
        )
        for row, (term, words, check) in enumerate(line for line in lines if line[1]):
            name = QLabel(term)
            name.setProperty("quiet", True)
            grid.addWidget(name, row, 0)
            grid.addWidget(text_label(words), row, 1)
            mark = QLabel(self._mark(zone, check))
            mark.setProperty("look", check is not None and not check.ok)
            grid.addWidget(mark, row, 2)
        self._answer.addLayout(grid)
        for words in self._remarks(zone, read):
            label = text_label(words)
            label.setProperty("heading", True)
            self._answer.addWidget(label)

    def _remarks(self, zone: Zone, read: TravelDocument | None) -> list[str]:
        """What does not fit, beside the check digits that the grid shows; of a document that was read, where from and its chip."""
        if read is None:
            return [said(remark) for remark in zone.remarks]
        digits = {check_words(check) for check in zone.checks if not check.ok}
        told = [mark.words for mark in marks(read) if mark.look and not any(words in mark.words for words in digits)]
        where = origin_words(read.origin)
        return [*told, self.tr("{how}. {chip}").format(how=where, chip=chip_words(read.chip))]

    def _mark(self, zone: Zone, check: Check | None) -> str:
        if check is None:
            return self.tr("no check digit")
        if not check.ok:
            return check_words(check)
        alike = zone.blind.get(check.name, "")
        return self.tr("agrees; blind to {letters}").format(letters=" ".join(alike)) if alike else self.tr("agrees")

    def _date(self, printed: ZoneDate) -> str:
        if not printed.text:
            return self.tr("{raw}, not known").format(raw=printed.raw)
        return self.tr("{day} (printed {raw}, the century follows from a rule)").format(day=day(printed.text), raw=printed.raw)

    def _button(self, words: str, key: str, act: object) -> QPushButton:
        button = QPushButton(words)
        button.setAccessibleName(words)
        button.clicked.connect(act)
        keys = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(button.click)
        return button

    def _lay_out(self) -> None:
        answers = QWidget()
        inside = QVBoxLayout(answers)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.setSpacing(12)
        for widget in (self.read_lines, self.state, self.hint):
            inside.addWidget(widget)
        inside.addLayout(self._answer)
        inside.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(answers)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        acts = QHBoxLayout()
        acts.addWidget(self.take)
        acts.addWidget(self.empty)
        acts.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.lines)
        column.addLayout(acts)
        column.addWidget(area, 1)
