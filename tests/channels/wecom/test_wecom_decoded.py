"""Callbacks as plain data: every field, whatever the envelope and the form."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siyu.channels.wecom.callback import CallbackRefused, receive
from siyu.channels.wecom.crypto import CallbackCrypto
from siyu.channels.wecom.events import (
    AcquisitionMessage,
    AuthorisationGranted,
    BatchJobFinished,
    CardUsed,
    ContactAdded,
    GroupChatUpdated,
    MenuUsed,
    Message,
    ServiceAccountsChanged,
    SuiteTicket,
    UnknownEvent,
    decoded,
    dedupe_key,
    parse_event,
)
from siyu.core.clock import FixedClock

CARD = b"""<xml><ToUserName>ww1</ToUserName><FromUserName>lisi</FromUserName>
<CreateTime>1777896000</CreateTime><MsgType>event</MsgType><Event>template_card_event</Event>
<EventKey>submit</EventKey><TaskId>007</TaskId><CardType>multiple_interaction</CardType>
<ResponseCode>RC</ResponseCode><AgentID>1000002</AgentID><SelectedItems>
<SelectedItem><QuestionKey>q1</QuestionKey><OptionIds><OptionId>a</OptionId><OptionId>b</OptionId>
</OptionIds></SelectedItem>
<SelectedItem><QuestionKey>q2</QuestionKey><OptionIds><OptionId>c</OptionId></OptionIds>
</SelectedItem></SelectedItems></xml>"""


def leaves(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for inner, one in value.items():
            yield from leaves(one, inner)
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one, name)
    else:
        yield name, str(value)


def elements(element: ET.Element) -> Iterator[tuple[str, str]]:
    children = list(element)
    if not children:
        yield element.tag, element.text or ""
    for child in children:
        yield from elements(child)


def test_a_card_keeps_every_choice() -> None:
    fields = decoded(CARD)
    assert fields["CreateTime"] == 1777896000
    assert (fields["TaskId"], fields["AgentID"]) == ("007", "1000002")
    assert fields["SelectedItems"]["SelectedItem"][1]["OptionIds"] == {"OptionId": ["c"]}
    card = parse_event(CARD)
    assert isinstance(card, CardUsed)
    assert card.answers == {"q1": ("a", "b"), "q2": ("c",)}
    assert (card.user_id, card.task_id, card.response_code) == ("lisi", "007", "RC")


def test_empty_elements_repeats_and_odd_numbers_stay() -> None:
    fields = decoded(
        b"<xml><CreateTime>0123</CreateTime><Status>1.50</Status><Latitude>23.5</Latitude>"
        b"<Empty/><Again>1</Again><Again>1</Again><MemChangeList><Item>a</Item></MemChangeList>"
        b"<ExpireTime>99999999999999999999</ExpireTime></xml>"
    )
    assert fields == {
        "CreateTime": "0123",
        "Status": "1.50",
        "Latitude": 23.5,
        "Empty": "",
        "Again": ["1", "1"],
        "MemChangeList": {"Item": ["a"]},
        "ExpireTime": "99999999999999999999",
    }


names = st.sampled_from(
    ["CreateTime", "MemChangeList", "Item", "SelectedItems", "Status", "Content", "Id", "OptionId"]
)
texts = st.one_of(st.text("abc<&>中 \n", max_size=6), st.integers(-5, 10**12).map(str))
trees = st.recursive(
    texts, lambda inner: st.lists(st.tuples(names, inner), min_size=1, max_size=4), max_leaves=12
)


def written(name: str, tree: Any) -> str:
    inner = escape(tree) if isinstance(tree, str) else "".join(written(*one) for one in tree)
    return f"<{name}>{inner}</{name}>"


@given(st.lists(st.tuples(names, trees), min_size=1, max_size=5))
def test_no_leaf_is_ever_lost(tree: list[tuple[str, Any]]) -> None:
    document = written("xml", tree).encode()
    got = Counter(leaves(json.loads(json.dumps(decoded(document)))))
    assert got == Counter(elements(ET.fromstring(document)))  # noqa: S314 - made here


def test_json_says_the_same_as_xml() -> None:
    body = {
        "ToUserName": "ww1", "FromUserName": "sys", "CreateTime": 1777896000, "MsgType": "event",
        "Event": "change_external_chat", "ChangeType": "update", "ChatId": "wr1", "JoinScene": 3,
        "MemChangeCnt": 1, "MemChangeList": ["wm1"], "New": {"a": [1, None, True]},
    }  # fmt: skip
    plaintext = json.dumps(body).encode()
    assert decoded(plaintext) == body
    event = parse_event(plaintext)
    assert isinstance(event, GroupChatUpdated)
    assert (event.join_scene, event.changed_members) == (3, ("wm1",))
    assert event.raw == body


def test_a_message_in_json_keeps_its_number() -> None:
    plaintext = b'{"MsgType":"text","Content":"hi","MsgId":1234567890123456,"AgentID":1}'
    event = parse_event(plaintext)
    assert isinstance(event, Message)
    assert (event.content, event.message_id, event.agent_id) == ("hi", "1234567890123456", "1")
    assert dedupe_key(event, plaintext) == "msg::1234567890123456"


def test_a_json_body_is_received(clock: FixedClock) -> None:
    key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
    crypto = CallbackCrypto("token", key, "ww1")
    plaintext = b'{"Event":"enter_agent"}'
    encrypted = crypto.encrypt(plaintext)
    stamp = str(int(clock.now().timestamp()))
    query = {
        "timestamp": stamp,
        "nonce": "n",
        "msg_signature": crypto.sign(stamp, "n", encrypted),
    }
    body = json.dumps({"tousername": "ww1", "encrypt": encrypted, "agentid": "1"}).encode()
    assert receive(crypto, query, body, now=clock.now()) == plaintext


@pytest.mark.parametrize(
    "plaintext",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]><xml><A>&a;</A></xml>',
        b"\x00\x01\x02", b"not xml", b"[1]", b"{}", b"{", b"<xml/>", b"",
        b"{" + b'"a":{' * 5000, b"<xml>" + b"<a>" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_callback_is_refused(plaintext: bytes) -> None:
    for read in (decoded, parse_event):
        with pytest.raises(CallbackRefused):
            read(plaintext)


def suite(info: str, **fields: str) -> bytes:
    given = {"SuiteId": "wws", "InfoType": info, "TimeStamp": "1777896000", **fields}
    return written("xml", list(given.items())).encode()


def test_instructions_to_a_suite_are_typed() -> None:
    ticket = parse_event(suite("suite_ticket", SuiteTicket="t"))
    assert isinstance(ticket, SuiteTicket)
    assert (ticket.suite_id, ticket.ticket, ticket.created) == ("wws", "t", 1777896000)
    granted = parse_event(suite("create_auth", AuthCode="c", State="s"))
    assert isinstance(granted, AuthorisationGranted)
    assert (granted.auth_code, granted.state, granted.corp_id) == ("c", "s", "")


def test_events_of_all_kinds_carry_their_fields() -> None:
    message = parse_event(
        suite(
            "customer_acquisition", AuthCorpId="ww1", ChangeType="message_from_customer",
            UserID="a", ExternalUserID="wm1", LinkId="ca1", ChatSeq="3", ChatKey="k",
        )
    )  # fmt: skip
    assert isinstance(message, AcquisitionMessage)
    assert (message.link_id, message.sequence, message.chat_key) == ("ca1", 3, "k")
    accounts = parse_event(
        b"<xml><Event>kf_account_auth_change</Event><AuthAddOpenKfId>wk1</AuthAddOpenKfId>"
        b"<AuthAddOpenKfId>wk2</AuthAddOpenKfId><AuthDelOpenKfId/></xml>"
    )
    assert isinstance(accounts, ServiceAccountsChanged)
    assert (accounts.added, accounts.removed) == (("wk1", "wk2"), ())
    job = parse_event(
        b"<xml><Event>batch_job_result</Event><BatchJob><JobId>j</JobId><JobType>sync_user"
        b"</JobType><ErrCode>0</ErrCode><ErrMsg>ok</ErrMsg></BatchJob></xml>"
    )
    assert isinstance(job, BatchJobFinished)
    assert (job.job_id, job.job_type, job.errcode) == ("j", "sync_user", "0")
    menu = parse_event(
        b"<xml><Event>scancode_push</Event><EventKey>k</EventKey><ScanCodeInfo><ScanType>qrcode"
        b"</ScanType><ScanResult>1</ScanResult></ScanCodeInfo></xml>"
    )
    assert isinstance(menu, MenuUsed)
    assert (menu.key, menu.scan["ScanResult"]) == ("k", "1")


def test_an_odd_optional_field_costs_the_field_and_not_the_event() -> None:
    event = parse_event(
        b"<xml><Event>change_external_chat</Event><ChangeType>update</ChangeType>"
        b"<ChatId>wr1</ChatId><JoinScene>many</JoinScene></xml>"
    )
    assert isinstance(event, GroupChatUpdated)
    assert event.join_scene == 0
    assert event.raw["JoinScene"] == "many"


def test_an_event_of_tomorrow_is_kept_whole() -> None:
    event = parse_event(suite("something_new", AuthCorpId="ww1", More="1"))
    assert isinstance(event, UnknownEvent)
    assert (event.corp_id, event.event, event.raw["More"]) == ("ww1", "something_new", "1")


def test_distinct_events_of_one_second_are_told_apart_and_repeats_are_not() -> None:
    tags = [suite("change_external_tag", ChangeType="create", Id=f"et{n}") for n in range(3)]
    edits = [
        suite("change_external_contact", ChangeType="edit_external_contact", UserID="a",
              ExternalUserID=f"wm{n}") for n in range(3)
    ]  # fmt: skip
    zero = [suite("subscribe", MsgId="0", FromUserName=name) for name in "ab"]
    everything = tags + edits + zero
    keys = [dedupe_key(parse_event(one), one) for one in everything]
    assert len(set(keys)) == len(everything)
    assert keys == [dedupe_key(parse_event(one), one) for one in everything]


def test_the_own_names_win_where_both_envelopes_are_present() -> None:
    event = parse_event(
        b"<xml><ToUserName>ww1</ToUserName><AuthCorpId>ww2</AuthCorpId><CreateTime>5</CreateTime>"
        b"<TimeStamp>6</TimeStamp><Event>change_external_contact</Event>"
        b"<ChangeType>add_external_contact</ChangeType><UserID>a</UserID>"
        b"<ExternalUserID>wm1</ExternalUserID></xml>"
    )
    assert isinstance(event, ContactAdded)
    assert (event.corp_id, event.created) == ("ww1", 5)
