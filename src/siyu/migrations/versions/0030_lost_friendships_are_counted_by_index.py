"""Friendships that were lost are counted by who ended them from their index alone."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_contact_lost", table_name="contact")
    op.create_index(
        "ix_contact_lost",
        "contact",
        ["tenant_id", sa.text("lost_at desc"), sa.text("id desc")],
        postgresql_include=["lost_by"],
        postgresql_where=sa.text("state = 'lost'"),
    )
