"""`amaan budgets`: what false alerts a post accepts, what that costs, and the change that a second person confirms."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.table import Table

from matching.rates.pairs import Rate
from watchlists.records.purposes import Purpose
from workstation.commands.speaking import as_json, login_option, post_option, refusing, say_json, signed_in
from workstation.desk.desk import Desk
from workstation.errors import OperatorError
from workstation.operating_point.budgets import Budgets
from workstation.operating_point.forecast import Forecast

F = TypeVar("F", bound=Callable[..., Any])
_CHANGES = [
    click.option(f"--{purpose.value.lower()}", type=float, help=f"False alerts per 1,000 travellers for {purpose.value}.")
    for purpose in Purpose
]


@click.group(name="budgets")
def budgets_group() -> None:
    """Alert budgets, the thresholds that follow from them, and what can be put right."""


@budgets_group.command()
@post_option
@login_option
@as_json
@refusing
def show(folder: Path, login: str | None, as_json: bool) -> None:  # noqa: FBT001 - click passes flags by name
    """Budgets, thresholds, expected false alerts and misses, what travellers show, and entries that cost alerts."""
    with signed_in(folder, login, "supervisor") as desk:
        view = desk.operating.view()
    if as_json:
        waiting = view.waiting
        say_json(
            {
                "points": view.points.for_the_log(),
                "forecast": view.forecast.for_the_log(),
                "local": asdict(view.local),
                "calibration": {"data": view.data, "people": view.people},
                "waiting": None
                if waiting is None
                else {
                    "proposal": waiting.proposal_id,
                    "by": waiting.by,
                    "budgets": _named(waiting.budgets),
                    "reason": waiting.reason,
                },
                "false_leads": [asdict(each) for each in view.false_leads],
                "hardly_found": [asdict(each) for each in view.unfindable],
                "history": [{"at": each.at.isoformat(), "why": each.why, "points": each.points} for each in view.history],
            }
        )
        return
    _print(view.forecast)
    for cause in view.false_leads:
        said = " Replace its portrait." if cause.replace else ""
        click.echo(f"Record {cause.record_id} caused {cause.count} of {cause.of_all} false leads in 30 days.{said}")
    for lost in view.unfindable:
        click.echo(f"Record {lost.record_id} is hardly found: its photograph is grade {lost.grade}.")
    if view.waiting is not None:
        click.echo(f"{view.waiting.by} asks for a change: {view.waiting.reason}")
        click.echo(f"Confirm it with: amaan budgets confirm {view.waiting.proposal_id}")


def _changes(command: F) -> F:
    for option in reversed(_CHANGES):
        command = option(command)
    return command


@budgets_group.command()
@post_option
@login_option
@_changes
@as_json
@refusing
def forecast(folder: Path, login: str | None, as_json: bool, **changes: float | None) -> None:  # noqa: FBT001 - click
    """What other budgets would cost. Nothing is saved."""
    with signed_in(folder, login, "supervisor") as desk:
        found = desk.operating.forecast(_wanted(desk, changes))
    if as_json:
        say_json(found.for_the_log())
    else:
        _print(found)


@budgets_group.command()
@post_option
@login_option
@_changes
@click.option("--reason", required=True, help="Why; the second person reads it.")
@as_json
@refusing
def ask(folder: Path, login: str | None, reason: str, as_json: bool, **changes: float | None) -> None:  # noqa: FBT001 - click
    """Ask for other budgets. They count when a second person confirms them."""
    with signed_in(folder, login, "supervisor") as desk:
        proposal = desk.operating.propose(_wanted(desk, changes), reason).value
    if as_json:
        say_json({"proposal": proposal})
    else:
        click.echo(f"Asked. A second person confirms with: amaan budgets confirm {proposal}")


@budgets_group.command()
@click.argument("proposal", type=int)
@post_option
@login_option
@click.option("--turn-down", is_flag=True, help="Turn it down, or take the own one back.")
@as_json
@refusing
def confirm(proposal: int, folder: Path, login: str | None, turn_down: bool, as_json: bool) -> None:  # noqa: FBT001 - click
    """Confirm what somebody else asked for; the thresholds follow at once."""
    with signed_in(folder, login, "admin") as desk:
        desk.operating.decide(proposal, confirmed=not turn_down)
    if as_json:
        say_json({"proposal": proposal, "confirmed": not turn_down})
    else:
        click.echo("Turned down." if turn_down else "Confirmed. The thresholds follow from now on.")


def _wanted(desk: Desk, changes: dict[str, float | None]) -> Budgets:
    known = dict(desk.operating.view().budgets)
    given = {Purpose(name.upper()): value for name, value in changes.items() if value is not None}
    if not given:
        raise OperatorError("Give at least one budget, for example --protect 2.")
    return {**known, **given}


def _named(wanted: Budgets) -> dict[str, float]:
    return {purpose.value: value for purpose, value in wanted.items()}


def _print(found: Forecast) -> None:
    table = Table(title=f"{found.travellers_a_day:.0f} travellers a day")
    for column in ("Purpose", "Per 1,000", "Entries", "False alerts a day", "Listed people missed", "Threshold"):
        table.add_column(column, justify="left" if column == "Purpose" else "right")
    for each in found.purposes:
        costs = (_rate(each.wanted.alerts_a_day), _rate(each.wanted.missed, 100, " %"), f"{each.wanted.distance:.3f}")
        cells = costs if each.entries else ("-", "-", "-")
        table.add_row(each.purpose.value, f"{each.budget_wanted:g}", str(each.entries), *cells)
    Console().print(table)
    if not found.carried:
        click.echo("The lists are too long for a budget: more false alerts come than it allows.")


def _rate(rate: Rate | None, times: float = 1, unit: str = "") -> str:
    if rate is None:
        return "not measured"
    return f"{times * rate.value:.2g}{unit} ({times * rate.low:.2g} to {times * rate.high:.2g})"
