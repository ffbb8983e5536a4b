"""Reconciliation."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reconciliation_plan",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("hour", sa.BigInteger(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("hour between 0 and 23", name=op.f("ck_reconciliation_plan_hour")),
        sa.PrimaryKeyConstraint("tenant_id", name=op.f("pk_reconciliation_plan")),
    )
    op.create_table(
        "reconciliation_difference",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("run_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("identity_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_account_id", sa.BigInteger(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind in ('missing', 'returned', 'gone', 'details', 'remark', 'tags')",
            name=op.f("ck_reconciliation_difference_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "identity_id"],
            ["identity.tenant_id", "identity.id"],
            name=op.f("fk_reconciliation_difference_tenant_id_identity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "run_id"],
            ["job_run.tenant_id", "job_run.id"],
            name=op.f("fk_reconciliation_difference_tenant_id_run_id"),
            ondelete="cascade",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "staff_account_id"],
            ["staff_account.tenant_id", "staff_account.id"],
            name=op.f("fk_reconciliation_difference_tenant_id_staff_account_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_reconciliation_difference")),
    )
    op.create_index(
        "ix_reconciliation_difference_run",
        "reconciliation_difference",
        ["tenant_id", "run_id", "id"],
        unique=False,
    )
