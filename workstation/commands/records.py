"""`amaan records`: adding, importing, listing and withdrawing, with the same checks as on the screen."""

import csv
import io
import itertools
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from watchlists.records.not_searched import not_searched
from watchlists.records.records import NewPortrait, NewRecord, Particulars, RecordRefused, check
from workstation.commands.screens import read
from workstation.commands.speaking import (
    REFUSALS,
    as_json,
    login_option,
    post_option,
    progress,
    refusing,
    say_json,
    signed_in,
)
from workstation.desk.desk import Desk
from workstation.errors import OperatorError
from workstation.search.enrolment import Taken, taken

_TEXT_FIELDS = tuple(field.name for field in fields(Particulars) if field.name != "other_names")


@click.group()
def records() -> None:
    """Records of the lists."""


@records.command(name="list")
@post_option
@login_option
@click.option("--find", "text", default="", help="Words of a name, or the beginning of a document number.")
@click.option("--withdrawn", is_flag=True, help="Show withdrawn records too.")
@as_json
@refusing
def list_records(folder: Path, login: str | None, text: str, withdrawn: bool, as_json: bool) -> None:  # noqa: FBT001 - click
    """The records whose names begin with these words."""
    with signed_in(folder, login, "admin") as desk:
        found = desk.records.find_records(text, withdrawn=withdrawn)
    if as_json:
        say_json(
            {
                "records": [
                    {
                        "record": each.record_id,
                        "list": each.watchlist,
                        "purpose": each.purpose,
                        "name": each.name,
                        "document_number": each.document_number,
                        "status": each.status,
                        "portraits": each.portraits,
                        "not_searched": [str(reason) for reason in each.not_searched],
                    }
                    for each in found
                ]
            }
        )
        return
    table = Table()
    for column in ("Record", "List", "Purpose", "Name", "Born", "Document", "Photos", "Status", "Not searched by"):
        table.add_column(column)
    for each in found:
        cells = (each.watchlist, each.purpose, each.name, each.birth_date, each.document_number)
        without = ", ".join(dict.fromkeys(reason.short for reason in each.not_searched if reason.short))
        table.add_row(str(each.record_id), *cells, str(each.portraits), each.status, without)
    Console().print(table)


@records.command(name="look-alikes")
@post_option
@login_option
@as_json
@refusing
def look_alikes(folder: Path, login: str | None, as_json: bool) -> None:  # noqa: FBT001 - click passes flags by name
    """Pairs of records whose portraits look alike: to be looked at by a person."""
    with signed_in(folder, login, "admin") as desk:
        found = desk.records.look_alikes()
    if as_json:
        pairs = [{"record": each.record_id, "other": each.other_id, "distance": round(each.distance, 4)} for each in found]
        say_json({"pairs": pairs})
        return
    for each in found:
        click.echo(f"Records {each.record_id} and {each.other_id} look alike ({each.distance:.3f}).")
    click.echo(f"{len(found)} pairs. A person decides what each of them is.")


@records.command()
@click.argument("photos", nargs=-1, type=click.Path(path_type=Path, dir_okay=False))
@post_option
@login_option
@click.option("--list", "watchlist", required=True, help="Name of the list.")
@click.option("--surname", default="")
@click.option("--given-names", default="")
@click.option("--other-name", "other_names", multiple=True, help="May be given several times.")
@click.option("--birth-date", default="", help="1980-03-17, 1980-03 or 1980.")
@click.option("--sex", default="", help="F, M or X.")
@click.option("--nationality", default="", help="Code as in the passport.")
@click.option("--document-number", default="")
@click.option("--legal-basis", default="")
@click.option("--action", default="", help="What the officer is asked to do.")
@click.option("--review-date", default="", help="Day on which the owner looks at it again.")
@click.option("--taken", "dates", multiple=True, help="When each photograph was taken, in their order: 2024-03-17, 2024-03.")
@click.option("--age", "ages", multiple=True, help="Age of the person on each photograph, in their order.")
@click.option("--reason", required=True, help="Why it is added.")
@as_json
@refusing
def add(
    photos: tuple[Path, ...],
    folder: Path,
    login: str | None,
    watchlist: str,
    dates: tuple[str, ...],
    ages: tuple[str, ...],
    reason: str,
    as_json: bool,  # noqa: FBT001 - click passes flags by name
    **given: str | tuple[str, ...],
) -> None:
    """Add one record with its PHOTOS."""
    other_names = tuple(given.pop("other_names"))
    particulars = Particulars(other_names=other_names, **{name: str(value) for name, value in given.items()})
    images = [read(photo) for photo in photos]
    when = [taken(*each) for each in itertools.zip_longest(dates, ages, fillvalue="")]
    if len(when) > len(photos):
        raise OperatorError("There are more dates or ages than photographs. Give one for each photograph, in their order.")
    with signed_in(folder, login, "admin") as desk:
        record = desk.records.add_record(_list_named(desk, watchlist), particulars, images, reason, when).value
    unsearched = not_searched(particulars, len(images))
    if as_json:
        say_json({"record": record, "not_searched": [str(each) for each in unsearched]})
        return
    click.echo(f"Added record {record}. The next search compares it.")
    for each in unsearched:
        click.echo(str(each))


