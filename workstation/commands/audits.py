"""`amaan audit`: showing, verifying and exporting the log."""

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from workstation.commands.speaking import as_json, local_time, login_option, post_option, refusing, say_json, signed_in

FAULTS_FOUND = 1


@click.group(name="audit")
def audit_group() -> None:
    """The log of every act."""


@audit_group.command()
@post_option
@login_option
@as_json
@refusing
def verify(folder: Path, login: str | None, as_json: bool) -> None:  # noqa: FBT001 - click passes flags by name
    """Check every entry, checkpoint and signature. Exit code 1 when a fault is found."""
    with signed_in(folder, login, "auditor") as desk:
        report = desk.log.verify().value
    faults = [str(fault) for fault in report.faults]
    if as_json:
        say_json({"size": report.size, "root": report.root, "ok": report.ok, "faults": faults})
    else:
        click.echo(f"{report.size} entries, root {report.root}")
        for fault in faults:
            click.echo(fault)
        click.echo("No fault found." if report.ok else f"{len(faults)} faults found.")
    if not report.ok:
        sys.exit(FAULTS_FOUND)


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
@post_option
@login_option
@as_json
@refusing
def export(file: Path, folder: Path, login: str | None, as_json: bool) -> None:  # noqa: FBT001 - click
    """Write the log to FILE for the stand-alone verifier, workstation/accountability/audit_verifier.py."""
    with signed_in(folder, login, "auditor") as desk:
        desk.log.export(file)
    if as_json:
        say_json({"file": str(file)})
    else:
        click.echo(f"Wrote {file}. Check it with: python workstation/accountability/audit_verifier.py {file}")
