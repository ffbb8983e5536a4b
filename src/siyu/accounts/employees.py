"""Employees: making them, changing what they may do, and which accounts they run."""

import asyncio

from msgspec import UNSET
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from siyu.accounts import sessions
from siyu.accounts.audit import record
from siyu.accounts.models import Employee, StaffAccount, Tenant
from siyu.accounts.passwords import hash_password
from siyu.accounts.roles import DEFAULT_SCOPE
from siyu.accounts.schemas import EmployeeChange, FirstAdministrator, NewEmployee
from siyu.core.context import Context
from siyu.core.errors import Conflict, NotFound
from siyu.facts.accounts import EmployeeRoleChanged


async def make_first_administrator(ctx: Context, new: FirstAdministrator) -> Employee:
    """Make the first administrator; raises `Conflict` once there is one."""
    # The tenant's row is the lock that keeps two first administrators from being made at once.
    tenant = await ctx.session.get(Tenant, ctx.tenant_id, with_for_update=True)
    if tenant is None or not await needs_administrator(ctx):
        raise Conflict("administrator_exists", "管理员已存在，请直接登录")
    tenant.name = new.tenant_name
    employee = await _add(ctx, NewEmployee(new.name, "admin", new.username, new.password))
    record(ctx, "employee.create_first_administrator", "employee", employee.id)
    return employee


async def needs_administrator(ctx: Context) -> bool:
    """Tell whether nobody can administer the tenant yet."""
    return not await ctx.session.scalar(
        select(func.count()).select_from(Employee).where(Employee.role == "admin")
    )


async def create(ctx: Context, new: NewEmployee) -> Employee:
    """Make an employee who signs in by password."""
    ctx.require("staff.write")
    employee = await _add(ctx, new)
    record(ctx, "employee.create", "employee", employee.id, role=employee.role)
    return employee


async def change(ctx: Context, employee_id: int, wanted: EmployeeChange) -> Employee:
    """Change an employee; a change of rights or password signs the person out everywhere.

    Raises `Conflict` when it would leave the tenant without an administrator.
    """
    ctx.require("staff.write")
    employee = await ctx.session.get(Employee, (ctx.tenant_id, employee_id), with_for_update=True)
    if employee is None:
        raise NotFound("employee_unknown", "员工不存在")
    was_admin = employee.role == "admin" and employee.state == "active"
    await _apply(ctx, employee, wanted)
    if was_admin and (employee.role != "admin" or employee.state != "active"):
        await _refuse_last_administrator(ctx)
    rights = {"role", "scope", "state", "password"} & _named(wanted)
    if rights:
        await sessions.end_all(ctx.session, employee_id)
    if rights - {"password"}:
        ctx.announce(
            EmployeeRoleChanged(employee_id=employee.id, role=employee.role, scope=employee.scope)
        )
    record(ctx, "employee.change", "employee", employee_id, fields=sorted(_named(wanted)))
    return employee


async def assign_account(ctx: Context, staff_account_id: int, employee_id: int) -> None:
    """Let an employee run a staff account; one person may run several."""
    ctx.require("staff.write")
    if await ctx.session.get(Employee, (ctx.tenant_id, employee_id)) is None:
        raise NotFound("employee_unknown", "员工不存在")
    before = await ctx.session.scalar(
        select(StaffAccount.employee_id)
        .where(StaffAccount.id == staff_account_id)
        .with_for_update()
    )
    if before is None:
        raise NotFound("staff_account_unknown", "企微账号不存在")
    await ctx.session.execute(
        update(StaffAccount)
        .where(StaffAccount.id == staff_account_id)
        .values(employee_id=employee_id)
    )
    await sessions.end_all(ctx.session, before)
    record(
        ctx,
        "staff_account.assign",
        "staff_account",
        staff_account_id,
        employee_id=employee_id,
        before=before,
    )


async def _add(ctx: Context, new: NewEmployee) -> Employee:
    employee = Employee(
        tenant_id=ctx.tenant_id,
        name=new.name,
        role=new.role,
        scope=new.scope or DEFAULT_SCOPE[new.role],
        password_hash=await asyncio.to_thread(hash_password, new.password),
        created_at=ctx.now(),
    )
    await _name(ctx, employee, new.username)
    return employee


async def _apply(ctx: Context, employee: Employee, wanted: EmployeeChange) -> None:
    if wanted.name is not UNSET:
        employee.name = wanted.name
    if wanted.username is not UNSET:
        await _name(ctx, employee, wanted.username)
    if wanted.password is not UNSET:
        employee.password_hash = await asyncio.to_thread(hash_password, wanted.password)
    if wanted.role is not UNSET:
        employee.role = wanted.role
        employee.scope = DEFAULT_SCOPE[wanted.role]
    if wanted.scope is not UNSET:
        employee.scope = wanted.scope
    if wanted.state is not UNSET:
        employee.state = wanted.state


async def _name(ctx: Context, employee: Employee, username: str) -> None:
    """Give the employee a user name that nobody else has."""
    employee.username = username.lower()
    try:
        async with ctx.session.begin_nested():
            ctx.session.add(employee)
            await ctx.session.flush()
    except IntegrityError as error:
        raise Conflict("username_taken", "这个用户名已被使用，请换一个") from error


async def _refuse_last_administrator(ctx: Context) -> None:
    await ctx.session.flush()
    left = await ctx.session.scalar(
        select(func.count())
        .select_from(Employee)
        .where(Employee.role == "admin", Employee.state == "active")
    )
    if not left:
        raise Conflict("last_administrator", "企业至少要保留一名管理员")


def _named(wanted: EmployeeChange) -> set[str]:
    return {name for name in wanted.__struct_fields__ if getattr(wanted, name) is not UNSET}
