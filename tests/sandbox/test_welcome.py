"""Welcomes, media, app messages."""

import asyncio
from typing import Any

import pytest
from outside import Outside
from worlds import AGENT, OTHER_AGENT, WorldClient, until

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64
SEND = "externalcontact/send_welcome_msg"


async def _code(world: WorldClient, outside: Outside, userid: str = "wutao") -> tuple[int, str]:
    known = len(outside.events)
    person = await world.person()
    await world.scan(person["id"], await world.way(userid))
    await until(lambda: len(outside.events) > known)
    return person["id"], outside.events[-1]["WelcomeCode"]


async def _upload(world: WorldClient, kind: str, name: str, content: bytes) -> dict[str, Any]:
    response = await world.http.post(
        "/cgi-bin/media/upload",
        params={"access_token": world.token, "type": kind},
        files={"media": (name, content, "image/png")},
    )
    return dict(response.json())


async def _messages(world: WorldClient, person: int) -> list[dict[str, Any]]:
    chats = await world.control("GET", f"people/{person}/chats")
    return [m for chat in chats["items"] for m in chat["messages"]]


async def test_a_welcome_arrives_once(connected: WorldClient, outside: Outside) -> None:
    person, code = await _code(connected, outside)
    media = await _upload(connected, "image", "a.png", PNG)
    await connected.ok(
        SEND,
        welcome_code=code,
        text={"content": "欢迎来到小鲸鱼"},
        attachments=[
            {"msgtype": "image", "image": {"media_id": media["media_id"]}},
            {"msgtype": "link", "link": {"title": "断奶指南", "url": f"{outside.url}/l/a"}},
        ],
    )
    again = await connected.call(SEND, welcome_code=code, text={"content": "x"})
    assert again["errcode"] == 41051
    shown = await _messages(connected, person)
    assert [(m["kind"], m["source"]) for m in shown] == [
        ("text", "welcome"),
        ("image", "welcome"),
        ("link", "welcome"),
    ]
    assert shown[2]["open_url"] == f"http://p-{person}.{outside.domain}/l/a"
    picture = await connected.http.get(shown[1]["pic"].replace(connected.settings.base_url, ""))
    assert picture.content == PNG


async def test_the_first_of_two_apps_wins(connected: WorldClient, outside: Outside) -> None:
    await connected.control(
        "PUT", f"admin/app/{OTHER_AGENT}/permissions", {"customer_contact": True}
    )
    person, code = await _code(connected, outside)
    body = {"welcome_code": code, "text": {"content": "欢迎"}}
    answers = await asyncio.gather(*(connected.call(SEND, **body) for _ in range(8)))
    codes = sorted(a["errcode"] for a in answers)
    assert codes[0] == 0
    assert set(codes[1:]) <= {41051, 41096}
    assert len(await _messages(connected, person)) == 1


async def test_a_code_dies_after_twenty_seconds(connected: WorldClient, outside: Outside) -> None:
    person, code = await _code(connected, outside)
    await connected.advance(20)
    answer = await connected.call(SEND, welcome_code=code, text={"content": "迟到"})
    assert answer["errcode"] == 41050
    assert await _messages(connected, person) == []


async def test_a_chat_that_began_needs_no_welcome(connected: WorldClient, outside: Outside) -> None:
    person, code = await _code(connected, outside)
    await connected.control("POST", f"people/{person}/say", {"userid": "wutao", "text": "在吗"})
    answer = await connected.call(SEND, welcome_code=code, text={"content": "欢迎"})
    assert answer["errcode"] == 41051


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, 40063),
        ({"text": {"content": "好" * 1334}}, 45002),  # 4,002 bytes
        ({"attachments": [{"msgtype": "link", "link": {"title": "t", "url": "u"}}] * 10}, 41064),
        ({"attachments": [{"msgtype": "link", "image": {"media_id": "x"}}]}, 41065),
        ({"attachments": [{"msgtype": "image", "image": {"media_id": "x"}}]}, 40007),
        ({"attachments": [{"msgtype": "image", "image": {"pic_url": "http://x/y"}}]}, 40058),
        ({"attachments": [{"msgtype": "link", "link": {"title": "t"}}]}, 40058),
        (
            {"attachments": [{"msgtype": "link", "link": {"title": "字" * 43, "url": "u"}}]},
            45002,
        ),
    ],
)
async def test_welcomes_that_are_refused_leave_the_code_alive(
    connected: WorldClient, outside: Outside, body: dict[str, Any], code: int
) -> None:
    person, welcome = await _code(connected, outside)
    assert (await connected.call(SEND, welcome_code=welcome, **body))["errcode"] == code
    await connected.ok(SEND, welcome_code=welcome, text={"content": "好" * 1333})
    assert len(await _messages(connected, person)) == 1


