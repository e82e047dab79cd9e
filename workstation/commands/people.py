"""`amaan people`: who may sign in, their roles, their passwords and their locks."""

import os
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from workstation.commands.speaking import (
    as_json,
    local_time,
    login_option,
    post_option,
    refusing,
    say_json,
    signed_in,
)
from workstation.desk.desk import Desk
from workstation.errors import OperatorError
from workstation.post.access import PersonLine, Role

role_option = click.option(
    "--role", required=True, type=click.Choice([role.value for role in Role]), help="What the person may do."
)


@click.group(name="people")
def people_group() -> None:
    """Who may sign in at the post."""


@people_group.command(name="list")
@post_option
@login_option
@as_json
@refusing
def list_people(folder: Path, login: str | None, as_json: bool) -> None:  # noqa: FBT001 - click passes flags by name
    """Everybody who may sign in, with their last sign-in and what stands in the way of the next."""
    with signed_in(folder, login, "admin") as desk:
        found = desk.people.everybody()
    if as_json:
        say_json({"people": [_plain(each) for each in found]})
        return
    table = Table()
    for column in ("Login", "Name", "Role", "Last sign-in", ""):
        table.add_column(column)
    for each in found:
        last = local_time(each.last_sign_in) if each.last_sign_in else "never"
        table.add_row(each.login, each.name, each.role, last, _state(each))
    Console().print(table)


@people_group.command()
@click.argument("who")
@post_option
@login_option
@click.option("--name", required=True, help="As colleagues know the person.")
@role_option
@as_json
@refusing
def add(who: str, folder: Path, login: str | None, name: str, role: str, as_json: bool) -> None:  # noqa: FBT001 - click
    """Add WHO, a login. The first password is asked for twice, or taken from AMAAN_NEW_PASSWORD."""
    with signed_in(folder, login, "admin") as desk:
        desk.people.add_person(who, name, Role(role), _new_password(who))
    _say(f"Added {who}.", who, as_json=as_json)


@people_group.command(name="role")
@click.argument("who")
@post_option
@login_option
@role_option
@as_json
@refusing
def change_role(who: str, folder: Path, login: str | None, role: str, as_json: bool) -> None:  # noqa: FBT001 - click
    """Give WHO another role."""
    with signed_in(folder, login, "admin") as desk:
        desk.people.change_role(_named(desk, who).id, Role(role))
    _say(f"{who} has the role {role} now.", who, as_json=as_json)


@people_group.command()
@click.argument("who")
@post_option
@login_option
@as_json
@refusing
def reset(who: str, folder: Path, login: str | None, as_json: bool) -> None:  # noqa: FBT001 - click passes flags by name
    """Set a password for WHO, who must choose another one at the next sign-in. A lock is taken away."""
    with signed_in(folder, login, "admin") as desk:
        desk.people.reset_password(_named(desk, who).id, _new_password(who))
    _say(f"{who} signs in with this password once and then chooses another one.", who, as_json=as_json)


@people_group.command()
@click.argument("who")
@post_option
@login_option
@as_json
@refusing
def unlock(who: str, folder: Path, login: str | None, as_json: bool) -> None:  # noqa: FBT001 - click passes flags by name
    """Let WHO try again at once after wrong passwords. A supervisor may do it too."""
    with signed_in(folder, login, "supervisor") as desk:
        desk.people.unlock(_named(desk, who).id)
    _say(f"{who} may sign in again.", who, as_json=as_json)


@people_group.command(name="let-go")
@click.argument("who")
@post_option
@login_option
@as_json
@refusing
def let_go(who: str, folder: Path, login: str | None, as_json: bool) -> None:  # noqa: FBT001 - click passes flags by name
    """WHO can no longer sign in; what they did stays in the log."""
    with signed_in(folder, login, "admin") as desk:
        desk.people.let_go(_named(desk, who).id)
    _say(f"{who} can no longer sign in.", who, as_json=as_json)


@people_group.command()
@post_option
@login_option
@as_json
@refusing
def password(folder: Path, login: str | None, as_json: bool) -> None:  # noqa: FBT001 - click passes flags by name
    """Choose another password of your own; the present one is asked for first."""
    if login is None:
        raise OperatorError("Say whose password it is: add --as and your login.")
    old = os.environ.get("AMAAN_PASSWORD") or click.prompt("Present password", hide_input=True, err=True)
    with signed_in(folder, login, login, may_be_reset=True, password=old) as desk:
        desk.people.change_password(old, _new_password(login))
    _say("Your password was changed.", login, as_json=as_json)


def _new_password(who: str) -> str:
    return os.environ.get("AMAAN_NEW_PASSWORD") or str(
        click.prompt(f"New password of {who}", hide_input=True, confirmation_prompt=True, err=True)
    )


def _named(desk: Desk, who: str) -> PersonLine:
    found = next((each for each in desk.people.everybody() if each.login == who), None)
    if found is None:
        raise OperatorError("There is nobody with the login “{login}”. See them with: amaan people list", login=who)
    return found


def _state(person: PersonLine) -> str:
    locked = f"locked until {local_time(person.locked_until)}" if person.locked_until else ""
    return ", ".join(filter(None, (locked, "chooses a password next time" if person.must_change_password else "")))


def _plain(person: PersonLine) -> dict[str, object]:
    return {
        "login": person.login,
        "name": person.name,
        "role": person.role,
        "last_sign_in": person.last_sign_in.isoformat() if person.last_sign_in else None,
        "locked_until": person.locked_until.isoformat() if person.locked_until else None,
        "must_change_password": person.must_change_password,
    }


def _say(words: str, who: str, *, as_json: bool) -> None:
    if as_json:
        say_json({"login": who, "done": words})
    else:
        click.echo(words)
