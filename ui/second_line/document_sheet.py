"""What the traveller brought: the document as it was read and checked, notes of the picture, and who travels along. Evidence only."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.words.documents import chip_words, field_words, origin_words
from ui.words.plain import clear_layout, day, moment, said, text_label
from workstation.alerts.companions import Companion
from workstation.alerts.raising import AlertView
from workstation.documents.evidence import DocumentEvidence
from workstation.documents.travel_document import Agreement


class DocumentSheet(QFrame):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("documentSheet")
        self.setAccessibleName(self.tr("The traveller's document"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 12)
        self._column.setSpacing(8)

    def show_alert(self, view: AlertView, *, opened: bool) -> bool:
        """Whether there is anything to show. `opened`: the own view was given, so that numbers of the portrait may be read."""
        clear_layout(self._column)
        lines = [*self._document(view.document, opened=opened)] if view.document else []
        lines += [
            (self.tr("Picture"), "\n".join(said(note) for note in view.notes)),
            (self.tr("Travels with"), self._companions(view.companions)),
        ]
        there = [line for line in lines if line[1]]
        self.setVisible(bool(there))
        if there:
            heading = QLabel(self.tr("What the traveller brought"))
            heading.setProperty("heading", True)
            self._column.addWidget(heading)
            if view.document is not None:
                warning = text_label(self.tr("Whether a document is genuine is not examined here."))
                warning.setProperty("quiet", True)
                self._column.addWidget(warning)
            self._lines(there)
        return bool(there)

    def _document(self, document: DocumentEvidence, *, opened: bool) -> Sequence[tuple[str, str]]:
        zone = self.tr(", ").join(filter(None, (document.surname, document.given_names)))
        person = self.tr(", ").join(filter(None, (day(document.born), document.sex, document.nationality)))
        number = self.tr(", ").join(filter(None, (document.number, document.issuing_state, document.identity_number)))
        wrong = [field_words(name) for name, agrees in document.checks.items() if not agrees]
        checks = self.tr("Not in agreement: {fields}").format(fields=self.tr(", ").join(wrong)) if wrong else ""
        if document.checks and not wrong:
            checks = self.tr("The check digits agree. Names, nationality, sex and State have none.")
        read = "\n".join(document.lines)
        if document.as_read != document.lines:
            read += "\n" + self.tr("First read as:") + "\n" + "\n".join(document.as_read)
        return (
            (self.tr("Document"), self.tr(", ").join(filter(None, (document.format, origin_words(document.origin))))),
            (self.tr("Name"), zone),
            (self.tr("Born"), person),
            (self.tr("Number"), number),
            (self.tr("Expires"), day(document.expires)),
            (self.tr("Look at"), "\n".join(said(each) for each in document.findings)),
            (self.tr("Check digits"), checks),
            (self.tr("Printed"), "\n".join(self._printed(document))),
            (self.tr("Chip"), chip_words(document.chip)),
            (self.tr("Portrait"), "\n".join(said(each) for each in document.portrait) if opened else ""),
            (self.tr("Lines"), read),
        )

    def _printed(self, document: DocumentEvidence) -> Sequence[str]:
        words = {
            Agreement.AGREES: self.tr("{field}: as in the lines"),
            Agreement.NOT_FOUND: self.tr("{field}: not found on the page"),
        }
        differs = self.tr("{field}: the page says {printed}, the lines say {zone}")
        return [
            words.get(each.agreement, differs).format(field=field_words(each.name), printed=each.printed, zone=each.zone)
            for each in document.printed
        ]

    def _companions(self, companions: Sequence[Companion]) -> str:
        alerted, plain = self.tr("{at}, lane {lane}, alert {alert}"), self.tr("{at}, lane {lane}")
        return "\n".join(
            (plain if each.alert_id is None else alerted).format(at=moment(each.at), lane=each.lane, alert=each.alert_id)
            for each in companions
        )

    def _lines(self, lines: Sequence[tuple[str, str]]) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (term, told) in enumerate(lines):
            name = QLabel(term)
            name.setProperty("quiet", True)
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            words = text_label(told)
            words.setAccessibleName(term)
            words.setAccessibleDescription(told)
            grid.addWidget(words, row, 1)
        self._column.addLayout(grid)
