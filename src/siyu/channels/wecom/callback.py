"""From a posted body to the plaintext of one event, refusing whatever cannot be trusted.

Two steps, so that the hot door does only the first: `receive` verifies and decrypts, which is all
that must happen before the plaintext is stored and WeCom is answered (within 5 s, else it sends
again up to 3 times). `siyu.channels.wecom.events.parse_event` reads the plaintext later.

Replays. The signed ``timestamp`` must be near the present (`WINDOW`), so a recorded call is worth
nothing later. Whether WeCom signs its repeats anew is not documented; they come within seconds, so
both readings fit the window. Inside the window the dedupe key stops replays: a repeat carries the
same plaintext, and only the first is taken.
"""

from codecs import BOM_UTF8
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec

from siyu.channels.wecom.crypto import CallbackCrypto
from siyu.channels.wecom.plain_xml import NotPlain, read

MAX_BODY_BYTES: Final = 256 * 1024
WINDOW: Final = timedelta(minutes=10)


class CallbackRefused(Exception):
    """The body or its query is not a callback of WeCom. The message holds no content."""


class CallbackTooLarge(CallbackRefused):
    """The body is longer than any callback."""


class CallbackStale(CallbackRefused):
    """The signed time is too far from the present: a replay, or a clock gone wrong."""


def answer_url_check(
    crypto: CallbackCrypto, query: Mapping[str, str], *, now: datetime, window: timedelta = WINDOW
) -> bytes:
    """Return what WeCom wants back, within 1 s and as it is, when the address is registered.

    Raises `CallbackRefused` or a `CallbackCryptoError` (doc 90930).
    """
    # a '+' of base64 that reached us unquoted was read as a space; base64 has no spaces
    return _open(crypto, query, _required(query, "echostr").replace(" ", "+"), now, window)


def receive(
    crypto: CallbackCrypto,
    query: Mapping[str, str],
    body: bytes,
    *,
    now: datetime,
    window: timedelta = WINDOW,
) -> bytes:
    """Return the decrypted plaintext of a posted callback.

    Raises `CallbackRefused` or a `CallbackCryptoError`; neither must be answered with details.
    """
    fields = parse_fields(body)
    encrypted = fields.get("Encrypt") or fields.get("encrypt")  # JSON writes it small
    if not isinstance(encrypted, str) or not encrypted:
        raise CallbackRefused("no encrypted text in the body")
    return _open(crypto, query, encrypted, now, window)


def parse_fields(body: bytes) -> dict[str, Any]:
    """Return the fields of a body in XML or JSON; raises `CallbackRefused`.

    XML gives texts, nested dicts, and lists where a name repeats. Anything but plain, small XML is
    refused: no document type, no entities.
    """
    if len(body) > MAX_BODY_BYTES:
        raise CallbackTooLarge("the body exceeds the limit")
    if is_json(body):
        return _json_fields(body.removeprefix(BOM_UTF8))
    try:
        fields = read(body.strip())
    except NotPlain as error:
        raise CallbackRefused("the body is not plain XML") from error
    if isinstance(fields, str):
        raise CallbackRefused("the body has no fields")
    return fields


def is_json(body: bytes) -> bool:
    """Whether a body is in JSON and not in XML, judged by how it begins."""
    return body.removeprefix(BOM_UTF8).lstrip().startswith(b"{")


def _json_fields(body: bytes) -> dict[str, Any]:
    try:
        fields: dict[str, Any] = msgspec.json.decode(body, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise CallbackRefused("the body is neither plain XML nor JSON") from error
    if not fields:
        raise CallbackRefused("the body has no fields")
    return fields


def _open(
    crypto: CallbackCrypto,
    query: Mapping[str, str],
    encrypted: str,
    now: datetime,
    window: timedelta,
) -> bytes:
    timestamp = _required(query, "timestamp")
    signature = _required(query, "msg_signature")
    crypto.verify(signature, timestamp, _required(query, "nonce"), encrypted)
    # only after the signature: an unsigned time would tell outsiders about our clock
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 10):  # noqa: PLR2004
        raise CallbackRefused("the timestamp is not a number of seconds")
    if abs(now - datetime.fromtimestamp(int(timestamp), UTC)) > window:
        raise CallbackStale("the signed time is too far from the present")
    return crypto.decrypt(encrypted)


def _required(query: Mapping[str, str], name: str) -> str:
    value = query.get(name)
    if not value:
        raise CallbackRefused(f"{name} is missing")
    return value
