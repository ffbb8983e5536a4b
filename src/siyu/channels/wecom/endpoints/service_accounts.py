"""Accounts of WeChat customer service (微信客服): who they are, who serves, how they did."""

from collections.abc import Iterator
from typing import Annotated, Any, Final

import msgspec

from siyu.channels.wecom.endpoint import Endpoint, Nothing, Part, Reply, Request
from siyu.channels.wecom.endpoints.content import UserId
from siyu.channels.wecom.limits import Between, Bytes, Chars, Items, OneOf

SERVING: Final = 0
RESTING: Final = 1

TO_MEMBER: Final = 1
TO_GROUP: Final = 2

_LONGEST_SPAN: Final = 31 * 24 * 3600

AccountId = Annotated[str, Bytes(64, 1)]
ExternalUserId = Annotated[str, Bytes(64, 1)]


class AddAccountRequest(Request, kw_only=True, frozen=True):
    """An account with its name and picture (an uploaded image)."""

    name: Annotated[str, Chars(16, 1)]
    media_id: Annotated[str, Bytes(128, 1)]


class AddAccountReply(Reply, kw_only=True, frozen=True):
    """The new account."""

    open_kfid: str


class AccountRequest(Request, kw_only=True, frozen=True):
    """One account."""

    open_kfid: AccountId


class UpdateAccountRequest(AccountRequest, kw_only=True, frozen=True):
    """A new name or picture; what is left out stays."""

    name: Annotated[str, Chars(16, 1)] | None = None
    media_id: Annotated[str, Bytes(128, 1)] | None = None


class AccountsRequest(Request, kw_only=True, frozen=True):
    """A page of accounts."""

    offset: int = 0
    limit: Annotated[int, Between(1, 100)] = 100


class Account(Part, kw_only=True, frozen=True):
    """An account; `manage_privilege` says whether the application may act for it."""

    open_kfid: str
    name: str = ""
    avatar: str = ""
    manage_privilege: bool = False


class AccountsReply(Reply, kw_only=True, frozen=True):
    """Accounts; fewer than asked for are the last."""

    account_list: tuple[Account, ...] = ()


class AddWayRequest(AccountRequest, kw_only=True, frozen=True):
    """A link into the chat with an account; `scene` tells in the event where they came from."""

    scene: Annotated[str, Bytes(32)] | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation when the scene has other characters than WeCom takes."""
        if not all(c.isascii() and (c.isalnum() or c in "_-") for c in self.scene or ""):
            yield "scene", "只能包含字母、数字、下划线和连字符"


class AddWayReply(Reply, kw_only=True, frozen=True):
    """The link; `scene_param` (urlencoded, 128 bytes) may be appended where there is a scene."""

    url: str


class ServicersRequest(AccountRequest, kw_only=True, frozen=True):
    """Staff accounts and departments that serve for an account, or no longer do."""

    userid_list: Annotated[list[UserId], Items(100)] | None = None
    department_id_list: Annotated[list[int], Items(100)] | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation when nobody is named."""
        if not self.userid_list and not self.department_id_list:
            yield "userid_list", "请选择接待人员或部门"


class ServicerResult(Part, kw_only=True, frozen=True):
    """What became of one staff account or department."""

    userid: str = ""
    department_id: int | None = None
    errcode: int = 0
    errmsg: str = ""


class ServicersChangedReply(Reply, kw_only=True, frozen=True):
    """One result for each."""

    result_list: tuple[ServicerResult, ...] = ()


class Servicer(Part, kw_only=True, frozen=True):
    """A staff account (`status` `SERVING` or `RESTING`), or a whole department."""

    userid: str = ""
    status: int | None = None
    department_id: int | None = None


class ServicersReply(Reply, kw_only=True, frozen=True):
    """Who serves for an account."""

    servicer_list: tuple[Servicer, ...] = ()


