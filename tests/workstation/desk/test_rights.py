"""Every act of every room of the Desk, tried by every role: it is refused with an entry, or done with an entry."""

import inspect
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import func, select

from matching.faces.images import png
from matching.rates.cohort import Mixture
from matching.refusals import Refusal
from tests.factory import particulars, typed
from tests.factory import photo as portrait
from tests.fakes import SCALE, NumberedPages, picture
from tests.workstation.conftest import sign_in
from watchlists.records.purposes import Purpose
from watchlists.records.records import NewRecord, RecordRefused
from workstation.accountability import log
from workstation.accountability.acts import Deed
from workstation.alerts.verdicts import View
from workstation.bench.calibrating import Made
from workstation.desk.desk import Desk
from workstation.documents.travel_document import Origin
from workstation.errors import OperatorError
from workstation.operating_point.budgets import DEFAULT
from workstation.post.access import MAY, Role
from workstation.schema import AuditRow
from workstation.settings import Settings
from workstation.training_post.sign_ins import TRAINING_PEOPLE

ROOMS = ("people", "counter", "second_line", "records", "operating", "log")
WITHOUT_AN_ENTRY = {
    "people.first_start": "asked by the window before anybody can sign in; tells nothing but whether there are people",
    "people.signed_in": "the person's own name, kept in memory",
    "people.sign_out": "without anybody signed in there is nobody to tell of",
    "status": "the line at the bottom of every window: counts of what everybody sees, asked every 20 seconds",
    "settings_to_open": "the addresses that the program itself opens cameras with; no window or command shows them",
    "settings": "lane, theme and sources, which every window needs to open",
    "may": "a line of the table of rights",
    "keep_up": "the program's own upkeep, which tells of what it changes",
    "close": "the end of the program; tells of the sign-out",
}
"""Acts that may leave no entry, each with the reason."""
OPEN_TO_ALL = {
    "people.sign_in",
    "people.make_first_administrator",
    "people.change_password",
    "people.sign_out",
    "change_settings",
}


def acts(desk: Desk) -> dict[str, Callable[..., object]]:
    """Every public method of the Desk and of its rooms, by its name."""
    found = dict(_methods(desk))
    for room in ROOMS:
        found |= {f"{room}.{name}": method for name, method in _methods(getattr(desk, room))}
    return found


def _methods(of: object) -> Iterator[tuple[str, Callable[..., object]]]:
    for name, method in inspect.getmembers(of, inspect.ismethod):
        if not name.startswith("_"):
            yield name, method


def examples(tmp_path: Path) -> dict[str, object]:
    """A value for each argument, by its name or by method and name."""
    return {
        "login": "newcomer", "name": "New Comer", "password": "a password of the newcomer", "role": Role.OFFICER,
        "person_id": 1, "old": "not the password", "new": "another password entirely", "reason": "because of the walk",
        "image": picture(500), "source": "t", "origin": Origin.CAMERA, "pages": NumberedPages(), "folder": tmp_path,
        "document": typed(), "face": None, "screening_id": 1, "alert_id": 1, "alert_ids": [1], "portrait_id": 1, "rank": 1, "view": View.CANNOT_TELL,
        "reasons": ["nose: cannot see"], "purpose": Purpose.REFER, "owner": "Owner", "contact": "+00", "record_id": 1,
        "records.add_record.watchlist_id": 1, "particulars": particulars("Walk"), "photos": [png(picture(77))],
        "records": [NewRecord(1, particulars("Two"), [portrait(5)])], "data": png(picture(78)), "photo": png(picture(79)), "wanted": {**DEFAULT, Purpose.REFER: 2.0},
        "change_settings.wanted": Settings(lane="9"), "proposal_id": 1, "confirmed": False,
        "made": Made(Mixture(np.ones(1), np.zeros((1, 16)), np.eye(16)[None]), SCALE.calibration), "file": tmp_path / "none.onnx", "licence": "own", "path": tmp_path / "x.jsonl",
        "code": "AAAA-AAAA-AAAA-AAAA", "act": next(iter(MAY[Role.OFFICER])),
    }  # fmt: skip # a table


def attempt(name: str, act: Callable[..., object], values: dict[str, object]) -> str:
    """“done”, “refused” because of the role, or “unfit”, when what was asked for cannot be."""
    needed = {
        each.name: values[key] if (key := f"{name}.{each.name}") in values else values[each.name]
        for each in inspect.signature(act).parameters.values()
        if each.default is inspect.Parameter.empty
    }
    try:
        act(**needed)
    except (RecordRefused, Refusal):
        return "unfit"
    except OperatorError as refusal:
        return "refused" if "may not" in refusal.template or "Nobody is signed in" in refusal.template else "unfit"
    return "done"


def entries(desk: Desk) -> int:
    with desk.post.store.reading() as session:
        return session.scalar(select(func.count()).select_from(AuditRow)) or 0


def newest(desk: Desk) -> log.AuditEntry:
    with desk.post.store.reading() as session:
        return log.entries(session, limit=1)[0]


@pytest.mark.parametrize("role", [*Role, None])
def test_that_every_act_is_refused_with_an_entry_or_done_with_one(
    desk: Desk, listed: int, tmp_path: Path, role: Role | None
) -> None:
    assert listed
    sign_in(desk, "officer").counter.screen(picture(7, moment=2), source="t")
    values = examples(tmp_path)
    outcomes = {}
    for name, act in acts(desk).items():
        if name in {"close", "people.sign_out"}:
            continue
        if role is None:
            desk.people.sign_out()
        elif desk.person is None or desk.person.role != role:
            sign_in(desk, next(each.login for each in TRAINING_PEOPLE if each.role == role))
        before = entries(desk)
        outcomes[name] = attempt(name, act, values)
        if outcomes[name] == "refused" and name not in WITHOUT_AN_ENTRY:
            assert newest(desk).act == Deed.ACT_REFUSED, name
        if outcomes[name] != "unfit" and name not in WITHOUT_AN_ENTRY:
            assert entries(desk) > before, f"{name} left no entry"
    if role is None:
        done = {name for name, outcome in outcomes.items() if outcome == "done"}
        assert done <= {*WITHOUT_AN_ENTRY, *OPEN_TO_ALL}, "nobody may do what is told to nobody"


def test_that_each_act_is_somebodys_and_not_everybodys(desk: Desk, listed: int, tmp_path: Path) -> None:
    assert listed
    sign_in(desk, "officer").counter.screen(picture(7, moment=2), source="t")
    values = examples(tmp_path)
    outcomes: dict[str, set[str]] = {}
    for each in TRAINING_PEOPLE:
        for name, act in acts(desk).items():
            if name in {*WITHOUT_AN_ENTRY, *OPEN_TO_ALL}:
                continue
            if desk.person is None or desk.person.login != each.login:
                sign_in(desk, each.login)
            outcomes.setdefault(name, set()).add(attempt(name, act, values))
    everybodys = [name for name, found in outcomes.items() if "refused" not in found]
    nobodys = [name for name, found in outcomes.items() if found == {"refused"}]
    assert (everybodys, nobodys) == ([], [])


def test_that_no_room_is_left_out_of_the_walk(desk: Desk) -> None:
    rooms = {
        name
        for name, value in vars(desk).items()
        if not name.startswith("_") and type(value).__module__.startswith("workstation.desk")
    }
    # The lists in memory are the program's own upkeep; windows only have them read.
    assert rooms == {*ROOMS, "lists"}


def test_that_every_reason_for_leaving_no_entry_is_of_an_act_that_exists(desk: Desk) -> None:
    assert set(WITHOUT_AN_ENTRY) <= set(acts(desk))
