"""Access tokens and tickets: one for all processes, fetched by one of them at a time.

WeCom issues one token per secret and may end it early. Whoever meets a dead token names it as
rejected; the first to do so fetches, the others find the new one.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Protocol

from siyu.core.clock import Clock

MARGIN: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Token:
    """A token or ticket, and the moment from which we use it no more."""

    value: str = field(repr=False)
    expires_at: datetime

    @classmethod
    def issued(cls, value: str, asked_at: datetime, seconds: int) -> "Token":
        """Return a token that WeCom ends `seconds` after `asked_at`.

        We stop somewhat earlier, so that none ends under a call: by `MARGIN`, but never by more
        than half of the life that is left, because WeCom may answer an early question with the
        same token, and then each call would ask again.
        """
        life = timedelta(seconds=seconds)
        return cls(value, asked_at + life - min(MARGIN, life / 2))

    def usable(self, now: datetime, rejected: str | None = None) -> bool:
        """Whether it may still be used and is not the one that was rejected."""
        return self.value != rejected and now < self.expires_at


Fetch = Callable[[], Awaitable[Token]]


class TokenStore(Protocol):
    """Keeps tokens by key for every process that calls with the same secret."""

    async def obtain(self, key: str, fetch: Fetch, *, rejected: str | None = None) -> Token:
        """Return the stored token if `usable`, else the result of `fetch`, stored.

        While one caller fetches, in whatever process, all others of the key wait and then look
        again. When `fetch` raises, its caller gets the error and the next waiter tries. `fetch`
        goes over the network for up to some seconds: no transaction may be open meanwhile.
        """
        ...


class InProcessTokenStore:
    """Keeps tokens in the memory of this process, for programs that are one process.

    Two processes with a store each would both fetch; WeCom answers both with the same token while
    it lives, so that is waste and not error.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._tokens: dict[str, Token] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def obtain(self, key: str, fetch: Fetch, *, rejected: str | None = None) -> Token:
        """Return the stored token if usable, else fetch one, once for all callers."""
        if (token := self._stored(key, rejected)) is not None:
            return token
        async with self._locks.setdefault(key, asyncio.Lock()):
            if (token := self._stored(key, rejected)) is not None:
                return token
            token = self._tokens[key] = await fetch()
            return token

    def _stored(self, key: str, rejected: str | None) -> Token | None:
        token = self._tokens.get(key)
        return token if token and token.usable(self._clock.now(), rejected) else None
