"""Starts the engine's process for a parent, waits for it, starts it again when it dies."""

import asyncio
import contextlib
import logging
import os
import sys
from pathlib import Path

from siyu.core.analytics import endpoint
from siyu.core.analytics.server import PARENT_FD

log = logging.getLogger(__name__)

_POLL = 0.02
_STABLE = 30.0
_FIRST_PAUSE = 0.2
_LONGEST_PAUSE = 10.0


class EngineFailed(Exception):
    """The engine's process ended before it answered; its standard error says why."""


class EngineProcess:
    """The engine in `home` as a child of this process, with which it ends, however that ends."""

    def __init__(self, home: Path, *, port: int = 0, memory_bytes: int | None = None) -> None:
        self.home = home
        self._arguments = ["--path", str(home), "--port", str(port)]
        if memory_bytes is not None:
            self._arguments += ["--memory", str(memory_bytes)]
        self._child: asyncio.subprocess.Process | None = None
        self._pipe: int | None = None
        self._keeping: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """Process id of the running engine."""
        return (
            None if self._child is None or self._child.returncode is not None else self._child.pid
        )

    async def start(self, *, seconds: float = 60.0) -> None:
        """Start the engine and keep it running. Raises `EngineFailed` or `TimeoutError`."""
        await self._spawn(seconds)
        self._keeping = asyncio.create_task(self._keep())

    async def stop(self, *, seconds: float = 15.0) -> None:
        """Stop the engine; after `seconds` it is killed."""
        if self._keeping is not None:
            self._keeping.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._keeping
            self._keeping = None
        child = self._child
        if child is not None and child.returncode is None:
            child.terminate()
            try:
                await asyncio.wait_for(child.wait(), seconds)
            except TimeoutError:
                child.kill()
                await child.wait()
        self._release()

    async def _spawn(self, seconds: float = 60.0) -> None:
        self._release()
        reading, self._pipe = os.pipe()
        try:
            self._child = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "siyu.core.analytics",
                *self._arguments,
                stdin=asyncio.subprocess.DEVNULL,
                pass_fds=(reading,),
                env={**os.environ, PARENT_FD: str(reading)},
                start_new_session=True,  # Ctrl-C is for the parent, which stops us in its order
            )
        finally:
            os.close(reading)
        async with asyncio.timeout(seconds):
            while not self._announced():
                if self._child.returncode is not None:
                    raise EngineFailed(f"the analytics engine ended with {self._child.returncode}")
                await asyncio.sleep(_POLL)

    def _announced(self) -> bool:
        published = endpoint.read(self.home)
        return (
            published is not None and self._child is not None and published.pid == self._child.pid
        )

    async def _keep(self) -> None:
        loop = asyncio.get_running_loop()
        pause = 0.0
        while self._child is not None:
            since = loop.time()
            status = await self._child.wait()
            stable = loop.time() - since > _STABLE
            pause = 0.0 if stable else min(_LONGEST_PAUSE, 2 * pause or _FIRST_PAUSE)
            log.error("analytics: the engine ended with %s; starting again in %s s", status, pause)
            await asyncio.sleep(pause)
            try:
                await self._spawn()
            except (EngineFailed, TimeoutError, OSError) as error:
                log.error("analytics: the engine did not start: %r", error)  # noqa: TRY400

    def _release(self) -> None:
        if self._pipe is not None:
            os.close(self._pipe)
            self._pipe = None
