"""When a person signed in last, and whether a new password must be chosen at the next sign-in."""

import sqlalchemy as sa
from alembic import op

from watchlists.records import schema

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("people", sa.Column("last_sign_in_at", schema.Moment(), nullable=True))
    op.add_column("people", sa.Column("must_change_password", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    for column in ("must_change_password", "last_sign_in_at"):
        op.drop_column("people", column)
