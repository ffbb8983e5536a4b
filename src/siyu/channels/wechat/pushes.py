"""What WeChat pushes to an official account's address: verified, decrypted, typed, answered.

Three modes, chosen in the console: plain (明文), encrypted (安全) and both at once (兼容). Without
a key the door takes plain pushes; with one it takes encrypted ones and nothing else. A plain
push's signature proves that the sender knows the token, but does not cover the body: whoever reads
one on its way can put another body under it. So choose the encrypted mode.

WeChat waits 5 seconds and calls three times in all; `siyu.channels.wecom.events.dedupe_key` is
equal for these repeats and for nothing else.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec
from msgspec import Struct

from siyu.channels.wecom.callback import (
    WINDOW,
    CallbackRefused,
    CallbackStale,
    parse_fields,
    receive,
)
from siyu.channels.wecom.crypto import CallbackCrypto, SignatureMismatch
from siyu.channels.wecom.events.envelope import (
    CallbackEvent,
    UnknownEvent,
    fields_of,
    listed,
    text,
    typed,
)

_NEEDED: Final = ("signature", "timestamp", "nonce")


class PushDoor:
    """Receives pushes for one account. `aes_key` is needed unless the console says plain mode."""

    def __init__(
        self, token: str, app_id: str, aes_key: str | None = None, *, window: timedelta = WINDOW
    ) -> None:
        self._token = token
        self._window = window
        self._crypto = CallbackCrypto(token, aes_key, app_id) if aes_key else None

    def answer_check(self, query: Mapping[str, str], *, now: datetime) -> bytes:
        """Return what WeChat wants back when the address is saved: the plain ``echostr``.

        Raises `CallbackRefused` or a `CallbackCryptoError`.
        """
        self._check(query, now)
        echo = query.get("echostr", "")
        if not (echo.isascii() and echo.isalnum()):  # it is sent back: never a page of others'
            raise CallbackRefused("echostr is missing or odd")
        return echo.encode()

    def receive(self, query: Mapping[str, str], body: bytes, *, now: datetime) -> bytes:
        """Return the plaintext of a push; store it, answer, then `parse_push` it.

        Raises `CallbackRefused` or a `CallbackCryptoError`; neither is answered with details.
        """
        if self._crypto is not None:
            return receive(self._crypto, query, body, now=now, window=self._window)
        self._check(query, now)
        if "Encrypt" in parse_fields(body) and query.get("encrypt_type") == "aes":
            raise CallbackRefused("the push is encrypted, and no EncodingAESKey is known")
        return body

    def answer(self, reply: str, *, now: datetime) -> bytes:
        """Return the body that answers a push with `reply` (`siyu.channels.wechat.replies`)."""
        if self._crypto is None:
            return reply.encode()
        timestamp, nonce = str(int(now.timestamp())), secrets.token_hex(8)
        sealed = self._crypto.seal(reply.encode(), timestamp, nonce)
        return (
            f"<xml><Encrypt><![CDATA[{sealed.encrypt}]]></Encrypt>"
            f"<MsgSignature><![CDATA[{sealed.signature}]]></MsgSignature>"
            f"<TimeStamp>{timestamp}</TimeStamp><Nonce><![CDATA[{nonce}]]></Nonce></xml>"
        ).encode()

    def _check(self, query: Mapping[str, str], now: datetime) -> None:
        if missing := [name for name in _NEEDED if not query.get(name)]:
            raise CallbackRefused(f"{missing[0]} is missing")
        expected = sign(self._token, query["timestamp"], query["nonce"])
        if not hmac.compare_digest(expected.encode(), query["signature"].encode()):
            raise SignatureMismatch("signature does not match")
        stamp = query["timestamp"]
        if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 10):  # noqa: PLR2004
            raise CallbackRefused("the timestamp is not a number of seconds")
        if abs(now - datetime.fromtimestamp(int(stamp), UTC)) > self._window:
            raise CallbackStale("the signed time is too far from the present")


def sign(token: str, timestamp: str, nonce: str) -> str:
    """Return the plain ``signature``: SHA-1 over the three texts in sorted order, joined."""
    joined = "".join(sorted((token, timestamp, nonce)))
    return hashlib.sha1(joined.encode()).hexdigest()  # noqa: S324  the protocol fixes SHA-1


class Push(CallbackEvent, frozen=True, kw_only=True):
    """What every push says: whose. `corp_id` is the account's original id (``gh_…``)."""

    openid: str = msgspec.field(name="FromUserName", default="")
    kind: str = msgspec.field(name="MsgType", default="")
    key: str = msgspec.field(name="EventKey", default="")


class Followed(Push, frozen=True, kw_only=True):
    """Somebody follows; with `scene` when they scanned a code with a parameter to do so."""

    ticket: str = msgspec.field(name="Ticket", default="")

    @property
    def scene(self) -> str:
        """The parameter of the code that was scanned, empty without one."""
        return self.key.removeprefix("qrscene_") if self.key.startswith("qrscene_") else ""


