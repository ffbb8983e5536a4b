"""Customer groups, codes into them and their welcomes: the gateway against the world."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from siyu.channels.wecom import events
from siyu.channels.wecom.endpoints import group_welcomes, groups, join_ways
from siyu.channels.wecom.endpoints.content import Link
from siyu.channels.wecom.errors import RequestRefused, WeComError
from siyu.channels.wecom.lenient import read
from siyu.channels.wecom.verdicts import Advice
from tests.conformance.meeting import AGENT, Meeting


async def begin(met: Meeting, owner: str, *invited: str, name: str = "宝妈群") -> str:
    body = {"userid": owner, "name": name, "invited": invited}
    return str((await met.control("POST", "groups", body))["chat_id"])


@pytest.fixture
async def staff(met: Meeting) -> list[str]:
    await met.control("PUT", "admin/switches", {"group_settles_seconds": 0})
    return list(await met.client.follow_users())


async def test_groups_are_listed_and_read(met: Meeting, staff: list[str]) -> None:
    person = await met.control("POST", "people", {})
    owner, colleague = staff[:2]
    chats = [await begin(met, owner, f"s-{colleague}", f"p-{person['id']}")]
    chats.append(await begin(met, colleague))
    pages = [page async for page in met.client.groups.pages()]
    assert [row.chat_id for page in pages for row in page.group_chat_list] == chats
    (own,) = [page async for page in met.client.groups.pages([colleague])]
    assert [row.chat_id for row in own.group_chat_list] == chats[1:]
    (none,) = [page async for page in met.client.groups.pages(status=groups.OWNER_LEFT)]
    assert none.group_chat_list == ()
    found = await met.client.groups.get(chats[0])
    assert (found.name, found.owner) == ("宝妈群", owner)
    assert [(m.type, m.userid) for m in found.member_list] == [
        (groups.STAFF, owner),
        (groups.STAFF, colleague),
        (groups.EXTERNAL, person["external_userid"]),
    ]
    customer = found.member_list[-1]
    assert (customer.name, customer.unionid) == (person["name"], person["unionid"])
    assert customer.invitor == groups.Invitor(userid=owner)
    assert found.member_version
    opengid = (await met.control("GET", f"groups/{chats[0]}"))["opengid"]
    assert await met.client.groups.chat_id_of(opengid) == chats[0]
    for gone in (met.client.groups.get("wrnone"), met.client.groups.chat_id_of("none")):
        with pytest.raises(WeComError) as caught:
            await gone
        assert (caught.value.advice, caught.value.subject) == (Advice.GONE, "group_chat")


async def test_groups_change_hands(met: Meeting, staff: list[str]) -> None:
    owner, heir, third = staff[:3]
    chat = await begin(met, owner)
    assert await met.client.groups.transfer_on_job([chat], heir) == ()
    assert (await met.client.groups.get(chat)).owner == heir
    failed = await met.client.groups.transfer_on_job([chat, "wrnone"], heir)
    assert [(row.chat_id, row.errcode) for row in failed] == [(chat, 90504), ("wrnone", 90501)]
    (kept,) = await met.client.groups.transfer_of_resigned([chat], third)
    assert kept.errcode == 90500
    await met.control("PATCH", f"staff/{heir}", {"status": 5})
    assert await met.client.groups.transfer_of_resigned([chat], third) == ()
    (page,) = [page async for page in met.client.groups.pages(status=groups.INHERITED)]
    assert [row.chat_id for row in page.group_chat_list] == [chat]


async def test_a_code_into_groups_lives_and_ends(met: Meeting, staff: list[str]) -> None:
    chat, other = await begin(met, staff[0]), await begin(met, staff[1])
    config_id = await met.client.groups.add_join_way(
        join_ways.AddJoinWayRequest(
            scene=join_ways.QR_CODE, chat_id_list=[chat], room_base_name="群", room_base_id=2,
            state="gc1", remark="门店",
        )
    )  # fmt: skip
    way = await met.client.groups.join_way(config_id)
    assert (way.state, way.remark, way.chat_id_list) == ("gc1", "门店", (chat,))
    assert (way.auto_create_room, way.room_base_name, way.room_base_id) == (1, "群", 2)
    assert way.qr_code.startswith("http")
    person = await met.control("POST", "people", {})
    await met.control("POST", "groups/scan", {"person": person["id"], "url": way.qr_code})
    member = (await met.client.groups.get(chat)).member_list[-1]
    assert (member.join_scene, member.state) == (groups.BY_CODE, "gc1")
    await met.client.groups.update_join_way(
        join_ways.UpdateJoinWayRequest(
            config_id=config_id, scene=join_ways.QR_CODE, chat_id_list=[other], auto_create_room=0
        )
    )
    way = await met.client.groups.join_way(config_id)
    assert (way.state, way.chat_id_list, way.auto_create_room) == ("", (other,), 0)
    await met.client.groups.delete_join_way(config_id)
    with pytest.raises(WeComError) as caught:
        await met.client.groups.join_way(config_id)
    assert (caught.value.advice, caught.value.subject) == (Advice.GONE, "contact_way")
    with pytest.raises(RequestRefused):
        await met.client.groups.add_join_way(
            join_ways.AddJoinWayRequest(scene=join_ways.QR_CODE, chat_id_list=[chat] * 6)
        )


async def test_a_welcome_of_groups_lives_and_ends(met: Meeting, staff: list[str]) -> None:
    text = group_welcomes.GroupWelcomeText(content="%NICKNAME%，欢迎")
    link = Link(title="育儿手册", url="http://siyu.localhost/h/1")
    template = await met.client.groups.add_welcome(
        group_welcomes.AddGroupWelcomeRequest(text=text, link=link, notify=0)
    )
    shown = await met.client.groups.welcome(template)
    assert shown.text == group_welcomes.WelcomeTextShown(content="%NICKNAME%，欢迎")
    assert shown.link == {"title": link.title, "url": link.url}
    await met.client.groups.edit_welcome(
        group_welcomes.EditGroupWelcomeRequest(template_id=template, text=text)
    )
    assert (await met.client.groups.welcome(template)).link is None
    await met.client.groups.delete_welcome(template)
    with pytest.raises(WeComError):
        await met.client.groups.welcome(template)
    for nothing in (
        group_welcomes.AddGroupWelcomeRequest(),
        group_welcomes.AddGroupWelcomeRequest(link=link, video=group_welcomes.Media(media_id="m")),
        group_welcomes.AddGroupWelcomeRequest(
            text=group_welcomes.GroupWelcomeText(content="字" * 1001)
        ),
    ):
        with pytest.raises(RequestRefused):
            await met.client.groups.add_welcome(nothing)


async def test_figures_read_the_same_by_owner_and_by_day(met: Meeting, staff: list[str]) -> None:
    now = (await met.control("GET", "state"))["now"]
    await met.control("POST", "admin/clock", {"seconds": 86_400 + 4 * 3600 - now % 86_400})
    for number in range(3):
        chat = await begin(met, staff[number % 2])
        said = {"who": f"s-{staff[number % 2]}", "text": "早上好"}
        await met.control("POST", f"groups/{chat}/say", said)
    begun = datetime.fromtimestamp((await met.control("GET", "state"))["now"], UTC)
    await met.control("POST", "admin/clock", {"seconds": 2 * 86_400})
    by_owner = {
        row.owner: row.data async for row in met.client.groups.figures(staff[:3], begun, begun)
    }
    assert {owner: data.msg_total for owner, data in by_owner.items()} == {
        staff[0]: 2,
        staff[1]: 1,
    }
    days = await met.client.groups.days(staff[:3], begun, begun + timedelta(days=1))
    assert [(day.data.new_chat_cnt, day.data.chat_total) for day in days] == [(3, 3), (0, 3)]
    assert days[1].stat_time - days[0].stat_time == 86_400
    with pytest.raises(RequestRefused):
        await met.client.groups.days([], begun, begun)


async def test_who_may_not_is_told_so(met: Meeting, staff: list[str]) -> None:
    permissions = met.app["permissions"] | {"customer_contact": False}
    await met.control("PUT", f"admin/app/{AGENT}/permissions", permissions)
    with pytest.raises(WeComError) as caught:
        await met.client.groups.get("wr1")
    assert caught.value.permission is not None
    assert caught.value.permission.key == "contact_api"


ODD: tuple[tuple[dict[str, Any], dict[str, Any]], ...] = (
    ({"member_list": None, "admin_list": "", "notice": None}, {"member_list": (), "notice": ""}),
    ({"create_time": "1572505490", "name": 17}, {"create_time": 1572505490, "name": "17"}),
    ({"owner": None, "new_field": [1]}, {"owner": ""}),
)


@pytest.mark.parametrize(("odd", "expected"), ODD)
def test_odd_answers_are_read_as_far_as_they_go(odd: Any, expected: Any) -> None:
    found = read({"group_chat": {"chat_id": "wr1", **odd}}, groups.GroupReply).group_chat
    assert {name: getattr(found, name) for name in expected} == expected


def test_an_odd_member_does_not_hide_the_others() -> None:
    members = [
        {"userid": "abel", "type": "1", "join_time": "1572505491", "invitor": ""},
        {"userid": "wm1", "type": 2, "join_scene": 7, "unionid": None},
        "nobody",
    ]
    answer = {"group_chat": {"chat_id": "wr1", "member_list": members}}
    first, second = read(answer, groups.GroupReply).group_chat.member_list
    assert (first.type, first.join_time, first.invitor) == (1, 1572505491, None)
    assert (second.join_scene, second.unionid) == (7, "")


def test_callbacks_of_groups_are_typed() -> None:
    told = (
        b"<xml><ToUserName>ww1</ToUserName><CreateTime>1403610513</CreateTime><MsgType>event"
        b"</MsgType><Event>change_external_chat</Event><ChatId>wr1</ChatId><ChangeType>update"
        b"</ChangeType><UpdateDetail>add_member</UpdateDetail><JoinScene>3</JoinScene><QuitScene>0"
        b"</QuitScene><MemChangeCnt>2</MemChangeCnt><MemChangeList><Item>wm1</Item><Item>wm2</Item>"
        b"</MemChangeList><LastMemVer>9c</LastMemVer><CurMemVer>71</CurMemVer></xml>"
    )
    event = events.parse_event(told)
    assert isinstance(event, events.GroupChatUpdated)
    assert event.changed_members == ("wm1", "wm2")
    assert (event.detail, event.join_scene, event.change_count) == ("add_member", 3, 2)
    assert (event.last_member_version, event.current_member_version) == ("9c", "71")
    kinds = defaultdict(list)
    for change in ("create", "dismiss"):
        changed = told.replace(b"update", change.encode())
        kinds[change] = [type(events.parse_event(changed))]
    assert kinds == {"create": [events.GroupChatCreated], "dismiss": [events.GroupChatDismissed]}
