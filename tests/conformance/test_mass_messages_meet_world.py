"""Mass messages through the gateway and as staff and customers live through them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from siyu.channels.wecom.endpoints import mass_messages as rows
from siyu.channels.wecom.endpoints.content import (
    FileAttachment,
    Image,
    ImageAttachment,
    Link,
    LinkAttachment,
    Media,
    Source,
    Text,
)
from siyu.channels.wecom.errors import RequestRefused, WeComError
from siyu.channels.wecom.lenient import read
from siyu.channels.wecom.verdicts import Advice
from tests.conformance.meeting import PNG, Meeting

Task = dict[str, Any]
HELLO = Text(content="本周新到的纸尿裤,试用装免费领")


@pytest.fixture
async def quick(met: Meeting) -> Meeting:
    await met.switch(mass_dispatch_seconds=0)
    return met


async def create(met: Meeting, **asked: Any) -> rows.AddMassMessageReply:
    request = rows.AddMassMessageRequest(**{"text": HELLO, **asked})
    return await met.client.mass_messages.create(request)


async def tasks(met: Meeting, msgid: str) -> dict[str, rows.MassTask]:
    return {task.userid: task async for task in met.client.mass_messages.tasks(msgid)}


async def statuses(met: Meeting, msgid: str, userid: str) -> dict[str, int]:
    found = met.client.mass_messages.results(msgid, userid)
    return {result.external_userid: result.status async for result in found}


async def confirm(met: Meeting, userid: str, msgid: str, chosen: list[str] | None = None) -> Task:
    path = f"staff/{userid}/mass-tasks/{msgid}/send"
    return dict(await met.control("POST", path, {"receivers": chosen}))


async def texts_of(met: Meeting, person: int, userid: str) -> list[str]:
    chats = (await met.control("GET", f"people/{person}/chats"))["items"]
    peer = next(chat for chat in chats if chat["peer"]["who"] == f"s-{userid}")
    return [m["text"] or m["title"] for m in peer["messages"] if m["source"] == "mass"]


async def test_nothing_leaves_before_the_staff_member_confirms(quick: Meeting) -> None:
    userid = (await quick.client.follow_users())[0]
    person, customer = await quick.newcomer(userid)
    picture = await quick.client.upload_image("图.png", PNG)
    media = await quick.client.upload_media("file", "手册.pdf", b"%PDF-1.7 text")
    reply = await create(
        quick,
        external_userid=[customer, "wmNobody"],
        attachments=[
            ImageAttachment(image=Image(pic_url=picture)),
            LinkAttachment(link=Link(title="育儿手册", url="https://example.com/a")),
            FileAttachment(file=Media(media_id=media.media_id)),
        ],
    )
    assert reply.fail_list == ("wmNobody",)
    assert await statuses(quick, reply.msgid, userid) == {customer: rows.Delivery.UNSENT}
    assert (await tasks(quick, reply.msgid))[userid].status == rows.TaskStatus.UNSENT
    assert await texts_of(quick, person, userid) == []

    shown = (await quick.control("GET", f"staff/{userid}/mass-tasks"))["items"][0]
    assert (shown["msgid"], shown["state"], shown["text"]) == (
        reply.msgid,
        "waiting",
        HELLO.content,
    )
    assert (await confirm(quick, userid, reply.msgid))["state"] == "sent"
    assert await texts_of(quick, person, userid) == [HELLO.content, "", "育儿手册", "手册.pdf"]
    done = (await tasks(quick, reply.msgid))[userid]
    assert done.status == rows.TaskStatus.SENT
    assert done.send_time > 0
    assert await statuses(quick, reply.msgid, userid) == {customer: rows.Delivery.SENT}
    again = f"staff/{userid}/mass-tasks/{reply.msgid}/send"
    assert "已发送" in await quick.refused("POST", again, {"receivers": None})


async def test_a_customer_of_two_is_reached_by_who_chatted_last(quick: Meeting) -> None:
    first, second, third = (await quick.client.follow_users())[:3]
    person, customer = await quick.newcomer(first, second)
    reply = await create(quick, external_userid=[customer])
    assert set(await tasks(quick, reply.msgid)) == {second}
    await quick.advance(1)
    await quick.control("POST", f"people/{person}/say", {"userid": first, "text": "在吗"})
    reply = await create(quick, external_userid=[customer])
    assert set(await tasks(quick, reply.msgid)) == {first}
    reply = await create(quick, external_userid=[customer], sender=second)
    assert set(await tasks(quick, reply.msgid)) == {second}
    with pytest.raises(WeComError) as caught:
        await create(quick, external_userid=[customer], sender=third)
    assert (caught.value.errcode, caught.value.advice) == (41048, Advice.GIVE_UP)


async def test_a_sender_alone_reaches_all_its_customers_and_may_leave_some_out(
    quick: Meeting,
) -> None:
    userid = (await quick.client.follow_users())[0]
    customers = set(await quick.client.contact_ids(userid))
    reply = await create(quick, sender=userid, allow_select=True)
    assert set(await statuses(quick, reply.msgid, userid)) == customers
    task = (await quick.control("GET", f"staff/{userid}/mass-tasks"))["items"][0]
    chosen = [receiver["who"] for receiver in task["receivers"][:2]]
    await confirm(quick, userid, reply.msgid, chosen)
    found = list((await statuses(quick, reply.msgid, userid)).values())
    assert (found.count(1), found.count(0)) == (2, len(customers) - 2)

    fixed = await create(quick, sender=userid)
    path = f"staff/{userid}/mass-tasks/{fixed.msgid}"
    assert "不能重新选择" in await quick.refused("POST", f"{path}/send", {"receivers": chosen})
    assert (await quick.control("POST", f"{path}/ignore"))["state"] == "ignored"
    assert (await tasks(quick, fixed.msgid))[userid].status == rows.TaskStatus.UNSENT


async def test_tags_are_or_within_a_list_and_and_between_lists(quick: Meeting) -> None:
    userid = (await quick.client.follow_users())[0]
    people = [await quick.newcomer(userid) for _ in range(3)]
    group = await quick.client.add_corp_tags("宝宝月龄", ["0-3月", "4-6月", "会员"])
    young, older, member = (tag.id for tag in group.tag)
    for (_, customer), tags in zip(
        people, ([young], [older, member], [young, member]), strict=True
    ):
        await quick.client.mark_tags(userid, customer, add=tags)

    async def found(*lists: list[str]) -> set[str]:
        only = rows.TagFilter(group_list=[rows.TagList(tag_list=tags) for tags in lists])
        reply = await create(quick, tag_filter=only)
        assert set(await tasks(quick, reply.msgid)) == {userid}
        return set(await statuses(quick, reply.msgid, userid))

    customers = [customer for _, customer in people]
    assert await found([young, older]) == set(customers)
    assert await found([young, older], [member]) == set(customers[1:])
    with pytest.raises(WeComError) as caught:
        await found(["etNothing"])
    assert caught.value.subject == "tag"


async def test_a_result_reveals_who_deleted_the_staff_account(quick: Meeting) -> None:
    userid = (await quick.client.follow_users())[0]
    person, customer = await quick.newcomer(userid)
    await quick.control("POST", f"people/{person}/delete-staff", {"userid": userid})
    reply = await create(quick, external_userid=[customer])
    assert reply.fail_list == ()  # WeCom does not tell it beforehand
    await confirm(quick, userid, reply.msgid)
    assert await statuses(quick, reply.msgid, userid) == {customer: rows.Delivery.NO_FRIEND}


@pytest.mark.parametrize(("mode", "allowed"), [("day", 1), ("week", 7)])
async def test_more_than_the_quota_is_surplus(quick: Meeting, mode: str, allowed: int) -> None:
    await quick.switch(mass_quota=mode)
    await quick.advance(_until_monday())
    userid = (await quick.client.follow_users())[0]
    person, customer = await quick.newcomer(userid)
    own = {"text": "自己写的", "people": [person]}
    await quick.control("POST", f"staff/{userid}/mass-messages", own)  # counts like any other
    found = []
    for _ in range(allowed):
        reply = await create(quick, external_userid=[customer])
        await confirm(quick, userid, reply.msgid)
        found.append((await statuses(quick, reply.msgid, userid))[customer])
    assert found == [rows.Delivery.SENT] * (allowed - 1) + [rows.Delivery.SURPLUS]
    assert len(await texts_of(quick, person, userid)) == allowed
    await quick.advance((1 if mode == "day" else 7) * 86_400)
    reply = await create(quick, external_userid=[customer])
    await confirm(quick, userid, reply.msgid)
    assert (await statuses(quick, reply.msgid, userid))[customer] == rows.Delivery.SENT


def _until_monday() -> float:
    """Seconds to noon of the next Monday in China, so that no border passes by in the test."""
    now = datetime.now(UTC) + timedelta(hours=8)
    monday = (now + timedelta(days=7 - now.weekday())).replace(hour=12, minute=0, second=0)
    return (monday - now).total_seconds()


async def test_reminders_are_few_and_a_cancelled_message_is_over(quick: Meeting) -> None:
    await quick.advance(_until_monday())
    userid = (await quick.client.follow_users())[0]
    mass = quick.client.mass_messages
    msgid = (await create(quick, sender=userid)).msgid
    for _ in range(3):
        await mass.remind(msgid)
    with pytest.raises(WeComError) as caught:
        await mass.remind(msgid)
    assert (caught.value.errcode, caught.value.advice) == (41094, Advice.WAIT)
    await quick.advance(86_400)
    await mass.remind(msgid)
    await mass.cancel(msgid)
    for call in (mass.remind, mass.cancel):
        with pytest.raises(WeComError) as caught:
            await call(msgid)
        assert caught.value.errcode == 41093
    path = f"staff/{userid}/mass-tasks/{msgid}/send"
    assert "已停止" in await quick.refused("POST", path, {"receivers": None})
    with pytest.raises(WeComError) as caught:
        await mass.cancel("msgNothing")
    assert (caught.value.errcode, caught.value.advice) == (41047, Advice.GONE)


async def test_a_new_message_is_being_dispatched_for_a_while(met: Meeting) -> None:
    await met.switch(mass_dispatch_seconds=600)
    userid = (await met.client.follow_users())[0]
    msgid = (await create(met, sender=userid)).msgid
    with pytest.raises(WeComError) as caught:
        await tasks(met, msgid)
    assert (caught.value.errcode, caught.value.advice) == (41063, Advice.RETRY)
    shown = (await met.control("GET", f"staff/{userid}/mass-tasks"))["items"][0]
    assert shown["state"] == "dispatching"
    await met.advance(601)
    assert set(await tasks(met, msgid)) == {userid}


async def test_the_list_holds_messages_of_corporation_and_staff_page_by_page(
    quick: Meeting,
) -> None:
    userid = (await quick.client.follow_users())[0]
    person, _ = await quick.newcomer(userid)
    link = {"url": "https://example.com/b", "title": "周末活动"}
    own = {"link": link, "people": [person]}
    await quick.control("POST", f"staff/{userid}/mass-messages", own)
    made = [(await create(quick, sender=userid)).msgid for _ in range(3)]
    now = await quick.now()
    span = (now - timedelta(days=1), now + timedelta(minutes=5))
    listed = [m async for m in quick.client.mass_messages.between(*span)]
    assert {m.msgid for m in listed if not m.creator} == set(made)
    own_only = quick.client.mass_messages.between(*span, source=Source.PERSONAL)
    (personal,) = [m async for m in own_only]
    assert (personal.creator, personal.create_type) == (userid, 1)
    assert personal.attachments[0]["link"]["title"] == "周末活动"
    assert [m async for m in quick.client.mass_messages.between(*span, chat_type=rows.GROUP)] == []
    request = rows.MassMessagesRequest(
        chat_type=rows.SINGLE,
        start_time=int(span[0].timestamp()),
        end_time=int(span[1].timestamp()),
        limit=2,
    )
    pages = [page async for page in quick.client.pages(rows.LIST_MASS_MESSAGES, request)]
    assert [len(page.group_msg_list) for page in pages] == [2, 2]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"text": None, "sender": "a"}, "text"),
        ({"text": Text(content="长" * 1334), "sender": "a"}, "text.content"),
        ({}, "sender"),
        ({"chat_type": "group"}, "sender"),
        ({"chat_type": "group", "sender": "a", "external_userid": ["wm"]}, "external_userid"),
        ({"chat_id_list": ["wr"], "sender": "a"}, "chat_id_list"),
        ({"external_userid": ["wm"] * 10_001}, "external_userid"),
        (
            {
                "external_userid": ["wm"],
                "tag_filter": rows.TagFilter(group_list=[rows.TagList(tag_list=["et"])]),
            },
            "tag_filter",
        ),
    ],
)
async def test_what_breaks_the_rules_is_not_sent(
    met: Meeting, asked: dict[str, Any], field: str
) -> None:
    with pytest.raises(RequestRefused) as caught:
        await create(met, **asked)
    assert [violation.field for violation in caught.value.violations] == [field]


async def test_the_world_refuses_by_itself(met: Meeting) -> None:
    """The same limits, for clients that do not check."""

    async def errcode(path: str, body: dict[str, Any]) -> int:
        return int((await met.raw(f"externalcontact/{path}", body))["errcode"])

    userid = (await met.client.follow_users())[0]
    text = {"content": "你好"}
    assert await errcode("add_msg_template", {"sender": userid}) == 40063
    assert await errcode(
        "add_msg_template", {"sender": userid, "text": {"content": "长" * 1334}}
    ) == (45002)
    assert await errcode("add_msg_template", {"chat_type": "group", "text": text}) == 40063
    assert await errcode("add_msg_template", {"chat_type": "all", "text": text}) == 40058
    assert await errcode("add_msg_template", {"sender": "nobody", "text": text}) == 60111
    many = [{"msgtype": "link", "link": {"title": "a", "url": "https://b"}}] * 10
    assert await errcode("add_msg_template", {"sender": userid, "attachments": many}) == 41064
    assert await errcode("get_groupmsg_task", {}) == 41046
    span = {"chat_type": "single", "start_time": 1_700_000_000, "end_time": 1_709_000_000}
    assert await errcode("get_groupmsg_list_v2", span) == 40058


def test_odd_answers_are_read_all_the_same() -> None:
    odd = {
        "group_msg_list": [
            {"msgid": "msgA", "create_time": "1700000000", "create_type": 7, "text": None},
            {"msgid": "msgB", "creator": None, "text": "", "attachments": None, "new": 1},
            {"creator": "without an id"},
        ],
        "next_cursor": None,
    }
    page = read({**odd, "raw": odd}, rows.MassMessagesReply)
    assert [(m.msgid, m.create_time, m.create_type) for m in page.group_msg_list] == [
        ("msgA", 1_700_000_000, 7),
        ("msgB", 0, 0),
    ]
    assert page.raw["group_msg_list"][1]["new"] == 1
    results = {"send_list": [{"userid": "a", "status": "9", "send_time": ""}]}
    (result,) = read({**results, "raw": results}, rows.MassResultsReply).send_list
    assert (result.status, result.send_time) == (9, 0)


async def test_groups_receive_mass_messages_from_their_owner(quick: Meeting) -> None:
    owner, colleague = (await quick.client.follow_users())[:2]
    person, _ = await quick.newcomer(owner)

    async def begin(userid: str) -> str:
        body = {"userid": userid, "name": "宝妈群", "invited": [f"p-{person}"]}
        return str((await quick.control("POST", "groups", body))["chat_id"])

    own, other, foreign = await begin(owner), await begin(owner), await begin(colleague)
    reply = await create(quick, chat_type=rows.GROUP, sender=owner, chat_id_list=[own, foreign])
    assert reply.fail_list == (foreign,)
    await confirm(quick, owner, reply.msgid)
    results = [result async for result in quick.client.mass_messages.results(reply.msgid, owner)]
    assert [(r.chat_id, r.status) for r in results] == [(own, rows.Delivery.SENT)]

    open_choice = await create(quick, chat_type=rows.GROUP, sender=owner)
    await confirm(quick, owner, open_choice.msgid, [other])
    found = quick.client.mass_messages.results(open_choice.msgid, owner)
    assert {r.chat_id: r.status async for r in found} == {own: 0, other: 1}
    with pytest.raises(WeComError) as caught:
        await create(quick, chat_type=rows.GROUP, sender=owner, chat_id_list=[foreign])
    assert caught.value.errcode == 41048