class Unfollowed(Push, frozen=True, kw_only=True):
    """Somebody follows no more; nothing can be sent to them."""


class CodeScanned(Push, frozen=True, kw_only=True):
    """A follower scanned a code with a parameter."""

    ticket: str = msgspec.field(name="Ticket", default="")

    @property
    def scene(self) -> str:
        """The parameter of the code."""
        return self.key


class MenuClicked(Push, frozen=True, kw_only=True):
    """A follower used an entry of the menu that has a `key`."""

    scan: dict[str, Any] = msgspec.field(name="ScanCodeInfo", default_factory=dict)
    pictures: dict[str, Any] = msgspec.field(name="SendPicsInfo", default_factory=dict)
    place: dict[str, Any] = msgspec.field(name="SendLocationInfo", default_factory=dict)


class MenuOpened(Push, frozen=True, kw_only=True):
    """A follower used an entry that opens an address or a mini program's page (`key`)."""

    menu_id: str = msgspec.field(name="MenuId", default="")


class Located(Push, frozen=True, kw_only=True):
    """Where a follower is, to `precision` metres."""

    latitude: float = msgspec.field(name="Latitude", default=0.0)
    longitude: float = msgspec.field(name="Longitude", default=0.0)
    precision: float = msgspec.field(name="Precision", default=0.0)


class TemplateDelivered(Push, frozen=True, kw_only=True):
    """What became of a template message: `status` is ``success``, or begins with ``failed``."""

    number: str = msgspec.field(name="MsgID", default="")
    status: str = msgspec.field(name="Status", default="")


class Choice(Struct, frozen=True, kw_only=True):
    """What a person decided about a template, or what became of a message of it.

    `status` is accept or reject; `scene` 1 a page, 2 an article …; `error` 0: it arrived.
    """

    template_id: str
    status: str = ""
    scene: str = ""
    number: str = ""
    error: str = ""
    reason: str = ""


class SubscriptionsChosen(Push, frozen=True, kw_only=True):
    """A person answered the question for consent, changed their mind, or was sent a message."""

    @property
    def choices(self) -> tuple[Choice, ...]:
        """One for each template."""
        holder = next((v for k, v in self.raw.items() if k in _HOLDERS), None)
        return tuple(
            Choice(
                template_id=text(one.get("TemplateId")),
                status=text(one.get("SubscribeStatusString")),
                scene=text(one.get("PopupScene")),
                number=text(one.get("MsgID")),
                error=text(one.get("ErrorCode")),
                reason=text(one.get("ErrorStatus")),
            )
            for one in listed(holder, "List")
            if isinstance(one, dict)
        )


_HOLDERS: Final = ("SubscribeMsgPopupEvent", "SubscribeMsgChangeEvent", "SubscribeMsgSentEvent")


class Message(Push, frozen=True, kw_only=True):
    """A message to the account; `kind` is its type, fields are empty where it has none."""

    content: str = msgspec.field(name="Content", default="")
    media_id: str = msgspec.field(name="MediaId", default="")
    thumb_media_id: str = msgspec.field(name="ThumbMediaId", default="")
    picture_url: str = msgspec.field(name="PicUrl", default="")
    format: str = msgspec.field(name="Format", default="")
    latitude: float = msgspec.field(name="Location_X", default=0.0)
    longitude: float = msgspec.field(name="Location_Y", default=0.0)
    scale: int = msgspec.field(name="Scale", default=0)
    label: str = msgspec.field(name="Label", default="")
    title: str = msgspec.field(name="Title", default="")
    description: str = msgspec.field(name="Description", default="")
    url: str = msgspec.field(name="Url", default="")


TYPES: Final[Mapping[str, type[Push]]] = {
    "subscribe": Followed,
    "unsubscribe": Unfollowed,
    "scan": CodeScanned,
    "click": MenuClicked,
    **dict.fromkeys(
        (
            "scancode_push", "scancode_waitmsg", "pic_sysphoto", "pic_photo_or_album",
            "pic_weixin", "location_select",
        ),
        MenuClicked,
    ),
    "view": MenuOpened,
    "view_miniprogram": MenuOpened,
    "location": Located,
    "templatesendjobfinish": TemplateDelivered,
    "subscribe_msg_popup_event": SubscriptionsChosen,
    "subscribe_msg_change_event": SubscriptionsChosen,
    "subscribe_msg_sent_event": SubscriptionsChosen,
}  # fmt: skip


def parse_push(plaintext: bytes) -> Push | UnknownEvent:
    """Return the typed push, a bare `Push` where there is no type; `raw` holds every field.

    It is an `UnknownEvent` only when its time is no time. Raises `CallbackRefused` only when the
    plaintext is neither XML nor JSON with fields.
    """
    raw, fields = fields_of(plaintext)
    kind = text(fields.get("MsgType"))
    if kind and kind != "event":
        return typed(raw, fields, Message)
    return typed(raw, fields, TYPES.get(text(fields.get("Event")).lower(), Push))