@records.command()
@click.argument("photo", type=click.Path(path_type=Path, dir_okay=False))
@post_option
@login_option
@as_json
@refusing
def weigh(photo: Path, folder: Path, login: str | None, as_json: bool) -> None:  # noqa: FBT001 - click passes flags by name
    """What PHOTO would mean on a list: grade, how often its person would be missed, whom it looks like. Nothing is saved."""
    with signed_in(folder, login, "admin") as desk:
        check = desk.records.check_photo(read(photo))
    if not check.ok or check.outlook is None:
        raise OperatorError("This photograph cannot be used: {why}", why=str(check.remark))
    outlook = check.outlook
    if as_json:
        say_json(
            {
                "grade": outlook.grade,
                "missed": asdict(outlook.missed) if outlook.missed else None,
                "looks_like": outlook.look_alikes,
            }
        )
        return
    missed = (
        f"{100 * outlook.missed.value:.0f} % of people with such a photograph are missed" if outlook.missed else "not measured"
    )
    click.echo(f"Grade {outlook.grade}: at today's threshold {missed}.")
    for record in outlook.look_alikes:
        click.echo(f"It looks like record {record}.")


@records.command()
@click.argument("record", type=int)
@post_option
@login_option
@click.option("--reason", required=True, help="Why it is withdrawn.")
@as_json
@refusing
def withdraw(record: int, folder: Path, login: str | None, reason: str, as_json: bool) -> None:  # noqa: FBT001 - click
    """Withdraw RECORD: the next search no longer finds it."""
    with signed_in(folder, login, "admin") as desk:
        desk.records.withdraw_record(record, reason)
    if as_json:
        say_json({"record": record, "status": "withdrawn"})
    else:
        click.echo(f"Withdrew record {record}. The next search no longer finds it.")


@records.command()
@post_option
@login_option
@as_json
@refusing
def renew(folder: Path, login: str | None, as_json: bool) -> None:  # noqa: FBT001 - click passes flags by name
    """Read every portrait again that an earlier encoder read, so that searches compare it. Can be stopped and started."""
    with signed_in(folder, login, "admin") as desk, progress("portraits") as bar:
        task = bar.add_task("Renewing", total=None)
        done = desk.lists.renew(lambda count, every: bar.update(task, completed=count, total=every)).value
    if as_json:
        say_json({"normalisers": done.normalisers, "portraits": done.portraits, "failed": list(done.failed)})
        return
    click.echo(f"Renewed {done.portraits} portraits and {done.normalisers} normalisers.")
    if done.failed:
        click.echo(f"{len(done.failed)} portraits have no face that can be found any more: {', '.join(map(str, done.failed))}.")


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    watchlist: int
    particulars: Particulars
    photos: tuple[Path, ...]
    when: tuple[Taken, ...]


