"""Importing a list: a file is chosen or dropped, every row is told before anything is saved, photographs are read meanwhile.

Whoever leaves the page leaves the photographs being read; coming back shows how far they are.
"""

import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.records.import_rows import ImportRow, encoding_words, outcome_words, rows_table, spoken
from ui.threads.background import AskDesk, Refused
from ui.words.plain import said, text_label
from watchlists.exchange.comparing import Outcome, Plan
from watchlists.exchange.encodings import NAMED
from watchlists.exchange.usual import Usual
from watchlists.records.records import Watchlist
from workstation.desk.desk import Desk, Done
from workstation.exchange.importing import Asked, Imported, Progress


def begin(asked: Asked, desk: Desk) -> Plan:
    return desk.importing.begin(asked)


def go_on(number: int, desk: Desk) -> tuple[int, Progress]:
    """`number`: of the dry run that asks, so that an answer to an earlier one is known."""
    return number, desk.importing.go_on()


def plan(number: int, desk: Desk) -> tuple[int, Plan]:
    return number, desk.importing.plan()


def take(reason: str, accepted_only: bool, keep_doubled: bool, desk: Desk) -> Done[Imported]:  # noqa: FBT001 - bound by a partial
    return desk.importing.take(reason, accepted_only=accepted_only, keep_doubled=keep_doubled)


def stop(desk: Desk) -> None:
    desk.importing.stop()


