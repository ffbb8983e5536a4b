"""The engine's tables: the only module that knows engine names, ON CLUSTER and sharding.

Everything here is derived from the event stream and can be filled again from it. The
declarations say what tables look like now; `ensure_schema` creates what is missing, adds columns
that came later and says how columns are packed. A column's meaning never changes; a changed one
gets a new name.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from siyu.core.analytics.client import Analytics

VERSION: Final = 1
"""Raised when an older program could no longer work with the tables."""

OWNERS: Final = """(
    SELECT identity_id, argMax(customer_id, position) AS customer_id
    FROM identity_owner WHERE tenant_id = {tenant:UInt64} GROUP BY identity_id
)"""
"""Subquery: which customer each identity of the tenant `{tenant:UInt64}` belongs to now.

Join events to it by `identity_id`; after a merge or its undoing the same events simply
join to another customer. Identities nobody owns yet are missing from it.
"""


class NewerSchema(Exception):
    """The engine's tables were written by a newer version of siyu than this one."""


@dataclass(frozen=True)
class Table:
    """One table. `family` is the MergeTree engine's prefix with its arguments."""

    name: str
    columns: dict[str, str]
    """Columns that are written, with their types."""
    order_by: tuple[str, ...]
    sharding: str
    primary_key: tuple[str, ...] = ()
    partition_by: str | None = None
    family: str = ""
    arguments: str = ""
    indexes: tuple[str, ...] = ()
    derived: dict[str, str] = field(default_factory=dict)
    """Columns that the engine itself takes out of the JSON in `properties`."""
    bulky: tuple[str, ...] = ()
    """Columns that are seldom read and worth packing tighter."""
    tokens: int = 0
    """How many batches the engine knows again by their token; 0 where doubles do no harm."""

    def definitions(self) -> dict[str, str]:
        """Return what the statements that create the table or its columns say of each column."""
        members = ", ".join(f"{name} {kind}" for name, kind in self.derived.items())
        # All name the same expression, so that the engine reads the JSON once for all of them;
        # rows older than a column get it when they are read.
        whole = f"JSONExtract(properties, 'Tuple({members})')"
        derived = {
            name: f"{kind} DEFAULT tupleElement({whole}, '{name}')"
            for name, kind in self.derived.items()
        }
        codecs = self.codecs()
        return {name: f"{said} {codecs[name]}" for name, said in (self.columns | derived).items()}

    def codecs(self) -> dict[str, str]:
        """Return how each column is packed, in the words in which the engine tells it."""
        kinds = self.columns | self.derived
        return {
            name: _TIGHT if name in self.bulky else _codec(kind) for name, kind in kinds.items()
        }


_TIGHT: Final = "CODEC(ZSTD(3))"


def _codec(kind: str) -> str:
    """Return how values of a type are packed: for being read quickly, whole columns at a time.

    By default the engine packs large parts tightly, and unpacking took two thirds of a scan
    (docs/decisions/0016).
    """
    if "DateTime64" in kind:
        return "CODEC(Delta(8), LZ4)"
    if kind.startswith(("Int", "UInt")) and kind != "UInt8":
        return "CODEC(T64, LZ4)"
    return "CODEC(LZ4)"


PROPERTY_COLUMNS: Final = {
    "customer_id": "UInt64",
    "contact_id": "UInt64",
    "channel_id": "UInt64",
    "live_code_id": "UInt64",
    "material_id": "UInt64",
    "tracked_link_id": "UInt64",
    "visit_id": "UInt64",
    "order_id": "UInt64",
    "tag_id": "UInt64",
    "amount_fen": "Int64",
    "refund_fen": "Int64",
    "cost_fen": "Int64",
    "count": "Int64",
    "seconds": "Float64",
    "age_seconds": "Int64",
    "depth": "Int64",
    "first": "Bool",
    "forwarded": "Bool",
    "kind": "LowCardinality(String)",
    "method": "LowCardinality(String)",
    "source": "LowCardinality(String)",
}
"""Properties of facts that have a column of their own, under the same name.

A fact without the property, or with something odd in its place, holds 0, false or ''
there. Ids count from 1, so 0 means none; where 0 of a figure and its absence differ, ask
`properties`.
"""

EVENT: Final = Table(
    "event",
    {
        "shard": "UInt16",
        "position": "UInt64",
        "id": "UUID",
        "tenant_id": "UInt64",
        "type": "LowCardinality(String)",
        "version": "UInt16",
        "occurred_at": "DateTime64(3, 'UTC')",
        "recorded_at": "DateTime64(3, 'UTC')",
        "identity_id": "UInt64",
        "staff_account_id": "UInt64",
        "touch_id": "UInt64",
        "properties": "String",
    },
    derived=PROPERTY_COLUMNS,
    order_by=("tenant_id", "type", "occurred_at", "identity_id", "shard", "position"),
    primary_key=("tenant_id", "type", "occurred_at"),
    # By recording, not by occurrence: an import of ten years of orders is one batch, and
    # ClickHouse takes at most a hundred partitions in one.
    partition_by="toYYYYMM(recorded_at)",
    sharding="cityHash64(tenant_id, identity_id)",
    indexes=("INDEX by_position position TYPE minmax GRANULARITY 1",),
    bulky=("properties",),
    tokens=1000,
)
"""The event stream. `properties` is its JSON; the ids of absent things are 0."""

IDENTITY_OWNER: Final = Table(
    "identity_owner",
    {
        "tenant_id": "UInt64",
        "identity_id": "UInt64",
        "customer_id": "UInt64",
        "shard": "UInt16",
        "position": "UInt64",
    },
    order_by=("tenant_id", "identity_id"),
    sharding="cityHash64(tenant_id, identity_id)",
    family="Replacing",
    arguments="position",
)
"""Who an identity was said to belong to; the highest `position` (of its one shard) counts.

Whom it began with stands at position 0."""

