"""`siyu serve`: the servers it stands on and one process for each role, kept alive together."""

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Final

import structlog

from siyu import tables
from siyu.accounts.tenants import only_tenant, open_tenant
from siyu.core.analytics import EngineProcess
from siyu.core.analytics.schema import ensure_schema
from siyu.core.clock import SystemClock
from siyu.core.db import Database, DatabaseUrls, setup
from siyu.core.settings import Settings
from siyu.core.vault import MasterKey
from siyu.processes import PARENT_FD
from siyu.runtime import analytics_client, analytics_home, database_server, master_key

_log = structlog.get_logger(__name__)

_STOP_SECONDS: Final = 12.0
_LONGEST_PAUSE: Final = 15.0
_STABLE_SECONDS: Final = 30.0


class ChildFailed(Exception):
    """A process ended before it was told to, more than once in a row."""


class Child:
    """A process of ours that is started again when it dies, and dies with us."""

    def __init__(self, name: str, arguments: list[str], environment: Mapping[str, str]) -> None:
        self.name = name
        self._arguments = arguments
        self._environment = environment

    async def run(self, stop: asyncio.Event) -> None:
        """Keep the process running until `stop` is set."""
        pause = 0.5
        loop = asyncio.get_running_loop()
        while not stop.is_set():
            started = loop.time()
            code = await self._once(stop)
            if stop.is_set():
                return
            if loop.time() - started > _STABLE_SECONDS:
                pause = 0.5
            _log.error("process.died", process=self.name, code=code, again_in=pause)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    async def _once(self, stop: asyncio.Event) -> int:
        read_end, write_end = os.pipe()
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "siyu.cli",
                *self._arguments,
                env={**os.environ, **self._environment, PARENT_FD: str(read_end)},
                pass_fds=[read_end],
                # A Ctrl-C in the terminal is for us: we stop the children in order.
                start_new_session=True,
            )
        finally:
            os.close(read_end)
        try:
            ended = asyncio.create_task(process.wait())
            told = asyncio.create_task(stop.wait())
            await asyncio.wait({ended, told}, return_when=asyncio.FIRST_COMPLETED)
            if not ended.done():
                process.terminate()
                try:
                    await asyncio.wait_for(asyncio.shield(ended), _STOP_SECONDS)
                except TimeoutError:
                    process.kill()
            told.cancel()
            return await ended
        finally:
            os.close(write_end)


async def prepare(settings: Settings, urls: DatabaseUrls) -> None:
    """Bring the database to this version, and open the first tenant of a fresh installation."""
    key = master_key(settings)
    await setup.create_database(urls, key)
    await setup.migrate(urls, tables.metadata)
    db = Database(urls, pool_size=2)
    try:
        if await only_tenant(db) is None:
            await open_tenant(
                db,
                SystemClock(),
                MasterKey(key),
                name="我的企业",
                host=settings.base_host,
                wildcard=settings.wildcard_host,
            )
    finally:
        await db.close()


@contextlib.asynccontextmanager
async def engine(settings: Settings) -> AsyncIterator[None]:
    """Have the analytics engine while the block runs: the enterprise's own, or the embedded one."""
    process: EngineProcess | None = None
    if settings.clickhouse_url is None:
        process = EngineProcess(analytics_home(settings))
        await process.start()
    client = analytics_client(settings)
    try:
        await ensure_schema(client, tables=tables.ENGINE)
        yield
    finally:
        await client.close()
        if process is not None:
            await process.stop()


async def serve(
    settings: Settings, stop: asyncio.Event, ready: asyncio.Event, *, others: Sequence[Child] = ()
) -> None:
    """Run everything, and `others`, until `stop` is set; `ready` is set when the servers stand."""
    environment = child_environment(settings)
    with database_server(settings) as urls:
        # The engine takes a second to open its files, the database needs that to migrate.
        async with contextlib.AsyncExitStack() as stack:
            opening = asyncio.create_task(stack.enter_async_context(engine(settings)))
            await prepare(settings, urls)
            await opening
            ready.set()
            children = [*own_processes(environment), *others]
            await asyncio.gather(*(child.run(stop) for child in children))


def own_processes(environment: Mapping[str, str]) -> list[Child]:
    """Return siyu's processes, the slowest to start first; welcomes have one of their own."""
    return [
        Child("worker", ["worker", "--only", "background"], environment),
        Child("web", ["web"], environment),
        Child("welcomes", ["worker", "--only", "welcomes"], environment),
    ]


def child_environment(settings: Settings) -> dict[str, str]:
    """Return the environment that gives children the same settings."""
    values = settings.model_dump(mode="json", exclude_none=True)
    secrets = {
        name: secret.get_secret_value()
        for name in ("clickhouse_url", "master_key")
        if (secret := getattr(settings, name)) is not None
    }
    return {f"SIYU_{name.upper()}": str(value) for name, value in (values | secrets).items()}
