"""`amaan audit`: showing, verifying and exporting the log."""

import json
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from workstation.accountability.verifying import AuditReport
from workstation.commands.speaking import (
    as_json,
    local_time,
    login_option,
    post_option,
    progress,
    refusing,
    say_json,
    signed_in,
)

FAULTS_FOUND = 1


@click.group(name="audit")
def audit_group() -> None:
    """The log of every act."""


@audit_group.command()
@post_option
@login_option
@click.option("--code", default="", help="A code that was written down at a shift's end: which checkpoint it is of.")
@as_json
@refusing
def verify(folder: Path, login: str | None, code: str, as_json: bool) -> None:  # noqa: FBT001 - click passes flags by name
    """Check every entry, checkpoint and signature, and the store against them. Exit code 1 when a fault is found."""
    with signed_in(folder, login, "auditor") as desk:
        with progress("entries") as bar:
            task = bar.add_task("Verifying", total=None)
            report = desk.log.verify(lambda done, every: bar.update(task, completed=done, total=every)).value
        of_code = desk.log.entries_of_code(code) if code else None
        faults = [str(fault) for fault in report.faults]
        if as_json:
            say_json(
                {
                    "size": report.size,
                    "root": report.root,
                    "ok": report.ok,
                    "faults": faults,
                    "rows": report.rows,
                    "receipts": report.receipts,
                    "checkpoints": report.checkpoints,
                    "unsigned": report.unsigned,
                    "adopted_at": report.adopted_at,
                    "code_covers": of_code,
                }
            )
        else:
            _say_report(report, faults)
            if code:
                said = f"The code is of the first {of_code} entries." if of_code else "No checkpoint here has this code."
                click.echo(said)
        if faults or (code and not of_code):
            sys.exit(FAULTS_FOUND)


def _say_report(report: AuditReport, faults: list[str]) -> None:
    click.echo(f"{report.size} entries, root {report.root}")
    click.echo(f"{report.rows} rows and {report.receipts} receipts compared with {report.checkpoints} signed checkpoints.")
    if report.unsigned:
        click.echo(f"The last {report.unsigned} entries are not signed yet.")
    if report.adopted_at is not None:
        click.echo(f"Entry {report.adopted_at} took over rows of an earlier version: changes before it are not found.")
    for fault in faults:
        click.echo(fault)
    click.echo("No fault found." if not faults else f"{len(faults)} faults found.")


@audit_group.command()
@click.argument("screening", type=click.IntRange(min=1))
@post_option
@login_option
@as_json
@refusing
def receipt(screening: int, folder: Path, login: str | None, as_json: bool) -> None:  # noqa: FBT001 - click's flags
    """Print the receipt of a SCREENING and check who signed it. Exit code 1 when this post did not."""
    with signed_in(folder, login, "auditor") as desk:
        found = desk.log.receipt(screening).value
        parts = _parts(found.text)
        if as_json:
            say_json({"screening": screening, "at": found.at.isoformat(), "genuine": found.genuine, "receipt": parts})
        else:
            click.echo(f"Screening {screening}, {local_time(found.at)}")
            for name, value in parts.items():
                click.echo(f"{name.replace('_', ' ')}: {value if isinstance(value, str) else json.dumps(value)}")
            click.echo("This post signed it." if found.genuine else "This post did not sign it as it stands.")
        if not found.genuine:
            sys.exit(FAULTS_FOUND)


def _parts(text: str) -> dict[str, object]:
    """What the receipt says; one that was damaged says so as it stands."""
    try:
        parts = json.loads(text)
    except (ValueError, RecursionError):
        parts = text
    return parts if isinstance(parts, dict) else {"text": text}


@audit_group.command(name="answer-for")
@click.option("--reason", required=True, help="Why the counter may go on.")
@post_option
@login_option
@as_json
@refusing
def answer_for(reason: str, folder: Path, login: str | None, as_json: bool) -> None:  # noqa: FBT001 - click's flags
    """Let the counter of an altered post go on for twelve hours, under a supervisor's name."""
    with signed_in(folder, login, "supervisor") as desk:
        standing = desk.log.answer_for_faults(reason).value
        until = standing.until
        if as_json:
            told = {"faults": list(standing.faults), "by": standing.answered_by, "until": until.isoformat() if until else None}
            say_json(told)
        elif until is not None:
            click.echo(f"{standing.answered_by} answers for {len(standing.faults)} faults until {local_time(until)}.")
        else:
            click.echo("What was found is not seen any more; it stays in the log.")


@audit_group.command()
@post_option
@login_option
@as_json
@refusing
def code(folder: Path, login: str | None, as_json: bool) -> None:  # noqa: FBT001 - click's flags
    """The short code of the last checkpoint, to be written down elsewhere: a post put back in time cannot show it again."""
    with signed_in(folder, login, "auditor") as desk:
        found = desk.log.code()
        if as_json:
            say_json({"entries": found.entries, "code": found.code})
        else:
            click.echo(f"{found.code}   {found.entries} entries")


@audit_group.command()
@post_option
@login_option
@click.option("--find", "text", default="", help="Words of the act, person or subject.")
@click.option("--most", default=50, type=click.IntRange(1, 10_000), help="Entries shown, newest first.")
@as_json
@refusing
def show(folder: Path, login: str | None, text: str, most: int, as_json: bool) -> None:  # noqa: FBT001 - click
    """The newest entries."""
    with signed_in(folder, login, "auditor") as desk:
        entries = desk.log.entries(limit=most, text=text)
    if as_json:
        say_json(
            {
                "entries": [
                    {
                        "number": each.number,
                        "at": each.at.isoformat(),
                        "actor": each.actor,
                        "act": each.act,
                        "subject": each.subject,
                        "details": dict(each.details),
                        "training": each.training,
                    }
                    for each in entries
                ]
            }
        )
        return
    table = Table()
    for column in ("Entry", "Time", "Person", "Act", "Subject", ""):
        table.add_column(column)
    for each in entries:
        mark = "TRAINING" if each.training else ""
        table.add_row(str(each.number), local_time(each.at), each.actor, each.act, each.subject, mark)
    Console().print(table)


@audit_group.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--whole", is_flag=True, help="With what every row says, personal data too: for an inquiry.")
@post_option
@login_option
@as_json
@refusing
def export(file: Path, whole: bool, folder: Path, login: str | None, as_json: bool) -> None:  # noqa: FBT001 - click
    """Write the log to FILE for the stand-alone verifier, workstation/accountability/audit_verifier.py."""
    with signed_in(folder, login, "auditor") as desk:
        desk.log.export(file, whole=whole)
    if as_json:
        say_json({"file": str(file)})
    else:
        click.echo(f"Wrote {file}. Check it with: python workstation/accountability/audit_verifier.py {file}")
