"""Stepped time, faults in their shapes, and a population that lives by itself."""

import asyncio
import time

import httpx
import pytest
from worlds import AGENT, WorldClient, running, until, until_async


async def stepped(world: WorldClient) -> float:
    clock = await world.control("PUT", "clock", {"mode": "stepped"})
    return float(clock["now"])


async def test_stepped_time_stands_still_and_moves_only_when_told(world):
    now = await stepped(world)
    await asyncio.sleep(0.05)
    assert (await world.control("GET", "clock"))["now"] == now
    moved = await world.control("POST", "clock/step", {"until": now + 3600})
    assert moved["now"] == now + 3600
    assert (await world.control("GET", "state"))["now"] == now + 3600


async def test_running_time_can_be_made_faster_and_goes_on_from_where_it_stood(world):
    now = await stepped(world)
    assert abs(now - time.time()) < 60
    before = await world.control("PUT", "clock", {"mode": "running", "speed": 3600})
    await asyncio.sleep(0.1)
    after = await world.control("GET", "clock")
    assert before["now"] >= now
    assert after["now"] - before["now"] >= 300


async def test_a_callback_nobody_takes_is_retried_a_second_of_the_world_later(connected, outside):
    way = await connected.way("linxiaoyue")
    outside.answers = [500]
    now = await stepped(connected)
    person = await connected.person()
    await connected.scan(person["id"], way)
    clock = await connected.control("POST", "clock/step", {"until": now + 60})
    assert clock["now"] == now + 1
    assert await until(lambda: len(outside.events))
    assert (await connected.control("GET", "clock"))["quiet"]


async def test_a_follower_is_waited_for_before_anything_happens(world):
    now = await stepped(world)
    turn = (await world.control("GET", "clock"))["turn"]
    path = f"clock?turn={turn}&follower=siyu&seconds=5"
    following = asyncio.create_task(world.control("GET", path))
    await asyncio.sleep(0.2)
    stepping = asyncio.create_task(world.control("POST", "clock/step", {"until": now + 9}))
    told = await following
    assert (told["now"], told["turn"]) == (now + 9, turn + 1)
    await asyncio.sleep(0.1)
    assert not stepping.done()
    path = f"clock?turn={turn + 1}&follower=siyu&seconds=0.1"
    await asyncio.gather(stepping, world.control("GET", path))


@pytest.mark.parametrize(
    ("rate", "code"), [("busy", -1), ("crowd", 45033), ("quota", 45009), ("token", 40014)]
)
async def test_faults_of_calls_answer_with_their_codes(world, rate, code):
    path = "/cgi-bin/externalcontact/get_follow_user_list"
    await world.control("PUT", "faults", {"seed": 7, "endpoints": {path: {rate: 1.0}}})
    assert (await world.fetch("externalcontact/get_follow_user_list"))["errcode"] == code
    assert (await world.fetch("department/list"))["errcode"] == (40014 if rate == "token" else 0)
    entry = next(
        e
        for e in (await world.control("GET", "log?kind=api"))["items"]
        if e["path"].startswith(path)
    )
    assert entry["note"] == f"fault: {rate}"
    await world.control("DELETE", "faults")
    if rate == "token":
        await world.login()
    again = (await world.fetch("externalcontact/get_follow_user_list"))["errcode"]
    assert again == (45009 if rate == "quota" else 0)  # the shut endpoint stays shut for a minute


@pytest.mark.parametrize(("rate", "kept"), [("cut_before", ""), ("cut_after", "小美")])
async def test_a_cut_connection_leaves_its_effect_or_none(world, rate, kept):
    userid = "linxiaoyue"
    relations = (await world.control("GET", "truth"))["relations"]
    who = next(x["external_userid"] for x in relations if x["userid"] == userid)
    path = "/cgi-bin/externalcontact/remark"
    await world.control("PUT", "faults", {"endpoints": {path: {rate: 1.0}}})
    with pytest.raises(httpx.TransportError):
        await world.call(
            "externalcontact/remark", userid=userid, external_userid=who, remark="小美"
        )
    truth = (await world.control("GET", "truth"))["relations"]
    remark = next(
        x["remark"] for x in truth if (x["userid"], x["external_userid"]) == (userid, who)
    )
    assert (remark == "小美") is bool(kept)


