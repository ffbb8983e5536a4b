"""Messages of the application through the gateway and as staff see and press them."""

from typing import Any

import pytest

from siyu.channels.wecom.endpoints import app_chats as chats
from siyu.channels.wecom.endpoints import messages as rows
from siyu.channels.wecom.endpoints import template_cards as cards
from siyu.channels.wecom.endpoints.content import Media
from siyu.channels.wecom.errors import RequestRefused, WeComError
from siyu.channels.wecom.events import CardUsed
from siyu.channels.wecom.lenient import read
from tests.conformance.callbacks import listening
from tests.conformance.meeting import AGENT, PNG, Meeting

URL = "https://example.com/a"
TITLE = cards.CardTitle(title="有人在看")


def card(kind: str) -> cards.TemplateCard:
    """A card of each kind."""
    opens = cards.CardTarget(type=1, url=URL)
    options = [cards.VoteOption(id="a", text="甲"), cards.VoteOption(id="b", text="乙")]
    choices = [cards.SelectOption(id="1", text="早"), cards.SelectOption(id="2", text="晚")]
    submit = cards.SubmitButton(text="提交", key="submit")
    parts: dict[str, dict[str, Any]] = {
        cards.TEXT_NOTICE: {"card_action": opens},
        cards.NEWS_NOTICE: {"card_action": opens, "card_image": cards.CardImage(url=URL)},
        cards.BUTTONS: {"button_list": [cards.CardButton(text="接待", key="take")]},
        cards.VOTE: {
            "checkbox": cards.Checkbox(question_key="q", option_list=options, mode=1),
            "submit_button": submit,
        },
        cards.CHOICES: {
            "select_list": [cards.Select(question_key="when", option_list=choices)],
            "submit_button": submit,
        },
    }
    return cards.TemplateCard(card_type=kind, main_title=TITLE, task_id="t-1", **parts[kind])


async def send(met: Meeting, userid: str, kind: str, **more: Any) -> rows.MessageReply:
    return await met.client.app_messages.send(
        rows.MessageRequest(agentid=AGENT, touser=userid, msgtype=kind, **more)
    )


async def seen(met: Meeting, userid: str) -> list[dict[str, Any]]:
    found = await met.control("GET", f"staff/{userid}/app-messages")
    return list(found["items"])


