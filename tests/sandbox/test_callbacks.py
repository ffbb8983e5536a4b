"""Callbacks: envelope, verification, retries, silence, and survival."""

import pytest
from outside import AES_KEY, TOKEN, Outside
from worlds import AGENT, WorldClient, connect, running, until, until_async

from siyu.sandbox.settings import SandboxSettings


async def test_a_scan_is_told_with_state_and_welcome_code(
    connected: WorldClient, outside: Outside
) -> None:
    way = await connected.way("linxiaoyue", state="包裹卡")
    person = await connected.person()
    result = await connected.scan(person["id"], way)
    assert result["outcome"] == "added"
    (event,) = await until(lambda: outside.events)
    assert event == {
        "ToUserName": connected.corpid,
        "FromUserName": "sys",
        "CreateTime": event["CreateTime"],
        "MsgType": "event",
        "Event": "change_external_contact",
        "ChangeType": "add_external_contact",
        "UserID": "linxiaoyue",
        "ExternalUserID": person["external_userid"],
        "State": "包裹卡",
        "WelcomeCode": event["WelcomeCode"],
    }
    sent = [h for h in outside.requests if h.method == "POST"]
    assert sent[0].headers["host"] == outside.domain
    assert b"<AgentID><![CDATA[1000002]]></AgentID>" in sent[0].body


async def test_a_friend_who_scans_again_is_not_told(
    connected: WorldClient, outside: Outside
) -> None:
    way = await connected.way("zhoumin")
    person = await connected.person()
    await connected.scan(person["id"], way)
    assert (await connected.scan(person["id"], way))["outcome"] == "friend"
    await connected.control("POST", f"people/{person['id']}/delete-staff", {"userid": "zhoumin"})
    await until(lambda: outside.of("del_follow_user"))
    await until(lambda: outside.of("add_external_contact"))  # many are on their way at once
    assert len(outside.of("add_external_contact")) == 1


async def test_each_side_leaves_in_its_own_way(connected: WorldClient, outside: Outside) -> None:
    way = await connected.way("zhoumin")
    person = await connected.person()
    number, external = person["id"], person["external_userid"]
    await connected.scan(number, way)
    await connected.control("POST", f"people/{number}/delete-staff", {"userid": "zhoumin"})
    await until(lambda: outside.of("del_follow_user"))
    # What WeCom does not tell, no read reveals: the customer is still listed.
    listed = await connected.fetch("externalcontact/list", userid="zhoumin")
    assert external in listed["external_userid"]
    await connected.control("POST", "staff/zhoumin/delete-customer", {"person": number})
    (gone,) = await until(lambda: outside.of("del_external_contact"))
    assert "Source" not in gone
    listed = await connected.fetch("externalcontact/list", userid="zhoumin")
    assert external not in listed["external_userid"]
    answer = await connected.fetch("externalcontact/get", external_userid=external)
    assert answer["errcode"] == 84061


@pytest.mark.parametrize(
    ("switch", "check"),
    [
        ("keep", lambda event: event["State"] == "card"),
        ("missing", lambda event: "State" not in event),
        ("internal", lambda event: event["State"].startswith("wb:1:")),
    ],
)
async def test_a_readded_customer_may_lose_the_state(
    connected: WorldClient, outside: Outside, switch: str, check: object
) -> None:
    await connected.switch(readd_state=switch)
    way = await connected.way("hejiahui", state="card")
    person = await connected.person()
    await connected.scan(person["id"], way)
    await connected.control("POST", f"people/{person['id']}/delete-staff", {"userid": "hejiahui"})
    await connected.advance(3600)
    again = await connected.scan(person["id"], way)
    assert again["outcome"] == "again"
    events = await until(
        lambda: len(outside.of("add_external_contact")) == 2 and outside.of("add_external_contact")
    )
    assert callable(check)
    second = max(events, key=lambda event: int(event["CreateTime"]))
    assert check(second)
    assert second["WelcomeCode"]
    got = await connected.fetch("externalcontact/get", external_userid=person["external_userid"])
    assert got["follow_user"][0]["createtime"] == int(second["CreateTime"])


async def test_edits_in_the_client_are_told_but_mobiles_alone_are_not(
    connected: WorldClient, outside: Outside
) -> None:
    way = await connected.way("wutao")
    person = await connected.person()
    await connected.scan(person["id"], way)
    edit = {"person": person["id"], "mobiles": ["13800000000"]}
    await connected.control("POST", "staff/wutao/edit-customer", edit)
    await connected.control("POST", "staff/wutao/edit-customer", edit | {"remark": "豆豆妈"})
    await until(lambda: outside.of("edit_external_contact"))
    await connected.ok(
        "externalcontact/remark",
        userid="wutao",
        external_userid=person["external_userid"],
        remark="由接口改的",
    )
    await connected.control("POST", f"people/{person['id']}/delete-staff", {"userid": "wutao"})
    await until(lambda: outside.of("del_follow_user"))
    assert len(outside.of("edit_external_contact")) == 1


