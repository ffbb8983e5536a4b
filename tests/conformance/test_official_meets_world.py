"""The official account: gateway and world over HTTP, with pushes in every mode."""

import asyncio

import httpx
import pytest

from siyu.channels.wechat import replies
from siyu.channels.wechat.codes import picture_url
from siyu.channels.wechat.errors import WeChatError, WeChatRefused
from siyu.channels.wechat.menus import Button, MatchRule
from siyu.channels.wechat.pushes import (
    CodeScanned,
    Followed,
    MenuClicked,
    MenuOpened,
    Message,
    SubscriptionsChosen,
    TemplateDelivered,
    Unfollowed,
    parse_push,
)
from siyu.channels.wecom.events import dedupe_key
from siyu.channels.wecom.verdicts import Advice
from siyu.core.clock import SystemClock
from tests.conformance.accounts import act, last_message, official_account, pushed
from tests.conformance.meeting import Meeting


async def a_person(met: Meeting) -> int:
    return int((await met.control("POST", "people", {}))["id"])


@pytest.mark.parametrize("mode", ["plain", "both", "safe"])
async def test_pushes_arrive_in_every_mode(met: Meeting, mode: str) -> None:
    person = await a_person(met)
    async with pushed(met, mode=mode) as address:
        await act(met, person, "official/follow")
        followed = await address.next(Followed)
        seen = await met.control("GET", f"people/{person}/official")
        assert (followed.openid, followed.scene) == (seen["openid"], "")
        assert followed.corp_id.startswith("gh_")
        await act(met, person, "official/unfollow")
        assert (await address.next(Unfollowed)).openid == seen["openid"]


async def test_a_code_says_where_a_follower_came_from(met: Meeting) -> None:
    account, person = await official_account(met), await a_person(met)
    code = await account.codes.temporary("shop-7", 3600)
    picture = await met.http.get(picture_url(code.ticket, base=met.base))
    assert picture.headers["content-type"] == "image/png"
    assert code.expire_seconds == 3600
    async with pushed(met) as address:
        done = await act(met, person, "official/scan", url=code.url)
        assert done["outcome"] == "followed"
        followed = await address.next(Followed)
        assert (followed.scene, followed.ticket) == ("shop-7", code.ticket)
        done = await act(met, person, "official/scan", url=code.ticket)
        assert done["outcome"] == "scanned"
        scanned = await address.next(CodeScanned)
        assert (scanned.scene, scanned.openid) == ("shop-7", followed.openid)
    follower = await account.followers.one(followed.openid)
    assert (follower.subscribe, follower.qr_scene_str) == (1, "shop-7")
    assert follower.subscribe_scene == "ADD_SCENE_QR_CODE"
    await met.advance(3601)
    late = await met.refused("POST", f"people/{person}/official/scan", {"url": code.url})
    assert "过期" in late
    lasting = await account.codes.permanent("for ever")
    assert lasting.expire_seconds == 0
    await met.switch(permanent_codes=1)
    with pytest.raises(WeChatError) as caught:
        await account.codes.permanent("one more")
    assert caught.value.errcode == 45029
    with pytest.raises(WeChatRefused):
        await account.codes.temporary("s" * 65)


async def test_followers_are_read_in_pages_and_batches(met: Meeting) -> None:
    account = await official_account(met)
    assert [openid async for openid in account.followers.openids()] == []
    people = [await a_person(met) for _ in range(5)]
    for person in people:
        await act(met, person, "official/follow")
    await met.switch(followers_per_page=2)
    openids = [openid async for openid in account.followers.openids()]
    assert len(set(openids)) == 5
    await account.followers.rename(openids[0], "老客")
    await act(met, people[-1], "official/unfollow")
    found = {one.openid: one for one in await account.followers.some(openids)}
    assert found[openids[0]].remark == "老客"
    assert sum(one.subscribe for one in found.values()) == 4
    assert all(one.unionid for one in found.values() if one.subscribe)
    with pytest.raises(WeChatError) as caught:
        await account.followers.one("oNobody")
    assert caught.value.advice is Advice.GONE


async def test_menus_are_seen_and_used(met: Meeting) -> None:
    account, person = await official_account(met), await a_person(met)
    with pytest.raises(WeChatError) as caught:
        await account.menus.all()
    assert caught.value.errcode == 46003
    page = Button(name="商城", type="view", url="https://shop.example/")
    talk = Button(name="联系我们", sub_button=[Button(name="客服", type="click", key="talk")])
    await account.menus.create([page, talk])
    kept = await account.menus.all()
    assert [button["name"] for button in kept.menu.button] == ["商城", "联系我们"]
    async with pushed(met) as address:
        await act(met, person, "official/follow")
        await act(met, person, "official/click", name="客服")
        assert (await address.next(MenuClicked)).key == "talk"
        await act(met, person, "official/click", name="商城")
        assert (await address.next(MenuOpened)).key == "https://shop.example/"
    rule = MatchRule(tag_id="100")
    number = await account.menus.create_conditional([page], rule)
    assert [menu.menuid for menu in (await account.menus.all()).conditionalmenu] == [number]
    openid = (await met.control("GET", f"people/{person}/official"))["openid"]
    assert len(await account.menus.seen_by(openid)) == 2
    await account.menus.delete_conditional(number)
    await account.menus.delete()
    for wrong in (
        Button(name="无动作"),
        Button(name="名字实在太长了的一级菜单", type="click", key="k"),
        Button(name="页面", type="view"),
    ):
        with pytest.raises(WeChatRefused):
            await account.menus.create([wrong])


