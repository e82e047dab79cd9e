"""The lines of a travel document typed by hand, checked as they are typed. Nothing is searched with them yet, and nothing is kept."""

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QFont, QFontDatabase, QKeySequence, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ui.plain import clear_layout, day, said, text_label
from workstation import mrz
from workstation.desk import Changed
from workstation.errors import OperatorError
from workstation.mrz import Zone
from workstation.mrz_check import Check
from workstation.mrz_dates import ZoneDate


class DocumentPage(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.zone: Zone | None = None
        self.lines = QPlainTextEdit()
        self.lines.setAccessibleName(self.tr("Lines of the machine-readable zone"))
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setStyleHint(QFont.StyleHint.Monospace)
        self.lines.setFont(font)
        self.lines.setStyleSheet(f"font-family: '{font.family()}';")
        self.lines.setTabChangesFocus(True)
        self.lines.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.lines.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.lines.setFixedHeight(3 * self.lines.fontMetrics().lineSpacing() + 40)
        self.lines.textChanged.connect(self._typed)
        self.empty = QPushButton(self.tr("Empty   Ctrl+Backspace"))
        self.empty.setShortcut(QKeySequence("Ctrl+Backspace"))
        self.empty.clicked.connect(self.lines.clear)
        self.state = text_label("")
        self.state.setProperty("title", True)
        self.hint = text_label("")
        self.hint.setProperty("quiet", True)
        self._answer = QVBoxLayout()
        self._lay_out()
        self._typed()

    def reload(self, changed: Changed) -> None:
        """Another person finds nothing of what was typed."""
        if Changed.SESSION in changed:
            self.lines.clear()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.lines.setFocus()

    def _typed(self) -> None:
        text = self.lines.toPlainText()
        clear_layout(self._answer)
        self.zone = None
        if not text.strip():
            self.state.setText("")
            self.hint.setText(self.tr("Type the two or three lines at the foot of the page, as they are printed."))
            return
        try:
            self.zone = mrz.parse(text, QDate.currentDate().toPython())  # type: ignore[arg-type] # the stubs say object
        except OperatorError as refusal:
            self.state.setText("")
            counts = [len("".join(line.split())) for line in text.splitlines() if line.strip()]
            told = self.tr(", ").join(str(count) for count in counts)
            self.hint.setText(self.tr("{why} Characters typed: {counts}.").format(why=said(refusal), counts=told))
            return
        self._show(self.zone)

    def _show(self, zone: Zone) -> None:
        wrong = [check for check in zone.checks if not check.ok]
        self.state.setText(
            self.tr("{count} check digits do not agree. Look at the document.").format(count=len(wrong))
            if wrong
            else self.tr("The check digits agree. That does not mean that the lines were typed as they are printed.")
        )
        self.state.setProperty("problem", bool(wrong))
        self.state.style().polish(self.state)
        self.hint.setText(
            self.tr("No check digit covers: {fields}. Whether the document is genuine is not examined here.").format(
                fields=self.tr(", ").join(self._field(name) for name in zone.unprotected)
            )
        )
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
            mark.setProperty("problem", check is not None and not check.ok)
            grid.addWidget(mark, row, 2)
        self._answer.addLayout(grid)
        for remark in zone.remarks:
            label = text_label(said(remark))
            label.setProperty("heading", True)
            self._answer.addWidget(label)

    def _mark(self, zone: Zone, check: Check | None) -> str:
        if check is None:
            return self.tr("no check digit")
        if not check.ok:
            return self.tr("printed {found}, should be {expected}").format(found=check.found, expected=check.expected)
        alike = zone.blind.get(check.name, "")
        return self.tr("agrees; blind to {letters}").format(letters=" ".join(alike)) if alike else self.tr("agrees")

    def _date(self, printed: ZoneDate) -> str:
        if not printed.text:
            return self.tr("{raw}, not known").format(raw=printed.raw)
        return self.tr("{day} (printed {raw}, the century follows from a rule)").format(day=day(printed.text), raw=printed.raw)

    def _field(self, name: str) -> str:
        words = {
            "document code": self.tr("document code"),
            "issuing state": self.tr("issuing State"),
            "names": self.tr("names"),
            "nationality": self.tr("nationality"),
            "sex": self.tr("sex"),
            "optional data": self.tr("optional data"),
        }
        return words[name]

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("card", True)
        card.setMaximumWidth(960)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(12)
        title = QLabel(self.tr("Machine-readable zone"))
        title.setProperty("heading", True)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self.empty)
        inside.addLayout(head)
        for widget in (self.lines, self.state, self.hint):
            inside.addWidget(widget)
        inside.addLayout(self._answer)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 16, 16, 16)
        page.addWidget(card)
        page.addStretch(1)
