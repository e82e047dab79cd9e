"""The log as the auditor reads it: a timeline, one entry beside it, and the whole log verified on demand."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.log.timeline import Rail
from ui.threads.background import AskDesk, Refused
from ui.widgets import choosing_files
from ui.widgets.dense_table import Column, DenseTable, Rows
from ui.widgets.search_field import SearchField
from ui.words.log import act_words, detail_lines, subject_words
from ui.words.plain import clear_layout, moment, said, text_label
from workstation.accountability.log import AuditEntry, AuditReport
from workstation.desk.desk import Changed, Desk, Done

PAGE = 500
"""Entries read at once; older ones come when they are asked for."""
PAUSE_MS = 150


def read_entries(text: str, most: int, desk: Desk) -> tuple[str, tuple[AuditEntry, ...]]:
    return text, desk.log.entries(limit=most, text=text)


def export_to(path: Path, desk: Desk) -> Done[Path]:
    return desk.log.export(path)


class AuditPanel(QWidget):
    def __init__(self, desk: AskDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk = desk
        self._stale = True
        self._most = PAGE
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._read)
        self.search = SearchField()
        self.search.setPlaceholderText(self.tr("Words of an act, a person or a subject    Ctrl+F"))
        self.search.setAccessibleName(self.tr("Search the log"))
        self.search.textChanged.connect(self._pause.start)
        self.verify = QPushButton(self.tr("Verify the whole log   F5"))
        self.verify.setProperty("primary", True)
        self.verify.setShortcut(QKeySequence("F5"))
        self.verify.clicked.connect(self._verify)
        self.export = QPushButton(self.tr("Export …   Ctrl+E"))
        self.export.setShortcut(QKeySequence("Ctrl+E"))
        self.export.clicked.connect(self._choose_file)
        self.older = QPushButton(self.tr("Show older entries"))
        self.older.clicked.connect(self._read_older)
        self.working = QProgressBar()
        self.working.setRange(0, 0)
        self.working.setTextVisible(False)
        self.working.setAccessibleName(self.tr("Verifying"))
        self.table = self._entry_table()
        self.table.chosen.connect(self._show_entry)
        self.search.lead_to(self.table)
        self.empty = text_label(self.tr("No entry has all of these words. Search for fewer."))
        self.empty.setProperty("empty", True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.result = text_label("")
        self.root = text_label("")
        self.root.setProperty("quiet", True)
        self._details = QGridLayout()
        self._lay_out()
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.search.setFocus)
        self._forget()

    # Reading

    def reload(self, changed: Changed) -> None:
        if Changed.SESSION in changed:
            self._forget()
        if changed & (Changed.AUDIT | Changed.SESSION):
            self._stale = True
            if self.isVisible():
                self._read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read()

    def _read(self) -> None:
        self._stale = False
        self._desk.ask(partial(read_entries, self.search.text(), self._most), self._show, self._refused)

    def _read_older(self) -> None:
        self._most += PAGE
        self._read()

    def _show(self, found: tuple[str, tuple[AuditEntry, ...]]) -> None:
        text, entries = found
        if text != self.search.text():
            return
        self.table.show_rows(entries)
        if self.table.chosen_id is None:
            clear_layout(self._details)
        self.table.setVisible(bool(entries))
        self.empty.setVisible(not entries)
        self.older.setVisible(len(entries) >= self._most)

    def _show_entry(self, number: int) -> None:
        clear_layout(self._details)
        entry = next((each for each in self.table.rows if each.number == number), None)
        if entry is None:
            return
        lines = (
            (self.tr("Entry"), str(entry.number)),
            (self.tr("Time"), moment(entry.at)),
            (self.tr("Person"), entry.actor),
            (self.tr("Act"), self.tr("{words} ({act})").format(words=act_words(entry.act), act=entry.act)),
            (self.tr("About"), subject_words(entry.subject)),
            (self.tr("Where"), self.tr("TRAINING") if entry.training else self.tr("In service")),
            *detail_lines(entry.details),
        )
        for row, (term, words) in enumerate(lines):
            name = QLabel(term)
            name.setProperty("quiet", True)
            self._details.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            label = text_label(words)
            label.setAccessibleName(term)
            label.setAccessibleDescription(words)
            self._details.addWidget(label, row, 1)

    def _forget(self) -> None:
        """Another person: nothing of what the last one read or searched stays."""
        self._most = PAGE
        self.search.clear()
        self.table.show_rows(())
        clear_layout(self._details)
        self._finished(self.tr("Verifying recomputes every entry, every root and every signed checkpoint."), "")

    # Verifying and exporting

    def _verify(self) -> None:
        self.verify.setEnabled(False)
        self.working.show()
        self._say(self.tr("Verifying every entry …"), "", faulty=False)
        self._desk.ask(lambda desk: desk.log.verify(), self._verified, self._refused)

    def _verified(self, report: AuditReport) -> None:
        root = self.tr("Root\n{root}").format(root="\n".join(report.root[at : at + 32] for at in (0, 32)))
        if report.ok:
            words = self.tr("No fault found in {size} entries and {checkpoints} signed checkpoints.")
            self._finished(words.format(size=report.size, checkpoints=report.checkpoints), root)
        else:
            faults = "\n".join(f"• {said(fault)}" for fault in report.faults)
            words = self.tr("%n fault(s) found. Keep this post as it is and tell its owner.", "", len(report.faults))
            self._finished(f"{words}\n{faults}", root, faulty=True)

    def _choose_file(self) -> None:
        chosen = choosing_files.a_new_file(self, self.tr("Export the log"), "audit.jsonl", self.tr("Log (*.jsonl)"))
        if chosen:
            self._desk.ask(partial(export_to, Path(chosen)), self._exported, self._refused)

    def _exported(self, file: Path) -> None:
        words = self.tr("Saved in {file}. Anyone can check it, without this program:")
        self._finished(words.format(file=file.name), f"python workstation/accountability/audit_verifier.py {file}")

    def _refused(self, refusal: Refused) -> None:
        self._finished(said(refusal), "", faulty=True)

    def _finished(self, words: str, root: str, *, faulty: bool = False) -> None:
        self.verify.setEnabled(True)
        self.working.hide()
        self._say(words, root, faulty=faulty)

    def _say(self, words: str, root: str, *, faulty: bool) -> None:
        self.result.setText(words)
        self.result.setProperty("problem", faulty)
        self.result.style().unpolish(self.result)
        self.result.style().polish(self.result)
        self.root.setText(root)
        self.root.setVisible(bool(root))

    # Layout

    def _entry_table(self) -> DenseTable[AuditEntry]:
        columns = (
            Column[AuditEntry]("", lambda _: "", 32),
            Column[AuditEntry](self.tr("Entry"), lambda entry: str(entry.number), 76, figures=True),
            Column[AuditEntry](self.tr("Time"), lambda entry: moment(entry.at), 196),
            Column[AuditEntry](self.tr("Person"), lambda entry: entry.actor, 128),
            Column[AuditEntry](self.tr("Act"), lambda entry: act_words(entry.act), 184),
            Column[AuditEntry](self.tr("About"), lambda entry: subject_words(entry.subject)),
        )
        table = DenseTable(Rows(columns, lambda entry: entry.number, spoken=_spoken), self.tr("Entries of the log"))
        table.setItemDelegateForColumn(0, Rail(table))
        return table

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.search, 1)
        top.addWidget(self.export)
        top.addWidget(self.verify)
        proof = _card(self.result, self.working, self.root)
        body = QWidget()
        self._details.setHorizontalSpacing(16)
        self._details.setVerticalSpacing(6)
        self._details.setColumnStretch(1, 1)
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addLayout(self._details)
        inside.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        side = QWidget()
        side.setFixedWidth(400)
        beside = QVBoxLayout(side)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(12)
        beside.addWidget(proof)
        beside.addWidget(_card(scroll), 1)
        log = QVBoxLayout()
        log.addWidget(self.table, 1)
        log.addWidget(self.empty, 1)
        log.addWidget(self.older)
        below = QHBoxLayout()
        below.setSpacing(16)
        below.addLayout(log, 1)
        below.addWidget(side)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        column.addLayout(top)
        column.addLayout(below, 1)


def _card(*widgets: QWidget) -> QFrame:
    card = QFrame()
    card.setProperty("card", True)
    column = QVBoxLayout(card)
    column.setContentsMargins(16, 12, 16, 12)
    for widget in widgets:
        column.addWidget(widget)
    return card


def _spoken(entry: AuditEntry) -> str:
    return f"{entry.number}, {moment(entry.at)}, {entry.actor}, {act_words(entry.act)}, {subject_words(entry.subject)}"
