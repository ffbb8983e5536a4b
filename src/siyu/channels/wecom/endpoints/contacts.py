"""Customers: who has whom, details, remarks (客户管理)."""

from collections.abc import Iterator
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
from siyu.channels.wecom.limits import Between, Bytes, Chars, Items

UserId = Annotated[str, Bytes(64, 1)]
ExternalUserId = Annotated[str, Bytes(64, 1)]


class FollowUsersReply(Reply, kw_only=True, frozen=True):
    """The staff accounts that may have customers, as far as the application sees them."""

    follow_user: tuple[str, ...] = ()


class ContactIdsRequest(Request, kw_only=True, frozen=True):
    """A staff account."""

    userid: UserId


class ContactIdsReply(Reply, kw_only=True, frozen=True):
    """The customers of a staff account. Where there are none WeCom answers 84061."""

    external_userid: tuple[str, ...] = ()


class ContactRequest(PagedRequest, kw_only=True, frozen=True):
    """A customer; more than 500 followers come in pages."""

    external_userid: ExternalUserId


class ExternalContact(Part, kw_only=True, frozen=True):
    """A customer as WeCom knows them. `type`: 1 WeChat, 2 WeCom; `gender`: 1 male, 2 female.

    `unionid` comes only for WeChat users, and only when the corporation is bound to an open
    platform account.
    """

    external_userid: str
    name: str = ""
    avatar: str = ""
    type: int = 0
    gender: int = 0
    unionid: str = ""
    position: str = ""
    corp_name: str = ""
    corp_full_name: str = ""


class FollowTag(Part, kw_only=True, frozen=True):
    """A tag on a contact. `type`: 1 corp, 2 personal (without id), 3 of a strategy group."""

    type: int = 0
    tag_id: str = ""
    tag_name: str = ""
    group_name: str = ""


class WechatChannels(Part, kw_only=True, frozen=True):
    """The video channel a customer came from."""

    nickname: str = ""
    source: int = 0


class FollowUser(Part, kw_only=True, frozen=True):
    """What one staff account knows of a customer.

    `createtime` is in seconds. `add_way` may hold values unknown today. `tags` comes from single
    reads, `tag_id` from batches. `oper_userid` is who acted: the staff account, the customer, or
    who shared or assigned.
    """

    userid: str
    remark: str = ""
    description: str = ""
    createtime: int = 0
    tags: tuple[FollowTag, ...] = ()
    tag_id: tuple[str, ...] = ()
    remark_corp_name: str = ""
    remark_mobiles: tuple[str, ...] = ()
    add_way: int = 0
    oper_userid: str = ""
    state: str = ""
    wechat_channels: WechatChannels | None = None

    @property
    def corp_tag_ids(self) -> tuple[str, ...]:
        """The ids of all tags that have one, whichever way they came."""
        return tuple(self.tag_id) or tuple(tag.tag_id for tag in self.tags if tag.tag_id)


class ContactReply(PagedReply, kw_only=True, frozen=True):
    """A customer and a page of the staff accounts that have them."""

    external_contact: ExternalContact
    follow_user: tuple[FollowUser, ...] = ()


class ContactsOfUsersRequest(PagedRequest, kw_only=True, frozen=True):
    """A page of the customers of up to 100 staff accounts."""

    userid_list: Annotated[list[str], Items(100, 1)]
    limit: Annotated[int, Between(1, 100)] | None = None


class ContactOfUser(Part, kw_only=True, frozen=True):
    """One customer of one staff account."""

    external_contact: ExternalContact
    follow_info: FollowUser


class ContactsOfUsersReply(PagedReply, kw_only=True, frozen=True):
    """A page with one row for each customer and staff account."""

    external_contact_list: tuple[ContactOfUser, ...] = ()


class RemarkRequest(Request, kw_only=True, frozen=True):
    """What a staff account notes about a customer; what is left out stays as it is.

    `remark_mobiles` overwrites; a list of one empty text clears. `remark_company` works only for
    WeChat users.
    """

    userid: UserId
    external_userid: ExternalUserId
    remark: Annotated[str, Chars(20)] | None = None
    description: Annotated[str, Chars(150)] | None = None
    remark_company: Annotated[str, Chars(20)] | None = None
    remark_mobiles: list[str] | None = None
    remark_pic_mediaid: str | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation when nothing would change."""
        changes = (
            self.remark,
            self.description,
            self.remark_company,
            self.remark_mobiles,
            self.remark_pic_mediaid,
        )
        if all(change is None for change in changes):
            yield "remark", "备注、描述、企业、手机号和图片至少填写一项"


class ServedRequest(PagedRequest, kw_only=True, frozen=True):
    """A page of everyone whom the corporation has served."""

    limit: Annotated[int, Between(1, 1000)] | None = None


class Served(Part, kw_only=True, frozen=True):
    """Someone served: a customer of `follow_userid`, or a member of the group `chat_id`.

    Who is no customer has only `tmp_openid`, which changes after a while; `add_time` in seconds.
    """

    is_customer: bool = False
    tmp_openid: str = ""
    external_userid: str = ""
    name: str = ""
    follow_userid: str = ""
    chat_id: str = ""
    chat_name: str = ""
    add_time: int = 0


class ServedReply(PagedReply, kw_only=True, frozen=True):
    """A page of people served."""

    info_list: tuple[Served, ...] = ()


LIST_FOLLOW_USERS: Final = Endpoint(
    "GET", "/cgi-bin/externalcontact/get_follow_user_list", "92571", Nothing, FollowUsersReply
)
LIST_CONTACT_IDS: Final = Endpoint(
    "GET",
    "/cgi-bin/externalcontact/list",
    "92113",
    ContactIdsRequest,
    ContactIdsReply,
    seconds=30,
)
GET_CONTACT: Final = Endpoint(
    "GET", "/cgi-bin/externalcontact/get", "92114", ContactRequest, ContactReply
)
LIST_CONTACTS_OF_USERS: Final = Endpoint(
    "POST",
    "/cgi-bin/externalcontact/batch/get_by_user",
    "92994",
    ContactsOfUsersRequest,
    ContactsOfUsersReply,
    seconds=30,
)
LIST_SERVED: Final = Endpoint(
    "POST", "/cgi-bin/externalcontact/contact_list", "99434", ServedRequest, ServedReply, seconds=30
)
REMARK_CONTACT: Final = Endpoint(
    "POST", "/cgi-bin/externalcontact/remark", "92115", RemarkRequest, Reply
)
