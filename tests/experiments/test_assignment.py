import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from siyu.core.stream.models import OutboxEvent
from siyu.experiments.assignment import arm_of, assign

people = st.integers(1, 2**40)
shares = st.floats(0, 1)


@given(people, shares, shares)
def test_a_greater_share_holds_out_the_same_people_and_more(person, one, other):
    smaller, greater = sorted((one, other))
    if arm_of(1, "welcome", person, hold_out=smaller) == "held_out":
        assert arm_of(1, "welcome", person, hold_out=greater) == "held_out"


@pytest.mark.parametrize("share", [0.0, 0.05, 0.5, 1.0])
def test_the_share_is_kept(share):
    held = sum(arm_of(7, "welcome", n, hold_out=share) == "held_out" for n in range(20_000))
    assert abs(held / 20_000 - share) < 0.015


def test_experiments_are_independent():
    one = [arm_of(1, "a", n, hold_out=0.5) for n in range(4000)]
    other = [arm_of(1, "b", n, hold_out=0.5) for n in range(4000)]
    same = sum(a == b for a, b in zip(one, other, strict=True))
    assert abs(same / 4000 - 0.5) < 0.04


def test_a_share_beyond_one_is_an_error():
    with pytest.raises(ValueError, match="between"):
        arm_of(1, "a", 1, hold_out=1.5)


async def test_an_assignment_is_announced_for_the_person(ctx):
    arm = assign(ctx, "welcome", customer_id=5, identity_id=9, hold_out=0.5)
    await ctx.session.flush()
    fact = (await ctx.session.execute(select(OutboxEvent))).scalar_one()
    assert (fact.type, fact.identity_id) == ("experiment.assigned", 9)
    assert fact.properties == {"experiment": "welcome", "arm": arm}
