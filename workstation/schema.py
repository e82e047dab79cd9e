"""Tables of people, screenings, alerts, verdicts and the audit log. What was decided is append-only by trigger."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column

from watchlists.records.schema import Moment, Stored


class PersonRow(Stored):
    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(16))
    password_hash: Mapped[str] = mapped_column(String(200))
    failures: Mapped[int]
    """Wrong passwords since the last right one."""
    locked_until: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)
    left_at: Mapped[datetime | None] = mapped_column(Moment)
    last_sign_in_at: Mapped[datetime | None] = mapped_column(Moment)
    must_change_password: Mapped[bool] = mapped_column(server_default=false())
    """Whether somebody else set the password: a new one is chosen at the next sign-in."""


class SettingRow(Stored):
    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str]
    """JSON."""


class ScreeningRow(Stored):
    __tablename__ = "screenings"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    officer: Mapped[str] = mapped_column(String(40))
    lane: Mapped[str] = mapped_column(String(40))
    source: Mapped[str] = mapped_column(String(200))
    answer: Mapped[str] = mapped_column(String(16))
    reasons: Mapped[str]
    """JSON list of sentences, English."""
    face: Mapped[str]
    """Box and quality, as JSON; no pixels."""
    receipt: Mapped[str]
    """What the search compared and what it did not, as JSON; empty when nothing was searched."""
    timings_ms: Mapped[str]
    probe: Mapped[bytes | None]
    """PNG of the frame, kept only when a lead was raised."""
    template: Mapped[bytes | None]
    """Raw little-endian float32, kept only when a lead was raised."""
    document: Mapped[str] = mapped_column(server_default="")
    """How the document was captured and what its checks said, as JSON; what is printed on it only when a lead was raised."""
    page: Mapped[bytes | None]
    """PNG of the document's page, kept only when a lead was raised; so is `portrait`."""
    portrait: Mapped[bytes | None]
    """PNG of the holder's portrait."""
    no_photo: Mapped[str] = mapped_column(String(200), server_default="")
    """Why no photograph of the traveller was possible; empty when there is one."""
    notes: Mapped[str] = mapped_column(server_default="[]")
    """JSON list of what was noticed while the picture was taken, as `sentences.frozen` gives it."""
    after_id: Mapped[int | None] = mapped_column(ForeignKey("screenings.id"))
    """The earlier screening of the same traveller that this one takes the place of."""


class AlertRow(Stored):
    __tablename__ = "alerts"

    id: Mapped[int] = mapped_column(primary_key=True)
    screening_id: Mapped[int] = mapped_column(ForeignKey("screenings.id"), unique=True)
    raised_at: Mapped[datetime] = mapped_column(Moment)
    after_id: Mapped[int | None] = mapped_column(ForeignKey("alerts.id"))
    """The earlier alert on the same traveller that this one takes the place of."""


class CandidateRow(Stored):
    """One candidate of an alert, frozen as it was shown."""

    __tablename__ = "candidates"

    alert_id: Mapped[int] = mapped_column(ForeignKey("alerts.id"), primary_key=True)
    rank: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"))
    record_version: Mapped[int]
    portrait_id: Mapped[int | None] = mapped_column(ForeignKey("portraits.id"))
    """The photograph shown beside the traveller; None for a record without one."""
    watchlist_id: Mapped[int] = mapped_column(ForeignKey("watchlists.id"))
    watchlist_version: Mapped[int]
    purpose: Mapped[str] = mapped_column(String(16))
    distance: Mapped[float | None]
    """Between the traveller and the photograph; None when they were not compared. Beyond `threshold` the face is no ground."""
    threshold: Mapped[float | None]
    encoder: Mapped[str] = mapped_column(String(64))
    """Empty when no faces were compared."""
    closeness: Mapped[str]
    """How many strangers look this close and what else was said of it, as JSON; empty on alerts of the first version."""
    grounds: Mapped[str] = mapped_column(server_default="")
    """Why it is a candidate and how that agreed, as JSON; empty, the face alone, on alerts before schema 0003."""


class TravelGroupRow(Stored):
    """Travellers who were said to travel together."""

    __tablename__ = "travel_groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    opened_by: Mapped[str] = mapped_column(String(40))


class CompanionRow(Stored):
    """One traveller of a group, as stated at the counter."""

    __tablename__ = "companions"

    screening_id: Mapped[int] = mapped_column(ForeignKey("screenings.id"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("travel_groups.id"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    by: Mapped[str] = mapped_column(String(40))


class VerdictRow(Stored):
    __tablename__ = "verdicts"

    id: Mapped[int] = mapped_column(primary_key=True)
    alert_id: Mapped[int] = mapped_column(ForeignKey("alerts.id"), index=True)
    rank: Mapped[int]
    """The candidate that was looked at."""
    officer: Mapped[str] = mapped_column(String(40))
    view: Mapped[str] = mapped_column(String(20))
    reasons: Mapped[str]
    """JSON list of the features that decided."""
    note: Mapped[str] = mapped_column(String(1000))
    at: Mapped[datetime] = mapped_column(Moment)


class AuditRow(Stored):
    """A leaf of the log. `commitment` = SHA-256(salt || body): erasing salt and body later keeps every proof valid."""

    __tablename__ = "audit_entries"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Counts from 0 without a gap."""
    commitment: Mapped[bytes]
    salt: Mapped[bytes]
    body: Mapped[str]
    """Canonical JSON: at, actor, act, subject, details, training."""


class CheckpointRow(Stored):
    __tablename__ = "audit_checkpoints"

    size: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Number of entries that the checkpoint covers."""
    note: Mapped[str]
    """A signed note (C2SP): origin, size, root, time, then the Ed25519 signature of the post."""


class FrontierRow(Stored):
    """The roots of the log's perfect subtrees, so that an append need not read the log."""

    __tablename__ = "audit_frontier"

    height: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[bytes]


class NearestDistanceRow(Stored):
    """How near the nearest entry lay to one traveller: a number, with no way back to the traveller or the entry."""

    __tablename__ = "nearest_distances"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(String(10), index=True)
    lane: Mapped[str] = mapped_column(String(40))
    entries: Mapped[int]
    """Entries that were searched."""
    distance: Mapped[float]
    """Normalised."""
    calibration: Mapped[str] = mapped_column(String(64))
    """Digest of encoder and cohort: numbers of another scale are never mixed."""


class ThresholdRow(Stored):
    """The distances that counted from a moment on."""

    __tablename__ = "thresholds"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    why: Mapped[str] = mapped_column(String(200))
    points: Mapped[str]
    """Entries, budget, distance and expected false alerts by purpose, and the local factor, as JSON."""


class BudgetProposalRow(Stored):
    """Alert budgets that one person asks for; they count when a second person confirms them."""

    __tablename__ = "budget_proposals"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    by: Mapped[str] = mapped_column(String(40))
    budgets: Mapped[str]
    """False alerts per 1,000 travellers by purpose, as JSON."""
    reason: Mapped[str] = mapped_column(String(400))
    forecast: Mapped[str]
    """What the person was shown before saving, as JSON."""


class BudgetDecisionRow(Stored):
    __tablename__ = "budget_decisions"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("budget_proposals.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    by: Mapped[str] = mapped_column(String(40))
    confirmed: Mapped[bool]
    """False: it was turned down or taken back."""
