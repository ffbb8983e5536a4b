"""Putting jobs into the queue, inside the caller's transaction."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final, TypeVar

import msgspec
from pgqueuer.adapters.persistence.qb import QueryQueueBuilder
from pgqueuer.domain.settings import DBSettings
from sqlalchemy.ext.asyncio import AsyncSession

from siyu.core.db.policies import QUEUE
from siyu.core.jobs.kinds import JobKind

P = TypeVar("P", bound=msgspec.Struct)

QUEUE_SETTINGS: Final = DBSettings(db_schema=QUEUE)

_ENQUEUE: Final = QueryQueueBuilder(settings=QUEUE_SETTINGS).build_enqueue_query("skip")


# Who waits is held until the asker commits: begun before that, it would not see what is new.
_STANDING: Final = f"""
with waiting as (
    select dedupe_key from {QUEUE}.pgqueuer
    where dedupe_key = any($1) and status = 'queued' order by id for key share
)
select dedupe_key, false as at_work from waiting
union all
select dedupe_key, true from {QUEUE}.pgqueuer where dedupe_key = any($1) and status = 'picked'
"""  # noqa: S608 - the schema's name is a constant


class Envelope(msgspec.Struct, frozen=True):
    """What a row of the queue carries."""

    tenant_id: int
    payload: msgspec.Raw


async def enqueue(
    session: AsyncSession,
    tenant_id: int,
    kind: JobKind[P],
    payload: P,
    *,
    key: str | None,
    delay: timedelta,
    priority: int,
) -> bool:
    """Add a job; it exists if and when the session's transaction commits.

    Tells whether it was added, rather than found to be waiting or at work.
    """
    body = _body(tenant_id, payload)
    if key is None:
        await _put(session, kind, {None: body}, delay=delay, priority=priority)
        return True
    jobs = {_full(kind, tenant_id, key): body}
    return bool(await _put_keyed(session, kind, jobs, delay=delay, priority=priority))


async def enqueue_many(
    session: AsyncSession, tenant_id: int, kind: JobKind[P], jobs: Mapping[str, P]
) -> None:
    """Add a job for each key in one statement, as `enqueue` would add them one by one."""
    bodies = {_full(kind, tenant_id, key): _body(tenant_id, job) for key, job in jobs.items()}
    await _put_keyed(session, kind, bodies, delay=timedelta(0), priority=kind.priority)


async def _put_keyed(
    session: AsyncSession,
    kind: JobKind[Any],
    jobs: Mapping[str, bytes],
    *,
    delay: timedelta,
    priority: int,
) -> set[str | None]:
    """Add what is not there; return the keys of what was added.

    Whatever is found there either waits until the asker commits, or is at work.
    """
    added: set[str | None] = set()
    missing = dict(jobs)
    while missing:
        added |= await _put(session, kind, missing, delay=delay, priority=priority)
        standing = await _standing(session, sorted(missing.keys() - added))
        if kind.follows_after is not None:
            again = {f"{key}:again": jobs[key] for key, at_work in standing.items() if at_work}
            await _put_keyed(session, kind, again, delay=kind.follows_after, priority=priority)
        # What is neither added nor there has ended between the two looks.
        missing = {key: missing[key] for key in missing.keys() - added - standing.keys()}
    return added


async def _standing(session: AsyncSession, keys: list[str]) -> dict[str, bool]:
    """Return which of the jobs are there, and whether they are at work."""
    if not keys:
        return {}
    connection = await session.connection()
    rows = await connection.exec_driver_sql(_STANDING, (keys,))
    return {row.dedupe_key: row.at_work for row in rows}


async def _put(
    session: AsyncSession,
    kind: JobKind[Any],
    jobs: Mapping[Any, bytes],
    *,
    delay: timedelta,
    priority: int,
) -> set[str | None]:
    """Add rows to the queue; return the keys of those that were not there yet."""
    if not jobs:
        return set()
    await session.flush()
    connection = await session.connection()
    count, keys = len(jobs), list(jobs)
    rows = await connection.exec_driver_sql(
        _ENQUEUE,
        (
            [priority] * count,
            [kind.name] * count,
            list(jobs.values()),
            [delay] * count,
            keys,
            ["{}"] * count,
        ),
    )
    return {keys[row.ord - 1] for row in rows}


def _full(kind: JobKind[Any], tenant_id: int, key: str) -> str:
    return f"{kind.name}:{tenant_id}:{key}"


def _body(tenant_id: int, payload: msgspec.Struct) -> bytes:
    return msgspec.json.encode(Envelope(tenant_id, msgspec.Raw(msgspec.json.encode(payload))))
