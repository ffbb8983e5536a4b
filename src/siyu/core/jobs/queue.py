"""Putting jobs into the queue, inside the caller's transaction."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final, TypeVar

import msgspec
from pgqueuer.adapters.persistence.qb import QueryQueueBuilder
from pgqueuer.domain.settings import DBSettings
from sqlalchemy.ext.asyncio import AsyncSession

from siyu.core.db.policies import QUEUE
from siyu.core.jobs.kinds import JobKind

P = TypeVar("P", bound=msgspec.Struct)

QUEUE_SETTINGS: Final = DBSettings(db_schema=QUEUE)

_ENQUEUE: Final = QueryQueueBuilder(settings=QUEUE_SETTINGS).build_enqueue_query("skip")


class Envelope(msgspec.Struct, frozen=True):
    """What a row of the queue carries."""

    tenant_id: int
    payload: msgspec.Raw
    waits: int = 0
    """How often the job asked to be run later."""
    failures: int = 0


async def enqueue(
    session: AsyncSession,
    tenant_id: int,
    kind: JobKind[P],
    payload: P,
    *,
    key: str | None,
    delay: timedelta,
    priority: int,
) -> None:
    """Add a job; it exists if and when the session's transaction commits."""
    envelope = Envelope(tenant_id, msgspec.Raw(msgspec.json.encode(payload)))
    full_key = None if key is None else f"{kind.name}:{tenant_id}:{key}"
    await put(session, kind.name, envelope, key=full_key, delay=delay, priority=priority)


async def put(
    session: AsyncSession,
    name: str,
    envelope: Envelope,
    *,
    key: str | None,
    delay: timedelta,
    priority: int,
) -> None:
    """Add a row to the queue."""
    await session.flush()
    connection = await session.connection()
    await connection.exec_driver_sql(
        _ENQUEUE, ([priority], [name], [msgspec.json.encode(envelope)], [delay], [key], ["{}"])
    )


async def enqueue_many(
    session: AsyncSession, tenant_id: int, kind: JobKind[P], jobs: Mapping[str, P]
) -> None:
    """Add a job for each key in one statement, as `enqueue` would add them one by one."""
    if not jobs:
        return
    await session.flush()
    connection = await session.connection()
    count = len(jobs)
    await connection.exec_driver_sql(
        _ENQUEUE,
        (
            [kind.priority] * count,
            [kind.name] * count,
            [
                msgspec.json.encode(Envelope(tenant_id, msgspec.Raw(msgspec.json.encode(payload))))
                for payload in jobs.values()
            ],
            [timedelta(0)] * count,
            [f"{kind.name}:{tenant_id}:{key}" for key in jobs],
            ["{}"] * count,
        ),
    )
