"""Connections: one pool per role, one transaction per unit of work."""

import asyncio
import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode

import asyncpg
from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.dialects.postgresql.asyncpg import AsyncAdapt_asyncpg_dbapi
from sqlalchemy.exc import DBAPIError, InvalidatePoolError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import Session, SessionTransaction
from sqlalchemy.pool import ConnectionPoolEntry

from siyu.core.db import roles


@dataclass(frozen=True)
class DatabaseUrls:
    """How each role reaches the same database."""

    admin: str
    owner: str
    app: str
    system: str
    ingest: str

    @classmethod
    def embedded(cls, socket_dir: Path, database: str) -> "DatabaseUrls":
        """Return the addresses on the embedded server: trusted local socket."""

        def to(role: str) -> str:
            return f"postgresql://{role}@/{database}?{urlencode({'host': str(socket_dir)})}"

        return cls(
            to("postgres"), to(roles.OWNER), to(roles.APP), to(roles.SYSTEM), to(roles.INGEST)
        )

    @classmethod
    def own(cls, admin: str, master_key: bytes) -> "DatabaseUrls":
        """Return the addresses on the enterprise's own server, given its administrator's."""
        base = make_url(admin)

        def to(role: str) -> str:
            url = base.set(username=role, password=roles.password(master_key, role))
            return url.render_as_string(hide_password=False)

        return cls(admin, to(roles.OWNER), to(roles.APP), to(roles.SYSTEM), to(roles.INGEST))


def engine_url(address: str) -> URL:
    """Return the SQLAlchemy address of a PostgreSQL address."""
    return make_url(address).set(drivername="postgresql+asyncpg")


LOST: Final = (DBAPIError, OSError, PoolTimeoutError)
"""What a lost, restarting or exhausted database raises; the work may be tried again later."""
_PROVEN_SECONDS: Final = 1.0
"""For so long a connection that was used counts as good."""


def is_lost(error: BaseException) -> bool:
    """Tell whether the database went away, rather than something being wrong with the work."""
    if isinstance(error, DBAPIError):
        return bool(error.connection_invalidated)
    return isinstance(error, LOST)


Clear = Callable[[], Awaitable[None]]
"""Returns when the way is clear."""


class TenantSession(Session):
    """A session whose every transaction is bound to the tenant in `info["tenant"]`."""


@event.listens_for(TenantSession, "after_begin")
def _bind_tenant(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    tenant = session.info.get("tenant")
    if tenant is not None and not transaction.nested:
        connection.exec_driver_sql("select set_config('siyu.tenant', $1, true)", (str(tenant),))


class Database:
    """The pools of one process. Open sessions with `tenant`, or `system` for all tenants."""

    def __init__(self, urls: DatabaseUrls, *, pool_size: int = 10) -> None:
        self.urls = urls
        self._app = _engine(urls.app, pool_size)
        self._system = _engine(urls.system, max(4, pool_size // 2))
        self._tenants = async_sessionmaker(
            self._app, sync_session_class=TenantSession, expire_on_commit=False
        )
        self._systems = async_sessionmaker(self._system, expire_on_commit=False)
        self._ingest: asyncpg.Pool | None = None
        self._opening = asyncio.Lock()
        self._clear: Clear | None = None

    def giving_way(self, clear: Clear) -> "Database":
        """Return a door to the same pools where no transaction begins before `clear` returned."""
        other = copy(self)
        other._clear = clear  # noqa: SLF001 - another of ourselves
        return other

    @asynccontextmanager
    async def tenant(self, tenant_id: int | None) -> AsyncIterator[AsyncSession]:
        """Open a transaction that sees one tenant's rows (none at all for `None`).

        Commits when the block ends, rolls back when it raises.
        """
        if self._clear is not None:
            await self._clear()
        async with self._tenants(info={"tenant": tenant_id}) as session, session.begin():
            yield session

    @asynccontextmanager
    async def system(self) -> AsyncIterator[AsyncSession]:
        """Open a transaction that sees all tenants' rows."""
        if self._clear is not None:
            await self._clear()
        async with self._systems() as session, session.begin():
            yield session

    async def ingest(self) -> asyncpg.Pool:
        """Return the pool that may only append to inbox tables."""
        async with self._opening:
            if self._ingest is None:
                self._ingest = await asyncpg.create_pool(
                    self.urls.ingest, min_size=1, max_size=2, reset=_nothing_to_reset
                )
            return self._ingest

    async def check(self) -> None:
        """Raise when the database cannot be reached or its role is not safe to serve with."""
        async with self._app.connect() as connection:
            raw = await connection.get_raw_connection()
            await roles.refuse_unsafe(driver_connection(raw.driver_connection))

    async def close(self) -> None:
        """Close all pools."""
        if self._ingest is not None:
            await self._ingest.close()
        await self._app.dispose()
        await self._system.dispose()


async def _nothing_to_reset(_: asyncpg.Connection) -> None:
    """Leave the session as it is: appending sets nothing, and a reset doubles the round trips."""


def driver_connection(raw: Any) -> asyncpg.Connection:
    """Return the asyncpg connection beneath SQLAlchemy's."""
    if not isinstance(raw, asyncpg.Connection):
        raise TypeError("not an asyncpg connection")
    return raw


def _engine(address: str, pool_size: int) -> AsyncEngine:
    engine = create_async_engine(
        engine_url(address),
        pool_size=pool_size,
        max_overflow=pool_size,
        hide_parameters=True,  # they may be personal, and messages end up in logs
        pool_recycle=1800,
        connect_args={"server_settings": {"application_name": "siyu", "timezone": "UTC"}},
    )
    event.listen(engine.sync_engine, "checkin", _rest)
    event.listen(engine.sync_engine, "checkout", _wake)
    return engine


def _rest(_: Any, record: ConnectionPoolEntry) -> None:
    """Note since when a connection has been idle."""
    record.info["rested_at"] = time.monotonic()


def _wake(connection: Any, record: ConnectionPoolEntry, _: Any) -> None:
    """Have the pool bring another connection where this one is broken.

    One that has just been used is not asked: that would be three round trips before each
    transaction. What closes it meanwhile is known without.
    """
    idle = time.monotonic() - record.info.get("rested_at", math.inf)
    try:
        if driver_connection(connection.driver_connection).is_closed():
            raise InvalidatePoolError
        if idle > _PROVEN_SECONDS:
            connection.ping()
    except (AsyncAdapt_asyncpg_dbapi.Error, OSError) as error:
        raise InvalidatePoolError from error


def refused_value(error: BaseException) -> bool:
    """Tell whether PostgreSQL cannot hold a value: a NUL in a text, a number beyond bigint."""
    cause = getattr(getattr(error, "orig", None), "__cause__", None)
    # Found by the server the one is raised, found by the driver the other.
    return isinstance(cause, asyncpg.DataError | ValueError)


def database_name(address: str) -> str:
    """Return the database an address names."""
    name = make_url(address).database
    if not name:
        raise ValueError("the database address names no database")
    return quote(name, safe="")
