"""The door for what WeChat pushes to official accounts, `/wechat/push/{slug}`.

It verifies, decrypts, has the push kept and answers; nothing else happens before the answer,
because WeChat sends again after 5 s. Who is refused learns only that.
"""

from datetime import datetime
from http import HTTPStatus
from typing import Final, NamedTuple, Protocol

import structlog

from siyu.channels.wechat.pushes import PushDoor, parse_push
from siyu.channels.wechat.replies import NOTHING
from siyu.channels.wecom.callback import MAX_BODY_BYTES, CallbackRefused, CallbackTooLarge
from siyu.channels.wecom.crypto import CallbackCryptoError
from siyu.channels.wecom.events import CallbackEvent
from siyu.core.clock import Clock
from siyu.core.doors import Request, Response
from siyu.core.errors import Forbidden, NotFound, TooLarge
from siyu.core.vault import Vault

_log = structlog.get_logger(__name__)

PREFIX: Final = "/wechat/push/"


class PushAccount(NamedTuple):
    """An official account that pushes, and the vault of its tenant."""

    app_id: str
    door: PushDoor
    vault: Vault


class PushKeys(Protocol):
    """Knows the accounts of all tenants; answers from memory where it can."""

    async def of(self, slug: str) -> tuple[int, PushAccount] | None:
        """Return the tenant and the account whose address ends in `slug`."""
        ...

    async def proven(self, tenant_id: int) -> None:
        """Hear that WeChat verified the address."""
        ...


class PushTaker(Protocol):
    """Keeps pushes until somebody reads them."""

    async def take(
        self, tenant_id: int, account: PushAccount, push: CallbackEvent, plaintext: bytes
    ) -> None:
        """Keep a push, durably; one that came before is kept once."""
        ...


class OfficialDoor:
    """Lets genuine pushes in; `serve` is the handler for a `siyu.core.doors.Door`."""

    def __init__(self, keys: PushKeys, taker: PushTaker, clock: Clock) -> None:
        self._keys = keys
        self._taker = taker
        self._clock = clock

    async def serve(self, request: Request) -> Response:
        """Answer one request; a push that could not be kept is refused, and comes again."""
        if request.method not in {"GET", "POST"}:
            return Response(HTTPStatus.METHOD_NOT_ALLOWED, headers=(("allow", "GET, POST"),))
        found = await self._keys.of(request.path.removeprefix(PREFIX))
        if found is None:
            raise NotFound("callback_unknown", "没有这个推送地址")
        tenant_id, account = found
        now = self._clock.now()
        try:
            if request.method == "POST":
                return await self._take(tenant_id, account, request, now)
            echo = account.door.answer_check(request.query, now=now)
        except CallbackTooLarge as error:
            raise TooLarge("body_too_large", "推送内容过大") from error
        except (CallbackRefused, CallbackCryptoError) as error:
            _log.warning("push.refused", tenant_id=tenant_id, reason=type(error).__name__)
            raise Forbidden("callback_refused", "推送未通过校验") from error
        await self._keys.proven(tenant_id)
        return _text(echo)

    async def _take(
        self, tenant_id: int, account: PushAccount, request: Request, now: datetime
    ) -> Response:
        body = await request.body(MAX_BODY_BYTES)
        plaintext = account.door.receive(request.query, body, now=now)
        await self._taker.take(tenant_id, account, parse_push(plaintext), plaintext)
        return _text(NOTHING.encode())


def _text(body: bytes) -> Response:
    return Response(HTTPStatus.OK, body, (("content-type", "text/plain; charset=utf-8"),))
