"""The system of record: PostgreSQL, with forced row-level security per tenant."""

from siyu.core.db.base import Base, TenantBase, TenantTable
from siyu.core.db.database import LOST, Database, DatabaseUrls, is_lost, refused_value
from siyu.core.db.many import insert_many, table_of

__all__ = [
    "LOST",
    "Base",
    "Database",
    "DatabaseUrls",
    "TenantBase",
    "TenantTable",
    "insert_many",
    "is_lost",
    "refused_value",
    "table_of",
]
