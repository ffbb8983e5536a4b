"""Running one role as a process: signals, the parent's death, an orderly end."""

import asyncio
import contextlib
import gc
import os
import signal
from collections.abc import AsyncIterator, Iterator
from typing import Final, Literal

import structlog
import uvicorn

from siyu.accounts.employees import needs_administrator
from siyu.accounts.setup_code import setup_code
from siyu.accounts.tenants import only_tenant
from siyu.app import Web
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.logs import configure_logs
from siyu.core.settings import Settings
from siyu.runtime import Runtime, database_server, runtime
from siyu.worker import Part, work

_log = structlog.get_logger(__name__)

Role = Literal["web", "worker"]

PARENT_FD: Final = "SIYU_PARENT_FD"
"""Environment variable that names a pipe of the parent's: its end is the parent's end."""


_COLLECT_AFTER: Final = 5_000
"""New objects between two collections; the default is less than one request's."""


class PortTaken(Exception):
    """Another program listens on the port."""


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to us: the library re-raises them and skips everybody's clean-up."""
        yield


def watch_stop(stop: asyncio.Event) -> None:
    """Set `stop` on SIGTERM, SIGINT and the parent's death."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    parent = os.environ.get(PARENT_FD)
    if parent is not None:
        loop.add_reader(int(parent), _parent_gone, loop, int(parent), stop)


def _parent_gone(loop: asyncio.AbstractEventLoop, descriptor: int, stop: asyncio.Event) -> None:
    # Nobody writes to the pipe: that it can be read means that its other end was closed.
    loop.remove_reader(descriptor)
    stop.set()


@contextlib.asynccontextmanager
async def serving(app: object, host: str, port: int) -> AsyncIterator[None]:
    """Serve an ASGI application over HTTP while the block runs; raises `PortTaken`."""
    config = uvicorn.Config(
        app,  # type: ignore[arg-type]  # ours are typed by core.web.asgi
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=5,
        server_header=False,
        proxy_headers=True,
        backlog=2048,
    )
    server = _Server(config)
    try:
        sockets = [config.bind_socket()]
    except SystemExit as error:  # the library's way of saying that the port is taken
        raise PortTaken(f"端口 {port} 已被占用，请关闭占用它的程序，或换一个端口。") from error
    task = asyncio.create_task(server.serve(sockets=sockets))
    try:
        while not server.started and not task.done():  # noqa: ASYNC110 - the library sets a plain flag
            await asyncio.sleep(0.01)
        yield
    finally:
        server.should_exit = True
        await task


async def _web(settings: Settings, stop: asyncio.Event) -> None:
    with database_server(settings) as urls:
        async with runtime(settings, urls, pool_size=settings.web_pool_size) as services:
            web = Web(services)
            async with web.running(), serving(web, settings.host, settings.port):
                _log.info("web.ready", address=settings.public_base)
                if (tenant_id := await only_tenant(services.db)) is not None:
                    await invite(services, tenant_id)
                await stop.wait()
                web.closing.set()


async def invite(services: Runtime, tenant_id: int) -> None:
    """Tell whoever started siyu how to enter, while the enterprise has no administrator."""
    async with services.db.tenant(tenant_id) as session:
        ctx = Context(tenant_id, SYSTEM_ACTOR, services.clock, session)
        if await needs_administrator(ctx):
            settings = services.settings
            address, code = f"{settings.public_base}/console/", setup_code(settings.data_dir)
            _log.info("setup.needed", address=address, code=code)


async def _worker(settings: Settings, stop: asyncio.Event, only: Part | None) -> None:
    with database_server(settings) as urls:
        async with runtime(settings, urls, pool_size=settings.worker_pool_size) as services:
            _log.info("worker.ready", only=only)
            await work(services, stop, only)


async def _until_stopped(role: Role, settings: Settings, only: Part | None) -> None:
    stop = asyncio.Event()
    watch_stop(stop)
    await (_web(settings, stop) if role == "web" else _worker(settings, stop, only))


def spare_the_collector() -> None:
    """Leave what was imported out of garbage collections, which would look at all of it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER, 20, 20)


def run_role(role: Role, settings: Settings, *, only: Part | None = None) -> None:
    """Run a web process, or a worker with all its parts or one of them, until stopped."""
    configure_logs(settings)
    spare_the_collector()
    import uvloop  # noqa: PLC0415 - not on every platform

    uvloop.run(_until_stopped(role, settings, only))
