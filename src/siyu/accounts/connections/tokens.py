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
_WAIT_SECONDS: Final = 0.05
_PURPOSE: Final = "api-token"


class DatabaseTokenStore:
    """The `TokenStore` of an installation. Tokens are encrypted at rest.

    Whoever finds no usable token takes a lease on its row and fetches outside any
    transaction; the others look again until the new one is there, or the lease of a
    process that died runs out.
    """

    def __init__(self, db: Database, vault: Vault, clock: Clock) -> None:
        self._db = db
        self._vault = vault
        self._clock = clock
        self._seen: dict[str, Token] = {}

    async def obtain(self, key: str, fetch: Fetch, *, rejected: str | None = None) -> Token:
        """Return the stored token if usable, else fetch one, once for all processes."""
        while True:
            seen = self._seen.get(key)
            if seen is not None and seen.usable(self._clock.now(), rejected):
                return seen
            stored = await self._stored(key)
            if stored is not None and stored.usable(self._clock.now(), rejected):
                self._seen[key] = stored
                return stored
            if await self._lease(key):
                # Another process may have finished between the look and the lease.
                stored = await self._stored(key)
                if stored is not None and stored.usable(self._clock.now(), rejected):
                    await self._store(key, None)
                    continue
                return await self._renew(key, fetch)
            await asyncio.sleep(_WAIT_SECONDS)

    async def _stored(self, key: str) -> Token | None:
        async with self._db.system() as session:
            row = await session.get(ApiToken, key)
            if row is None or row.value is None or row.expires_at is None:
                return None
            return Token(self._vault.decrypt(_PURPOSE, row.value), row.expires_at)

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
        self._seen[key] = token
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
