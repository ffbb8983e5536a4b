"""Customer groups: which there are, who is in them, whose they are, their figures (客户群管理)."""

from collections.abc import Iterator
from typing import Annotated, Final

from siyu.channels.wecom.endpoint import (
    Endpoint,
    PagedReply,
    PagedRequest,
    Part,
    Reply,
    Request,
)
from siyu.channels.wecom.endpoints.contacts import UserId
from siyu.channels.wecom.limits import Between, Bytes, Items, OneOf

USUAL: Final = 0
OWNER_LEFT: Final = 1
INHERITING: Final = 2
INHERITED: Final = 3

STAFF: Final = 1
EXTERNAL: Final = 2

INVITED: Final = 1
BY_LINK: Final = 2
BY_CODE: Final = 3

_ORDERS: Final = (1, 2, 3, 4)

ChatId = Annotated[str, Bytes(64, 1)]


class OwnerFilter(Request, kw_only=True, frozen=True):
    """Owners whose groups are meant."""

    userid_list: Annotated[list[str], Items(100)]


class GroupsRequest(PagedRequest, kw_only=True, frozen=True):
    """A page of groups, of some owners or of all that the application sees.

    `status_filter`: `USUAL` means all here. Without owners WeCom answers 81017 when the
    application sees more than 1,000 staff accounts.
    """

    limit: Annotated[int, Between(1, 1000)]
    status_filter: Annotated[int, OneOf((USUAL, OWNER_LEFT, INHERITING, INHERITED))] | None = None
    owner_filter: OwnerFilter | None = None


class GroupListed(Part, kw_only=True, frozen=True):
    """A group and how it stands with its owner."""

    chat_id: str
    status: int = USUAL


class GroupsReply(PagedReply, kw_only=True, frozen=True):
    """A page of groups."""

    group_chat_list: tuple[GroupListed, ...] = ()


class GroupRequest(Request, kw_only=True, frozen=True):
    """One group; names of members come only where `need_name` is 1."""

    chat_id: ChatId
    need_name: int | None = None


class Invitor(Part, kw_only=True, frozen=True):
    """The staff account that invited."""

    userid: str = ""


class GroupMember(Part, kw_only=True, frozen=True):
    """A member: a staff account, or an external person with their external_userid.

    `join_time` is in seconds; `join_scene` is `INVITED`, `BY_LINK` or `BY_CODE`; `state` is that of
    the code. `unionid` comes only of WeChat users and with a bound open platform account.
    """

    userid: str
    type: int = 0
    unionid: str = ""
    join_time: int = 0
    join_scene: int = 0
    invitor: Invitor | None = None
    group_nickname: str = ""
    name: str = ""
    state: str = ""


class GroupAdmin(Part, kw_only=True, frozen=True):
    """A staff account that helps the owner."""

    userid: str = ""


class GroupChat(Part, kw_only=True, frozen=True):
    """A group as WeCom knows it; `member_version` differs after each change of members."""

    chat_id: str
    name: str = ""
    owner: str = ""
    create_time: int = 0
    notice: str = ""
    member_list: tuple[GroupMember, ...] = ()
    admin_list: tuple[GroupAdmin, ...] = ()
    member_version: str = ""


class GroupReply(Reply, kw_only=True, frozen=True):
    """One group. Data settle some seconds after the event that told of a change."""

    group_chat: GroupChat


class OpengidRequest(Request, kw_only=True, frozen=True):
    """The id by which a mini program knows the group it was opened in."""

    opengid: Annotated[str, Bytes(64, 1)]


class OpengidReply(Reply, kw_only=True, frozen=True):
    """The group."""

    chat_id: str


class TransferGroupsRequest(Request, kw_only=True, frozen=True):
    """Groups and who is to own them."""

    chat_id_list: Annotated[list[str], Items(100, 1)]
    new_owner: UserId


class GroupNotTransferred(Part, kw_only=True, frozen=True):
    """A group that kept its owner, and why."""

    chat_id: str
    errcode: int = 0
    errmsg: str = ""


