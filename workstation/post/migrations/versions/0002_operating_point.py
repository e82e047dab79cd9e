"""The operating point: normalisers, photo dates, frozen closeness, budgets that two people confirm, distances as numbers."""

import sqlalchemy as sa
from alembic import op

from watchlists.records import schema
from workstation.post.store import append_only

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APPEND_ONLY = ("thresholds", "budget_proposals", "budget_decisions")


def upgrade() -> None:
    op.add_column("templates", sa.Column("cohort", sa.String(length=64), nullable=False, server_default=""))
    op.add_column("templates", sa.Column("normaliser", sa.Double(), nullable=False, server_default="0"))
    op.add_column("portraits", sa.Column("taken_on", sa.String(length=10), nullable=False, server_default=""))
    op.add_column("portraits", sa.Column("age", sa.Integer(), nullable=True))
    op.add_column("candidates", sa.Column("closeness", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "nearest_distances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("lane", sa.String(length=40), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("distance", sa.Double(), nullable=False),
        sa.Column("calibration", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nearest_distances")),
    )
    op.create_index(op.f("ix_nearest_distances_day"), "nearest_distances", ["day"], unique=False)
    op.create_table(
        "thresholds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", schema.Moment(), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("points", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thresholds")),
    )
    op.create_table(
        "budget_proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", schema.Moment(), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("budgets", sa.String(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("forecast", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_proposals")),
    )
    op.create_table(
        "budget_decisions",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("at", schema.Moment(), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["budget_proposals.id"], name=op.f("fk_budget_decisions_proposal_id")
        ),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_budget_decisions")),
    )
    for table in APPEND_ONLY:
        for statement in append_only(table):
            op.execute(statement)


def downgrade() -> None:
    for table in ("budget_decisions", "budget_proposals", "thresholds"):
        op.drop_table(table)
    op.drop_index(op.f("ix_nearest_distances_day"), table_name="nearest_distances")
    op.drop_table("nearest_distances")
    op.drop_column("candidates", "closeness")
    op.drop_column("portraits", "age")
    op.drop_column("portraits", "taken_on")
    op.drop_column("templates", "normaliser")
    op.drop_column("templates", "cohort")
