from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest

from siyu import tables
from siyu.core.analytics import Analytics, EngineProcess
from siyu.core.clock import FixedClock
from siyu.core.db import Database, DatabaseUrls, setup
from siyu.core.postgres import EmbeddedPostgres
from tests.people.picture.picture_world import World

MASTER_KEY = b"0123456789abcdef0123456789abcdef"


@pytest.fixture
async def world(
    postgres: EmbeddedPostgres, tmp_path: Path, clock: FixedClock
) -> AsyncIterator[World]:
    urls = DatabaseUrls.embedded(postgres.socket_dir, f"picture_{uuid4().hex}")
    await setup.create_database(urls, MASTER_KEY)
    await setup.migrate(urls, tables.metadata)
    db = Database(urls)
    engine = EngineProcess(tmp_path / "analytics", memory_bytes=1 << 30)
    await engine.start()
    analytics = Analytics.from_home(tmp_path / "analytics")
    yield World(db, clock, engine, analytics)
    await analytics.close()
    await engine.stop()
    await db.close()
