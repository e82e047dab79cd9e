"""A small post with something in every table, made once; copies of it are attacked as an insider with its key would."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlcipher3

from matching.faces.images import png
from tests.factory import NOW, particulars, passport_zone, typed
from tests.fakes import NumberedFaces, picture
from watchlists.records.purposes import Purpose
from workstation.alerts.verdicts import View
from workstation.desk.desk import Desk
from workstation.operating_point.budgets import DEFAULT
from workstation.post import access, keys
from workstation.post.post import KEYS, STORE, create_post, open_post
from workstation.training_post.sign_ins import TRAINING_PEOPLE, password_of


class _Clock:
    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at


@dataclass(frozen=True, slots=True)
class Made:
    folder: Path
    early: Path
    """The same post before its last acts."""
    other: Path
    """Another post."""
    elsewhere: Path
    """Where the second copy of the checkpoints lies."""
    key: str


def made(home: Path) -> Made:
    """The posts, closed."""
    elsewhere = home / "elsewhere"
    elsewhere.mkdir()
    clock = _Clock()
    post = create_post(home / "post", "Test post", training=True, now=NOW)
    with post.store.writing() as session:
        for each in TRAINING_PEOPLE:
            access.add_person(session, NOW, each.login, each.name, each.role, each.password)
    desk = Desk(post, NumberedFaces(), clock)
    _first_day(desk, elsewhere)
    desk.close()
    shutil.copytree(home / "post", home / "early")
    shutil.copytree(elsewhere, home / "elsewhere-early")
    desk = Desk(open_post(home / "post"), NumberedFaces(), clock)
    _second_day(desk)
    key = desk.post.facts.public_key
    desk.close()
    create_post(home / "other", "Other post", training=True, now=NOW).close()
    return Made(home / "post", home / "early", home / "other", elsewhere, key)


def _sign_in(desk: Desk, login: str) -> None:
    desk.people.sign_out()
    desk.people.sign_in(login, password_of(login) or "")


def _first_day(desk: Desk, elsewhere: Path) -> None:
    _sign_in(desk, "supervisor")
    desk.change_settings(replace(desk.settings(), second_copy=str(elsewhere), lane="7"))
    _sign_in(desk, "admin")
    missing = desk.records.add_watchlist("Missing", Purpose.PROTECT, "Unit", "+00").value
    wanted = desk.records.add_watchlist("Wanted", Purpose.REFER, "Police", "+01").value
    for person, each in ((7, missing), (20, missing), (21, wanted)):
        desk.records.add_record(each, particulars(f"Name{person}"), [png(picture(person))], "test")
    desk.records.amend_record(2, particulars("Changed"), "a better spelling")
    desk.records.withdraw_record(3, "found")
    desk.people.add_person("leaver", "Left Soon", access.Role.OFFICER, "a password of the leaver")
    desk.people.let_go(6)
    _sign_in(desk, "officer")
    desk.counter.screen(picture(7, moment=2), source="t")
    desk.counter.screen(picture(500), source="t", document=typed(passport_zone("Butt", "Bilal")), with_companions=1)
    desk.counter.screen(None, source="t", no_photo="burns", document=typed(passport_zone("Khan", "Ali")))


def _second_day(desk: Desk) -> None:
    _sign_in(desk, "second")
    desk.second_line.judge(1, 1, View.NOT_THIS_PERSON, ["nose: differs"], "another nose")
    _sign_in(desk, "supervisor")
    proposal = desk.operating.propose({**DEFAULT, Purpose.PROTECT: 4.0}, "too few found").value
    _sign_in(desk, "admin")
    desk.operating.decide(proposal, confirmed=True)
    _sign_in(desk, "officer")
    desk.counter.screen(picture(20, moment=3), source="t")
    desk.counter.screen(picture(501), source="t")


def sql(*statements: str | tuple[str, tuple[Any, ...]]) -> Callable[[Path, Made], None]:
    """Plain statements with the key, past the triggers, which are put back as if nothing had been."""

    def attack(folder: Path, _: Made) -> None:
        store = opened(folder)
        guards = store.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in guards:
            store.execute(f"DROP TRIGGER {name}")
        changed = 0
        for each in statements:
            statement, values = (each, ()) if isinstance(each, str) else each
            changed += max(store.execute(statement, values).rowcount, 0)
        for _name, guard in guards:
            store.execute(guard)
        assert changed, "the attack reached no row"
        closed(store)

    return attack


def opened(folder: Path) -> Any:
    """The store of a post as a plain connection; keys are read as anybody with the folder of a training post could."""
    store_key = keys.unsealed((folder / KEYS).read_text(encoding="utf-8"), None).store_key
    store = sqlcipher3.connect(str(folder / STORE), isolation_level=None)
    store.execute(f"PRAGMA key = \"x'{store_key.hex()}'\"")
    return store


def closed(store: Any) -> None:
    store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()


def signing(folder: Path) -> Any:
    return keys.unsealed((folder / KEYS).read_text(encoding="utf-8"), None).signing_key


def change_json(path: Path, **values: object) -> None:
    parts = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(parts | values), encoding="utf-8")
