"""One person under several ids: of WeChat, of the corporation, of a provider (ID 转换).

A WeChat user who is not yet a customer gets a `pending_id`, which the later customer answers to for
90 days. Providers know customers and staff by ids of their own.
"""

from collections.abc import Iterator
from enum import IntEnum
from typing import Annotated, Final

from siyu.channels.wecom.endpoint import Endpoint, Part, Reply, Request
from siyu.channels.wecom.endpoints.contacts import ExternalUserId
from siyu.channels.wecom.endpoints.content import UserId
from siyu.channels.wecom.limits import Bytes, Items, OneOf

_DAY: Final = 24 * 3600

WeChatId = Annotated[str, Bytes(128, 1)]


class Subject(IntEnum):
    """Whose mini program or official account the openid is of."""

    CORPORATION = 0
    PROVIDER = 1


class MailKind(IntEnum):
    """Which address of a staff account."""

    BUSINESS = 1
    PERSONAL = 2


class UnionidRequest(Request, kw_only=True, frozen=True):
    """A WeChat user, by the Open Platform account; customers only."""

    unionid: WeChatId


class ExternalUserIdReply(Reply, kw_only=True, frozen=True):
    """The customer's id."""

    external_userid: str


class ConvertUnionidRequest(Request, kw_only=True, frozen=True):
    """A WeChat user, who need not be a customer yet."""

    unionid: WeChatId
    openid: WeChatId
    subject_type: Annotated[int, OneOf(tuple(Subject))] = 0


class ConvertUnionidReply(Reply, kw_only=True, frozen=True):
    """The customer's id, or the one that waits for them to become a customer."""

    external_userid: str = ""
    pending_id: str = ""


class PendingIdsRequest(Request, kw_only=True, frozen=True):
    """Customers, or members of a customer group that are none."""

    external_userid: Annotated[list[str], Items(100, 1)]
    chat_id: str | None = None


class PendingId(Part, kw_only=True, frozen=True):
    """A customer and the id they waited under."""

    external_userid: str = ""
    pending_id: str = ""


class PendingIdsReply(Reply, kw_only=True, frozen=True):
    """Those of the customers who have waited."""

    result: tuple[PendingId, ...] = ()


class CustomerRequest(Request, kw_only=True, frozen=True):
    """A customer."""

    external_userid: ExternalUserId


class OpenidReply(Reply, kw_only=True, frozen=True):
    """The id to pay to."""

    openid: str


class CustomersRequest(Request, kw_only=True, frozen=True):
    """Customers under their ids of the corporation."""

    external_userid_list: Annotated[list[str], Items(1000, 1)]


class NewId(Part, kw_only=True, frozen=True):
    """A customer's id of the corporation, and that of the provider."""

    external_userid: str = ""
    new_external_userid: str = ""


class NewIdsReply(Reply, kw_only=True, frozen=True):
    """Those of the customers that are known."""

    items: tuple[NewId, ...] = ()


class StaffOpenidRequest(Request, kw_only=True, frozen=True):
    """A staff account that is bound to WeChat."""

    userid: UserId


class StaffOfOpenidRequest(Request, kw_only=True, frozen=True):
    """A staff member's WeChat."""

    openid: WeChatId


class StaffReply(Reply, kw_only=True, frozen=True):
    """The staff account."""

    userid: str


class MobileRequest(Request, kw_only=True, frozen=True):
    """A phone number; each wrong one counts against a small quota."""

    mobile: Annotated[str, Bytes(32, 1)]


class MailRequest(Request, kw_only=True, frozen=True):
    """A mail address, see `MailKind`."""

    email: Annotated[str, Bytes(64, 1)]
    email_type: Annotated[int, OneOf(tuple(MailKind))] | None = None


class BehaviourRequest(Request, kw_only=True, frozen=True):
    """Whole days, both ends included: at most 30 apart and 180 ago; times in seconds."""

    start_time: int
    end_time: int
    userid: Annotated[list[UserId], Items(100)] | None = None
    partyid: Annotated[list[int], Items(100)] | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield violations about the span and about whom."""
        if not 0 <= self.end_time - self.start_time <= 30 * _DAY:
            yield "end_time", "起止时间应先后相继，间隔不超过 30 天"
        if not self.userid and not self.partyid:
            yield "userid", "请选择成员或部门"


class Behaviour(Part, kw_only=True, frozen=True):
    """A day of the staff asked for, together.

    `chat_cnt` chats in which staff wrote, `message_cnt` messages; `reply_percentage` how many of
    the chats that customers began were answered the same day, None without such chats;
    `avg_reply_time` in minutes; `negative_feedback_cnt` customers who deleted or blocked;
    `new_apply_cnt` requests that staff sent; `new_contact_cnt` customers added.
    """

    stat_time: int = 0
    chat_cnt: int = 0
    message_cnt: int = 0
    reply_percentage: float | None = None
    avg_reply_time: int = 0
    negative_feedback_cnt: int = 0
    new_apply_cnt: int = 0
    new_contact_cnt: int = 0


class BehaviourReply(Reply, kw_only=True, frozen=True):
    """A row for each day."""

    behavior_data: tuple[Behaviour, ...] = ()


_ROOT: Final = "/cgi-bin/externalcontact"

GET_BY_UNIONID: Final = Endpoint(
    "POST", f"{_ROOT}/unionid_to_external_userid", "93274", UnionidRequest, ExternalUserIdReply
)
CONVERT_UNIONID: Final = Endpoint(
    "POST",
    "/cgi-bin/idconvert/unionid_to_external_userid",
    "95926",
    ConvertUnionidRequest,
    ConvertUnionidReply,
)
GET_PENDING_IDS: Final = Endpoint(
    "POST",
    "/cgi-bin/idconvert/batch/external_userid_to_pending_id",
    "95926",
    PendingIdsRequest,
    PendingIdsReply,
)
GET_OPENID: Final = Endpoint(
    "POST", f"{_ROOT}/convert_to_openid", "92323", CustomerRequest, OpenidReply
)
GET_SERVICE_ID: Final = Endpoint(
    "POST", f"{_ROOT}/to_service_external_userid", "95195", CustomerRequest, ExternalUserIdReply
)
GET_NEW_IDS: Final = Endpoint(
    "POST", f"{_ROOT}/get_new_external_userid", "95327", CustomersRequest, NewIdsReply
)
GET_STAFF_OPENID: Final = Endpoint(
    "POST", "/cgi-bin/user/convert_to_openid", "90202", StaffOpenidRequest, OpenidReply
)
GET_STAFF_OF_OPENID: Final = Endpoint(
    "POST", "/cgi-bin/user/convert_to_userid", "90202", StaffOfOpenidRequest, StaffReply
)
GET_STAFF_BY_MOBILE: Final = Endpoint(
    "POST", "/cgi-bin/user/getuserid", "91693", MobileRequest, StaffReply
)
GET_STAFF_BY_MAIL: Final = Endpoint(
    "POST", "/cgi-bin/user/get_userid_by_email", "95895", MailRequest, StaffReply
)
GET_BEHAVIOUR: Final = Endpoint(
    "POST", f"{_ROOT}/get_user_behavior_data", "92132", BehaviourRequest, BehaviourReply, seconds=30
)
