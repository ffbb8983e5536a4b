"""Long jobs with their progress, jobs that failed for good, facts that were parked."""

from datetime import datetime
from typing import Any, Literal

import msgspec
from msgspec import Struct
from sqlalchemy import Row, delete, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from siyu.accounts.audit import record
from siyu.core.context import Context
from siyu.core.db import Database
from siyu.core.db.policies import QUEUE
from siyu.core.errors import Conflict, NotFound
from siyu.core.jobs.executor import KILLED
from siyu.core.jobs.kinds import AnyHandler
from siyu.core.jobs.notes import Note, NoteData
from siyu.core.jobs.progress import RUN_KEY, JobRun
from siyu.core.paging import Page, decode_cursor, encode_cursor
from siyu.core.stream.models import ParkedEvent

RunState = Literal["waiting", "running", "done", "failed", "cancelling", "cancelled"]


class JobRunView(Struct):
    """A long job; `seconds_left` is an estimate from its pace so far.

    `mine`: the reader asked for it, and may cancel it and let it go on.
    """

    id: int
    kind: str
    title: str
    state: RunState
    done: int
    total: int | None
    note: str
    said: NoteData
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    seconds_left: int | None
    mine: bool


class FailedJobView(Struct):
    """A job that was given up; `reason` is a sentence."""

    id: int
    kind: str
    title: str
    attempts: int
    failed_at: datetime
    reason: str
    said: NoteData


class ParkedEventView(Struct):
    """A fact a reaction could not digest."""

    reader: str
    type: str
    position: int
    error: str
    parked_at: datetime


class Troubles(Struct):
    """What in the background needs a person."""

    failed_jobs: list[FailedJobView]
    parked_events: list[ParkedEventView]


async def runs(ctx: Context, cursor: str | None, limit: int) -> Page[JobRunView]:
    """Return long jobs, latest first; to whoever may not see all, those they asked for."""
    query = select(JobRun).order_by(JobRun.id.desc()).limit(limit + 1)
    if not ctx.may("jobs.read"):
        query = query.where(JobRun.created_by == ctx.actor.id)
    if cursor:
        (last,) = decode_cursor(cursor, int)
        query = query.where(JobRun.id < last)
    rows = (await ctx.session.execute(query)).scalars().all()
    items = [_view(row, ctx) for row in rows[:limit]]
    return Page(items, encode_cursor(items[-1].id) if len(rows) > limit else None)


async def cancel(ctx: Context, run_id: int) -> None:
    """Ask a long job to stop; it does so at its next report. Others' jobs need `jobs.write`."""
    run = await _run(ctx, run_id)
    if run.state not in {"waiting", "running"}:
        raise Conflict("job_over", "这个任务已经结束，无法取消")
    run.state = "cancelling"
    record(ctx, "job.cancel", "job_run", run_id)


async def resume(ctx: Context, run_id: int, handlers: dict[str, AnyHandler]) -> None:
    """Let a long job that failed or was cancelled go on where it stopped."""
    run = await _run(ctx, run_id)
    handler = handlers.get(run.kind)
    if run.state not in {"failed", "cancelled"} or handler is None:
        raise Conflict("job_not_resumable", "只有失败或已取消的任务可以继续")
    run.state = "waiting"
    payload = msgspec.convert(run.payload | {"run_id": run.id}, handler.kind.payload)
    if not await ctx.enqueue(handler.kind, payload, key=RUN_KEY):
        raise Conflict("job_waiting", "同类任务正在进行，或即将自动重试，请稍候")
    record(ctx, "job.resume", "job_run", run_id)


async def troubles(db: Database, tenant_id: int, handlers: dict[str, AnyHandler]) -> Troubles:
    """Return the tenant's failed jobs and parked facts, latest first, at most 100 of each."""
    async with db.system() as session:
        failed = [_failed_view(row, handlers) for row in await _failed(session, tenant_id)]
        parked = (
            await session.execute(
                select(ParkedEvent)
                .where(ParkedEvent.tenant_id == tenant_id)
                .order_by(ParkedEvent.parked_at.desc())
                .limit(100)
            )
        ).scalars()
        return Troubles(
            failed,
            [
                ParkedEventView(row.reader, row.type, row.position, row.error, row.parked_at)
                for row in parked
            ],
        )


