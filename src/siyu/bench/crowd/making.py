"""Making a crowd: piece by piece into both sides, then the indexes, and the engine's parts merged.

PostgreSQL takes rows as fast as it can write them down: tables emptied in the same transaction
need no journal, their indexes are put out of work and built anew afterwards, and foreign keys are
not looked up (what is written is right by construction; the indexes check what is unique). A crash
leaves nothing of worth, so nothing is flushed before the end.
"""

import asyncio
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import asyncpg

from siyu.bench.crowd import company, facts, people, picture, tables
from siyu.bench.crowd.size import TENANT, Crowd
from siyu.core.analytics.engine import DATABASE
from siyu.core.analytics.server import owned
from siyu.core.stream import SHARDS
from siyu.core.vault import MasterKey, Vault

_PIECE: Final = 150_000
"""People; their facts, less than a million, become one part of the engine's."""
_SCRATCH: Final = ("crowd_a", "crowd_b")
"""Databases of the engine: while one piece is sent, the next is made."""
_QUICK: Final = {
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_wal_size": "16GB",
    "checkpoint_timeout": "1h",
    "maintenance_work_mem": "768MB",
    "max_parallel_maintenance_workers": "1",
}
_LANES: Final = 2
_COLUMNS: Final = """
select a.attname, t.typname, not a.attnotnull
from pg_attribute a join pg_type t on t.oid = a.atttypid
where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum
"""
_OUT_OF_WORK: Final = """
update pg_index set indisready = false, indisvalid = false
where indrelid in (
    select oid from pg_class where relkind = 'r' and oid = any($1::text[]::regclass[])
    union all
    select inhrelid from pg_inherits where inhparent = 'event'::regclass
)
"""
_INDEXES: Final = """
select i.indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indrelid
where not i.indisready and c.relkind = 'r' order by c.relpages desc, 1
"""
_TABLES: Final = """
select oid::regclass::text from pg_class
where relkind in ('r', 'p') and not relispartition and relnamespace = 'public'::regnamespace
order by greatest(
    pg_total_relation_size(oid),
    (select sum(pg_total_relation_size(relid)) from pg_partition_tree(pg_class.oid))
) desc
"""
_PARTS: Final = f"""
select count() - uniqExact(partition_id) from system.parts
where active and database = '{DATABASE}' and table = '{{table}}'
"""  # noqa: S608 - a constant
_HEAD: Final = """
insert into sys.shard (shard, head) values ($1, $2)
on conflict (shard) do update set head = excluded.head
"""
_SEQUENCES: Final = """
select format('select setval(%L, greatest((select max(%I) from %s), 1))',
    pg_get_serial_sequence(c.oid::regclass::text, a.attname), a.attname, c.oid::regclass)
from pg_class c join pg_attribute a on a.attrelid = c.oid
where a.attidentity != '' and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
"""


class Progress:
    """Tells on standard error how far the making is."""

    def __init__(self) -> None:
        self._began = time.perf_counter()

    def say(self, what: str) -> None:
        """Say what is done, with the seconds since the beginning."""
        sys.stderr.write(f"[{time.perf_counter() - self._began:7.1f} s] {what}\n")
        sys.stderr.flush()


async def quicken(admin: str) -> None:
    """Let the server load quickly from its next start on; undone by `settle`."""
    connection = await asyncpg.connect(admin)
    for name, value in _QUICK.items():
        await connection.execute(f"alter system set {name} = '{value}'")
    await connection.close()


async def settle(admin: str) -> None:
    """Let the server work as usual from its next start on."""
    connection = await asyncpg.connect(admin)
    await connection.execute("alter system reset all")
    await connection.execute("checkpoint")
    await connection.close()


