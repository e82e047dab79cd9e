"""The log at the desk: read it, verify it, hand it to whoever checks it elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from workstation.accountability import log, signed_notes
from workstation.accountability.acts import Deed
from workstation.accountability.log import AuditEntry
from workstation.accountability.receipt_signatures import is_signed
from workstation.accountability.verifying import AuditReport
from workstation.errors import OperatorError
from workstation.post import altered
from workstation.post.access import Act
from workstation.post.acting import Changed, Done, Seat
from workstation.post.altered import Standing
from workstation.post.log_signing import ShortCode
from workstation.schema import CheckpointRow, ScreeningRow


@dataclass(frozen=True, slots=True)
class CheckedReceipt:
    screening_id: int
    at: datetime
    text: str
    """The receipt as it stands in the store: JSON."""
    genuine: bool
    """Whether this post signed exactly this text."""


class Log:
    def __init__(self, seat: Seat) -> None:
        self._seat = seat

    def entries(self, *, offset: int = 0, limit: int = 200, text: str = "") -> tuple[AuditEntry, ...]:
        """Entries newest first, those before this look."""
        self._seat.require(Act.READ_AUDIT)
        with self._seat.post.store.reading() as session:
            found = log.entries(session, offset=offset, limit=limit, text=text)
        self._seat.looked(Deed.AUDIT_READ, "audit", {"words": len(text.split())})
        return found

    def verify(self, progress: Callable[[int, int], None] = lambda _done, _all: None) -> Done[AuditReport]:
        """Everything recomputed and compared; `progress` hears how many entries of how many."""
        self._seat.require(Act.VERIFY_AUDIT)
        report = self._seat.post.verify_audit(progress)
        with self._seat.acting(Act.VERIFY_AUDIT) as (session, person, now):
            details = {"size": report.size, "root": report.root, "faults": len(report.faults)}
            self._seat.log(session, person.login, Deed.AUDIT_VERIFIED, "audit", details)
            altered.tell(session, now, self._seat.post.faults, training=self._seat.post.facts.training)
        return Done(report, Changed.AUDIT)

    def export(self, path: Path, *, whole: bool = False) -> Done[Path]:
        """The log for the stand-alone verifier; `whole`: with what every row says, personal data too."""
        with self._seat.acting(Act.READ_AUDIT) as (session, person, _):
            self._seat.log(session, person.login, Deed.AUDIT_EXPORTED, "audit", {"file": path.name, "whole": whole})
        self._seat.post.export_audit(path, whole=whole)
        return Done(path, Changed.AUDIT)

    def receipt(self, screening_id: int) -> Done[CheckedReceipt]:
        """What one screening compared and what it did not, and whether the post signed exactly that."""
        with self._seat.acting(Act.READ_AUDIT) as (session, person, _):
            row = session.get(ScreeningRow, screening_id)
            if row is None:
                raise OperatorError("There is no screening {screening}. Enter the number of one.", screening=screening_id)
            if not row.receipt:
                raise OperatorError("Screening {screening} has no receipt: nothing was searched.", screening=screening_id)
            genuine = is_signed(row.receipt, self._seat.post.signing_key.public_key(), self._seat.post.facts.id)
            found = CheckedReceipt(screening_id, row.at, row.receipt, genuine)
            details = {"genuine": genuine}
            self._seat.log(session, person.login, Deed.RECEIPT_READ, f"screening:{screening_id}", details)
        return Done(found, Changed.AUDIT)

    def code(self) -> ShortCode:
        """Of the last checkpoint, for writing down: whoever puts the post back in time cannot show it again."""
        self._seat.require(Act.VERIFY_AUDIT)
        self._seat.post.checkpoint(self._seat.clock())
        found = self._seat.post.log_signing.short_code()
        self._seat.looked(Deed.AUDIT_READ, "audit", {"code_of": found.entries})
        return found

    def entries_of_code(self, code: str) -> int | None:
        """How many entries the checkpoint with this code covers; None when the store has none with it."""
        self._seat.require(Act.VERIFY_AUDIT)
        wanted = code.strip().upper()
        with self._seat.post.store.reading() as session:
            rows = session.execute(select(CheckpointRow.size, CheckpointRow.note))
            found = next((size for size, note in rows if signed_notes.code(note) == wanted), None)
        self._seat.looked(Deed.AUDIT_READ, "audit", {"code_covers": found})
        return found

    def accept_loss(self, reason: str) -> Done[Standing]:
        """Go on with a store that ends before what was signed: its end is lost, and the log says who accepted that, and why."""
        self._seat.require(Act.ANSWER_FOR_FAULTS)
        post = self._seat.post
        with post.store.reading() as session:
            altered.check_reason(session, self._seat.clock(), reason, post.faults)
        lost = post.log_signing.after_a_loss(post.store, self._seat.clock())
        with self._seat.acting(Act.ANSWER_FOR_FAULTS) as (session, person, now):
            details = altered.answer_for(session, now, person.login, reason, post.faults)
            self._seat.log(session, person.login, Deed.LOSS_ACCEPTED, "audit", details | lost)
        return Done(self._seat.standing(), Changed.AUDIT | Changed.SESSION)

    def answer_for_faults(self, reason: str) -> Done[Standing]:
        """A supervisor lets the counter of an altered post go on, under the own name and for a shift."""
        with self._seat.acting(Act.ANSWER_FOR_FAULTS) as (session, person, now):
            details = altered.answer_for(session, now, person.login, reason, self._seat.post.faults)
            self._seat.log(session, person.login, Deed.ANSWERED_FOR, "audit", details)
        return Done(self._seat.standing(), Changed.AUDIT | Changed.SESSION)
