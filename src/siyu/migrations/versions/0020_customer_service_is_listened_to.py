"""customer service is listened to; why staff marked somebody."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "service_channel",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("open_kfid", sa.String(), nullable=False),
        sa.Column("cursor", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "open_kfid", name=op.f("pk_service_channel")),
    )
    op.add_column(
        "sensitivity_mark", sa.Column("reason", sa.String(), nullable=False, server_default="")
    )
    op.alter_column("sensitivity_mark", "reason", server_default=None)
