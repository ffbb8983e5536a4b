"""Runs jobs from the queue."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any, Final

import asyncpg
import msgspec
import structlog
from pgqueuer import PgQueuer
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.persistence.qb import (
    QueryBuilderEnvironment,
    QueryQueueBuilder,
    QuerySchedulerBuilder,
)
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.core.executors import EntrypointExecutor
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Context as QueueContext
from pgqueuer.domain.models import Job
from pgqueuer.ports.driver import Driver

from siyu.core.db.policies import QUEUE
from siyu.core.jobs.kinds import AnyHandler, JobGone, RetryLater
from siyu.core.jobs.queue import QUEUE_SETTINGS, Envelope
from siyu.core.tracing import place

_log = structlog.get_logger(__name__)

_POLL: Final = timedelta(seconds=1)
_HEARTBEAT: Final = timedelta(seconds=6)
_FIRST_DELAY: Final = timedelta(seconds=1)
_LONGEST_DELAY: Final = timedelta(minutes=5)
_MOST_AT_ONCE: Final = 64
_YIELD_SECONDS: Final = 0.1
_MOST_YIELDS: Final = 100
_RECONNECT_SECONDS: Final = 1.0


# The library counts each return of a job as an attempt; one that only waits is none.
_NO_ATTEMPT: Final = f"update {QUEUE}.pgqueuer set attempts = attempts - 1 where id = $1"  # noqa: S608


class JobFailed(Exception):
    """A job failed for good; names type and place of the error, never its message."""


class JobWorker:
    """Takes jobs and hands them to their handlers. Any number of workers may run.

    While `yield_to` says that something more urgent is at work, jobs begin up to 10 s later.
    """

    def __init__(
        self,
        system_url: str,
        handlers: Sequence[AnyHandler],
        yield_to: Callable[[], bool] = lambda: False,
    ) -> None:
        self._yield_to = yield_to
        self._url = system_url
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
                    heartbeat_timeout=_HEARTBEAT,
                    max_concurrent_tasks=_MOST_AT_ONCE,
                    shutdown_on_listener_failure=True,
                )
            finally:
                watch.cancel()
        finally:
            await connection.close(timeout=5)

    async def _let_pass(self) -> None:
        for _ in range(_MOST_YIELDS):
            if not self._yield_to():
                return
            await asyncio.sleep(_YIELD_SECONDS)

    def _register(self, queuer: PgQueuer, driver: Driver, handler: AnyHandler) -> None:
        async def entry(job: Job) -> None:
            await self._let_pass()
            await _execute(handler, job)

        queuer.entrypoint(
            handler.kind.name,
            concurrency_limit=handler.kind.concurrency,
            on_failure="hold",
            executor_factory=partial(
                _RetryingExecutor, attempts=handler.kind.attempts, driver=driver
            ),
        )(entry)


@dataclass
class _RetryingExecutor(EntrypointExecutor):
    """Tries again after a growing delay, and leaves nothing personal in the queue's log."""

    attempts: int = 5
    driver: Driver = field(kw_only=True)

    async def execute(self, job: Job, context: QueueContext) -> None:
        try:
            await super().execute(job, context)
        except RetryLater as wait:
            await self.driver.execute(_NO_ATTEMPT, job.id)
            raise RetryRequested(delay=wait.after, reason="waits for the outside") from None
        except JobGone:
            return
        except Exception as error:  # noqa: BLE001 - whatever a handler raises is a failed attempt
            where = place(error)
            _log.warning("job.failed", job=job.entrypoint, attempt=job.attempts + 1, error=where)
            if job.attempts + 1 >= self.attempts:
                raise JobFailed(where) from None
            delay = min(_FIRST_DELAY * 2**job.attempts, _LONGEST_DELAY)
            raise RetryRequested(delay=delay, reason=where) from None


async def _execute(handler: AnyHandler, job: Job) -> None:
    envelope = msgspec.json.decode(job.payload or b"{}", type=Envelope)
    payload: Any = msgspec.json.decode(envelope.payload, type=handler.kind.payload)
    await handler.run(envelope.tenant_id, payload)


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
