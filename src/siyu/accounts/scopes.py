"""Data scopes: whose customers an employee may see."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from siyu.accounts.models import Department, Employee, StaffAccount
from siyu.accounts.roles import PERMISSIONS
from siyu.core.context import Actor

Owners = frozenset[int] | None


async def owners_of(session: AsyncSession, employee: Employee) -> tuple[frozenset[int], Owners]:
    """Return the employee's own staff accounts, and those whose customers they may see.

    The second is `None` for everybody's. The department's are those in any department of
    an own account, or below it.
    """
    own_rows = (
        await session.execute(
            select(StaffAccount.id, StaffAccount.department_ids).where(
                StaffAccount.employee_id == employee.id
            )
        )
    ).all()
    own = frozenset(account_id for account_id, _ in own_rows)
    if employee.scope == "all":
        return own, None
    if employee.scope == "self":
        return own, own
    departments = {number for _, numbers in own_rows for number in numbers}
    inside = await _with_children(session, departments)
    accounts = await session.execute(select(StaffAccount.id, StaffAccount.department_ids))
    seen = {account_id for account_id, numbers in accounts if inside.intersection(numbers)}
    return own, frozenset(seen) | own


async def actor_of(session: AsyncSession, employee: Employee) -> Actor:
    """Return an employee as who acts, with what they may do and see now."""
    own, owners = await owners_of(session, employee)
    return Actor(
        kind="employee",
        id=employee.id,
        name=employee.name,
        permissions=PERMISSIONS[employee.role],
        owners=owners,
        staff_account_ids=own,
        role=employee.role,
    )


async def _with_children(session: AsyncSession, roots: set[int]) -> set[int]:
    children: dict[int | None, list[int]] = defaultdict(list)
    rows = await session.execute(select(Department.number, Department.parent))
    for number, parent in rows:
        children[parent].append(number)
    inside: set[int] = set()
    waiting = list(roots)
    while waiting:
        number = waiting.pop()
        if number not in inside:
            inside.add(number)
            waiting.extend(children[number])
    return inside
