"""What every table has in common."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, DateTime, ForeignKeyConstraint, Identity, MetaData
from sqlalchemy.dialects.postgresql import JSONB, UUID
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Root of all tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        int: BigInteger,
        datetime: DateTime(timezone=True),
        dict[str, Any]: JSONB,
        list[Any]: JSONB,
        UUID: UUID(as_uuid=True),
    }


class TenantTable:
    """A table whose rows belong to one tenant; row-level security is forced on it.

    The policy is made by the migration for every table with a `tenant_id`
    outside the schema `sys` (`siyu.core.db.policies`).
    """

    tenant_id: Mapped[int] = mapped_column(primary_key=True, sort_order=-20)


class TenantBase(TenantTable, Base):
    """The common case: rows of a tenant, keyed `(tenant_id, id)`.

    Keys begin with the tenant so that tables are ready to be distributed by it.
    """

    __abstract__ = True

    id: Mapped[int] = mapped_column(Identity(), primary_key=True, sort_order=-10)


def tenant_key(
    columns: Sequence[str] | str, table: str, *, ondelete: str | None = None
) -> ForeignKeyConstraint:
    """Return a foreign key to `table` that cannot cross tenants."""
    names = [columns] if isinstance(columns, str) else list(columns)
    return ForeignKeyConstraint(
        ["tenant_id", *names], [f"{table}.tenant_id", f"{table}.id"], ondelete=ondelete
    )
