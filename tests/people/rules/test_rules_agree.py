"""The engine, Python and a slow third reading agree on who is in an audience."""

import asyncio
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from siyu.people.rules.answers.sets import Sets
from siyu.people.rules.checking import Known, mistakes
from siyu.people.rules.evaluate import evaluator
from siyu.people.rules.language import (
    AllOf,
    AnyOf,
    Behaviour,
    Friendship,
    InAudience,
    NoneOf,
    Tags,
)
from tests.people.rules import naive
from tests.people.rules.rules import leaves, rules
from tests.people.rules.worlds import ACTS, BY_RULE, FIELDS, MOMENTS, TAGS, Here

KNOWN = Known(fields=FIELDS, scored=True)


SEEN = (None, frozenset(), frozenset({1}), frozenset({2, 3}))
"""Whose friendships whoever asks may see: everybody's, nobody's, some."""


async def _agree(analytics, world, asked, at, seen=None) -> None:
    sets = Sets(analytics, Here(world.place), kept_bytes=1 << 20)
    terms = replace(world.terms, seen=seen)
    answers = await sets.ask_many(world.tenant_id, asked, terms, at)
    for rule, answer in zip(asked, answers, strict=True):
        wrong = [one for one in mistakes(rule, KNOWN) if one.code not in {"always", "empty_span"}]
        assert not wrong
        expected = naive.members(rule, world.people, terms, at)
        holds = evaluator(rule, terms, at)
        assert {one.customer_id for one in world.people if holds(one)} == expected, rule
        assert set(answer.members) == expected, rule


async def _everywhere(analytics, worlds, strategy, many: int, examples: int) -> None:
    loop = asyncio.get_running_loop()
    several = st.lists(strategy, min_size=many, max_size=many)

    @settings(max_examples=examples)
    @given(several, st.sampled_from(worlds), st.sampled_from(MOMENTS), st.sampled_from(SEEN))
    def check(asked, world, at, seen) -> None:
        work = _agree(analytics, world, asked, at, seen)
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


@pytest.mark.parametrize("seen", SEEN)
async def test_who_sees_some_friendships_counts_by_those(analytics, worlds, seen) -> None:
    """Tags and friendships of colleagues with the same customer count for nothing."""
    asked = [
        *(Tags((tag,), past=past) for tag in TAGS for past in (False, True)),
        Tags((51, 53), mode="none"),
        Friendship(),
        Friendship(staff_account_ids=(1, 2)),
        Friendship(times=2),
        NoneOf((Friendship(staff_account_ids=(1,)),)),
        Behaviour("tag.marked"),
        Behaviour("tag.marked", op="eq", times=0),
        InAudience(BY_RULE),
    ]
    for world in worlds:
        await _agree(analytics, world, asked, MOMENTS[0], seen)


async def test_what_was_done_very_often_is_counted_by_the_engine(
    analytics, worlds, monkeypatch
) -> None:
    monkeypatch.setattr("siyu.people.rules.answers.statements.MOST_FACTS", 3)
    asked = [Behaviour(type_, op=op, times=2) for type_ in ACTS for op in ("ge", "le", "eq")]
    for world in worlds:
        await _agree(analytics, world, asked, MOMENTS[0])
