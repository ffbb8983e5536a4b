"""The right of way: the background waits while many welcomes wait, and not for ever."""

import asyncio

import pytest
from sqlalchemy import select, update

from siyu.channels.wecom.inbox import InboxWriter, Letter, WecomInbox
from siyu.messaging.right_of_way import RightOfWay


@pytest.fixture
async def burst(db, clock, tenant_id) -> None:
    """Callbacks of many new customers who have not been welcomed."""
    writer = InboxWriter(db.ingest)
    now = clock.now()
    await asyncio.gather(
        *(
            writer.append(
                Letter(tenant_id, f"key{n}", f"wm{n}", "e", "c", b"", now, now, "waiting")
            )
            for n in range(30)
        )
    )


async def welcomed(db, tenant_id) -> None:
    async with db.tenant(tenant_id) as session:
        await session.execute(update(WecomInbox).values(urgent="done"))


async def test_no_transaction_begins_while_many_wait(db, clock, tenant_id, burst):
    behind = db.giving_way(RightOfWay(db, clock).clear)

    async def look() -> int:
        async with behind.tenant(tenant_id) as session:
            return len((await session.scalars(select(WecomInbox.urgent).distinct())).all())

    looking = asyncio.create_task(look())
    done, _ = await asyncio.wait({looking}, timeout=0.5)
    assert not done
    await welcomed(db, tenant_id)
    assert await looking == 1


async def test_nobody_waits_for_ever(db, clock, tenant_id, burst):
    way = RightOfWay(db, clock, patience=0.3)
    await way.clear()
    async with db.tenant(tenant_id) as session:
        waiting = await session.scalars(select(WecomInbox.urgent).distinct())
        assert waiting.all() == ["waiting"]
    await welcomed(db, tenant_id)
