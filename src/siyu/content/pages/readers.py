"""Who reads: the browser is sent once through WeChat's sign-in and then remembered.

First silently (`snsapi_base`, which gives the openid). Only a reader whose unionid siyu does not
know yet is asked (`snsapi_userinfo`, the one scope that gives it): without a unionid a reading
cannot be joined to a WeCom customer.

The page's address comes back from WeChat with a short-lived mark that stops a second
attempt, so a browser that keeps no cookies reads anonymously instead of going in circles.
"""

import asyncio
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal, Protocol
from urllib.parse import quote, urlencode

import msgspec
import structlog

from siyu.content.visitors import no_visitor, visitor_of
from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import LOST, Database
from siyu.core.doors import Request, Response, set_cookie
from siyu.core.errors import Problem
from siyu.core.signing import Signer
from siyu.core.tracing import place
from siyu.people.identity.identities import UNIONID, identify, identities_of
from siyu.people.identity.joining import join
from siyu.people.identity.visitors import bring_along
from siyu.people.models import Identity
from siyu.people.privacy.consents import refuses_profiling

_log = structlog.get_logger(__name__)

RETURN_PATH: Final = "/h/oauth"
BACK_PARAMETER: Final = "back"
_READER_COOKIE: Final = "siyu_reader"
_NONCE_COOKIE: Final = "siyu_reader_oauth"
_REMEMBERED: Final = timedelta(days=180)
_SIGN_IN: Final = timedelta(minutes=10)
_BACK: Final = timedelta(minutes=2)
_CARD_SECONDS: Final = 0.2
_READER_SECONDS: Final = 4.0
_IN_WECHAT: Final = "MicroMessenger"


@dataclass(frozen=True)
class WechatReader:
    """Who WeChat says the reader is. A snapshot user (快照页) is no person and no evidence."""

    app_id: str
    openid: str
    unionid: str | None = None
    snapshot: bool = False


class ShareCard(msgspec.Struct, rename="camel"):
    """What the page's script needs to set the card that WeChat shows when it is shared."""

    app_id: str
    timestamp: int
    nonce_str: str
    signature: str


SnsScope = Literal["snsapi_base", "snsapi_userinfo"]


class ReaderGate(Protocol):
    """The tenant's official account, as far as pages need it."""

    async def authorize_url(
        self, tenant_id: int, redirect_uri: str, state: str, scope: SnsScope
    ) -> str | None:
        """Return where to send a browser to sign in; nothing if no account is connected."""
        ...

    async def reader(self, tenant_id: int, code: str) -> WechatReader:
        """Return who came back with this code; raises a `Problem`."""
        ...

    async def share_card(self, tenant_id: int, url: str) -> ShareCard | None:
        """Return the signature for the share card of a page; nothing if not connected."""
        ...


