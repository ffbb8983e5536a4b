"""By what filters the people of a selection were chosen."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "people_selection",
        sa.Column("asked", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
    )
