"""Licences of staff accounts (接口许可, 互通账号): who holds one, and until when.

Providers buy them and ask with a token of their own, which is handed to each call. Without an
account that holds a valid interconnect licence customer calls answer 701008.
"""

from enum import IntEnum
from typing import Annotated, Final

from siyu.channels.wecom.endpoint import (
    Endpoint,
    PagedReply,
    PagedRequest,
    Part,
    Reply,
    Request,
    TokenKind,
)
from siyu.channels.wecom.endpoints.content import UserId
from siyu.channels.wecom.limits import Between, Bytes, Items

CorpId = Annotated[str, Bytes(64, 1)]
ActiveCode = Annotated[str, Bytes(128, 1)]


class LicenceKind(IntEnum):
    """What a licence allows: the directory and messages, or customers too."""

    BASE = 1
    INTERCONNECT = 2


class LicenceStatus(IntEnum):
    """What became of a licence."""

    UNBOUND = 1
    VALID = 2
    EXPIRED = 3
    TO_TRANSFER = 4


class ProviderTokenRequest(Request, kw_only=True, frozen=True):
    """A provider."""

    corpid: CorpId
    provider_secret: Annotated[str, Bytes(512, 1)]


class ProviderTokenReply(Reply, kw_only=True, frozen=True):
    """The provider's token and how long it lives, in seconds."""

    provider_access_token: str
    expires_in: int = 0


class LicensedUserRequest(Request, kw_only=True, frozen=True):
    """A staff account of a corporation."""

    corpid: CorpId
    userid: UserId


class Licence(Part, kw_only=True, frozen=True):
    """A licence, see `LicenceKind` and `LicenceStatus`; times in seconds."""

    active_code: str = ""
    type: int = 0
    status: int = 0
    userid: str = ""
    create_time: int = 0
    active_time: int = 0
    expire_time: int = 0


class LicensedUserReply(Reply, kw_only=True, frozen=True):
    """Whether the account holds any (`active_status` 1), and which."""

    active_status: int = 0
    active_info_list: tuple[Licence, ...] = ()


class LicenceRequest(Request, kw_only=True, frozen=True):
    """A licence of a corporation."""

    corpid: CorpId
    active_code: ActiveCode


class LicenceReply(Reply, kw_only=True, frozen=True):
    """The licence asked for."""

    active_info: Licence


class LicencesRequest(Request, kw_only=True, frozen=True):
    """Licences of a corporation."""

    corpid: CorpId
    active_code_list: Annotated[list[ActiveCode], Items(1000, 1)]


class LicencesReply(Reply, kw_only=True, frozen=True):
    """Those of the licences that exist."""

    active_info_list: tuple[Licence, ...] = ()
    invalid_active_code_list: tuple[str, ...] = ()


class LicensedUsersRequest(PagedRequest, kw_only=True, frozen=True):
    """A page of the accounts that hold licences."""

    corpid: CorpId
    limit: Annotated[int, Between(1, 1000)] | None = None


class LicensedUser(Part, kw_only=True, frozen=True):
    """An account and one of its licences; times in seconds."""

    userid: str
    type: int = 0
    active_time: int = 0
    expire_time: int = 0


class LicensedUsersReply(PagedReply, kw_only=True, frozen=True):
    """A page of accounts."""

    account_list: tuple[LicensedUser, ...] = ()
    has_more: bool = False


_ROOT: Final = "/cgi-bin/license"

GET_PROVIDER_TOKEN: Final = Endpoint(
    "POST",
    "/cgi-bin/service/get_provider_token",
    "91200",
    ProviderTokenRequest,
    ProviderTokenReply,
    token=TokenKind.NONE,
)
GET_LICENCES_OF_USER: Final = Endpoint(
    "POST",
    f"{_ROOT}/get_active_info_by_user",
    "95555",
    LicensedUserRequest,
    LicensedUserReply,
    token=TokenKind.PROVIDER,
)
GET_LICENCE: Final = Endpoint(
    "POST",
    f"{_ROOT}/get_active_info_by_code",
    "95552",
    LicenceRequest,
    LicenceReply,
    token=TokenKind.PROVIDER,
)
GET_LICENCES: Final = Endpoint(
    "POST",
    f"{_ROOT}/batch_get_active_info_by_code",
    "95552",
    LicencesRequest,
    LicencesReply,
    token=TokenKind.PROVIDER,
)
LIST_LICENSED_USERS: Final = Endpoint(
    "POST",
    f"{_ROOT}/list_actived_account",
    "95544",
    LicensedUsersRequest,
    LicensedUsersReply,
    token=TokenKind.PROVIDER,
)
