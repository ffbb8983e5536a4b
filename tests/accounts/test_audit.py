"""The audit log can be narrowed, and pages through what is left."""

from datetime import timedelta

import pytest
from test_sessions import context

from siyu.accounts.audit import record
from siyu.accounts.queries import AuditFilter, audit
from siyu.core.context import Actor


@pytest.fixture
async def deeds(db, clock, tenant_id):
    """Two deeds of an employee's on following days, and one of siyu's own."""
    someone = Actor(kind="employee", id=7, name="小林")
    async with db.tenant(tenant_id) as session:
        record(context(session, tenant_id, clock, someone), "channel.create", "channel", 1)
        clock.advance(timedelta(days=1))
        record(context(session, tenant_id, clock, someone), "channel.change", "channel", 1)
        record(context(session, tenant_id, clock), "channel.change", "channel", 1)
    return clock.now().date()


async def test_by_whom_what_and_when(db, clock, tenant_id, deeds):
    async def found(**wanted) -> list[tuple[str, str]]:
        seen, cursor = [], None
        async with db.tenant(tenant_id) as session:
            ctx = context(session, tenant_id, clock)
            while True:
                page = await audit(ctx, AuditFilter(**wanted), cursor=cursor, limit=1)
                seen += [(row.actor_name, row.action) for row in page.items]
                if (cursor := page.next_cursor) is None:
                    return seen

    whole = await found()
    assert len(whole) == 3
    assert await found(actor_id=7) == [("小林", "channel.change"), ("小林", "channel.create")]
    assert len(await found(actor_id=0)) == 1
    assert len(await found(action="channel.change")) == 2
    assert await found(actor_id=7, action="channel.create") == [("小林", "channel.create")]
    day = timedelta(days=1)
    assert len(await found(first=deeds - 2 * day, last=deeds + day)) == 3
    assert await found(last=deeds - 3 * day) == []
    assert await found(first=deeds + 2 * day) == []
    assert len(await found(first=deeds.min, last=deeds.max)) == 3
