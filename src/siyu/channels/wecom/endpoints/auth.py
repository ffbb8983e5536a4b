"""Tokens, tickets, sign-in of staff, and the addresses of WeCom's own servers."""

from typing import Annotated, Final

from siyu.channels.wecom.endpoint import Endpoint, Nothing, Reply, Request, TokenKind, Window
from siyu.channels.wecom.limits import Bytes


class TokenRequest(Request, kw_only=True, frozen=True):
    """The key of an application."""

    corpid: Annotated[str, Bytes(64, 1)]
    corpsecret: Annotated[str, Bytes(256, 1)]

    def __repr__(self) -> str:
        return f"TokenRequest(corpid={self.corpid!r})"


class TokenReply(Reply, kw_only=True, frozen=True):
    """An access token and its life in seconds."""

    access_token: str
    expires_in: int


class TicketReply(Reply, kw_only=True, frozen=True):
    """A ticket for signatures of pages, and its life in seconds."""

    ticket: str
    expires_in: int


class AgentTicketRequest(Request, kw_only=True, frozen=True):
    """Asks for the ticket of the application; `type` is the only one there is."""

    type: str


class UserInfoRequest(Request, kw_only=True, frozen=True):
    """The single-use code that the browser brought back; it lives 5 minutes."""

    code: Annotated[str, Bytes(512, 1)]


class UserInfoReply(Reply, kw_only=True, frozen=True):
    """Who opened the page: `userid` for staff, else `openid` and, for customers, their id."""

    userid: str = ""
    user_ticket: str = ""
    openid: str = ""
    external_userid: str = ""


class UserDetailRequest(Request, kw_only=True, frozen=True):
    """The ticket a staff member granted with scope snsapi_privateinfo."""

    user_ticket: Annotated[str, Bytes(512, 1)]


class UserDetailReply(Reply, kw_only=True, frozen=True):
    """What the staff member allowed to read; empty where not."""

    userid: str
    gender: int = 0
    avatar: str = ""
    qr_code: str = ""
    mobile: str = ""
    email: str = ""
    biz_mail: str = ""
    address: str = ""


class AddressesReply(Reply, kw_only=True, frozen=True):
    """IP addresses or networks of WeCom's servers."""

    ip_list: tuple[str, ...] = ()


GET_TOKEN: Final = Endpoint(
    "GET",
    "/cgi-bin/gettoken",
    "91039",
    TokenRequest,
    TokenReply,
    urgent=True,
    token=TokenKind.NONE,
)
GET_JSAPI_TICKET: Final = Endpoint(
    "GET", "/cgi-bin/get_jsapi_ticket", "90506", Nothing, TicketReply, windows=(Window(400, 3600),)
)
GET_AGENT_TICKET: Final = Endpoint(
    "GET",
    "/cgi-bin/ticket/get",
    "90506",
    AgentTicketRequest,
    TicketReply,
    windows=(Window(100, 3600),),
)
# a code works once, so a repeat after silence can only fail
GET_USER_INFO: Final = Endpoint(
    "GET",
    "/cgi-bin/auth/getuserinfo",
    "91023",
    UserInfoRequest,
    UserInfoReply,
    idempotent=False,
    urgent=True,
    counted=False,
)
GET_USER_DETAIL: Final = Endpoint(
    "POST", "/cgi-bin/auth/getuserdetail", "95833", UserDetailRequest, UserDetailReply, urgent=True
)
GET_API_DOMAIN_IP: Final = Endpoint(
    "GET", "/cgi-bin/get_api_domain_ip", "92520", Nothing, AddressesReply
)
GET_CALLBACK_IP: Final = Endpoint("GET", "/cgi-bin/getcallbackip", "90930", Nothing, AddressesReply)
