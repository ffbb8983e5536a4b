"""Calls to api.weixin.qq.com as one account: tokens, attempts, failures told apart."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, NamedTuple, TypeVar

import httpx
import msgspec

from siyu.channels.wechat.errors import (
    TOKEN_CODES,
    WeChatError,
    WeChatFailure,
    WeChatRefused,
    WeChatUnreachable,
    WeChatUnreadable,
)
from siyu.channels.wechat.rows import HOST, Q, R, Row
from siyu.channels.wecom.endpoint import Reply
from siyu.channels.wecom.lenient import read
from siyu.channels.wecom.limits import violations
from siyu.channels.wecom.tokens import Token, TokenStore
from siyu.core.clock import Clock
from siyu.core.http import Unreachable, exchange

_STABLE_TOKEN: Final = "/cgi-bin/stable_token"  # noqa: S105  a path
_ATTEMPTS: Final = 2
_BUSY: Final = -1
_decoder = msgspec.json.Decoder()

P = TypeVar("P", bound=Reply)


@dataclass(frozen=True, slots=True)
class Account:
    """An official account or a mini program: its AppID and AppSecret."""

    app_id: str
    secret: str = field(repr=False)

    @property
    def key(self) -> str:
        """A name for tokens of this secret: tells another secret apart, tells nothing of it."""
        digest = hashlib.sha256(f"{self.app_id}\n{self.secret}".encode()).hexdigest()
        return f"{self.app_id}:{digest[:16]}"


class WeChatCall(NamedTuple):
    """A call that was answered; `path` is the official address. Nothing in it is secret."""

    path: str
    errcode: int


class _TokenReply(Reply, kw_only=True, frozen=True):
    access_token: str
    expires_in: int


class WeChatApi:
    """Calls as one account. Light: make one whenever needed.

    Every method raises a `siyu.channels.wechat.errors.WeChatFailure` when it does not succeed.
    `observe` is told of each call that was answered.
    """

    def __init__(
        self,
        http: httpx.AsyncClient,
        tokens: TokenStore,
        clock: Clock,
        account: Account,
        *,
        base: str = HOST,
        observe: Callable[[WeChatCall], None] = lambda _: None,
    ) -> None:
        self._http = http
        self._base = base.rstrip("/")
        self._observe = observe
        self.tokens = tokens
        self.clock = clock
        self.account = account

    async def call(self, row: Row[Q, R], request: Q) -> R:
        """Call an endpoint with the account's token; a dead token is replaced once.

        Raises `WeChatRefused`, before anything is sent, when the request breaks a rule.
        """
        if broken := list(violations(request)):
            raise WeChatRefused(broken, row.path)
        fields: dict[str, Any] = msgspec.to_builtins(request)
        query, body = (fields, None) if row.method == "GET" else ({}, fields)

        async def once(token: str) -> R:
            asked = {**query, "access_token": token}
            return await self.ask(
                row.reply, row.method, row.path, asked, body=body, again=row.idempotent
            )

        return await self.with_token(once)

    async def with_token(self, once: Callable[[str], Awaitable[P]]) -> P:
        """Return what `once` makes of the access token, tried again where the token was dead."""
        token = await self.access_token()
        try:
            return await once(token)
        except WeChatError as error:
            if error.errcode not in TOKEN_CODES:
                raise
        return await once(await self.access_token(rejected=token))

    async def access_token(self, *, rejected: str | None = None) -> str:
        """Return the account's access token; `rejected` is one WeChat no longer takes."""

        async def fetch() -> Token:
            return await self._fetch_token(afresh=rejected is not None)

        key = f"wechat:token:{self.account.key}"
        return (await self.tokens.obtain(key, fetch, rejected=rejected)).value

    async def _fetch_token(self, *, afresh: bool) -> Token:
        # the stable token is the same for all who ask, where cgi-bin/token would end the others'
        body = {
            "grant_type": "client_credential",
            "appid": self.account.app_id,
            "secret": self.account.secret,
            "force_refresh": afresh,
        }
        asked_at = self.clock.now()
        reply = await self.ask(_TokenReply, "POST", _STABLE_TOKEN, {}, body=body)
        return Token.issued(reply.access_token, asked_at, reply.expires_in)

    async def ask(
        self,
        kind: type[P],
        method: Literal["GET", "POST"],
        path: str,
        query: Mapping[str, Any],
        *,
        body: dict[str, Any] | None = None,
        again: bool = True,
    ) -> P:
        """Call `path` and read the answer as `kind`.

        What got no answer, and -1, is tried again when `again`; what never left always is.
        """
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                data = await self._exchange(method, path, query, body)
                return _reply(data, kind, path)
            except WeChatFailure as failure:
                if attempt == _ATTEMPTS or not _may_repeat(failure, again=again):
                    raise
        raise AssertionError("the last attempt returns or raises")

    async def _exchange(
        self, method: str, path: str, query: Mapping[str, Any], body: dict[str, Any] | None
    ) -> dict[str, Any]:
        request = self._http.build_request(
            method, f"{self._base}{path}", params=dict(query), json=body
        )
        try:
            answer = await exchange(self._http, request)
        except Unreachable as failure:
            raise WeChatUnreachable(failure.trouble, path, sent=failure.sent) from failure
        data = _json(answer.content, path)
        errcode: int = data.get("errcode", 0)
        self._observe(WeChatCall(f"{HOST}{path}", errcode))
        if errcode:
            raise WeChatError(errcode, str(data.get("errmsg", "")), path)
        return data


def _may_repeat(failure: WeChatFailure, *, again: bool) -> bool:
    if isinstance(failure, WeChatUnreachable):
        return again or not failure.sent
    return isinstance(failure, WeChatError) and failure.errcode == _BUSY and again


def _json(content: bytes, path: str) -> dict[str, Any]:
    try:
        data = _decoder.decode(content)
    except msgspec.DecodeError as error:
        raise WeChatUnreadable("the answer is not JSON", path) from error
    if not isinstance(data, dict) or not isinstance(data.get("errcode", 0), int):
        raise WeChatUnreadable("the answer is not of the documented shape", path)
    return data


def _reply(data: dict[str, Any], kind: type[P], path: str) -> P:
    try:
        return read({**data, "raw": data}, kind)
    except msgspec.ValidationError as error:
        raise WeChatUnreadable(str(error), path) from error
