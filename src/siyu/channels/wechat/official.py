"""An official account (公众号): who visits a page, and signatures for share cards."""

import hashlib
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeVar

import httpx
import msgspec

from siyu.channels.wechat.errors import (
    TOKEN_CODES,
    SnapshotVisitor,
    WeChatError,
    WeChatUnreachable,
    WeChatUnreadable,
)
from siyu.channels.wechat.oauth import WECHAT_BASE
from siyu.channels.wecom.endpoint import Reply
from siyu.channels.wecom.jssdk import PageSignature, page_signature
from siyu.channels.wecom.lenient import read
from siyu.channels.wecom.tokens import Token, TokenStore
from siyu.core.clock import Clock
from siyu.core.http import Unreachable, exchange

_ACCESS: Final = "/sns/oauth2/access_token"
_PROFILE: Final = "/sns/userinfo"
_STABLE_TOKEN: Final = "/cgi-bin/stable_token"  # noqa: S105  a path
_TICKET: Final = "/cgi-bin/ticket/getticket"
_ATTEMPTS: Final = 2
_decoder = msgspec.json.Decoder()

R = TypeVar("R", bound=Reply)


@dataclass(frozen=True, slots=True)
class OfficialAccountCredentials:
    """An official account."""

    app_id: str
    secret: str = field(repr=False)

    @property
    def key(self) -> str:
        """A name for tokens of this secret: tells another secret apart, tells nothing of it."""
        digest = hashlib.sha256(f"{self.app_id}\n{self.secret}".encode()).hexdigest()
        return f"{self.app_id}:{digest[:16]}"


class Visitor(Reply, kw_only=True, frozen=True):
    """Who came back from the authorization page.

    `unionid` comes only with scope snsapi_userinfo and an open platform account.
    """

    openid: str
    access_token: str
    expires_in: int = 0
    refresh_token: str = ""
    scope: str = ""
    unionid: str = ""
    is_snapshotuser: int = 0

    def __repr__(self) -> str:
        return f"Visitor(openid={self.openid!r}, scope={self.scope!r})"


class Profile(Reply, kw_only=True, frozen=True):
    """What a visitor agreed to show; for many accounts only placeholders."""

    openid: str
    nickname: str = ""
    headimgurl: str = ""
    sex: int = 0
    unionid: str = ""


class _TokenReply(Reply, kw_only=True, frozen=True):
    access_token: str
    expires_in: int


class _TicketReply(Reply, kw_only=True, frozen=True):
    ticket: str
    expires_in: int


class OfficialAccount:
    """Calls as one official account. Light: make one whenever needed.

    Every method raises a `siyu.channels.wechat.errors.WeChatFailure` when it does not succeed.
    """

    def __init__(
        self,
        http: httpx.AsyncClient,
        tokens: TokenStore,
        clock: Clock,
        account: OfficialAccountCredentials,
        *,
        base: str = WECHAT_BASE,
    ) -> None:
        self._http = http
        self._tokens = tokens
        self._clock = clock
        self._base = base.rstrip("/")
        self.account = account

    async def signed_in(self, code: str) -> Visitor:
        """Return who came back with `code`; raises `SnapshotVisitor` for ids of nobody.

        A code works once and lives 5 minutes: 40029 and 40163 mean the page must be opened again.
        """
        query = {
            "appid": self.account.app_id,
            "secret": self.account.secret,
            "code": code,
            "grant_type": "authorization_code",
        }
        visitor = await self._call(Visitor, "GET", _ACCESS, query, attempts=1)
        if visitor.is_snapshotuser:
            raise SnapshotVisitor
        return visitor

    async def profile(self, visitor: Visitor) -> Profile:
        """Return what the visitor agreed to show; needs scope snsapi_userinfo."""
        query = {"access_token": visitor.access_token, "openid": visitor.openid, "lang": "zh_CN"}
        return await self._call(Profile, "GET", _PROFILE, query)

    async def page_config(self, url: str) -> PageSignature:
        """Return what ``wx.config`` needs on the page at `url`, for its share card."""
        token = await self._tokens.obtain(
            f"wechat:jsapi-ticket:{self.account.key}", self._fetch_ticket
        )
        return page_signature(token.value, url, app_id=self.account.app_id, now=self._clock.now())

    async def access_token(self, *, rejected: str | None = None) -> str:
        """Return the account's access token; `rejected` is one WeChat no longer takes."""

        async def fetch() -> Token:
            return await self._fetch_token(afresh=rejected is not None)

        key = f"wechat:token:{self.account.key}"
        return (await self._tokens.obtain(key, fetch, rejected=rejected)).value

    async def _fetch_token(self, *, afresh: bool) -> Token:
        # the stable token is the same for all who ask, where cgi-bin/token would end the others'
        body = {
            "grant_type": "client_credential",
            "appid": self.account.app_id,
            "secret": self.account.secret,
            "force_refresh": afresh,
        }
        asked_at = self._clock.now()
        reply = await self._call(_TokenReply, "POST", _STABLE_TOKEN, {}, body=body)
        return Token.issued(reply.access_token, asked_at, reply.expires_in)

    async def _fetch_ticket(self) -> Token:
        token = await self.access_token()
        try:
            return await self._ticket(token)
        except WeChatError as error:
            if error.errcode not in TOKEN_CODES:
                raise
        return await self._ticket(await self.access_token(rejected=token))

    async def _ticket(self, token: str) -> Token:
        asked_at = self._clock.now()
        query = {"access_token": token, "type": "jsapi"}
        reply = await self._call(_TicketReply, "GET", _TICKET, query)
        return Token.issued(reply.ticket, asked_at, reply.expires_in)

    async def _call(
        self,
        kind: type[R],
        method: Literal["GET", "POST"],
        path: str,
        query: dict[str, str],
        *,
        body: dict[str, Any] | None = None,
        attempts: int = _ATTEMPTS,
    ) -> R:
        for attempt in range(1, attempts + 1):
            request = self._http.build_request(
                method, f"{self._base}{path}", params=query, json=body
            )
            try:
                answer = await exchange(self._http, request)
            except Unreachable as failure:
                if attempt == attempts:
                    raise WeChatUnreachable(failure.trouble, path) from failure
                continue
            data = _json(answer.content, path)
            errcode = data.get("errcode", 0)
            if errcode == 0:
                return _reply(data, kind, path)
            if errcode != -1 or attempt == attempts:
                raise WeChatError(errcode, str(data.get("errmsg", "")), path)
        raise AssertionError("the last attempt returns or raises")


def _json(content: bytes, path: str) -> dict[str, Any]:
    try:
        data = _decoder.decode(content)
    except msgspec.DecodeError as error:
        raise WeChatUnreadable("the answer is not JSON", path) from error
    if not isinstance(data, dict) or not isinstance(data.get("errcode", 0), int):
        raise WeChatUnreadable("the answer is not of the documented shape", path)
    return data


def _reply(data: dict[str, Any], kind: type[R], path: str) -> R:
    try:
        return read({**data, "raw": data}, kind)
    except msgspec.ValidationError as error:
        raise WeChatUnreadable(str(error), path) from error
