"""Copies of members: right by revision, within their bound."""

from pyroaring import BitMap64

from siyu.people.audiences.copies import Copies
from siyu.people.rules.language import Attribute
from tests.people.audiences.crowd import Crowd

NOBUYERS = Attribute("orders", "lt", number=1)


async def test_copies_are_read_ahead_as_long_as_there_is_room(crowd: Crowd) -> None:
    await crowd.follow()
    ids = [await crowd.dynamic(NOBUYERS) for _ in range(3)]
    assert await crowd.members(ids[0])
    revisions = {one: (await crowd.audience(one)).revision for one in ids}
    roomy, narrow = Copies(), Copies(most_bytes=1)
    async with crowd.work() as ctx:
        await roomy.warm(ctx, revisions)
        await narrow.warm(ctx, revisions)
        # What was kept counts by its revision, whatever the tables say.
        for one in ids:
            roomy.keep(ctx, one, -one, BitMap64([one]))
        assert await roomy.of(ctx, {one: -one for one in ids}) == {
            one: BitMap64([one]) for one in ids
        }
        assert await narrow.of(ctx, revisions) == await crowd.kept(*ids)


async def test_who_keeps_is_told_whether_there_was_room(crowd: Crowd) -> None:
    copies = Copies(most_bytes=1200)
    async with crowd.work() as ctx:
        assert copies.keep(ctx, 1, 7, BitMap64([1]))
        assert copies.keep(ctx, 2, 7, BitMap64([2]))
        assert copies.keep(ctx, 2, 8, BitMap64([2, 3]))
        assert not copies.keep(ctx, 3, 7, BitMap64([3]))
        assert await copies.of(ctx, {2: 8, 3: 7}) == {2: BitMap64([2, 3]), 3: BitMap64([3])}
