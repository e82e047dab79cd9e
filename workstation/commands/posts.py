"""`amaan post create`, `amaan run` and `amaan training`: making a post and opening it."""

import importlib
import importlib.util
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import platformdirs
from rich.console import Console
from rich.table import Table

from workstation.capture.face_process import FaceProcess
from workstation.commands.machine import TERMINAL_GIGABYTES, WINDOW_GIGABYTES, display_answers, gigabytes_left, memory_warning
from workstation.commands.speaking import as_json, login_option, post_option, progress, refusing, say_json, signed_in
from workstation.desk.desk import Desk
from workstation.documents.watching.page_process import PageProcess
from workstation.errors import OperatorError
from workstation.post.post import create_post
from workstation.today import now, today
from workstation.training_post.opening import check_place, open_training_post
from workstation.training_post.script import TRAVELLERS
from workstation.training_post.sign_ins import password_of
from workstation.training_post.terminal import Outcome, expected_answers, screen_travellers


@click.group(name="post")
def post_group() -> None:
    """Make a post."""


@post_group.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", required=True, help="Name of the post, as every screen and log entry says it.")
@click.option(
    "--keys",
    type=click.Choice(["passphrase", "desktop"]),
    default="passphrase",
    help="Where the keys are sealed: under a passphrase asked for at each start, or in the desktop's key store.",
)
@as_json
@refusing
def create(folder: Path, name: str, keys: str, as_json: bool) -> None:  # noqa: FBT001 - click passes flags by name
    """Make a real post in FOLDER. The first start makes its first administrator."""
    passphrase = os.environ.get("AMAAN_PASSPHRASE")
    if keys == "passphrase" and passphrase is None:
        passphrase = click.prompt("Passphrase for the post's keys", hide_input=True, confirmation_prompt=True, err=True)
    post = create_post(folder, name, training=False, now=now(), passphrase=passphrase if keys == "passphrase" else None)
    facts = {"post": post.facts.id, "name": post.facts.name, "folder": str(folder), "public_key": post.facts.public_key}
    post.close()
    if as_json:
        say_json(facts)
    else:
        click.echo(f"Made the post “{name}” in {folder}. Open it with: amaan run --post {folder}")


@post_group.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@post_option
@login_option
@click.option("--licence", required=True, help="Under which the network may be used here.")
@as_json
@refusing
def network(file: Path, folder: Path, login: str | None, licence: str, as_json: bool) -> None:  # noqa: FBT001 - click
    """Give the post a second face network, an ArcFace-type ONNX FILE: separate evidence on every candidate.

    Calibrate it next with: amaan calibrate PHOTOGRAPHS --network FILE --post POST
    """
    with signed_in(folder, login, "supervisor") as desk:
        digest = desk.operating.take_second_network(file, licence).value
    if as_json:
        say_json({"network": file.name, "sha256": digest, "licence": licence})
    else:
        click.echo(f"Kept {file.name} ({digest[:16]}). It speaks once it is calibrated: amaan calibrate --network {file}")


@post_group.command(name="accept-loss")
@click.option("--reason", required=True, help="What happened, and why the post goes on without what is gone.")
@post_option
@login_option
@as_json
@refusing
def accept_loss(reason: str, folder: Path, login: str | None, as_json: bool) -> None:  # noqa: FBT001 - click's flags
    """Go on with a store that ends before what was signed: after a restored backup or a lost disk, by a supervisor.

    The checkpoints of what is gone are laid aside, not removed; the log says who accepted the loss and how much it is.
    """
    with signed_in(folder, login, "supervisor", after_a_loss=True) as desk:
        standing = desk.log.accept_loss(reason).value
        if as_json:
            say_json({"by": standing.answered_by, "faults": list(standing.faults)})
        else:
            click.echo("The loss is accepted and stands in the log. The checkpoints of what is gone were laid aside.")


@post_group.command(name="confirm-clock")
@post_option
@login_option
@as_json
@refusing
def confirm_clock(folder: Path, login: str | None, as_json: bool) -> None:  # noqa: FBT001 - click passes flags by name
    """Say that the date that the clock shows is right, after it jumped: records lapse by it again."""
    with signed_in(folder, login, "supervisor") as desk:
        doubt = desk.lists.day().doubt
        if doubt is not None:
            desk.lists.confirm_clock()
        shown = desk.lists.day().date.isoformat()
    if as_json:
        say_json({"day": shown, "was_in_doubt": doubt is not None})
    else:
        click.echo(f"The day of this post is {shown}." + ("" if doubt is not None else " The clock was not in doubt."))


@click.command()
@post_option
@refusing
def run(folder: Path) -> None:
    """Open the workstation on a post."""
    if not display_answers():
        raise OperatorError(
            "There is no display to open the windows on. Start it in a desktop session, or use the other commands."
        )
    _warn_of_memory(WINDOW_GIGABYTES)
    _windows()(folder, training=False)


@click.command()
@click.option("--post", "folder", type=click.Path(path_type=Path), help="Folder of the training post.")
@click.option("--terminal", is_flag=True, help="Screen the travellers in the terminal even when there is a display.")
@click.option("--travellers", default=len(TRAVELLERS), type=click.IntRange(1, len(TRAVELLERS)), help="How many.")
@as_json
@refusing
def training(folder: Path | None, terminal: bool, travellers: int, as_json: bool) -> None:  # noqa: FBT001 - click's flags
    """Open the workstation on the training post: drawn people, no real record."""
    where = folder or platformdirs.user_data_path("amaan") / "training"
    if not where.is_absolute() and folder is None:
        raise OperatorError("You have no home folder for the training post. Name a folder for it: --post FOLDER")
    check_place(where)
    if not (terminal or as_json) and display_answers():
        _warn_of_memory(WINDOW_GIGABYTES)
        _windows()(where, training=True)
        return
    _warn_of_memory(TERMINAL_GIGABYTES)
    if not terminal and not as_json:
        click.echo("No display: the training travellers are screened in this terminal instead.")
    _screen_in_terminal(where, travellers, as_json=as_json)


