"""Each figure equals a count from the stream that shares no line with the engine's SQL."""

from datetime import timedelta

import pytest
from figures_by_hand import Reference, read_stream
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from stories import (
    BASE,
    CHANNELS,
    DAYS,
    FACTS,
    LOST_BY,
    PERSONS,
    STAFF,
    ZONE,
    new_tenant,
    scope,
    story,
    tell,
)

from siyu.insight.metrics.definitions import Drill, Measured, Quotient
from siyu.insight.metrics.dictionary import METRICS
from siyu.insight.metrics.measuring import Scope, ids_behind, measure, nothing
from siyu.insight.metrics.relations import DIMENSIONS

made_up = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)


@made_up
@given(dice=st.randoms(use_true_random=True))
async def test_every_figure_equals_a_count_from_the_stream(db, clock, analytics, feed, dice):
    asked = scope(dice)
    told = story(dice)
    for part in (told[::2], told[1::2]):  # two batches: the engine merges doubles within one
        await tell(db, clock, asked.tenant_id, part)
        await feed()
    async with db.tenant(asked.tenant_id) as session:
        reference = Reference(await read_stream(session), asked)

    found = await measure(
        analytics, asked, METRICS, ["day", "staff", "channel", "source", "lost_by", "method"]
    )

    assert found.total == reference.total()
    exposures = {s: v["exposed"] for s, v in found.groups("source").items() if v["exposed"]}
    assert exposures == reference.exposures()
    blank = nothing(METRICS)
    for account in STAFF:
        part = reference.only(lambda _at, staff_id, _channel, own=account: staff_id == own)
        assert found.groups("staff").get(account, blank) == part.total()
    for channel in CHANNELS:
        part = reference.only(lambda _at, _staff, number, own=channel: number == own)
        assert found.groups("channel").get(channel, blank) == part.total()
    for number in range(DAYS + 1):
        day = BASE + timedelta(days=number)
        group = found.groups("day").get(int(day.timestamp()), blank)
        assert group == reference.on_day(day).total()
    for by in LOST_BY:
        lost = found.groups("lost_by").get(by, blank)["lost"]
        assert lost == len(reference.where("contact.lost", by=by))
    for method in ("touch", "window", "none"):
        gmv = found.groups("method").get(method, blank)["gmv_fen"]
        assert gmv == sum(order.net for order in reference.orders if order.method == method)


@made_up
@given(dice=st.randoms(use_true_random=True))
async def test_every_figure_opens_into_what_it_counts(db, clock, analytics, feed, dice):
    asked = scope(dice)
    await tell(db, clock, asked.tenant_id, story(dice))
    await feed()
    async with db.tenant(asked.tenant_id) as session:
        expected = Reference(await read_stream(session), asked).behind()
    for key, metric in METRICS.items():
        if metric.drill is None:
            assert key not in expected
            continue
        ids = await ids_behind(analytics, asked, metric, before=None, limit=100)
        assert ids == sorted(expected[key], reverse=True), key


def test_the_dictionary_is_sound():
    for key, metric in METRICS.items():
        assert metric.key == key
        assert metric.name
        assert metric.definition.endswith("。")
        if isinstance(metric.formula, Quotient):
            assert metric.undefined, key
            assert {metric.formula.dividend, metric.formula.divisor} <= METRICS.keys()
        elif isinstance(metric.formula, Measured) and metric.formula.parts:
            assert metric.formula.parts in DIMENSIONS[metric.formula.relation]
    assert len({metric.name for metric in METRICS.values()}) == len(METRICS)


async def test_the_factors_of_the_north_star_multiply_to_it(db, clock, analytics, feed):
    at = BASE + timedelta(hours=1)
    link = FACTS["identity.linked"]
    told = [
        (link(customer_id=90 + person, kind="openid", evidence="x"), person, None, at)
        for person in PERSONS
    ]
    viewed = FACTS["material.viewed"](material_id=1, tracked_link_id=1, visit_id=1)
    told += [(viewed, person, 31, at) for person in PERSONS]
    paid = FACTS["order.paid"]
    told += [
        (paid(order_id=n, amount_fen=1000 * n, source_id=1), person, None, at)
        for n, person in enumerate(PERSONS[:3], 1)
    ]
    tenant = new_tenant()
    await tell(db, clock, tenant, told)
    await feed()
    asked = Scope(tenant, BASE, BASE + timedelta(days=1), BASE + timedelta(days=2), ZONE)
    total = (await measure(analytics, asked, METRICS)).total
    assert (total["reached"], total["orders"], total["gmv_fen"]) == (4, 3, 6000)
    product = total["reached"] * total["conversion"] * total["average_order_fen"]
    assert product == pytest.approx(total["gmv_fen"])
    assert metric_drills() == {Drill.PEOPLE, Drill.ORDERS}


def metric_drills() -> set[Drill]:
    return {metric.drill for metric in METRICS.values() if metric.drill}
