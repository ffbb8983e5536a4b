import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from uuid import uuid4

import pytest
import pytest_asyncio

from siyu.core.analytics import Analytics, EngineProcess

MEMORY = 1 << 30


@pytest_asyncio.fixture(scope="session")
async def home(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Path]:
    """Home of a running engine, with a name that no URL or shell likes."""
    folder = tmp_path_factory.mktemp("analytics") / "数据 ?&'x"
    engine = EngineProcess(folder, memory_bytes=MEMORY)
    await engine.start()
    yield folder
    await engine.stop()


@pytest_asyncio.fixture(scope="session")
async def analytics(home: Path) -> AsyncIterator[Analytics]:
    client = Analytics.from_home(home)
    yield client
    await client.close()


@pytest.fixture
def table() -> str:
    return f"t_{uuid4().hex}"


@pytest.fixture
def eventually() -> Callable[[Callable[[], Awaitable[bool]]], Awaitable[None]]:
    async def wait(holds: Callable[[], Awaitable[bool]]) -> None:
        while not await holds():  # noqa: ASYNC110 - the suite's time-out ends what never comes
            await asyncio.sleep(0.02)

    return wait
