"""The first schema: lists, people, screenings, alerts, verdicts and the log."""

import sqlalchemy as sa
from alembic import op

from watchlists.records import schema
from workstation.post.store import append_only

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = ("record_versions", "alerts", "candidates", "verdicts", "audit_entries", "audit_checkpoints")


def upgrade() -> None:
    op.create_table(
        "audit_checkpoints",
        sa.Column("size", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_audit_checkpoints")),
    )
    op.create_table(
        "audit_entries",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("commitment", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_entries")),
    )
    op.create_table(
        "audit_frontier",
        sa.Column("height", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("height", name=op.f("pk_audit_frontier")),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", schema.Moment(), nullable=True),
        sa.Column("created_at", schema.Moment(), nullable=False),
        sa.Column("left_at", schema.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("login", name=op.f("uq_people_login")),
    )
    op.create_table(
        "screenings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", schema.Moment(), nullable=False),
        sa.Column("officer", sa.String(length=40), nullable=False),
        sa.Column("lane", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("answer", sa.String(length=16), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("face", sa.String(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("timings_ms", sa.String(), nullable=False),
        sa.Column("probe", sa.LargeBinary(), nullable=True),
        sa.Column("template", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screenings")),
    )
    op.create_table(
        "settings",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_settings")),
    )
    op.create_table(
        "watchlists",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", schema.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watchlists")),
        sa.UniqueConstraint("name", name=op.f("uq_watchlists_name")),
    )
    op.create_table(
        "alerts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("screening_id", sa.Integer(), nullable=False),
        sa.Column("raised_at", schema.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["screening_id"], ["screenings.id"], name=op.f("fk_alerts_screening_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sa.UniqueConstraint("screening_id", name=op.f("uq_alerts_screening_id")),
    )
    op.create_table(
        "records",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("watchlist_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", schema.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["watchlist_id"], ["watchlists.id"], name=op.f("fk_records_watchlist_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records")),
    )
    op.create_index(op.f("ix_records_watchlist_id"), "records", ["watchlist_id"], unique=False)
    op.create_table(
        "portraits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("image", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("face", sa.String(), nullable=False),
        sa.Column("added_at", schema.Moment(), nullable=False),
        sa.Column("added_by", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name=op.f("fk_portraits_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portraits")),
        sa.UniqueConstraint("record_id", "digest", name=op.f("uq_portraits_record_id")),
    )
    op.create_index(op.f("ix_portraits_record_id"), "portraits", ["record_id"], unique=False)
    op.create_table(
        "record_versions",
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("surname", sa.String(length=120), nullable=False),
        sa.Column("given_names", sa.String(length=120), nullable=False),
        sa.Column("other_names", sa.String(length=400), nullable=False),
        sa.Column("folded_names", sa.String(length=700), nullable=False),
        sa.Column("birth_date", sa.String(length=10), nullable=False),
        sa.Column("sex", sa.String(length=1), nullable=False),
        sa.Column("nationality", sa.String(length=3), nullable=False),
        sa.Column("document_number", sa.String(length=40), nullable=False),
        sa.Column("legal_basis", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=400), nullable=False),
        sa.Column("review_date", sa.String(length=10), nullable=False),
        sa.Column("changed_at", schema.Moment(), nullable=False),
        sa.Column("changed_by", sa.String(length=40), nullable=False),
        sa.Column("change_reason", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name=op.f("fk_record_versions_record_id")),
        sa.PrimaryKeyConstraint("record_id", "version", name=op.f("pk_record_versions")),
    )
    op.create_index("ix_record_versions_folded_names", "record_versions", ["folded_names"], unique=False)
    op.create_table(
        "verdicts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("officer", sa.String(length=40), nullable=False),
        sa.Column("view", sa.String(length=20), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("at", schema.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_verdicts_alert_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdicts")),
    )
    op.create_index(op.f("ix_verdicts_alert_id"), "verdicts", ["alert_id"], unique=False)
    op.create_table(
        "candidates",
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("record_version", sa.Integer(), nullable=False),
        sa.Column("portrait_id", sa.Integer(), nullable=False),
        sa.Column("watchlist_id", sa.Integer(), nullable=False),
        sa.Column("watchlist_version", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("distance", sa.Double(), nullable=False),
        sa.Column("threshold", sa.Double(), nullable=False),
        sa.Column("encoder", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_candidates_alert_id")),
        sa.ForeignKeyConstraint(["portrait_id"], ["portraits.id"], name=op.f("fk_candidates_portrait_id")),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name=op.f("fk_candidates_record_id")),
        sa.ForeignKeyConstraint(["watchlist_id"], ["watchlists.id"], name=op.f("fk_candidates_watchlist_id")),
        sa.PrimaryKeyConstraint("alert_id", "rank", name=op.f("pk_candidates")),
    )
    op.create_table(
        "templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("portrait_id", sa.Integer(), nullable=False),
        sa.Column("encoder", sa.String(length=64), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["portrait_id"], ["portraits.id"], name=op.f("fk_templates_portrait_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_templates")),
        sa.UniqueConstraint("portrait_id", "encoder", name=op.f("uq_templates_portrait_id")),
    )
    op.create_index(op.f("ix_templates_portrait_id"), "templates", ["portrait_id"], unique=False)
    for table in APPEND_ONLY:
        for statement in append_only(table):
            op.execute(statement)


def downgrade() -> None:
    op.drop_index(op.f("ix_templates_portrait_id"), table_name="templates")
    op.drop_table("templates")
    op.drop_table("candidates")
    op.drop_index(op.f("ix_verdicts_alert_id"), table_name="verdicts")
    op.drop_table("verdicts")
    op.drop_index("ix_record_versions_folded_names", table_name="record_versions")
    op.drop_table("record_versions")
    op.drop_index(op.f("ix_portraits_record_id"), table_name="portraits")
    op.drop_table("portraits")
    op.drop_index(op.f("ix_records_watchlist_id"), table_name="records")
    op.drop_table("records")
    op.drop_table("alerts")
    op.drop_table("watchlists")
    op.drop_table("settings")
    op.drop_table("screenings")
    op.drop_table("people")
    op.drop_table("audit_frontier")
    op.drop_table("audit_entries")
    op.drop_table("audit_checkpoints")