_SCHEMA_VERSION: Final = Table(
    "schema_version",
    {"version": "UInt32", "applied_at": "DateTime64(3, 'UTC') DEFAULT now64(3)"},
    order_by=("version",),
    sharding="version",
)
TABLES: Final = (EVENT, IDENTITY_OWNER)

_SETTINGS: Final = (
    # Batches come once a second, so the two flushes cost nothing, and a power cut loses nothing
    # that the stream's cursor counts as delivered.
    "fsync_after_insert = 1, fsync_part_directory = 1"
)


@dataclass(frozen=True)
class Topology:
    """Where tables lie: on one server, or on each shard of `cluster` behind a distributed one."""

    cluster: str | None = None

    def create(self, table: Table) -> list[str]:
        """Return the statements that create a table where it does not exist."""
        body = ",\n    ".join(
            [f"`{name}` {kind}" for name, kind in table.definitions().items()] + list(table.indexes)
        )
        clauses = [f"ORDER BY ({', '.join(table.order_by)})"]
        if table.primary_key:
            clauses.insert(0, f"PRIMARY KEY ({', '.join(table.primary_key)})")
        if table.partition_by:
            clauses.insert(0, f"PARTITION BY {table.partition_by}")
        head = f"CREATE TABLE IF NOT EXISTS {self.stored(table)} (\n    {body}\n)"
        if self.cluster is None:
            engine = f"{table.family}MergeTree({table.arguments})"
            settings = f"{_SETTINGS}, non_replicated_deduplication_window = {table.tokens}"
            return ["\n".join([head, f"ENGINE = {engine}", *clauses, f"SETTINGS {settings}"])]
        place = f"'/clickhouse/tables/{{shard}}/{{database}}/{table.name}', '{{replica}}'"
        arguments = ", ".join(filter(None, [place, table.arguments]))
        engine = f"Replicated{table.family}MergeTree({arguments})"
        settings = f"{_SETTINGS}, replicated_deduplication_window = {table.tokens}"
        distributed = f"Distributed('{self.cluster}', currentDatabase(), {table.name}_local"
        front = f"CREATE TABLE IF NOT EXISTS {table.name} ON CLUSTER '{self.cluster}'"
        return [
            "\n".join([head, f"ENGINE = {engine}", *clauses, f"SETTINGS {settings}"]),
            f"{front} AS {table.name}_local ENGINE = {distributed}, {table.sharding})",
        ]

    def add_column(self, table: Table, column: str) -> list[str]:
        """Return the statements that give a table one of its columns when it lacks it."""
        change = f"ADD COLUMN IF NOT EXISTS `{column}` {table.definitions()[column]}"
        statements = [f"ALTER TABLE {self.stored(table)} {change}"]
        if self.cluster is not None:
            statements.append(f"ALTER TABLE {table.name} ON CLUSTER '{self.cluster}' {change}")
        return statements

    def repack(self, table: Table, column: str) -> str:
        """Return the statement that has a column packed as declared wherever it is written next."""
        change = f"MODIFY COLUMN `{column}` {table.codecs()[column]}"
        return f"ALTER TABLE {self.stored(table)} {change}"

    @property
    def insert_settings(self) -> dict[str, int]:
        """Settings under which an answered insert is in the tables, not on its way to them."""
        return {} if self.cluster is None else {"distributed_foreground_insert": 1}

    @property
    def delete_settings(self) -> dict[str, int]:
        """Settings under which a delete may ask other tables."""
        return {} if self.cluster is None else {"allow_nondeterministic_mutations": 1}

    def stored(self, table: Table) -> str:
        """Return how a statement that changes tables or deletes rows names a table."""
        if self.cluster is None:
            return table.name
        return f"{self.local(table)} ON CLUSTER '{self.cluster}'"

    def local(self, table: Table) -> str:
        """Return the name of the part of a table that lies on the server that is asked."""
        return table.name if self.cluster is None else f"{table.name}_local"


async def ensure_schema(
    analytics: Analytics, topology: Topology | None = None, tables: Sequence[Table] = ()
) -> None:
    """Bring the engine's tables, and `tables` of rooms, to this version.

    Safe to repeat and to race. Raises `NewerSchema`, and what `Analytics` raises.
    """
    place = topology or Topology()
    for statement in place.create(_SCHEMA_VERSION):
        await analytics.command(statement)
    found = (await analytics.query("SELECT max(version) FROM schema_version")).scalar()
    if found > VERSION:
        raise NewerSchema(
            f"分析引擎的数据由更新版本的 siyu 写入（结构版本 {found}）。"
            "请使用相同或更新的版本启动，或换一个数据目录。"
        )
    for table in (*TABLES, *tables):
        for statement in place.create(table):
            await analytics.command(statement)
        packed = await _codecs(analytics, place.local(table))
        for column, codec in table.codecs().items():
            if column not in packed:
                for statement in place.add_column(table, column):
                    await analytics.command(statement)
            elif packed[column] != codec:
                await analytics.command(place.repack(table, column))
    if found < VERSION:
        await analytics.insert("schema_version", ["version"], [(VERSION,)])


async def _codecs(analytics: Analytics, table: str) -> dict[str, str]:
    """Return the columns that a table has, with how each is packed."""
    rows = await analytics.query(
        "SELECT name, compression_codec FROM system.columns"
        " WHERE database = currentDatabase() AND table = {table:String}",
        {"table": table},
    )
    return dict(rows)
