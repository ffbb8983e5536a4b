"""The acquisition assistant (获客助手): links that add customers, who came, what is left to use.

Each customer added takes from a quota that the corporation buys and that ends some day.
"""

from collections.abc import Iterator
from enum import IntEnum
from typing import Annotated, Final

from siyu.channels.wecom.endpoint import (
    Endpoint,
    Nothing,
    PagedReply,
    PagedRequest,
    Part,
    Reply,
    Request,
)
from siyu.channels.wecom.endpoints.content import UserId
from siyu.channels.wecom.limits import Between, Bytes, Chars, Items, OneOf

STATE_BYTES: Final = 64
"""What WeCom keeps of a channel (``customer_channel``); it cuts the rest off."""
_LONGEST_SPAN: Final = 30 * 24 * 3600

LinkId = Annotated[str, Bytes(128, 1)]
LinkName = Annotated[str, Chars(30, 1)]


class Priority(IntEnum):
    """Whom a link shows first."""

    FRIENDS = 1
    FRIENDS_AMONG_NAMED = 2


class ChatStatus(IntEnum):
    """Whether a customer has written."""

    SILENT = 0
    SPOKE = 1
    UNKNOWN = 2


class LinkRange(Request, kw_only=True, frozen=True):
    """Who takes the customers of a link: accounts and departments, at most 500 people."""

    user_list: Annotated[list[UserId], Items(500)] | None = None
    department_list: list[int] | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation when there is nobody."""
        if not self.user_list and not self.department_list:
            yield "user_list", "请选择成员或部门"


class PriorityOption(Request, kw_only=True, frozen=True):
    """Whom a link shows first; the list belongs to `Priority.FRIENDS_AMONG_NAMED`."""

    priority_type: Annotated[int, OneOf(tuple(Priority))]
    priority_userid_list: list[UserId] | None = None


class CreateLinkRequest(Request, kw_only=True, frozen=True):
    """A new link. Customers are added without asking unless `skip_verify` is false."""

    link_name: LinkName
    range: LinkRange
    skip_verify: bool | None = None
    mark_source: bool | None = None
    priority_option: PriorityOption | None = None


class UpdateLinkRequest(Request, kw_only=True, frozen=True):
    """Changes of a link; what is left out stays, a range replaces the whole range."""

    link_id: LinkId
    link_name: LinkName | None = None
    range: LinkRange | None = None
    skip_verify: bool | None = None
    mark_source: bool | None = None
    priority_option: PriorityOption | None = None


class LinkRequest(Request, kw_only=True, frozen=True):
    """One link."""

    link_id: LinkId


class Link(Part, kw_only=True, frozen=True):
    """A link; `url` takes ``?customer_channel=`` for the state of who comes by it."""

    link_id: str = ""
    link_name: str = ""
    url: str = ""
    create_time: int = 0
    skip_verify: bool = True
    mark_source: bool = True


class RangeOfLink(Part, kw_only=True, frozen=True):
    """Who takes the customers."""

    user_list: tuple[str, ...] = ()
    department_list: tuple[int, ...] = ()


class PriorityOfLink(Part, kw_only=True, frozen=True):
    """Whom it shows first."""

    priority_type: int = 0
    priority_userid_list: tuple[str, ...] = ()


class CreateLinkReply(Reply, kw_only=True, frozen=True):
    """The new link."""

    link: Link


class LinkReply(Reply, kw_only=True, frozen=True):
    """A link with whom it leads to."""

    link: Link
    range: RangeOfLink = RangeOfLink()
    priority_option: PriorityOfLink = PriorityOfLink()


class LinksRequest(PagedRequest, kw_only=True, frozen=True):
    """A page of the links."""

    limit: Annotated[int, Between(1, 100)] | None = None


class LinksReply(PagedReply, kw_only=True, frozen=True):
    """A page of ids."""

    link_id_list: tuple[str, ...] = ()


class LinkCustomersRequest(PagedRequest, kw_only=True, frozen=True):
    """A page of who came by a link."""

    link_id: LinkId
    limit: Annotated[int, Between(1, 1000)] | None = None


class LinkCustomer(Part, kw_only=True, frozen=True):
    """A customer who came by a link: to whom, whether they wrote (`ChatStatus`), their channel."""

    external_userid: str
    userid: str = ""
    chat_status: int = 0
    state: str = ""


class LinkCustomersReply(PagedReply, kw_only=True, frozen=True):
    """A page of customers."""

    customer_list: tuple[LinkCustomer, ...] = ()


class Quota(Part, kw_only=True, frozen=True):
    """What is left of one purchase, and when it ends (seconds)."""

    expire_date: int = 0
    balance: int = 0


class QuotaReply(Reply, kw_only=True, frozen=True):
    """What was bought in all, and what is left."""

    total: int = 0
    balance: int = 0
    quota_list: tuple[Quota, ...] = ()


class LinkStatisticRequest(Request, kw_only=True, frozen=True):
    """Whole days, both ends included: at most 30 apart and 180 ago; times in seconds."""

    link_id: LinkId
    start_time: int
    end_time: int

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation when the span is not one."""
        if not 0 <= self.end_time - self.start_time <= _LONGEST_SPAN:
            yield "end_time", "起止时间应先后相继，间隔不超过 30 天"


class LinkStatisticReply(Reply, kw_only=True, frozen=True):
    """How many opened the link, and how many became customers by it."""

    click_link_customer_cnt: int = 0
    new_customer_cnt: int = 0


class ChatInfoRequest(Request, kw_only=True, frozen=True):
    """A chat, by the key of an `AcquisitionMessage`, which works for 30 minutes."""

    chat_key: Annotated[str, Bytes(512, 1)]


class LinkChat(Part, kw_only=True, frozen=True):
    """How many messages the account had from the customer, and which link brought them."""

    recv_msg_cnt: int = 0
    link_id: str = ""
    state: str = ""


class ChatInfoReply(Reply, kw_only=True, frozen=True):
    """Who chats, and since which link."""

    userid: str = ""
    external_userid: str = ""
    chat_info: LinkChat = LinkChat()


_ROOT: Final = "/cgi-bin/externalcontact/customer_acquisition"

LIST_LINKS: Final = Endpoint("POST", f"{_ROOT}/list_link", "97297", LinksRequest, LinksReply)
GET_LINK: Final = Endpoint("POST", f"{_ROOT}/get", "97297", LinkRequest, LinkReply)
# a repeat would make another link
CREATE_LINK: Final = Endpoint(
    "POST",
    f"{_ROOT}/create_link",
    "97297",
    CreateLinkRequest,
    CreateLinkReply,
    idempotent=False,
)
UPDATE_LINK: Final = Endpoint("POST", f"{_ROOT}/update_link", "97297", UpdateLinkRequest, Reply)
DELETE_LINK: Final = Endpoint("POST", f"{_ROOT}/delete_link", "97297", LinkRequest, Reply)
LIST_LINK_CUSTOMERS: Final = Endpoint(
    "POST", f"{_ROOT}/customer", "97298", LinkCustomersRequest, LinkCustomersReply
)
GET_ACQUISITION_QUOTA: Final = Endpoint("GET", f"{_ROOT}_quota", "97375", Nothing, QuotaReply)
GET_LINK_STATISTIC: Final = Endpoint(
    "POST", f"{_ROOT}/statistic", "97375", LinkStatisticRequest, LinkStatisticReply
)
GET_LINK_CHAT: Final = Endpoint(
    "POST", f"{_ROOT}/get_chat_info", "100130", ChatInfoRequest, ChatInfoReply
)
