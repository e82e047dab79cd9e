"""`amaan records`: adding, listing and withdrawing, with the same checks as on the screen."""

import itertools
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from watchlists.records.not_searched import not_searched
from watchlists.records.records import Particulars
from workstation.commands.screens import read
from workstation.commands.speaking import (
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
from workstation.search.enrolment import taken


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


def _list_named(desk: Desk, name: str) -> int:
    every = desk.records.watchlists()
    found = next((each.id for each in every if each.name == name), None)
    if found is None:
        names = ", ".join(f"“{each.name}”" for each in every) or "none yet"
        raise OperatorError("There is no list “{name}”. The lists are: {names}.", name=name, names=names)
    return found
