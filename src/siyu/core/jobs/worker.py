"""Runs jobs from the queue."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Final

import asyncpg
import structlog
from pgqueuer import PgQueuer
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.persistence.qb import (
    QueryBuilderEnvironment,
    QueryQueueBuilder,
    QuerySchedulerBuilder,
)
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.domain.models import Job
from pgqueuer.ports.driver import Driver

from siyu.core.jobs.executor import HEARTBEAT, CarefulExecutor, read_job
from siyu.core.jobs.kinds import AnyHandler
from siyu.core.jobs.queue import QUEUE_SETTINGS

_log = structlog.get_logger(__name__)

_POLL: Final = timedelta(seconds=1)
_MOST_AT_ONCE: Final = 64
_RECONNECT_SECONDS: Final = 1.0


class JobWorker:
    """Takes jobs and hands them to their handlers. Any number of workers may run."""

    def __init__(self, system_url: str, handlers: Sequence[AnyHandler]) -> None:
        self._url = system_url
        self._alone = asyncio.Lock()
        self._handlers = {handler.kind.name: handler for handler in handlers}
        if len(self._handlers) != len(handlers):
            raise ValueError("two handlers for one kind of job")

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set; a lost database ends only the present connection."""
        while not stop.is_set():
            try:
                await self._session(stop)
            except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError) as error:
                _log.warning("jobs.connection_lost", error=type(error).__name__)
            except Exception as error:  # noqa: BLE001
                # The library wraps a failing listener in its own exceptions; anything it raises
                # means "connect anew", and the reason must be seen.
                _log.exception("jobs.restarted", error=type(error).__name__)
            if not stop.is_set():
                await asyncio.sleep(_RECONNECT_SECONDS)

    async def _session(self, stop: asyncio.Event) -> None:
        connection = await asyncpg.connect(self._url)
        try:
            queries = queries_on(connection)
            # One driver for all: its lock keeps the connection to one statement at a time.
            queuer = PgQueuer(queries.driver, queries=queries)
            for handler in self._handlers.values():
                self._register(queuer, queries.driver, handler)
            watch = asyncio.create_task(_shut_down_with(stop, queuer))
            try:
                await queuer.run(
                    dequeue_timeout=_POLL,
                    batch_size=20,
                    heartbeat_timeout=HEARTBEAT,
                    max_concurrent_tasks=_MOST_AT_ONCE,
                    shutdown_on_listener_failure=True,
                )
            finally:
                watch.cancel()
        finally:
            await connection.close(timeout=5)

    def _register(self, queuer: PgQueuer, driver: Driver, handler: AnyHandler) -> None:
        async def entry(job: Job) -> None:
            await handler.run(*read_job(handler, job))

        queuer.entrypoint(
            handler.kind.name,
            concurrency_limit=handler.kind.concurrency,
            on_failure="hold",
            executor_factory=partial(
                CarefulExecutor, handler=handler, driver=driver, alone=self._alone
            ),
        )(entry)


async def _shut_down_with(stop: asyncio.Event, queuer: PgQueuer) -> None:
    await stop.wait()
    queuer.shutdown.set()


def queries_on(connection: asyncpg.Connection) -> Queries:
    """Return the queue's operations on a connection of `siyu_system`."""
    return Queries(
        AsyncpgDriver(connection),
        qbe=QueryBuilderEnvironment(settings=QUEUE_SETTINGS),
        qbq=QueryQueueBuilder(settings=QUEUE_SETTINGS),
        qbs=QuerySchedulerBuilder(settings=QUEUE_SETTINGS),
    )
