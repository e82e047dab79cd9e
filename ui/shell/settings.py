"""What the post decides for itself: lane, cameras, idle lock, theme and type size."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.shell.source_trial import SourceTrial, WatchSource
from ui.threads.background import AskDesk, CameraWatch, Refused
from ui.widgets.fields import Field
from ui.words.plain import said, text_label
from workstation.desk.desk import Changed, Desk, Done, PostStatus
from workstation.settings import THEMES, Settings


def change(wanted: Settings, desk: Desk) -> Done[None]:
    return desk.change_settings(wanted)


def read(desk: Desk) -> tuple[Settings, PostStatus]:
    return desk.settings(), desk.status()


def confirm_clock(desk: Desk) -> Done[None]:
    return desk.lists.confirm_clock()


class SettingsPage(QWidget):
    def __init__(self, desk: AskDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk = desk
        self._known = Settings()
        self.lane, self.source, self.document_source, self.idle, self.type_size, self.second_copy = (
            QLineEdit() for _ in range(6)
        )
        self.trials = (SourceTrial(desk, self.source), SourceTrial(desk, self.document_source, scanner=True))
        self.theme = QComboBox()
        self.alert_sound = QCheckBox(self.tr("A quiet sound for a new alert (never for protection)"))
        self.alert_notice = QCheckBox(self.tr("A notice of the desktop for a new alert, with its lane only"))
        self.index_file = QCheckBox(self.tr("Keep templates in a file, mapped into memory"))
        names = {
            "system": self.tr("As the desktop"),
            "light": self.tr("Light"),
            "dark": self.tr("Dark"),
            "high contrast": self.tr("High contrast"),
        }
        for theme in THEMES:
            self.theme.addItem(names[theme], theme)
        self.save = QPushButton(self.tr("Save"))
        self.save.setProperty("primary", True)
        self.save.clicked.connect(self._save)
        self.problem = text_label("")
        self.problem.setProperty("problem", True)
        self.point = text_label("")
        self.clock = text_label("")
        self.clock.setProperty("problem", True)
        self.confirm_clock = QPushButton(self.tr("The date is right"))
        self.confirm_clock.clicked.connect(self._confirm_clock)
        self._lay_out()

    def offer(self, watch_source: WatchSource, in_use: CameraWatch | None) -> None:
        """How a source is opened to try it, and the camera that is open already."""
        for trial in self.trials:
            trial.offer(watch_source, in_use)

    def reload(self, changed: Changed) -> None:
        if changed & (Changed.SETTINGS | Changed.SESSION | Changed.RECORDS) and self.isVisible():
            self._desk.ask(read, self._show)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        for trial in self.trials:
            trial.begin()
        self._desk.ask(read, self._show)

    def _show(self, found: tuple[Settings, PostStatus]) -> None:
        self._known, status = found
        self.lane.setText(self._known.lane)
        self.source.setText(self._known.source)
        self.document_source.setText(self._known.document_source)
        self.second_copy.setText(self._known.second_copy)
        self.idle.setText(str(self._known.idle_lock_minutes))
        self.type_size.setText(str(self._known.text_size))
        self.alert_sound.setChecked(self._known.alert_sound)
        self.alert_notice.setChecked(self._known.alert_notice)
        self.index_file.setChecked(self._known.index_file)
        self.theme.setCurrentIndex(THEMES.index(self._known.theme))
        text = self.tr("Portraits searched: {entries}.").format(entries=status.entries)
        if self._known.second_network:
            second = self.tr("Second face network: {name}, {digest}, licence: {licence}.")
            text += "\n" + second.format(
                name=self._known.second_network,
                digest=self._known.second_network_digest[:16],
                licence=self._known.second_network_licence,
            )
        for reason, count in status.not_searched.items():
            text += "\n" + self.tr("{count} not searched: {reason}.").format(count=count, reason=reason)
        text += "\n" + self._search_words(status.search_loops)
        if status.search_fault:
            text += "\n" + status.search_fault
        self.point.setText(text)
        self._show_clock(status.clock_doubt)

    def _show_clock(self, doubt: str) -> None:
        self.clock.setText(doubt)
        self.clock.setVisible(bool(doubt))
        self.confirm_clock.setVisible(bool(doubt))

    def _confirm_clock(self) -> None:
        self._desk.ask(confirm_clock, None, self._refused)

    def _search_words(self, loops: str) -> str:
        if loops == "compiled":
            return self.tr("The fast search was tested and is in use.")
        if loops.startswith("numpy:"):
            return self.tr("The fast search cannot be used here ({why}). Searches are exact and slower.").format(why=loops[7:])
        return self.tr("The fast search is not in use yet. Searches are exact and slower.")

    def _save(self) -> None:
        self.problem.clear()
        try:
            numbers = int(self.idle.text()), int(self.type_size.text())
        except ValueError:
            self.problem.setText(self.tr("Minutes and type size are whole numbers."))
            return
        wanted = replace(
            self._known,
            lane=self.lane.text(),
            source=self.source.text().strip(),
            document_source=self.document_source.text().strip(),
            second_copy=self.second_copy.text().strip(),
            idle_lock_minutes=numbers[0],
            text_size=numbers[1],
            theme=self.theme.currentData(),
            index_file=self.index_file.isChecked(),
            alert_sound=self.alert_sound.isChecked(),
            alert_notice=self.alert_notice.isChecked(),
        )
        self._desk.ask(partial(change, wanted), None, self._refused)

    def _refused(self, refusal: Refused) -> None:
        self.problem.setText(said(refusal))

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("card", True)
        card.setMaximumWidth(960)
        form = QVBoxLayout(card)
        form.setContentsMargins(24, 24, 24, 24)
        pairs = QGridLayout()
        pairs.setHorizontalSpacing(24)
        for name, words, sentence, editor, needed in (
            ("lane", self.tr("Lane"), self.tr("As the status line shows it."), self.lane, True),
            (
                "source",
                self.tr("Pictures come from"),
                self.tr("camera:0, a stream's address, a video, a folder or a picture."),
                self.source,
                True,
            ),
            (
                "document source",
                self.tr("Documents come from"),
                self.tr(
                    "camera:1, a stream's address, or folder-watch:/path for a scanner, whose files are deleted once read."
                ),
                self.document_source,
                False,
            ),
            (
                "second copy",
                self.tr("Second copy of the signatures"),
                self.tr("A folder in another place: a stick or a share. A post put back in time is found by it."),
                self.second_copy,
                False,
            ),
            ("idle", self.tr("Lock after minutes"), self.tr("1 to 60 minutes without a key or a click."), self.idle, True),
            ("theme", self.tr("Theme"), "", self.theme, True),
            ("size", self.tr("Type size"), self.tr("12 to 28 pixels."), self.type_size, True),
        ):
            row, column = divmod(pairs.count(), 2)
            field = Field(name, words, sentence, editor, needed=needed)
            pairs.addWidget(field, row, column)
            for trial in (each for each in self.trials if each.field is editor):
                field.add_below(trial)
        form.addLayout(pairs)
        file_words = text_label(self.tr("For very long lists. The file is not encrypted: only on an encrypted disk."))
        for widget in (
            self.alert_sound,
            self.alert_notice,
            self.clock,
            self.confirm_clock,
            self.index_file,
            file_words,
            self.point,
            self.problem,
            self.save,
        ):
            form.addWidget(widget)
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(16, 16, 16, 16)
        inside.addWidget(card)
        inside.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(scroll)
