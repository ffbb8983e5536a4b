"""The limit: the same server, on the same sockets, that answers at once and does nothing else."""

import asyncio
import multiprocessing
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from multiprocessing.context import SpawnProcess
from typing import Any

import uvloop

from siyu.core.web.asgi import ASGIApp, Receive, Scope, Send
from siyu.processes import serving


@dataclass(frozen=True)
class Bare:
    """One answer to everything."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...] = ()
    body: bytes = b""

    async def __call__(self, _: Scope, receive: Receive, send: Send) -> None:
        """Read the request to its end, as any server must, and answer."""
        while (await receive()).get("more_body", False):
            pass
        start: dict[str, Any] = {"type": "http.response.start", "status": self.status}
        await send({**start, "headers": list(self.headers)})
        await send({"type": "http.response.body", "body": self.body})


async def _serve(bare: ASGIApp, port: int) -> None:
    stop = asyncio.Event()
    parent = multiprocessing.parent_process()
    if parent is not None:
        asyncio.get_running_loop().add_reader(parent.sentinel, stop.set)
    async with serving(bare, "127.0.0.1", port):
        await stop.wait()


def _run(bare: ASGIApp, port: int) -> None:
    uvloop.run(_serve(bare, port))


@asynccontextmanager
async def bare_server(bare: ASGIApp, port: int) -> AsyncIterator[None]:
    """Serve `bare` from another process while the block runs."""
    process: SpawnProcess = multiprocessing.get_context("spawn").Process(
        target=_run, args=(bare, port), daemon=True
    )
    process.start()
    try:
        await _listening(port)
        yield
    finally:
        process.terminate()
        await asyncio.to_thread(process.join)


async def _listening(port: int) -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except ConnectionRefusedError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return
