"""What opens after the own verdict: what to do first, then who it is, then how close the faces are and what others saw.

A sheet about someone who may need protection begins with that, and speaks of no suspicion.
"""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.words.closeness import doubt_words, expected_words, gap_words, second_words, strangers_words
from ui.words.grounds import birth_words, name_words, number_words, portrait_words
from ui.words.plain import clear_layout, day, moment, purpose_words, text_label, view_words
from watchlists.records.purposes import Purpose
from watchlists.records.reading import full_name
from watchlists.records.records import Particulars
from workstation.alerts.closeness import Doubt
from workstation.alerts.grounds import Basis
from workstation.alerts.raising import CandidateView
from workstation.alerts.verdicts import ALL_REASONS, VerdictView


class CaseSheet(QFrame):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("caseSheet")
        self.setAccessibleName(self.tr("Record of the candidate"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 12)
        self._column.setSpacing(8)

    def clear(self) -> None:
        clear_layout(self._column)

    def show_candidate(self, candidate: CandidateView, verdicts: Sequence[VerdictView]) -> None:
        """`verdicts`: those on this candidate, oldest first. Nothing is shown of a candidate that is still closed."""
        self.clear()
        record = candidate.record
        grounds = candidate.grounds
        if record is None or grounds is None:
            return
        protect = candidate.purpose is Purpose.PROTECT
        self.setProperty("protect", protect)
        self.style().polish(self)
        self._column.addWidget(self._first_words(protect=protect, face=grounds.bases == (Basis.FACE,)))
        watchlist, particulars = record.watchlist, record.particulars
        self._lines(
            (self.tr("What to do"), particulars.action),
            (self.tr("Owner"), self.tr("{owner}, {contact}").format(owner=watchlist.owner, contact=watchlist.contact)),
            (self.tr("Name"), full_name(particulars)),
            (self.tr("Also known as"), "; ".join(particulars.other_names)),
            (self.tr("Born"), self._born(particulars)),
            (self.tr("Document"), particulars.document_number),
            (self.tr("Number agrees"), number_words(grounds.numbers)),
            (self.tr("Name agrees"), name_words(grounds.name)),
            (self.tr("Beside it"), birth_words(grounds)),
            (self.tr("Document portrait"), portrait_words(grounds)),
            (self.tr("How close"), self._how_close(candidate)),
            (self.tr("Photograph"), self._photograph(candidate)),
            (self.tr("Purpose"), purpose_words(candidate.purpose)),
            (self.tr("List"), watchlist.name),
            (self.tr("Legal basis"), particulars.legal_basis),
            (
                self.tr("Record"),
                self.tr("{record}, version {version}, to be reviewed by {day}").format(
                    record=record.record_id, version=record.record_version, day=day(particulars.review_date)
                ),
            ),
            (self.tr("Faces"), self._faces(candidate)),
            (self.tr("Views so far"), "\n".join(self._view(verdict) for verdict in verdicts)),
        )

    def _faces(self, candidate: CandidateView) -> str:
        """The measured distance, and what it means where the face is not what raised the candidate."""
        if candidate.distance is None or candidate.threshold is None or candidate.grounds is None:
            return self.tr("No faces were compared.")
        said = self.tr("distance {distance}, threshold {threshold} (smaller is closer)").format(
            distance=self.locale().toString(candidate.distance, "f", 3),
            threshold=self.locale().toString(candidate.threshold, "f", 3),
        )
        if not candidate.grounds.face:
            said = self.tr("The face is not what raised this lead. The faces were compared: {said}").format(said=said)
        return said

    def _first_words(self, *, protect: bool, face: bool) -> QLabel:
        if protect and not face:
            words = self.tr(
                "This may be someone who needs protection. Speak with them calmly, in private and alone. They are not"
                " suspected of anything. A name or a document that agrees is a lead, never a decision."
            )
        elif protect:
            words = self.tr(
                "This may be someone who needs protection. Speak with them calmly, in private and alone. They are not"
                " suspected of anything. A face that looks alike is a lead, never a decision."
            )
        elif not face:
            words = self.tr(
                "A name, a number or a face that agrees is a lead, never a decision. Many people share a name, and documents"
                " are found again. Ask the owner before anything else."
            )
        else:
            words = self.tr(
                "A face that looks alike is a lead, never a decision. Compare the documents and ask the owner before"
                " anything else."
            )
        label = text_label(words)
        label.setObjectName("caseSheetFirstWords")
        return label

    def _lines(self, *lines: tuple[str, str]) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (term, said) in enumerate(line for line in lines if line[1]):
            name = QLabel(term)
            name.setProperty("quiet", True)
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            words = text_label(said)
            words.setAccessibleName(term)
            words.setAccessibleDescription(said)
            grid.addWidget(words, row, 1)
        self._column.addLayout(grid)
        self._column.addStretch(1)

    def _born(self, particulars: Particulars) -> str:
        parts = (day(particulars.birth_date), sex_words(particulars.sex), particulars.nationality)
        return self.tr(", ").join(part for part in parts if part)

    def _how_close(self, candidate: CandidateView) -> str:
        close = candidate.closeness
        return (
            "\n".join(filter(None, (strangers_words(close), second_words(close), expected_words(close), doubt_words(close))))
            if close
            else ""
        )

    def _photograph(self, candidate: CandidateView) -> str:
        if candidate.closeness is None:
            return ""
        return gap_words(candidate.closeness.months, child=Doubt.CHILD in candidate.closeness.doubts)

    def _view(self, verdict: VerdictView) -> str:
        said = self.tr("{officer}, {at}: {view}").format(
            officer=verdict.officer, at=moment(verdict.at), view=view_words(verdict.view)
        )
        findings = self.tr("; ").join(finding_words(reason) for reason in verdict.reasons)
        return "\n".join(filter(None, (said, findings, verdict.note)))


def sex_words(sex: str) -> str:
    """In words, or empty when it is not known."""
    words = {
        "F": QCoreApplication.translate("Plain", "female"),
        "M": QCoreApplication.translate("Plain", "male"),
        "X": QCoreApplication.translate("Plain", "unspecified"),
    }
    return words.get(sex, "")


def finding_words(reason: str) -> str:
    """“nose: alike” of the store, as a person reads it."""
    name, _, finding = reason.partition(": ")
    feature = next((each.text for each in ALL_REASONS if each.name == name), name)
    return QCoreApplication.translate("Plain", "{feature}: {finding}").format(
        feature=QCoreApplication.translate("Reason", feature), finding=QCoreApplication.translate("Finding", finding)
    )
