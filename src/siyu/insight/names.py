"""Names of the things that figures and facts point to."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from siyu.accounts.models import StaffAccount
from siyu.content.models import Material
from siyu.growth.channels.models import Channel
from siyu.people.models import Customer, Identity

NO_CHANNEL = "未知渠道"


@dataclass(frozen=True)
class Staff:
    """A staff account as rankings show it."""

    id: int
    name: str
    avatar_url: str
    serves: bool
    """Whether it is in service and may have customers."""
    departments: frozenset[int]


async def staff_of(session: AsyncSession) -> dict[int, Staff]:
    """Return all staff accounts, also those that have left; namesakes carry alias or id."""
    rows = await session.execute(
        select(
            StaffAccount.id,
            StaffAccount.name,
            func.coalesce(func.nullif(StaffAccount.alias, ""), StaffAccount.userid).label("mark"),
            (func.count().over(partition_by=StaffAccount.name) > 1).label("shared"),
            StaffAccount.avatar_url,
            StaffAccount.state,
            StaffAccount.can_contact,
            StaffAccount.department_ids,
        )
    )
    return {
        row.id: Staff(
            row.id,
            f"{row.name}（{row.mark}）" if row.shared else row.name,
            row.avatar_url,
            row.state == "active" and row.can_contact,
            frozenset(row.department_ids),
        )
        for row in rows
    }


async def staff_names(session: AsyncSession, ids: Iterable[int]) -> dict[int, str]:
    """Return the names of some staff accounts."""
    wanted = set(ids)
    if not wanted:
        return {}
    rows = await session.execute(
        select(StaffAccount.id, StaffAccount.name).where(StaffAccount.id.in_(wanted))
    )
    return dict(rows.all())


async def channels_of(session: AsyncSession) -> dict[int, str]:
    """Return the names of all channels."""
    return dict((await session.execute(select(Channel.id, Channel.name))).all())


async def materials_of(session: AsyncSession, ids: Iterable[int]) -> dict[int, str]:
    """Return the titles of materials."""
    wanted = set(ids)
    if not wanted:
        return {}
    rows = await session.execute(select(Material.id, Material.title).where(Material.id.in_(wanted)))
    return dict(rows.all())


@dataclass(frozen=True)
class Person:
    """A customer as lists and notices show one."""

    customer_id: int
    name: str
    avatar_url: str


async def people_of(session: AsyncSession, identities: Iterable[int]) -> dict[int, Person]:
    """Return the customers that identities belong to now, by identity."""
    wanted = set(identities)
    if not wanted:
        return {}
    rows = await session.execute(
        select(Identity.id, Customer.id, Customer.name, Customer.avatar_url)
        .join(
            Customer,
            (Customer.tenant_id == Identity.tenant_id) & (Customer.id == Identity.customer_id),
        )
        .where(Identity.id.in_(wanted))
    )
    return {identity: Person(customer, name, avatar) for identity, customer, name, avatar in rows}
