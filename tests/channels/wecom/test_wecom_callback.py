"""The door for callbacks: what is let in, what is refused, and what is never told."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siyu.channels.wecom.callback import (
    MAX_BODY_BYTES,
    CallbackRefused,
    CallbackStale,
    CallbackTooLarge,
    answer_url_check,
    parse_fields,
    receive,
)
from siyu.channels.wecom.crypto import CallbackCrypto, ReceiverMismatch, SignatureMismatch

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
CRYPTO = CallbackCrypto("token", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "ww1")
EVENT = b"<xml><Event><![CDATA[enter_agent]]></Event></xml>"


def posted(
    plaintext: bytes = EVENT, at: datetime = NOW, crypto: CallbackCrypto = CRYPTO
) -> tuple[dict[str, str], bytes]:
    timestamp = str(int(at.timestamp()))
    sealed = crypto.seal(plaintext, timestamp, "n1")
    query = {"msg_signature": sealed.signature, "timestamp": timestamp, "nonce": "n1"}
    body = f"<xml><ToUserName>ww1</ToUserName><Encrypt><![CDATA[{sealed.encrypt}]]></Encrypt></xml>"
    return query, body.encode()


def test_a_genuine_callback_is_opened() -> None:
    query, body = posted()
    assert receive(CRYPTO, query, body, now=NOW) == EVENT


def test_the_url_check_is_answered_with_the_plaintext() -> None:
    sealed = CRYPTO.seal(b"1616140317555161061", str(int(NOW.timestamp())), "n1")
    query = {
        "msg_signature": sealed.signature,
        "timestamp": str(int(NOW.timestamp())),
        "nonce": "n1",
        "echostr": sealed.encrypt,
    }
    assert answer_url_check(CRYPTO, query, now=NOW) == b"1616140317555161061"
    unquoted = {**query, "echostr": sealed.encrypt.replace("+", " ")}
    assert answer_url_check(CRYPTO, unquoted, now=NOW) == b"1616140317555161061"


@pytest.mark.parametrize("offset", [timedelta(minutes=11), -timedelta(minutes=11)])
def test_a_stale_or_future_callback_is_refused_though_genuine(offset: timedelta) -> None:
    query, body = posted(at=NOW + offset)
    with pytest.raises(CallbackStale):
        receive(CRYPTO, query, body, now=NOW)
    wide = timedelta(minutes=12)
    assert receive(CRYPTO, query, body, now=NOW, window=wide) == EVENT


def test_a_repeat_within_the_window_is_let_in_for_the_dedupe_key_to_stop() -> None:
    query, body = posted(at=NOW - timedelta(minutes=9))
    assert receive(CRYPTO, query, body, now=NOW) == EVENT


def test_a_wrong_signature_is_refused_before_its_time_is_judged() -> None:
    query, body = posted(at=NOW - timedelta(days=1))
    with pytest.raises(SignatureMismatch):
        receive(CRYPTO, {**query, "msg_signature": "0" * 40}, body, now=NOW)


def test_a_callback_for_another_corporation_is_refused() -> None:
    other = CallbackCrypto("token", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "ww2")
    query, body = posted(crypto=other)
    with pytest.raises(ReceiverMismatch):
        receive(CRYPTO, query, body, now=NOW)


@pytest.mark.parametrize("missing", ["msg_signature", "timestamp", "nonce"])
def test_an_incomplete_query_is_refused(missing: str) -> None:
    query, body = posted()
    del query[missing]
    with pytest.raises(CallbackRefused):
        receive(CRYPTO, query, body, now=NOW)


@pytest.mark.parametrize("timestamp", ["soon", "1.5", "٣", "-1", "9" * 30])
def test_a_signed_timestamp_that_is_no_time_is_refused(timestamp: str) -> None:
    sealed = CRYPTO.seal(EVENT, timestamp, "n1")
    query = {"msg_signature": sealed.signature, "timestamp": timestamp, "nonce": "n1"}
    body = f"<xml><Encrypt>{sealed.encrypt}</Encrypt></xml>".encode()
    with pytest.raises(CallbackRefused):
        receive(CRYPTO, query, body, now=NOW)


BOMB = b"""<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<xml><Encrypt>&b;</Encrypt></xml>"""
OUTSIDE = (
    b"""<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><Encrypt>&a;</Encrypt></xml>"""
)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(BOMB, id="entities"),
        pytest.param(OUTSIDE, id="outside entity"),
        pytest.param(b"<!DOCTYPE xml><xml><Encrypt>x</Encrypt></xml>", id="document type"),
        pytest.param(b"<a>" * 100 + b"</a>" * 100, id="deep"),
        pytest.param(b"<a>" + b"<b/>" * 30_000 + b"</a>", id="wide"),
        pytest.param(b"<xml><Encrypt>x</Encrypt>", id="cut"),
        pytest.param(b"<xml>text</xml>", id="no fields"),
        pytest.param(
            b"<?xml version='1.0' encoding='nonsense'?><xml><A>1</A></xml>", id="encoding"
        ),
        pytest.param(b"\xff\xfe<xml/>", id="bytes"),
        pytest.param(b"", id="empty"),
    ],
)
def test_hostile_bodies_are_refused(body: bytes) -> None:
    with pytest.raises(CallbackRefused):
        parse_fields(body)


def test_a_body_without_encrypted_text_is_refused() -> None:
    query, _ = posted()
    for body in (b"<xml><A>1</A></xml>", b"<xml><Encrypt><B>1</B></Encrypt></xml>"):
        with pytest.raises(CallbackRefused):
            receive(CRYPTO, query, body, now=NOW)


def test_an_oversized_body_is_refused_unread() -> None:
    with pytest.raises(CallbackTooLarge):
        parse_fields(b"<" * (MAX_BODY_BYTES + 1))


@given(st.binary(max_size=200))
def test_no_body_escapes_as_another_error(body: bytes) -> None:
    with suppress(CallbackRefused):
        parse_fields(body)


def test_repeated_and_nested_names_are_kept() -> None:
    xml = b"<xml><L><Item>1</Item><Item>2</Item><Item>3</Item></L><N><A>x</A></N><E/></xml>"
    assert parse_fields(xml) == {"L": {"Item": ["1", "2", "3"]}, "N": {"A": "x"}, "E": ""}
