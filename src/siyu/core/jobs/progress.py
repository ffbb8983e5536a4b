"""Long jobs tell how far they are, can be cancelled, and go on where they stopped."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from siyu.core.clock import Clock
from siyu.core.db import Database, TenantBase
from siyu.core.jobs.kinds import JobGone, JobKind
from siyu.core.jobs.notes import Note

if TYPE_CHECKING:
    from siyu.core.context import Context

RUN_KEY: Final = "run"
"""Key in the queue under which a tenant has one long job of a kind at a time."""

_RUNNER: Final = "runner"
"""Where a checkpoint names who goes about the run alone."""

STATES: Final = ("waiting", "running", "done", "failed", "cancelling", "cancelled")


class JobRun(TenantBase):
    """One run of a long job as the console shows it.

    `checkpoint` holds what the job needs to go on after an interruption; `note` is a
    sentence for the user, `said` the rest of it (`siyu.core.jobs.notes.NoteData`).
    """

    __tablename__ = "job_run"
    __table_args__ = (
        CheckConstraint(f"state in {STATES}", name="state"),
        Index("ix_job_run_recent", "tenant_id", text("id desc")),
    )

    kind: Mapped[str]
    title: Mapped[str]
    state: Mapped[str] = mapped_column(default="waiting")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")
    said: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'"))
    checkpoint: Mapped[dict[str, Any]] = mapped_column(default=dict)
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_by: Mapped[int | None]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    def say(self, note: Note) -> None:
        """Let the run say something to people."""
        self.note, self.said = note.text, {"code": note.code, "values": dict(note.values)}


async def begin_run(
    ctx: "Context", kind: JobKind[Any], *, title: str = "", total: int | None = None
) -> JobRun:
    """Add a run of a long job that the actor asks for; it has its number."""
    run = JobRun(
        tenant_id=ctx.tenant_id,
        kind=kind.name,
        title=title or kind.title,
        total=total,
        created_by=ctx.actor.id,
        created_at=ctx.now(),
    )
    ctx.session.add(run)
    await ctx.session.flush()
    return run


class Cancelled(Exception):
    """Someone cancelled the run in the console; the job stops where it is."""


@dataclass
class Progress:
    """Lets a job report on its run, each time in a short transaction of its own."""

    db: Database
    clock: Clock
    tenant_id: int
    run_id: int
    _mark: dict[str, str] = field(default_factory=dict, init=False)

    async def start(self, *, alone: bool = False) -> dict[str, Any]:
        """Mark the run as running; return the checkpoint to go on from.

        With `alone`, whoever went about the run before does nothing more for it: every method
        raises `JobGone` there. Raises `JobGone` when the run is already over (the job was
        delivered twice).
        """
        async with self.db.tenant(self.tenant_id) as session:
            run = await self._locked(session)
            if run.state not in {"waiting", "running", "failed"}:
                if run.state == "cancelling":
                    self._end(run, "cancelled")
                    await session.commit()
                raise JobGone
            run.state = "running"
            run.started_at = run.started_at or self.clock.now()
            run.finished_at = None
            checkpoint = dict(run.checkpoint)
            if alone:
                self._mark = {_RUNNER: secrets.token_hex(8)}
                run.checkpoint = checkpoint | self._mark
            return checkpoint

    async def hold(self, session: AsyncSession) -> None:
        """Keep the run from changing hands until the end of the transaction of `session`.

        Raises `Cancelled` when it should stop, `JobGone` when it is over or another's.
        """
        run = await self._wanted(session)
        if run.state != "running":
            raise JobGone

    async def report(
        self,
        *,
        done: int | None = None,
        total: int | None = None,
        note: Note | None = None,
        checkpoint: Mapping[str, Any] | None = None,
    ) -> None:
        """Store how far the run is; raises `Cancelled` when it should stop."""
        async with self.db.tenant(self.tenant_id) as session:
            run = await self._wanted(session)
            run.done = run.done if done is None else done
            run.total = run.total if total is None else total
            if note is not None:
                run.say(note)
            if checkpoint is not None:
                run.checkpoint = dict(checkpoint) | self._mark

    async def finish(self, note: Note | None = None) -> None:
        """Mark the run as done."""
        await self._close("done", note)

    async def fail(self, note: Note) -> None:
        """Mark the run as failed, with a sentence that says what to do."""
        await self._close("failed", note)

    async def _close(self, state: str, note: Note | None) -> None:
        async with self.db.tenant(self.tenant_id) as session:
            run = await self._locked(session)
            self._end(run, state)
            if note is not None:
                run.say(note)

    async def _wanted(self, session: AsyncSession) -> JobRun:
        run = await self._locked(session)
        if run.state == "cancelling":
            self._end(run, "cancelled")
            await session.commit()
            raise Cancelled
        return run

    async def _locked(self, session: AsyncSession) -> JobRun:
        run = await session.get(JobRun, (self.tenant_id, self.run_id), with_for_update=True)
        if run is None or not self._mark.items() <= run.checkpoint.items():
            raise JobGone
        return run

    def _end(self, run: JobRun, state: str) -> None:
        run.state = state
        run.finished_at = self.clock.now()
