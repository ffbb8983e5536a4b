"""RFM thresholds are exact: they cut the buyers into fifths, as sorting all of them would."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from siyu.commerce.models import SalesOrder
from siyu.composition import PersonSources
from siyu.core.errors import Invalid
from siyu.facts.people import CustomerChanged
from siyu.people.audiences import rfm
from siyu.people.audiences.jobs import Scores
from siyu.people.audiences.kinds import Rescore
from siyu.people.audiences.models import RfmPlan, RfmVersion
from siyu.people.audiences.schemas import RfmCuts, RfmPlanDraft
from siyu.people.models import Identity
from siyu.people.picture.loading import load
from siyu.people.rules.language import Rfm
from tests.people.audiences.crowd import Crowd

DAY = 86_400


async def score(crowd: Crowd) -> None:
    async with crowd.work() as ctx:
        run_id = await rfm.run_now(ctx)
    await Scores(crowd.world.db, crowd.world.clock, crowd.world.analytics).run(
        crowd.tenant_id, Rescore(run_id)
    )


async def buyers(crowd: Crowd) -> dict[int, tuple[int, int, int]]:
    """Return age of the last payment in seconds, orders and fen of who ever bought."""
    everybody = await crowd.everybody()
    async with crowd.work() as ctx:
        persons = await load(ctx, everybody, PersonSources())
        return {
            one: (
                (ctx.now() - person.bought.last_paid_at) // timedelta(seconds=1),
                person.bought.orders,
                person.bought.gmv_fen,
            )
            for one, person in persons.items()
            if person.bought and person.state != "none"
        }


def fifths(values, above=1) -> list[int]:
    ordered = sorted(values)
    return [max(ordered[len(ordered) * part // 5], ordered[0] + above) for part in range(1, 5)]


async def shop(crowd: Crowd, orders: int, apart: timedelta = timedelta(minutes=7)) -> None:
    await crowd.life.happen(30)
    for _ in range(orders):
        async with crowd.work() as ctx:
            await crowd.life.buy(ctx)
        crowd.world.clock.advance(apart)
    await crowd.follow()


async def test_quantiles_are_exact_and_scores_follow(crowd: Crowd) -> None:
    await shop(crowd, 40, apart=timedelta(hours=31))
    await score(crowd)
    found = await buyers(crowd)
    assert len(found) > 4
    ages, orders, fen = zip(*found.values(), strict=True)
    async with crowd.work() as ctx:
        version = (await ctx.session.scalars(select(RfmVersion))).one()
        matrix = await rfm.matrix(ctx, crowd.world.analytics)
    whole_days = fifths((age // DAY for age in ages), above=2)
    assert version.recency_seconds == [days * DAY for days in whole_days]
    assert len(set(whole_days)) == 4
    assert version.frequency == fifths(orders)
    assert version.money_fen == fifths(fen)
    assert version.buyers == len(found)
    cells = Counter()
    for age, times, _ in found.values():
        recency = 5 - sum(age >= border for border in version.recency_seconds)
        cells[recency, 1 + sum(times >= border for border in version.frequency)] += 1
    assert {(cell.recency, cell.frequency): cell.people for cell in matrix.cells} == cells
    assert sum(cell.gmv_fen for cell in matrix.cells) == sum(fen)
    best = await crowd.dynamic(Rfm(recency=(4, 5), frequency=(5,)))
    wanted = sum(count for (r, f), count in cells.items() if r >= 4 and f == 5)
    assert len(await crowd.members(best)) == wanted


async def test_nobody_of_a_young_shop_counts_as_gone(crowd: Crowd) -> None:
    await shop(crowd, 20)
    await score(crowd)
    found = await buyers(crowd)
    assert len(found) > 4
    fresh = await crowd.dynamic(Rfm(recency=(5,)))
    assert set(await crowd.members(fresh)) == set(found)
    crowd.world.clock.advance(timedelta(hours=20))  # the next version is not due yet
    await crowd.follow()
    async with crowd.work() as ctx:
        matrix = await rfm.matrix(ctx, crowd.world.analytics)
    assert {cell.recency for cell in matrix.cells} == {5}
    assert set(await crowd.members(fresh)) == set(found)


@pytest.mark.parametrize(("value", "cuts"), [(1, [1, 1, 2, 2]), (9_900, [9_900] * 2 + [9_901] * 2)])
def test_who_is_like_everybody_is_neither_the_best_nor_the_worst(value, cuts):
    borders = rfm._rising([value] * 4, value, value)
    assert borders == cuts
    assert 1 + sum(value >= border for border in borders) == 3


async def test_who_bought_once_like_all_others_is_not_frequent(crowd: Crowd) -> None:
    await crowd.life.happen(60)
    async with crowd.work() as ctx:
        identities = (await ctx.session.scalars(select(Identity).order_by(Identity.id))).all()
        people = list({one.customer_id: one for one in identities}.values())
        for number, identity in enumerate(people + people[::3]):  # some buy twice
            ctx.session.add(
                SalesOrder(
                    tenant_id=ctx.tenant_id,
                    source_id=crowd.life.source,
                    external_id=f"once-{number}",
                    paid_at=ctx.now(),
                    amount_fen=100,
                    currency="CNY",
                    identity_id=identity.id,
                    received_at=ctx.now(),
                )
            )
            ctx.announce(CustomerChanged(customer_id=identity.customer_id, what="profile"))
    await crowd.follow()
    await score(crowd)
    found = await buyers(crowd)
    once = [number for number, (_, orders, _) in found.items() if orders == 1]
    assert 0 < len(once) < len(found)
    assert not set(once) & set(
        await crowd.members(await crowd.dynamic(Rfm(frequency=(2, 3, 4, 5))))
    )


async def test_a_new_version_has_audiences_built_that_ask_for_scores(crowd: Crowd) -> None:
    await shop(crowd, 10)
    await score(crowd)
    audience_id = await crowd.dynamic(Rfm(money=(5,)))
    cuts = RfmCuts([1, 2, 3, 4], [1, 2, 3, 4], [1, 2, 3, 4])
    async with crowd.work() as ctx:
        await rfm.set_plan(ctx, RfmPlanDraft("fixed", None, cuts))
        plan = await ctx.session.get_one(RfmPlan, ctx.tenant_id)
        assert plan.began_at is None  # the first run's job still waits: another is due after it
    async with crowd.world.db.system() as session:
        await session.execute(
            text(
                "delete from queue.pgqueuer where"
                " (convert_from(payload, 'UTF8')::jsonb ->> 'tenant_id')::bigint = :tenant"
            ),
            {"tenant": crowd.tenant_id},
        )
    await score(crowd)
    assert (await crowd.audience(audience_id)).state == "behind"
    await crowd.build(audience_id)
    rich = {one for one, (_, _, fen) in (await buyers(crowd)).items() if fen >= 4}
    assert set(await crowd.members(audience_id)) == rich


async def test_cuts_must_rise(crowd: Crowd) -> None:
    cuts = RfmCuts([1, 2, 2, 4], [1, 2, 3, 4], [1, 2, 3, 4])
    with pytest.raises(Invalid) as refused:
        async with crowd.work() as ctx:
            await rfm.set_plan(ctx, RfmPlanDraft("fixed", None, cuts))
    assert refused.value.errors[0].field == "cuts.recency_days"
