"""The document at the counter, in its fixed place above the answer: a calm sign, the page, what it says and what to look at.

Whether the document is genuine is not examined here, and the panel says so.
"""

from datetime import date
from enum import StrEnum

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.widgets.page_picture import PagePicture, qimage
from ui.words.documents import (
    born_words,
    expires_words,
    fields_words,
    fields_words_of,
    kind_words,
    marks,
    name_words,
    origin_words,
)
from ui.words.plain import text_label
from workstation.documents.travel_document import TravelDocument

_MOST_MARKS = 3
"""Lines to look at that fit on the smallest screen; D shows the rest."""

_PAGE_SHAPE = 0.7
"""Height to width of the page of a passport (ID-3: 88 to 125 mm)."""


class Sign(StrEnum):
    """What the document lane says, without a sound."""

    LAY = "lay"
    HOLD = "hold"
    READING = "reading"
    LIFT = "lift"
    WITHOUT = "without"
    LOST = "lost"
    TYPED = "typed"
    UNREAD = "unread"
    READ = "read"
    ANOTHER = "another"
    WHOSE = "whose"


class DocumentPanel(QFrame):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("documentPanel")
        self.setProperty("card", True)
        self.document: TravelDocument | None = None
        self.sign = QLabel()
        self.sign.setObjectName("documentSign")
        self.sign.setWordWrap(True)
        self.picture = PagePicture()
        self.name = text_label("")
        self.name.setObjectName("documentName")
        self.facts = text_label("")
        self.looks = [text_label("") for _ in range(_MOST_MARKS)]
        self.more = text_label("")
        self.more.setProperty("quiet", True)
        self._lay_out()
        self.keep_room()
        self.clear()

    def sizeHint(self) -> QSize:
        return QSize(400, 250)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = round(0.4 * self.width())
        self.picture.setFixedSize(wide, round(wide * _PAGE_SHAPE))
        self._arrange()

    @property
    def state(self) -> str:
        return str(self.sign.property("state"))

    def clear(self) -> None:
        """The next traveller's place."""
        self.document = None
        self.picture.clear()
        for label in (self.name, self.facts, *self.looks, self.more):
            self._say(label, "")
        self.show_sign(Sign.TYPED)

    def show_sign(self, sign: Sign, words: str = "") -> None:
        """`words` in place of the sign's own: why nothing was read, or what happened to the camera."""
        self.sign.setText(words or self._sign_words(sign))
        self.sign.setProperty("state", str(sign))
        self.sign.setAccessibleName(self.tr("Document: {words}").format(words=self.sign.text()))
        self.sign.style().polish(self.sign)

    def show_live(self, picture: QImage | None) -> None:
        """What lies under the document camera now, while there is no document yet."""
        if self.document is None:
            self.picture.show_page(picture)

    def show_document(self, document: TravelDocument, today: date) -> None:
        self.document = document
        if document.page is not None:
            self.picture.show_page(qimage(document.page), document.lines_at)
        elif document.portrait is not None:
            self.picture.show_page(qimage(document.portrait.image))
        else:
            self.picture.clear()
        zone = document.zone
        if zone is not None:
            self._say(self.name, name_words(zone) or self.tr("no name"))
            facts = (
                self.tr("{kind} {number}  ·  {nationality}").format(
                    kind=kind_words(zone), number=zone.number, nationality=zone.nationality
                ),
                born_words(zone.born, today),
                expires_words(zone.expires),
            )
            self._say(self.facts, "\n".join(facts))
        elif document.fields is not None:
            name, told = fields_words_of(document.fields)
            self._say(self.name, name)
            self._say(self.facts, told)
        self._arrange()

    def hasHeightForWidth(self) -> bool:
        """No word changes the height of the panel: what does not fit is counted, and D shows it."""
        return False

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.minimumHeight())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.keep_room()

    def keep_room(self) -> None:
        """For the sign, a name and a line or two at this type: a size that no word changes."""
        self.setMinimumHeight(round(5.5 * self.fontMetrics().height()) + 40)

    def _arrange(self) -> None:
        """As much of what is to be said as fits: what to look at goes before what is merely so."""
        if self.document is None:
            return
        for most, coverage in ((_MOST_MARKS, True), (_MOST_MARKS, False), (2, False), (1, False), (0, False)):
            self._show_marks(self.document, most, coverage=coverage)
            if self._column.heightForWidth(self.width()) <= self.height():
                return

    def _show_marks(self, document: TravelDocument, most: int, *, coverage: bool) -> None:
        found = marks(document)
        looks = [mark.words for mark in found if mark.look]
        if len(looks) > max(most, 1):
            # In one line's room the first is said before the others are counted.
            kept = looks[: most - 1] if most > 1 else looks[:most]
            more = self.tr("And {count} more: D shows them.").format(count=len(looks) - len(kept))
            looks = [*kept, more] if most > 1 else [" ".join((*kept, more))]
        for label, each in zip(self.looks, [*looks, *[""] * _MOST_MARKS], strict=False):
            self._say(label, each)
        quiet = [mark.words for mark in found if not mark.look]
        if document.zone is not None and coverage:
            quiet.append(self.tr("No check digit covers: {fields}.").format(fields=fields_words(document.zone.unprotected)))
        quiet.append(self.tr("Whether the document is genuine is not examined here."))
        self._say(self.more, " ".join(quiet))

    def _sign_words(self, sign: Sign) -> str:
        words = {
            Sign.LAY: self.tr("Lay the document down"),
            Sign.HOLD: self.tr("Hold the document still"),
            Sign.READING: self.tr("Reading the document …"),
            Sign.LIFT: self.tr("The document may be lifted"),
            Sign.WITHOUT: self.tr("No document"),
            Sign.LOST: self.tr("The document camera stopped. Check the cable; it will resume by itself."),
            Sign.TYPED: self.tr("Document: D to type, N for none"),
            Sign.UNREAD: self.tr("The document could not be read."),
            Sign.READ: self._read_words(),
            Sign.WHOSE: self.tr("Is this document this traveller's? It has not been searched."),
            Sign.ANOTHER: self.tr("Another document was laid down. Enter: for the next traveller; D: for this one."),
        }
        return words[sign]

    def _read_words(self) -> str:
        return origin_words(self.document.origin) if self.document is not None else ""

    def _say(self, label: QLabel, words: str) -> None:
        label.setText(words)
        label.setVisible(bool(words))

    def _lay_out(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        words = QVBoxLayout()
        words.setSpacing(4)
        for label in (self.name, self.facts):
            words.addWidget(label)
        words.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(6)
        column.addWidget(self.sign)
        column.addLayout(row)
        for label in self.looks:
            label.setProperty("look", True)
            column.addWidget(label)
        column.addStretch(1)
        column.addWidget(self.more)
