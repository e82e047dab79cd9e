"""The thin line at the bottom: post, lane, officer, age of the lists, camera, the search, and TRAINING where it applies."""

from datetime import UTC, datetime

from PySide6.QtWidgets import QLabel, QWidget

from ui.widgets.flow import Flow
from workstation.desk.desk import PostStatus


class StatusLine(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        row = Flow(self, spacing=24, trailing=4)
        row.setContentsMargins(16, 6, 16, 6)
        self.training = QLabel(self.tr("TRAINING"))
        self.training.setObjectName("training")
        self.training.hide()
        row.addWidget(self.training)
        self.parts: dict[str, QLabel] = {}
        for name, words in (
            ("post", self.tr("Post")),
            ("lane", self.tr("Lane")),
            ("officer", self.tr("Signed in")),
            ("lists", self.tr("Lists")),
            ("camera", self.tr("Camera")),
            ("wait", self.tr("Waiting")),
            ("search", self.tr("Search")),
            ("alerts", self.tr("Waiting alerts")),
        ):
            label = QLabel()
            label.setAccessibleName(words)
            self.parts[name] = label
            row.addWidget(label)

    def show_status(self, status: PostStatus) -> None:
        self.training.setVisible(status.training)
        self.parts["post"].setText(status.post)
        self.parts["lane"].setText(self.tr("Lane {lane}").format(lane=status.lane))
        self.parts["officer"].setText(status.officer)
        self.parts["lists"].setText(self._age(status))
        left_out = (
            self.tr("{count} not searched: {reason}.").format(count=count, reason=reason)
            for reason, count in status.not_searched.items()
        )
        self.parts["search"].setToolTip("\n".join(left_out))
        self.parts["alerts"].setText(self.tr("Waiting alerts: {count}").format(count=status.open_alerts))
        self._show_search(status)

    def show_wait(self, seconds: int) -> None:
        """How long an answer has been waited for; below a second nothing is said."""
        words = self.tr("Waiting since {seconds} s. F9 stops waiting").format(seconds=seconds) if seconds >= 1 else ""
        self.parts["wait"].setText(words)
        self.parts["wait"].setVisible(bool(words))

    def show_camera(self, words: str, fault: bool) -> None:  # noqa: FBT001 # Qt's signal hands it over so
        self._say("camera", words, fault=fault)

    def _show_search(self, status: PostStatus) -> None:
        left_out = sum(status.not_searched.values())
        if status.search_fault:
            self._say("search", self.tr("Search cannot be relied upon: call the supervisor"), fault=True)
        elif status.clock_doubt:
            self._say("search", self.tr("The clock jumped: call the supervisor"), fault=True)
        elif status.faults and status.answered_by:
            words = self.tr("This post was altered; {person} answers for it")
            self._say("search", words.format(person=status.answered_by), fault=True)
        elif status.faults:
            self._say("search", self.tr("This post was altered: call the supervisor and the auditor"), fault=True)
        elif status.copy_fault:
            self._say("search", self.tr("Checkpoints cannot be written: {why}").format(why=status.copy_fault), fault=True)
        elif left_out:
            self._say("search", self.tr("Not searched: {count}").format(count=left_out), fault=True)
        elif not status.points.within_budget:
            self._say("search", self.tr("Lists too long for the alert budget"), fault=True)
        elif status.drift is not None:
            self._say("search", self.tr("Strangers look otherwise than before: call the supervisor"), fault=True)
        elif status.checked is not None:
            done, every = status.checked
            self._say("search", self.tr("The log is being verified: {done} of {all}").format(done=done, all=every), fault=False)
        else:
            self._say("search", self.tr("Portraits searched: {count}").format(count=status.entries), fault=False)

    def _say(self, name: str, words: str, *, fault: bool) -> None:
        label = self.parts[name]
        label.setText(words)
        label.setProperty("fault", fault)
        label.style().polish(label)

    def _age(self, status: PostStatus) -> str:
        if status.lists_changed_at is None:
            return self.tr("No list has a record yet")
        minutes = int((datetime.now(UTC) - status.lists_changed_at).total_seconds() // 60)
        if minutes < 60:
            return self.tr("Lists changed {count} min ago").format(count=max(minutes, 0))
        if minutes < 48 * 60:
            return self.tr("Lists changed {count} h ago").format(count=minutes // 60)
        return self.tr("Lists changed {count} d ago").format(count=minutes // 1440)
