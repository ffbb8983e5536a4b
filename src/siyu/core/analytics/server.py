"""The process that owns the embedded analytics engine: `siyu analytics`.

chdb lives in a process of its own, so that web and worker share it, and an engine that
runs out of memory takes nobody along. It never forks (children of a process with an
open engine hang), owns its folder by a lock, and goes when its parent goes.
"""

import argparse
import asyncio
import contextlib
import fcntl
import functools
import logging
import os
import secrets
import signal
import socket
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from pathlib import Path

import uvicorn

from siyu.core.analytics import endpoint
from siyu.core.analytics.endpoint import Endpoint
from siyu.core.analytics.engine import Engine
from siyu.core.analytics.front import Front

log = logging.getLogger(__name__)

PARENT_FD = "SIYU_PARENT_FD"
"""Environment variable with the number of an inherited pipe's reading end; its end of file
means that the parent is gone."""
HOST = "127.0.0.1"
USER = "siyu"
_GRACE = 1.0
"""Seconds that running queries are left when the engine is to stop."""
_GIB = 1 << 30


class HomeTaken(Exception):
    """Another process owns the engine's folder; the message says which and what to do."""


def run(home: Path, *, port: int = 0, memory_bytes: int | None = None) -> None:
    """Serve the engine in `home` until SIGTERM, SIGINT, or the end of the parent.

    `port` 0 takes a free one. `memory_bytes` bounds what all queries together may use, by
    default two fifths of the machine. The address and key are in `home/endpoint.json`
    once the engine answers. Raises `HomeTaken`.
    """
    home = home.resolve()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    home.chmod(0o700)
    with owned(home):
        _utc()
        # the engine's address is a URL: relative, no character of the path can break it
        with contextlib.chdir(home):
            clean = asyncio.run(_serve(home, port, memory_bytes or default_memory()))
        if not clean:
            # A query that cannot be stopped would hold up the interpreter's exit for ever;
            # the engine's files are safe to leave at any moment.
            log.warning("analytics: a query did not stop; leaving without it")
            os._exit(0)


@contextlib.contextmanager
def owned(home: Path) -> Iterator[None]:
    """Own the folder while the block runs. Raises `HomeTaken`."""
    with (home / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip() or "?"
            raise HomeTaken(
                f"分析引擎的数据目录 {home} 正由另一个进程(pid {holder})使用。"
                "请先停止它,或换一个数据目录。"
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        endpoint.remove(home)
        yield


def default_memory() -> int:
    """Return two fifths of what this machine or container may use, at least 1 GiB."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with contextlib.suppress(OSError, ValueError):
        total = min(total, int(Path("/sys/fs/cgroup/memory.max").read_text()))
    return max(_GIB, total * 2 // 5)


class _Server(uvicorn.Server):
    """Uvicorn that leaves signals to us and says when it accepts."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()


async def _serve(home: Path, port: int, memory_bytes: int) -> bool:
    engine = Engine("data", memory_bytes=memory_bytes, readers=max(4, os.cpu_count() or 1))
    await asyncio.to_thread(engine.open)
    # The engine swallows Ctrl-Z; give it back.
    signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    listener = _listener(port)
    key = secrets.token_urlsafe(32)
    here = Endpoint(f"http://{HOST}:{listener.getsockname()[1]}", USER, key, os.getpid())
    config = uvicorn.Config(
        Front(engine, USER, key),
        lifespan="off",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=90,  # longer than clients keep connections, so that they close first
        timeout_graceful_shutdown=5,
    )
    server = _Server(config, functools.partial(endpoint.write, home, here))

    async def stop() -> None:
        server.should_exit = True
        await asyncio.sleep(_GRACE)
        while True:
            await engine.interrupt()
            await asyncio.sleep(_GRACE)

    async with _stopped_by(stop):
        await server.serve(sockets=[listener])
        endpoint.remove(home)
        return await engine.close()


def _listener(port: int) -> socket.socket:
    # Named TCP outright: asyncio leaves Nagle's algorithm on for sockets of protocol 0, which
    # costs 40 ms an answer.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.bind((HOST, port))
    listener.listen(2048)
    return listener


@contextlib.asynccontextmanager
async def _stopped_by(stop: Callable[[], Coroutine[None, None, None]]) -> AsyncIterator[None]:
    """Start `stop` on SIGTERM, on SIGINT, and when the parent's end of the pipe closes."""
    loop = asyncio.get_running_loop()
    stopping: list[asyncio.Task[None]] = []

    def begin() -> None:
        if not stopping:
            stopping.append(loop.create_task(stop()))

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, begin)
    parent = os.environ.get(PARENT_FD)

    def parent_gone() -> None:
        loop.remove_reader(int(parent or -1))
        begin()

    if parent is not None:
        loop.add_reader(int(parent), parent_gone)
    try:
        yield
    finally:
        if parent is not None:
            loop.remove_reader(int(parent))
        for task in stopping:
            task.cancel()


def _utc() -> None:
    """Make UTC the engine's zone, whatever the machine's is; before the engine is loaded."""
    os.environ["TZ"] = "UTC"
    time.tzset()


def main() -> None:
    """Run from a command line; `siyu analytics` and `EngineProcess` come here."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--path", type=Path, required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--memory", type=int, default=None, help="bytes")
    arguments = parser.parse_args()
    # Its lines come amid what the parent prints for people: only what went wrong is for them.
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    try:
        run(arguments.path, port=arguments.port, memory_bytes=arguments.memory)
    except HomeTaken as taken:
        raise SystemExit(str(taken)) from None
