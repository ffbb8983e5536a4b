"""Real servers for tests: one embedded PostgreSQL for all, one database per worker.

Each test makes its own tenant, so nothing is ever cleaned up.
"""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from siyu import tables
from siyu.core.clock import Clock, FixedClock, SystemClock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database, DatabaseUrls, setup
from siyu.core.postgres import EmbeddedPostgres
from siyu.core.vault import MasterKey
from tests.web import Installation, installation

MASTER_KEY = b"0123456789abcdef0123456789abcdef"

# The same examples on every machine, however slow; `--hypothesis-profile=default` looks for others.
settings.register_profile(
    "siyu", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("siyu")


class BrowserTogether(LoadScopeScheduling):
    """Gives all tests that drive a browser to one worker: one demonstration is enough."""

    def _split_scope(self, nodeid: str) -> str:
        return "browser" if nodeid.startswith("tests/browser/") else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> BrowserTogether:
    """Share the tests among the workers."""
    return BrowserTogether(config, log)


class SomeonesClock:
    """The clock of whichever test is running."""

    def __init__(self) -> None:
        self.of: Clock = SystemClock()

    def now(self) -> datetime:
        """Return the moment of that clock."""
        return self.of.now()


@pytest.fixture(scope="session")
def postgres() -> Iterator[EmbeddedPostgres]:
    """The server that all workers of this run share."""
    shared = os.environ.get("SIYU_TEST_HOME")
    with tempfile.TemporaryDirectory(prefix="siyu-test-") as own:
        home = Path(shared or own)
        with EmbeddedPostgres(home / "postgres", max_connections=200, durable=False) as server:
            yield server


@pytest.fixture(scope="session")
def urls(postgres: EmbeddedPostgres, worker_id: str) -> DatabaseUrls:
    """A migrated database of this worker's own."""
    name = f"siyu_{worker_id}_{os.getpid()}"
    urls = DatabaseUrls.embedded(postgres.socket_dir, name)

    async def prepare() -> None:
        await setup.create_database(urls, MASTER_KEY)
        await setup.migrate(urls, tables.metadata)

    asyncio.run(prepare())
    return urls


@pytest.fixture(scope="session")
async def db(urls: DatabaseUrls) -> AsyncIterator[Database]:
    """Pools on this worker's database."""
    database = Database(urls)
    yield database
    await database.close()


@pytest.fixture
def clock() -> FixedClock:
    """A clock the test moves; it begins on a Wednesday morning in China."""
    return FixedClock(datetime(2026, 11, 18, 2, 0, tzinfo=UTC))


_tenant_ids = count(1_000_000)  # above what `open_tenant` gives out


@pytest.fixture
def tenant_id() -> int:
    """A tenant that only this test knows."""
    return next(_tenant_ids)


@pytest.fixture
def master() -> MasterKey:
    """The master key of this run."""
    return MasterKey(MASTER_KEY)


@pytest.fixture
async def ctx(db: Database, clock: FixedClock, tenant_id: int) -> AsyncIterator[Context]:
    """A unit of work of the system's own; commits when the test ends."""
    async with db.tenant(tenant_id) as session:
        yield Context(tenant_id=tenant_id, actor=SYSTEM_ACTOR, clock=clock, session=session)


@pytest.fixture(scope="session")
async def installed(
    urls: DatabaseUrls, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Installation]:
    """The whole web application of this worker, running in this process on the test's servers."""
    home = tmp_path_factory.mktemp("site")
    async with installation(urls, SomeonesClock(), home, MASTER_KEY) as running:
        yield running


@pytest.fixture
def site(installed: Installation, clock: FixedClock) -> Installation:
    """The whole web application, by the clock of this test."""
    installed.runtime.clock.of = clock  # type: ignore[attr-defined] - it is `SomeonesClock`
    return installed
