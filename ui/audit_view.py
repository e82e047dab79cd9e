"""The log as the auditor reads it: a timeline, one entry beside it, and the whole log verified on demand."""

import json
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLineEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ui.background import AskDesk, Refused
from ui.dense_table import Column, DenseTable, Rows
from ui.plain import moment, said, text_label
from workstation.audit import AuditEntry, AuditReport
from workstation.desk import Changed, Desk, Done

SHOWN = 500


def read_entries(text: str, desk: Desk) -> tuple[AuditEntry, ...]:
    return desk.audit_entries(limit=SHOWN, text=text)


def export_to(path: Path, desk: Desk) -> Done[Path]:
    return desk.export_audit(path)


class AuditPanel(QWidget):
    def __init__(self, desk: AskDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk = desk
        self._stale = True
        self._pause = QTimer(self, interval=150, singleShot=True)
        self._pause.timeout.connect(self._read)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Words of an act, a person or a subject"))
        self.search.setAccessibleName(self.tr("Search the log"))
        self.search.textEdited.connect(self._pause.start)
        self.verify = QPushButton(self.tr("Verify the whole log"))
        self.verify.setProperty("primary", True)
        self.verify.clicked.connect(self._verify)
        self.export = QPushButton(self.tr("Export …"))
        self.export.clicked.connect(self._choose_file)
        self.working = QProgressBar()
        self.working.setRange(0, 0)
        self.working.setAccessibleName(self.tr("Verifying"))
        self.working.hide()
        columns = (
            Column[AuditEntry](self.tr("Entry"), lambda entry: str(entry.number), 76, figures=True),
            Column[AuditEntry](self.tr("Time"), lambda entry: moment(entry.at), 200),
            Column[AuditEntry](self.tr("Person"), lambda entry: entry.actor, 120),
            Column[AuditEntry](self.tr("Act"), lambda entry: entry.act, 160),
            Column[AuditEntry](self.tr("About"), lambda entry: entry.subject),
        )
        self.table = DenseTable(Rows(columns, lambda entry: entry.number), self.tr("Entries of the log"))
        self.table.chosen.connect(self._show_entry)
        self.result = text_label(self.tr("Verifying recomputes every entry and every signed checkpoint."))
        self.details = text_label("")
        self._lay_out()

    def reload(self, changed: Changed) -> None:
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
        self._desk.ask(partial(read_entries, self.search.text()), self._show)

    def _show(self, entries: tuple[AuditEntry, ...]) -> None:
        self.table.show_rows(entries)

    def _show_entry(self, number: int) -> None:
        entry = next((each for each in self.table.rows if each.number == number), None)
        if entry is not None:
            training = self.tr("TRAINING") if entry.training else ""
            lines = [self.tr("Entry {number}").format(number=entry.number), training, moment(entry.at)]
            lines += [
                f"{entry.actor}  {entry.act}  {entry.subject}",
                "",
                json.dumps(dict(entry.details), indent=2, ensure_ascii=False),
            ]
            self.details.setText("\n".join(line for line in lines if line is not None))

    def _verify(self) -> None:
        self.verify.setEnabled(False)
        self.working.show()
        self.result.setText(self.tr("Verifying every entry …"))
        self._desk.ask(Desk.verify_audit, self._verified, self._refused)

    def _verified(self, report: AuditReport) -> None:
        self.verify.setEnabled(True)
        self.working.hide()
        if report.ok:
            words = self.tr("No fault found in {size} entries and {checkpoints} signed checkpoints.\nRoot\n{root}")
            self.result.setText(
                words.format(
                    size=report.size,
                    checkpoints=report.checkpoints,
                    root="\n".join(report.root[at : at + 32] for at in (0, 32)),
                )
            )
        else:
            faults = "\n".join(said(fault) for fault in report.faults)
            self.result.setText(self.tr("The log was tampered with or damaged:\n{faults}").format(faults=faults))
        self.result.setProperty("problem", not report.ok)
        self.result.style().polish(self.result)

    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Export the log"), "audit.jsonl", self.tr("Log (*.jsonl)"))
        if chosen:
            self._desk.ask(partial(export_to, Path(chosen)), self._exported, self._refused)

    def _exported(self, file: Path) -> None:
        words = self.tr("Saved in {file}. Check it anywhere with: python audit_verifier.py {file}")
        self.result.setText(words.format(file=file))

    def _refused(self, refusal: Refused) -> None:
        self.verify.setEnabled(True)
        self.working.hide()
        self.result.setText(said(refusal))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.search, 1)
        top.addWidget(self.export)
        top.addWidget(self.verify)
        side = QFrame()
        side.setProperty("card", True)
        side.setFixedWidth(400)
        beside = QVBoxLayout(side)
        beside.setContentsMargins(16, 16, 16, 16)
        beside.addWidget(self.result)
        beside.addWidget(self.working)
        beside.addSpacing(16)
        beside.addWidget(self.details)
        beside.addStretch(1)
        below = QHBoxLayout()
        below.setSpacing(16)
        below.addWidget(self.table, 1)
        below.addWidget(side)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(top)
        column.addLayout(below, 1)
