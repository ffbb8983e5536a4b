"""Figures counted by PostgreSQL and by the picture are the same, however the picture lies."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from siyu.core.analytics import Analytics, AnalyticsUnavailable
from siyu.people.contacts import counts as origins
from siyu.people.contacts.counts import Adds, Origin, adds_by
from siyu.people.tags import counts as tags
from siyu.people.tags.counts import people_by_tag
from tests.people.audiences.conftest import crowd, world  # noqa: F401 - fixtures
from tests.people.audiences.crowd import Crowd

ORIGINS: Mapping[Origin, range] = {"channel_id": range(1, 60), "live_code_id": range(1, 60)}


async def figures(crowd: Crowd, monkeypatch: pytest.MonkeyPatch, few: int) -> Any:  # noqa: F811
    """Return all figures; of more than `few` rows the picture tells."""
    for room in (origins, tags):
        monkeypatch.setattr(room, "_FEW", few)
    crowd.world.clock.advance(timedelta(minutes=2))  # what was kept is too old
    analytics = crowd.world.analytics
    async with crowd.work() as ctx:
        carried = await people_by_tag(ctx, analytics)
        assert carried is not None
        adds = {by: await adds_by(ctx, analytics, by, ids) for by, ids in ORIGINS.items()}
    return {tag: count for tag, count in carried.people.items() if count}, adds


async def test_both_sides_count_the_same_at_every_step_of_a_compaction(
    crowd: Crowd,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for _ in range(2):
        await crowd.happen(25)
        expected = await figures(crowd, monkeypatch, 50_000)
        people, adds = expected
        assert people
        assert any(found.friends_ever for by in adds for found in adds[by].values())
        assert await figures(crowd, monkeypatch, 0) == expected
        async for step in crowd.following.compaction.steps():
            assert await figures(crowd, monkeypatch, 0) == expected, step
        assert await figures(crowd, monkeypatch, 0) == expected


async def test_without_the_engine_nothing_is_said_and_nothing_fails(
    crowd: Crowd,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def away(*_: object, **__: object) -> None:
        raise AnalyticsUnavailable("gone")

    monkeypatch.setattr(origins, "_FEW", 0)
    monkeypatch.setattr(Analytics, "query", away)
    async with crowd.work() as ctx:
        found = await adds_by(ctx, crowd.world.analytics, "channel_id", [1, 2])
    assert found == {1: Adds(), 2: Adds()}
