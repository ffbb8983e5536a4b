"""Whatever happens, and whatever is killed meanwhile, the picture is what PostgreSQL says."""

import random
from datetime import timedelta

import pytest

from siyu.people.picture.following import Following
from siyu.people.picture.rebuild import ask_rebuild
from siyu.people.picture.state import Overtaken, applied
from tests.people.picture.picture_life import Life
from tests.people.picture.picture_world import World


async def agrees(world: World, *tenants: int) -> None:
    for tenant_id in tenants:
        async with world.tenant(tenant_id) as ctx:
            generation = (await applied(ctx)).generation
        assert await world.shown(tenant_id, generation) == await world.told(tenant_id)


async def compact(following: Following, dice: random.Random) -> None:
    """Compact, and perhaps be killed between two steps."""
    steps = following.compaction.steps()
    for _ in range(dice.randrange(1, 12)):
        if await anext(steps, None) is None:
            break
    await steps.aclose()


@pytest.mark.parametrize("seed", range(2))
async def test_the_picture_is_what_is(world: World, tenant_id: int, seed: int) -> None:
    dice = random.Random(seed)
    lives = [Life(world, number, dice) for number in (tenant_id, tenant_id + 500_000)]
    for life in lives:
        await life.settle()
        await life.happen(15)
    following = await world.following()
    tenants = [life.tenant_id for life in lives]
    for _ in range(3):
        for life in lives:
            await life.happen(10)
        if dice.random() < 0.3:
            following = await world.following()  # another leads from here on
        await world.follow(following)
        await agrees(world, *tenants)
        await compact(following, dice)
        await agrees(world, *tenants)
    world.clock.advance(timedelta(hours=2))
    await world.follow(following)
    await agrees(world, *tenants)
    await following.compaction.run()
    await agrees(world, *tenants)
    held = await world.analytics.query("SELECT count() FROM person WHERE tier = 1")
    assert held[0] == (0,)


async def test_a_compaction_killed_anywhere_leaves_the_picture_true(
    world: World, tenant_id: int
) -> None:
    life = Life(world, tenant_id, random.Random(5))
    await life.settle()
    following = await world.following()
    await life.happen(40)
    await world.follow(following)
    await following.compaction.run()
    for kill_after in range(1, 11):
        await life.happen(3)
        await world.follow(following)
        steps = following.compaction.steps()
        for _ in range(kill_after):
            await anext(steps, None)
        await agrees(world, tenant_id)
        await life.happen(3)
        await world.follow(following)
        await agrees(world, tenant_id)
        await steps.aclose()
        following = await world.following()
        await agrees(world, tenant_id)


async def test_made_anew_it_is_the_same(world: World, tenant_id: int) -> None:
    life = Life(world, tenant_id, random.Random(6))
    await life.settle()
    following = await world.following()
    await life.happen(60)
    await world.follow(following)
    await following.compaction.run()
    # Somebody whom only the engine knows, and somebody it lost.
    await world.analytics.command(
        "INSERT INTO person SELECT * REPLACE(999999 AS customer_id) FROM person LIMIT 1"
    )
    await world.analytics.command("DELETE FROM person WHERE customer_id % 3 = 0")
    async with world.db.system() as session:
        await ask_rebuild(session, world.clock, tenant_id)
    assert await following.tidy()
    await life.happen(5)
    following = await world.following()
    await world.follow(following)
    await agrees(world, tenant_id)
    await following.compaction.run()
    await agrees(world, tenant_id)


async def test_an_engine_that_lost_everything_gets_it_again(world: World, tenant_id: int) -> None:
    life = Life(world, tenant_id, random.Random(7))
    await life.settle()
    following = await world.following()
    await life.happen(40)
    await world.follow(following)
    for table in ("person", "person_contact", "person_value", "person_mark"):
        await world.analytics.command(f"DROP TABLE {table}")
    following = await world.following()
    async with world.tenant(tenant_id) as ctx:
        assert (await applied(ctx)).filled < 100
    await life.happen(5)
    await world.follow(following)
    await agrees(world, tenant_id)
    async with world.tenant(tenant_id) as ctx:
        assert (await applied(ctx)).filled == 100


async def test_who_was_overtaken_writes_nothing_that_counts(world: World, tenant_id: int) -> None:
    life = Life(world, tenant_id, random.Random(8))
    await life.settle()
    await life.happen(20)
    former = await world.following()
    await world.follow(former)
    following = await world.following()
    await life.happen(20)
    await world.feed()
    with pytest.raises(Overtaken):
        await former.projector.step()
    with pytest.raises(Overtaken):
        await former.compaction.run()
    await world.follow(following)
    await agrees(world, tenant_id)
