"""Builds: what they announce, beside the projector, cancelled, killed, of others."""

import asyncio
from datetime import timedelta

import pytest

from siyu.people.audiences import building, builds, service
from siyu.people.audiences.schemas import AudienceChange
from siyu.people.rules.language import AllOf, Attribute, NoneOf, Tags
from tests.people.audiences.crowd import NAMES, Crowd

EVERYBODY = AllOf(())
BUYERS = Attribute("orders", "ge", number=1)


async def change(crowd: Crowd, audience_id: int, rule, *, dynamic: bool = True) -> None:
    async with crowd.work() as ctx:
        version = (await service.find(ctx, audience_id)).version
        wanted = AudienceChange("人群", version, dynamic=dynamic, rule=rule)
        await service.update(ctx, NAMES, audience_id, wanted)


async def test_a_first_build_tells_nobody_and_a_later_one_what_differs(crowd: Crowd) -> None:
    await crowd.happen(15)
    audience_id = await crowd.dynamic(EVERYBODY)
    everybody = await crowd.members(audience_id)
    assert everybody
    assert await crowd.told(audience_id) == []
    await change(crowd, audience_id, BUYERS)
    assert (await crowd.audience(audience_id)).state == "behind"
    await crowd.build(audience_id)
    buyers = await crowd.members(audience_id)
    assert buyers < everybody
    told = await crowd.told(audience_id)
    assert sorted(told) == [("audience.left", one) for one in everybody - buyers]
    found = await crowd.audience(audience_id)
    assert (found.state, found.version, found.built_version) == ("ready", 2, 2)


async def test_one_made_dynamic_tells_from_its_next_build_on(crowd: Crowd) -> None:
    await crowd.happen(15)
    audience_id = await crowd.make(EVERYBODY)
    await crowd.build(audience_id)
    await change(crowd, audience_id, BUYERS)
    await crowd.build(audience_id)
    assert await crowd.told(audience_id) == []
    await crowd.happen(15)
    assert await crowd.kept(audience_id) == await crowd.rebuilt(audience_id)


async def test_a_killed_build_goes_on(crowd: Crowd, monkeypatch: pytest.MonkeyPatch) -> None:
    await crowd.happen(15)
    audience_id = await crowd.dynamic(EVERYBODY)
    await change(crowd, audience_id, NoneOf((EVERYBODY,)))
    monkeypatch.setattr(building, "_TOLD_AT_ONCE", 1)
    before = await crowd.members(audience_id)
    left = len(before) - 1
    assert left
    assert await crowd.building()._portion(crowd.tenant_id, audience_id) == (1, left, left)
    assert (await crowd.audience(audience_id)).state == "behind"
    await crowd.build(audience_id)
    assert not await crowd.members(audience_id)
    told = await crowd.told(audience_id)
    assert sorted(told) == [("audience.left", one) for one in before]


async def test_a_cancelled_build_is_taken_up_by_the_next(
    crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    await crowd.happen(15)
    audience_id = await crowd.dynamic(EVERYBODY)
    await change(crowd, audience_id, NoneOf((EVERYBODY,)))
    async with crowd.work() as ctx:
        await builds.cancel(ctx, await service.find(ctx, audience_id))
    await crowd.cancelled(audience_id)
    assert (await crowd.audience(audience_id)).state == "behind"
    async with crowd.work() as ctx:
        await service.build(ctx, audience_id)
    await crowd.build(audience_id)
    assert not await crowd.members(audience_id)


async def test_a_build_beside_the_projector(crowd: Crowd) -> None:
    await crowd.happen(15)
    audience_id = await crowd.dynamic(BUYERS)
    by_tag = Tags(tuple(crowd.life.tags[:2]), mode="any")
    for rule in (by_tag, BUYERS, by_tag):
        await crowd.life.happen(25)
        crowd.world.clock.advance(timedelta(seconds=31))
        await change(crowd, audience_id, rule)
        await asyncio.gather(
            crowd.world.follow(crowd.following),
            crowd.build(audience_id),
            crowd.build_if_due(audience_id),
        )
        await crowd.follow()
        assert await crowd.kept(audience_id) == await crowd.rebuilt(audience_id)
        assert (await crowd.audience(audience_id)).state == "ready"
