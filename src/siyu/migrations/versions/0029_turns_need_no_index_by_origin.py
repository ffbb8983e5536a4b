"""Turns need no index by origin: figures of channels and codes are counted from the friendships."""

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_contact_turn_channel", table_name="contact_turn")
    op.drop_index("ix_contact_turn_live_code", table_name="contact_turn")
