"""How every command speaks: a table or one JSON object on stdout, a refusal as a sentence on stderr and exit code 2."""

import errno
import functools
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.progress import Progress

from matching.refusals import Refusal
from watchlists.records.records import RecordRefused
from workstation.capture.face_process import FaceProcess
from workstation.commands.progressing import Telling
from workstation.desk.desk import Desk
from workstation.errors import OperatorError
from workstation.post.post import open_post
from workstation.training_post.sign_ins import password_of

REFUSALS = (OperatorError, RecordRefused, Refusal)
OF_THE_MACHINE = frozenset(
    {
        errno.EACCES,
        errno.EPERM,
        errno.EROFS,
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EIO,
        errno.ENAMETOOLONG,
        errno.ENOTDIR,
        errno.EISDIR,
    }
)
"""What a disk or a folder refuses, whoever asks: no bug of ours, and mended outside the program."""
REFUSED = 2
INCOMPLETE = 3

as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
post_option = click.option(
    "--post",
    "folder",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the post.",
)
login_option = click.option(
    "--as",
    "login",
    help="Login to act as. The password is asked for, or taken from AMAAN_PASSWORD; a training post knows its own.",
)

F = TypeVar("F", bound=Callable[..., Any])


def refusing(command: F) -> F:
    """Turn a refusal into its sentence on stderr (with --json also as an object on stdout) and exit code 2."""

    @functools.wraps(command)
    def spoken(*arguments: Any, **options: Any) -> Any:
        try:
            return command(*arguments, **options)
        except REFUSALS as refusal:
            sentence = str(refusal)
        except OSError as error:
            if error.errno not in OF_THE_MACHINE:
                raise
            sentence = (
                f"{error.filename or 'A file'} cannot be used: {error.strerror}. Check the disk, the folder and its rights."
            )
        if options.get("as_json"):
            say_json({"refused": sentence})
        click.echo(sentence, err=True)
        sys.exit(REFUSED)

    return spoken  # type: ignore[return-value] # functools.wraps keeps the signature


def say_json(answer: object) -> None:
    click.echo(json.dumps(answer, ensure_ascii=False, default=str))


def now() -> datetime:
    return datetime.now(UTC)


def local_time(at: datetime) -> str:
    """Of the clock on the wall, as the window shows it, with its distance from UTC."""
    return f"{at.astimezone():%Y-%m-%d %H:%M:%S %z}"


@contextmanager
def signed_in(
    folder: Path, login: str | None, usual: str, *, may_be_reset: bool = False, password: str | None = None
) -> Iterator[Desk]:
    """The Desk of the post with somebody signed in; on a training post `usual` when nobody is named."""
    post = open_post(folder, os.environ.get("AMAAN_PASSPHRASE"))
    faces = FaceProcess()
    try:
        faces.start()
        desk = Desk(post, faces, now)
        person = login or (usual if post.facts.training else None)
        if person is None:
            raise OperatorError("Say who is acting: add --as and your login.")
        known = password_of(person) if post.facts.training else None
        password = password or known or os.environ.get("AMAAN_PASSWORD") or click.prompt("Password", hide_input=True, err=True)
        signed = desk.people.sign_in(person, password).value
        if signed.must_change_password and not may_be_reset:
            raise OperatorError("Your password was set by somebody else. Choose a new one with: amaan people password")
        yield desk
        desk.people.sign_out("end of the command")
    finally:
        faces.close()
        post.close()


def progress(unit: str) -> Progress:
    """A bar on stderr, or lines where that is no terminal."""
    return Telling(unit)
