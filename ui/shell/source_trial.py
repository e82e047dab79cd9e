"""A source tried before it is saved: the cameras that are connected, a live picture of the one that is named, a scanner's folder."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QImage, QPixmap
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.threads.background import AskDesk, CameraWatch, Refused
from ui.widgets import choosing_files
from ui.words.plain import said, text_label
from workstation.capture import cameras, picture_faults
from workstation.capture.camera import same_source
from workstation.desk.desk import Desk
from workstation.documents.watching import watched_folder
from workstation.sentences import Sentence
from workstation.settings import Settings

_WIDE, _HIGH = 320, 180

WatchSource = Callable[[Settings], CameraWatch]


def connected(desk: Desk) -> tuple[cameras.FoundCamera, ...]:
    """Off the GUI thread; the Desk itself is not needed."""
    del desk
    return cameras.found()


def whole_address(typed: str, desk: Desk) -> tuple[str, Settings]:
    """The address that is meant by what stands in the field, with its password, and the settings that hold now."""
    shown, whole = desk.settings(), desk.settings_to_open()
    kept = {shown.source: whole.source, shown.document_source: whole.document_source}
    return kept.get(typed, typed), whole


def look_into(spec: str, desk: Desk) -> Sentence:
    del desk
    return watched_folder.look_into(spec)


class SourceTrial(QWidget):
    """Stands below the field of a source; what it finds is written there and saved with the rest."""

    def __init__(self, desk: AskDesk, field: QLineEdit, *, scanner: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self.field = desk, field
        self._watch_source: WatchSource | None = None
        self._in_use: CameraWatch | None = None
        self._watch: CameraWatch | None = None
        self.found = QComboBox()
        self.found.setAccessibleName(self.tr("Cameras that are connected"))
        self.found.activated.connect(self._chosen)
        self.folder = QPushButton(self.tr("Scanner's folder …"))
        self.folder.setVisible(scanner)
        self.folder.clicked.connect(self._choose_folder)
        self.try_now = QPushButton(self.tr("Try now"))
        self.try_now.clicked.connect(self._try)
        self.picture = QLabel()
        self.picture.setAccessibleName(self.tr("What the source gives"))
        self.picture.setFixedSize(_WIDE, _HIGH)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.hide()
        self.words = text_label("")
        self.words.setProperty("quiet", True)
        row = QHBoxLayout()
        row.addWidget(self.found, 1)
        row.addWidget(self.folder)
        row.addWidget(self.try_now)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.picture)
        column.addWidget(self.words)
        field.textEdited.connect(self.end)

    def offer(self, watch_source: WatchSource | None, in_use: CameraWatch | None) -> None:
        """How a source is opened, and the camera that is open already, which cannot be opened twice."""
        self._watch_source, self._in_use = watch_source, in_use

    def begin(self) -> None:
        """Look which cameras are connected."""
        self._desk.ask(connected, self._show_found)

    def end(self) -> None:
        """Let go of what is being tried."""
        watch, self._watch = self._watch, None
        self.picture.hide()
        self.words.setText("")
        if watch is None:
            return
        watch.seen.disconnect(self._seen)
        watch.lost.disconnect(self._lost)
        if watch is self._in_use:
            watch.attend(present=False)
        else:
            watch.end()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.end()

    def _show_found(self, found: tuple[cameras.FoundCamera, ...]) -> None:
        self.found.clear()
        words = self.tr("Cameras connected: {count}").format(count=len(found)) if found else self.tr("No camera is connected")
        self.found.addItem(words, "")
        for each in found:
            self.found.addItem(self.tr("{name} (camera {number})").format(name=each.name, number=each.number), each.source)
        self.found.setEnabled(bool(found))

    def _chosen(self) -> None:
        if source := self.found.currentData():
            self.field.setText(source)
            self._try()

    def _choose_folder(self) -> None:
        chosen = choosing_files.a_folder(self, self.tr("Folder into which the scanner writes"))
        if chosen:
            self.field.setText(watched_folder.PREFIX + chosen)
            self._try()

    def _try(self) -> None:
        self.end()
        typed = self.field.text().strip()
        if not typed:
            self.words.setText(self.tr("Nothing is named here. Choose a camera, or write its name above."))
        elif watched_folder.is_watched(typed):
            self._desk.ask(partial(look_into, typed), self._tell, self._refused)
        elif self._watch_source is not None:
            self.words.setText(self.tr("Opening …"))
            self._desk.ask(partial(whole_address, typed), self._open, self._refused)

    def _open(self, found: tuple[str, Settings]) -> None:
        address, settings = found
        if self._watch_source is None or not self.isVisible():
            return
        used = self._in_use
        if used is not None and same_source(address, settings.source):
            self._watch = used
            used.attend(present=True)
        else:
            self._watch = self._watch_source(replace(settings, source=address))
        self._watch.seen.connect(self._seen)
        self._watch.lost.connect(self._lost)
        if self._watch is not used:
            self._watch.start()

    def _seen(self) -> None:
        preview = self._watch.latest() if self._watch is not None else None
        if preview is None:
            return
        fault = picture_faults.fault_of(preview.frame.image) if not preview.sightings else None
        high, wide = preview.frame.image.shape[:2]
        comes = self.tr("A picture comes: {wide} x {high} points.").format(wide=wide, high=high)
        self.words.setText(said(fault) if fault is not None else comes)
        self._show(preview.picture)

    def _show(self, picture: QImage) -> None:
        scaled = picture.scaled(_WIDE, _HIGH, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        self.picture.setPixmap(QPixmap.fromImage(scaled))
        self.picture.show()

    def _lost(self, refusal: Refused) -> None:
        self.picture.hide()
        self.words.setText(said(refusal))

    def _tell(self, sentence: Sentence) -> None:
        self.words.setText(said(sentence))

    def _refused(self, refusal: Refused) -> None:
        self.words.setText(said(refusal))