class ImportPanel(QWidget):
    left = Signal()
    told = Signal(str)
    """How far an import is, for the page that leads here; empty when none is under way."""

    def __init__(self, desk: AskDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("importPanel")
        self.setAcceptDrops(True)
        self._desk = desk
        self._path: Path | None = None
        self._plan: Plan | None = None
        self._filter: Outcome | None = None
        self._begun = 0.0
        self._reading = False
        self._number = 0
        """Of the dry run that is shown; those that were left have smaller ones."""
        self.choose = self._button(self.tr("Choose a file…   Ctrl+O"), self._ask_for_file, "Ctrl+O")
        self.choose_folder = self._button(self.tr("Choose a folder…   Ctrl+Shift+O"), self._ask_for_folder, "Ctrl+Shift+O")
        self.usual_list = QComboBox()
        self.usual_list.setAccessibleName(self.tr("List of rows that name none"))
        self.encoding = QComboBox()
        self.encoding.setAccessibleName(self.tr("Encoding of the text"))
        self.encoding.addItem(self.tr("Encoding: as it is found"), "")
        for name in NAMED:
            self.encoding.addItem(encoding_words(name), name)
        for box in (self.usual_list, self.encoding):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.activated.connect(self._begin_again)
        self.about = text_label("")
        self.about.setProperty("quiet", True)
        self.empty = text_label(
            self.tr(
                "Drop a file or a folder here: a table (CSV or .xlsx) with photographs beside it, INTERPOL notices, FollowTheMoney,"
                " reports of missing children, ANSI/NIST. Nothing is saved before you have seen every row."
            )
        )
        self.empty.setProperty("empty", True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.filters = {outcome: self._filter_button(outcome) for outcome in (None, *Outcome)}
        self.table = rows_table()
        self.table.chosen.connect(self._show_chosen)
        self.detail = text_label("")
        self.progress = QProgressBar()
        self.progress.setAccessibleName(self.tr("Photographs read"))
        self.progress_words = QLabel()
        self.progress_words.setProperty("quiet", True)
        self.stop = self._button(self.tr("Stop   Ctrl+."), self._stop, "Ctrl+.")
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(self.tr("Why these records are imported; it is kept in their history."))
        self.reason.setAccessibleName(self.tr("Why"))
        self.take_all = self._button(self.tr("Import all   Ctrl+S"), self._take_all, "Ctrl+S")
        self.take_all.setProperty("primary", True)
        self.take_accepted = self._button(
            self.tr("Import the accepted ones   Ctrl+Shift+S"), self._take_accepted, "Ctrl+Shift+S"
        )
        self.back = self._button(self.tr("Back   Esc"), self.left.emit, "Esc")
        self.problem = text_label("")
        self.problem.setProperty("problem", True)
        self._lay_out()
        self.forget()

    # From outside

    def open_page(self, watchlists: Sequence[Watchlist]) -> None:
        """An import that is under way stays as it is."""
        wanted = self.usual_list.currentData()
        self.usual_list.clear()
        self.usual_list.addItem(self.tr("List: as each row says"), "")
        for each in watchlists:
            self.usual_list.addItem(self.tr("List: {name}").format(name=each.name), each.name)
        self.usual_list.setCurrentIndex(max(0, self.usual_list.findData(wanted)))
        self.choose.setFocus()

    def forget(self) -> None:
        """Another person: nothing of an import stays on the page."""
        self._path, self._plan, self._reading, self._filter = None, None, False, None
        self.reason.clear()
        self.encoding.setCurrentIndex(0)
        self.detail.setText("")
        self.problem.setText("")
        self.about.setText("")
        self._show_progress(None)
        self._show_rows()

    def open_file(self, path: Path) -> None:
        self._path = path
        self.encoding.setCurrentIndex(0)
        self._begin_again()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if len(files) != 1:
            self.problem.setText(self.tr("Drop one file, or one folder with records.csv and its photographs."))
            return
        event.acceptProposedAction()
        self.open_file(files[0])

    # The dry run

    def _begin_again(self) -> None:
        if self._path is None:
            return
        self._plan, self._reading, self._filter = None, False, None
        self.problem.setText("")
        self.about.setText(self.tr("{file} is being read …").format(file=self._path.name))
        self._show_rows()
        asked = Asked(self._path, Usual(self.usual_list.currentData() or ""), self.encoding.currentData() or "")
        self._desk.ask(partial(begin, asked), self._begun_reading, self._refused)

    def _begun_reading(self, planned: Plan) -> None:
        self._begun, self._reading = time.monotonic(), True
        self._number += 1
        self._show_plan(planned)
        self._desk.ask(partial(go_on, self._number), self._went_on, self._refused)

    def _went_on(self, answer: tuple[int, Progress]) -> None:
        """Ask again as long as photographs are left: other questions to the desk come in between."""
        number, progress = answer
        if not self._reading or number != self._number:
            return
        self._show_progress(progress)
        if progress.finished:
            self._desk.ask(partial(plan, number), self._finished, self._refused)
        else:
            self._desk.ask(partial(go_on, number), self._went_on, self._refused)

    def _finished(self, answer: tuple[int, Plan]) -> None:
        number, planned = answer
        if self._reading and number == self._number:
            self._reading = False
            self._show_plan(planned)

    def _show_plan(self, planned: Plan) -> None:
        self._plan = planned
        name = self._path.name if self._path is not None else ""
        remarks = " ".join(said(each) for each in planned.remarks)
        self.about.setText(
            self.tr("{file}: rows {count}. {remarks}").format(file=name, count=len(planned.rows), remarks=remarks)
        )
        self._show_rows()

    def _refused(self, refusal: Refused) -> None:
        self._reading = False
        self._show_progress(None)
        if self._plan is None:
            self.about.setText("")
        self.problem.setText(said(refusal))
        self._show_rows()

    # What is shown

    def _show_rows(self) -> None:
        rows = self._plan.rows if self._plan is not None else ()
        counts = self._plan.counts if self._plan is not None else dict.fromkeys(Outcome, 0)
        for outcome, button in self.filters.items():
            count = len(rows) if outcome is None else counts[outcome]
            words = self.tr("Everything") if outcome is None else outcome_words(outcome)
            button.setText(f"{words}  {count}")
            button.setChecked(outcome is self._filter)
            button.setVisible(bool(count) or outcome is None)
        kept = [ImportRow(number, row) for number, row in enumerate(rows) if self._filter in {None, row.outcome}]
        self.table.show_rows(kept)
        shown = self._plan is not None
        for widget in (self.table, self.detail, self.filters[None], self.reason, self.take_all):
            widget.setVisible(shown)
        self.empty.setVisible(not shown)
        if self.table.chosen_id is None:
            self.detail.setText("")
        ready = shown and not self._reading
        stopping = any(row.stops_all for row in rows)
        saving = any(row.outcome in {Outcome.ADDED, Outcome.CHANGED, Outcome.WITHDRAWN} for row in rows)
        self.take_all.setEnabled(ready and not stopping and saving)
        self.take_accepted.setEnabled(ready and stopping and saving)
        self.take_accepted.setVisible(stopping)

    def _show_chosen(self, number: int) -> None:
        if self._plan is not None:
            self.detail.setText(spoken(ImportRow(number, self._plan.rows[number])))

    def _show_progress(self, progress: Progress | None) -> None:
        for widget in (self.progress, self.progress_words, self.stop):
            widget.setVisible(progress is not None and not progress.finished)
        if progress is None or progress.finished:
            self.told.emit("")
            return
        self.progress.setRange(0, progress.total)
        self.progress.setValue(progress.done)
        words = self.tr("Photographs: {done} of {total}").format(done=progress.done, total=progress.total)
        self.told.emit(words)
        if progress.done:
            left = (time.monotonic() - self._begun) / progress.done * (progress.total - progress.done)
            words += self.tr(", about {minutes} min left").format(minutes=max(1, round(left / 60)))
        self.progress_words.setText(words)

    # Saving

    def _take_all(self) -> None:
        self._take(accepted_only=False)

    def _take_accepted(self) -> None:
        self._take(accepted_only=True)

    def _take(self, *, accepted_only: bool) -> None:
        """Once: the buttons rest while the records are written."""
        self.take_all.setEnabled(False)
        self.take_accepted.setEnabled(False)
        self.problem.setText("")
        self.about.setText(self.tr("The records are being saved …"))
        self._desk.ask(partial(take, self.reason.text(), accepted_only, False), self._taken, self._not_taken)

    def _not_taken(self, refusal: Refused) -> None:
        """Nothing was saved. The rows are read again, since it may be the store that changed meanwhile."""
        self.problem.setText(said(refusal))
        self._reading = True
        self._desk.ask(partial(plan, self._number), self._finished, self._refused)

    def _taken(self, imported: Imported) -> None:
        name = self._path.name if self._path is not None else ""
        self.forget()
        self.about.setText(
            self.tr("{file}: {saved} records saved, {left} rows left out. Searches compare them from now on.").format(
                file=name, saved=len(imported.records), left=imported.left_out
            )
        )

    def _stop(self) -> None:
        self._reading = False
        self._plan = None
        self._show_progress(None)
        self._show_rows()
        self.about.setText(self.tr("Stopped. Photographs that were read stay read: choose the file again to go on."))
        self._desk.ask(stop)

    # Choosing

    def _ask_for_file(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a list"))
        if file:
            self.open_file(Path(file))

    def _ask_for_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder with records and photographs"))
        if folder:
            self.open_file(Path(folder))

    def _filtered(self, outcome: Outcome | None) -> None:
        self._filter = outcome
        self._show_rows()

    # Layout

    def _button(self, words: str, act: object, key: str) -> QPushButton:
        button = QPushButton(words)
        button.setShortcut(QKeySequence(key))
        button.clicked.connect(act)
        return button

    def _filter_button(self, outcome: Outcome | None) -> QPushButton:
        button = QPushButton()
        button.setCheckable(True)
        button.setProperty("choice", True)
        button.clicked.connect(partial(self._filtered, outcome))
        return button

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Import a list"))
        title.setProperty("title", True)
        head, narrowing, reading, end = QHBoxLayout(), QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for widget in (title, self.choose, self.choose_folder, self.usual_list, self.encoding):
            head.addWidget(widget)
        head.addStretch(1)
        for button in self.filters.values():
            narrowing.addWidget(button)
        narrowing.addStretch(1)
        reading.addWidget(self.progress, 1)
        reading.addWidget(self.progress_words)
        reading.addWidget(self.stop)
        end.addWidget(self.reason, 1)
        end.addStretch(0)
        for button in (self.take_all, self.take_accepted, self.back):
            end.addWidget(button)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 12, 16, 12)
        page.setSpacing(10)
        page.addLayout(head)
        page.addWidget(self.about)
        page.addLayout(narrowing)
        page.addWidget(self.table, 1)
        page.addWidget(self.empty, 1)
        page.addWidget(self.detail)
        page.addLayout(reading)
        page.addWidget(self.problem)
        page.addLayout(end)
