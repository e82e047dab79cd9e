"""The last travellers at this counter in place of the live picture: look at an answer again, or say that a document was another's."""

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.words.answers import answer_words
from ui.words.plain import clear_layout, text_label
from workstation.screening.last_travellers import LastTraveller

_PICTURE = 44


class LastTravellersPanel(QFrame):
    reopened = Signal(int)
    """The screening that is to be in front again."""
    disowned = Signal(int)
    """The screening whose document was not that traveller's."""
    again = Signal(int)
    """The screening of a traveller who stands there once more and is to be screened again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.may_reopen: frozenset[int] = frozenset()
        """Screenings whose answer the window still holds."""
        title = QLabel(self.tr("The last travellers at this counter"))
        title.setProperty("title", True)
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(16)
        self.problem = text_label("")
        self.problem.setProperty("look", True)
        back = text_label(self.tr("Esc goes back."))
        back.setProperty("quiet", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addWidget(title)
        column.addLayout(self._rows)
        column.addWidget(self.problem)
        column.addWidget(back)
        column.addStretch(1)

    def show_travellers(self, travellers: tuple[LastTraveller, ...]) -> None:
        clear_layout(self._rows)
        self.say("" if travellers else self.tr("Nobody was screened at this counter yet."))
        for row, each in enumerate(travellers):
            self._show(row, each)

    def say(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _show(self, row: int, each: LastTraveller) -> None:
        picture = QLabel()
        picture.setFixedSize(_PICTURE, _PICTURE)
        picture.setAccessibleName(self.tr("Picture, while it may be kept"))
        pixmap = QPixmap()
        if each.picture and pixmap.loadFromData(each.picture):
            picture.setPixmap(pixmap.scaled(_PICTURE, _PICTURE, Qt.AspectRatioMode.KeepAspectRatio))
        document = each.document or QCoreApplication.translate("LastTravellersPanel", "no document")
        for column, words in ((1, f"{each.at.astimezone():%H:%M}"), (2, answer_words(each.answer)), (3, document)):
            self._rows.addWidget(QLabel(words), row, column)
        self._rows.addWidget(picture, row, 0)
        acts = (
            (self.tr("Show"), self.reopened, each.screening_id in self.may_reopen),
            (self.tr("Wrong document"), self.disowned, bool(each.document)),
            (self.tr("Screen again"), self.again, True),
        )
        for column, (words, signal, possible) in enumerate(acts, start=4):
            button = QPushButton(words)
            button.setAccessibleName(self.tr("{act}, {time}").format(act=words, time=f"{each.at.astimezone():%H:%M}"))
            button.setEnabled(possible)
            button.clicked.connect(partial(signal.emit, each.screening_id))
            self._rows.addWidget(button, row, column)
