"""WeChat customer service through the gateway, and as customers and servicers live it."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from siyu.channels.wecom.endpoints import service_accounts as desk
from siyu.channels.wecom.endpoints import service_contents as contents
from siyu.channels.wecom.endpoints import service_messages as rows
from siyu.channels.wecom.endpoints.service_messages import Origin, State
from siyu.channels.wecom.errors import RequestRefused, WeComError
from siyu.channels.wecom.events.notices import ServiceAccountsChanged, ServiceMessagesWaiting
from siyu.channels.wecom.verdicts import Advice
from tests.conformance.callbacks import listening
from tests.conformance.meeting import AGENT, PNG, Meeting

DAY = 86_400


async def account_of(met: Meeting, name: str = "小鲸鱼客服") -> str:
    picture = await met.client.upload_media("image", "头像.png", PNG)
    return await met.client.service.add_account(name, picture.media_id)


async def entered(met: Meeting, open_kfid: str) -> tuple[int, str, str]:
    """A new person who opened the chat; with the welcome code."""
    person = await met.control("POST", "people", {})
    event = await met.control(
        "POST", "service/enter", {"person": person["id"], "open_kfid": open_kfid}
    )
    return person["id"], person["external_userid"], event["body"].get("welcome_code", "")


async def say(met: Meeting, open_kfid: str, person: int, text: str = "在吗") -> str:
    said = {"person": person, "text": text}
    return str((await met.control("POST", f"service/{open_kfid}/say", said))["msgid"])


def text(open_kfid: str, customer: str, content: str = "您好", **more: Any) -> rows.SendRequest:
    return rows.SendRequest(
        touser=customer,
        open_kfid=open_kfid,
        msgtype="text",
        text=contents.SentText(content=content),
        **more,
    )


async def read(met: Meeting, open_kfid: str | None = None) -> list[rows.ServiceMessage]:
    return [
        message async for page in met.client.service.sync(open_kfid) for message in page.messages
    ]


async def refusal(call: Any) -> int:
    with pytest.raises(WeComError) as caught:
        await call
    return caught.value.errcode


async def test_accounts_live_and_end(met: Meeting) -> None:
    service = met.client.service
    open_kfid = await account_of(met)
    (account,) = [account async for account in service.accounts()]
    assert (account.open_kfid, account.name, account.manage_privilege) == (
        open_kfid,
        "小鲸鱼客服",
        True,
    )
    assert account.avatar.startswith(met.base)
    by_query = await met.raw("kf/account/list", offset=0, limit=10)  # some documents say GET
    assert [found["open_kfid"] for found in by_query["account_list"]] == [open_kfid]
    await service.update_account(open_kfid, name="售后客服")
    assert [account.name async for account in service.accounts()] == ["售后客服"]
    await met.switch(corp_verified=False)
    for number in range(9):
        await account_of(met, f"客服{number}")
    assert await refusal(account_of(met)) == 95027
    await service.delete_account(open_kfid)
    assert len([account async for account in service.accounts()]) == 9
    assert await refusal(service.delete_account(open_kfid)) == 95004
    with pytest.raises(RequestRefused):
        await service.update_account(open_kfid, name="一" * 17)
    assert (await met.raw("kf/account/add", {"name": "一" * 17}))["errcode"] == 95006


async def test_who_serves_is_named_and_taken_away(met: Meeting) -> None:
    service, open_kfid = met.client.service, await account_of(met)
    first, second = (await met.client.follow_users())[:2]
    results = await service.add_servicers(open_kfid, [first, second, "nobody"], [1])
    assert [result.errcode for result in results] == [0, 0, 60111, 0]
    await met.control("PUT", f"service/{open_kfid}/staff/{second}/resting", {"resting": True})
    assert {(x.userid, x.status, x.department_id) for x in await service.servicers(open_kfid)} == {
        (first, desk.SERVING, None),
        (second, desk.RESTING, None),
        ("", None, 1),
    }
    (event,) = await read(met)
    assert event.event is not None
    assert (event.origin, event.event.event_type, event.event.status) == (
        Origin.SYSTEM,
        rows.SERVICER_STATUS,
        2,
    )
    results = await service.delete_servicers(open_kfid, [second, "nobody"], [1])
    assert [result.errcode for result in results] == [0, 95014, 0]
    assert [x.userid for x in await service.servicers(open_kfid)] == [first]


async def test_the_link_tells_where_a_customer_came_from(met: Meeting) -> None:
    open_kfid = await account_of(met)
    url = await met.client.service.add_way(open_kfid, "store_12")
    assert url.startswith(f"{met.base}/kf/{open_kfid}?enc_scene=")
    assert await met.client.service.add_way(open_kfid, "store_12") == url
    person = await met.control("POST", "people", {})
    link = f"{url}&scene_param={quote('货架 3')}"
    async with listening(met) as listener:
        await met.control("POST", "service/enter", {"person": person["id"], "url": link})
        waiting = await listener.next(ServiceMessagesWaiting)
    assert waiting.open_kfid == open_kfid
    assert [way["url"] for way in (await met.control("GET", "service/ways"))["items"]] == [url]
    chats = (await met.control("GET", f"service/people/{person['id']}"))["items"]
    assert [(chat["open_kfid"], chat["scene"]) for chat in chats] == [(open_kfid, "store_12")]
    assert "FromUserName" not in waiting.raw
    pages = [page async for page in met.client.service.sync(open_kfid, token=waiting.token)]
    ((message,),) = [page.messages for page in pages]
    assert message.event is not None
    assert (message.event.event_type, message.event.scene, message.event.scene_param) == (
        rows.ENTER,
        "store_12",
        "货架 3",
    )
    reply = await met.client.service.customers(
        [person["external_userid"], "wmNobody"], with_context=True
    )
    (customer,) = reply.customer_list
    assert (customer.nickname, reply.invalid_external_userid) == (person["name"], ("wmNobody",))
    assert customer.enter_session_context == rows.EnterContext(
        scene="store_12", scene_param="货架 3"
    )
    with pytest.raises(RequestRefused):
        await met.client.service.add_way(open_kfid, "门店")
    assert (await met.raw("kf/sync_msg", {"token": "ENCother"}))["errcode"] == 95007
    await met.advance(601)
    assert (await met.raw("kf/sync_msg", {"token": waiting.token}))["errcode"] == 95007


async def test_a_customer_is_welcomed_once(met: Meeting) -> None:
    await met.control("PUT", "clock", {"mode": "stepped"})  # a code lives for 20 seconds
    open_kfid = await account_of(met)
    person, customer, code = await entered(met, open_kfid)
    menu = contents.SentMenu(
        head_content="请选择",
        items=[
            contents.ClickItem(click=contents.MenuClick(id="1", content="奶粉")),
            contents.ViewItem(view=contents.MenuView(url="https://example.com", content="商城")),
        ],
    )
    request = rows.SendOnEventRequest(code=code, msgtype="msgmenu", msgmenu=menu)
    await met.client.service.send_on_event(request)
    assert await refusal(met.client.service.send_on_event(request)) == 40058
    again = await met.control("POST", "service/enter", {"person": person, "open_kfid": open_kfid})
    assert "welcome_code" not in again["body"]
    _, _, late = await entered(met, open_kfid)
    await met.advance(20)
    hello = rows.SendOnEventRequest(
        code=late, msgtype="text", text=contents.SentText(content="欢迎")
    )
    assert await refusal(met.client.service.send_on_event(hello)) == 40058
    shown = await met.control("GET", f"service/{open_kfid}/messages/{person}")
    assert [item["msgtype"] for item in shown["items"]] == ["event", "msgmenu", "event"]
    # what the API sent does not come back, what the customer tapped does
    said = {"person": person, "text": "奶粉", "menu_id": "1"}
    await met.control("POST", f"service/{open_kfid}/say", said)
    tapped = [message for message in await read(met) if message.msgtype != "event"]
    assert [(m.external_userid, m.text) for m in tapped] == [
        (customer, rows.ReceivedText(content="奶粉", menu_id="1"))
    ]


async def test_five_messages_within_48_hours(met: Meeting) -> None:
    service, open_kfid = met.client.service, await account_of(met)
    person, customer, _ = await entered(met, open_kfid)
    assert await refusal(service.send(text(open_kfid, customer))) == 95002
    await say(met, open_kfid, person)
    assert await service.send(text(open_kfid, customer, msgid="mine-1")) == "mine-1"
    assert await refusal(service.send(text(open_kfid, customer, msgid="mine-1"))) == 40058
    for _ in range(4):
        await service.send(text(open_kfid, customer))
    assert await refusal(service.send(text(open_kfid, customer))) == 95001
    await say(met, open_kfid, person)
    await service.send(text(open_kfid, customer))
    await met.advance(2 * DAY + 1)
    with pytest.raises(WeComError) as caught:
        await service.send(text(open_kfid, customer))
    assert (caught.value.errcode, caught.value.advice) == (95002, Advice.GIVE_UP)
    with pytest.raises(RequestRefused):
        await service.send(text(open_kfid, customer, "字" * 700))
    await met.control("PUT", f"service/{open_kfid}/rejects", {"person": person, "rejects": True})
    await say(met, open_kfid, person)
    msgid = await service.send(text(open_kfid, customer))
    failed = (await read(met, open_kfid))[-1].event
    assert failed is not None
    assert (failed.event_type, failed.fail_msgid, failed.fail_type) == (
        rows.SEND_FAILED,
        msgid,
        10,
    )


async def test_a_session_goes_from_pool_to_staff_to_its_end(met: Meeting) -> None:
    await met.control("PUT", "clock", {"mode": "stepped"})  # a code lives for 20 seconds
    service, open_kfid = met.client.service, await account_of(met)
    first, second = (await met.client.follow_users())[:2]
    await service.add_servicers(open_kfid, [first, second])
    person, customer, _ = await entered(met, open_kfid)
    await say(met, open_kfid, person)
    assert (await service.session(open_kfid, customer)).service_state == State.NEW
    code = await service.move(open_kfid, customer, State.POOL)
    waiting = contents.SentText(content="正在排队")
    request = rows.SendOnEventRequest(code=code, msgtype="text", text=waiting)
    await service.send_on_event(request)
    assert await refusal(service.send(text(open_kfid, customer))) == 95018
    assert await refusal(service.move(open_kfid, customer, State.BOT)) == 95016
    assert await refusal(service.move(open_kfid, customer, State.STAFF, "nobody")) == 60111

    client = f"service/{open_kfid}/staff"
    await met.control("POST", f"{client}/{first}/take", {"person": person})
    at = await service.session(open_kfid, customer)
    assert (at.service_state, at.servicer_userid) == (State.STAFF, first)
    reply = {"person": person, "text": "您好,我是小林"}
    answered = await met.control("POST", f"service/{open_kfid}/reply", reply)
    await met.control("POST", f"service/{open_kfid}/recall", {"msgid": answered["msgid"]})
    assert await refusal(service.move(open_kfid, customer, State.STAFF, first)) == 95016
    assert await service.move(open_kfid, customer, State.STAFF, second) == ""
    await met.control("POST", f"{client}/{second}/pass", {"person": person, "to": first})
    assert "不是该接待人员" in await met.refused(
        "POST", f"{client}/{second}/end", {"person": person}
    )
    await met.control("POST", f"{client}/{first}/end", {"person": person})
    messages = await read(met, open_kfid)
    changes = [m.event for m in messages if m.event and m.event.event_type == rows.SESSION_STATUS]
    assert [(e.change_type, e.old_servicer_userid, e.new_servicer_userid) for e in changes] == [
        (1, "", first),
        (2, second, first),
        (3, first, ""),
    ]
    (staff,) = [message for message in messages if message.origin == Origin.STAFF]
    assert (staff.servicer_userid, staff.content) == (first, {"content": "您好,我是小林"})
    recalled = [m.event for m in messages if m.event and m.event.event_type == rows.STAFF_RECALLED]
    assert [event.recall_msgid for event in recalled] == [staff.msgid]

    bye = contents.SentText(content="感谢您的咨询")
    request = rows.SendOnEventRequest(code=changes[-1].msg_code, msgtype="text", text=bye)
    await service.send_on_event(request)
    for state in (State.BOT, State.POOL, State.ENDED):
        assert await refusal(service.move(open_kfid, customer, state)) == 95016
    msgid = await say(met, open_kfid, person, "还有个问题")
    assert (await service.session(open_kfid, customer)).service_state == State.NEW
    await met.control("POST", f"service/{open_kfid}/recall", {"msgid": msgid})
    last = (await read(met, open_kfid))[-1].event
    assert last is not None
    assert (last.event_type, last.recall_msgid) == (rows.CUSTOMER_RECALLED, msgid)


async def test_messages_are_read_page_by_page_for_three_days(met: Meeting) -> None:
    open_kfid = await account_of(met)
    person, _, _ = await entered(met, open_kfid)
    for number in range(5):
        await say(met, open_kfid, person, str(number))
    first = await met.client.call(rows.SYNC, rows.SyncRequest(limit=4, open_kfid=open_kfid))
    assert first.has_more
    rest = [page async for page in met.client.service.sync(open_kfid, cursor=first.next_cursor)]
    read_so_far = [m.text.content for page in [first, *rest] for m in page.messages if m.text]
    assert read_so_far == ["0", "1", "2", "3", "4"]
    (empty,) = [p async for p in met.client.service.sync(open_kfid, cursor=rest[-1].next_cursor)]
    assert (empty.messages, empty.has_more) == ((), False)
    await met.advance(3 * DAY)
    assert await read(met) == []


async def test_figures_of_whole_days(met: Meeting) -> None:
    service, open_kfid = met.client.service, await account_of(met)
    userid = (await met.client.follow_users())[0]
    await service.add_servicers(open_kfid, [userid])
    now = await met.now()
    noon = now.replace(hour=4, minute=0, second=0, microsecond=0) + timedelta(days=1)
    await met.advance((noon - now).total_seconds())
    person, customer, _ = await entered(met, open_kfid)
    await say(met, open_kfid, person)
    await service.move(open_kfid, customer, State.STAFF, userid)
    await say(met, open_kfid, person, "请问有货吗")
    await met.advance(30)
    await met.control("POST", f"service/{open_kfid}/reply", {"person": person, "text": "有的"})
    assert await service.figures(noon, noon, open_kfid) == ()  # today is not told
    await met.advance(DAY)
    (day,) = await service.figures(noon, noon)
    assert (day.statistic.session_cnt, day.statistic.customer_msg_cnt) == (1, 2)
    (day,) = await service.servicer_figures(noon, noon, userid, open_kfid)
    assert (day.statistic.customer_msg_cnt, day.statistic.reply_rate) == (1, 1.0)
    assert day.statistic.first_reply_average_sec is not None
    assert day.statistic.first_reply_average_sec >= 30
    with pytest.raises(RequestRefused):
        await service.figures(noon - timedelta(days=40), noon)


async def test_customers_are_advised_to_become_friends(met: Meeting) -> None:
    service, open_kfid = met.client.service, await account_of(met)
    userid, other = (await met.client.follow_users())[:2]
    await met.control("PUT", "service/upgrade-range", {"userids": [userid]})
    assert (await service.upgrade_config()).userids == (userid,)
    person, customer, _ = await entered(met, open_kfid)

    def advice(userid: str) -> desk.UpgradeRequest:
        member = desk.UpgradeMember(userid=userid, wording="加我微信")
        return desk.UpgradeRequest(
            open_kfid=open_kfid, external_userid=customer, type=desk.TO_MEMBER, member=member
        )

    assert await refusal(service.upgrade(advice(other))) == 60021
    await service.upgrade(advice(userid))
    await service.cancel_upgrade(open_kfid, customer)
    accept = f"service/{open_kfid}/accept-upgrade"
    assert "没有收到推荐" in await met.refused("POST", accept, {"person": person})
    await service.upgrade(advice(userid))
    await met.control("POST", accept, {"person": person})
    assert customer in await met.client.contact_ids(userid)


async def test_the_console_says_which_accounts_an_app_may_act_for(met: Meeting) -> None:
    async with listening(met) as listener:
        made = await met.control("POST", "service/accounts", {"name": "售后", "agents": [AGENT]})
        open_kfid = made["open_kfid"]
        assert (await listener.next(ServiceAccountsChanged)).added == (open_kfid,)
        await met.control("PATCH", f"service/accounts/{open_kfid}", {"agents": []})
        assert (await listener.next(ServiceAccountsChanged)).removed == (open_kfid,)
    (account,) = [account async for account in met.client.service.accounts()]
    assert not account.manage_privilege
    with pytest.raises(WeComError) as caught:
        await met.client.service.servicers(open_kfid)
    assert caught.value.errcode == 60030
    await met.control("PUT", f"admin/app/{AGENT}/permissions", {"customer_service": False})
    with pytest.raises(WeComError) as caught:
        await read(met)
    assert caught.value.permission is not None
    assert (caught.value.advice, caught.value.permission.key) == (Advice.ASK_ADMIN, "kf_api")
