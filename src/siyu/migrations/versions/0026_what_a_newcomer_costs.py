"""What a newcomer costs: an identity says itself how it came, unused indexes and a key go.

No row is rewritten: identities of before keep their first link.
Decision 14 says why.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("identity", sa.Column("evidence", sa.String(), nullable=True))
    op.add_column("identity", sa.Column("employee_id", sa.BigInteger(), nullable=True))
    op.drop_index("ix_customer_private_found", table_name="customer_private")
    op.drop_index("ix_field_value_field", table_name="field_value")
    op.drop_constraint("fk_field_value_tenant_id_field_id", "field_value", type_="foreignkey")
