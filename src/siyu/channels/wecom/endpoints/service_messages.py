"""Chats of WeChat customer service (微信客服): read, answered, handed to staff, ended.

A customer who writes begins a session (`NEW`). The application answers itself (`NEW`, `BOT`), puts
it into the `POOL` for staff to take, gives it to one (`STAFF`), or ends it; only the customer
begins the next one.
"""

from collections.abc import Iterator
from enum import IntEnum
from typing import Annotated, Any, Final

import msgspec

from siyu.channels.wecom.endpoint import Endpoint, Part, Reply, Request
from siyu.channels.wecom.endpoints.content import UserId
from siyu.channels.wecom.endpoints.service_accounts import (
    AccountId,
    AccountRequest,
    ExternalUserId,
)
from siyu.channels.wecom.endpoints.service_contents import (
    SentAcquisitionLink,
    SentCard,
    SentFile,
    SentLink,
    SentLocation,
    SentMenu,
    SentMiniProgram,
    SentText,
)
from siyu.channels.wecom.lenient import read
from siyu.channels.wecom.limits import Between, Bytes, Items, OneOf


class State(IntEnum):
    """Where a session is."""

    NEW = 0
    BOT = 1
    POOL = 2
    STAFF = 3
    ENDED = 4


class Origin(IntEnum):
    """Where a message came from; those sent through the API are not read back."""

    CUSTOMER = 3
    SYSTEM = 4
    STAFF = 5


AMR: Final = 0
SILK: Final = 1

ENTER: Final = "enter_session"
SEND_FAILED: Final = "msg_send_fail"
SERVICER_STATUS: Final = "servicer_status_change"
SESSION_STATUS: Final = "session_status_change"
CUSTOMER_RECALLED: Final = "user_recall_msg"
STAFF_RECALLED: Final = "servicer_recall_msg"

_MESSAGES: Final = (
    "text", "image", "voice", "video", "file", "link", "miniprogram", "msgmenu", "location",
    "business_card", "ca_link",
)  # fmt: skip
_ON_EVENT: Final = ("text", "msgmenu")

MessageId = Annotated[str, Bytes(32, 1)]


class SessionRequest(AccountRequest, kw_only=True, frozen=True):
    """The session of a customer with an account."""

    external_userid: ExternalUserId


class SessionReply(Reply, kw_only=True, frozen=True):
    """Where the session is (see `State`), and with whom."""

    service_state: int
    servicer_userid: str = ""


class MoveSessionRequest(SessionRequest, kw_only=True, frozen=True):
    """Where the session shall go; to `State.STAFF` with the staff account."""

    service_state: Annotated[int, OneOf(tuple(State)[1:])]
    servicer_userid: UserId | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation when there is nobody to take the session."""
        if self.service_state == State.STAFF and not self.servicer_userid:
            yield "servicer_userid", "转给人工接待需要指定接待人员"


class MoveSessionReply(Reply, kw_only=True, frozen=True):
    """`msg_code` is good for one message about the move, see `SEND_ON_EVENT`."""

    msg_code: str = ""


class SyncRequest(Request, kw_only=True, frozen=True):
    """Messages and events of the last three days after `cursor`.

    `token` is that of the callback (good for ten minutes); without one WeCom lets through few
    calls. `voice_format` is `AMR` or `SILK`.
    """

    cursor: Annotated[str, Bytes(64)] | None = None
    token: Annotated[str, Bytes(128)] | None = None
    limit: Annotated[int, Between(1, 1000)] = 1000
    voice_format: Annotated[int, OneOf((AMR, SILK))] | None = None
    open_kfid: AccountId | None = None


class ReceivedText(Part, kw_only=True, frozen=True):
    """A text; `menu_id` is that of the menu item that was tapped."""

    content: str = ""
    menu_id: str = ""


class ServiceEvent(Part, kw_only=True, frozen=True):
    """Something that happened in a chat; fields that do not belong to `event_type` are empty.

    `status` of a servicer: 1 serves, 2 rests. `change_type` of a session: 1 taken from the pool,
    2 passed on, 3 ended, 4 taken up again. `fail_type`: 0 unknown, 1 account deleted, 2 application
    closed, 4 after 48 hours, 5 session ended, 6 more than five, 8 corporation not verified, 10
    refused by the customer. `welcome_code` and `msg_code` are good for one message each.
    """

    event_type: str = ""
    open_kfid: str = ""
    external_userid: str = ""
    servicer_userid: str = ""
    scene: str = ""
    scene_param: str = ""
    welcome_code: str = ""
    wechat_channels: dict[str, Any] = msgspec.field(default_factory=dict)
    status: int = 0
    fail_msgid: str = ""
    fail_type: int = 0
    change_type: int = 0
    old_servicer_userid: str = ""
    new_servicer_userid: str = ""
    msg_code: str = ""
    recall_msgid: str = ""


class ServiceMessage(Part, kw_only=True, frozen=True):
    """A message or event; `send_time` in seconds, `origin` see `Origin`; `raw` is all of it."""

    msgid: str = ""
    open_kfid: str = ""
    external_userid: str = ""
    send_time: int = 0
    origin: int = 0
    servicer_userid: str = ""
    msgtype: str = ""
    text: ReceivedText | None = None
    event: ServiceEvent | None = None
    raw: dict[str, Any] = msgspec.field(default_factory=dict)

    @property
    def content(self) -> dict[str, Any]:
        """What the message consists of, of whatever type; empty where there is nothing."""
        body = self.raw.get(self.msgtype)
        return body if isinstance(body, dict) else {}

    @property
    def media_id(self) -> str:
        """The file of a picture, voice, video or file; good for three days."""
        return str(self.content.get("media_id") or "")


class SyncReply(Reply, kw_only=True, frozen=True):
    """A page in the order of time. `next_cursor` is kept for the next read, also of the last page.

    Use `messages`; `msg_list` holds them as they came.
    """

    next_cursor: str = ""
    has_more: bool = False
    msg_list: tuple[dict[str, Any], ...] = ()

    @property
    def messages(self) -> tuple[ServiceMessage, ...]:
        """The messages and events, typed; types unknown here keep their content in `raw`."""
        return tuple(read({**item, "raw": item}, ServiceMessage) for item in self.msg_list)


class SendRequest(Request, kw_only=True, frozen=True):
    """A message of the application, where the session is `State.NEW` or `State.BOT` (95018).

    Within 48 hours of the customer's last message (95002), and at most five before the next one
    (95001). A `msgid` of one's own is used once per account, so with one a repeat sends nothing.
    """

    touser: ExternalUserId
    open_kfid: AccountId
    msgtype: Annotated[str, OneOf(_MESSAGES)]
    msgid: MessageId | None = None
    text: SentText | None = None
    image: SentFile | None = None
    voice: SentFile | None = None
    video: SentFile | None = None
    file: SentFile | None = None
    link: SentLink | None = None
    miniprogram: SentMiniProgram | None = None
    msgmenu: SentMenu | None = None
    location: SentLocation | None = None
    business_card: SentCard | None = None
    ca_link: SentAcquisitionLink | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation when type and content do not fit."""
        if [name for name in _MESSAGES if getattr(self, name) is not None] != [self.msgtype]:
            yield "msgtype", "消息类型与内容不一致"


