"""The photographs of a record: chosen with a click, looked at large, set first, removed with a reason."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QIcon, QImage, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from matching.faces.images import ImageRefused
from ui.threads.background import AskDesk, Refused
from ui.widgets.fields import Field
from ui.widgets.flow import flowing
from ui.widgets.picture import opened
from ui.words.dates import day
from ui.words.plain import clear_layout, said, text_label
from watchlists.records.records import Portrait
from workstation.desk.desk import Desk, Done

PORTRAIT = 112


def remove(portrait_id: int, reason: str, desk: Desk) -> Done[int]:
    return desk.records.remove_portrait(portrait_id, reason)


def set_first(portrait_id: int, desk: Desk) -> Done[int]:
    return desk.records.set_portrait_first(portrait_id)


def whole(data: bytes, desk: Desk) -> QImage | None:
    """Decoded in the Desk's thread, so that the window does not wait; the Desk itself is not needed."""
    del desk
    try:
        return opened(data).levels[0]
    except ImageRefused:
        return None


def taken_words(portrait: Portrait) -> str:
    """When it was taken and how old the person was, as far as it is known."""
    words = [day(portrait.taken_on)] if portrait.taken_on else []
    if portrait.age is not None:
        words.append(QCoreApplication.translate("Photographs", "{years} years old").format(years=portrait.age))
    return QCoreApplication.translate("Photographs", ", ").join(words)


class Photographs(QWidget):
    changed = Signal()
    """A photograph was removed or set first."""

    def __init__(self, desk: AskDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._portraits: tuple[Portrait, ...] = ()
        self._chosen: int | None = None
        self.buttons: list[QPushButton] = []
        self.larger = self._act(self.tr("Larger"), self._show_larger)
        self.first = self._act(self.tr("Show first"), self._set_first)
        self.remove = self._act(self.tr("Remove …"), self._ask_why)
        self.remove.setCheckable(True)
        self.about = text_label("")
        self.about.setProperty("quiet", True)
        self.why = Field(
            "photograph_reason",
            self.tr("Why is it removed?"),
            self.tr("From the next search on nobody is compared with it. The reason stays in the log."),
            QLineEdit(),
            needed=True,
        )
        self.confirm = self._act(self.tr("Remove this photograph"), self._remove)
        self.problem = text_label("")
        self.problem.setProperty("problem", True)
        self._rows = QVBoxLayout()
        self._asked = QFrame()
        inside = QVBoxLayout(self._asked)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.why)
        inside.addWidget(self.confirm, 0, Qt.AlignmentFlag.AlignLeading)
        self._acts = flowing(self.larger, self.first, self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._rows)
        for widget in (self.about, self._acts, self._asked, self.problem):
            column.addWidget(widget)
        self.show_portraits((), (), may_change=False)

    @property
    def chosen(self) -> Portrait | None:
        return next((each for each in self._portraits if each.portrait_id == self._chosen), None)

    def show_portraits(self, portraits: Sequence[Portrait], images: Sequence[QImage], *, may_change: bool) -> None:
        """The one that was chosen stays chosen while it is there."""
        self._portraits = tuple(portraits)
        if self.chosen is None:
            self._chosen = portraits[0].portrait_id if portraits else None
            self._stop_asking()
        clear_layout(self._rows)
        self.buttons = [
            self._button(number, each, image) for number, (each, image) in enumerate(zip(portraits, images, strict=True))
        ]
        if self.buttons:
            self._rows.addWidget(flowing(*self.buttons))
        self._acts.setVisible(bool(portraits))
        for button in (self.first, self.remove):
            button.setVisible(may_change)
        self._tell()

    def _button(self, number: int, portrait: Portrait, image: QImage) -> QPushButton:
        button = QPushButton(QIcon(QPixmap.fromImage(image)), "")
        button.setIconSize(QSize(PORTRAIT, PORTRAIT))
        button.setCheckable(True)
        button.setProperty("photograph", True)
        taken = taken_words(portrait)
        name = self.tr("Photograph {number}").format(number=number + 1)
        button.setAccessibleName(name)
        button.setToolTip(self.tr("{name}: {taken}").format(name=name, taken=taken) if taken else name)
        button.clicked.connect(partial(self._choose, portrait.portrait_id))
        return button

    def _choose(self, portrait_id: int) -> None:
        again = portrait_id == self._chosen
        if not again:
            self._stop_asking()
        self._chosen = portrait_id
        self._tell()
        if again:
            self._show_larger()

    def _tell(self) -> None:
        chosen = self.chosen
        for button, each in zip(self.buttons, self._portraits, strict=True):
            button.setChecked(each.portrait_id == self._chosen)
        place = self._portraits.index(chosen) if chosen is not None else 0
        self.first.setEnabled(chosen is not None and place > 0)
        words = taken_words(chosen) if chosen is not None else ""
        told = self.tr("Photograph {number} of {count}").format(number=place + 1, count=len(self._portraits))
        self.about.setText(self.tr(", ").join(filter(None, (told, words))))
        self.about.setVisible(chosen is not None)

    def _show_larger(self) -> None:
        if self.chosen is not None:
            self._desk.ask(partial(whole, self.chosen.image), self._show, self._refused)

    def _show(self, image: QImage | None) -> None:
        if image is not None:
            Larger(image, self.about.text(), self).show()

    def _set_first(self) -> None:
        if self._chosen is not None:
            self._desk.ask(partial(set_first, self._chosen), self._done, self._refused)

    def _ask_why(self) -> None:
        self._asked.setVisible(self.remove.isChecked())
        if self.remove.isChecked():
            self.why.editor.setFocus()

    def _remove(self) -> None:
        if self._chosen is not None:
            self.confirm.setEnabled(False)
            self._desk.ask(partial(remove, self._chosen, self.why.text()), self._done, self._refused)

    def _done(self, _record: int) -> None:
        self._stop_asking()
        self.changed.emit()

    def _refused(self, refusal: Refused) -> None:
        self.confirm.setEnabled(True)
        if getattr(refusal, "field", "") == "reason":
            self.why.refuse(said(refusal))
        else:
            self.problem.setText(said(refusal))
            self.problem.show()

    def _stop_asking(self) -> None:
        self.confirm.setEnabled(True)
        self.remove.setChecked(False)
        self.why.set_text("")
        self._asked.hide()
        self.problem.hide()

    def _act(self, words: str, act: object) -> QPushButton:
        button = QPushButton(words)
        button.clicked.connect(act)
        return button


class Larger(QDialog):
    """One photograph as large as the screen lets it be; a click or Esc closes it."""

    def __init__(self, image: QImage, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(words)
        screen = self.screen() or QGuiApplication.primaryScreen()
        room = screen.availableSize() * 0.85
        picture = QLabel()
        shown = image.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        picture.setPixmap(QPixmap.fromImage(shown))
        picture.setAccessibleName(words)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(picture)
        column.addWidget(text_label(words))
        for key in ("Return", "Space"):
            QShortcut(QKeySequence(key), self, self.close)
