"""The client everyone asks the analytics engine with."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from clickhouse_connect.driver import create_async_client, options
from clickhouse_connect.driver.asyncclient import AsyncClient
from clickhouse_connect.driver.exceptions import ClickHouseError, Error, OperationalError

from siyu.core.analytics import endpoint
from siyu.core.errors import Unavailable

# Rows here are plain Python. Left alone, the client would load pandas and numpy, which chdb
# brings along, at its first insert: 2.6 s on the event loop.
vars(options).update(np=None, pd=None, pd_time_test=None)

_CONNECT_SECONDS = 5
_ANSWER_SECONDS = 120
_LOOK_SECONDS = 3
"""After so long without an answer the engine is asked whether it is there at all,"""
_STILL_SECONDS = 6
"""and after so long without a sign it is taken for frozen: nobody waits longer."""
_TRIES = 3
_PAUSE = 0.2
_WRONG_KEY = 516
_NOT_NOW = frozenset({202, 209, 210, 236, 252, 394})
"""ClickHouse error codes that pass: too many queries, network, too many parts, stopping."""
_TOO_HEAVY = frozenset({159, 160, 241})
"""ClickHouse error codes for time (used up, or foreseen) and memory."""
T = TypeVar("T")


class AnalyticsUnavailable(Unavailable):
    """The engine is down, starting, or overloaded; asking again later may help."""

    def __init__(
        self,
        reason: str,
        *,
        code: str = "analytics_unavailable",
        detail: str = "数据分析引擎暂时不可用，请稍后再试。",
    ) -> None:
        super().__init__(code, detail)
        self.add_note(reason)


class AnalyticsSilent(AnalyticsUnavailable):
    """The engine keeps its connections and gives no sign: stopped, starved, or out of reach.

    Asking again at once only waits again.
    """

    def __init__(self) -> None:
        super().__init__(
            f"no sign within {_STILL_SECONDS} s",
            code="analytics_silent",
            detail="数据分析引擎没有应答，数字暂时算不出来，请稍后再试。",
        )


class AnalyticsTooHeavy(Unavailable):
    """The statement needs more time or memory than the engine gives one."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            "analytics_too_heavy", "这次查询涉及的数据过多，请缩小时间范围或条件后再试。"
        )
        self.add_note(reason)


