"""HTTP doors of the page Background jobs."""

from litestar import Controller, delete, get, post

from siyu.accounts.background import queries
from siyu.accounts.background.queries import JobRunView, Troubles
from siyu.accounts.routes import Cursor, Limit
from siyu.core.context import Context
from siyu.core.db import Database
from siyu.core.jobs.kinds import AnyHandler
from siyu.core.paging import Page


class JobsController(Controller):
    """Long jobs and troubles in the background."""

    path = "/api/jobs"
    tags = ("jobs",)

    @get()
    async def runs(
        self, ctx: Context, cursor: Cursor = None, limit: Limit = 20
    ) -> Page[JobRunView]:
        """Return long jobs, latest first: all, or those the reader asked for."""
        return await queries.runs(ctx, cursor, limit)

    @post("/{run_id:int}/cancel", status_code=204)
    async def cancel(self, ctx: Context, run_id: int) -> None:
        """Ask a long job to stop: one's own, or any with `jobs.write`."""
        await queries.cancel(ctx, run_id)

    @post("/{run_id:int}/resume", status_code=204)
    async def resume(self, ctx: Context, run_id: int, job_handlers: dict[str, AnyHandler]) -> None:
        """Let a failed or cancelled job go on where it stopped; whose, as for `cancel`."""
        await queries.resume(ctx, run_id, job_handlers)

    @get("/troubles")
    async def troubles(
        self, ctx: Context, db: Database, job_handlers: dict[str, AnyHandler]
    ) -> Troubles:
        """Return jobs that failed for good and facts that were parked."""
        ctx.require("jobs.read")
        return await queries.troubles(db, ctx.tenant_id, job_handlers)

    @post("/failed/{job_id:int}/retry", status_code=204)
    async def retry(self, ctx: Context, db: Database, job_id: int) -> None:
        """Try a failed job again."""
        ctx.require("jobs.write")
        await queries.retry_failed(db, ctx, job_id)

    @delete("/parked/{reader:str}/{position:int}", status_code=204)
    async def dismiss(self, ctx: Context, db: Database, reader: str, position: int) -> None:
        """Take a parked fact off the list."""
        ctx.require("jobs.write")
        await queries.dismiss_parked(db, ctx, reader, position)


controllers = [JobsController]