class TransferGroupsReply(Reply, kw_only=True, frozen=True):
    """The groups that were not transferred; all others were."""

    failed_chat_list: tuple[GroupNotTransferred, ...] = ()


class GroupDaysRequest(Request, kw_only=True, frozen=True):
    """Days (any second of them) from 180 days ago to yesterday; without an end one day."""

    day_begin_time: int
    day_end_time: int | None = None
    owner_filter: OwnerFilter

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation when the days run backwards or nobody is asked about."""
        if self.day_end_time is not None and self.day_end_time < self.day_begin_time:
            yield "day_end_time", "结束日期不能早于开始日期"
        if not self.owner_filter.userid_list:
            yield "owner_filter", "请至少选择一位群主"


class GroupFiguresRequest(GroupDaysRequest, kw_only=True, frozen=True):
    """Figures by owner, ordered by 1 new groups, 2 groups, 3 new members or 4 members."""

    order_by: Annotated[int, OneOf(_ORDERS)] | None = None
    order_asc: Annotated[int, OneOf((0, 1))] | None = None
    offset: int | None = None
    limit: Annotated[int, Between(1, 1000)] | None = None


class GroupFigures(Part, kw_only=True, frozen=True):
    """Groups, members and messages; totals as of the end of the last day."""

    new_chat_cnt: int = 0
    chat_total: int = 0
    chat_has_msg: int = 0
    new_member_cnt: int = 0
    member_total: int = 0
    member_has_msg: int = 0
    msg_total: int = 0
    migrate_trainee_chat_cnt: int = 0


class FiguresOfOwner(Part, kw_only=True, frozen=True):
    """The figures of one owner's groups."""

    owner: str
    data: GroupFigures = GroupFigures()


class GroupFiguresReply(Reply, kw_only=True, frozen=True):
    """Figures of some owners; when `next_offset` is `total` there are no more."""

    items: tuple[FiguresOfOwner, ...] = ()
    total: int = 0
    next_offset: int = 0


class FiguresOfDay(Part, kw_only=True, frozen=True):
    """The figures of a day, named by its first second."""

    stat_time: int
    data: GroupFigures = GroupFigures()


class GroupDaysReply(Reply, kw_only=True, frozen=True):
    """Figures of all the owners' groups, day by day."""

    items: tuple[FiguresOfDay, ...] = ()


_PATH: Final = "/cgi-bin/externalcontact"

LIST_GROUPS: Final = Endpoint(
    "POST", f"{_PATH}/groupchat/list", "92120", GroupsRequest, GroupsReply
)
GET_GROUP: Final = Endpoint("POST", f"{_PATH}/groupchat/get", "92122", GroupRequest, GroupReply)
OPENGID_TO_CHAT_ID: Final = Endpoint(
    "POST", f"{_PATH}/opengid_to_chatid", "94822", OpengidRequest, OpengidReply
)
# a repeat finds the owner unchanged and says so of each group
TRANSFER_GROUPS_ON_JOB: Final = Endpoint(
    "POST",
    f"{_PATH}/groupchat/onjob_transfer",
    "95703",
    TransferGroupsRequest,
    TransferGroupsReply,
    idempotent=False,
    seconds=30,
)
TRANSFER_GROUPS_OF_RESIGNED: Final = Endpoint(
    "POST",
    f"{_PATH}/groupchat/transfer",
    "92127",
    TransferGroupsRequest,
    TransferGroupsReply,
    idempotent=False,
    seconds=30,
)
GET_GROUP_FIGURES: Final = Endpoint(
    "POST",
    f"{_PATH}/groupchat/statistic",
    "92133",
    GroupFiguresRequest,
    GroupFiguresReply,
    seconds=30,
)
GET_GROUP_DAYS: Final = Endpoint(
    "POST",
    f"{_PATH}/groupchat/statistic_group_by_day",
    "92133",
    GroupDaysRequest,
    GroupDaysReply,
    seconds=30,
)
