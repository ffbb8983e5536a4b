"""Reads of accounts."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from siyu.accounts.models import AuditEntry, Department, Employee, StaffAccount, Tenant
from siyu.accounts.schemas import (
    AuditView,
    DepartmentView,
    EmployeeView,
    OwnStaffAccount,
    SessionView,
    StaffAccountView,
    TenantView,
)
from siyu.accounts.sessions import Principal
from siyu.accounts.tenants import zone_of
from siyu.core.context import Context
from siyu.core.errors import NotFound
from siyu.core.paging import Page, decode_cursor, encode_cursor

_EARLIEST: Final = date(2000, 1, 1)
_LATEST: Final = date(2999, 12, 31)


async def session_view(session: AsyncSession, principal: Principal) -> SessionView:
    """Return who is signed in and what they may do."""
    tenant = await session.get(Tenant, principal.tenant_id)
    if tenant is None:
        raise NotFound("tenant_unknown", "企业不存在")
    accounts = await session.execute(
        select(StaffAccount).where(StaffAccount.employee_id == principal.actor.id)
    )
    return SessionView(
        employee_id=principal.actor.id or 0,
        name=principal.actor.name,
        role=principal.role,  # type: ignore[arg-type]  # the table's check keeps it a role
        scope=principal.scope,  # type: ignore[arg-type]
        permissions=sorted(principal.actor.permissions),
        tenant=TenantView(tenant.tenant_id, tenant.name, tenant.timezone),
        staff_accounts=[_own(row) for row in accounts.scalars()],
        staff_account_id=principal.staff_account_id,
    )


async def departments(ctx: Context) -> list[DepartmentView]:
    """Return all departments, in WeCom's order."""
    rows = await ctx.session.execute(
        select(Department)
        .where(Department.gone.is_(False))
        .order_by(Department.sort.desc(), Department.number)
    )
    return [DepartmentView(row.id, row.number, row.parent, row.name) for row in rows.scalars()]


async def staff_accounts(ctx: Context) -> list[StaffAccountView]:
    """Return the staff accounts the actor may see."""
    names = {row.number: row.name for row in await departments(ctx)}
    query = (
        select(StaffAccount, Employee.name)
        .join(
            Employee,
            (Employee.tenant_id == StaffAccount.tenant_id)
            & (Employee.id == StaffAccount.employee_id),
        )
        .order_by(StaffAccount.id)
    )
    if ctx.actor.owners is not None:
        query = query.where(StaffAccount.id.in_(ctx.actor.owners))
    rows = (await ctx.session.execute(query)).all()
    return [
        StaffAccountView(
            id=row.id,
            userid=row.userid,
            name=row.name,
            alias=row.alias,
            avatar_url=row.avatar_url,
            position=row.position,
            departments=[names[number] for number in row.department_ids if number in names],
            state=row.state,  # type: ignore[arg-type]  # the table's check keeps it a state
            can_contact=row.can_contact,
            employee_id=row.employee_id,
            employee_name=employee_name,
        )
        for row, employee_name in rows
    ]


async def employees(ctx: Context) -> list[EmployeeView]:
    """Return all employees with the accounts each runs."""
    people = (await ctx.session.execute(select(Employee).order_by(Employee.id))).scalars().all()
    accounts = (await ctx.session.execute(select(StaffAccount))).scalars().all()
    return [employee_view(person, accounts) for person in people]


def employee_view(person: Employee, accounts: Iterable[StaffAccount] = ()) -> EmployeeView:
    """Return an employee as the console shows one; `accounts` are any staff accounts."""
    return EmployeeView(
        id=person.id,
        name=person.name,
        role=person.role,  # type: ignore[arg-type]
        scope=person.scope,  # type: ignore[arg-type]
        state=person.state,  # type: ignore[arg-type]
        username=person.username,
        has_password=person.password_hash is not None,
        staff_accounts=[_own(row) for row in accounts if row.employee_id == person.id],
    )


class AuditFilter(NamedTuple):
    """Which deeds are wanted: by whom, which, from which day to which (the tenant's days).

    `actor_id` 0 stands for what siyu did by itself.
    """

    actor_id: int | None = None
    action: str | None = None
    first: date | None = None
    last: date | None = None


async def audit(
    ctx: Context, wanted: AuditFilter, *, cursor: str | None, limit: int
) -> Page[AuditView]:
    """Return the audit log, latest first."""
    query = (
        select(AuditEntry)
        .where(*await _narrowed(ctx, wanted))
        .order_by(AuditEntry.id.desc())
        .limit(limit + 1)
    )
    if cursor:
        (last,) = decode_cursor(cursor, int)
        query = query.where(AuditEntry.id < last)
    rows = (await ctx.session.execute(query)).scalars().all()
    items = [
        AuditView(
            row.id,
            row.at,
            row.actor_kind,
            row.actor_name,
            row.action,
            row.target_kind,
            row.target_id,
            row.details,
            row.ip,
        )
        for row in rows[:limit]
    ]
    return Page(items, encode_cursor(items[-1].id) if len(rows) > limit else None)


async def _narrowed(ctx: Context, wanted: AuditFilter) -> list[ColumnElement[bool]]:
    zone = await zone_of(ctx)
    conditions = []
    if wanted.actor_id is not None:
        by_itself = AuditEntry.actor_id.is_(None)
        conditions.append(AuditEntry.actor_id == wanted.actor_id if wanted.actor_id else by_itself)
    if wanted.action is not None:
        conditions.append(AuditEntry.action == wanted.action)
    if wanted.first is not None:
        conditions.append(AuditEntry.at >= _midnight(wanted.first, zone))
    if wanted.last is not None:
        conditions.append(AuditEntry.at < _midnight(wanted.last, zone) + timedelta(days=1))
    return conditions


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return when a day begins; days beyond any log are brought to where calendars still work."""
    return datetime.combine(min(max(day, _EARLIEST), _LATEST), time(), zone)


def _own(row: StaffAccount) -> OwnStaffAccount:
    return OwnStaffAccount(row.id, row.userid, row.name, row.avatar_url)
