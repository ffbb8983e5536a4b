from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest
import pytest_asyncio

from siyu import tables
from siyu.core.analytics import Analytics, EngineProcess
from siyu.core.clock import FixedClock
from siyu.core.db import Database, DatabaseUrls, setup
from siyu.core.postgres import EmbeddedPostgres
from tests.people.picture.picture_world import World

MASTER_KEY = b"0123456789abcdef0123456789abcdef"


@pytest_asyncio.fixture(scope="session")
async def world(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[World]:
    """One for all tests of the picture, each with tenants and a leader of its own."""
    urls = DatabaseUrls.embedded(postgres.socket_dir, f"picture_{uuid4().hex}")
    await setup.create_database(urls, MASTER_KEY)
    await setup.migrate(urls, tables.metadata)
    db = Database(urls)
    home = tmp_path_factory.mktemp("picture") / "analytics"
    engine = EngineProcess(home, memory_bytes=1 << 30)
    await engine.start()
    analytics = Analytics.from_home(home)
    clock = FixedClock(datetime(2026, 11, 18, 2, 0, tzinfo=UTC))
    yield World(db, clock, engine, analytics)
    await analytics.close()
    await engine.stop()
    await db.close()
