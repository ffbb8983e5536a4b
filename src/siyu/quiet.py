"""What siyu still has to do: for whoever steps the time of a simulated world.

Stepped time may only move on when nothing is under way. The simulated world knows that of itself;
what siyu has begun stands in its database, and whoever drives asks here.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import msgspec
from sqlalchemy import text

from siyu.core.clock import Clock
from siyu.core.db import Database
from siyu.core.db.policies import QUEUE, SYS
from siyu.core.doors import Handler, Request, Response
from siyu.core.errors import Invalid

PATH: Final = "/quietz"

_WORK: Final = text(f"""
select
    (select count(*) from wecom_inbox where state = 'waiting'
        and (not_before is null or not_before <= :now)) as callbacks,
    (select count(*) from wecom_inbox where urgent = 'waiting') as greetings,
    (select count(*) from welcome_attempt where state = 'sending') as welcomes,
    (select count(*) from collect_inbox) as readings,
    (select count(*) from outbox) as facts,
    (select count(*) from {SYS}.cursor c join {SYS}.shard s on s.shard = c.shard
        where c.position < s.head and c.reader = any(:readers)) as reactions,
    (select count(*) from {QUEUE}.pgqueuer where status = 'picked'
        or (status = 'queued' and execute_after <= clock_timestamp())) as jobs,
    (select extract(epoch from min(not_before)) from wecom_inbox
        where state = 'waiting' and not_before > :now) as next_callback,
    (select extract(epoch from min(execute_after) - clock_timestamp()) from {QUEUE}.pgqueuer
        where status = 'queued' and execute_after > clock_timestamp()) as next_job
""")  # noqa: S608 - the schemas' names are constants

_MOVE: Final = text(
    f"update {QUEUE}.pgqueuer set execute_after = execute_after - cast(:passed as interval)"  # noqa: S608
    " where status = 'queued' and execute_after > clock_timestamp()"
)


class Work(msgspec.Struct, frozen=True):
    """What is to be done now, by kind; and when, by siyu's clock, something else falls due.

    `next_at` is in Unix seconds, None while nothing waits for a moment to come.
    """

    now: float
    todo: dict[str, int]
    next_at: float | None

    @property
    def done(self) -> bool:
        """Whether nothing is to be done before time moves on."""
        return not any(self.todo.values())


async def work_left(db: Database, clock: Clock, readers: Sequence[str]) -> Work:
    """Return what siyu still has to do; `readers` are the reactions that run."""
    now = clock.now()
    async with db.system() as session:
        row = (await session.execute(_WORK, {"now": now, "readers": list(readers)})).one()
    counts = dict(row._mapping)  # noqa: SLF001 - the library's public way to a row's columns
    next_callback, next_job = counts.pop("next_callback"), counts.pop("next_job")
    dues = [
        *([float(next_callback)] if next_callback is not None else []),
        *([now.timestamp() + float(next_job)] if next_job is not None else []),
    ]
    return Work(now.timestamp(), counts, min(dues, default=None))


async def time_passed(db: Database, passed: timedelta) -> None:
    """Shorten what the job queue waits for by time that passed on siyu's clock alone.

    The queue measures its delays by the database's clock, which does not follow anybody.
    """
    async with db.system() as session:
        await session.execute(_MOVE, {"passed": passed})


def quiet_door(db: Database, clock: Clock, readers: Sequence[str]) -> Handler:
    """Return the door: what is to be done, and (posted with `passed`) that time moved on."""

    async def answer(request: Request) -> Response:
        if request.method == "POST":
            try:
                passed = timedelta(seconds=float(request.query["passed"]))
            except (KeyError, ValueError, OverflowError) as error:
                raise Invalid("passed_missing", "需要 passed 参数（秒）") from error
            await time_passed(db, passed)
        return Response.json(await work_left(db, clock, readers))

    return answer
