"""Putting jobs into the queue, inside the caller's transaction."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Final, TypeVar

import msgspec
from pgqueuer.adapters.persistence.qb import QueryQueueBuilder
from pgqueuer.domain.settings import DBSettings
from sqlalchemy.ext.asyncio import AsyncSession

from siyu.core.db.policies import QUEUE
from siyu.core.jobs.kinds import JobKind

P = TypeVar("P", bound=msgspec.Struct)

FOLLOWS: Final = "follows"
"""Header: the keys of jobs that must have ended before this one begins."""
QUEUE_SETTINGS: Final = DBSettings(db_schema=QUEUE)

_ENQUEUE: Final = QueryQueueBuilder(settings=QUEUE_SETTINGS).build_enqueue_query("skip")


_AGAIN: Final = ":again"
_FORGET: Final = (
    f"delete from {QUEUE}.pgqueuer where entrypoint = $1"  # noqa: S608 - constants
    f" and regexp_replace(dedupe_key, '({_AGAIN}|:retry[0-9]+)+$', '') = any($2)"
)
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


async def forget(
    session: AsyncSession, tenant_id: int, kind: JobKind[Any], keys: Iterable[str]
) -> None:
    """Take jobs out of the queue by their keys: who follow them, failed and retried ones too."""
    connection = await session.connection()
    whole = [_full(kind, tenant_id, key) for key in keys]
    await connection.exec_driver_sql(_FORGET, (kind.name, whole))


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
    # In one order everywhere, so that two who ask for several wait and do not deadlock.
    missing = dict(sorted(jobs.items()))
    while missing:
        added |= await _put(session, kind, missing, delay=delay, priority=priority)
        standing = await _standing(session, sorted(missing.keys() - added))
        if kind.follows_after is not None:
            again = {f"{key}{_AGAIN}": jobs[key] for key, at_work in standing.items() if at_work}
            await _put_keyed(session, kind, again, delay=kind.follows_after, priority=priority)
        # What is neither added nor there has ended between the two looks.
        missing = {key: missing[key] for key in sorted(missing.keys() - added - standing.keys())}
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
            [msgspec.json.encode(_headers(key)).decode() for key in keys],
        ),
    )
    return {keys[row.ord - 1] for row in rows}


def _headers(key: str | None) -> dict[str, Any]:
    """Return what a job says of itself: behind which others it comes, if it follows any."""
    before = []
    while key is not None and key.endswith(_AGAIN):
        before.append(key := key.removesuffix(_AGAIN))
    return {FOLLOWS: before} if before else {}


def _full(kind: JobKind[Any], tenant_id: int, key: str) -> str:
    return f"{kind.name}:{tenant_id}:{key}"


def _body(tenant_id: int, payload: msgspec.Struct) -> bytes:
    return msgspec.json.encode(Envelope(tenant_id, msgspec.Raw(msgspec.json.encode(payload))))
