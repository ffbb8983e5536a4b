"""Group commit: what changed while the last transaction ran goes into the next one.

The world is small enough to live in memory and busy enough that a transaction per change would
be its limit. So rules work on memory, at once and without races, and an answer leaves only after
`Journal.settled`, when its changes are on disk. The log, for which nobody waits, goes beside it.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import asyncpg
import msgspec

_LOGGER = logging.getLogger(__name__)
_RETRY_SECONDS = 0.5
_LOG_PAUSE_SECONDS = 0.2
_DISCONNECTED = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError)
_WRITE = """
insert into world_record (shelf, key, doc)
select * from unnest($1::text[], $2::text[], $3::json[])
on conflict (shelf, key) do update set doc = excluded.doc
"""
_DELETE = "delete from world_record where shelf = $1 and key = any($2::text[])"

LogRow = tuple[int, float, str, bytes]


@dataclass(slots=True)
class _Batch:
    records: dict[tuple[str, str], msgspec.Struct | None] = field(default_factory=dict)
    blobs: dict[str, bytes] = field(default_factory=dict)


class Journal:
    """Collects changed records and commits them together."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self._batch = _Batch()
        self._rows: list[LogRow] = []
        self._done: dict[str, list[str]] = defaultdict(list)
        self._next: asyncio.Future[None] | None = None
        self._running: asyncio.Future[None] | None = None
        self._wake = asyncio.Event()
        self._closing = asyncio.Event()
        self._flushing = asyncio.Lock()
        self.changes = 0

    def save(self, shelf: str, key: str, record: msgspec.Struct | None) -> None:
        """Remember that ``record`` changed (None: it is gone)."""
        self._batch.records[shelf, key] = record
        self._touch()

    def save_blob(self, key: str, content: bytes) -> None:
        """Remember a file's content."""
        self._batch.blobs[key] = content
        self._touch()

    def forget(self, shelf: str, key: str) -> None:
        """Remember that a record is done with; it may come back when the world is killed now."""
        self._done[shelf].append(key)

    def append(self, row: LogRow) -> None:
        """Remember a line of the log; nobody waits for it."""
        self._rows.append(row)

    def _touch(self) -> None:
        self.changes += 1
        if self._next is None:
            self._next = asyncio.get_running_loop().create_future()
        self._wake.set()

    async def settled(self) -> None:
        """Return when everything saved until now is committed."""
        waiting = self._next or self._running
        if waiting is not None:
            await asyncio.shield(waiting)

    async def run(self) -> None:
        """Commit until `close`; a lost database is waited for."""
        beside = asyncio.create_task(self._run_beside())
        while not self._closing.is_set():
            await self._wake.wait()
            self._wake.clear()
            await self._commit()
        await beside
        await self.flush_log()
        await self._flush_done()

    def close(self) -> None:
        """Let `run` end after one last commit."""
        self._closing.set()
        self._wake.set()

    async def flush_log(self) -> None:
        """Return when all lines of the log up to now are written, also those somebody else took."""
        async with self._flushing:
            rows, self._rows = self._rows, []
            records = [
                (number, datetime.fromtimestamp(at, UTC), kind, doc.decode())
                for number, at, kind, doc in rows
            ]

            async def write() -> None:
                await self._pool.copy_records_to_table(
                    "world_log", columns=("id", "at", "kind", "doc"), records=records
                )

            if records:
                await self._insist(write)

    async def _flush_done(self) -> None:
        done, self._done = self._done, defaultdict(list)

        async def write() -> None:
            for shelf, keys in done.items():
                await self._pool.execute(_DELETE, shelf, keys)

        await self._insist(write)

    async def _run_beside(self) -> None:
        while not self._closing.is_set():
            try:
                await asyncio.wait_for(self._closing.wait(), _LOG_PAUSE_SECONDS)
            except TimeoutError:
                await self.flush_log()
                await self._flush_done()

    async def _commit(self) -> None:
        done, self._next = self._next, None
        self._running = done
        batch, self._batch = self._batch, _Batch()
        shelves: list[str] = []
        keys: list[str] = []
        docs: list[str] = []
        gone: dict[str, list[str]] = defaultdict(list)
        encode = msgspec.json.Encoder().encode
        for (shelf, key), record in batch.records.items():
            if record is None:
                gone[shelf].append(key)
                continue
            shelves.append(shelf)
            keys.append(key)
            docs.append(encode(record).decode())

        async def write() -> None:
            if batch.blobs:
                await self._pool.executemany(
                    "insert into world_blob (key, content) values ($1, $2) "
                    "on conflict (key) do update set content = excluded.content",
                    list(batch.blobs.items()),
                )
            if docs:
                await self._pool.execute(_WRITE, shelves, keys, docs)
            for shelf, keys_gone in gone.items():
                await self._pool.execute(_DELETE, shelf, keys_gone)

        await self._insist(write)
        self._running = None
        if done is not None and not done.done():
            done.set_result(None)

    async def _insist(self, write: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await write()
            except asyncpg.UniqueViolationError:
                return  # the lines were written before the connection broke
            except _DISCONNECTED as error:
                _LOGGER.warning("the world's database does not answer: %s", type(error).__name__)
                if self._closing.is_set():
                    return
                await asyncio.sleep(_RETRY_SECONDS)
            else:
                return