class Readers:
    """Recognises readers by a signed cookie, and makes new ones known.

    `everywhere` asks for sign-in in any browser, as the simulated world needs it; else only
    WeChat's own browser is sent there, for no other can come back.
    """

    def __init__(
        self,
        db: Database,
        clock: Clock,
        signer: Signer,
        gate: ReaderGate,
        *,
        everywhere: bool,
        secure: bool,
    ) -> None:
        self._db = db
        self._clock = clock
        self._signer = signer
        self._gate = gate
        self._everywhere = everywhere
        self._secure = secure
        self._signing: set[asyncio.Task[ShareCard | None]] = set()

    def known(self, request: Request, tenant_id: int) -> int | None:
        """Return the identity of a reader whom this browser was remembered for."""
        token = request.cookie(_READER_COOKIE)
        if token is None:
            return None
        found = self._signer.read("reader", token, tuple[int, int], now=self._clock.now())
        return found[1] if found is not None and found[0] == tenant_id else None

    async def sign_in(self, request: Request, tenant_id: int, slug: str) -> Response | None:
        """Return the way to WeChat's sign-in, or nothing when this reader stays anonymous."""
        mark = request.query.get(BACK_PARAMETER, "")
        if self._signer.read("back", mark, tuple[int], now=self._clock.now()) is not None:
            return None
        if not self._everywhere and _IN_WECHAT not in request.header("user-agent"):
            return None
        return await self._send(request, tenant_id, slug, "snsapi_base")

    async def come_back(self, request: Request) -> Response:
        """Take a browser back from WeChat to the page it wanted, now with a reader's cookie."""
        slug = request.query.get("to", "")
        back = self._signer.sign("back", 0, ends=self._clock.now() + _BACK)
        page = Response.redirect(f"/a/{quote(slug, safe='')}?{urlencode({BACK_PARAMETER: back})}")
        sent = self._signer.read(
            "oauth",
            request.cookie(_NONCE_COOKIE) or "",
            tuple[int, str, SnsScope],
            now=self._clock.now(),
        )
        # Only the browser that was sent may come back: nobody can plant a foreign identity.
        if sent is None or not secrets.compare_digest(
            sent[1].encode(), request.query.get("state", "").encode()
        ):
            return page
        tenant_id, _, scope = sent
        reader = await self._reader(tenant_id, request.query.get("code", ""))
        if reader is None or reader.snapshot:
            return page
        identity_id, joined = await self._identity(tenant_id, reader)
        if not joined and scope == "snsapi_base":
            asking = await self._send(request, tenant_id, slug, "snsapi_userinfo")
            if asking is not None:
                return asking
        now = self._clock.now()
        if visitor := visitor_of(request, self._signer, tenant_id, now):
            try:
                await self._bring_along(tenant_id, identity_id, visitor)
            except LOST as error:
                # Better a reader whose trail begins today than one who sees no page.
                _log.warning("pages.visitor_left_behind", error=place(error))
        token = self._signer.sign("reader", tenant_id, identity_id, ends=now + _REMEMBERED)
        cookie = self._cookie(_READER_COOKIE, token, _REMEMBERED)
        # What was read so far is theirs; who reads anonymously here later may be another.
        parting = no_visitor(request, tenant_id, secure=self._secure)
        return Response(page.status, page.body, (*page.headers, cookie, *parting))

    async def _send(
        self, request: Request, tenant_id: int, slug: str, scope: SnsScope
    ) -> Response | None:
        state = secrets.token_hex(16)
        where = f"{request.origin}{RETURN_PATH}?{urlencode({'to': slug})}"
        url = await self._gate.authorize_url(tenant_id, where, state, scope)
        if url is None:
            return None
        ends = self._clock.now() + _SIGN_IN
        token = self._signer.sign("oauth", tenant_id, state, scope, ends=ends)
        return Response.redirect(url, headers=(self._cookie(_NONCE_COOKIE, token, _SIGN_IN),))

    def _cookie(self, name: str, token: str, life: timedelta) -> tuple[str, str]:
        return set_cookie(name, token, seconds=int(life.total_seconds()), secure=self._secure)

    async def share_card(self, tenant_id: int, url: str) -> ShareCard | None:
        """Return the signature for a page's share card; without it the page still works."""
        signing = asyncio.create_task(self._gate.share_card(tenant_id, url))
        self._signing.add(signing)
        signing.add_done_callback(self._signed)
        # Nearly always a matter of microseconds. When the ticket must be fetched first, this page
        # goes without a card; the fetching goes on, and the next page has one.
        done, _ = await asyncio.wait([signing], timeout=_CARD_SECONDS)
        return signing.result() if done and signing.exception() is None else None

    def _signed(self, signing: "asyncio.Task[ShareCard | None]") -> None:
        self._signing.discard(signing)
        if not signing.cancelled() and (error := signing.exception()) is not None:
            _log.warning("pages.no_share_card", error=place(error))

    async def _reader(self, tenant_id: int, code: str) -> WechatReader | None:
        if not code:
            return None
        try:
            # The reader waits for the page: better an unknown reader than one who left.
            async with asyncio.timeout(_READER_SECONDS):
                return await self._gate.reader(tenant_id, code)
        except Problem as problem:
            _log.warning("pages.reader_unknown", code=problem.code)
        except TimeoutError:
            _log.warning("pages.reader_unknown", code="timeout")
        return None

    async def _identity(self, tenant_id: int, reader: WechatReader) -> tuple[int, bool]:
        """Return the reader's identity, and whether the unionid of the person is known."""
        async with self._db.tenant(tenant_id) as session:
            ctx = Context(
                tenant_id=tenant_id, actor=SYSTEM_ACTOR, clock=self._clock, session=session
            )
            identity = await identify(ctx, "openid", reader.app_id, reader.openid, evidence="oauth")
            if reader.unionid:
                await join(ctx, identity, reader.unionid)
                return identity.id, True
            known = await identities_of(ctx, identity.customer_id)
            return identity.id, any(one.kind == UNIONID for one in known)

    async def _bring_along(self, tenant_id: int, identity_id: int, visitor: str) -> None:
        """Let what the browser read so far be the reader's, unless they refuse profiling."""
        async with self._db.tenant(tenant_id) as session:
            ctx = Context(
                tenant_id=tenant_id, actor=SYSTEM_ACTOR, clock=self._clock, session=session
            )
            identity = await session.get_one(Identity, (tenant_id, identity_id))
            if not await refuses_profiling(ctx, identity.customer_id):
                await bring_along(ctx, identity, visitor)