async def test_a_missing_code(world: WorldClient) -> None:
    assert (await world.call(SEND, text={"content": "x"}))["errcode"] == 41049


async def test_media_last_three_days_and_pictures_for_ever(
    connected: WorldClient, outside: Outside
) -> None:
    media = await _upload(connected, "image", "图.png", PNG)
    assert media["type"] == "image"
    assert media["created_at"].isdigit()
    params = {"access_token": connected.token, "media_id": media["media_id"]}
    got = await connected.http.get("/cgi-bin/media/get", params=params)
    assert got.content == PNG
    assert "attachment" in got.headers["content-disposition"]
    picture = await connected.http.post(
        "/cgi-bin/media/uploadimg",
        params={"access_token": connected.token},
        files={"media": ("a.png", PNG, "image/png")},
    )
    url = picture.json()["url"]
    await connected.advance(3 * 86_400)
    await connected.login()
    params["access_token"] = connected.token
    assert (await connected.http.get("/cgi-bin/media/get", params=params)).json()[
        "errcode"
    ] == 40007
    kept = await connected.http.get(url.replace(connected.settings.base_url, ""))
    assert kept.content == PNG
    _, code = await _code(connected, outside)
    attachment = {"msgtype": "image", "image": {"media_id": media["media_id"]}}
    late = await connected.call(SEND, welcome_code=code, attachments=[attachment])
    assert late["errcode"] == 40007
    attachment = {"msgtype": "image", "image": {"pic_url": url}}
    await connected.ok(SEND, welcome_code=code, attachments=[attachment])


@pytest.mark.parametrize(
    ("kind", "content", "code"),
    [
        ("image", b"tiny", 40006),
        ("image", b"GIF89a" + b"0" * 64, 40004),
        ("image", PNG + b"0" * (10 * 1024 * 1024), 45001),
        ("hologram", PNG, 40004),
        ("voice", PNG, 40004),
    ],
)
async def test_media_that_are_refused(
    world: WorldClient, kind: str, content: bytes, code: int
) -> None:
    assert (await _upload(world, kind, "a.bin", content))["errcode"] == code


async def test_an_upload_without_a_file(world: WorldClient) -> None:
    response = await world.http.post(
        "/cgi-bin/media/upload",
        params={"access_token": world.token, "type": "image"},
        content=b"--x--",
        headers={"content-type": "text/plain"},
    )
    assert response.json()["errcode"] == 44001


async def test_app_messages_reach_the_phone_until_there_are_too_many(
    world: WorldClient,
) -> None:
    card = {"title": "有人在看", "description": "豆豆妈妈正在读断奶指南", "url": "http://x/y"}
    body = {"touser": "wutao|nobody", "msgtype": "textcard", "agentid": AGENT, "textcard": card}
    answer = await world.ok("message/send", **body)
    assert answer["invaliduser"] == "nobody"
    for _ in range(34):
        await world.ok("message/send", **body)  # dropped in silence beyond 30 a minute
    chats = await world.control("GET", "staff/wutao/chats")
    app = next(chat for chat in chats["items"] if chat["chat"] == "app|s-wutao")
    assert len(app["messages"]) == 30
    assert app["messages"][0]["title"] == "有人在看"
    await world.advance(60)
    await world.ok("message/send", **body)
    chats = await world.control("GET", "staff/wutao/chats")
    app = next(chat for chat in chats["items"] if chat["chat"] == "app|s-wutao")
    assert len(app["messages"]) == 31


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"touser": "nobody"}, 81013),
        ({"agentid": 1}, 40056),
        ({"agentid": OTHER_AGENT}, 301002),
        ({"msgtype": "smoke"}, 40008),
        ({"text": {"content": ""}}, 44004),
        ({"msgtype": "image", "image": {"media_id": "x"}}, 40007),
        ({"msgtype": "news", "news": {"articles": []}}, 40063),
    ],
)
async def test_app_messages_that_are_refused(
    world: WorldClient, change: dict[str, Any], code: int
) -> None:
    body = {"touser": "wutao", "msgtype": "text", "agentid": AGENT, "text": {"content": "x"}}
    assert (await world.call("message/send", **body | change))["errcode"] == code


async def test_app_messages_to_departments_and_all(world: WorldClient) -> None:
    body = {"msgtype": "text", "agentid": AGENT, "text": {"content": "开会"}}
    await world.ok("message/send", toparty="3", **body)
    await world.ok("message/send", touser="@all", **body)
    counts = {}
    for userid in ("suqing", "wutao"):
        chats = await world.control("GET", f"staff/{userid}/chats")
        app = next(chat for chat in chats["items"] if chat["chat"].startswith("app|"))
        counts[userid] = len(app["messages"])
    assert counts == {"suqing": 2, "wutao": 1}
