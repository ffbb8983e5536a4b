"""Touches know when they left."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("touch", sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))
    # Forced row-level security binds the owner too; all tenants are meant here.
    op.execute("alter table touch no force row level security")
    op.execute("alter table welcome_attempt no force row level security")
    op.execute(
        "update touch set left_at = created_at where not exists ("
        " select from welcome_attempt w where w.tenant_id = touch.tenant_id"
        " and w.touch_id = touch.id and w.state <> 'sent')"
    )
    op.execute("alter table touch force row level security")
    op.execute("alter table welcome_attempt force row level security")