@records.command(name="import")
@click.argument("table", type=click.Path(path_type=Path, dir_okay=False))
@post_option
@login_option
@click.option("--reason", required=True, help="Why they are imported.")
@as_json
@refusing
def import_records(table: Path, folder: Path, login: str | None, reason: str, as_json: bool) -> None:  # noqa: FBT001 - click
    """Import the records of TABLE, a CSV file with a header.

    Columns: list, surname, given_names, other_names, birth_date, sex, nationality, document_number, legal_basis,
    action, review_date, photos, taken, ages. Several names or photos are separated by |; photos are files beside the
    table; taken and ages are of the photos in their order.
    All rows are saved together: a wrong row or photograph changes nothing.
    """
    with signed_in(folder, login, "admin") as desk:
        rows = _rows(desk, table)
        new, faults = [], []
        with progress("photographs") as bar:
            task = bar.add_task("Checking", total=len(rows))
            for row in rows:
                portraits, wrong = _portraits(desk, row)
                new.append(NewRecord(row.watchlist, row.particulars, portraits))
                faults.extend(wrong)
                bar.update(task, advance=1)
        if faults:
            raise OperatorError("Nothing was imported from {table}. {faults}", table=table, faults=" ".join(faults))
        added = desk.records.add_records(new, reason).value
    unsearched = {row.line: not_searched(row.particulars, len(row.photos)) for row in rows}
    if as_json:
        said = {str(line): [str(each) for each in why] for line, why in unsearched.items() if why}
        say_json({"records": list(added), "not_searched": said})
        return
    click.echo(f"Added {len(added)} records. The next search compares them.")
    for line, why in unsearched.items():
        for each in why:
            if each.short != "number":
                click.echo(f"Line {line}: {each}")


def _rows(desk: Desk, table: Path) -> list[_Row]:
    try:
        text = read(table).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise OperatorError("{table} is not UTF-8 text. Save it as CSV UTF-8.", table=table) from error
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    missing = {"list", "surname", "legal_basis", "action", "review_date", "photos"} - set(reader.fieldnames or ())
    if missing:
        raise OperatorError(
            "{table} has no column {columns}. Add it to the header.", table=table, columns=", ".join(sorted(missing))
        )
    rows, faults = [], []
    for line, cells in enumerate(reader, start=2):
        cell = {name: (value or "").strip() for name, value in cells.items() if isinstance(name, str)}
        try:
            watchlist = next((each for each in desk.records.watchlists() if each.name == cell["list"]), None)
            if watchlist is None:
                raise RecordRefused("There is no list “{name}”.", "list", name=cell["list"])  # noqa: TRY301 - one place
            particulars = Particulars(
                other_names=tuple(cell.get("other_names", "").split("|")),
                **{name: cell.get(name, "") for name in _TEXT_FIELDS},
            )
            particulars = check(particulars, watchlist.purpose)
            told = [[each.strip() for each in cell.get(name, "").split("|")] for name in ("taken", "ages")]
            when = tuple(taken(*each) for each in itertools.zip_longest(*told, fillvalue=""))
        except RecordRefused as refusal:
            faults.append(f"Line {line}: {refusal}")
            continue
        photos = tuple(table.parent / name.strip() for name in cell["photos"].split("|") if name.strip())
        rows.append(_Row(line, watchlist.id, particulars, photos, when))
    if faults:
        raise OperatorError("Nothing was imported from {table}. {faults}", table=table, faults=" ".join(faults))
    return rows


def _portraits(desk: Desk, row: _Row) -> tuple[list[NewPortrait], list[str]]:
    """The photographs of one row, and what is wrong with those that cannot be used."""
    portraits, faults = [], []
    for photo, when in zip(row.photos, (*row.when, *[Taken()] * len(row.photos)), strict=False):
        try:
            portraits.append(desk.records.portrait(read(photo), when))
        except REFUSALS as refusal:
            faults.append(f"Line {row.line}, {photo.name}: {refusal}")
    return portraits, faults


def _list_named(desk: Desk, name: str) -> int:
    every = desk.records.watchlists()
    found = next((each.id for each in every if each.name == name), None)
    if found is None:
        names = ", ".join(f"“{each.name}”" for each in every) or "none yet"
        raise OperatorError("There is no list “{name}”. The lists are: {names}.", name=name, names=names)
    return found
