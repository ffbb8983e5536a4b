"""Each figure equals a count from the stream that shares no line with the engine's SQL."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from figures_by_hand import Reference, read_stream
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.facts import catalogue
from siyu.insight.metrics.definitions import Drill, Measured, Quotient
from siyu.insight.metrics.dictionary import METRICS
from siyu.insight.metrics.measuring import Scope, ids_behind, measure, nothing
from siyu.insight.metrics.relations import DIMENSIONS

BASE = datetime(2026, 11, 16, 16, tzinfo=UTC)  # midnight in China
ZONE = "Asia/Shanghai"
PERSONS, STAFF, CHANNELS, ORDERS = (5, 6, 7, 8), (31, 32), (1, 2), (1, 2, 3, 4)
FACTS = catalogue()
tenants = count(700_000)

moments = st.integers(0, 3 * 24 * 6).map(lambda step: BASE + timedelta(minutes=10 * step))
persons = st.sampled_from(PERSONS)
strangers = st.sampled_from((*PERSONS, None))
staff = st.sampled_from(STAFF)
nobody = st.sampled_from((*STAFF, None))
channels = st.sampled_from((*CHANNELS, None))


def fact(kind, person, account, at, /, **members):
    return (FACTS[kind](**members), person, account, at)


def contact_of(person: int, account: int) -> int:
    return person * 100 + account


@st.composite
def friendship(draw, kind: str):
    person, account = draw(persons), draw(staff)
    members = {"contact_id": contact_of(person, account), "customer_id": 1}
    members["channel_id"] = draw(channels)
    if kind == "contact.added":
        members |= {"first": draw(st.booleans()), "observed": draw(st.booleans())}
    if kind == "contact.lost":
        members["by"] = draw(st.sampled_from(("customer", "staff", "transfer", "unknown")))
    return fact(kind, person, account, draw(moments), **members)


@st.composite
def sale(draw):
    order = draw(st.sampled_from(ORDERS))
    kind = draw(
        st.sampled_from(("order.paid", "order.matched", "order.refunded", "order.attributed"))
    )
    at, person = draw(moments), draw(strangers)
    if kind == "order.paid":
        amount = draw(st.integers(0, 500))
        return fact(kind, person, None, at, order_id=order, amount_fen=amount, source_id=1)
    if kind == "order.matched":
        known = draw(persons)
        return fact(kind, known, None, at, order_id=order, customer_id=1, method="phone")
    if kind == "order.refunded":
        return fact(kind, person, None, at, order_id=order, refund_fen=draw(st.integers(0, 300)))
    members = {"method": draw(st.sampled_from(("touch", "window", "none")))}
    members |= {"amount_fen": 1, "channel_id": draw(channels)}
    return fact(kind, person, draw(nobody), at, order_id=order, **members)


@st.composite
def other(draw):
    kind = draw(
        st.sampled_from(
            (
                "material.viewed",
                "material.shared",
                "welcome.sent",
                "welcome.given_up",
                "channel.exposed",
                "identity.linked",
                "live_code.changed",
            )
        )
    )
    ids = {"material_id": 1, "tracked_link_id": 1}
    person, account, members = draw(persons), draw(staff), {}
    match kind:
        case "material.viewed":
            person, members = draw(strangers), {**ids, "visit_id": 1}
        case "material.shared":
            person, members = draw(strangers), ids
        case "welcome.sent":
            members = {"seconds": draw(st.integers(1, 80)) / 4}
        case "welcome.given_up":
            members = {"reason": "expired"}
        case "channel.exposed":
            person, account = None, None
            members = {"count": draw(st.integers(1, 50)), "source": "printed"}
            members |= {"cost_fen": draw(st.integers(0, 90)), "channel_id": draw(st.integers(1, 2))}
        case "identity.linked":
            owner = draw(st.sampled_from((91, 92, 93)))
            account, members = None, {"customer_id": owner, "kind": "openid", "evidence": "x"}
        case _:
            members = {"live_code_id": 1}
    return fact(kind, person, account, draw(moments), **members)


def once(facts):
    """Keep what can happen once only: a friendship's first beginning, an order's payment."""
    seen, kept = set(), []
    for entry in facts:
        key = (entry[0].type, getattr(entry[0], "order_id", getattr(entry[0], "contact_id", None)))
        if entry[0].type in {"contact.added", "order.paid"}:
            if key in seen:
                continue
            seen.add(key)
        kept.append(entry)
    return kept


FRIENDSHIPS = ("contact.added", "contact.added", "contact.readded", "contact.lost")
stories = st.lists(
    st.one_of(*(friendship(kind) for kind in FRIENDSHIPS), sale(), sale(), other(), other()),
    min_size=15,
    max_size=80,
).map(once)


@st.composite
def scopes(draw):
    start, end = sorted((draw(moments), draw(moments)))
    if draw(st.booleans()):
        start, end = BASE, BASE + timedelta(days=3)
    owners = draw(st.sampled_from((None, None, frozenset({31}), frozenset(STAFF), frozenset())))
    return Scope(
        tenant_id=next(tenants),
        start=start,
        end=end,
        now=draw(st.sampled_from((end, BASE + timedelta(days=9)))),
        zone=ZONE,
        owners=owners,
        channel_id=draw(st.sampled_from((None, None, 1))),
    )


async def tell(db, clock, tenant_id, story) -> None:
    async with db.tenant(tenant_id) as session:
        ctx = Context(tenant_id=tenant_id, actor=SYSTEM_ACTOR, clock=clock, session=session)
        for happened, person, account, at in story:
            ctx.announce(happened, identity_id=person, staff_account_id=account, occurred_at=at)
            clock.advance(timedelta(milliseconds=1))


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(story=stories, scope=scopes())
async def test_every_figure_equals_a_count_from_the_stream(
    db, clock, analytics, feed, story, scope
):
    await tell(db, clock, scope.tenant_id, story)
    await feed()
    async with db.tenant(scope.tenant_id) as session:
        reference = Reference(await read_stream(session), scope)

    found = await measure(
        analytics, scope, METRICS, ["day", "staff", "channel", "source", "lost_by", "method"]
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
    for number in range(4):
        day = BASE + timedelta(days=number)
        group = found.groups("day").get(int(day.timestamp()), blank)
        assert group == reference.on_day(day).total()
    for by in ("customer", "staff", "transfer", "unknown"):
        lost = found.groups("lost_by").get(by, blank)["lost"]
        assert lost == len(reference.where("contact.lost", by=by))
    for method in ("touch", "window", "none"):
        gmv = found.groups("method").get(method, blank)["gmv_fen"]
        assert gmv == sum(order.net for order in reference.orders if order.method == method)


@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(story=stories, scope=scopes())
async def test_every_figure_opens_into_what_it_counts(db, clock, analytics, feed, story, scope):
    await tell(db, clock, scope.tenant_id, story)
    await feed()
    async with db.tenant(scope.tenant_id) as session:
        expected = Reference(await read_stream(session), scope).behind()
    for key, metric in METRICS.items():
        if metric.drill is None:
            assert key not in expected
            continue
        ids = await ids_behind(analytics, scope, metric, before=None, limit=100)
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
    story = [
        (link(customer_id=90 + person, kind="openid", evidence="x"), person, None, at)
        for person in PERSONS
    ]
    viewed = FACTS["material.viewed"](material_id=1, tracked_link_id=1, visit_id=1)
    story += [(viewed, person, 31, at) for person in PERSONS]
    paid = FACTS["order.paid"]
    story += [
        (paid(order_id=n, amount_fen=1000 * n, source_id=1), person, None, at)
        for n, person in enumerate(PERSONS[:3], 1)
    ]
    tenant = next(tenants)
    await tell(db, clock, tenant, story)
    await feed()
    scope = Scope(tenant, BASE, BASE + timedelta(days=1), BASE + timedelta(days=2), ZONE)
    total = (await measure(analytics, scope, METRICS)).total
    assert (total["reached"], total["orders"], total["gmv_fen"]) == (4, 3, 6000)
    product = total["reached"] * total["conversion"] * total["average_order_fen"]
    assert product == pytest.approx(total["gmv_fen"])
    assert metric_drills() == {Drill.PEOPLE, Drill.ORDERS}


def metric_drills() -> set[Drill]:
    return {metric.drill for metric in METRICS.values() if metric.drill}
