"""Old receipts are found."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_order_receipt_received", "order_receipt", ["received_at"], unique=False)
