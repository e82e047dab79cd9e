"""Photographs on their way to a record: chosen, dropped or pasted; each looked at before anything is saved."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QRect, QSize, Qt
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeySequence, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from matching.faces.images import MAX_BYTES
from ui.threads.background import AskDesk, Refused
from ui.widgets import choosing_files
from ui.words.closeness import outlook_words
from ui.words.plain import clear_layout, said, text_label
from workstation.desk.desk import Desk
from workstation.errors import OperatorError
from workstation.search.enrolment import PhotoCheck

THUMBNAIL = 96


@dataclass(frozen=True, slots=True, eq=False)
class LookedAt:
    """A photograph and what the desk says of it; `thumbnail` has the box of the face drawn on it."""

    number: int
    name: str
    data: bytes
    check: PhotoCheck | None
    problem: str
    thumbnail: QImage | None


def look_at(number: int, name: str, given: Path | bytes, desk: Desk) -> LookedAt:
    """Off the GUI thread: read the file, have it checked, draw the face's box."""
    try:
        data = _read(given)
        check = desk.records.check_photo(data)
    except OperatorError as refusal:
        return LookedAt(number, name, b"", None, said(refusal), None)
    remark = said(check.remark) if check.remark else ""
    return LookedAt(number, name, data, check, remark, _thumbnail(check))


def _read(given: Path | bytes) -> bytes:
    if isinstance(given, bytes):
        return given
    try:
        with given.open("rb") as file:
            return file.read(MAX_BYTES + 1)  # one byte too many is refused by the decoder, with its sentence
    except OSError as fault:
        raise OperatorError(
            "The file {name} cannot be read: {fault}. Choose another one.", name=given.name, fault=fault.strerror or ""
        ) from fault


def _thumbnail(check: PhotoCheck) -> QImage | None:
    if check.image is None:
        return None
    height, width = check.image.shape[:2]
    whole = QImage(check.image.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    size = QSize(THUMBNAIL, THUMBNAIL)
    small = whole.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation).copy()
    if check.sighting is not None:
        box, scale = check.sighting.face.box, small.width() / width
        drawn = QRect(round(box.left * scale), round(box.top * scale), round(box.width * scale), round(box.height * scale))
        painter = QPainter(small)
        for pen in (QPen(QColor(0, 0, 0, 160), 3), QPen(QColor(255, 255, 255), 1)):  # seen on any picture
            painter.setPen(pen)
            painter.drawRect(drawn)
        painter.end()
    return small


TrayDraft = tuple[dict[int, LookedAt], dict[int, tuple[str, str]], int]


