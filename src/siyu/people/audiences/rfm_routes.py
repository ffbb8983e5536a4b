"""HTTP doors of RFM."""

from litestar import Controller, get, post, put
from litestar.params import JSONBody

from siyu.core.analytics import Analytics
from siyu.core.context import Context
from siyu.people.audiences import rfm
from siyu.people.audiences.schemas import BuildStarted, RfmMatrix, RfmPlanDraft, RfmView


class RfmController(Controller):
    """Scores of buyers."""

    path = "/api/audiences/rfm"
    tags = ("audiences",)

    @get()
    async def show(self, ctx: Context) -> RfmView:
        """Return how scores are made, the thresholds in force, and how the latest run went."""
        ctx.require("audiences.read")
        return await rfm.view(ctx)

    @put()
    async def plan(self, ctx: Context, data: JSONBody[RfmPlanDraft]) -> RfmView:
        """Set how scores are made; they are made anew at once."""
        ctx.require("audiences.write")
        await rfm.set_plan(ctx, data)
        return await rfm.view(ctx)

    @post("/run", status_code=202)
    async def run(self, ctx: Context) -> BuildStarted:
        """Make the thresholds anew now."""
        ctx.require("audiences.write")
        return BuildStarted(await rfm.run_now(ctx))

    @get("/matrix")
    async def matrix(self, ctx: Context, analytics: Analytics) -> RfmMatrix:
        """Return how many buyers have which recency and frequency, of those the reader may see."""
        ctx.require("audiences.read")
        return await rfm.matrix(ctx, analytics)
