"""How rooms call WeCom from jobs: whose client, and what a failed call means for the job."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import timedelta
from typing import Final, Protocol

from siyu.channels.wecom.client import WecomClient
from siyu.channels.wecom.errors import QuotaExhausted, WeComError, WeComFailure
from siyu.channels.wecom.verdicts import Advice
from siyu.core.clock import Clock
from siyu.core.jobs import JobGone, Progress, RetryLater
from siyu.core.jobs.notes import BROKEN, Note
from siyu.core.jobs.progress import Cancelled

_QUOTA: Final = timedelta(seconds=60)
_LEAST: Final = timedelta(seconds=1)


class Clients(Protocol):
    """Gives each tenant's client."""

    async def client(self, tenant_id: int) -> WecomClient:
        """Return the client of a tenant; raises `Conflict` while WeCom is not connected."""
        ...


@contextmanager
def job_failures(clock: Clock) -> Iterator[None]:
    """Turn failures of calls inside the block into what the job queue understands.

    A quota makes the job wait without counting as an attempt; a subject that is gone ends it;
    everything else counts as an attempt and is raised on.
    """
    try:
        yield
    except QuotaExhausted as failure:
        raise RetryLater(max(_LEAST, failure.retry_at - clock.now())) from failure
    except WeComFailure as failure:
        if failure.advice is Advice.WAIT:
            raise RetryLater(_QUOTA) from failure
        if failure.advice is Advice.GONE:
            raise JobGone from failure
        raise


@asynccontextmanager
async def run_of_calls(progress: Progress) -> AsyncIterator[None]:
    """Tell the run of a long job why the block ended early, and the queue what that means.

    A run that has to wait is not over: it says so and goes on by itself.
    """
    try:
        yield
    except Cancelled as cancelled:
        raise JobGone from cancelled
    except WeComFailure as failure:
        if failure.advice is Advice.WAIT:
            with suppress(Cancelled):  # told by the next going
                await progress.report(note=Note("wecom_waits", failure.sentence))
        else:
            await progress.fail(_refusal(failure))
        with job_failures(progress.clock):
            raise
    except Exception:
        # The run must not stay "running" behind a job that is given up.
        await progress.fail(BROKEN)
        raise


def _refusal(failure: WeComFailure) -> Note:
    said = f"企业微信返回错误：{failure.sentence}"
    if not isinstance(failure, WeComError):
        return Note("wecom_failed", said)
    permission = failure.permission.key if failure.permission else ""
    return Note("wecom_refused", said, {"errcode": failure.errcode, "permission": permission})
