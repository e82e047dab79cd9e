"""A calm look among missing children: a picture, the nearest few, the age of each photograph. Nothing is raised by it."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QSplitter, QVBoxLayout, QWidget

from matching.faces.images import Image, ImageRefused, decode
from ui.threads.background import AskDesk, CameraWatch, Refused
from ui.widgets import choosing_files
from ui.widgets.compare_bar import CompareBar
from ui.widgets.compare_view import CompareView, Shown
from ui.widgets.dense_table import Column, DenseTable, Rows
from ui.widgets.picture import Picture, opened, picture_of
from ui.words.closeness import age_words, doubt_words, gap_words, strangers_words
from ui.words.dates import day
from ui.words.plain import said, text_label
from watchlists.records.reading import full_name
from workstation.desk.desk import Changed, Desk, Done
from workstation.errors import OperatorError
from workstation.review.investigation import ChildCandidate, Investigation


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """The list, and every picture of it decoded."""

    found: Investigation
    probe: Picture
    portraits: tuple[Picture | None, ...]


def investigate(given: Path | Image, desk: Desk) -> Done[Looked]:
    """Off the GUI thread: read, look, search, decode."""
    if isinstance(given, Path):
        try:
            image = decode(given.read_bytes())
        except OSError as fault:
            raise OperatorError("{path} cannot be read: {why}.", path=given, why=fault.strerror or "") from fault
    else:
        image = given
    done = desk.second_line.investigate(image)
    portraits = tuple(_picture(each.portrait) for each in done.value.candidates)
    return Done(Looked(done.value, picture_of(image), portraits), done.changed)


def _picture(data: bytes) -> Picture | None:
    try:
        return opened(data)
    except ImageRefused:
        return None


class ChildrenPage(QWidget):
    def __init__(self, desk: AskDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk = desk
        self._watch: CameraWatch | None = None
        self._looked: Looked | None = None
        self.camera = QPushButton(self.tr("Take the camera's picture   Ctrl+Space"))
        self.camera.setProperty("primary", True)
        self.camera.setShortcut(QKeySequence("Ctrl+Space"))
        self.camera.clicked.connect(self._take)
        self.choose = QPushButton(self.tr("Choose a picture…   Ctrl+O"))
        self.choose.setShortcut(QKeySequence("Ctrl+O"))
        self.choose.clicked.connect(self._choose)
        self.guide = text_label("")
        self.problem = text_label("")
        self.problem.setProperty("problem", True)
        columns = (
            Column[ChildCandidate](self.tr("Place"), lambda each: str(each.rank), 56, figures=True),
            Column[ChildCandidate](self.tr("Threshold"), self._place, 120),
            Column[ChildCandidate](self.tr("Photograph taken ago"), self._age),
        )
        self.table = DenseTable(Rows(columns, lambda each: each.record_id), self.tr("Nearest missing children"))
        self.table.chosen.connect(self._show_chosen)
        self.compare = CompareView()
        self.bar = CompareBar(self.compare, self)
        self.sheet = text_label("")
        self._card, self._right = QFrame(), QWidget()
        self._lay_out()
        self._forget()

    def watch(self, watch: CameraWatch) -> None:
        """Pictures come from here too."""
        self._watch = watch

    def reload(self, changed: Changed) -> None:
        if Changed.SESSION in changed:
            self._forget()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.camera.setEnabled(self._watch is not None)

    def look_among(self, given: Path | Image) -> None:
        self.problem.clear()
        self.guide.setText(self.tr("Looking among missing children …"))
        self._desk.ask(partial(investigate, given), self._show, self._refused)

    def _take(self) -> None:
        preview = self._watch.latest() if self._watch is not None else None
        if preview is None:
            self.problem.setText(self.tr("There is no picture to take."))
            return
        self.look_among(preview.frame.image)

    def _choose(self) -> None:
        chosen = choosing_files.a_picture(self, self.tr("Choose a picture"))
        if chosen:
            self.look_among(Path(chosen))

    def _show(self, looked: Looked) -> None:
        self._looked = looked
        found = looked.found
        words = self.tr(
            "{count} entries of children were compared. The nearest stand first; perhaps none of them is the child."
        )
        text = words.format(count=found.children)
        if found.not_searched:
            text += " " + self.tr("{count} entries or portraits could not be compared.").format(count=found.not_searched)
        if not found.children:
            text = self.tr("No child is on a list for protection.")
        self.guide.setText(text)
        self.table.show_rows(found.candidates)
        if found.candidates:
            self.table.selectRow(0)
        self._show_chosen()

    def _show_chosen(self) -> None:
        looked, chosen = self._looked, self.table.chosen_id
        place = (
            next((n for n, each in enumerate(looked.found.candidates) if each.record_id == chosen), None) if looked else None
        )
        self._right.setVisible(place is not None)
        if looked is None or place is None:
            self.compare.clear()
            self.sheet.clear()
            self.bar.show_place(0, 0)
            return
        each = looked.found.candidates[place]
        self.compare.show_pair(
            Shown(looked.probe, looked.found.probe_eyes, self.tr("The picture")),
            Shown(looked.portraits[place], each.portrait_eyes, self.tr("Missing child, place {rank}").format(rank=each.rank)),
        )
        self.bar.show_place(each.rank, len(looked.found.candidates))
        born = self.tr("born {day}").format(day=day(each.particulars.birth_date)) if each.particulars.birth_date else ""
        lines = (
            gap_words(each.closeness.months, child=True),
            self._place(each) + ". " + strangers_words(each.closeness),
            doubt_words(each.closeness),
            self.tr(", ").join(filter(None, (full_name(each.particulars), born))),
            each.particulars.action,
            self.tr("{owner}, {contact}").format(owner=each.watchlist.owner, contact=each.watchlist.contact),
        )
        self.sheet.setText("\n".join(filter(None, lines)))

    def _place(self, each: ChildCandidate) -> str:
        return self.tr("Within") if each.within else self.tr("Beyond")

    def _age(self, each: ChildCandidate) -> str:
        return age_words(each.closeness.months)

    def _step(self, step: int) -> None:
        if self._looked is not None and self._looked.found.candidates:
            row = (self.table.currentIndex().row() + step) % len(self._looked.found.candidates)
            self.table.selectRow(row)

    def _refused(self, refusal: Refused) -> None:
        self._forget()
        self.problem.setText(said(refusal))

    def _forget(self) -> None:
        """Another person, or another picture: nothing of the last one stays."""
        self._looked = None
        self.table.show_rows(())
        self._show_chosen()
        self.problem.clear()
        self.guide.setText(
            self.tr(
                "For a child who may be missing: the nearest photographs of missing children, whether near enough for an alert or"
                " not. Look at them calmly. Nothing of the picture is kept."
            )
        )

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        for button in (self.camera, self.choose):
            buttons.addWidget(button)
        buttons.addWidget(self.problem, 1)
        for key, button, step in (("N", self.bar.next, 1), ("P", self.bar.previous, -1)):
            button.clicked.connect(partial(self._step, step))
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(button.click)
        self._card.setProperty("protect", True)
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.addWidget(self.sheet)
        looking = QVBoxLayout(self._right)
        looking.setContentsMargins(0, 0, 0, 0)
        looking.addWidget(self.compare, 1)
        looking.addWidget(self.bar)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFixedHeight(190)
        scroll.setWidget(self._card)
        looking.addWidget(scroll)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self._right)
        split.setSizes([420, 900])
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addLayout(buttons)
        column.addWidget(self.guide)
        column.addWidget(split, 1)
