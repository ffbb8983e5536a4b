"""Texts that followers write to the official account, and the keys under which they are pushed."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "official_letter",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("dedupe_key", sa.String(), nullable=False),
        sa.Column("app_id", sa.String(), nullable=False),
        sa.Column("openid", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_official_letter")),
        sa.UniqueConstraint(
            "tenant_id", "dedupe_key", name=op.f("uq_official_letter_tenant_id_dedupe_key")
        ),
    )
    op.create_index("ix_official_letter_from", "official_letter", ["tenant_id", "openid"])
    op.create_index("ix_official_letter_old", "official_letter", ["received_at"])
    table = "official_account_connection"
    op.add_column(table, sa.Column("push_slug", sa.String(), nullable=True))
    op.add_column(table, sa.Column("push_token", sa.LargeBinary(), nullable=True))
    op.add_column(table, sa.Column("push_aes_key", sa.LargeBinary(), nullable=True))
    op.add_column(table, sa.Column("push_at", sa.DateTime(timezone=True), nullable=True))
    op.create_unique_constraint(
        op.f("uq_official_account_connection_push_slug"), table, ["push_slug"]
    )
