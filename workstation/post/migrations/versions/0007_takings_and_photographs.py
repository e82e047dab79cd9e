"""Who took an alert, and what became of a record's photographs: removed, or set first. Both are only ever added to."""

import sqlalchemy as sa
from alembic import op

from watchlists.records import schema
from workstation.post.store import append_only

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLES = ("alert_takings", "portrait_changes")


def upgrade() -> None:
    op.create_table(
        "alert_takings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("at", schema.Moment(), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("given_back", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_alert_takings_alert_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_takings")),
    )
    op.create_index(op.f("ix_alert_takings_alert_id"), "alert_takings", ["alert_id"], unique=False)
    op.create_table(
        "portrait_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("portrait_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=16), nullable=False),
        sa.Column("at", schema.Moment(), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(["portrait_id"], ["portraits.id"], name=op.f("fk_portrait_changes_portrait_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portrait_changes")),
    )
    op.create_index(op.f("ix_portrait_changes_portrait_id"), "portrait_changes", ["portrait_id"], unique=False)
    for table in TABLES:
        for statement in append_only(table):
            op.execute(statement)


def downgrade() -> None:
    """A photograph that was removed is searched again by the earlier program, which knows no removal."""
    for table in TABLES:
        op.drop_index(op.f(f"ix_{table}_{'alert' if table == 'alert_takings' else 'portrait'}_id"), table_name=table)
        op.drop_table(table)
