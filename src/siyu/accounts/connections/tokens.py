"""Access tokens kept in the database, so that all processes share one and one fetches it."""

import asyncio
from datetime import timedelta
from typing import Final

from sqlalchemy import or_
from sqlalchemy.dialects.postgresql import insert

from siyu.accounts.connections.models import ApiToken
from siyu.channels.wecom.tokens import Fetch, Token
from siyu.core.clock import Clock
from siyu.core.db import Database
from siyu.core.vault import Vault

_LEASE: Final = timedelta(seconds=20)
_WAIT_SECONDS: Final = (0.05, 1.0)
_PURPOSE: Final = "api-token"


class DatabaseTokenStore:
    """The `TokenStore` of an installation. Tokens are encrypted at rest.

    Whoever finds no usable token takes a lease on its row and fetches outside any
    transaction; the others look again, ever more seldom, until the new one is there, or the
    lease of a process that died runs out. In each process one looks for all.
    """

    def __init__(self, db: Database, vault: Vault, clock: Clock) -> None:
        self._db = db
        self._vault = vault
        self._clock = clock
        self._seen: dict[str, Token] = {}
        self._looking: dict[str, asyncio.Lock] = {}

    async def obtain(self, key: str, fetch: Fetch, *, rejected: str | None = None) -> Token:
        """Return the stored token if usable, else fetch one, once for all processes."""
        if (token := self._usable(self._seen.get(key), rejected)) is not None:
            return token
        async with self._looking.setdefault(key, asyncio.Lock()):
            if (token := self._usable(self._seen.get(key), rejected)) is None:
                token = self._seen[key] = await self._look(key, fetch, rejected)
            return token

    async def _look(self, key: str, fetch: Fetch, rejected: str | None) -> Token:
        pause, longest = _WAIT_SECONDS
        while True:
            if (token := await self._stored(key, rejected)) is not None:
                return token
            if await self._lease(key):
                # Another process may have finished between the look and the lease.
                if (token := await self._stored(key, rejected)) is not None:
                    await self._store(key, None)
                    return token
                return await self._renew(key, fetch)
            await asyncio.sleep(pause)
            pause = min(2 * pause, longest)

    def _usable(self, token: Token | None, rejected: str | None) -> Token | None:
        return token if token and token.usable(self._clock.now(), rejected) else None

    async def _stored(self, key: str, rejected: str | None) -> Token | None:
        async with self._db.system() as session:
            row = await session.get(ApiToken, key)
            if row is None or row.value is None or row.expires_at is None:
                return None
            token = Token(self._vault.decrypt(_PURPOSE, row.value), row.expires_at)
        return self._usable(token, rejected)

    async def _lease(self, key: str) -> bool:
        now = self._clock.now()
        async with self._db.system() as session:
            taken = await session.scalar(
                insert(ApiToken)
                .values(name=key, leased_until=now + _LEASE)
                .on_conflict_do_update(
                    index_elements=["name"],
                    set_={"leased_until": now + _LEASE},
                    where=or_(ApiToken.leased_until.is_(None), ApiToken.leased_until <= now),
                )
                .returning(ApiToken.name)
            )
            return taken is not None

    async def _renew(self, key: str, fetch: Fetch) -> Token:
        try:
            token = await fetch()
        except BaseException:
            await self._store(key, None)
            raise
        await self._store(key, token)
        return token

    async def _store(self, key: str, token: Token | None) -> None:
        async with self._db.system() as session:
            row = await session.get(ApiToken, key, with_for_update=True)
            if row is None:
                return
            row.leased_until = None
            if token is not None:
                row.value = self._vault.encrypt(_PURPOSE, token.value)
                row.expires_at = token.expires_at
