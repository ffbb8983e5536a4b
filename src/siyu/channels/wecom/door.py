"""The doors for callbacks, `/wecom/callback/{slug}`, and suites, `/wecom/suite/{slug}`.

It verifies, decrypts, stores and answers; nothing else happens before the answer, because WeCom
sends again after 5 s (doc 90930). Who is refused learns only that.
"""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Final, Protocol

import structlog

from siyu.channels.wecom.callback import (
    MAX_BODY_BYTES,
    CallbackRefused,
    CallbackTooLarge,
    answer_url_check,
    receive,
)
from siyu.channels.wecom.crypto import CallbackCrypto, CallbackCryptoError
from siyu.channels.wecom.events import CallbackEvent, parse_event
from siyu.channels.wecom.inbox import InboxWriter, Letter, letter_of
from siyu.core.clock import Clock
from siyu.core.doors import Request, Response
from siyu.core.errors import Forbidden, NotFound, TooLarge

_log = structlog.get_logger(__name__)

PREFIX: Final = "/wecom/callback/"
SUITE_PREFIX: Final = "/wecom/suite/"
LetterOf = Callable[[int, CallbackEvent, bytes, datetime], Letter]


class CallbackKeys(Protocol):
    """Knows the callback keys of all tenants; answers from memory where it can."""

    async def of(self, slug: str) -> tuple[int, CallbackCrypto] | None:
        """Return the tenant whose address ends in `slug`, and its keys."""
        ...

    async def proven(self, tenant_id: int) -> None:
        """Hear that WeCom verified the address, hence that both sides have the same keys."""
        ...


class CallbackDoor:
    """Lets genuine callbacks in; `serve` is the handler for a `siyu.core.doors.Door`.

    It stands at `prefix`; `letter` tells what is stored of a callback.
    """

    def __init__(
        self,
        keys: CallbackKeys,
        writer: InboxWriter,
        clock: Clock,
        *,
        prefix: str = PREFIX,
        letter: LetterOf = letter_of,
    ) -> None:
        self._keys = keys
        self._writer = writer
        self._clock = clock
        self._prefix = prefix
        self._letter = letter

    async def serve(self, request: Request) -> Response:
        """Answer one request whose path begins with the door's prefix.

        A callback that could not be stored is answered 503, so that WeCom sends it again.
        """
        if request.method not in {"GET", "POST"}:
            return Response(HTTPStatus.METHOD_NOT_ALLOWED, headers=(("allow", "GET, POST"),))
        found = await self._keys.of(request.path.removeprefix(self._prefix))
        if found is None:
            raise NotFound("callback_unknown", "没有这个回调地址")
        tenant_id, crypto = found
        try:
            if request.method == "POST":
                return await self._take(tenant_id, crypto, request)
            echo = answer_url_check(crypto, request.query, now=self._clock.now())
        except CallbackTooLarge as error:
            raise TooLarge("body_too_large", "回调内容过大") from error
        except (CallbackRefused, CallbackCryptoError) as error:
            _log.warning("callback.refused", tenant_id=tenant_id, reason=type(error).__name__)
            raise Forbidden("callback_refused", "回调未通过校验") from error
        await self._keys.proven(tenant_id)
        return _text(echo)

    async def _take(self, tenant_id: int, crypto: CallbackCrypto, request: Request) -> Response:
        body = await request.body(MAX_BODY_BYTES)
        now = self._clock.now()
        plaintext = receive(crypto, request.query, body, now=now)
        await self._writer.append(self._letter(tenant_id, parse_event(plaintext), plaintext, now))
        return _text(b"success")


def _text(body: bytes) -> Response:
    return Response(HTTPStatus.OK, body, (("content-type", "text/plain; charset=utf-8"),))
