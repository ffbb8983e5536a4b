"""Time passes: nobody's answer changes unless they crossed something; answers belong to a place."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from siyu.people.picture.person import Held
from siyu.people.rules import language as l
from siyu.people.rules.answers.sets import Restless, Sets
from siyu.people.rules.answers.statements import Place
from siyu.people.rules.crossing import due
from siyu.people.rules.evaluate import evaluator
from siyu.people.rules.explain import explain
from siyu.people.rules.held import Has
from siyu.people.rules.needs import needs
from siyu.people.rules.terms import month_days
from tests.people.rules.rules import rules
from tests.people.rules.worlds import LIST, NOW, Here

STEPS = (timedelta(microseconds=1), timedelta(milliseconds=1), timedelta(hours=1),
         timedelta(days=1), timedelta(days=40), timedelta(days=400))  # fmt: skip


async def _cross(analytics, world, asked, since, until) -> None:
    found = await due(analytics, world.tenant_id, asked, world.terms, since, until)
    for rule in asked:
        before, after = (evaluator(rule, world.terms, at) for at in (since, until))
        turned = {one.customer_id for one in world.people if before(one) != after(one)}
        assert turned <= set(found), rule


async def test_whoever_turns_crossed_something(analytics, worlds) -> None:
    loop = asyncio.get_running_loop()

    @settings(max_examples=8)
    @given(
        st.lists(rules, min_size=10, max_size=10),
        st.sampled_from(worlds),
        st.sampled_from((NOW, NOW - timedelta(days=30), NOW - timedelta(days=1, microseconds=1))),
        st.sampled_from(STEPS),
    )
    def check(asked, world, since, step) -> None:
        work = _cross(analytics, world, asked, since, since + step)
        asyncio.run_coroutine_threadsafe(work, loop).result()

    await asyncio.to_thread(check)


async def test_only_those_cross_who_may_turn(analytics, worlds) -> None:
    """A quiet hour has nobody look at all customers."""
    world = worlds[0]
    rule = l.Attribute("last_add_at", "within", span=l.Span(last=1000))
    later = NOW + timedelta(days=100)
    until = later + timedelta(hours=1)
    assert not await due(analytics, world.tenant_id, [rule], world.terms, later, until)


def test_days_come_round() -> None:
    assert month_days(date(2027, 2, 27), 2) == {227, 228, 229, 301}
    assert month_days(date(2028, 2, 28), 0) == {228}
    assert month_days(date(2028, 2, 29), 0) == {229}
    assert len(month_days(date(2027, 1, 1), 366)) == 366


class Moving:
    """A picture whose base is another each time it is looked at."""

    def __init__(self, place: Place, times: int) -> None:
        self._place = place
        self._left = times

    async def place(self) -> Place:
        self._left -= 1
        return replace(self._place, generation=self._place.generation - max(0, self._left))


async def test_who_asks_while_the_base_moves_looks_again(analytics, worlds) -> None:
    world = worlds[0]
    still = Sets(analytics, Here(world.place), kept_bytes=1 << 20)
    rule = l.Tags((51, 53), mode="any")
    expected = await still.ask(world.tenant_id, rule, world.terms, NOW)
    moving = Sets(analytics, Moving(world.place, 3), kept_bytes=1 << 20)
    found = await moving.ask(world.tenant_id, rule, world.terms, NOW)
    assert found == expected
    restless = Sets(analytics, Moving(world.place, 50), kept_bytes=1 << 20)
    with pytest.raises(Restless):
        await restless.ask(world.tenant_id, rule, world.terms, NOW)


def test_what_a_rule_needs(worlds) -> None:
    rule = l.AllOf((l.Behaviour("order.paid"), l.InAudience(82), l.InAudience(LIST)))
    found = needs(rule, worlds[0].terms)
    assert found.acts == {"order.paid"}
    assert found.timed
    assert (found.rules, found.lists) == ({82}, {LIST})
    assert "tag.marked" in found.facts
    assert not needs(l.Tags((51,)), worlds[0].terms).timed


def test_why_somebody_is_in_or_out(worlds) -> None:
    world = worlds[0]
    person = next(
        one
        for one in world.people
        if one.state != "none" and one.fields.get(63) and one.tags.keys() & {51, 53}
    )
    rule = l.AllOf(
        (
            l.Tags((51, 53), mode="any"),
            l.NoneOf((l.Attribute("gmv_fen", "ge", number=12_345),)),
            l.Field(63, "anniversary", days=366),
            l.Behaviour("order.paid", "eq", 0, within=l.Span(last=30)),
        )
    )
    told = explain(rule, person, world.terms, NOW, lambda kind, one: f"{kind}{one}")
    assert told.holds == evaluator(rule, world.terms, NOW)(person)
    tags, none, field, paid = told.items
    assert (tags.path, tags.holds, tags.says) == ("rule.items[0]", True, "有任一标签 tag51、tag53")
    assert tags.has.kind == "names"
    assert set(tags.has.texts) <= {"tag51", "tag53"}
    assert none.items[0].says == "成交额不少于 ¥123.45"
    assert (field.holds, field.has) == (True, Has("day", day=person.fields[63].day))
    assert paid.says == "最近 30 天内「支付订单」，等于 0 次"


def test_absent_values_fit_nothing_but_empty(worlds) -> None:
    world = worlds[0]
    person = next(one for one in world.people if 62 not in one.fields and one.state != "none")
    for op in ("eq", "ne", "lt", "ge"):
        assert not evaluator(l.Field(62, op, number=0.0), world.terms, NOW)(person)
    assert evaluator(l.Field(62, "empty"), world.terms, NOW)(person)
    assert Held() == Held(None, None, None, frozenset())


@pytest.mark.parametrize(("hour", "comes"), [(15, False), (16, True)])
def test_a_day_begins_at_the_tenants_midnight(worlds, hour: int, comes: bool) -> None:
    """Shanghai is eight hours ahead."""
    world = worlds[0]
    person = next(one for one in world.people if 63 in one.fields and one.state != "none")
    day = person.fields[63].day
    eve = datetime(2028, day.month, day.day, hour, tzinfo=UTC) - timedelta(days=1)
    assert evaluator(l.Field(63, "anniversary", days=0), world.terms, eve)(person) == comes


class Counting:
    """An engine that counts what it is asked about those who changed."""

    def __init__(self, analytics) -> None:
        self._analytics = analytics
        self.asked = 0

    async def raw(self, sql, params):
        self.asked += "tier = 1" in sql
        return await self._analytics.raw(sql, params)


async def test_what_changed_is_asked_again_once_something_else_did(analytics, worlds) -> None:
    world = worlds[0]
    rule, engine, here = l.Tags((51, 53), mode="any"), Counting(analytics), Here(world.place)
    sets = Sets(engine, here, kept_bytes=1 << 20)

    async def asked(settled: int | None) -> bool:
        """Ask, and tell whether the engine was asked about those who changed."""
        before, here._place = engine.asked, replace(world.place, settled=settled)
        await sets.ask(world.tenant_id, rule, world.terms, NOW)
        return engine.asked > before

    assert [await asked(one) for one in (7, 7, 8, 8)] == [True, False, True, False]
    # While somebody writes, nothing is kept, nor is what was kept before believed.
    assert [await asked(one) for one in (None, None, 9)] == [True, True, True]