async def test_every_type_reaches_the_phone(met: Meeting) -> None:
    (userid,) = (await met.client.follow_users())[:1]
    client = met.client
    media = {
        kind: Media(media_id=(await client.upload_media(kind, name, content)).media_id)
        for kind, name, content in (
            ("image", "a.png", PNG),
            ("voice", "a.amr", b"#!AMR\n" + b"\0" * 32),
            ("file", "a.pdf", b"%PDF-1.4 " + b"\0" * 32),
            ("video", "a.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 32),
        )
    }
    article = rows.Article(title="断奶指南", url=URL)
    stored = rows.StoredArticle(
        title="断奶指南", thumb_media_id=media["image"].media_id, content="<p>正文</p>"
    )
    item = rows.NoticeItem(key="客户", value="豆豆妈妈")
    contents: dict[str, dict[str, Any]] = {
        "text": {"text": rows.MessageText(content="你好")},
        "markdown": {"markdown": rows.MessageText(content="**你好**")},
        "image": {"image": media["image"]},
        "voice": {"voice": media["voice"]},
        "file": {"file": media["file"]},
        "video": {"video": rows.Video(media_id=media["video"].media_id, title="视频")},
        "textcard": {"textcard": rows.TextCard(title="有人在看", description="她在读", url=URL)},
        "news": {"news": rows.News(articles=[article])},
        "mpnews": {"mpnews": rows.StoredNews(articles=[stored])},
        "miniprogram_notice": {
            "miniprogram_notice": rows.MiniProgramNotice(
                appid="wx1", title="新的客户", content_item=[item]
            )
        },
    }
    for kind, content in contents.items():
        assert (await send(met, userid, kind, **content)).msgid
    for kind in (cards.TEXT_NOTICE, cards.NEWS_NOTICE, cards.BUTTONS, cards.VOTE, cards.CHOICES):
        reply = await send(met, userid, "template_card", template_card=card(kind))
        assert bool(reply.response_code) == kind.endswith("interaction")
    assert len(await seen(met, userid)) == len(contents) + 5


async def test_a_pressed_button_is_told_and_the_card_changes_once(met: Meeting) -> None:
    first, second = (await met.client.follow_users())[:2]
    sent = await send(met, f"{first}|{second}", "template_card", template_card=card(cards.BUTTONS))
    press = f"staff/{first}/app-messages/{sent.msgid}/press"
    async with listening(met) as listener:
        await met.control("POST", press, {"key": "take"})
        used = await listener.next(CardUsed)
    assert (used.user_id, used.key, used.task_id) == (first, "take", "t-1")
    assert (used.card_type, used.agent_id) == (cards.BUTTONS, str(AGENT))

    def change(code: str, userid: str) -> rows.UpdateCardRequest:
        done = rows.ReplacedButton(replace_name="已接待")
        return rows.UpdateCardRequest(
            agentid=AGENT, response_code=code, userids=[userid, "nobody"], button=done
        )

    messages = met.client.app_messages
    reply = await messages.update_card(change(used.response_code, first))
    assert reply.invaliduser == ("nobody",)
    with pytest.raises(WeComError) as caught:
        await messages.update_card(change(used.response_code, first))
    assert caught.value.errcode == 60140
    assert "失效" in await met.refused("POST", press, {"key": "take"})
    (changed,) = await seen(met, first)
    assert changed["content"]["replaced"] == "已接待"
    (untouched,) = await seen(met, second)
    assert "replaced" not in untouched["content"]

    await met.advance(72 * 3600 + 1)
    with pytest.raises(WeComError) as caught:
        await messages.update_card(change(sent.response_code, second))
    assert caught.value.errcode == 60140


async def test_answers_and_menus_are_told_and_another_card_takes_the_place(met: Meeting) -> None:
    (userid,) = (await met.client.follow_users())[:1]
    vote = await send(met, userid, "template_card", template_card=card(cards.VOTE))
    menu = cards.TemplateCard(
        card_type=cards.TEXT_NOTICE, main_title=TITLE, task_id="t-2",
        card_action=cards.CardTarget(type=1, url=URL),
        action_menu=cards.ActionMenu(action_list=[cards.MenuAction(text="不再提醒", key="mute")]),
    )  # fmt: skip
    noted = await send(met, userid, "template_card", template_card=menu)
    press = f"staff/{userid}/app-messages/{vote.msgid}/press"
    async with listening(met) as listener:
        await met.control("POST", press, {"key": "submit", "answers": {"q": ["a", "b"]}})
        used = await listener.next(CardUsed)
        assert used.answers == {"q": ("a", "b")}
        await met.control(
            "POST", f"staff/{userid}/app-messages/{noted.msgid}/press", {"key": "mute"}
        )
        from_menu = await listener.next(CardUsed)
    assert (from_menu.event, from_menu.key) == ("template_card_menu_event", "mute")
    await met.client.app_messages.update_card(
        rows.UpdateCardRequest(
            agentid=AGENT, response_code=used.response_code, atall=1,
            template_card=card(cards.TEXT_NOTICE),
        )
    )  # fmt: skip
    changed = next(m for m in await seen(met, userid) if m["msgid"] == vote.msgid)
    assert changed["content"]["card_type"] == cards.TEXT_NOTICE
    assert "没有这个按钮" in await met.refused("POST", press, {"key": "submit"})


async def test_a_message_is_taken_back_within_a_day(met: Meeting) -> None:
    (userid,) = (await met.client.follow_users())[:1]
    text = rows.MessageText(content="发错了")
    first = await send(met, userid, "text", text=text)
    second = await send(met, userid, "text", text=text)
    await met.client.app_messages.recall(first.msgid)
    told = {m["msgid"]: m["recalled"] for m in await seen(met, userid)}
    assert told == {first.msgid: True, second.msgid: False}
    (chat,) = (
        chat
        for chat in (await met.control("GET", f"staff/{userid}/chats"))["items"]
        if chat["chat"].startswith("app|")
    )
    assert [(m["kind"], m["text"]) for m in chat["messages"]] == [
        ("recalled", ""),
        ("text", "发错了"),
    ]
    await met.advance(24 * 3600 + 1)
    with pytest.raises(WeComError):
        await met.client.app_messages.recall(second.msgid)


async def test_the_same_message_again_and_too_many_are_dropped_in_silence(met: Meeting) -> None:
    first, second = (await met.client.follow_users())[:2]
    once = {
        "text": rows.MessageText(content="开会"), "enable_duplicate_check": 1,
        "duplicate_check_interval": 60,
    }  # fmt: skip
    for _ in range(3):
        assert (await send(met, first, "text", **once)).msgid
    assert len(await seen(met, first)) == 1
    await met.advance(61)
    await send(met, first, "text", **once)
    assert len(await seen(met, first)) == 2
    await met.switch(app_messages_per_minute=3)
    for number in range(5):
        await send(met, second, "text", text=rows.MessageText(content=str(number)))
    assert len(await seen(met, second)) == 3
    await met.switch(app_messages_per_minute=30, app_messages_per_hour=4)
    await met.advance(61)
    for number in range(5):
        await send(met, second, "text", text=rows.MessageText(content=str(number)))
    assert len(await seen(met, second)) == 4


async def test_an_internal_group_is_made_changed_and_written_to(met: Meeting) -> None:
    first, second, third = (await met.client.follow_users())[:3]
    messages = met.client.app_messages
    request = chats.CreateChatRequest(
        name="接待", owner=first, userlist=[first, second], chatid="g1"
    )
    assert await messages.create_chat(request) == "g1"
    with pytest.raises(WeComError) as caught:
        await messages.create_chat(request)
    assert caught.value.errcode == 86215
    await messages.update_chat(
        chats.UpdateChatRequest(
            chatid="g1", name="值班", owner=third, add_user_list=[third], del_user_list=[first]
        )
    )
    chat = await messages.chat("g1")
    assert (chat.name, chat.owner, chat.userlist) == ("值班", third, (second, third))
    text = rows.MessageText(content="有新客户")
    await messages.send_to_chat(chats.ChatMessageRequest(chatid="g1", msgtype="text", text=text))
    (said,) = (await met.control("GET", "app-chats/g1/messages"))["items"]
    assert said["text"] == "有新客户"
    await met.control("PUT", f"admin/app/{AGENT}/visible-range", {"departments": [2]})
    with pytest.raises(WeComError) as caught:
        await messages.chat("g1")
    assert caught.value.errcode == 60011


async def test_what_wecom_refuses(met: Meeting) -> None:
    (userid,) = (await met.client.follow_users())[:1]
    text = {"content": "x"}
    body = {"agentid": AGENT, "touser": userid, "msgtype": "text", "text": text}
    notice = {"msgtype": "template_card", "template_card": {"card_type": "text_notice"}}
    for change, code in (
        ({"touser": "|".join(map(str, range(1001)))}, 81017),
        ({"touser": "", "totag": "99"}, 81013),
        (notice, 40063),
        ({"msgtype": "template_card", "template_card": {"card_type": "x"}}, 40058),
    ):
        assert (await met.raw("message/send", body | change))["errcode"] == code
    answer = await met.raw("message/send", body | {"toparty": "999", "totag": "99"})
    assert (answer["invalidparty"], answer["invalidtag"]) == ("999", "99")
    assert (await met.raw("message/recall", {"msgid": "x"}))["errcode"] == 40058
    assert (await met.raw("appchat/get", chatid="x"))["errcode"] == 86003
    few = {"userlist": [userid]}
    assert (await met.raw("appchat/create", few))["errcode"] == 86006


async def test_what_breaks_a_rule_does_not_leave(met: Meeting) -> None:
    messages = met.client.app_messages
    bad = (
        {"msgtype": "text", "image": Media(media_id="m")},
        {"msgtype": "template_card", "template_card": cards.TemplateCard(card_type=cards.VOTE)},
        {"msgtype": "text", "text": rows.MessageText(content="长" * 700)},
        {
            "msgtype": "template_card",
            "template_card": cards.TemplateCard(
                card_type=cards.BUTTONS, main_title=TITLE, task_id="t",
                button_list=[cards.CardButton(text="无")],
            ),
        },
    )  # fmt: skip
    for content in bad:
        with pytest.raises(RequestRefused):
            await messages.send(rows.MessageRequest(agentid=AGENT, touser="a", **content))  # type: ignore[arg-type]
    notice = rows.MiniProgramNotice(appid="wx", title="新的客户")
    with pytest.raises(RequestRefused):
        await send(met, "@all", "miniprogram_notice", miniprogram_notice=notice)
    with pytest.raises(RequestRefused):
        await messages.update_card(
            rows.UpdateCardRequest(agentid=AGENT, response_code="c", userids=["a"])
        )
    with pytest.raises(RequestRefused):
        await messages.create_chat(chats.CreateChatRequest(userlist=["a", "b"], chatid="群"))


def test_odd_answers_about_messages_are_read_all_the_same() -> None:
    odd = {"chat_info": {"chatid": 7, "owner": None, "userlist": None}}
    chat = read({**odd, "raw": odd}, chats.ChatReply).chat_info
    assert (chat.chatid, chat.owner, chat.userlist) == ("7", "", ())
