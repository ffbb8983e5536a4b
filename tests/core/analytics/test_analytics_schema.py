from uuid import uuid4

import pytest

from siyu import tables
from siyu.core.analytics import Analytics, endpoint
from siyu.core.analytics.schema import (
    EVENT,
    IDENTITY_OWNER,
    OWNERS,
    TABLES,
    VERSION,
    NewerSchema,
    Topology,
    ensure_schema,
)


@pytest.fixture
async def fresh(home, analytics: Analytics):
    """The same engine, in a database of this test's own."""
    here = endpoint.read(home)
    assert here is not None
    name = f"schema_{uuid4().hex}"
    await analytics.command(f"CREATE DATABASE {name}")
    client = Analytics(f"{here.url}/{name}", here.user, here.key)
    yield client
    await client.close()


async def test_it_makes_tables_and_may_be_repeated(fresh: Analytics) -> None:
    await ensure_schema(fresh)
    await ensure_schema(fresh)
    names = {name for (name,) in await fresh.query("SHOW TABLES")}
    assert names == {"event", "identity_owner", "schema_version"}
    assert list(await fresh.query("SELECT version FROM schema_version")) == [(VERSION,)]


async def test_it_adds_columns_that_came_later(fresh: Analytics) -> None:
    await ensure_schema(fresh)
    await fresh.command("ALTER TABLE event DROP COLUMN depth")
    await ensure_schema(fresh)
    found = await fresh.query(
        "SELECT name, type FROM system.columns"
        " WHERE database = currentDatabase() AND table = 'event'"
    )
    assert dict(found) == EVENT.columns | EVENT.derived


async def codecs(client: Analytics, table: str) -> dict[str, str]:
    rows = await client.query(
        "SELECT name, compression_codec FROM system.columns"
        " WHERE database = currentDatabase() AND table = {table:String}",
        {"table": table},
    )
    return dict(rows)


async def test_columns_are_packed_as_declared(fresh: Analytics) -> None:
    """In the engine's own words: else each start would change them again."""
    await ensure_schema(fresh, tables=tables.ENGINE)
    for table in (*TABLES, *tables.ENGINE):
        assert await codecs(fresh, table.name) == table.codecs()


async def test_columns_that_were_packed_otherwise_are_packed_anew(fresh: Analytics) -> None:
    await ensure_schema(fresh)
    for change in ("position UInt64 CODEC(ZSTD(3))", "identity_id REMOVE CODEC"):
        await fresh.command(f"ALTER TABLE event MODIFY COLUMN {change}")
    await ensure_schema(fresh)
    assert await codecs(fresh, "event") == EVENT.codecs()


async def properties_as_columns(client: Analytics, text: str, *names: str) -> list[object]:
    await client.command("TRUNCATE TABLE event")
    await client.insert("event", ["id", "properties"], [(uuid4(), text)])
    (event,) = (await client.query("SELECT * FROM event")).named()
    return [event[name] for name in names]


async def test_properties_have_columns_of_their_own(fresh: Analytics) -> None:
    await ensure_schema(fresh)
    names = ("customer_id", "amount_fen", "seconds", "first", "kind", "depth")
    text = '{"customer_id": 9, "amount_fen": -5, "seconds": 3, "first": true, "kind": "h5"}'
    assert await properties_as_columns(fresh, text, *names) == [9, -5, 3.0, True, "h5", 0]
    assert await properties_as_columns(fresh, "{}", *names) == [0, 0, 0.0, False, "", 0]


async def test_an_odd_property_stops_nothing(fresh: Analytics) -> None:
    await ensure_schema(fresh)
    text = (
        '{"customer_id": -1, "order_id": 18446744073709551616, "seconds": "fast",'
        ' "kind": null, "amount_fen": [1], "tag_id": 3}'
    )
    names = ("customer_id", "order_id", "seconds", "kind", "amount_fen", "tag_id")
    assert await properties_as_columns(fresh, text, *names) == [0, 0, 0.0, "", 0, 3]
    assert await properties_as_columns(fresh, "[]", "tag_id") == [0]


async def test_a_column_that_came_later_knows_older_facts(fresh: Analytics) -> None:
    await ensure_schema(fresh)
    await fresh.command("ALTER TABLE event DROP COLUMN tag_id")
    await fresh.insert("event", ["id", "properties"], [(uuid4(), '{"tag_id": 3}')])
    await ensure_schema(fresh)
    assert (await fresh.query("SELECT tag_id FROM event")).scalar() == 3


async def test_it_refuses_tables_of_a_newer_version(fresh: Analytics) -> None:
    await ensure_schema(fresh)
    await fresh.insert("schema_version", ["version"], [(VERSION + 1,)])
    with pytest.raises(NewerSchema):
        await ensure_schema(fresh)


async def test_an_identity_belongs_to_whom_it_was_linked_last(fresh: Analytics) -> None:
    await ensure_schema(fresh)
    rows = [(1, 7, 70, 0, 3), (1, 7, 71, 0, 9), (1, 7, 72, 0, 5), (2, 7, 99, 0, 10)]
    for row in rows:
        await fresh.insert(IDENTITY_OWNER.name, list(IDENTITY_OWNER.columns), [row])
    assert list(await fresh.query("SELECT * FROM" + OWNERS, {"tenant": 1})) == [(7, 71)]


async def test_the_clusters_statements_are_sql(analytics: Analytics) -> None:
    cluster = Topology("main")
    statements = [
        statement
        for table in TABLES
        for statement in (
            *cluster.create(table),
            *cluster.add_column(table, "position"),
            cluster.repack(table, "position"),
        )
    ]
    for statement in statements:
        assert "ON CLUSTER 'main'" in statement
        await analytics.query(f"EXPLAIN AST {statement}")
