"""Lists and the records on them. Holds ids only; asks the desk again when records change."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from matching.faces.images import ImageRefused
from ui.records.import_panel import ImportPanel
from ui.records.list_form import ListForm
from ui.records.photographs import PORTRAIT
from ui.records.portrait_form import PortraitForm
from ui.records.record_form import RecordForm
from ui.records.record_sheet import RecordSheet
from ui.records.rows import (
    ListLine,
    born_words,
    document_words,
    list_count_words,
    list_name_words,
    name_words,
    photos_words,
    searched_words,
    spoken_words,
    why_words,
)
from ui.threads.background import AskDesk, Refused
from ui.widgets.dense_table import Column, DenseTable, Rows
from ui.widgets.page_stack import PageStack
from ui.widgets.picture import opened
from ui.widgets.search_field import SearchField
from ui.words.plain import purpose_means, purpose_words, said, text_label
from watchlists.records.reading import MOST_FOUND
from watchlists.records.records import RecordLine, RecordView, Watchlist
from workstation.desk.desk import Changed, Desk
from workstation.post.access import Act

ALL_LISTS = 0
RecordsDraft = tuple[tuple[object | None, ...], int, tuple[int, str] | None]
PAUSE_MS = 80
"""A person who goes through rows with a key held down reads none of them; reading is logged."""


@dataclass(frozen=True, slots=True)
class Found:
    question: tuple[str, int, bool]
    lines: tuple[RecordLine, ...]
    watchlists: tuple[Watchlist, ...]
    may_change: bool
    may_change_lists: bool


@dataclass(frozen=True, slots=True, eq=False)
class OpenedRecord:
    view: RecordView
    portraits: tuple[QImage, ...]


def find(question: tuple[str, int, bool], desk: Desk) -> Found:
    text, list_id, withdrawn = question
    return Found(
        question,
        desk.records.find_records(text, list_id or None, withdrawn=withdrawn),
        desk.records.watchlists(),
        desk.may(Act.CHANGE_RECORDS),
        desk.may(Act.CHANGE_LISTS),
    )


def open_record(record_id: int, desk: Desk) -> OpenedRecord:
    view = desk.records.record(record_id)
    return OpenedRecord(view, tuple(_small(each.image) for each in view.portraits))


def _small(data: bytes) -> QImage:
    """An empty square for a file that cannot be read any more: its place and what is known of it are shown all the same."""
    try:
        whole = opened(data).levels[0]
    except ImageRefused:
        whole = QImage(PORTRAIT, PORTRAIT, QImage.Format.Format_RGB32)
        whole.fill(Qt.GlobalColor.gray)
    return whole.scaled(PORTRAIT, PORTRAIT, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)


class RecordsPanel(QWidget):
    def __init__(self, desk: AskDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recordsPanel")
        self._desk = desk
        self._stale = True
        self._watchlists: tuple[Watchlist, ...] = ()
        self._may_change = False
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._find)
        self._open_pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._open_pause.timeout.connect(self._open)
        self.lists = self._list_table()
        self.table = self._record_table()
        self.search = SearchField()
        self.search.lead_to(self.table)
        self.search.setObjectName("recordSearch")
        self.search.setPlaceholderText(self.tr("Name or document number"))
        self.search.setAccessibleName(self.tr("Search records"))
        self.search.textChanged.connect(self._pause.start)
        self.withdrawn = QCheckBox(self.tr("Withdrawn too"))
        self.withdrawn.toggled.connect(self._find)
        self.add = QPushButton(self.tr("New record   Ctrl+N"))
        self.add.setShortcut(QKeySequence("Ctrl+N"))
        self.add.clicked.connect(self._new_record)
        self.add_list = QPushButton(self.tr("New list   Ctrl+Shift+N"))
        self.add_list.setShortcut(QKeySequence("Ctrl+Shift+N"))
        self.bring_in = QPushButton(self.tr("Import a list   Ctrl+I"))
        self.bring_in.setShortcut(QKeySequence("Ctrl+I"))
        self.bring_in.clicked.connect(self._import)
        self.about_list = text_label("")
        self.about_list.setProperty("quiet", True)
        self.empty = text_label("")
        self.empty.setProperty("empty", True)
        self.count = QLabel()
        self.count.setProperty("quiet", True)
        self.sheet = RecordSheet(desk)
        self.form, self.amendment = RecordForm(desk), RecordForm(desk)
        self.portrait_form, self.list_form = PortraitForm(desk), ListForm(desk)
        self.imports = ImportPanel(desk)
        self._forms: tuple[Any, ...] = (self.form, self.amendment, self.portrait_form, self.list_form)
        self.pages = PageStack()
        self._lay_out()
        self._connect()

    # Reading

    def reload(self, changed: Changed) -> None:
        if Changed.SESSION in changed:
            self._forget()
        if changed & (Changed.RECORDS | Changed.SESSION):
            self._stale = True
            if self.isVisible():
                self._read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read()

    def _read(self) -> None:
        self._stale = False
        self._find()
        if self.table.chosen_id is not None:
            self._open()

    def _forget(self) -> None:
        """Another person: nothing of what the last one searched, read or typed stays."""
        self.search.clear()
        self.withdrawn.setChecked(False)
        self.lists.show_rows(())
        self.table.show_rows(())
        self.sheet.clear(self.tr("Choose a record to read it here."))
        for form in (*self._forms, self.imports):
            form.forget()
        self._to_table()

    def draft(self) -> RecordsDraft | None:
        """What was begun in each form, which of them stands there, and why a record was about to be withdrawn."""
        forms = tuple(form.draft() for form in self._forms)
        why = self.sheet.draft()
        return (forms, self.pages.currentIndex(), why) if why or any(each is not None for each in forms) else None

    def resume(self, draft: RecordsDraft) -> None:
        forms, place, why = draft
        for form, begun in zip(self._forms, forms, strict=True):
            if begun is not None:
                form.resume(begun)
        self.pages.setCurrentIndex(place)
        if why is not None:
            record, self.sheet.begun = why[0], why
            self.table.go_to_when_shown(record)

    def _question(self) -> tuple[str, int, bool]:
        return self.search.text(), self.lists.chosen_id or ALL_LISTS, self.withdrawn.isChecked()

    def _find(self) -> None:
        self._desk.ask(partial(find, self._question()), self._show_found, self._show_refusal)

    def _show_found(self, found: Found) -> None:
        if found.question != self._question():
            return
        self._watchlists, self._may_change = found.watchlists, found.may_change
        self.add.setVisible(found.may_change)
        self.add_list.setVisible(found.may_change_lists)
        self.bring_in.setVisible(found.may_change)
        everything = ListLine(ALL_LISTS, self.tr("All lists"), sum(each.records for each in found.watchlists))
        lines = (ListLine(each.id, each.name, each.records) for each in found.watchlists)
        self.lists.show_rows((everything, *lines))
        if self.lists.chosen_id is None:
            self.lists.choose(ALL_LISTS)
        self._show_list()
        self.table.show_rows(found.lines)
        if self.table.chosen_id is None:
            self.sheet.clear(self.tr("Choose a record to read it here.") if found.lines else "")
        shown = len(found.lines)
        words = (
            self.tr("The first {count} records; search to see others") if shown >= MOST_FOUND else self.tr("Records: {count}")
        )
        self.count.setText(words.format(count=shown))
        self.empty.setText(self._empty_words(found))
        self.empty.setVisible(not found.lines)
        self.table.setVisible(bool(found.lines))

    def _empty_words(self, found: Found) -> str:
        if not found.watchlists:
            return self.tr("There is no list yet. Start with “New list”: it says why people are looked for.")
        if found.question[0]:
            return self.tr("No record has a name or document number that begins so. Search for less, or in all lists.")
        return self.tr("This list has no records yet. Add one with “New record”.")

    def _show_list(self) -> None:
        chosen = next((each for each in self._watchlists if each.id == self.lists.chosen_id), None)
        if chosen is None:
            self.about_list.setText(self.tr("Every list of this post. Choose one to see only its records."))
            return
        self.about_list.setText(
            self.tr("{purpose}. {means}\nOwner: {owner}\nContact: {contact}\nVersion {version}").format(
                purpose=purpose_words(chosen.purpose),
                means=purpose_means(chosen.purpose),
                owner=chosen.owner,
                contact=chosen.contact,
                version=chosen.version,
            )
        )

    def _list_chosen(self) -> None:
        self._show_list()
        self._find()

    def _open(self) -> None:
        chosen = self.table.chosen_id
        if chosen is not None:
            self._desk.ask(partial(open_record, chosen), self._show_record, self._show_refusal)

    def _show_record(self, record: OpenedRecord) -> None:
        if record.view.record_id == self.table.chosen_id:
            self.sheet.show_record(record.view, record.portraits, may_change=self._may_change)

    def _show_refusal(self, refusal: Refused) -> None:
        self.sheet.clear(said(refusal))

    # Pages

    def _new_record(self) -> None:
        if not self._watchlists:
            self._new_list()
            return
        self.form.open_new(self._watchlists, self.lists.chosen_id or None)
        self.pages.setCurrentWidget(self.form)

    def _new_list(self) -> None:
        self.pages.setCurrentWidget(self.list_form)
        self.list_form.fields["name"].editor.setFocus()

    def _import(self) -> None:
        self.imports.open_page(self._watchlists)
        self.pages.setCurrentWidget(self.imports)

    def _say_import(self, words: str) -> None:
        """An import whose page was left is still seen."""
        self.bring_in.setText(words or self.tr("Import a list   Ctrl+I"))
        self.bring_in.setShortcut(QKeySequence("Ctrl+I"))

    def _amend(self) -> None:
        if self.sheet.record is not None:
            self.amendment.open_record(self.sheet.record)
            self.pages.setCurrentWidget(self.amendment)

    def _add_photos(self) -> None:
        if self.sheet.record is not None:
            self.portrait_form.open_record(self.sheet.record)
            self.pages.setCurrentWidget(self.portrait_form)

    def _to_table(self) -> None:
        self.pages.setCurrentIndex(0)
        self.search.setFocus()

    def _record_saved(self, record_id: int, watchlist_id: int = ALL_LISTS) -> None:
        """Back in the table, at this record, whatever was searched before."""
        self._to_table()
        self.search.clear()
        if watchlist_id and self.lists.chosen_id not in {ALL_LISTS, watchlist_id}:
            self.lists.choose(watchlist_id)
        self.table.go_to_when_shown(record_id)
        self._find()

    def _list_saved(self, watchlist_id: int) -> None:
        self._to_table()
        self.lists.go_to_when_shown(watchlist_id)
        self._find()

    # Layout

    def _list_table(self) -> DenseTable[ListLine]:
        columns = (
            Column[ListLine](self.tr("List"), list_name_words),
            Column[ListLine](self.tr("Records"), list_count_words, 72, figures=True),
        )
        return DenseTable(Rows(columns, lambda line: line.list_id), self.tr("Lists"))

    def _record_table(self) -> DenseTable[RecordLine]:
        columns = (
            Column[RecordLine](self.tr("Name"), name_words),
            Column[RecordLine](self.tr("Born"), born_words, 116),
            Column[RecordLine](self.tr("Document"), document_words, 124),
            Column[RecordLine](self.tr("Purpose"), why_words, 116),
            Column[RecordLine](self.tr("Photos"), photos_words, 68, figures=True),
            Column[RecordLine](self.tr("Searched"), searched_words, 104),
        )
        return DenseTable(Rows(columns, lambda line: line.record_id, spoken=spoken_words), self.tr("Records"))

    def _lay_out(self) -> None:
        left = QWidget()
        lists = QVBoxLayout(left)
        lists.setContentsMargins(12, 12, 12, 12)
        lists.setSpacing(8)
        lists.addWidget(self.lists, 1)
        lists.addWidget(self.about_list)
        lists.addWidget(self.add_list)
        middle = QWidget()
        records = QVBoxLayout(middle)
        records.setContentsMargins(0, 12, 0, 12)
        records.setSpacing(8)
        top, bottom = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.search, 1)
        top.addWidget(self.withdrawn)
        bottom.addWidget(self.count)
        bottom.addStretch(1)
        bottom.addWidget(self.bring_in)
        bottom.addWidget(self.add)
        records.addLayout(top)
        records.addWidget(self.table, 1)
        records.addWidget(self.empty, 1)
        records.addLayout(bottom)
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(12, 12, 12, 12)
        beside.addWidget(self.sheet)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        for widget in (left, middle, right):
            split.addWidget(widget)
            split.setStretchFactor(split.count() - 1, 1 if widget is middle else 0)
        split.setSizes([270, 752, 344])
        for page in (split, self.form, self.amendment, self.portrait_form, self.list_form, self.imports):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)

    def _connect(self) -> None:
        find_key = QShortcut(QKeySequence("Ctrl+F"), self)
        find_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find_key.activated.connect(self._to_table)
        self.lists.chosen.connect(self._list_chosen)
        self.table.chosen.connect(self._open_pause.start)
        self.add_list.clicked.connect(self._new_list)
        self.sheet.amend_asked.connect(self._amend)
        self.sheet.photo_asked.connect(self._add_photos)
        for form in (self.form, self.amendment, self.portrait_form):
            form.saved.connect(self._record_saved)
            form.left.connect(self._to_table)
        self.list_form.saved.connect(self._list_saved)
        self.list_form.left.connect(self._to_table)
        self.imports.left.connect(self._to_table)
        self.imports.told.connect(self._say_import)
