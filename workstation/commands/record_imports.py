"""`amaan records import|export`: a dry run, then all rows or the accepted ones; and what leaves, with its reason."""

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from watchlists.exchange.comparing import Outcome, Plan, PlannedRow
from watchlists.exchange.encodings import NAMED
from watchlists.exchange.interpol import KINDS
from watchlists.exchange.usual import Usual
from workstation.commands.speaking import as_json, login_option, post_option, progress, refusing, say_json, signed_in
from workstation.desk.desk import Desk
from workstation.exchange.exporting import Form
from workstation.exchange.importing import Asked, spoken

_SHOWN = 200
"""Rows of a dry run that a terminal shows; --json gives all."""


def _asked_of_a_source(command: Callable[..., Any]) -> Callable[..., Any]:
    """What may be said of all rows at once."""
    for option in (
        click.option("--list", "list_name", default="", help="List of rows that name none."),
        click.option("--legal-basis", default="", help="Of rows that say none."),
        click.option("--action", default="", help="What the officer is asked to do, where the source has no words for it."),
        click.option("--review-date", default="", help="Of rows that say none, as 2027-01-31."),
        click.option("--encoding", type=click.Choice(sorted(NAMED)), help="Of a text that is not UTF-8."),
        click.option("--notice", type=click.Choice(sorted(KINDS)), help="Colour of notices that do not say theirs."),
    ):
        command = option(command)
    return command


@click.command(name="import")
@click.argument("source", type=click.Path(path_type=Path))
@post_option
@login_option
@click.option("--reason", default="", help="Why they are imported.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option("--accepted-only", is_flag=True, help="Import the rows that can be, leave out the others.")
@click.option("--keep-doubled", is_flag=True, help="Import rows that look like another record of their list, too.")
@_asked_of_a_source
@as_json
@refusing
def import_records(
    source: Path,
    folder: Path,
    login: str | None,
    reason: str,
    dry_run: bool,  # noqa: FBT001 - click passes flags by name
    accepted_only: bool,  # noqa: FBT001 - the same
    keep_doubled: bool,  # noqa: FBT001 - the same
    list_name: str,
    encoding: str | None,
    notice: str | None,
    as_json: bool,  # noqa: FBT001 - the same
    **usual: str,
) -> None:
    """Import the records of SOURCE: a table (CSV or .xlsx), or a folder with records.csv and photographs.

    INTERPOL notices, FollowTheMoney entities, reports of missing children (JSON) and ANSI/NIST files are read too.
    Columns of a table: list, reference, surname, given_names, other_names, birth_date, sex, nationality, document_number,
    legal_basis, action, review_date, photos, taken, ages, status. Several names or photos are separated by |; photos are
    files below the folder of the table; taken and ages are of the photos in their order.
    Everything is looked at first. All rows are saved together: one that is refused changes nothing, unless --accepted-only.
    A stopped import goes on with the photographs that were not read yet when it is begun again.
    """
    asked = Asked(source, Usual(list_name, **usual), encoding or "", notice or "")
    with signed_in(folder, login, "admin") as desk:
        plan = _looked_at(desk, asked)
        saved: tuple[int, ...] = ()
        if not dry_run:
            done = desk.importing.take(reason, accepted_only=accepted_only, keep_doubled=keep_doubled).value
            saved, plan = done.records, done.plan
    if as_json:
        say_json(_as_object(plan, saved, dry_run=dry_run))
        return
    _say(plan, dry_run=dry_run)
    if not dry_run:
        click.echo(f"Saved {len(saved)} records. Searches compare each by what it has: face, name or number.")


def _looked_at(desk: Desk, asked: Asked) -> Plan:
    """The dry run with its photographs."""
    plan = desk.importing.begin(asked)
    with contextlib.ExitStack() as interrupted, progress("photographs") as bar:
        interrupted.callback(desk.importing.stop)
        task = bar.add_task("Reading", total=None)
        while not (now := desk.importing.go_on()).finished:
            bar.update(task, completed=now.done, total=now.total)
        bar.update(task, completed=now.done, total=now.total)
        interrupted.pop_all()
    return desk.importing.plan() if now.total else plan


def _as_object(plan: Plan, saved: tuple[int, ...], *, dry_run: bool) -> dict[str, object]:
    return {
        "dry_run": dry_run,
        "rows": {outcome.value: count for outcome, count in plan.counts.items()},
        "remarks": [str(each) for each in plan.remarks],
        "lines": [_line(row) for row in plan.rows],
        "records": list(saved),
    }


def _line(row: PlannedRow) -> dict[str, object]:
    return {
        "line": row.line,
        "outcome": row.outcome.value,
        "name": row.name,
        "record": row.record_id or None,
        "fields": list(row.fields),
        "said": [{"field": each.field, "sentence": str(each)} for each in row.remarks],
    }


def _say(plan: Plan, *, dry_run: bool) -> None:
    for each in plan.remarks:
        click.echo(str(each))
    told = [row for row in plan.rows if row.remarks or (dry_run and row.outcome is not Outcome.UNCHANGED)]
    for row in told[:_SHOWN]:
        what = " ".join(filter(None, (row.name, ", ".join(row.fields) and f"({', '.join(row.fields)})")))
        click.echo(f"{row.outcome.value}: {' '.join(filter(None, (spoken(row), what)))}")
    if len(told) > _SHOWN:
        click.echo(f"And {len(told) - _SHOWN} more rows; --json names them all.")
    click.echo(", ".join(f"{outcome.value}: {count}" for outcome, count in plan.counts.items() if count) + ".")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@post_option
@login_option
@click.option(
    "--as-form", "form", type=click.Choice([each.value for each in Form]), default=Form.CSV.value, help="csv, ftm or nist."
)
@click.option("--list", "list_name", default="", help="Only this list.")
@click.option("--record", "record_id", type=int, help="Only this record.")
@click.option("--reason", required=True, help="Why they leave the post.")
@as_json
@refusing
def export(
    file: Path,
    folder: Path,
    login: str | None,
    form: str,
    list_name: str,
    record_id: int | None,
    reason: str,
    as_json: bool,  # noqa: FBT001 - click passes flags by name
) -> None:
    """Write records to FILE, which must not be there yet: as a table, as FollowTheMoney entities, or one as ANSI/NIST."""
    with signed_in(folder, login, "admin") as desk:
        done = desk.exporting.export(file, Form(form), reason, list_name=list_name, record_id=record_id).value
    if as_json:
        say_json({"file": str(done.path), "records": done.records, "sha256": done.digest})
    else:
        click.echo(f"Wrote {done.records} records to {done.path}. SHA-256 {done.digest}.")
