"""The first tables."""

from alembic import op

from siyu import tables
from siyu.core.stream.partitions import STATEMENTS

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    tables.metadata.create_all(op.get_bind())
    for statement in STATEMENTS:
        op.execute(statement)
