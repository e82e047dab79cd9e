"""The answer, always in the same place: no lead, look again, refer, or a fault of the machine. Never a score, never a list."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QVBoxLayout, QWidget

from ui.words.answers import answer_words
from ui.words.plain import said, text_label
from workstation.screening.screening import Answer, Screened

_ANSWER = 2.4
"""Size of the answer beside the usual type, as in the style sheet."""


class AnswerCard(QFrame):
    """The same card whatever the purpose of the list, so that the traveller learns nothing from it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("answerCard")
        self._told: tuple[str, ...] = ()
        self._following = ""
        self._about_camera = False
        self.answer = QLabel()
        self.answer.setObjectName("answer")
        self.answer.setWordWrap(True)
        self.why = text_label("")
        self.next = text_label("")
        self.next.setProperty("heading", True)
        self.working = QProgressBar()
        self.working.setRange(0, 0)
        self.working.setAccessibleName(self.tr("Searching"))
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(self.answer)
        column.addWidget(self.why)
        column.addStretch(1)
        column.addWidget(self.next)
        column.addWidget(self.working)
        self._keep_room()
        self.show_waiting()

    @property
    def state(self) -> str:
        return str(self.property("state"))

    def show_waiting(self) -> None:
        self._show("waiting", self.tr("Ready"), (), self.tr("The picture is taken by itself when it is good."))

    def show_working(self) -> None:
        self._show("waiting", self.tr("Searching …"), (), "")
        self.working.show()

    def show_choosing(self) -> None:
        self._show(
            Answer.LOOK_AGAIN,
            answer_words(Answer.LOOK_AGAIN),
            (self.tr("Several people are in the picture."),),
            self.tr("Click the traveller's face, or press its number. R takes another picture."),
        )

    def show_answer(self, screened: Screened) -> None:
        why = self._reasons(screened)
        again = self.tr("R takes another picture. Enter closes.")
        if screened.fault:
            self._show("fault", self._fault_words(screened), why, again)
        elif screened.answer is Answer.NO_LEAD:
            self._show(screened.answer, answer_words(screened.answer), why, self.tr("Enter closes."))
        elif screened.answer is Answer.LOOK_AGAIN:
            self._show(screened.answer, answer_words(screened.answer), why, again)
        else:
            told = self.tr("Ask the traveller to see the second line. This is a lead to look at, not a finding.")
            after = self.tr("The second line has been told. Enter closes.")
            self._show(screened.answer, answer_words(screened.answer), (told, *why), after)

    def say_next(self, words: str = "") -> None:
        """What is to be done, in place of what the answer itself says; empty: the answer's own words again."""
        self.next.setText(words or self._following)

    def show_searching_more(self, *, searching: bool) -> None:
        """The answer stands while more of the same traveller is searched."""
        self.working.setVisible(searching)

    @property
    def tells_of_camera(self) -> bool:
        return self._about_camera

    @property
    def is_ready(self) -> bool:
        """Whether nobody's picture or answer stands on the card."""
        return self._about_camera or (self.state == "waiting" and self.working.isHidden())

    def show_no_picture(self, words: str) -> None:
        """The camera gives none in which a face could be found; `words` say why and what to do."""
        if self._told != (words,) or not self._about_camera:
            self._show("fault", self.tr("No picture"), (words,), self.tr("P goes on without a picture."))
            self._about_camera = True

    def show_refused(self, words: str) -> None:
        self._show("fault", self.tr("Not searched"), (words,), self.tr("R takes another picture."))

    def _reasons(self, screened: Screened) -> tuple[str, ...]:
        """What to look at and what was not searched; what the document's own panel says too comes last."""
        beside = {str(each) for each in screened.document.findings} if screened.document is not None else set()
        return tuple(said(each) for each in sorted(screened.reasons, key=lambda reason: str(reason) in beside))

    def _fault_words(self, screened: Screened) -> str:
        if screened.answer is Answer.REFER:
            return self.tr("Refer, search incomplete")
        if screened.receipt is not None and not screened.receipt.complete:
            return self.tr("Search incomplete")
        return self.tr("Not searched")

    def hasHeightForWidth(self) -> bool:
        """No word changes the height of the card."""
        return False

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.minimumHeight())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(self, "_told"):
            self._keep_room()

    def _keep_room(self) -> None:
        """For the answer, two reasons and what follows, at this type: a size that no word changes."""
        line = self.fontMetrics().height()
        self.setMinimumHeight(round(_ANSWER * line) + 5 * line + 56)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """As many reasons as fit, the others counted."""
        for most in range(len(self._told), 0, -1):
            left = len(self._told) - most
            more = (self.tr("And {count} more.").format(count=left),) if left else ()
            self.why.setText("\n".join((*self._told[:most], *more)))
            if self._column.heightForWidth(self.width()) <= self.height():
                return

    def _show(self, state: str, answer: str, why: tuple[str, ...], following: str) -> None:
        self._about_camera = False
        self.setProperty("state", str(state))
        self.answer.setText(answer)
        self._told = why
        self.why.clear()
        self._following = following
        self.next.setText(following)
        self.working.hide()
        self.setAccessibleName(self.tr("Answer: {answer}").format(answer=answer))
        for widget in (self, self.answer, self.why, self.next):
            widget.style().polish(widget)
        self._arrange()