async def write(crowd: Crowd, admin: str, engine_home: Path, master: MasterKey) -> None:
    """Write the rows of a crowd into an empty tenant and an engine that has its tables.

    This process opens the engine's files itself and must not fork afterwards. PostgreSQL's
    indexes are out of work then, until `build`.
    """
    with owned(engine_home):
        loader = _Loader(crowd, admin, engine_home / "data", master)
        try:
            await loader.rows()
        finally:
            loader.close()


def merge(engine_home: Path) -> None:
    """Make one part of the many that pieces left in each of the engine's tables.

    This process opens the engine's files itself and must not fork afterwards.
    """
    from chdb.state.sqlitelike import Connection  # noqa: PLC0415 - 0.6 s and 300 MB

    with owned(engine_home):
        engine = Connection(str(engine_home / "data"))
        for table in picture.WRITTEN:
            # Gives up where it had to wait long for a merge that the engine began itself.
            for strict in (0, 0, 1):
                if int(engine.query(_PARTS.format(table=table.name), "CSV").bytes()) > 0:
                    engine.query(
                        f"optimize table {DATABASE}.{table.name} final"
                        f" settings optimize_throw_if_noop = {strict}"
                    )
        engine.close()


async def build(admin: str) -> None:
    """Build the indexes that are out of work; let ids go on and the server know its tables.

    Nothing is left to do for the server's own housekeeping, which would disturb measuring.
    """
    connection = await asyncpg.connect(admin)
    indexes = [row[0] for row in await connection.fetch(_INDEXES)]
    heaps = [row[0] for row in await connection.fetch(_TABLES)]
    for row in await connection.fetch(_SEQUENCES):
        await connection.execute(row[0])
    await connection.close()
    await _in_lanes(admin, [f"reindex index {index}" for index in indexes])
    await _in_lanes(admin, [f"vacuum analyze {table}" for table in heaps])


async def _in_lanes(admin: str, statements: list[str]) -> None:
    """Execute statements, the longest of which come first, over several connections."""
    waiting = statements[::-1]

    async def lane() -> None:
        own = await asyncpg.connect(admin)
        while waiting:
            await own.execute(waiting.pop())
        await own.close()

    await asyncio.gather(*(lane() for _ in range(_LANES)))


