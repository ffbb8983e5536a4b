"""A shop with staff accounts and an engine of its own, for tests of people."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from siyu import tables
from siyu.accounts.models import Employee, StaffAccount
from siyu.core.analytics import Analytics, EngineProcess
from siyu.core.analytics.schema import ensure_schema
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


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[Analytics]:
    """An analytics engine of the test's own, with all tables."""
    process = EngineProcess(tmp_path / "analytics", memory_bytes=1 << 30)
    await process.start()
    analytics = Analytics.from_home(tmp_path / "analytics")
    await ensure_schema(analytics, tables=tables.ENGINE)
    yield analytics
    await analytics.close()
    await process.stop()
