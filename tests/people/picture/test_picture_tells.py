"""Who changed is told of, once and for all, whatever fails meanwhile."""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from siyu.core.analytics.schema import Topology
from siyu.facts.content import MaterialViewed
from siyu.people.identity.identities import identify
from siyu.people.models import Identity
from siyu.people.picture.forgetting import forget
from siyu.people.picture.models import PictureDebt
from siyu.people.picture.projector import Roof
from siyu.people.picture.state import applied, writing_of
from siyu.people.picture.wiping import Wiping
from tests.people.picture.picture_world import World


class Ear:
    """Listens to one tenant."""

    def __init__(self, tenant_id: int, *types: str) -> None:
        self.tenant_id, self.kinds = tenant_id, frozenset(types)
        self.heard: Counter[int] = Counter()
        self.acts: dict[int, list[str]] = {}
        self.gone: set[int] = set()
        self.refuses: set[int] = set()

    async def types(self, ctx) -> frozenset[str]:
        return self.kinds if ctx.tenant_id == self.tenant_id else frozenset()

    async def changed(self, ctx, persons, gone, moment) -> None:
        if ctx.tenant_id != self.tenant_id:
            return
        if self.refuses & persons.keys():
            raise ValueError("not this one")
        self.heard.update(persons.keys())
        self.gone |= gone
        assert moment.positions
        self.acts |= {number: [act.type for act in one.acts] for number, one in persons.items()}


async def arrive(world: World, tenant_id: int, *values: str) -> list[Identity]:
    async with world.tenant(tenant_id) as ctx:
        return [await identify(ctx, "external_userid", "", value) for value in values]


async def test_who_changed_or_did_something_that_counts_is_told_of(
    world: World, tenant_id: int
) -> None:
    ear = Ear(tenant_id, MaterialViewed.type)
    world = World(world.db, world.clock, world.engine, world.analytics)
    world.roof = Roof(world.roof.sources, [ear])
    following = await world.following()
    one, other = await arrive(world, tenant_id, "a", "b")
    await world.follow(following)
    assert ear.heard == {one.customer_id: 1, other.customer_id: 1}
    fact = MaterialViewed(material_id=1, tracked_link_id=1, visit_id=1)
    async with world.tenant(tenant_id) as ctx:
        ctx.announce(fact, identity_id=one.id)
    before = await versions(world, tenant_id)
    await world.follow(following)
    assert ear.heard == {one.customer_id: 2, other.customer_id: 1}
    assert ear.acts[one.customer_id] == [MaterialViewed.type]
    assert await versions(world, tenant_id) == before  # only what rules count has changed


async def test_one_trouble_keeps_nobody_else_back(world: World, tenant_id: int) -> None:
    ear = Ear(tenant_id)
    world = World(world.db, world.clock, world.engine, world.analytics)
    world.roof = Roof(world.roof.sources, [ear])
    following = await world.following()
    people = await arrive(world, tenant_id, *(f"p{number}" for number in range(9)))
    bad = people[4].customer_id
    ear.refuses = {bad}
    await world.follow(following)
    assert set(ear.heard) == {one.customer_id for one in people} - {bad}
    async with world.db.system() as session:
        debts = await session.scalars(
            select(PictureDebt.customer_id).where(PictureDebt.tenant_id == tenant_id)
        )
        assert list(debts) == [bad]
    ear.refuses = set()
    world.clock.advance(timedelta(minutes=1))
    await world.follow(following)
    assert bad in ear.heard
    async with world.db.system() as session:
        assert (
            await session.scalar(
                select(PictureDebt.customer_id).where(PictureDebt.tenant_id == tenant_id)
            )
            is None
        )


async def test_whoever_is_forgotten_is_nowhere(world: World, tenant_id: int) -> None:
    following = await world.following()
    one, other = await arrive(world, tenant_id, "a", "b")
    await world.follow(following)
    await following.compaction.run()
    await forget(world.db, world.analytics, tenant_id, {one.customer_id})
    async with world.tenant(tenant_id) as ctx:
        generation = (await applied(ctx)).generation
    assert set((await world.shown(tenant_id, generation))[0]) == {other.customer_id}
    rows = await world.analytics.query(
        "SELECT count() FROM person_value WHERE tenant_id = {tenant:UInt64}"
        " AND customer_id = {customer:UInt64}",
        {"tenant": tenant_id, "customer": one.customer_id},
    )
    assert rows[0] == (0,)
    await following.compaction.run()
    async with world.tenant(tenant_id) as ctx:
        generation = (await applied(ctx)).generation
    assert set((await world.shown(tenant_id, generation))[0]) == {other.customer_id}


