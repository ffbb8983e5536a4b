"""The directory of names by which outsiders come in, before any tenant is known.

It lies in the schema `sys`, outside row-level security, and holds no personal data.
"""

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from siyu.core.db.base import Base
from siyu.core.db.policies import SYS


class Host(Base):
    """A host name that belongs to a tenant; with `wildcard`, names below it do as well."""

    __tablename__ = "host"
    __table_args__ = ({"schema": SYS},)

    host: Mapped[str] = mapped_column(primary_key=True)
    tenant_id: Mapped[int]
    wildcard: Mapped[bool] = mapped_column(default=False)


class Slug(Base):
    """A public name and what it stands for."""

    __tablename__ = "slug"
    __table_args__ = ({"schema": SYS},)

    slug: Mapped[str] = mapped_column(primary_key=True)
    tenant_id: Mapped[int]
    kind: Mapped[str]
    target_id: Mapped[int]


@dataclass(frozen=True)
class Target:
    """What a public name stands for."""

    tenant_id: int
    kind: str
    target_id: int


async def register_slug(
    session: AsyncSession, slug: str, tenant_id: int, kind: str, target_id: int
) -> None:
    """Let a public name stand for something of a tenant."""
    await session.execute(
        insert(Slug).values(slug=slug, tenant_id=tenant_id, kind=kind, target_id=target_id)
    )


async def find_slug(session: AsyncSession, slug: str) -> Target | None:
    """Return what a public name stands for."""
    row = await session.get(Slug, slug)
    return None if row is None else Target(row.tenant_id, row.kind, row.target_id)


async def remove_slug(session: AsyncSession, slug: str) -> None:
    """Let a public name stand for nothing any more."""
    await session.execute(delete(Slug).where(Slug.slug == slug))


async def register_host(
    session: AsyncSession, host: str, tenant_id: int, *, wildcard: bool = False
) -> None:
    """Let a host name lead to a tenant; the latest registration counts."""
    values = {"tenant_id": tenant_id, "wildcard": wildcard}
    await session.execute(
        insert(Host)
        .values(host=host.lower(), **values)
        .on_conflict_do_update(index_elements=["host"], set_=values)
    )


async def find_tenant(session: AsyncSession, host: str) -> int | None:
    """Return the tenant a host name leads to: its own entry, else a wildcard above it."""
    names = _and_parents(host.lower())
    rows = (await session.execute(select(Host).where(Host.host.in_(names)))).scalars()
    found = {row.host: row for row in rows}
    for name in names:
        row = found.get(name)
        if row is not None and (row.wildcard or name == names[0]):
            return row.tenant_id
    return None


def _and_parents(host: str) -> list[str]:
    labels = host.split(".")
    return [".".join(labels[start:]) for start in range(len(labels))]
