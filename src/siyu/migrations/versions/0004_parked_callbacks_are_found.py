"""Parked callbacks are found."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_wecom_inbox_parked",
        "wecom_inbox",
        ["tenant_id", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'parked'"),
    )
