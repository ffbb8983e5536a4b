"""The gateway: calls of the endpoint table over HTTP, with tokens, quotas and retries in place.

One gateway serves a process; it makes a light `WecomClient` for each application. Credentials,
token store, clock and base address come from outside.
"""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

import httpx

from siyu.channels.wecom.credentials import AppCredentials
from siyu.channels.wecom.endpoint import Endpoint, Nothing, Reply, Request, TokenKind
from siyu.channels.wecom.endpoints.auth import (
    GET_AGENT_TICKET,
    GET_JSAPI_TICKET,
    GET_TOKEN,
    AgentTicketRequest,
    TicketReply,
    TokenRequest,
)
from siyu.channels.wecom.errors import (
    RequestRefused,
    Violation,
    WeComError,
    WeComUnreachable,
)
from siyu.channels.wecom.lanes import Urgency
from siyu.channels.wecom.limits import violations
from siyu.channels.wecom.quota import Governor, Sleep
from siyu.channels.wecom.tokens import Token, TokenStore
from siyu.channels.wecom.verdicts import CONCURRENCY_CODE, QUOTA_CODE, TOKEN_CODES, Advice
from siyu.channels.wecom.wire import data_of, reply_of, request_of
from siyu.core.clock import Clock
from siyu.core.http import Unreachable, exchange

WECOM_BASE: Final = "https://qyapi.weixin.qq.com"
PATIENCE: Final = timedelta(seconds=10)
_ATTEMPTS: Final = 3
_FIRST_PAUSE: Final = 0.2
_REFUSAL_KEPT: Final = timedelta(seconds=30)

