"""Whatever happens, a dynamic audience has the members that a build from nothing would find."""

import random
from collections import Counter
from datetime import timedelta

import pytest

from siyu.composition import BesideAudiences
from siyu.core.context import Context
from siyu.people.audiences import queries
from siyu.people.audiences.schemas import AudienceRow
from siyu.people.rules.language import (
    AllOf,
    AnyOf,
    Attribute,
    Behaviour,
    Field,
    Friendship,
    InAudience,
    InGroups,
    NoneOf,
    Rule,
    Span,
    Tags,
)
from tests.people.audiences.crowd import Crowd
from tests.people.picture.picture_life import Life

HOUR = Span(last=1, unit="hour")


def rules(life: Life) -> list[Rule]:
    some, other = tuple(life.tags[:2]), (life.tags[2],)
    return [
        AllOf(()),
        Tags(some, mode="any"),
        AllOf((NoneOf((Tags(some, mode="all"),)), Tags(other, past=True))),
        AnyOf((Attribute("orders", "ge", number=2), Attribute("gmv_fen", "gt", number=5000))),
        Attribute("last_add_at", "within", span=HOUR),
        Friendship(states=("lost",), lost=Span(older=1, unit="hour")),
        Behaviour("order.paid", times=1, within=HOUR),
        Behaviour("tag.marked", op="eq", times=0),
        AllOf((Attribute("stage", "present"), InGroups())),
        NoneOf((Attribute("marketing", "in", values=("refused",)),)),
        AllOf(
            (Field(life.fields[1], "contains", text="a"), Attribute("sensitive", "eq", number=0))
        ),
    ]


@pytest.mark.parametrize("seed", range(2))
async def test_kept_is_as_good_as_built(crowd: Crowd, seed: int) -> None:
    dice = random.Random(seed)
    crowd.life.dice = dice
    await crowd.happen(15)
    audiences = [await crowd.dynamic(rule) for rule in rules(crowd.life)]
    audiences.append(
        await crowd.dynamic(AllOf((InAudience(audiences[1]), InAudience(audiences[3]))))
    )
    audiences.append(await crowd.dynamic(NoneOf((InAudience(audiences[4]),))))
    before = await crowd.kept(*audiences)
    for _ in range(4):
        await crowd.life.happen(dice.randrange(6, 14))
        crowd.world.clock.advance(timedelta(minutes=dice.randrange(40)))
        if dice.random() < 0.4:
            await crowd.leads()
        await crowd.follow()
        assert await crowd.kept(*audiences) == await crowd.rebuilt(*audiences)
    for one in audiences:
        balance = Counter(dict.fromkeys(before[one], 1))
        for kind, customer_id in await crowd.told(one):
            balance[customer_id] += 1 if kind == "audience.entered" else -1
        assert set(balance.values()) <= {0, 1}
        now = {customer_id for customer_id, count in balance.items() if count}
        assert now == set(await crowd.members(one))
        assert (await crowd.audience(one)).size == len(now)


async def test_what_is_kept_tells_until_when_it_was_looked_at(crowd: Crowd) -> None:
    await crowd.follow()
    kept = await crowd.dynamic(AllOf(()))
    built = await crowd.make(AllOf(()))
    await crowd.build(built)
    then = crowd.world.clock.now()
    crowd.world.clock.advance(timedelta(hours=1))
    await crowd.follow()
    async with crowd.work() as ctx:
        views = {one.id: one for one in await _listed(ctx)}
        assert (views[kept].as_of, views[kept].checked_at) == (then, ctx.now())
        assert (views[built].as_of, views[built].checked_at) == (then, then)
    crowd.world.clock.advance(timedelta(hours=1))  # nobody follows any more
    async with crowd.work() as ctx:
        (first, *_) = [one for one in await _listed(ctx) if one.id == kept]
        assert first.checked_at == ctx.now() - timedelta(hours=1)


async def _listed(ctx: Context) -> list[AudienceRow]:
    page = await queries.page(
        ctx, BesideAudiences(), q="", kind="all", archived=False, cursor=None, limit=50
    )
    return page.items