async def test_nothing_is_settled_while_an_earlier_writing_is_under_way(
    world: World, tenant_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ear = Ear(tenant_id)
    world = World(world.db, world.clock, world.engine, world.analytics)
    world.roof = Roof(world.roof.sources, [ear])
    following = await world.following()
    (one,) = await arrive(world, tenant_id, "a")
    await world.follow(following)
    (other,) = await arrive(world, tenant_id, "b")
    await world.feed()
    insert, begun, free = world.analytics.insert, asyncio.Event(), asyncio.Event()

    async def slow_at_first(*args: Any, **options: Any) -> None:
        if not begun.is_set():
            begun.set()
            await free.wait()
        await insert(*args, **options)

    monkeypatch.setattr(world.analytics, "insert", slow_at_first)
    # As a rebuild does, beside the steps.
    earlier = asyncio.create_task(following.projector.write(tenant_id, [one.customer_id]))
    await begun.wait()
    step = asyncio.create_task(following.projector.step())
    while other.customer_id not in ear.heard:  # noqa: ASYNC110 - told of, all is written
        await asyncio.sleep(0.01)
    await asyncio.wait({step}, timeout=0.5)
    assert await settled(world) is None
    free.set()
    await asyncio.gather(earlier, step)
    assert await settled(world) is not None


async def test_what_was_deleted_leaves_the_disk(world: World, tenant_id: int) -> None:
    following = await world.following()
    await arrive(world, tenant_id, "gone")
    await world.follow(following)
    await world.analytics.command(
        "DELETE FROM person WHERE tenant_id = {tenant:UInt64}", {"tenant": tenant_id}
    )
    await Wiping(world.analytics, world.clock, Topology(), hours=0).step()

    async def hidden() -> int:
        rows = await world.analytics.query(
            "SELECT count() FROM system.parts WHERE active AND has_lightweight_delete"
            " AND table = 'person'"
        )
        return int(rows.scalar())

    while await hidden():  # noqa: ASYNC110 - the engine writes its parts by itself
        await asyncio.sleep(0.05)


async def test_the_loop_survives_a_killed_engine(world: World, tenant_id: int) -> None:
    stop = asyncio.Event()
    from siyu.people.picture.following import Following

    following = Following(world.db, world.analytics, world.clock, world.roof)
    running = asyncio.create_task(following.run(stop))
    await arrive(world, tenant_id, "a")
    await world.feed()
    await until(world, tenant_id, 1)
    world.kill_engine()
    await arrive(world, tenant_id, "b")
    await feed_again(world)
    await until(world, tenant_id, 2)
    stop.set()
    await running


async def feed_again(world: World) -> None:
    from siyu.core.analytics.feeder import PASSING

    while True:
        try:
            await world.feed()
        except PASSING:
            await asyncio.sleep(0.2)
        else:
            return


async def until(world: World, tenant_id: int, count: int) -> None:
    """Wait until the engine has so many persons; the suite's time-out ends what never comes."""
    from siyu.core.analytics.feeder import PASSING

    while True:
        try:
            async with world.tenant(tenant_id) as ctx:
                generation = (await applied(ctx)).generation
            if len((await world.shown(tenant_id, generation))[0]) == count:
                return
        except PASSING:
            pass
        await asyncio.sleep(0.1)


async def settled(world: World) -> int | None:
    async with world.db.system() as session:
        return (await writing_of(session))[1]


async def versions(world: World, tenant_id: int) -> list[tuple[int, int]]:
    rows = await world.analytics.query(
        "SELECT customer_id, max(version) FROM person WHERE tenant_id = {tenant:UInt64}"
        " GROUP BY customer_id ORDER BY customer_id",
        {"tenant": tenant_id},
    )
    return [tuple(row) for row in rows]