@pytest.mark.parametrize(
    ("fault", "heard"), [("dropped", 0), ("doubled", 2), ("swapped", 1), ("delayed", 1)]
)
async def test_faults_of_callbacks(connected, outside, fault, heard):
    way = await connected.way("linxiaoyue")
    await connected.control("PUT", "faults", {"seed": 3, fault: 1.0, "delay_seconds": 120})
    now = await stepped(connected)
    person = await connected.person()
    await connected.scan(person["id"], way)
    await connected.control("POST", "clock/step", {"until": now + 300})
    assert len(outside.events) == heard
    unheard = (await connected.control("GET", "truth"))["unheard"]
    assert [x["status"] for x in unheard] == (["dropped"] if fault == "dropped" else [])


async def test_secrets_change_and_permissions_go_and_come_back_with_time(connected):
    await stepped(connected)
    plan = {"seed": 5, "secrets_per_day": 24, "revocations_per_day": 24, "revoked_seconds": 60}
    await connected.control("PUT", "faults", plan)
    secret = connected.secret()
    clock = await connected.control("GET", "clock")
    until_then = clock["now"] + 6 * 3600
    while clock["now"] < until_then:
        clock = await connected.control("POST", "clock/step", {"until": until_then})
    items = (await connected.control("GET", "log?kind=fault"))["items"]
    assert {item["note"] for item in items} == {
        "the secret was changed",
        "permission taken",
        "permission given back",
    }
    app = next(
        a for a in (await connected.control("GET", "state"))["apps"] if a["agentid"] == AGENT
    )
    assert app["secret"] != secret
    assert (await connected.fetch("department/list"))["errcode"] == 40014
    await connected.control("DELETE", "faults")
    app = next(
        a for a in (await connected.control("GET", "state"))["apps"] if a["agentid"] == AGENT
    )
    assert app["permissions"]["customer_contact"]


async def test_impossible_plans_are_refused(world):
    for plan in ({"dropped": 1.5}, {"all": {"busy": 0.7, "slow": 0.7}}, {"doubled": -0.1}):
        await world.refused("PUT", "faults", plan)
    await world.refused("PUT", "clock", {"mode": "backwards"})
    await world.refused("POST", "clock/step", {"until": 5})


async def live_through(world: WorldClient, people: int, seed: int) -> dict[str, int]:
    life = await world.control(
        "POST", "life", {"people": people, "days": 1, "seed": seed, "stepped": True}
    )
    clock = await world.control("GET", "clock")
    while clock["now"] < life["ends"] and life["status"] == "running":
        clock = await world.control("POST", "clock/step", {"until": life["ends"]})
        life = (await world.control("GET", "life"))["items"][0]
    return dict(life["acts"])


async def test_a_population_lives_through_its_day(connected, outside):
    for userid in ("linxiaoyue", "zhoumin", "suqing"):
        await connected.way(userid)
    acts = await live_through(connected, 60, seed=11)
    assert acts["arrive"] >= 60
    assert {"answer", "note", "buy", "delete"} <= set(acts)
    assert len([e for e in outside.events if "add_external_contact" in str(e)]) >= 60
    assert outside.orders
    assert (await connected.control("GET", "clock"))["quiet"]


async def test_a_killed_world_goes_on_with_its_population(settings):
    async with running(settings) as world:
        await world.way("linxiaoyue")
        await world.control("POST", "life", {"people": 9, "seed": 4, "stepped": True})
        clock = await world.control("GET", "clock")
        half = clock["now"] + 12 * 3600
        await world.control("POST", "clock/step", {"until": half})
        before = await world.control("GET", "clock")
        lived = (await world.control("GET", "life"))["items"][0]["acts"]
    async with running(settings) as world:
        after = await world.control("GET", "clock")
        assert (after["now"], after["mode"]) == (before["now"], "stepped")
        assert (await world.control("GET", "life"))["items"][0]["acts"] == lived
        assert after["next"] is not None


async def test_a_population_lives_faster_where_time_runs_faster(connected):
    await connected.way("linxiaoyue")
    life = {"people": 3, "days": 0.02, "seed": 5, "speed": 3600}
    began = await connected.control("POST", "life", life)

    async def over():
        now = (await connected.control("GET", "life"))["items"][0]
        return now if now["status"] == "done" else None

    lived = await until_async(over)
    assert lived["acts"]["arrive"] >= 3
    assert (await connected.control("GET", "clock"))["now"] > began["began"]


async def test_a_population_that_is_stopped_does_nothing_more(connected):
    await connected.way("linxiaoyue")
    life = await connected.control("POST", "life", {"people": 5, "seed": 5, "stepped": True})
    await connected.control("POST", f"life/{life['id']}/stop")
    clock = await connected.control("POST", "clock/step", {"until": life["ends"]})
    assert clock["now"] == life["ends"]
    assert (await connected.control("GET", "life"))["items"][0] == life | {"status": "stopped"}
