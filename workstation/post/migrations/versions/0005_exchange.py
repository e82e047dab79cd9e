"""Lists that travel: what a source calls a record, and photographs of a delivery that were read already."""

import sqlalchemy as sa
from alembic import op

from watchlists.records import schema

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "source_references",
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("watchlist_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name=op.f("fk_source_references_record_id")),
        sa.ForeignKeyConstraint(["watchlist_id"], ["watchlists.id"], name=op.f("fk_source_references_watchlist_id")),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_source_references")),
        sa.UniqueConstraint("watchlist_id", "reference", name=op.f("uq_source_references_watchlist_id")),
    )
    op.create_table(
        "read_photographs",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("encoder", sa.String(length=64), nullable=False),
        sa.Column("face", sa.String(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.Column("refusal", sa.String(), nullable=False),
        sa.Column("read_at", schema.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("digest", "encoder", name=op.f("pk_read_photographs")),
    )


def downgrade() -> None:
    op.drop_table("read_photographs")
    op.drop_table("source_references")