def _warn_of_memory(needed: float) -> None:
    warning = memory_warning(needed, gigabytes_left())
    if warning is not None:
        click.echo(warning, err=True)


def _windows() -> Callable[..., Any]:
    """Ui lies above this package and is looked up by name only here, so that the post runs without Qt installed."""
    try:
        return importlib.import_module("ui.shell.app").open_workstation  # type: ignore[no-any-return] # found by name
    except ImportError as missing:
        raise OperatorError(
            "The windows cannot be opened because something is not installed ({why}). Install it, or use the other commands.",
            why=str(missing),
        ) from missing


def _screen_in_terminal(folder: Path, travellers: int, *, as_json: bool) -> None:
    faces, pages = FaceProcess(), PageProcess(today)
    try:
        faces.start()
        pages.start()
        with progress("records") as bar:
            task = bar.add_task("Drawing and enrolling the training records", total=None)
            post = open_training_post(folder, faces, now, lambda done, every: bar.update(task, completed=done, total=every))
        try:
            desk = Desk(post, faces, now)
            desk.people.sign_in("officer", password_of("officer") or "")
            with progress("travellers") as bar:
                task = bar.add_task("Screening", total=travellers)
                outcomes = []
                for outcome in screen_travellers(desk, faces, pages, travellers):
                    outcomes.append(outcome)
                    bar.update(task, advance=1)
            desk.people.sign_out("training session is over")
            desk.people.sign_in("auditor", password_of("auditor") or "")
            report = desk.log.verify().value
            export = desk.log.export(folder / "exports" / f"audit-{now():%Y%m%d-%H%M%S}.jsonl").value
            desk.people.sign_out("training session is over")
        finally:
            post.close()
    finally:
        faces.close()
        pages.close()
    if as_json:
        say_json(
            {
                "training": True,
                "travellers": [_summary(each) for each in outcomes],
                "as_expected": sum(each.as_expected for each in outcomes),
                "audit": {"file": str(export), "entries": report.size, "root": report.root, "ok": report.ok},
                "screens": [str(each) for each in _rendered(folder)],
            }
        )
        return
    Console(width=None if sys.stdout.isatty() else 120).print(_table(outcomes))
    click.echo(f"{sum(each.as_expected for each in outcomes)} of {len(outcomes)} answers as expected.")
    verified = "no fault found" if report.ok else f"{len(report.faults)} faults found"
    click.echo(f"Audit log: {report.size} entries, {verified}, saved in {export}")
    for screen in _rendered(folder):
        click.echo(f"Screen: {screen}")


def _rendered(folder: Path) -> tuple[Path, ...]:
    """A few screens of this post as pictures, drawn without a display once a version; none when Qt is not installed."""
    screens = folder / "screens"
    whole = screens / ".whole"
    ui = importlib.util.find_spec("ui")
    if ui is None or ui.origin is None:
        return ()
    newest = max(each.stat().st_mtime for each in Path(ui.origin).parent.rglob("*.py"))
    if whole.exists() and whole.stat().st_mtime >= newest:
        return tuple(sorted(screens.glob("*.png")))
    if memory_warning(WINDOW_GIGABYTES, gigabytes_left()) is not None:
        click.echo("Pictures of the screens are not drawn: there is too little memory.", err=True)
        return ()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        render = importlib.import_module("ui.shell.rendered").render_screens
    except ImportError:  # Qt, or a library of the system that it needs
        return ()
    click.echo("Drawing pictures of the screens; this takes a minute or two, once.", err=True)
    try:
        rendered = tuple(render(folder, screens))
    except TimeoutError:
        click.echo("They are not complete: the computer is too busy. The next start draws them again.", err=True)
        return ()
    whole.touch()
    return rendered


def _table(outcomes: list[Outcome]) -> Table:
    table = Table(title="TRAINING: drawn people, no real record")
    for column in ("Traveller", "Document", "Answer", "Expected", "Pictures", "Candidates", "Milliseconds"):
        table.add_column(column, justify="right" if column in {"Pictures", "Candidates", "Milliseconds"} else "left")
    for each in outcomes:
        took = sum(each.screened.timings_ms.values())
        table.add_row(
            f"{each.traveller.number:2d} {each.traveller.surname.upper()}, {each.traveller.given}",
            each.story,
            each.screened.answer,
            " or ".join(expected_answers(each.traveller, each.story)),
            str(each.pictures),
            str(len(each.screened.candidates)),
            f"{took:.0f}",
        )
    return table


def _summary(outcome: Outcome) -> dict[str, object]:
    return {
        "traveller": outcome.traveller.number,
        "answer": outcome.screened.answer,
        "document": {
            "story": outcome.story,
            "read": outcome.document is not None and outcome.document.zone is not None,
            "findings": [str(each) for each in outcome.screened.document.findings] if outcome.screened.document else [],
        },
        "expected": list(expected_answers(outcome.traveller, outcome.story)),
        "as_expected": outcome.as_expected,
        "pictures": outcome.pictures,
        "candidates": len(outcome.screened.candidates),
        "timings_ms": dict(outcome.screened.timings_ms),
    }
