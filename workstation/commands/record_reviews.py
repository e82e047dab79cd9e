"""`amaan records due|duplicates|show|amend`: what waits for an owner, what may be one person twice, and one record."""

from dataclasses import asdict, replace
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from watchlists.records.records import RecordView
from workstation.commands.speaking import as_json, login_option, post_option, refusing, say_json, signed_in
from workstation.errors import OperatorError


@click.command()
@post_option
@login_option
@as_json
@refusing
def due(folder: Path, login: str | None, as_json: bool) -> None:  # noqa: FBT001 - click passes flags by name
    """Records whose review is near or past, and whether they are still searched."""
    with signed_in(folder, login, "admin") as desk:
        found = desk.records.due()
    if as_json:
        say_json({"records": [asdict(each) | {"record": each.record_id} for each in found]})
        return
    table = Table("Record", "Review by", "State", "Name", "List", "Owner", "Contact")
    for each in found:
        table.add_row(str(each.record_id), each.review_date, each.review, each.name, each.watchlist, each.owner, each.contact)
    Console().print(table)
    click.echo(f"{len(found)} records wait for their owners.")


@click.command()
@post_option
@login_option
@as_json
@refusing
def duplicates(folder: Path, login: str | None, as_json: bool) -> None:  # noqa: FBT001 - click passes flags by name
    """Pairs of records that share a number, names and birth date, or a face: to be looked at by a person."""
    with signed_in(folder, login, "admin") as desk:
        shared = {(each.record_id, each.other_id): list(each.why) for each in desk.records.doubled()}
        for alike in desk.records.look_alikes():
            shared.setdefault((alike.record_id, alike.other_id), []).append("face")
    pairs = sorted(shared.items())
    if as_json:
        say_json({"pairs": [{"record": one, "other": other, "why": why} for (one, other), why in pairs]})
        return
    for (one, other), why in pairs:
        click.echo(f"Records {one} and {other} share {', '.join(why)}.")
    click.echo(f"{len(pairs)} pairs. A person decides what each of them is.")


@click.command()
@click.argument("record", type=int)
@post_option
@login_option
@as_json
@refusing
def show(record: int, folder: Path, login: str | None, as_json: bool) -> None:  # noqa: FBT001 - click passes flags by name
    """All that one RECORD says, and its history. Reading it is an entry in the log."""
    with signed_in(folder, login, "admin") as desk:
        view = desk.records.record(record)
    if as_json:
        say_json(_as_object(view))
        return
    click.echo(
        f"Record {view.record_id}, version {view.version}, {view.status}, on “{view.watchlist.name}” ({view.watchlist.purpose})"
    )
    for name, value in asdict(view.particulars).items():
        told = ", ".join(value) if isinstance(value, tuple) else value
        if told:
            click.echo(f"  {name.replace('_', ' ')}: {told}")
    click.echo(f"  photographs: {len(view.portraits)}")
    for each in view.history:
        click.echo(
            f"  {each.changed_at:%Y-%m-%d %H:%M} {each.changed_by}: version {each.version}, {each.status}. {each.reason}"
        )


def _as_object(view: RecordView) -> dict[str, object]:
    return {
        "record": view.record_id,
        "version": view.version,
        "status": view.status,
        "list": view.watchlist.name,
        "purpose": view.watchlist.purpose,
        **asdict(view.particulars),
        "portraits": [{"portrait": each.portrait_id, "taken": each.taken_on, "age": each.age} for each in view.portraits],
        "history": [asdict(each) for each in view.history],
    }


@click.command()
@click.argument("record", type=int)
@post_option
@login_option
@click.option("--surname")
@click.option("--given-names")
@click.option("--other-name", "other_names", multiple=True, help="All of them anew; may be given several times.")
@click.option("--birth-date", help="1980-03-17, 1980-03 or 1980.")
@click.option("--sex", help="F, M or X.")
@click.option("--nationality", help="Code as in the passport.")
@click.option("--document-number")
@click.option("--legal-basis")
@click.option("--action", help="What the officer is asked to do.")
@click.option("--review-date", help="Day on which the owner looks at it again.")
@click.option("--reason", required=True, help="Why it is amended.")
@as_json
@refusing
def amend(
    record: int,
    folder: Path,
    login: str | None,
    other_names: tuple[str, ...],
    reason: str,
    as_json: bool,  # noqa: FBT001 - click passes flags by name
    **given: str | None,
) -> None:
    """Change what is named of RECORD; the rest stays. What was said before stays as a version."""
    changed: dict[str, object] = {name: value for name, value in given.items() if value is not None}
    if other_names:
        changed["other_names"] = other_names
    if not changed:
        raise OperatorError("Name what is to be changed, for example --review-date 2027-01-31.")
    with signed_in(folder, login, "admin") as desk:
        view = desk.records.record(record)
        version = desk.records.amend_record(record, replace(view.particulars, **changed), reason).value  # type: ignore[arg-type] # named by the options
    if as_json:
        say_json({"record": record, "version": version})
    else:
        click.echo(f"Amended record {record}: version {version}.")
