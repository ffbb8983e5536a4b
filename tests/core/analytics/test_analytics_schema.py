from uuid import uuid4

import pytest

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
    assert dict(found) == EVENT.columns


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
        for statement in (*cluster.create(table), *cluster.add_column(table, "position"))
    ]
    for statement in statements:
        assert "ON CLUSTER 'main'" in statement
        await analytics.query(f"EXPLAIN AST {statement}")