class FiguresRequest(Request, kw_only=True, frozen=True):
    """Whole days from 180 days ago to yesterday, at most 31; times in seconds."""

    start_time: int
    end_time: int
    open_kfid: AccountId | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation when the span is not one."""
        if not 0 <= self.end_time - self.start_time <= _LONGEST_SPAN:
            yield "end_time", "起止时间应先后相继，间隔不超过 31 天"


class ServicerFiguresRequest(FiguresRequest, kw_only=True, frozen=True):
    """The same of one staff account, or of all."""

    servicer_userid: UserId | None = None


class Figures(Part, kw_only=True, frozen=True):
    """Figures of a day. Rates are shares of 1; None where nothing could be measured."""

    session_cnt: int = 0
    customer_cnt: int = 0
    customer_msg_cnt: int = 0
    upgrade_service_customer_cnt: int = 0
    msg_rejected_customer_cnt: int = 0
    ai_session_reply_cnt: int = 0
    ai_transfer_rate: float | None = None
    ai_knowledge_hit_rate: float | None = None
    reply_rate: float | None = None
    first_reply_average_sec: float | None = None
    satisfaction_investgate_cnt: int = 0
    satisfaction_participation_rate: float | None = None
    satisfied_rate: float | None = None
    middling_rate: float | None = None
    dissatisfied_rate: float | None = None
    upgrade_service_member_invite_cnt: int = 0
    upgrade_service_member_customer_cnt: int = 0
    upgrade_service_groupchat_invite_cnt: int = 0
    upgrade_service_groupchat_customer_cnt: int = 0


class FiguresOfDay(Part, kw_only=True, frozen=True):
    """The figures of a day, named by its first second."""

    stat_time: int
    statistic: Figures = Figures()


class FiguresReply(Reply, kw_only=True, frozen=True):
    """Figures day by day."""

    statistic_list: tuple[FiguresOfDay, ...] = ()


class UpgradeMember(Request, kw_only=True, frozen=True):
    """A staff account that customers are advised to add."""

    userid: UserId
    wording: Annotated[str, Bytes(256)] | None = None


class UpgradeGroup(Request, kw_only=True, frozen=True):
    """A customer group that customers are advised to join."""

    chat_id: Annotated[str, Bytes(64, 1)]
    wording: Annotated[str, Bytes(256)] | None = None


class CancelUpgradeRequest(AccountRequest, kw_only=True, frozen=True):
    """The customer who is advised nothing any more."""

    external_userid: ExternalUserId


class UpgradeRequest(CancelUpgradeRequest, kw_only=True, frozen=True):
    """Advise a customer to add a staff account (`TO_MEMBER`) or join a group (`TO_GROUP`)."""

    type: Annotated[int, OneOf((TO_MEMBER, TO_GROUP))]
    member: UpgradeMember | None = None
    groupchat: UpgradeGroup | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation when type and advice do not fit."""
        if (self.member is not None, self.groupchat is not None) != (
            self.type == TO_MEMBER,
            self.type == TO_GROUP,
        ):
            yield "type", "升级方式与推荐的成员或客户群不一致"


class UpgradeConfigReply(Reply, kw_only=True, frozen=True):
    """Who and what may be advised, as the admin console says."""

    member_range: dict[str, Any] = msgspec.field(default_factory=dict)
    groupchat_range: dict[str, Any] = msgspec.field(default_factory=dict)

    @property
    def userids(self) -> tuple[str, ...]:
        """The staff accounts."""
        return tuple(self.member_range.get("userid_list") or ())

    @property
    def department_ids(self) -> tuple[int, ...]:
        """The departments."""
        return tuple(self.member_range.get("department_id_list") or ())

    @property
    def chat_ids(self) -> tuple[str, ...]:
        """The groups."""
        return tuple(self.groupchat_range.get("chat_id_list") or ())


_PATH: Final = "/cgi-bin/kf"

# after a broken connection an account may exist unknown
ADD_ACCOUNT: Final = Endpoint(
    "POST", f"{_PATH}/account/add", "94662", AddAccountRequest, AddAccountReply, idempotent=False
)
UPDATE_ACCOUNT: Final = Endpoint(
    "POST", f"{_PATH}/account/update", "94664", UpdateAccountRequest, Reply
)
DELETE_ACCOUNT: Final = Endpoint("POST", f"{_PATH}/account/del", "94663", AccountRequest, Reply)
LIST_ACCOUNTS: Final = Endpoint(
    "POST", f"{_PATH}/account/list", "94661", AccountsRequest, AccountsReply
)
ADD_WAY: Final = Endpoint("POST", f"{_PATH}/add_contact_way", "94665", AddWayRequest, AddWayReply)
ADD_SERVICERS: Final = Endpoint(
    "POST", f"{_PATH}/servicer/add", "94646", ServicersRequest, ServicersChangedReply
)
DELETE_SERVICERS: Final = Endpoint(
    "POST", f"{_PATH}/servicer/del", "94647", ServicersRequest, ServicersChangedReply
)
LIST_SERVICERS: Final = Endpoint(
    "GET", f"{_PATH}/servicer/list", "94645", AccountRequest, ServicersReply
)
GET_FIGURES: Final = Endpoint(
    "POST", f"{_PATH}/get_corp_statistic", "95489", FiguresRequest, FiguresReply
)
GET_SERVICER_FIGURES: Final = Endpoint(
    "POST", f"{_PATH}/get_servicer_statistic", "95490", ServicerFiguresRequest, FiguresReply
)
GET_UPGRADE_CONFIG: Final = Endpoint(
    "GET",
    f"{_PATH}/customer/get_upgrade_service_config",
    "94674",
    Nothing,
    UpgradeConfigReply,
)
UPGRADE: Final = Endpoint(
    "POST", f"{_PATH}/customer/upgrade_service", "94674", UpgradeRequest, Reply
)
CANCEL_UPGRADE: Final = Endpoint(
    "POST", f"{_PATH}/customer/cancel_upgrade_service", "94674", CancelUpgradeRequest, Reply
)
