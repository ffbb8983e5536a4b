"""The engine, Python and a slow third reading agree on who is in an audience."""

import asyncio

from hypothesis import example, given, settings
from hypothesis import strategies as st

from siyu.people.rules.checking import Known, mistakes
from siyu.people.rules.evaluate import evaluator
from siyu.people.rules.language import AllOf, AnyOf, NoneOf, Tags
from siyu.people.rules.sets import Sets
from tests.people.rules import naive
from tests.people.rules.rules import leaves, rules
from tests.people.rules.worlds import FIELDS, MOMENTS, Here

KNOWN = Known(fields=FIELDS, scored=True)


async def _agree(analytics, world, rule, at) -> None:
    wrong = [one for one in mistakes(rule, KNOWN) if one.code not in {"always", "empty_span"}]
    assert not wrong
    expected = naive.members(rule, world.people, world.terms, at)
    holds = evaluator(rule, world.terms, at)
    assert {one.customer_id for one in world.people if holds(one)} == expected
    sets = Sets(analytics, Here(world.place), kept_bytes=1 << 20)
    answer = await sets.ask(world.tenant_id, rule, world.terms, at)
    assert set(answer.members) == expected
    again = await sets.ask(world.tenant_id, rule, world.terms, at)
    assert again.members == answer.members


async def test_trees_agree(analytics, worlds) -> None:
    loop = asyncio.get_running_loop()

    @settings(max_examples=60)
    @given(rules, st.sampled_from(worlds), st.sampled_from(MOMENTS))
    @example(AnyOf((Tags((51,)), Tags((53,)))), worlds[0], MOMENTS[0])
    @example(Tags((51, 53), mode="any"), worlds[0], MOMENTS[0])
    @example(Tags((51, 53), mode="none"), worlds[0], MOMENTS[0])
    @example(NoneOf((Tags((51,)), Tags((53,)))), worlds[0], MOMENTS[0])
    @example(AllOf((Tags((51,)), Tags((53,)))), worlds[0], MOMENTS[0])
    @example(Tags((51, 53), mode="all"), worlds[0], MOMENTS[0])
    @example(Tags((51, 52, 53)), worlds[0], MOMENTS[0])
    def check(rule, world, at) -> None:
        asyncio.run_coroutine_threadsafe(_agree(analytics, world, rule, at), loop).result()

    await asyncio.to_thread(check)


async def test_conditions_agree(analytics, worlds) -> None:
    loop = asyncio.get_running_loop()

    @settings(max_examples=200)
    @given(leaves, st.sampled_from(worlds), st.sampled_from(MOMENTS))
    def check(rule, world, at) -> None:
        asyncio.run_coroutine_threadsafe(_agree(analytics, world, rule, at), loop).result()

    await asyncio.to_thread(check)