async def retry_failed(db: Database, ctx: Context, job_id: int) -> None:
    """Put a failed job of this tenant back into the queue."""
    async with db.system() as session:
        if not await _failed(session, ctx.tenant_id, job_id):
            raise NotFound("job_unknown", "任务不存在或已被处理")
        await session.execute(
            text(
                # Under a key of its own, because the same work may have been asked for again.
                f"update {QUEUE}.pgqueuer set status = 'queued', attempts = 0,"  # noqa: S608
                " dedupe_key = dedupe_key || '\\:retry' || id, execute_after = now(),"
                " queue_manager_id = null where id = :id"
                " and status = 'failed'"
            ),
            {"id": job_id},
        )
    record(ctx, "job.retry", "job", job_id)


async def dismiss_parked(db: Database, ctx: Context, reader: str, position: int) -> None:
    """Take a parked fact off the list, once somebody has seen to it."""
    async with db.system() as session:
        await session.execute(
            delete(ParkedEvent).where(
                ParkedEvent.tenant_id == ctx.tenant_id,
                ParkedEvent.reader == reader,
                ParkedEvent.position == position,
            )
        )
    record(ctx, "parked_event.dismiss", "parked_event", f"{reader}:{position}")


async def _failed(
    session: AsyncSession, tenant_id: int, job_id: int | None = None
) -> list[Row[Any]]:
    """Return the tenant's failed jobs, latest first, at most 100; the envelope names the tenant."""
    rows = await session.execute(
        text(
            "select id, entrypoint, attempts, updated,"  # noqa: S608
            " (select traceback ->> 'exception_message'"
            f"  from {QUEUE}.pgqueuer_log where job_id = pgqueuer.id and status = 'failed'"
            "  order by id desc limit 1) as error"
            f" from {QUEUE}.pgqueuer where status = 'failed'"
            " and (convert_from(payload, 'UTF8')::jsonb ->> 'tenant_id')::bigint = :tenant"
            " and (cast(:id as bigint) is null or id = :id) order by updated desc limit 100"
        ),
        {"tenant": tenant_id, "id": job_id},
    )
    return list(rows)


def _failed_view(row: Row[Any], handlers: dict[str, AnyHandler]) -> FailedJobView:
    why = _reason(row.error or "")
    return FailedJobView(
        row.id,
        row.entrypoint,
        handlers[row.entrypoint].kind.title if row.entrypoint in handlers else "",
        row.attempts,
        row.updated,
        why.text,
        NoteData(why.code, dict(why.values)),
    )


def _reason(error: str) -> Note:
    if error == KILLED:
        return Note("job_killed", "执行它的程序三次中途退出，已停止自动重试；请把日志交给技术人员")
    said = f"多次尝试都出错：{error}" if error else "多次尝试都出错"
    return Note("job_failed", said, {"error": error})


async def _run(ctx: Context, run_id: int) -> JobRun:
    run = await ctx.session.get(JobRun, (ctx.tenant_id, run_id), with_for_update=True)
    if run is None or not (ctx.may("jobs.write") or _is_mine(ctx, run)):
        raise NotFound("job_unknown", "任务不存在，或不是你发起的")
    return run


def _is_mine(ctx: Context, run: JobRun) -> bool:
    return ctx.actor.id is not None and run.created_by == ctx.actor.id


def _view(row: JobRun, ctx: Context) -> JobRunView:
    left = None
    if row.state == "running" and row.started_at and row.total and row.done:
        spent = (ctx.now() - row.started_at).total_seconds()
        left = max(0, round(spent / row.done * (row.total - row.done)))
    return JobRunView(
        row.id,
        row.kind,
        row.title,
        row.state,  # type: ignore[arg-type]  # the table's check keeps it a state
        row.done,
        row.total,
        row.note,
        msgspec.convert(row.said, NoteData),
        row.created_at,
        row.started_at,
        row.finished_at,
        left,
        _is_mine(ctx, row),
    )
