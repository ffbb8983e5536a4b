"""The system of record: PostgreSQL, with forced row-level security per tenant."""

from siyu.core.db.base import Base, TenantBase, TenantTable
from siyu.core.db.database import LOST, Database, DatabaseUrls, is_lost, refused_value
from siyu.core.db.many import among, insert_many, plan_for_any_values, table_of
from siyu.core.db.turns import take_turn

__all__ = [
    "LOST",
    "Base",
    "Database",
    "DatabaseUrls",
    "TenantBase",
    "TenantTable",
    "among",
    "insert_many",
    "is_lost",
    "plan_for_any_values",
    "refused_value",
    "table_of",
    "take_turn",
]
