"""Customer groups in the world: what they tell, show, count and refuse."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from outside import Outside
from worlds import OTHER_AGENT, WorldClient, until

DAY = 86_400


@pytest.fixture
async def staff(world: WorldClient) -> list[str]:
    return [staff["userid"] for staff in world.state["staff"]]


async def begin(world: WorldClient, owner: str, *invited: str, **more: Any) -> dict[str, Any]:
    body = {"userid": owner, "name": "宝妈群", "invited": invited, **more}
    return dict(await world.control("POST", "groups", body))


async def seen(world: WorldClient, chat_id: str, **more: Any) -> dict[str, Any]:
    answer = await world.ok("externalcontact/groupchat/get", chat_id=chat_id, **more)
    return dict(answer["group_chat"])


def heard(outside: Outside, detail: str) -> list[dict[str, str]]:
    return [event for event in outside.events if event.get("UpdateDetail") == detail]


async def test_every_change_is_told_and_shown(
    connected: WorldClient, outside: Outside, staff: list[str]
) -> None:
    world, (owner, colleague, *_) = connected, staff
    await world.switch(group_settles_seconds=0)
    people = [await world.person() for _ in range(3)]
    group = await begin(world, owner, f"s-{colleague}", f"p-{people[0]['id']}")
    path = f"groups/{group['chat_id']}"
    await until(lambda: outside.of("create"))
    assert outside.of("create")[0]["ChatId"] == group["chat_id"]
    first = await seen(world, group["chat_id"])
    who = [f"p-{person['id']}" for person in people[1:]]
    await world.control("POST", f"{path}/invite", {"who": who, "by": f"s-{colleague}", "scene": 2})
    await until(lambda: heard(outside, "add_member"))
    (added,) = heard(outside, "add_member")
    second = await seen(world, group["chat_id"], need_name=1)
    assert (added["JoinScene"], added["QuitScene"], added["MemChangeCnt"]) == ("2", "0", "2")
    assert added["LastMemVer"] == first["member_version"] != second["member_version"]
    assert added["CurMemVer"] == second["member_version"]
    newcomer = second["member_list"][-1]
    assert (newcomer["type"], newcomer["join_scene"]) == (2, 2)
    assert newcomer["invitor"] == {"userid": colleague}
    assert newcomer["name"] == people[2]["name"]
    assert newcomer["unionid"] == people[2]["unionid"]
    assert "name" not in first["member_list"][0]
    await world.control("POST", f"{path}/leave", {"who": who[0]})
    await world.control("POST", f"{path}/remove", {"who": who[1], "by": owner})
    await until(lambda: len(heard(outside, "del_member")) == 2)
    assert sorted(event["QuitScene"] for event in heard(outside, "del_member")) == ["0", "1"]
    await world.control(
        "PATCH",
        path,
        {"name": "新名字", "notice": "请文明聊天", "owner": colleague, "admins": [owner]},
    )
    for detail in ("change_name", "change_notice", "change_owner"):
        await until(lambda detail=detail: heard(outside, detail))
        assert "CurMemVer" not in heard(outside, detail)[0]
    third = await seen(world, group["chat_id"])
    assert (third["name"], third["notice"], third["owner"]) == ("新名字", "请文明聊天", colleague)
    assert third["admin_list"] == [{"userid": owner}]
    await world.control("POST", f"{path}/dismiss")
    await until(lambda: outside.of("dismiss"))
    assert (await world.call("externalcontact/groupchat/get", chat_id=group["chat_id"]))[
        "errcode"
    ] == 40050


async def test_data_settle_after_the_event(world: WorldClient, staff: list[str]) -> None:
    await world.switch(group_settles_seconds=60)
    group = await begin(world, staff[0])
    person = await world.person()
    await world.control("POST", f"groups/{group['chat_id']}/invite", {"who": [f"p-{person['id']}"]})
    before = await seen(world, group["chat_id"])
    assert len(before["member_list"]) == 1
    await world.advance(61)
    after = await seen(world, group["chat_id"])
    assert [m["userid"] for m in after["member_list"]] == [staff[0], person["external_userid"]]
    assert after["member_version"] != before["member_version"]


async def test_lists_have_pages_owners_and_limits(world: WorldClient, staff: list[str]) -> None:
    chats = [(await begin(world, staff[number % 2]))["chat_id"] for number in range(5)]
    listing = "externalcontact/groupchat/list"
    page = await world.ok(listing, limit=3)
    rest = await world.ok(listing, limit=3, cursor=page["next_cursor"])
    assert [g["chat_id"] for g in page["group_chat_list"] + rest["group_chat_list"]] == chats
    assert "next_cursor" not in rest
    own = await world.ok(listing, limit=10, owner_filter={"userid_list": [staff[1]]})
    assert [g["chat_id"] for g in own["group_chat_list"]] == chats[1::2]
    assert (await world.call(listing))["errcode"] == 40058
    assert (await world.call(listing, limit=1001))["errcode"] == 40058
    many = {"userid_list": [staff[0]] * 101}
    assert (await world.call(listing, limit=1, owner_filter=many))["errcode"] == 40031
    await world.login(OTHER_AGENT)
    assert (await world.call(listing, limit=1))["errcode"] == 48002


async def test_groups_are_handed_over_within_limits(world: WorldClient, staff: list[str]) -> None:
    owner, heir, third, *_ = staff
    await world.noon()
    await world.login()
    await world.switch(group_settles_seconds=0, group_inherit_seconds=60)
    chat = (await begin(world, owner))["chat_id"]
    on_job, resigned = (
        f"externalcontact/groupchat/{name}" for name in ("onjob_transfer", "transfer")
    )

    async def give(path: str, to: str, chat_id: str = chat) -> list[int]:
        answer = await world.ok(path, chat_id_list=[chat_id], new_owner=to)
        return [failed["errcode"] for failed in answer["failed_chat_list"]]

    assert await give(on_job, owner) == [90504]
    assert await give(on_job, heir, "wrnone") == [90501]
    assert await give(resigned, heir) == [90500]
    assert await give(on_job, heir) == []
    assert (await seen(world, chat))["owner"] == heir
    assert await give(on_job, owner) == []
    assert await give(on_job, heir) == [40128]
    await world.advance(90 * DAY + 1)
    await world.login()
    assert await give(on_job, heir) == []
    await world.switch(group_transfers_per_day=1)
    other = (await begin(world, owner))["chat_id"]
    assert await give(on_job, heir, other) == [45024]
    await world.switch(group_transfers_per_day=300)
    await world.control("PATCH", f"staff/{heir}", {"status": 5})
    gone = await world.ok("externalcontact/groupchat/list", limit=9, status_filter=1)
    assert gone["group_chat_list"] == [{"chat_id": chat, "status": 1}]
    assert await give(on_job, third) == [90502]
    assert await give(resigned, third) == []
    assert await give(resigned, third) == [90507]
    await world.advance(61)
    done = await world.ok("externalcontact/groupchat/list", limit=9, status_filter=3)
    assert done["group_chat_list"] == [{"chat_id": chat, "status": 3}]
    assert (await seen(world, chat))["owner"] == third
    assert await give(resigned, owner) == [90508]


async def test_a_full_code_makes_the_next_room(
    connected: WorldClient, outside: Outside, staff: list[str]
) -> None:
    world = connected
    await world.switch(group_members=2, group_settles_seconds=0)
    chat = (await begin(world, staff[0]))["chat_id"]
    body = {"scene": 2, "chat_id_list": [chat], "room_base_name": "宝妈群", "room_base_id": 2}
    way = (await world.ok("externalcontact/groupchat/add_join_way", **body, state="卡片"))[
        "config_id"
    ]
    shown = (await world.ok("externalcontact/groupchat/get_join_way", config_id=way))["join_way"]
    assert shown["auto_create_room"] == 1
    assert (await world.http.get(urlsplit(shown["qr_code"]).path)).headers[
        "content-type"
    ] == "image/png"
    rooms = []
    for number in range(4):
        person = await world.person()
        asked = {"person": person["id"], "url": shown["qr_code"]}
        scanned = await world.control("POST", "groups/scan", asked)
        assert scanned["outcome"] == "joined"
        rooms.append(scanned["name"])
        again = await world.control("POST", "groups/scan", asked)
        assert (again["outcome"], again["chat_id"]) == ("member", scanned["chat_id"])
        member = (await seen(world, scanned["chat_id"]))["member_list"][-1]
        assert (member["join_scene"], member["state"]) == (3, "卡片"), number
    assert rooms == ["宝妈群", "宝妈群2", "宝妈群3", "宝妈群4"]
    await until(lambda: len(outside.of("create")) == 4)
    await world.ok(
        "externalcontact/groupchat/update_join_way",
        config_id=way, scene=2, chat_id_list=[chat], auto_create_room=0,
    )  # fmt: skip
    person = await world.person()
    scan = {"person": person["id"], "config_id": way}
    assert (await world.refused("POST", "groups/scan", scan))["detail"] == "群已满"
    await world.ok("externalcontact/groupchat/del_join_way", config_id=way)
    gone = await world.call("externalcontact/groupchat/get_join_way", config_id=way)
    assert gone["errcode"] == 41044


async def test_codes_into_groups_are_checked(world: WorldClient, staff: list[str]) -> None:
    chat = (await begin(world, staff[0]))["chat_id"]
    add = "externalcontact/groupchat/add_join_way"
    for code, body in (
        (41038, {"chat_id_list": [chat]}),
        (41040, {"scene": 7, "chat_id_list": [chat]}),
        (40063, {"scene": 2}),
        (41091, {"scene": 2, "chat_id_list": [chat] * 6}),
        (40050, {"scene": 2, "chat_id_list": ["wrnone"]}),
        (40058, {"scene": 2, "chat_id_list": [chat], "room_base_name": "群" * 41}),
        (40058, {"scene": 2, "chat_id_list": [chat], "state": "s" * 31}),
    ):
        assert (await world.call(add, **body))["errcode"] == code, body
    cut = await world.ok(add, scene=2, chat_id_list=[chat], remark="备" * 31)
    shown = await world.ok("externalcontact/groupchat/get_join_way", config_id=cut["config_id"])
    assert shown["join_way"]["remark"] == "备" * 30
    await world.switch(way_cap=1)
    assert (await world.call(add, scene=2, chat_id_list=[chat]))["errcode"] == 41045


async def test_figures_count_what_happened(world: WorldClient, staff: list[str]) -> None:
    await world.noon()
    people = [await world.person() for _ in range(3)]
    who = [f"p-{person['id']}" for person in people]
    chat = (await begin(world, staff[0], *who[:2]))["chat_id"]
    await begin(world, staff[0])
    for label in (who[0], who[0], f"s-{staff[0]}"):
        await world.control("POST", f"groups/{chat}/say", {"who": label, "text": "在吗"})
    begun = int((await world.control("GET", "state"))["now"])
    await world.advance(DAY)
    await world.control("POST", f"groups/{chat}/invite", {"who": [who[2]]})
    await world.control("POST", f"groups/{chat}/leave", {"who": who[0]})
    await world.advance(DAY)
    await world.login()
    asked = {"day_begin_time": begun, "owner_filter": {"userid_list": staff[:2]}}
    figures = await world.ok("externalcontact/groupchat/statistic", **asked)
    assert (figures["total"], figures["next_offset"]) == (1, 1)
    assert figures["items"] == [
        {
            "owner": staff[0],
            "data": {
                "new_chat_cnt": 2, "chat_total": 2, "chat_has_msg": 1, "new_member_cnt": 4,
                "member_total": 4, "member_has_msg": 2, "msg_total": 3,
            },
        }
    ]  # fmt: skip
    days = await world.ok(
        "externalcontact/groupchat/statistic_group_by_day", **asked, day_end_time=begun + DAY
    )
    assert [day["data"]["new_member_cnt"] for day in days["items"]] == [4, 1]
    assert [day["data"]["member_total"] for day in days["items"]] == [4, 4]
    path = "externalcontact/groupchat/statistic"
    for begin_time in (begun + 2 * DAY, begun - 181 * DAY):
        refused = await world.call(path, **(asked | {"day_begin_time": begin_time}))
        assert refused["errcode"] == 40058
    assert (await world.call(path, day_begin_time=begun))["errcode"] == 40058


async def test_templates_greet_who_joins(world: WorldClient, staff: list[str]) -> None:
    path = "externalcontact/group_welcome_template"
    link = {"title": "育儿手册", "url": "http://siyu.localhost/h/1"}
    made = await world.ok(f"{path}/add", text={"content": "%NICKNAME%,欢迎"}, link=link, notify=0)
    template = made["template_id"]
    shown = await world.ok(f"{path}/get", template_id=template)
    assert (shown["text"], shown["link"]) == ({"content": "%NICKNAME%,欢迎"}, link)
    chat = (await begin(world, staff[0]))["chat_id"]
    await world.control("PATCH", f"groups/{chat}", {"welcome": template})
    person = await world.person()
    await world.control("POST", f"groups/{chat}/invite", {"who": [f"p-{person['id']}"]})
    said = (await world.control("GET", f"groups/{chat}/messages"))["items"]
    assert [message["kind"] for message in said] == ["link", "text"]
    assert said[1]["text"] == f"{person['name']},欢迎"
    assert (await world.call(f"{path}/add"))["errcode"] == 40063
    assert (await world.call(f"{path}/add", text={"content": "字" * 1001}))["errcode"] == 45002
    await world.switch(group_welcome_cap=1)
    assert (await world.call(f"{path}/add", text={"content": "你好"}))["errcode"] == 41055
    await world.control("PUT", f"admin/app/{OTHER_AGENT}/permissions", {"customer_contact": True})
    await world.login(OTHER_AGENT)
    edit = {"template_id": template, "text": {"content": "改"}}
    assert (await world.call(f"{path}/edit", **edit))["errcode"] == 41058
    assert (await world.call(f"{path}/del", template_id=template))["errcode"] == 41058
    await world.login()
    await world.ok(f"{path}/edit", **edit)
    assert "link" not in await world.ok(f"{path}/get", template_id=template)
    await world.ok(f"{path}/del", template_id=template)
    assert (await world.call(f"{path}/get", template_id=template))["errcode"] == 40058


async def test_what_cannot_be_is_refused(world: WorldClient, staff: list[str]) -> None:
    chat = (await begin(world, staff[0], f"s-{staff[1]}"))["chat_id"]
    path = f"groups/{chat}"
    owner = {"who": f"s-{staff[0]}"}
    stranger = {"who": f"p-{(await world.person())['id']}"}
    await world.refused("POST", f"{path}/leave", owner)
    await world.refused("POST", f"{path}/leave", stranger)
    await world.refused("POST", f"{path}/say", stranger | {"text": "在吗"})
    await world.refused("POST", f"{path}/remove", owner | {"by": staff[1]})
    await world.refused("PATCH", path, {"owner": staff[2]})
    await world.control("POST", f"{path}/dismiss")
    await world.refused("POST", f"{path}/dismiss")
    opengid = (await begin(world, staff[0]))["opengid"]
    assert (await world.ok("externalcontact/opengid_to_chatid", opengid=opengid))["chat_id"]
    assert (await world.call("externalcontact/opengid_to_chatid", opengid="no"))["errcode"] == 90511
