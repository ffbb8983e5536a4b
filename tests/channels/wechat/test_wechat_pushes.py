"""Pushes to an official account: signatures, encryption, types, odd payloads."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siyu.channels.wechat import replies
from siyu.channels.wechat.errors import WeChatRefused
from siyu.channels.wechat.pushes import (
    CodeScanned,
    Followed,
    Located,
    Message,
    Push,
    PushDoor,
    SubscriptionsChosen,
    parse_push,
    sign,
)
from siyu.channels.wecom.callback import CallbackRefused, CallbackStale
from siyu.channels.wecom.crypto import CallbackCrypto, CallbackCryptoError, SignatureMismatch
from siyu.channels.wecom.plain_xml import read

TOKEN, APP, KEY = "token7", "wx0123456789abcdef", "A" * 42 + "8"
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
STAMP = str(int(NOW.timestamp()))
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=200)


def plain_query(**more: str) -> dict[str, str]:
    return {"timestamp": STAMP, "nonce": "n1", "signature": sign(TOKEN, STAMP, "n1"), **more}


def xml(**fields: str) -> bytes:
    base = {"ToUserName": "gh_1", "FromUserName": "oA", "CreateTime": STAMP} | fields
    inner = "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in base.items())
    return f"<xml>{inner}</xml>".encode()


@given(st.permutations([TOKEN, STAMP, "n1"]))
def test_the_signature_does_not_know_an_order(parts: list[str]) -> None:
    assert sign(*parts) == sign(TOKEN, STAMP, "n1")


@given(token=st.text("abc123", min_size=1), stamp=st.text("0123456789"), nonce=st.text("xyz"))
def test_only_the_tokens_owner_signs(token: str, stamp: str, nonce: str) -> None:
    query = {"signature": sign(token, STAMP, "n1"), "timestamp": STAMP, "nonce": "n1"}
    query |= {"echostr": "1"}
    with pytest.raises(SignatureMismatch):
        PushDoor(TOKEN, APP).answer_check(query, now=NOW)
    wrong = {"signature": sign(TOKEN, stamp, nonce), "timestamp": STAMP, "nonce": "n1"}
    with pytest.raises((CallbackRefused, CallbackCryptoError)):
        PushDoor(TOKEN, APP).answer_check(wrong, now=NOW)


@given(content=TEXTS)
def test_what_is_sealed_is_opened_and_nothing_else(content: str) -> None:
    body = xml(MsgType="text", Content=content.replace("]]>", ""), MsgId="7")
    sealed = CallbackCrypto(TOKEN, KEY, APP).seal(body, STAMP, "n1")
    query = plain_query(encrypt_type="aes", msg_signature=sealed.signature)
    posted = f"<xml><Encrypt><![CDATA[{sealed.encrypt}]]></Encrypt></xml>".encode()
    door = PushDoor(TOKEN, APP, KEY)
    assert door.receive(query, posted, now=NOW) == body
    with pytest.raises(CallbackCryptoError):
        PushDoor(TOKEN, "wxOther", KEY).receive(query, posted, now=NOW)
    with pytest.raises(CallbackCryptoError):
        door.receive(query | {"msg_signature": "0" * 40}, posted, now=NOW)
    with pytest.raises(CallbackRefused):  # a door with a key takes nothing plain
        door.receive(plain_query(), body, now=NOW)
    with pytest.raises(CallbackRefused):  # and one without a key nothing encrypted
        PushDoor(TOKEN, APP).receive(query, posted, now=NOW)


def test_old_and_odd_queries_are_refused() -> None:
    door = PushDoor(TOKEN, APP)
    assert door.answer_check(plain_query(echostr="42"), now=NOW) == b"42"
    with pytest.raises(CallbackStale):
        door.answer_check(plain_query(echostr="42"), now=NOW + timedelta(minutes=11))
    for query in ({}, plain_query(), plain_query(echostr="<script>"), plain_query(nonce="")):
        with pytest.raises(CallbackRefused):
            door.answer_check(query, now=NOW)
    soon = {"signature": sign(TOKEN, "soon", "n"), "timestamp": "soon", "nonce": "n"}
    with pytest.raises(CallbackRefused):
        door.receive(soon, xml(), now=NOW)


def test_documented_events_are_typed() -> None:
    first = parse_push(xml(MsgType="event", Event="subscribe", EventKey="qrscene_S", Ticket="T"))
    assert isinstance(first, Followed)
    assert (first.scene, first.ticket, first.openid) == ("S", "T", "oA")
    bare = parse_push(xml(MsgType="event", Event="subscribe", EventKey=""))
    assert isinstance(bare, Followed)
    assert bare.scene == ""
    scan = parse_push(xml(MsgType="event", Event="SCAN", EventKey="SCENE_VALUE", Ticket="TICKET"))
    assert isinstance(scan, CodeScanned)
    assert scan.scene == "SCENE_VALUE"
    place = parse_push(xml(MsgType="event", Event="LOCATION", Latitude="23.1", Precision=""))
    assert isinstance(place, Located)
    assert (place.latitude, place.precision) == (23.1, 0.0)


def test_choices_come_one_or_many() -> None:
    status = "<SubscribeStatusString>reject</SubscribeStatusString>"
    one = f"<List><TemplateId>A</TemplateId>{status}</List>"
    many = one + "<List><TemplateId>B</TemplateId><PopupScene>2</PopupScene></List><List></List>"
    for inner, expected in ((one, ["A"]), (many, ["A", "B"])):
        event = parse_push(
            f"<xml><FromUserName>oA</FromUserName><CreateTime>{STAMP}</CreateTime>"
            f"<MsgType>event</MsgType><Event>subscribe_msg_change_event</Event>"
            f"<SubscribeMsgChangeEvent>{inner}</SubscribeMsgChangeEvent></xml>".encode()
        )
        assert isinstance(event, SubscriptionsChosen)
        assert [choice.template_id for choice in event.choices] == expected
        assert event.choices[0].status == "reject"


def test_odd_and_unknown_pushes_are_kept() -> None:
    message = parse_push(xml(MsgType="location", Location_X="x", Scale="20", Label="", New="1"))
    assert isinstance(message, Message)
    assert (message.latitude, message.scale, message.raw["New"]) == (0.0, 20, "1")
    unknown = parse_push(xml(MsgType="event", Event="something_new", Field="1"))
    assert type(unknown) is Push
    assert (unknown.openid, unknown.event, unknown.raw["Field"]) == ("oA", "something_new", "1")
    timeless = parse_push(b"<xml><MsgType>event</MsgType><CreateTime>soon</CreateTime></xml>")
    assert timeless.raw["CreateTime"] == "soon"


@given(content=TEXTS.filter(bool))
def test_replies_say_what_was_said(content: str) -> None:
    push = parse_push(xml(MsgType="text", Content="hi", MsgId="1"))
    assert isinstance(push, Push)
    if len(content.encode()) > 2048:
        with pytest.raises(WeChatRefused):
            replies.text(push, content, now=NOW)
        return
    fields = read(PushDoor(TOKEN, APP).answer(replies.text(push, content, now=NOW), now=NOW))
    assert isinstance(fields, dict)
    assert (fields["Content"], fields["ToUserName"]) == (content, "oA")
