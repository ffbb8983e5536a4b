"""Running the world as a server of its own."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import Iterator

import uvicorn

from siyu.sandbox.app import SandboxApp
from siyu.sandbox.settings import SandboxSettings

_STOP_SECONDS = 5


class _Server(uvicorn.Server):
    """Leaves signals to whoever runs it: uvicorn re-raises them and skips the clean-up."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve(settings: SandboxSettings, stop: asyncio.Event | None = None) -> None:
    """Serve until ``stop`` is set (or, without one, until SIGINT or SIGTERM)."""
    ending = stop or asyncio.Event()
    app = SandboxApp(settings)
    server = _Server(
        uvicorn.Config(
            app,
            host=settings.host,
            port=settings.port,
            log_level="warning",
            timeout_graceful_shutdown=_STOP_SECONDS,
            server_header=False,
            date_header=False,
        )
    )
    if stop is None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, ending.set)
    serving = asyncio.create_task(server.serve())
    waiting = asyncio.create_task(ending.wait())
    await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if app.sandbox is not None:
        app.sandbox.world.feed.close()  # open streams and long polls would hold the stop up
        await app.sandbox.world.agenda.close()
    server.should_exit = True
    waiting.cancel()
    await serving


def run(settings: SandboxSettings) -> None:
    """Serve in the foreground."""
    if sys.platform == "win32":
        asyncio.run(serve(settings))
    else:
        import uvloop  # noqa: PLC0415  not on every platform

        uvloop.run(serve(settings))