class PhotoTray(QFrame):
    def __init__(self, desk: AskDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setObjectName("photoTray")
        self.setAccessibleName(self.tr("Photographs"))
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._next = 1
        self._waiting: dict[int, str] = {}
        self._looked_at: dict[int, LookedAt] = {}
        self._taken: dict[int, tuple[str, str]] = {}
        self.choose = QPushButton(self.tr("Choose photographs…   Ctrl+O"))
        self.choose.setShortcut(QKeySequence("Ctrl+O"))
        self.choose.clicked.connect(self._ask_for_files)
        hint = text_label(
            self.tr("Drop files here, or paste a picture with Ctrl+Shift+V. One clear face in each, from the front.")
        )
        hint.setProperty("quiet", True)
        self._paste = QPushButton(self.tr("Paste   Ctrl+Shift+V"))
        self._paste.setShortcut(QKeySequence("Ctrl+Shift+V"))
        self._paste.clicked.connect(self.paste)
        self.problem = text_label("")
        self.problem.setProperty("problem", True)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        buttons = QHBoxLayout()
        buttons.addWidget(self.choose)
        buttons.addWidget(self._paste)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addLayout(buttons)
        column.addWidget(hint)
        column.addWidget(self.problem)
        column.addLayout(self._list)
        column.addStretch(1)
        self.say("")

    def photos(self) -> tuple[bytes, ...]:
        """Those that can be searched, in the order in which they were given."""
        return tuple(each.data for each in self._looked_at.values() if each.check is not None and each.check.ok)

    def taken(self) -> tuple[tuple[str, str], ...]:
        """For each of `photos`: when it was taken, and the age of the person on it, as typed."""
        numbers = [number for number, each in self._looked_at.items() if each.check is not None and each.check.ok]
        return tuple(self._taken.get(number, ("", "")) for number in numbers)

    def refused(self) -> int:
        """How many would be left out."""
        return len(self._looked_at) - len(self.photos())

    def waiting(self) -> bool:
        return bool(self._waiting)

    def is_empty(self) -> bool:
        return not self._waiting and not self._looked_at

    def clear(self) -> None:
        """What is still being looked at is forgotten too: its number is not waited for any more."""
        self._waiting.clear()
        self._looked_at.clear()
        self._taken.clear()
        self.say("")
        self._show()

    def draft(self) -> TrayDraft:
        return dict(self._looked_at), dict(self._taken), self._next

    def resume(self, draft: TrayDraft) -> None:
        self.clear()
        looked_at, taken, self._next = draft
        self._looked_at.update(looked_at)
        self._taken.update(taken)
        self._show()

    def say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def add(self, given: Path | bytes) -> None:
        number, self._next = self._next, self._next + 1
        name = given.name if isinstance(given, Path) else self.tr("Pasted picture {number}").format(number=number)
        self._waiting[number] = name
        self.say("")
        self._show()
        self._desk.ask(partial(look_at, number, name, given), self._show_looked_at, self._not_looked_at)

    def _not_looked_at(self, refusal: Refused) -> None:
        """The desk could not look at all; which photograph it was is not known, so none is waited for."""
        self._waiting.clear()
        self.say(said(refusal))
        self._show()

    def _show_looked_at(self, looked_at: LookedAt) -> None:
        if self._waiting.pop(looked_at.number, None) is None:
            return
        if looked_at.data and any(each.data == looked_at.data for each in self._looked_at.values()):
            self.say(self.tr("{name} is here already.").format(name=looked_at.name))
        else:
            self._looked_at[looked_at.number] = looked_at
        self._show()

    def paste(self) -> None:
        if not self._take(QGuiApplication.clipboard().mimeData()):
            self.say(self.tr("There is no picture to paste. Copy one first, or choose a file."))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self._take(event.mimeData()):
            event.acceptProposedAction()

    def _take(self, data: QMimeData) -> bool:
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        for file in files:
            self.add(file)
        if files:
            return True
        image = data.imageData() if data.hasImage() else None
        if isinstance(image, QPixmap):
            image = image.toImage()
        if not isinstance(image, QImage) or image.isNull():
            return False
        written = QByteArray()
        buffer = QBuffer(written)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload] # the stubs want bytes where Qt takes the name of the format
        self.add(bytes(written.data()))
        return True

    def _ask_for_files(self) -> None:
        files = choosing_files.pictures(
            self,
            self.tr("Choose photographs"),
            self.tr("Photographs ({patterns})").format(patterns="*.jpg *.jpeg *.png *.jp2 *.webp *.tif *.tiff *.bmp"),
        )
        for file in files:
            self.add(Path(file))

    def _remove(self, number: int) -> None:
        self._looked_at.pop(number, None)
        self._show()

    def _show(self) -> None:
        clear_layout(self._list)
        for each in self._looked_at.values():
            self._list.addWidget(self._row(each))
        for name in self._waiting.values():
            words = text_label(self.tr("Looking at {name} …").format(name=name))
            words.setProperty("quiet", True)
            self._list.addWidget(words)

    def _when(self, number: int) -> QHBoxLayout:
        """Two small questions: what was typed stays when the rows are laid out anew."""
        row = QHBoxLayout()
        known = self._taken.get(number, ("", ""))
        editors = []
        for text, words, wide in (
            (known[0], self.tr("Taken, as 2024-03"), 150),
            (known[1], self.tr("Age on it"), 96),
        ):
            editor = QLineEdit(text)
            editor.setPlaceholderText(words)
            editor.setAccessibleName(words)
            editor.setMaximumWidth(wide)
            row.addWidget(editor)
            editors.append(editor)
        for editor in editors:
            editor.textEdited.connect(partial(self._typed, number, editors[0], editors[1]))
        row.addStretch(1)
        return row

    def _typed(self, number: int, taken: QLineEdit, age: QLineEdit, _text: str = "") -> None:
        self._taken[number] = (taken.text(), age.text())

    def _row(self, each: LookedAt) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        picture = QLabel()
        picture.setFixedSize(THUMBNAIL, THUMBNAIL)
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        picture.setAccessibleName(each.name)
        if each.thumbnail is not None:
            picture.setPixmap(QPixmap.fromImage(each.thumbnail))
        line.addWidget(picture)
        usable = each.check is not None and each.check.ok
        sentence = each.problem or self.tr("This photograph can be searched.")
        outlook = outlook_words(each.check.outlook) if each.check is not None and each.check.outlook is not None else ""
        told = [each.name, sentence, outlook] if usable else [each.name, f"{sentence} " + self.tr("It is left out.")]
        words = text_label("\n".join(filter(None, told)))
        words.setProperty("problem", not usable)
        beside = QVBoxLayout()
        beside.addWidget(words)
        if usable:
            beside.addLayout(self._when(each.number))
        line.addLayout(beside, 1)
        remove = QPushButton(self.tr("Remove"))
        remove.setAccessibleName(self.tr("Remove {name}").format(name=each.name))
        remove.clicked.connect(partial(self._remove, each.number))
        line.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        return row