async def test_messages_are_answered_in_the_chat(met: Meeting) -> None:
    person, now = await a_person(met), SystemClock().now()
    async with pushed(met) as address:
        await act(met, person, "official/follow")
        followed = await address.next(Followed)
        assert address.door is not None
        answer = replies.text(followed, "你好]]>再见", now=now)
        address.answers.append(address.door.answer(answer, now=now))
        await act(met, person, "official/say", text="在吗")
        message = await address.next(Message)
        assert (message.kind, message.content) == ("text", "在吗")
        assert message.message_id
        card = replies.Article("新品", "看看", "https://p.example/1.png", "https://shop.example/")
        address.answers.append(address.door.answer(
            replies.articles(followed, [card], now=now), now=now
        ))  # fmt: skip
        await act(met, person, "official/say", text="新品")
        await address.next(Message)
    texts = await _until(met, person, 4)
    assert [one["kind"] for one in texts] == ["text", "text", "text", "link"]
    assert texts[1]["text"].startswith("你好")
    assert texts[3]["url"] == "https://shop.example/"


async def _until(met: Meeting, person: int, count: int) -> list[dict[str, object]]:
    """Wait for messages in the chat with the account: they come after the answer was read."""
    while True:
        chats = (await met.control("GET", f"people/{person}/chats"))["items"]
        found = next((c["messages"] for c in chats if c["peer"]["who"] == "official"), [])
        if len(found) >= count:
            return list(found)
        await asyncio.sleep(0.05)


async def test_pushes_are_repeated_and_told_apart(met: Meeting) -> None:
    person = await a_person(met)
    async with pushed(met) as address:
        address.statuses = [500, 500]
        await act(met, person, "official/follow")
        await address.next(Followed)
        assert len(address.plaintexts) == 3
        assert len({dedupe_key(parse_push(plain), plain) for plain in address.plaintexts}) == 1
        await act(met, person, "official/say", text="一")
        first = await address.next(Message)
        await act(met, person, "official/say", text="一")
        second = await address.next(Message)
        assert dedupe_key(first, b"") != dedupe_key(second, b"")
        address.statuses = [500, 500, 500]
        await act(met, person, "official/say", text="二")
    sorry = (await _until(met, person, 4))[-1]
    assert "故障" in str(sorry["text"])


async def test_template_messages_land_in_the_phone(met: Meeting) -> None:
    account, person = await official_account(met), await a_person(met)
    (template,) = await account.messages.templates()
    openid = (await met.control("GET", f"people/{person}/official"))["openid"]
    data = {"keyword1": "A1001", "keyword2": "顺丰"}
    with pytest.raises(WeChatError) as caught:
        await account.messages.send_template(openid, template.template_id, data)
    assert (caught.value.errcode, caught.value.advice) == (43004, Advice.GONE)
    async with pushed(met) as address:
        await act(met, person, "official/follow")
        numbers = {
            await account.messages.send_template(
                openid, template.template_id, data, url="https://shop.example/", client_msg_id="c1"
            )
            for _ in range(2)
        }
        assert len(numbers) == 1
        told = await address.next(TemplateDelivered)
        assert (told.number, told.status) == (str(numbers.pop()), "success")
    message = await last_message(met, person, "official")
    assert "A1001" in message["text"]
    assert message["url"] == "https://shop.example/"
    with pytest.raises(WeChatError) as caught:
        await account.messages.send_template(openid, "unknown", data)
    assert caught.value.advice is Advice.ASK_ADMIN


async def test_subscription_messages_need_a_consent_each(met: Meeting) -> None:
    account, person = await official_account(met), await a_person(met)
    known = await met.control("GET", "official")
    template = next(t["id"] for t in known["templates"] if t["kind"] == "official")
    openid = (await met.control("GET", f"people/{person}/official"))["openid"]
    data = {"thing1": "会员日", "time2": "2026年11月22日"}
    with pytest.raises(WeChatError) as caught:
        await account.messages.send_subscription(openid, template, data)
    assert caught.value.errcode == 43101
    async with pushed(met) as address:
        await act(met, person, "official/choose", template_id=template)
        (choice,) = (await address.next(SubscriptionsChosen)).choices
        assert (choice.template_id, choice.status) == (template, "accept")
        await account.messages.send_subscription(openid, template, data, url="https://s.example/")
        (sent,) = (await address.next(SubscriptionsChosen)).choices
        assert (sent.template_id, sent.reason) == (template, "success")
    assert "会员日" in (await last_message(met, person, "official"))["text"]
    with pytest.raises(WeChatError):
        await account.messages.send_subscription(openid, template, data)
    with pytest.raises(WeChatRefused):
        await account.messages.send_subscription(openid, template, {"thing1": "长" * 21})


async def test_what_the_world_refuses_without_the_gateways_checks(met: Meeting) -> None:
    known = await met.control("GET", "official")
    asked = {"grant_type": "client_credential", "appid": known["appid"], "secret": known["secret"]}
    token = (await met.http.post(f"{met.base}/cgi-bin/stable_token", json=asked)).json()

    async def code_of(path: str, body: object, token: str = str(token["access_token"])) -> int:
        answer = await met.http.post(
            f"{met.base}/cgi-bin/{path}", params={"access_token": token}, json=body
        )
        assert answer.status_code == httpx.codes.OK
        return int(answer.json()["errcode"])

    assert await code_of("menu/create", {"button": []}) == 40017
    assert await code_of("menu/create", {"button": [{"name": "x"}]}) == 40016
    assert await code_of("menu/addconditional", {"button": []}) == 65303
    long = {"action_name": "QR_STR_SCENE", "action_info": {"scene": {"scene_str": "s" * 65}}}
    assert await code_of("qrcode/create", long) == 40053
    assert await code_of("user/info/batchget", {"user_list": []}) == 40032
    assert await code_of("menu/create", {"button": []}, token="wrong") == 40001
