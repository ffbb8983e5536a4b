"""Uses: who was reached, why, without whom; and that they are forgotten with the person."""

import pytest
from pyroaring import BitMap64

from siyu.composition import BesideAudiences
from siyu.core.analytics import Analytics
from siyu.core.errors import Conflict, NotFound
from siyu.people.audiences import erasure, queries, service, uses
from siyu.people.audiences.copies import Copies
from siyu.people.audiences.persons import audiences_of
from siyu.people.audiences.places import Fed
from siyu.people.audiences.uses import Uses, recipients, why_reached
from siyu.people.rules.answers.sets import Sets
from siyu.people.rules.language import AllOf, AnyOf, Attribute, InAudience, NoneOf, Tags
from tests.people.audiences.crowd import Crowd

BESIDE = BesideAudiences()
REFUSED = Attribute("marketing", "in", values=("refused",))
SENSITIVE = Attribute("sensitive", "eq", number=1)


async def test_a_use_keeps_whom_and_why(crowd: Crowd) -> None:
    await crowd.happen(15)
    tags = tuple(crowd.life.tags)
    buyers = Attribute("orders", "ge", number=1)
    rule = AllOf(
        (AnyOf((buyers, Tags(tags[:3], mode="any"))), NoneOf((Tags(tags[3:], mode="any"),)))
    )
    audience_id = await crowd.dynamic(rule)
    holds = [
        await crowd.members(await crowd.dynamic(one))
        for one in (buyers, Tags(tags[:3], mode="any"), Tags(tags[3:], mode="any"))
    ]
    everybody = await crowd.members(audience_id)
    assert everybody
    async with crowd.work() as ctx:
        room = Uses(crowd.sets(), Copies())
        every = await room.use(ctx, audience_id, "通知", marketing=False)
        some = await room.use(ctx, audience_id, "群发")
    out = [await crowd.members(await crowd.dynamic(one)) for one in (REFUSED, SENSITIVE)]
    async with crowd.work() as ctx:
        assert await recipients(ctx, every.id) == everybody
        left = everybody - out[0] - out[1]
        assert await recipients(ctx, some.id) == left
        assert (some.size, some.version) == (len(left), 1)
        assert some.excluded == {
            "refused": len(everybody & out[0]),
            "sensitive": len((everybody & out[1]) - out[0]),
        }
        for one in everybody:
            told = {
                each.path: each.held for each in (await why_reached(ctx, every.id, one)).conditions
            }
            assert told == {
                "rule": True,
                "rule.items[0]": True,
                "rule.items[0].items[0]": one in holds[0],
                "rule.items[0].items[1]": one in holds[1],
                "rule.items[1]": True,
                "rule.items[1].items[0]": False,
            }
        with pytest.raises(NotFound):
            await why_reached(ctx, every.id, 10**15)


async def test_a_use_holds_its_audience_until_it_is_over(crowd: Crowd) -> None:
    await crowd.happen(15)
    audience_id = await crowd.dynamic(AllOf(()))
    async with crowd.work() as ctx:
        use = await Uses(crowd.sets(), Copies()).use(ctx, audience_id, "群发")
    with pytest.raises(Conflict) as refused:
        async with crowd.work() as ctx:
            await service.archive(ctx, BESIDE, audience_id)
    assert refused.value.extra["used_by"] == [
        {"kind": "use", "id": use.id, "name": "群发", "needs": True}
    ]
    async with crowd.work() as ctx:
        await uses.end(ctx, use.id)
        await service.archive(ctx, BESIDE, audience_id)


async def test_what_others_did_with_some_is_kept_with_why(crowd: Crowd) -> None:
    await crowd.happen(15)
    buyers = Attribute("orders", "ge", number=1)
    audience_id = await crowd.dynamic(NoneOf((buyers,)))
    some = BitMap64(list(await crowd.members(audience_id))[:3])
    assert some
    async with crowd.work() as ctx:
        room = Uses(crowd.sets(), Copies())
        use = await room.note(ctx, audience_id, some, "marking", "批量打标签")
        assert (use.size, use.excluded, use.marketing) == (len(some), {}, False)
        assert use.ended_at is not None
        told = await why_reached(ctx, use.id, some.min())
        assert [(one.path, one.held) for one in told.conditions] == [
            ("rule", True),
            ("rule.items[0]", False),
        ]


async def test_without_the_engine_whom_is_kept_without_why(crowd: Crowd) -> None:
    await crowd.happen(15)
    audience_id = await crowd.dynamic(Attribute("orders", "ge", number=0))
    everybody = await crowd.members(audience_id)
    async with crowd.work() as ctx:
        nowhere = Analytics("http://127.0.0.1:1")
        room = Uses(Sets(nowhere, Fed(crowd.world.db), kept_bytes=1), Copies())
        use = await room.note(ctx, audience_id, everybody, "marking", "批量打标签")
        assert await recipients(ctx, use.id) == everybody
        assert (await why_reached(ctx, use.id, everybody.min())).conditions == []


async def test_recipients_are_paged_and_a_use_tells_its_rule(crowd: Crowd) -> None:
    await crowd.happen(15)
    inner = await crowd.dynamic(AllOf(()))
    audience_id = await crowd.dynamic(InAudience(inner))
    async with crowd.work() as ctx:
        use = await Uses(crowd.sets(), Copies()).use(ctx, audience_id, "通知", marketing=False)
    everybody = list(await crowd.members(audience_id))
    found: list[int] = []
    cursor = None
    async with crowd.work() as ctx:
        while cursor is not None or not found:
            page = await uses.recipients_page(ctx, use.id, cursor=cursor, limit=3)
            found += [one.id for one in page.items]
            cursor = page.next_cursor
        assert found == everybody
        told = await queries.use(ctx, use.id)
        assert (told.rule, told.size, told.audience_id) == (
            InAudience(inner),
            len(everybody),
            audience_id,
        )
        assert [(one.id, one.version) for one in told.stands_on] == [(inner, 1)]


async def test_somebody_forgotten_is_nowhere(crowd: Crowd) -> None:
    await crowd.happen(15)
    audience_id = await crowd.dynamic(AllOf(()))
    everybody = await crowd.members(audience_id)
    list_id = await crowd.make(None, customer_ids=list(everybody))
    room = Uses(crowd.sets(), Copies())
    async with crowd.work() as ctx:
        use = await room.use(ctx, audience_id, "群发", marketing=False)
        by_list = await room.use(ctx, list_id, "群发", marketing=False)
    gone = BitMap64(list(everybody)[:2])
    async with crowd.work() as ctx:
        assert len(await audiences_of(ctx, gone.min())) == 2
        assert await erasure.forget(ctx, list(gone)) == 4
    async with crowd.work() as ctx:
        for one in gone:
            assert await audiences_of(ctx, one) == []
            with pytest.raises(NotFound):
                await why_reached(ctx, use.id, one)
        assert await recipients(ctx, use.id) == everybody - gone
        assert await recipients(ctx, by_list.id) == everybody - gone
        again = await room.use(ctx, audience_id, "群发", marketing=False)
        assert await recipients(ctx, again.id) == everybody - gone
        by_name = await why_reached(ctx, by_list.id, everybody.max())
        assert by_name.rule == InAudience(list_id)
    assert await crowd.members(list_id) == everybody - gone
    assert (await crowd.audience(list_id)).size == len(everybody) - 2
