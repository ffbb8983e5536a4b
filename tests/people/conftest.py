"""A shop with staff accounts, for tests of people."""

from collections.abc import Awaitable, Callable

import pytest

from siyu.accounts.models import Employee, StaffAccount
from siyu.core.context import Context

Hire = Callable[..., Awaitable[int]]


@pytest.fixture
def hire() -> Hire:
    async def make(ctx: Context, userid: str, *, can_contact: bool = True) -> int:
        employee = Employee(tenant_id=ctx.tenant_id, name=userid, created_at=ctx.now())
        ctx.session.add(employee)
        await ctx.session.flush()
        account = StaffAccount(
            tenant_id=ctx.tenant_id,
            userid=userid,
            employee_id=employee.id,
            name=userid,
            can_contact=can_contact,
        )
        ctx.session.add(account)
        await ctx.session.flush()
        return account.id

    return make
