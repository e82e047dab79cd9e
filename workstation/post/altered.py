"""A post whose log or store was proved altered: everybody hears it, and the counter goes on only under a supervisor's name.

What was found is kept and is an entry, so that it stays even when a later opening does not see it; a supervisor answers for
it with a reason, which lapses after a shift.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from workstation.accountability import log
from workstation.accountability.acts import Deed
from workstation.errors import OperatorError
from workstation.post.log_signing import PROGRAM
from workstation.schema import SettingRow
from workstation.sentences import Sentence

LAPSES = timedelta(hours=12)
LONGEST_REASON = 400
_KEPT_IN_LOG = 20
_FOUND, _ANSWERED = "faults_found", "faults_answered_for"
NOBODY = (
    "The log or the store of this post was altered. Nothing is screened until a supervisor answers for it, in the"
    " window or with: amaan audit answer-for"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a post stands: sound, altered, or altered and answered for."""

    faults: tuple[str, ...]
    answered_by: str = ""
    until: datetime | None = None

    @property
    def altered(self) -> bool:
        return bool(self.faults)

    @property
    def may_go_on(self) -> bool:
        return not self.faults or bool(self.answered_by)


def standing(session: Session, now: datetime, present: Sequence[Sentence]) -> Standing:
    """With the faults `present` found by this opening, and those that were kept and nobody answered for."""
    answered = _read(session, _ANSWERED)
    kept = _read(session, _FOUND).get("faults", [])
    faults = tuple(dict.fromkeys([*(str(fault) for fault in present), *kept]))
    if not faults or not answered:
        return Standing(faults)
    until = datetime.fromisoformat(answered["until"])
    covered = set(faults) <= set(answered["faults"]) and now < until
    return Standing(faults, answered["by"], until) if covered else Standing(faults)


def any_kept(session: Session) -> bool:
    """Whether anything was ever found."""
    return session.get(SettingRow, _FOUND) is not None


def tell(session: Session, now: datetime, present: Sequence[Sentence], *, training: bool) -> None:
    """Keep what was found that nobody has answered for, and make it an entry; nothing when it is known already."""
    said = [str(fault) for fault in present]
    known = {*_read(session, _FOUND).get("faults", []), *_read(session, _ANSWERED).get("faults", [])}
    new = [fault for fault in said if fault not in known]
    if not new:
        return
    _keep(session, _FOUND, {"faults": [*_read(session, _FOUND).get("faults", []), *new]})
    details = {"count": len(new), "faults": new[:_KEPT_IN_LOG]}
    log.append(session, now, PROGRAM, Deed.FAULT_FOUND, "audit", details, training=training)


def answer_for(session: Session, now: datetime, login: str, reason: str, present: Sequence[Sentence]) -> dict[str, object]:
    """The person takes it on until LAPSES; what the entry says of it. OperatorError without faults or a reason."""
    faults = check_reason(session, now, reason, present)
    until = (now + LAPSES).isoformat()
    _keep(session, _FOUND, {"faults": []})
    _keep(session, _ANSWERED, {"faults": list(faults), "by": login, "until": until})
    return {"faults": list(faults[:_KEPT_IN_LOG]), "count": len(faults), "reason": reason.strip(), "until": until}


def check_reason(session: Session, now: datetime, reason: str, present: Sequence[Sentence]) -> tuple[str, ...]:
    """The faults that the reason is for. OperatorError without faults or a reason."""
    faults = standing(session, now, present).faults
    if not faults:
        raise OperatorError("Nothing was found altered at this post. There is nothing to answer for.")
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise OperatorError("Enter why the counter may go on, in at most {longest} characters.", longest=LONGEST_REASON)
    return faults


def _read(session: Session, name: str) -> dict[str, Any]:
    row = session.get(SettingRow, name)
    return {} if row is None else json.loads(row.value)


def _keep(session: Session, name: str, value: dict[str, object]) -> None:
    session.merge(SettingRow(name=name, value=json.dumps(value)))
    session.flush()
