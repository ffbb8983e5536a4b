"""Group commit: what changed while the last transaction ran goes into the next one.

The world is small enough to live in memory and busy enough that a transaction per change would
be its limit. So rules work on memory, at once and without races, and an answer leaves only after
`Journal.settled`, when its changes are on disk.
"""

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime

import asyncpg
import msgspec

_LOGGER = logging.getLogger(__name__)
_RETRY_SECONDS = 0.5
_DISCONNECTED = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError)

LogRow = tuple[int, float, str, bytes]


@dataclass(slots=True)
class _Batch:
    records: dict[tuple[str, str], msgspec.Struct | None] = field(default_factory=dict)
    blobs: dict[str, bytes] = field(default_factory=dict)
    rows: list[LogRow] = field(default_factory=list)

    def encoded(self) -> tuple[dict[str, tuple[list[str], list[str]]], dict[str, list[str]]]:
        saved: dict[str, tuple[list[str], list[str]]] = {}
        dropped: dict[str, list[str]] = {}
        for (table, key), record in self.records.items():
            if record is None:
                dropped.setdefault(table, []).append(key)
            else:
                keys, docs = saved.setdefault(table, ([], []))
                keys.append(key)
                docs.append(msgspec.json.encode(record).decode())
        return saved, dropped


class Journal:
    """Collects changed records and commits them together."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self._batch = _Batch()
        self._next: asyncio.Future[None] | None = None
        self._running: asyncio.Future[None] | None = None
        self._wake = asyncio.Event()
        self._closing = False
        self.changes = 0

    def save(self, table: str, key: str, record: msgspec.Struct | None) -> None:
        """Remember that ``record`` changed (None: it is gone)."""
        self._batch.records[table, key] = record
        self._touch()

    def save_blob(self, key: str, content: bytes) -> None:
        """Remember a file's content."""
        self._batch.blobs[key] = content
        self._touch()

    def append(self, row: LogRow) -> None:
        """Remember a line of the log; nobody waits for it."""
        self._batch.rows.append(row)
        self._wake.set()

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
        while not self._closing:
            await self._wake.wait()
            self._wake.clear()
            await self._commit()

    def close(self) -> None:
        """Let `run` end after one last commit."""
        self._closing = True
        self._wake.set()

    async def _commit(self) -> None:
        done, self._next = self._next, None
        self._running = done
        batch, self._batch = self._batch, _Batch()
        saved, dropped = batch.encoded()
        while True:
            try:
                await self._write(batch, saved, dropped)
            except _DISCONNECTED as error:
                _LOGGER.warning("the world's database does not answer: %s", type(error).__name__)
                if self._closing:
                    break
                await asyncio.sleep(_RETRY_SECONDS)
            else:
                break
        self._running = None
        if done is not None and not done.done():
            done.set_result(None)

    async def _write(
        self,
        batch: _Batch,
        saved: dict[str, tuple[list[str], list[str]]],
        dropped: dict[str, list[str]],
    ) -> None:
        async with self._pool.acquire() as connection, connection.transaction():
            for table, (keys, docs) in saved.items():
                await connection.execute(
                    f"insert into world_{table} (key, doc) "  # noqa: S608  names of our own shelves
                    "select * from unnest($1::text[], $2::json[]) "
                    "on conflict (key) do update set doc = excluded.doc",
                    keys,
                    docs,
                )
            for table, keys in dropped.items():
                await connection.execute(
                    f"delete from world_{table} where key = any($1::text[])",  # noqa: S608
                    keys,
                )
            if batch.blobs:
                await connection.executemany(
                    "insert into world_blob (key, content) values ($1, $2) "
                    "on conflict (key) do update set content = excluded.content",
                    list(batch.blobs.items()),
                )
            if batch.rows:
                await connection.copy_records_to_table(
                    "world_log",
                    columns=("id", "at", "kind", "doc"),
                    records=[
                        (number, datetime.fromtimestamp(at, UTC), kind, doc.decode())
                        for number, at, kind, doc in batch.rows
                    ],
                )
