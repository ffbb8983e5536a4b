"""Bringing departments and staff accounts up to WeCom's state."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from siyu.accounts.connections.models import WecomConnection
from siyu.accounts.models import Department, Employee, StaffAccount
from siyu.channels.wecom.client import WecomClient
from siyu.channels.wecom.endpoints.directory import User
from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database
from siyu.facts.accounts import DirectorySynced

_STATES = {1: "active", 2: "disabled", 4: "inactive", 5: "gone"}


@dataclass(frozen=True)
class DirectoryImage:
    """What WeCom shows of the directory at one moment."""

    departments: list[dict[str, Any]]
    users: list[User]
    memberships: dict[str, list[int]]
    with_customers: frozenset[str]


async def read_directory(client: WecomClient) -> DirectoryImage:
    """Read departments, staff accounts and who may have customers (docs 90208, 96067, 92571)."""
    departments = [
        {
            "number": row.id,
            "parent": row.parentid or None,
            "name": row.name or f"部门 {row.id}",
            "sort": row.order,
        }
        for row in await client.departments()
    ]
    memberships: dict[str, list[int]] = defaultdict(list)
    async for row in client.memberships():
        memberships[row.userid].append(row.department)
    users = [await client.user(userid) for userid in sorted(memberships)]
    return DirectoryImage(departments, users, memberships, frozenset(await client.follow_users()))


async def store_directory(
    db: Database, clock: Clock, tenant_id: int, image: DirectoryImage
) -> None:
    """Bring the tenant's rows up to the image; who is no longer in it is marked as gone.

    A new staff account gets an employee of its own; an administrator may later let one
    employee run several accounts, and no sync undoes that.
    """
    async with db.tenant(tenant_id) as session:
        ctx = Context(tenant_id, SYSTEM_ACTOR, clock, session)
        # The connection's row is the lock that keeps two syncs from making an employee twice.
        connection = await session.get(WecomConnection, tenant_id, with_for_update=True)
        await _store_departments(session, tenant_id, image)
        for user in image.users:
            await _store_user(ctx, user, image)
        seen = [user.userid for user in image.users]
        await session.execute(
            update(StaffAccount)
            .where(StaffAccount.userid.not_in(seen))
            .values(state="gone", can_contact=False)
        )
        if connection is not None:
            connection.directory_at = ctx.now()
        ctx.announce(
            DirectorySynced(departments=len(image.departments), staff_accounts=len(image.users))
        )


async def _store_departments(session: AsyncSession, tenant_id: int, image: DirectoryImage) -> None:
    if image.departments:
        wanted = insert(Department).values(
            [{"tenant_id": tenant_id, "gone": False, **row} for row in image.departments]
        )
        await session.execute(
            wanted.on_conflict_do_update(
                index_elements=["tenant_id", "number"],
                set_={
                    name: getattr(wanted.excluded, name)
                    for name in ("parent", "name", "sort", "gone")
                },
            )
        )
    numbers = [row["number"] for row in image.departments]
    await session.execute(
        update(Department).where(Department.number.not_in(numbers)).values(gone=True)
    )


async def _store_user(ctx: Context, user: User, image: DirectoryImage) -> None:
    row = await ctx.session.scalar(select(StaffAccount).where(StaffAccount.userid == user.userid))
    if row is None:
        employee = Employee(
            tenant_id=ctx.tenant_id, name=user.name or user.userid, created_at=ctx.now()
        )
        ctx.session.add(employee)
        await ctx.session.flush()
        row = StaffAccount(
            tenant_id=ctx.tenant_id, userid=user.userid, employee_id=employee.id, name=""
        )
        ctx.session.add(row)
    row.name = user.name or user.userid
    row.alias = user.alias
    row.avatar_url = user.avatar or user.thumb_avatar
    row.position = user.position
    row.department_ids = sorted(image.memberships[user.userid])
    row.state = _STATES.get(user.status, "active")
    row.can_contact = user.userid in image.with_customers
    row.synced_at = ctx.now()
