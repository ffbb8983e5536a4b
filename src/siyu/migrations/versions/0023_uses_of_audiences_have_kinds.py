"""Uses of audiences have kinds; exports of audiences are uses of them."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "audience_use", sa.Column("kind", sa.String(), server_default="other", nullable=False)
    )
    op.create_check_constraint(
        op.f("ck_audience_use_kind"), "audience_use", "kind in ('marking', 'export', 'other')"
    )
    op.add_column("people_export", sa.Column("use_id", sa.BigInteger(), nullable=True))