Q = TypeVar("Q", bound=Request)
R = TypeVar("R", bound=Reply)


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One attempt of a call, for metrics and logs: no content, no secret.

    `errcode` is None when no readable answer came.
    """

    corp_id: str
    path: str
    errcode: int | None
    seconds: float


Observer = Callable[[CallRecord], None]


class WecomGateway:
    """Everything the clients of one process share; the HTTP client stays its owner's to close."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        tokens: TokenStore,
        clock: Clock,
        *,
        base: str = WECOM_BASE,
        governor: Governor | None = None,
        sleep: Sleep = asyncio.sleep,
        observe: Observer | None = None,
    ) -> None:
        self._http = http
        self._tokens = tokens
        self.clock = clock
        self._base = base.rstrip("/")
        self._governor = governor or Governor(clock, sleep=sleep)
        self._sleep = sleep
        self._observe = observe
        self._refusals: dict[str, tuple[datetime, WeComError]] = {}

    async def aclose(self) -> None:
        """Stop the governor's timers."""
        await self._governor.aclose()

    async def call(
        self,
        app: AppCredentials,
        endpoint: Endpoint[Q, R],
        request: Q,
        *,
        urgency: Urgency | None = None,
        patience: timedelta = PATIENCE,
        token: str | None = None,
    ) -> R:
        """Check, send and read one call.

        Waits up to `patience` for quota, fetches a new token once when the old one died, and
        tries again up to three times what may be tried again. `token` is one in hand, for
        endpoints that take another than the application's. Raises a `WeComFailure`.
        """
        given = token
        if broken := list(violations(request)):
            raise RequestRefused(broken, endpoint.path)
        rank = urgency if urgency is not None else _usual(endpoint)
        unknown = False
        rejected = given  # a token in hand cannot be fetched anew
        attempt = 1
        while True:
            token = given or await self._token_for(app, endpoint, rejected)
            try:
                data = await self._attempt(
                    app, endpoint, request, token, urgency=rank, patience=patience
                )
            except WeComUnreachable as failure:
                unknown = unknown or failure.sent
                if attempt == _ATTEMPTS or (failure.sent and not endpoint.idempotent):
                    raise
                await self._pause(attempt)
                attempt += 1
                continue
            errcode = data.get("errcode", 0)
            if errcode == 0:
                return reply_of(data, endpoint)
            error = WeComError(
                errcode, str(data.get("errmsg", "")), endpoint.path, after_unknown=unknown
            )
            if errcode in TOKEN_CODES and token is not None and rejected is None:
                rejected = token
                continue
            if attempt == _ATTEMPTS:
                raise error
            if error.advice is Advice.RETRY:
                await self._pause(attempt)
            elif errcode not in {QUOTA_CODE, CONCURRENCY_CODE}:
                raise error
            attempt += 1

    async def jsapi_ticket(self, app: AppCredentials, *, agent: bool) -> str:
        """Return the ticket of the corporation, or of the application (`agent`), for signatures."""

        async def fetch() -> Token:
            asked_at = self.clock.now()
            reply: TicketReply
            if agent:
                request = AgentTicketRequest(type="agent_config")
                reply = await self.call(app, GET_AGENT_TICKET, request)
            else:
                reply = await self.call(app, GET_JSAPI_TICKET, Nothing())
            return Token.issued(reply.ticket, asked_at, reply.expires_in)

        kind = "agent-ticket" if agent else "corp-ticket"
        return (await self._tokens.obtain(f"wecom:{kind}:{app.key}", fetch)).value

    async def _token_for(
        self, app: AppCredentials, endpoint: Endpoint[Any, Any], rejected: str | None
    ) -> str | None:
        if endpoint.token is TokenKind.ACCESS:
            return await self._token(app, rejected)
        if endpoint.token is TokenKind.NONE:
            return None
        sentence = f"{endpoint.token}：这个接口需要服务商或设备的凭证，自建应用没有"
        raise RequestRefused([Violation(endpoint.token, sentence)], endpoint.path)

    async def _token(self, app: AppCredentials, rejected: str | None) -> str:
        async def fetch() -> Token:
            asked_at = self.clock.now()
            request = TokenRequest(corpid=app.corp_id, corpsecret=app.secret)
            reply = await self.call(app, GET_TOKEN, request)
            return Token.issued(reply.access_token, asked_at, reply.expires_in)

        key = f"wecom:token:{app.key}"
        self._raise_recent_refusal(key)
        try:
            return (await self._tokens.obtain(key, fetch, rejected=rejected)).value
        except WeComError as error:
            # wrong calls are counted and some 2,000 an hour lock the corporation out
            if error.advice is Advice.ASK_ADMIN:
                self._refusals[key] = (self.clock.now() + _REFUSAL_KEPT, error)
            raise

    def _raise_recent_refusal(self, key: str) -> None:
        if (refusal := self._refusals.get(key)) is None:
            return
        until, error = refusal
        if self.clock.now() < until:
            raise WeComError(error.errcode, error.errmsg, error.endpoint)
        del self._refusals[key]

    async def _attempt(
        self,
        app: AppCredentials,
        endpoint: Endpoint[Q, R],
        request: Q,
        token: str | None,
        *,
        urgency: Urgency,
        patience: timedelta,
    ) -> dict[str, Any]:
        loop = asyncio.get_running_loop()
        slot = self._governor.slot(app.corp_id, endpoint, urgency=urgency, patience=patience)
        async with slot as leave:
            begun = loop.time()
            errcode: int | None = None
            try:
                answer = await exchange(
                    self._http,
                    request_of(self._http, self._base, endpoint, request, token),
                    seconds=endpoint.seconds,
                )
                data = data_of(answer, endpoint)
                errcode = data.get("errcode", 0)
                leave.report(errcode)
            except Unreachable as failure:
                raise WeComUnreachable(
                    failure.trouble, endpoint.path, sent=failure.sent
                ) from failure
            finally:
                if self._observe is not None:
                    elapsed = loop.time() - begun
                    self._observe(CallRecord(app.corp_id, endpoint.path, errcode, elapsed))
            return data

    async def _pause(self, attempt: int) -> None:
        await self._sleep(_FIRST_PAUSE * 2 ** (attempt - 1) * random.uniform(0.5, 1.0))  # noqa: S311


def _usual(endpoint: Endpoint[Any, Any]) -> Urgency:
    return Urgency.URGENT if endpoint.urgent else Urgency.NORMAL
