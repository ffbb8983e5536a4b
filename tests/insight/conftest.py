from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from siyu.core.analytics import Analytics, EngineProcess
from siyu.core.analytics.feeder import Feeder
from siyu.core.clock import FixedClock
from siyu.core.db import Database
from siyu.core.stream.sequencer import Sequencer

MEMORY = 1 << 30


@pytest.fixture(scope="session")
async def analytics(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Analytics]:
    """A running engine and a client of it."""
    home: Path = tmp_path_factory.mktemp("insight")
    engine = EngineProcess(home, memory_bytes=MEMORY)
    await engine.start()
    client = Analytics.from_home(home)
    yield client
    await client.close()
    await engine.stop()


@pytest.fixture
async def feed(
    db: Database, analytics: Analytics, clock: FixedClock
) -> Callable[[], Awaitable[None]]:
    """Carry everything that was announced into the stream and into the engine."""
    sequencer, feeder = Sequencer(db, clock), Feeder(db, analytics, clock)
    await sequencer.prepare()

    async def carry() -> None:
        while await sequencer.step():
            pass
        await feeder.drain()

    return carry
