"""HTTP doors of churn."""

from datetime import datetime
from typing import Annotated

from litestar import Controller, get, post, put
from litestar.params import JSONBody, QueryParameter
from msgspec import Meta

from siyu.core.context import Context
from siyu.core.paging import Page
from siyu.people.churn import plan, queries, sensitivity
from siyu.people.churn.queries import LostFilter, MessageSources
from siyu.people.churn.schemas import (
    ChurnPlanDraft,
    ChurnView,
    LostBy,
    LostRow,
    MarkState,
    Review,
    SensitiveDraft,
    SensitiveRow,
)
from siyu.people.customers.origins import Origins

Cursor = Annotated[str | None, QueryParameter(name="cursor", max_length=400)]
Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=200)]
By = Annotated[LostBy | None, QueryParameter(name="by")]
StaffId = Annotated[int | None, QueryParameter(name="staff")]
ChannelId = Annotated[int | None, QueryParameter(name="channel")]
Moment = Annotated[datetime, Meta(tz=True)]
Since = Annotated[Moment | None, QueryParameter(name="since")]
Until = Annotated[Moment | None, QueryParameter(name="until")]
FirstDay = Annotated[bool, QueryParameter(name="first_day")]
Standing = Annotated[MarkState, QueryParameter(name="state")]


class ChurnController(Controller):
    """Who was lost, who is silent, who is to be left in peace."""

    path = "/api/churn"
    tags = ("churn",)

    @get()
    async def overview(self, ctx: Context, message_sources: MessageSources) -> ChurnView:
        """Return the plan and where things stand."""
        return await queries.overview(ctx, message_sources)

    @put("/plan", status_code=204)
    async def change_plan(self, ctx: Context, data: JSONBody[ChurnPlanDraft]) -> None:
        """Set what is silent and which words are looked for."""
        await plan.change_plan(ctx, data)

    @get("/lost")
    async def lost(
        self,
        ctx: Context,
        origins: Origins,
        by: By = None,
        staff: StaffId = None,
        channel: ChannelId = None,
        since: Since = None,
        until: Until = None,
        first_day: FirstDay = False,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Page[LostRow]:
        """Return friendships that ended, latest first."""
        wanted = LostFilter(by, staff, channel, since, until, first_day)
        return await queries.lost(ctx, origins, wanted, cursor, limit)

    @get("/sensitive")
    async def sensitive(
        self, ctx: Context, standing: Standing = "found", cursor: Cursor = None, limit: Limit = 50
    ) -> Page[SensitiveRow]:
        """Return customers found to be sensitive, latest first."""
        return await sensitivity.marks(ctx, standing, cursor, limit)

    @post("/sensitive", status_code=204)
    async def mark(self, ctx: Context, data: JSONBody[SensitiveDraft]) -> None:
        """Note that a customer is sensitive because somebody knows."""
        await sensitivity.mark_by_hand(ctx, data.customer_id, data.reason)

    @post("/sensitive/{mark_id:int}/review", status_code=204)
    async def review(self, ctx: Context, mark_id: int, data: JSONBody[Review]) -> None:
        """Confirm or dismiss."""
        await sensitivity.review(ctx, mark_id, data)


controllers = [ChurnController]
