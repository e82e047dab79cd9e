"""What can be checked in a second while a post opens, however long its log: the newest checkpoints and entries, and the rows
that decide who may do what and what counts. The rest is for `verifying`.
"""

from sqlalchemy.orm import Session

from workstation.accountability import contents, log, signed_notes, verifying
from workstation.accountability.verifying import Trust
from workstation.sentences import Sentence

SHORT = 2000
"""Entries of a log that is verified whole at once."""
_SMALL = ("people", "settings", "watchlists", "budget_proposals", "budget_decisions", "thresholds")
_NEWEST = 3


def quick(session: Session, trust: Trust) -> tuple[Sentence, ...]:
    """Faults of the newest checkpoints, of the numbers that they say were reached, and of the small tables."""
    found = verifying.Found()
    _newest(session, trust, found)
    for kind in _SMALL:
        query = (
            "SELECT b.key, b.entry, b.digest, b.salt FROM row_bindings b WHERE b.kind = ? AND b.entry ="
            " (SELECT max(entry) FROM row_bindings WHERE kind = b.kind AND key = b.key)"
        )
        rows = contents.raw_rows(session, query, kind)
        verifying.compare(session, {key: (entry, digest, salt) for key, entry, digest, salt in rows}, kind, found)
    return found.all()


def _newest(session: Session, trust: Trust, found: verifying.Found) -> None:
    here = log.stored_frontier(session)
    highest = next(contents.raw_rows(session, "SELECT max(number) FROM audit_entries"))[0]
    if (highest or 0) + 1 != here.size:
        found.say("The entries do not add up to the tree that was kept with them.")
    newest = contents.raw_rows(session, "SELECT note FROM audit_checkpoints ORDER BY size DESC LIMIT ?", _NEWEST)
    inside = [note for (note,) in newest]
    reached = log.reached(session)
    for note in {*inside, *trust.outside.notes[-_NEWEST:], *trust.second_copy.notes[-_NEWEST:]}:
        try:
            checkpoint = signed_notes.opened(note, trust.origin, trust.public_key)
        except ValueError as error:
            found.say("One of the newest checkpoints cannot be trusted: {why}.", why=str(error))
            continue
        if checkpoint.size == here.size and checkpoint.root != here.root():
            said = "The first {size} entries are not those that were signed: one was changed, removed, added or moved."
            found.say(said, size=checkpoint.size)
        for table, number in checkpoint.reached.items():
            if reached.get(table, 0) < number:
                said = "{what} was signed for, but the store ends before it."
                found.say(said, what=contents.spoken(table, str(number)))
    if inside and trust.outside.missing:
        found.say("The checkpoints kept outside the store are gone.")
