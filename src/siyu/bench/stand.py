"""What benchmarks stand on: fresh servers in a folder of their own, gone afterwards."""

import asyncio
import shutil
import socket
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx

from siyu.core.db import Database, DatabaseUrls
from siyu.core.http import http_client
from siyu.core.settings import Settings
from siyu.runtime import database_server
from siyu.supervisor import child_environment, own_processes, prepare

HOST: Final = "siyu.localhost"
_READY_SECONDS: Final = 180.0


@dataclass(frozen=True)
class Stand:
    """Fresh servers and how to reach them."""

    settings: Settings
    urls: DatabaseUrls
    db: Database

    @asynccontextmanager
    async def running(self, *names: str) -> AsyncIterator[None]:
        """Run siyu's processes of these names while the block runs; yields when web is ready."""
        stop = asyncio.Event()
        children = own_processes(child_environment(self.settings))
        tasks = [asyncio.create_task(each.run(stop)) for each in children if each.name in names]
        try:
            if "web" in names:
                await answering(f"http://{HOST}:{self.settings.port}/healthz")
            yield
        finally:
            stop.set()
            await asyncio.gather(*tasks)


@asynccontextmanager
async def stand(**settings: Any) -> AsyncIterator[Stand]:
    """Have an empty, migrated database on a durable embedded server while the block runs.

    `settings` are settings of siyu's that differ from their defaults.
    """
    with_defaults: dict[str, Any] = {
        "port": free_port(), "base_host": HOST, "wildcard_host": True, "log_level": "error"
    } | settings  # fmt: skip
    async with AsyncExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="siyu-bench-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        chosen = Settings(data_dir=folder, **with_defaults)
        urls = stack.enter_context(database_server(chosen))
        await prepare(chosen, urls)
        db = Database(urls, pool_size=16)
        stack.push_async_callback(db.close)
        yield Stand(chosen, urls, db)


def free_port() -> int:
    """Return a port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def answering(url: str) -> None:
    """Wait until somebody answers at an address; raises `TimeoutError`."""
    async with asyncio.timeout(_READY_SECONDS), http_client() as http:
        while True:
            try:
                response = await http.get(url)
            except httpx.TransportError:
                await asyncio.sleep(0.1)
            else:
                if response.is_success:
                    return
                await asyncio.sleep(0.1)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which `share` of the values lie (nearest rank)."""
    if not values:
        return float("nan")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