async def test_an_app_that_answers_wrongly_is_called_four_times(
    connected: WorldClient, outside: Outside
) -> None:
    await connected.switch(callback_gap_seconds=0.01)
    outside.answers = [500, 500, 503]
    person = await connected.person()
    await connected.scan(person["id"], await connected.way("wutao"))
    await until(lambda: outside.events)
    outside.answers = [500] * 4
    await connected.control("POST", f"people/{person['id']}/delete-staff", {"userid": "wutao"})
    await until(lambda: not outside.answers)

    async def quiet() -> bool:
        return not (await connected.control("GET", "state"))["waiting_callbacks"]

    await until_async(quiet)
    assert not outside.of("del_follow_user")
    log = await connected.control("GET", "log?kind=callback")
    assert [entry["status"] for entry in log["items"]] == [500] * 4 + [200, 503, 500, 500]


async def test_a_slow_app_is_dropped_and_called_again(
    connected: WorldClient, outside: Outside
) -> None:
    await connected.switch(callback_seconds=0.0001, callback_gap_seconds=0.01)
    person = await connected.person()
    await connected.scan(person["id"], await connected.way("wutao"))

    async def lost() -> bool:
        log = await connected.control("GET", "log?kind=callback")
        return len(log["items"]) == 4

    await until_async(lost)
    log = await connected.control("GET", "log?kind=callback")
    assert all("no answer within" in entry["note"] for entry in log["items"])


async def test_what_was_not_delivered_is_delivered_after_a_restart(
    settings: SandboxSettings, outside: Outside
) -> None:
    async with running(settings) as world:
        await connect(world, outside)
        await world.switch(callback_gap_seconds=600.0)
        outside.answers = [500]
        person = await world.person()
        await world.scan(person["id"], await world.way("suqing", state="s"))
        await until(lambda: not outside.answers)
    async with running(settings):
        (event,) = await until(lambda: outside.events)
    assert event["ExternalUserID"] == person["external_userid"]


async def test_the_console_refuses_what_does_not_verify(
    world: WorldClient, outside: Outside
) -> None:
    outside.corpid = "ww0000000000000000"  # decrypts nothing of this corporation
    path = f"admin/app/{AGENT}/callback"
    good = {"url": f"{outside.url}/callback", "token": TOKEN, "aes_key": AES_KEY}
    assert "回调地址" in (await world.refused("PUT", path, good))["detail"]
    bad_key = good | {"aes_key": "short"}
    assert "EncodingAESKey" in (await world.refused("PUT", path, bad_key))["detail"]
    nowhere = good | {"url": "siyu.localhost/callback"}
    assert (await world.refused("PUT", path, nowhere))["code"] == "world_refused"
    domain = {"domain": outside.domain}
    refusal = await world.refused("PUT", f"admin/app/{AGENT}/trusted-domain", domain)
    assert "域名归属验证失败" in refusal["detail"]
    apps = await world.control("GET", "admin/app")
    assert apps["items"][0]["callback"]["url"] == ""
    assert apps["items"][0]["trusted_domain"] == ""


async def test_without_the_permission_an_app_hears_nothing(
    connected: WorldClient, outside: Outside
) -> None:
    way = await connected.way("majun")
    await connected.control("PUT", f"admin/app/{AGENT}/permissions", {"customer_contact": False})
    person = await connected.person()
    await connected.scan(person["id"], way)
    await connected.control("PUT", f"admin/app/{AGENT}/permissions", {"customer_contact": True})
    await connected.control("POST", f"people/{person['id']}/delete-staff", {"userid": "majun"})
    await until(lambda: outside.of("del_follow_user"))
    assert not outside.of("add_external_contact")


async def test_tags_made_in_the_console_are_told(connected: WorldClient, outside: Outside) -> None:
    made = await connected.control("POST", "admin/tags", {"group": "活动", "tags": ["双十一"]})
    events = await until(lambda: len(outside.events) == 2 and outside.events)
    told = {(e["Event"], e["ChangeType"], e["TagType"], e["Id"]) for e in events}
    assert told == {
        ("change_external_tag", "create", "tag_group", made["id"]),
        ("change_external_tag", "create", "tag", made["tags"][0]["id"]),
    }


async def test_a_request_waits_for_the_staff_when_verification_is_on(
    connected: WorldClient, outside: Outside
) -> None:
    way = await connected.way("majun", skip_verify=False, state="ask")
    person = await connected.person()
    assert (await connected.scan(person["id"], way))["outcome"] == "asked"
    answer = await connected.fetch("externalcontact/get", external_userid=person["external_userid"])
    assert answer["errcode"] == 84061
    await connected.control("POST", "staff/majun/confirm", {"person": person["id"]})
    (event,) = await until(lambda: outside.events)
    assert event["ChangeType"] == "add_external_contact"
    assert event["State"] == "ask"
    assert event["WelcomeCode"]


async def test_half_adds_are_welcomed_once(connected: WorldClient, outside: Outside) -> None:
    await connected.switch(half_add=True)
    person = await connected.person()
    await connected.scan(person["id"], await connected.way("majun"))
    (half,) = await until(lambda: outside.of("add_half_external_contact"))
    assert half["WelcomeCode"]
    await connected.control("POST", "staff/majun/confirm", {"person": person["id"]})
    (whole,) = await until(lambda: outside.of("add_external_contact"))
    assert "WelcomeCode" not in whole


async def test_a_welcome_set_in_the_console_leaves_no_code(
    connected: WorldClient, outside: Outside
) -> None:
    await connected.control("PATCH", "staff/suqing", {"console_welcome": True})
    person = await connected.person()
    await connected.scan(person["id"], await connected.way("suqing"))
    (event,) = await until(lambda: outside.events)
    assert "WelcomeCode" not in event
