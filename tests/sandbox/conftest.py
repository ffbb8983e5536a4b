"""A world of its own for every test, over HTTP, on the shared PostgreSQL."""

import uuid
from collections.abc import AsyncIterator, Iterator

import pytest
from outside import Outside, listening
from worlds import WorldClient, connect, running

from siyu.core.postgres import EmbeddedPostgres
from siyu.sandbox.settings import SandboxSettings
from tests.ports import reserved_port


@pytest.fixture
def settings(postgres: EmbeddedPostgres) -> Iterator[SandboxSettings]:
    place = f"host={postgres.socket_dir}&schema=w{uuid.uuid4().hex}"
    with reserved_port() as port:
        yield SandboxSettings(
            database_url=f"postgresql+asyncpg://postgres@/worlds?{place}",
            port=port,
            base_url=f"http://world.siyu.localhost:{port}",
            customers=40,
        )


@pytest.fixture
async def world(settings: SandboxSettings) -> AsyncIterator[WorldClient]:
    async with running(settings) as client:
        yield client


@pytest.fixture
async def outside() -> AsyncIterator[Outside]:
    with reserved_port() as port:
        async with listening(Outside(port)) as listener:
            yield listener


@pytest.fixture
async def connected(world: WorldClient, outside: Outside) -> WorldClient:
    await connect(world, outside)
    return world
