"""How many false alerts a post accepts for each purpose. One person asks for a change, another one confirms it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from watchlists.records.purposes import Purpose
from workstation.errors import OperatorError
from workstation.schema import BudgetDecisionRow, BudgetProposalRow, SettingRow

Budgets = Mapping[Purpose, float]
"""False alerts per 1,000 travellers by purpose."""

DEFAULT: Budgets = MappingProxyType({Purpose.PROTECT: 1.0, Purpose.REFER: 0.5, Purpose.DOCUMENT: 0.25, Purpose.INFORM: 0.25})
MOST = 50.0
_SETTING = "alert_budgets"


@dataclass(frozen=True, slots=True)
class Proposal:
    proposal_id: int
    at: datetime
    by: str
    budgets: Budgets
    reason: str
    forecast: Mapping[str, object]
    """What was shown to the person who asked."""
    decided_by: str
    """Empty while nobody has decided."""
    confirmed: bool


def budgets(session: Session) -> Budgets:
    """Those that count now."""
    row = session.get(SettingRow, _SETTING)
    return read(row.value) if row is not None else DEFAULT


def propose(session: Session, now: datetime, by: str, wanted: Budgets, reason: str, forecast: Mapping[str, object]) -> int:
    """The id of a new proposal. OperatorError names what is wrong with it."""
    check(wanted)
    if dict(wanted) == dict(budgets(session)):
        raise OperatorError("These are the budgets that count already. Change one of them first.")
    if not reason.strip():
        raise OperatorError("Enter why the budget should change.")
    waiting = next((each for each in proposals(session) if not each.decided_by), None)
    if waiting is not None:
        raise OperatorError("{person} has asked for a change already. Confirm it or turn it down first.", person=waiting.by)
    row = BudgetProposalRow(
        at=now, by=by, budgets=_written(wanted), reason=reason.strip()[:400], forecast=json.dumps(forecast, sort_keys=True)
    )
    session.add(row)
    session.flush()
    return row.id


def decide(session: Session, now: datetime, by: str, proposal_id: int, *, confirmed: bool) -> Proposal:
    """Confirm a proposal of somebody else, or turn it down; its author may only take it back."""
    found = next((each for each in proposals(session) if each.proposal_id == proposal_id), None)
    if found is None or found.decided_by:
        raise OperatorError("This change is not waiting any more. Read the page again.")
    if confirmed and found.by == by:
        raise OperatorError("You asked for this change yourself. A second person confirms it.")
    session.add(BudgetDecisionRow(proposal_id=proposal_id, at=now, by=by, confirmed=confirmed))
    if confirmed:
        session.merge(SettingRow(name=_SETTING, value=_written(found.budgets)))
    session.flush()
    return found


def proposals(session: Session) -> tuple[Proposal, ...]:
    """Newest first."""
    rows = session.execute(
        select(BudgetProposalRow, BudgetDecisionRow)
        .outerjoin(BudgetDecisionRow, BudgetDecisionRow.proposal_id == BudgetProposalRow.id)
        .order_by(BudgetProposalRow.id.desc())
    )
    return tuple(
        Proposal(
            proposal_id=row.id,
            at=row.at,
            by=row.by,
            budgets=read(row.budgets),
            reason=row.reason,
            forecast=json.loads(row.forecast),
            decided_by=decision.by if decision else "",
            confirmed=bool(decision and decision.confirmed),
        )
        for row, decision in rows
    )


def check(wanted: Budgets) -> None:
    """OperatorError unless each purpose has a budget that can be kept."""
    for purpose in Purpose:
        if not 0 < wanted.get(purpose, 0) <= MOST:
            raise OperatorError(
                "The budget for {purpose} takes more than 0 and at most {most} false alerts per 1,000 travellers.",
                purpose=purpose.value,
                most=f"{MOST:g}",
            )


def read(text: str) -> Budgets:
    return {Purpose(name): float(value) for name, value in json.loads(text).items()}


def _written(wanted: Budgets) -> str:
    return json.dumps({purpose.value: float(wanted[purpose]) for purpose in Purpose})
