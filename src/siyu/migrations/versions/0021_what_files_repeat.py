"""Rows of imported files that are about somebody of another row."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "people_import_chunk",
        sa.Column("repeated", sa.BigInteger(), server_default="0", nullable=False),
    )
    op.add_column("people_import_problem", sa.Column("repeats", sa.BigInteger(), nullable=True))
