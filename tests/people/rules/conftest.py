from collections.abc import AsyncIterator

import pytest

from siyu.core.analytics import Analytics, EngineProcess
from siyu.core.analytics.schema import Topology, ensure_schema
from siyu.people.picture.engine import TABLES
from tests.people.rules.worlds import World, build

MEMORY = 1 << 30


@pytest.fixture(scope="session")
async def analytics(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Analytics]:
    """A running engine with the picture's tables."""
    home = tmp_path_factory.mktemp("rules")
    engine = EngineProcess(home, memory_bytes=MEMORY)
    await engine.start()
    client = Analytics.from_home(home)
    await ensure_schema(client)
    for table in TABLES:
        for statement in Topology().create(table):
            await client.command(statement)
    yield client
    await client.close()
    await engine.stop()


@pytest.fixture(scope="session")
async def worlds(analytics: Analytics) -> list[World]:
    """Some tenants with thirty customers each."""
    return [await build(analytics, 7_000_000 + seed, seed) for seed in range(3)]
