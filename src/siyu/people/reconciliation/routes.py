"""HTTP doors of the reconciliation."""

from typing import Annotated

from litestar import Controller, get, post, put
from litestar.params import JSONBody, QueryParameter
from msgspec import Meta, Struct

from siyu.accounts.audit import record
from siyu.core.context import Context
from siyu.core.errors import Conflict
from siyu.core.paging import Page
from siyu.people.reconciliation import queries
from siyu.people.reconciliation.jobs import begin_run, plan_of
from siyu.people.reconciliation.queries import DifferenceView, PlanView, ReconciliationView

Cursor = Annotated[str | None, QueryParameter(name="cursor", max_length=400)]
Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=200)]


class PlanDraft(Struct):
    """When the nightly run is to be made."""

    enabled: bool
    hour: Annotated[int, Meta(ge=0, le=23)]


class RunStarted(Struct):
    """The run that was begun."""

    run_id: int


class ReconciliationController(Controller):
    """Comparing what siyu knows with WeCom's state."""

    path = "/api/reconciliation"
    tags = ("reconciliation",)

    @get()
    async def overview(self, ctx: Context) -> ReconciliationView:
        """Return the plan and the latest runs."""
        ctx.require("settings.read")
        return await queries.overview(ctx)

    @get("/{run_id:int}/differences")
    async def differences(
        self, ctx: Context, run_id: int, cursor: Cursor = None, limit: Limit = 50
    ) -> Page[DifferenceView]:
        """Return what a run found."""
        ctx.require("settings.read")
        return await queries.differences_of(ctx, run_id, cursor, limit)

    @post()
    async def begin(self, ctx: Context) -> RunStarted:
        """Begin a run now."""
        ctx.require("settings.write")
        run_id = await begin_run(ctx)
        if run_id is None:
            raise Conflict("reconciliation_running", "核对正在进行，请在「后台任务」查看进度")
        record(ctx, "reconciliation.begin", "job_run", run_id)
        return RunStarted(run_id)

    @put("/plan")
    async def plan(self, ctx: Context, data: JSONBody[PlanDraft]) -> PlanView:
        """Set when the nightly run is made."""
        ctx.require("settings.write")
        plan = await plan_of(ctx)
        plan.enabled, plan.hour = data.enabled, data.hour
        record(ctx, "reconciliation.plan", "reconciliation", "plan")
        return PlanView(plan.enabled, plan.hour)


controllers = [ReconciliationController]
