"""The keeper of audiences: sizes once a day, thresholds from their hour on, and its own loop."""

import asyncio
from datetime import timedelta

from sqlalchemy import select

from siyu.core.jobs.progress import JobRun
from siyu.people.audiences.jobs import AudienceKeeper
from siyu.people.audiences.models import AudienceSize, RfmPlan
from siyu.people.rules.language import AllOf
from tests.people.audiences.crowd import Crowd


async def sizes(crowd: Crowd, audience_id: int) -> list[int]:
    async with crowd.work() as ctx:
        rows = await ctx.session.scalars(
            select(AudienceSize.size)
            .where(AudienceSize.audience_id == audience_id)
            .order_by(AudienceSize.day)
        )
        return list(rows)


async def runs(crowd: Crowd) -> int:
    async with crowd.work() as ctx:
        found = await ctx.session.scalars(select(JobRun.id).where(JobRun.kind == "audiences.rfm"))
        return len(found.all())


async def test_sizes_are_noted_once_a_day_of_those_that_were_built(crowd: Crowd) -> None:
    keeper = AudienceKeeper(crowd.world.db, crowd.world.clock)
    await crowd.happen(15)
    built = await crowd.dynamic(AllOf(()))
    waiting = await crowd.make(AllOf(()))
    people = (await crowd.audience(built)).size
    await keeper.step()
    assert await sizes(crowd, built) == [people]
    crowd.world.clock.advance(timedelta(days=1))
    await keeper.step()
    await keeper.step()
    assert await sizes(crowd, built) == [people, people]
    assert await sizes(crowd, waiting) == []


async def test_thresholds_are_made_once_a_day_from_their_hour_on(crowd: Crowd) -> None:
    keeper = AudienceKeeper(crowd.world.db, crowd.world.clock)
    async with crowd.work() as ctx:
        hour = (ctx.now() + timedelta(hours=9)).hour  # in China, where the tenant is, in an hour
        before = ctx.now() - timedelta(hours=3)
        ctx.session.add(
            RfmPlan(tenant_id=ctx.tenant_id, hour=hour, changed_at=before, began_at=before)
        )
    await keeper.step()
    assert await runs(crowd) == 0
    crowd.world.clock.advance(timedelta(hours=1))
    await keeper.step()
    await keeper.step()
    assert await runs(crowd) == 1
    async with crowd.work() as ctx:
        (await ctx.session.get_one(RfmPlan, crowd.tenant_id)).enabled = False
    crowd.world.clock.advance(timedelta(days=1))
    await keeper.step()
    assert await runs(crowd) == 1


async def test_the_loop_keeps_until_it_is_stopped(crowd: Crowd) -> None:
    await crowd.happen(15)
    audience_id = await crowd.dynamic(AllOf(()))
    crowd.world.clock.advance(timedelta(days=1))
    stop = asyncio.Event()
    loop = asyncio.create_task(AudienceKeeper(crowd.world.db, crowd.world.clock).run(stop))
    try:
        async with asyncio.timeout(60):
            while len(await sizes(crowd, audience_id)) < 2:  # noqa: ASYNC110 - kept from outside
                await asyncio.sleep(0.01)
    finally:
        stop.set()
        await loop
