"""How far a long command is: a bar on a terminal, and a line now and then where nobody could see a bar (a log, CI)."""

from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

LINES = 10
"""Lines for a whole task."""


class Telling(Progress):
    """A bar on stderr, or lines on stderr."""

    def __init__(self, unit: str) -> None:
        console = Console(stderr=True)
        self._unit = unit
        self._told: dict[TaskID, int] = {}
        super().__init__(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn(unit),
            TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
        )

    def update(self, task_id: TaskID, **changes: Any) -> None:
        super().update(task_id, **changes)
        if not self.disable:
            return
        task = next(each for each in self.tasks if each.id == task_id)
        if not task.total:
            return
        tenth = int(task.completed * LINES / task.total)
        if tenth > self._told.get(task_id, 0):
            self._told[task_id] = tenth
            click.echo(f"{task.description}: {task.completed:.0f} of {task.total:.0f} {self._unit}", err=True)
