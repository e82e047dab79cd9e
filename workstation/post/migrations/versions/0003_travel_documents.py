"""Travel documents: candidates by name and number, what was captured of a document, companions, folded numbers."""

import sqlalchemy as sa
from alembic import op

from watchlists.traits import numbers
from watchlists.records import schema
from workstation.post.store import append_only

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

APPEND_ONLY = ("travel_groups", "companions")
_KEPT = (
    "alert_id, rank, record_id, record_version, portrait_id, watchlist_id, watchlist_version, purpose, distance, threshold,"
    " encoder, closeness"
)


def upgrade() -> None:
    _fold_numbers()
    op.create_table(
        "travel_groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opened_at", schema.Moment(), nullable=False),
        sa.Column("opened_by", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_travel_groups")),
    )
    op.create_table(
        "companions",
        sa.Column("screening_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("at", schema.Moment(), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["travel_groups.id"], name=op.f("fk_companions_group_id")),
        sa.ForeignKeyConstraint(["screening_id"], ["screenings.id"], name=op.f("fk_companions_screening_id")),
        sa.PrimaryKeyConstraint("screening_id", name=op.f("pk_companions")),
    )
    op.create_index(op.f("ix_companions_group_id"), "companions", ["group_id"], unique=False)
    op.add_column("screenings", sa.Column("document", sa.String(), nullable=False, server_default=""))
    op.add_column("screenings", sa.Column("page", sa.LargeBinary(), nullable=True))
    op.add_column("screenings", sa.Column("portrait", sa.LargeBinary(), nullable=True))
    op.add_column("screenings", sa.Column("no_photo", sa.String(length=200), nullable=False, server_default=""))
    op.add_column("screenings", sa.Column("notes", sa.String(), nullable=False, server_default="[]"))
    for table in ("screenings", "alerts"):
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN after_id INTEGER CONSTRAINT fk_{table}_after_id REFERENCES {table} (id)"
        )
    _make_candidates(needed=False)
    for table in APPEND_ONLY:
        for statement in append_only(table):
            op.execute(statement)


def downgrade() -> None:
    """Candidates without a compared face go: the earlier program cannot show them."""
    _make_candidates(needed=True)
    op.drop_column("alerts", "after_id")
    for column in ("after_id", "notes", "no_photo", "portrait", "page", "document"):
        op.drop_column("screenings", column)
    op.drop_index(op.f("ix_companions_group_id"), table_name="companions")
    op.drop_table("companions")
    op.drop_table("travel_groups")
    op.drop_index("ix_record_versions_folded_numbers", table_name="record_versions")
    op.drop_column("record_versions", "folded_numbers")


def _fold_numbers() -> None:
    """The versions are append-only; their folded numbers are no new statement, so the guard is lifted while they are filled."""
    op.add_column("record_versions", sa.Column("folded_numbers", sa.String(length=80), nullable=False, server_default=""))
    op.create_index("ix_record_versions_folded_numbers", "record_versions", ["folded_numbers"], unique=False)
    changing, _ = append_only("record_versions")
    op.execute("DROP TRIGGER record_versions_update")
    versions = sa.table("record_versions", sa.column("document_number"), sa.column("folded_numbers"))
    here = op.get_bind()
    for (text,) in here.execute(sa.select(versions.c.document_number).where(versions.c.document_number != "").distinct()).all():
        folded = numbers.for_finding(text)
        here.execute(sa.update(versions).where(versions.c.document_number == text).values(folded_numbers=folded))
    op.execute(changing)


def _make_candidates(*, needed: bool) -> None:
    """Candidates anew, with or without the need of a face; the rows are kept as they were."""
    op.rename_table("candidates", "candidates_before")
    op.create_table(
        "candidates",
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("record_version", sa.Integer(), nullable=False),
        sa.Column("portrait_id", sa.Integer(), nullable=not needed),
        sa.Column("watchlist_id", sa.Integer(), nullable=False),
        sa.Column("watchlist_version", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("distance", sa.Double(), nullable=not needed),
        sa.Column("threshold", sa.Double(), nullable=not needed),
        sa.Column("encoder", sa.String(length=64), nullable=False),
        sa.Column("closeness", sa.String(), nullable=False, server_default=""),
        *(() if needed else (sa.Column("grounds", sa.String(), nullable=False, server_default=""),)),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_candidates_alert_id")),
        sa.ForeignKeyConstraint(["portrait_id"], ["portraits.id"], name=op.f("fk_candidates_portrait_id")),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name=op.f("fk_candidates_record_id")),
        sa.ForeignKeyConstraint(["watchlist_id"], ["watchlists.id"], name=op.f("fk_candidates_watchlist_id")),
        sa.PrimaryKeyConstraint("alert_id", "rank", name=op.f("pk_candidates")),
    )
    compared = "WHERE distance IS NOT NULL AND portrait_id IS NOT NULL" if needed else ""
    op.execute(f"INSERT INTO candidates ({_KEPT}) SELECT {_KEPT} FROM candidates_before {compared}")
    op.drop_table("candidates_before")
    for statement in append_only("candidates"):
        op.execute(statement)
