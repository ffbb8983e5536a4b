"""suite instructions, and old differences are found."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("wecom_connection", sa.Column("suite_id", sa.String(), nullable=True))
    op.add_column("wecom_connection", sa.Column("suite_slug", sa.String(), nullable=True))
    op.add_column("wecom_connection", sa.Column("suite_token", sa.LargeBinary(), nullable=True))
    op.add_column("wecom_connection", sa.Column("suite_aes_key", sa.LargeBinary(), nullable=True))
    op.add_column(
        "wecom_connection", sa.Column("suite_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.create_unique_constraint(
        op.f("uq_wecom_connection_suite_slug"), "wecom_connection", ["suite_slug"]
    )
    op.create_index(
        "ix_reconciliation_difference_found",
        "reconciliation_difference",
        ["found_at"],
        unique=False,
    )