class AnalyticsError(Exception):
    """The engine refused a statement; `code` is ClickHouse's error code, 0 when unknown."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


class Rows(Sequence[tuple[Any, ...]]):
    """Rows of a result as tuples; `named()` gives them as mappings."""

    def __init__(self, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        self.columns = tuple(columns)
        self._rows = [tuple(row) for row in rows]

    def __getitem__(self, index: Any) -> Any:
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def named(self) -> list[dict[str, Any]]:
        """Return the rows as mappings from column name to value."""
        return [dict(zip(self.columns, row, strict=True)) for row in self._rows]

    def scalar(self) -> Any:
        """Return the first value of the first row; nothing when there is no row."""
        return self._rows[0][0] if self._rows else None


class Analytics:
    """An engine reached over ClickHouse's HTTP interface; safe to share within one event loop.

    All methods raise `AnalyticsUnavailable` when the engine cannot answer now,
    `AnalyticsTooHeavy` when it gives up on a statement, and `AnalyticsError` when it refuses
    one.
    """

    def __init__(self, url: str, user: str = "default", key: str = "") -> None:
        self._address = endpoint.Endpoint(url, user, key, 0)
        self._home: Path | None = None
        self._seen = 0
        self._client: AsyncClient | None = None
        self._opening = asyncio.Lock()
        self._closing: set[asyncio.Task[None]] = set()

    @classmethod
    def from_url(cls, url: str) -> "Analytics":
        """Reach a server by `http(s)://user:password@host:port/database`."""
        parts = urlsplit(url)
        bare = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        return cls(bare, unquote(parts.username or "default"), unquote(parts.password or ""))

    @classmethod
    def from_home(cls, home: Path) -> "Analytics":
        """Reach the embedded engine in `home`, wherever it listens after a restart."""
        analytics = cls("")
        analytics._home = home
        return analytics

    async def query(
        self,
        sql: str,
        params: Mapping[str, Any] | None = None,
        *,
        settings: Mapping[str, Any] | None = None,
    ) -> Rows:
        """Return the result of a reading statement; `{name:Type}` in it takes `params[name]`."""

        async def ask(client: AsyncClient) -> Rows:
            result = await client.query(
                sql, parameters=dict(params or {}), settings=dict(settings or {})
            )
            return Rows(result.column_names, result.result_rows)

        return await self._again_and_again(ask)

    async def raw(
        self,
        sql: str,
        params: Mapping[str, Any] | None = None,
        *,
        form: str = "RowBinary",
        settings: Mapping[str, Any] | None = None,
    ) -> bytes:
        """Return the result of a reading statement as bytes in one of ClickHouse's formats."""

        async def ask(client: AsyncClient) -> bytes:
            return await client.raw_query(
                sql, parameters=dict(params or {}), settings=dict(settings or {}), fmt=form
            )

        return await self._again_and_again(ask)

    async def insert(
        self,
        table: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[Any]],
        token: str | None = None,
        *,
        types: Sequence[str] | None = None,
        by_column: bool = False,
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        """Write rows in one batch; with `by_column`, `rows` holds one sequence per column.

        With a `token` a batch written before under the same token is left out, so the
        insert is tried again when its answer got lost. An engine killed in the instant
        between noting a token and keeping its rows forgets the rows: who must not lose
        any counts them afterwards, as the feeder does. `types` saves asking for them.
        """
        if not rows or (by_column and not rows[0]):
            return
        chosen = dict(settings or {})
        if token is not None:
            chosen["insert_deduplication_token"] = token

        async def send(client: AsyncClient) -> None:
            await client.insert(
                table,
                rows,
                column_names=list(columns),
                column_type_names=list(types) if types else None,
                column_oriented=by_column,
                settings=chosen,
            )

        await (self._once(send) if token is None else self._again_and_again(send))

    async def command(
        self,
        sql: str,
        params: Mapping[str, Any] | None = None,
        *,
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        """Run a statement that returns no rows, once."""

        async def order(client: AsyncClient) -> None:
            await client.command(sql, parameters=dict(params or {}), settings=dict(settings or {}))

        await self._once(order)

    async def ping(self) -> bool:
        """Tell whether the engine answers."""
        try:
            await self._once(lambda client: client.command("SELECT 1"))
        except AnalyticsUnavailable:
            return False
        return True

    async def close(self) -> None:
        """Close the connections; the next call opens new ones."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()
        await asyncio.gather(*self._closing)

    async def _again_and_again(self, call: Callable[[AsyncClient], Awaitable[T]]) -> T:
        for attempt in range(_TRIES - 1):
            try:
                return await self._once(call)
            except AnalyticsSilent:
                raise
            except AnalyticsUnavailable:
                await asyncio.sleep(_PAUSE * 2**attempt)
        return await self._once(call)

    async def _once(self, call: Callable[[AsyncClient], Awaitable[T]]) -> T:
        if self._home is not None and self._client is not None:
            self._follow(self._client, self._home)
        client = self._client or await self._opened()
        try:
            return await _attended(client, call)
        except ClickHouseError as error:
            raise self._told(error, client) from None

    async def _opened(self) -> AsyncClient:
        """Return a client, which asks the engine who it is."""
        try:
            async with asyncio.timeout(_LOOK_SECONDS + _STILL_SECONDS):
                return await self._open()
        except TimeoutError:
            raise AnalyticsSilent from None

    async def _open(self) -> AsyncClient:
        async with self._opening:
            if self._client is not None:
                return self._client
            address: endpoint.Endpoint | None = self._address
            if self._home is not None:
                self._seen = endpoint.stamp(self._home)
                address = endpoint.read(self._home)
            if address is None:
                raise AnalyticsUnavailable(f"no engine has announced itself in {self._home}")
            parts = urlsplit(address.url)
            _never_by_proxy(parts.hostname)
            try:
                self._client = await create_async_client(
                    interface=parts.scheme,
                    host=parts.hostname,
                    port=parts.port,
                    username=address.user,
                    password=address.key,
                    database=parts.path.strip("/") or None,
                    compress=False,
                    connect_timeout=_CONNECT_SECONDS,
                    send_receive_timeout=_ANSWER_SECONDS,
                    tz_mode="aware",
                )
            except ClickHouseError as error:
                raise self._told(error, None) from None
            return self._client

    def _told(self, error: ClickHouseError, client: AsyncClient | None) -> Exception:
        """Return what to raise for a client's error; forget a client whose engine may be gone."""
        code = error.code if isinstance(error, Error) else None
        moved = code == _WRONG_KEY and self._home is not None
        closed_meanwhile = client is not None and client is not self._client
        network = isinstance(error, OperationalError) or closed_meanwhile
        lost = moved or (code is None and network)
        if lost and client is not None:
            self._forget(client)
        if lost or code in _NOT_NOW:
            return AnalyticsUnavailable(str(error))
        if code in _TOO_HEAVY:
            return AnalyticsTooHeavy(str(error))
        return AnalyticsError(str(error), code or 0)

    def _follow(self, client: AsyncClient, home: Path) -> None:
        """Forget a client whose engine has been succeeded by another."""
        if endpoint.stamp(home) != self._seen:
            self._forget(client)

    def _forget(self, client: AsyncClient) -> None:
        """Drop a client; the next call asks where the engine lives now."""
        if self._client is not client:
            return
        self._client = None
        closing = asyncio.create_task(client.close())  # waits for its other calls to fail too
        self._closing.add(closing)
        closing.add_done_callback(self._closing.discard)


async def _attended(client: AsyncClient, call: Callable[[AsyncClient], Awaitable[T]]) -> T:
    """Return what a call returns, however long it takes, as long as the engine gives signs."""
    work = asyncio.ensure_future(call(client))
    try:
        while not (await asyncio.wait({work}, timeout=_LOOK_SECONDS))[0]:
            if not await client.ping(_STILL_SECONDS) and not work.done():
                raise AnalyticsSilent
        return await work
    finally:
        if not work.done():
            work.cancel()
            await asyncio.wait({work})


def _never_by_proxy(host: str | None) -> None:
    """Keep the engine on this machine out of the reach of a company proxy in the environment."""
    if host not in {"127.0.0.1", "localhost", "::1"}:
        return
    spared = os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""
    if spared != "*" and host not in spared.split(","):
        os.environ["no_proxy"] = ",".join(filter(None, [spared, host]))