class SendOnEventRequest(Request, kw_only=True, frozen=True):
    """One message for one event, by its `code`.

    A welcome (`welcome_code`) and a farewell (`msg_code` of an ended session) within 20 seconds,
    a word about the pool or the staff account within 48 hours, which takes texts only.
    """

    code: Annotated[str, Bytes(256, 1)]
    msgtype: Annotated[str, OneOf(_ON_EVENT)]
    msgid: MessageId | None = None
    text: SentText | None = None
    msgmenu: SentMenu | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation when type and content do not fit."""
        if [name for name in _ON_EVENT if getattr(self, name) is not None] != [self.msgtype]:
            yield "msgtype", "消息类型与内容不一致"


class SentReply(Reply, kw_only=True, frozen=True):
    """The message; a later `SEND_FAILED` event may name it."""

    msgid: str = ""


class CustomersRequest(Request, kw_only=True, frozen=True):
    """Customers, on request with how they came in during the last 48 hours."""

    external_userid_list: Annotated[list[str], Items(100, 1)]
    need_enter_session_context: Annotated[int, OneOf((0, 1))] | None = None


class EnterContext(Part, kw_only=True, frozen=True):
    """How a customer came in last."""

    scene: str = ""
    scene_param: str = ""
    wechat_channels: dict[str, Any] = msgspec.field(default_factory=dict)


class Customer(Part, kw_only=True, frozen=True):
    """A customer of the service, friend of a staff account or not."""

    external_userid: str
    nickname: str = ""
    avatar: str = ""
    gender: int = 0
    unionid: str = ""
    enter_session_context: EnterContext | None = None


class CustomersReply(Reply, kw_only=True, frozen=True):
    """Those that are known, and the ids of the others."""

    customer_list: tuple[Customer, ...] = ()
    invalid_external_userid: tuple[str, ...] = ()


_PATH: Final = "/cgi-bin/kf"

GET_SESSION: Final = Endpoint(
    "POST", f"{_PATH}/service_state/get", "94669", SessionRequest, SessionReply
)
# a repeat is refused (95016) and gives no second code
MOVE_SESSION: Final = Endpoint(
    "POST",
    f"{_PATH}/service_state/trans",
    "94669",
    MoveSessionRequest,
    MoveSessionReply,
    idempotent=False,
)
SYNC: Final = Endpoint("POST", f"{_PATH}/sync_msg", "94670", SyncRequest, SyncReply, seconds=20)
# a repeat would reach the customer twice
SEND: Final = Endpoint(
    "POST", f"{_PATH}/send_msg", "94677", SendRequest, SentReply, idempotent=False
)
# a code works once, so a repeat after silence does no harm; twenty seconds are short
SEND_ON_EVENT: Final = Endpoint(
    "POST",
    f"{_PATH}/send_msg_on_event",
    "95122",
    SendOnEventRequest,
    SentReply,
    urgent=True,
    seconds=5.0,
)
GET_CUSTOMERS: Final = Endpoint(
    "POST", f"{_PATH}/customer/batchget", "95159", CustomersRequest, CustomersReply
)
