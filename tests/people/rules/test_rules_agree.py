"""The engine, Python and a slow third reading agree on who is in an audience."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from siyu.people.rules.checking import Known, mistakes
from siyu.people.rules.evaluate import evaluator
from siyu.people.rules.language import AllOf, AnyOf, NoneOf, Tags
from siyu.people.rules.sets import Sets
from tests.people.rules import naive
from tests.people.rules.rules import leaves, rules
from tests.people.rules.worlds import FIELDS, MOMENTS, Here

KNOWN = Known(fields=FIELDS, scored=True)


async def _agree(analytics, world, asked, at) -> None:
    sets = Sets(analytics, Here(world.place), kept_bytes=1 << 20)
    answers = await sets.ask_many(world.tenant_id, asked, world.terms, at)
    for rule, answer in zip(asked, answers, strict=True):
        wrong = [one for one in mistakes(rule, KNOWN) if one.code not in {"always", "empty_span"}]
        assert not wrong
        expected = naive.members(rule, world.people, world.terms, at)
        holds = evaluator(rule, world.terms, at)
        assert {one.customer_id for one in world.people if holds(one)} == expected, rule
        assert set(answer.members) == expected, rule


async def _everywhere(analytics, worlds, strategy, many: int, examples: int) -> None:
    loop = asyncio.get_running_loop()
    several = st.lists(strategy, min_size=many, max_size=many)

    @settings(max_examples=examples)
    @given(several, st.sampled_from(worlds), st.sampled_from(MOMENTS))
    def check(asked, world, at) -> None:
        work = _agree(analytics, world, asked, at)
        asyncio.run_coroutine_threadsafe(work, loop).result()

    await asyncio.to_thread(check)


async def test_trees_agree(analytics, worlds) -> None:
    await _everywhere(analytics, worlds, rules, many=8, examples=5)


async def test_conditions_agree(analytics, worlds) -> None:
    await _everywhere(analytics, worlds, leaves, many=25, examples=8)


@pytest.mark.parametrize("at", MOMENTS)
async def test_what_others_get_wrong(analytics, worlds, at) -> None:
    """Any, none and both of two tags: each of them had these wrong."""
    asked = [
        AnyOf((Tags((51,)), Tags((53,)))),
        Tags((51, 53), mode="any"),
        Tags((51, 53), mode="none"),
        NoneOf((Tags((51,)), Tags((53,)))),
        AllOf((Tags((51,)), Tags((53,)))),
        Tags((51, 53), mode="all"),
        Tags((51, 52, 53)),
    ]
    for world in worlds:
        await _agree(analytics, world, asked, at)
