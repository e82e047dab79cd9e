"""Why no picture of a traveller is possible: each reason with its number as a key, in place of the live picture."""

from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.words.plain import said, text_label
from workstation.capture.no_photo import INSTEAD, MOST_WORDS, NoPhoto, without_photo
from workstation.errors import OperatorError


class NoPhotoPanel(QFrame):
    """A path like any other: what to do instead stands below each reason."""

    chosen = Signal(object)
    """The `WithoutPhoto` that the officer chose."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        title = QLabel(self.tr("Why is no picture possible?"))
        title.setProperty("title", True)
        self.buttons: list[QPushButton] = []
        self.words = QLineEdit()
        self.words.setMaxLength(MOST_WORDS)
        self.words.setAccessibleName(self.tr("Another reason, in a few words"))
        self.words.setPlaceholderText(self.tr("Another reason, in a few words, then Enter"))
        self.problem = text_label("")
        self.problem.setProperty("look", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(6)
        column.addWidget(title)
        column.addWidget(
            text_label(self.tr("Document, name and number are searched all the same. This is never a ground for referral."))
        )
        for number, reason in enumerate(NoPhoto, start=1):
            words = reason_words(reason)
            button = QPushButton(self.tr("{number}   {words}").format(number=number, words=words))
            button.setProperty("person", True)
            button.setAccessibleName(words)
            button.setToolTip(said(INSTEAD[reason]))
            button.clicked.connect(partial(self._choose, reason))
            self.buttons.append(button)
            column.addWidget(button)
        column.addWidget(self.words)
        column.addWidget(self.problem)
        back = text_label(self.tr("Esc goes back."))
        back.setProperty("quiet", True)
        column.addWidget(back)
        column.addStretch(1)
        self.begin()

    def begin(self) -> None:
        """Asked anew, of another traveller."""
        self.words.clear()
        self.words.hide()
        self.problem.hide()

    def choose(self, number: int) -> None:
        """Counted from 0; a number without a reason is nothing."""
        if number < len(self.buttons):
            self.buttons[number].click()

    def confirm(self) -> None:
        """The words of another reason are complete."""
        if not self.words.isHidden():
            self._choose(NoPhoto.OTHER)

    def _choose(self, reason: NoPhoto) -> None:
        other = reason is NoPhoto.OTHER
        if other and self.words.isHidden():
            self.words.show()
            self.words.setFocus()
            return
        try:
            chosen = without_photo(reason, self.words.text() if other else "")
        except OperatorError as refusal:
            self.problem.setText(said(refusal))
            self.problem.show()
            return
        self.chosen.emit(chosen)


def reason_words(reason: NoPhoto) -> str:
    words = {
        NoPhoto.DRESSING: QCoreApplication.translate("NoPhoto", "Injury or medical dressing"),
        NoPhoto.VEIL: QCoreApplication.translate("NoPhoto", "Face covered for religious reasons, private room not free"),
        NoPhoto.INFANT: QCoreApplication.translate("NoPhoto", "Infant asleep or too small"),
        NoPhoto.CANNOT_POSE: QCoreApplication.translate("NoPhoto", "Cannot face the camera"),
        NoPhoto.DECLINED: QCoreApplication.translate("NoPhoto", "Declined where the law allows it"),
        NoPhoto.CAMERA: QCoreApplication.translate("NoPhoto", "Camera fault"),
        NoPhoto.OTHER: QCoreApplication.translate("NoPhoto", "Another reason"),
    }
    return words[reason]
