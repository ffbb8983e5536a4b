"""Runs one job: again after failures, and not for ever when it ends its process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

import msgspec
import structlog
from pgqueuer.core.executors import EntrypointExecutor
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Context as QueueContext
from pgqueuer.domain.models import Job
from pgqueuer.ports.driver import Driver

from siyu.core.db.policies import QUEUE
from siyu.core.jobs.kinds import AnyHandler, JobGone, RetryLater
from siyu.core.jobs.queue import FOLLOWS, Envelope
from siyu.core.tracing import place

_log = structlog.get_logger(__name__)

HEARTBEAT: Final = timedelta(seconds=6)
"""A picked job that was silent for so long is taken over: its process is gone."""

KILLED: Final = "killed"
"""The reason of a job that is given up because it ends the process that runs it."""

_FIRST_DELAY: Final = timedelta(seconds=1)
_LONGEST_DELAY: Final = timedelta(minutes=5)
_SUSPECT: Final = 2
"""Picks without an answer after which a job is watched: its next death is its own."""

_ALONE: Final = "alone"
_ALONE_LOCK: Final = 7_190_651
"""Key of the advisory lock that lets one suspect run at a time, whichever process has it."""
_LOOK_SECONDS: Final = 0.5
_LOCK: Final = "select pg_try_advisory_lock($1) as got"
_UNLOCK: Final = "select pg_advisory_unlock($1)"

# The library counts each return of a job as an attempt; one that only waits is none.
_NO_ATTEMPT: Final = f"update {QUEUE}.pgqueuer set attempts = attempts - 1 where id = $1"  # noqa: S608

# But it does not count the picks of a process that died; whatever a job answers is logged.
_UNANSWERED: Final = (
    f"select count(*) as picks from {QUEUE}.pgqueuer_log"  # noqa: S608
    " where job_id = $1 and status = 'picked' and id > coalesce((select max(id)"
    f" from {QUEUE}.pgqueuer_log where job_id = $1 and status <> 'picked'), 0)"
)
_AT_WORK: Final = (
    f"select 1 from {QUEUE}.pgqueuer where dedupe_key = any($1) and status = 'picked' limit 1"  # noqa: S608
)
_SOON: Final = timedelta(seconds=0.2)
_MARK: Final = (
    f"update {QUEUE}.pgqueuer set headers = coalesce(headers, '{{}}') || '{{\"{_ALONE}\": true}}'"  # noqa: S608
    " where id = $1"
)
_MARKED: Final = (
    f"select coalesce(headers ? '{_ALONE}', false) as marked from {QUEUE}.pgqueuer where id = $1"  # noqa: S608
)
_UNMARK: Final = f"update {QUEUE}.pgqueuer set headers = headers - '{_ALONE}' where id = $1"  # noqa: S608


class JobFailed(Exception):
    """A job failed for good; names type and place of the error, never its message."""


@dataclass
class CarefulExecutor(EntrypointExecutor):
    """Tries again after a growing delay, and leaves nothing personal in the queue's log.

    A job whose process died over it three times is parked. Those that were running beside it
    died with it: so from the third time on suspects run one after the other, in whichever
    process they are, and only who was alone is held to have done it.
    """

    handler: AnyHandler = field(kw_only=True)
    driver: Driver = field(kw_only=True)
    alone: asyncio.Lock = field(kw_only=True)

    async def execute(self, job: Job, context: QueueContext) -> None:
        """Run a job, unless it has proved to be deadly; one that follows others, after these."""
        await self._let_go_before(job)
        if await self._unanswered(job) < _SUSPECT:
            await self._try(job, context)
            return
        async with self._alone():
            try:
                # Looked at anew: whoever ran it while this one waited may have done it.
                rows = await self.driver.fetch(_MARKED, job.id)
                if not rows:
                    return
                if rows[0]["marked"]:
                    await self._give_up(job)
                await self.driver.execute(_MARK, job.id)
                await self._try(job, context)
            finally:
                # Not reached when the process dies: then the mark tells the next one.
                await self.driver.execute(_UNMARK, job.id)

    async def _let_go_before(self, job: Job) -> None:
        """Put a job off while one that it follows is at work: else they would grow ever more."""
        before, after = (job.headers or {}).get(FOLLOWS), self.handler.kind.follows_after
        if before and after is not None and await self.driver.fetch(_AT_WORK, before):
            await self.driver.execute(_NO_ATTEMPT, job.id)
            raise RetryRequested(delay=max(after, _SOON), reason="follows another")

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[None]:
        """Wait until no other suspect runs; a process that dies lets the next one in."""
        async with self.alone:
            # Asked for again and again: waiting for it would keep the queue's only connection.
            while not await self._got_lock():  # noqa: ASYNC110 - another process lets it go
                await asyncio.sleep(_LOOK_SECONDS)
            try:
                yield
            finally:
                await self.driver.execute(_UNLOCK, _ALONE_LOCK)

    async def _got_lock(self) -> bool:
        return bool((await self.driver.fetch(_LOCK, _ALONE_LOCK))[0]["got"])

    async def _unanswered(self, job: Job) -> int:
        """Return how many picks before this one nobody answered."""
        if job.updated - job.created < HEARTBEAT:
            return 0  # too young to have been taken over from anybody
        rows: list[dict[str, Any]] = await self.driver.fetch(_UNANSWERED, job.id)
        picks: int = rows[0]["picks"]
        return picks - 1

    async def _give_up(self, job: Job) -> None:
        _log.error("job.killed", job=job.entrypoint, id=job.id)
        if self.handler.given_up is not None:
            await self.handler.given_up(*read_job(self.handler, job))
        raise JobFailed(KILLED)

    async def _try(self, job: Job, context: QueueContext) -> None:
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
            if job.attempts + 1 >= self.handler.kind.attempts:
                raise JobFailed(where) from None
            delay = min(_FIRST_DELAY * 2**job.attempts, _LONGEST_DELAY)
            raise RetryRequested(delay=delay, reason=where) from None


def read_job(handler: AnyHandler, job: Job) -> tuple[int, Any]:
    """Return the tenant and the payload of a job."""
    envelope = msgspec.json.decode(job.payload or b"{}", type=Envelope)
    return envelope.tenant_id, msgspec.json.decode(envelope.payload, type=handler.kind.payload)