class _Loader:
    def __init__(self, crowd: Crowd, admin: str, engine: Path, master: MasterKey) -> None:
        from chdb.state.sqlitelike import Connection  # noqa: PLC0415 - 0.6 s and 300 MB

        self._crowd = crowd
        self._admin = admin
        self._master = master
        self._sources = tables.sources(crowd)
        self._progress = Progress()
        self._open: Callable[[], Any] = lambda: Connection(str(engine))
        self._keeper = self._open()
        for scratch in _SCRATCH:
            self._keeper.query(f"create database if not exists {scratch} engine = Atomic")
        # Parts are merged once, when all are there (`merge`), not again and again.
        self._keeper.query("system stop merges")

    def close(self) -> None:
        """Leave nothing of the pieces in the engine."""
        for scratch in _SCRATCH:
            self._keeper.query(f"drop database if exists {scratch} sync")
        self._keeper.close()

    async def rows(self) -> None:
        """Write all rows, in one transaction."""
        connection = await asyncpg.connect(self._admin)
        await connection.execute("set session_replication_role = replica")
        async with connection.transaction():
            names = [*self._sources, "customer_private"]
            await connection.execute(f"truncate {', '.join(names)} cascade")
            await connection.execute("select sys.ensure_event_partition($1)", self._crowd.moment)
            await connection.execute(_OUT_OF_WORK, names)
            await company.fill(connection, self._crowd)
            heads = await self._pieces(connection)
            await connection.executemany(_HEAD, list(heads.items()))
        await connection.close()
        self._progress.say("all rows")

    async def _pieces(self, connection: asyncpg.Connection) -> Mapping[int, int]:
        """Write piece after piece; return the last positions of the stream.

        Three things go on at once, so that no processor waits: the next piece is made while the one
        before is written by the engine and sent to PostgreSQL.
        """
        queries = await self._queries(connection)
        key = await connection.fetchval("select data_key from tenant where tenant_id = $1", TENANT)
        vault = self._master.open(TENANT, key)
        count = -(-self._crowd.customers // _PIECE)
        heads: Mapping[int, int] = dict.fromkeys(range(SHARDS), 0)
        heads = await asyncio.to_thread(self._make, 0, heads)
        for number in range(count):
            async with asyncio.TaskGroup() as lanes:
                lanes.create_task(asyncio.to_thread(self._keep, number))
                lanes.create_task(self._send(connection, queries, vault, number))
                coming = lanes.create_task(asyncio.to_thread(self._make, number + 1, heads))
            heads = coming.result()
            self._progress.say(f"{self._people(number)[-1]:,} customers")
        return heads

    def _make(self, number: int, heads: Mapping[int, int]) -> Mapping[int, int]:
        """Make a piece, if there are people for it; return the last positions by shard."""
        if not self._people(number):
            return heads
        handle = self._handle(number)
        for statement in (
            *people.statements(self._crowd, self._people(number)),
            *facts.statements(self._crowd, heads),
        ):
            handle.query(statement)
        rows = handle.query(facts.HEADS, "CSV").bytes().decode().split()
        handle.close()
        return {**heads, **{int(shard): int(head) for shard, head in (r.split(",") for r in rows)}}

    def _keep(self, number: int) -> None:
        """Write a piece into the engine's own tables."""
        handle = self._handle(number)
        # No row comes twice, so the engine need not look for those that replace each other.
        handle.query("set optimize_on_insert = 0")
        for statement in picture.statements(self._crowd):
            handle.query(statement)
        handle.close()

    async def _queries(self, connection: asyncpg.Connection) -> dict[str, tuple[list[str], str]]:
        """Return by table the columns that are written, and the query of their rows."""
        queries = {}
        for name, source in self._sources.items():
            known = [tables.Column(*row) for row in await connection.fetch(_COLUMNS, name)]
            columns = [column for column in known if column.name in source.columns]
            queries[name] = [column.name for column in columns], tables.copied(source, columns)
        return queries

    async def _send(
        self,
        connection: asyncpg.Connection,
        queries: Mapping[str, tuple[list[str], str]],
        vault: Vault,
        number: int,
    ) -> None:
        """Write a piece into PostgreSQL's tables."""
        for table, (columns, query) in queries.items():
            stream = _Stream(self._handle(number), query)
            await connection.copy_to_table(table, source=stream, columns=columns, format="binary")
        await company.phones(connection, self._crowd, vault, self._people(number))

    def _people(self, number: int) -> range:
        """Return the numbers of the people of a piece."""
        first = number * _PIECE + 1
        return range(first, min(first + _PIECE, self._crowd.customers + 1))

    def _handle(self, number: int) -> Any:
        handle = self._open()
        handle.query(f"use {_SCRATCH[number % len(_SCRATCH)]}")
        return handle


class _Stream:
    """A query's result as the bytes of a COPY."""

    def __init__(self, handle: Any, query: str) -> None:
        self._handle = handle
        self._result = handle.send_query(query, "RawBLOB")
        self._ahead: asyncio.Task[Any] | None = None
        self._state = "head"

    def __aiter__(self) -> "_Stream":
        return self

    async def __anext__(self) -> bytes:
        if self._state == "head":
            self._state = "rows"
            self._fetch()
            return tables.HEADER
        if self._ahead is None:
            raise StopAsyncIteration
        block = await self._ahead
        if block is None:
            self._ahead = None
            self._result.close()
            self._handle.close()
            return tables.TRAILER
        self._fetch()
        return bytes(block.bytes())

    def _fetch(self) -> None:
        # The next block is made while PostgreSQL writes this one down.
        self._ahead = asyncio.create_task(asyncio.to_thread(self._result.fetch))
