"""The system of record: PostgreSQL, with forced row-level security per tenant."""

from siyu.core.db.base import Base, TenantBase, TenantTable
from siyu.core.db.database import Database, DatabaseUrls, refused_value

__all__ = ["Base", "Database", "DatabaseUrls", "TenantBase", "TenantTable", "refused_value"]
