"""The log at the desk: read it, verify it, hand it to whoever checks it elsewhere."""

from pathlib import Path

from workstation.accountability import log
from workstation.accountability.log import AuditEntry, AuditReport
from workstation.post.access import Act
from workstation.post.acting import Changed, Done, Seat


class Log:
    def __init__(self, seat: Seat) -> None:
        self._seat = seat

    def entries(self, *, offset: int = 0, limit: int = 200, text: str = "") -> tuple[AuditEntry, ...]:
        self._seat.require(Act.READ_AUDIT)
        with self._seat.post.store.reading() as session:
            return log.entries(session, offset=offset, limit=limit, text=text)

    def verify(self) -> Done[AuditReport]:
        self._seat.require(Act.VERIFY_AUDIT)
        report = self._seat.post.verify_audit()
        with self._seat.acting(Act.VERIFY_AUDIT) as (session, person, _):
            details = {"size": report.size, "root": report.root, "faults": len(report.faults)}
            self._seat.log(session, person.login, "audit.verified", "audit", details)
        return Done(report, Changed.AUDIT)

    def export(self, path: Path) -> Done[Path]:
        with self._seat.acting(Act.READ_AUDIT) as (session, person, _):
            self._seat.log(session, person.login, "audit.exported", "audit", {"file": path.name})
        self._seat.post.export_audit(path)
        return Done(path, Changed.AUDIT)
