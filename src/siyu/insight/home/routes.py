"""HTTP doors of the home page beside its figures."""

from litestar import Controller, get

from siyu.core.context import Context
from siyu.core.db import Database
from siyu.insight.home.attention import attention
from siyu.insight.home.schemas import AttentionList, FirstSteps
from siyu.insight.home.steps import first_steps


class HomeController(Controller):
    """What needs a person, and how to begin."""

    path = "/api"
    tags = ("home",)

    @get("/attention")
    async def attention(self, ctx: Context, db: Database) -> AttentionList:
        """Return what needs a person now."""
        ctx.require("home.read")
        return await attention(ctx, db)

    @get("/first-steps")
    async def first_steps(self, ctx: Context) -> FirstSteps:
        """Return the checklist of a new enterprise."""
        ctx.require("home.read")
        return await first_steps(ctx)
