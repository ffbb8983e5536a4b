"""A plan of faults is the same in every run, in whatever order calls and callbacks come."""

import asyncio
from collections import defaultdict
from random import Random

import pytest
from worlds import AGENT, small_world

from siyu.sandbox.world import ids, records
from siyu.sandbox.world.faults import Dice
from siyu.sandbox.world.life_records import Faults, Rates
from siyu.sandbox.world.seed import make_person

PLAN = Faults(
    seed=7, all=Rates(busy=0.3, crowd=0.2, slow=0.2), dropped=0.3, doubled=0.2, delayed=0.3
)
PATHS = ("/cgi-bin/externalcontact/get", "/cgi-bin/externalcontact/remark")


def dice_of(plan=PLAN):
    world = small_world()
    people = [make_person(world, Random(), origin="new") for _ in range(4)]
    dice = Dice(world)
    world.life.faults.save(plan)
    return dice, people


def calls(people, times=5):
    return [
        (
            "POST",
            path,
            person,
            f'{{"userid":"zhoumin","external_userid":"{person.external_userid}"}}',
        )
        for _ in range(times)
        for path in PATHS
        for person in people
    ]


def met(dice, people, order):
    """What each call met, by what it asks, in the order it was asked so often."""
    found = defaultdict(list)
    for method, path, person, body in order(calls(people)):
        query = f"access_token={ids.access_token()}"
        found[path, people.index(person)].append(dice.of_call(method, path, query, body.encode()))
    return dict(found)


def shuffled(seed):
    def order(items):
        Random(seed).shuffle(items)
        return items

    return order


async def test_calls_meet_the_same_faults_in_whatever_order_they_come():
    first = met(*dice_of(), list)
    assert {fault for row in first.values() for fault in row} == {"", "busy", "crowd", "slow"}
    for seed in range(3):
        dice, people = dice_of()
        assert met(dice, people, shuffled(seed)) == first


async def test_another_seed_makes_other_faults():
    other = Faults(seed=8, all=PLAN.all)
    assert met(*dice_of(other), list) != met(*dice_of(), list)


async def test_callbacks_meet_the_same_mishaps_in_whatever_order_they_come():
    def mishaps(order):
        dice, people = dice_of()
        found = defaultdict(list)
        events = order([(person, time) for time in range(5) for person in people])
        for number, (person, _) in enumerate(events):
            xml = (
                f"<xml><CreateTime>{1_800_000_000 + number}</CreateTime><UserID>zhoumin</UserID>"
                f"<ExternalUserID>{person.external_userid}</ExternalUserID>"
                f"<WelcomeCode>{ids.random_text(43)}</WelcomeCode></xml>"
            )
            delivery = records.Delivery(id=number, agentid=AGENT, xml=xml, created=0.0)
            found[people.index(person)].append(dice.of_callback(delivery))
        return dict(found)

    first = mishaps(list)
    assert {mishap.fault for row in first.values() for mishap in row} > {"dropped", "delayed"}
    assert all(
        mishap.delay == 0 or 0.5 <= mishap.delay <= PLAN.delay_seconds
        for row in first.values()
        for mishap in row
    )
    assert [mishaps(shuffled(seed)) == first for seed in range(3)] == [True] * 3


@pytest.mark.parametrize("again", [False, True])
async def test_a_plan_put_in_force_again_begins_its_throws_anew(again):
    dice, people = dice_of()
    first = met(dice, people, list)
    if again:
        dice.begin(PLAN)
    assert (met(dice, people, list) == first) is again
    dice.begin(None)
    await asyncio.sleep(0)


async def test_without_chances_nothing_is_thrown_or_remembered():
    dice, people = dice_of(Faults(seed=7))
    assert {fault for row in met(dice, people, list).values() for fault in row} == {""}
