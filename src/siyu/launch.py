"""What the commands do that start or prepare the whole system."""

import asyncio
import contextlib
import sys
from collections.abc import Iterator
from typing import Final, NoReturn

from siyu import tables
from siyu.core.analytics.process import EngineFailed
from siyu.core.db import setup
from siyu.core.db.database import engine_url
from siyu.core.db.roles import UnsafeRole
from siyu.core.db.setup import NewerDatabase
from siyu.core.logs import configure_logs
from siyu.core.postgres import PostgresUnavailable
from siyu.core.settings import Settings
from siyu.processes import PortTaken, watch_stop
from siyu.runtime import database_server, master_key
from siyu.supervisor import serve as run_all

_WORLD_DATABASE: Final = "siyu_world"


def serve(settings: Settings) -> None:
    """Run everything until stopped."""
    configure_logs(settings)

    async def run() -> None:
        stop, ready = asyncio.Event(), asyncio.Event()
        watch_stop(stop)
        await run_all(settings, stop, ready)

    with said():
        asyncio.run(run())


def migrate(settings: Settings, *, check: bool) -> list[str]:
    """Bring the database to this version; with `check`, return how tables differ from models."""

    async def run() -> list[str]:
        with database_server(settings) as urls:
            await setup.create_database(urls, master_key(settings))
            await setup.migrate(urls, tables.metadata)
            return await setup.drift(urls, tables.metadata) if check else []

    with said():
        return asyncio.run(run())


def sandbox(settings: Settings, *, port: int, seed: int, customers: int) -> None:
    """Run the simulated world alone, in a database of its own."""
    # Imported here: nothing of siyu proper may need the world.
    from siyu.sandbox.server import serve as serve_world  # noqa: PLC0415
    from siyu.sandbox.settings import SandboxSettings  # noqa: PLC0415

    configure_logs(settings)

    async def run() -> None:
        stop = asyncio.Event()
        watch_stop(stop)
        with database_server(settings) as urls:
            address = engine_url(urls.admin).set(database=_WORLD_DATABASE)
            world = SandboxSettings(
                database_url=address.render_as_string(hide_password=False),
                port=port,
                base_url=f"http://world.{settings.base_host}:{port}",
                seed=seed,
                customers=customers,
            )
            await serve_world(world, stop)

    import uvloop  # noqa: PLC0415 - not on every platform

    with said():
        uvloop.run(run())


_KNOWN = (NewerDatabase, PortTaken, PostgresUnavailable, UnsafeRole, EngineFailed)


@contextlib.contextmanager
def said() -> Iterator[None]:
    """Tell known failures in one sentence instead of a traceback."""
    try:
        yield
    except BaseExceptionGroup as group:
        known, other = group.split(_KNOWN)
        if known is None or other is not None:
            raise
        _tell(known.exceptions[0])
    except _KNOWN as error:
        _tell(error)


def _tell(error: BaseException) -> NoReturn:
    sys.stderr.write(f"siyu: {error}\n")
    raise SystemExit(1)
