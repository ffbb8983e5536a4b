"""HTTP doors of who is who."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.params import QueryParameter

from siyu.core.context import Context
from siyu.core.paging import Page
from siyu.people.identity import queries, service
from siyu.people.identity.schemas import (
    Candidate,
    CandidateState,
    Decision,
    Merge,
    MergePreview,
    People,
    Standing,
    Unmerge,
)

Cursor = Annotated[str | None, QueryParameter(name="cursor", max_length=400)]
Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=100)]
OtherId = Annotated[int, QueryParameter(name="other")]
Wanted = Annotated[CandidateState, QueryParameter(name="state")]


class IdentityController(Controller):
    """How customers are put together."""

    path = "/api/customers"
    tags = ("identity",)

    @get("/{customer_id:int}/people")
    async def people(self, ctx: Context, customer_id: int) -> People:
        """Return a customer's ids with evidence, who was merged into them, and suggestions."""
        ctx.require("customers.read")
        return await queries.people(ctx, customer_id)

    @get("/{customer_id:int}/merge")
    async def preview(self, ctx: Context, customer_id: int, other: OtherId) -> MergePreview:
        """Return what merging a customer with another one would do."""
        ctx.require("customers.write")
        return await queries.preview(ctx, customer_id, other)

    @post("/{customer_id:int}/merge", status_code=200)
    async def merge(self, ctx: Context, customer_id: int, data: Merge) -> Standing:
        """Let two customers be one; the older one stays."""
        return Standing(await service.merge_people(ctx, customer_id, data.other_id, data.reason))

    @post("/{customer_id:int}/unmerge", status_code=200)
    async def unmerge(self, ctx: Context, customer_id: int, data: Unmerge) -> Standing:
        """Take somebody who was merged into a customer out again."""
        return Standing(await service.unmerge(ctx, customer_id, data.person_id, data.reason))


class CandidatesController(Controller):
    """Suggestions of who may be one person."""

    path = "/api/merge-candidates"
    tags = ("identity",)

    @get()
    async def page(
        self, ctx: Context, wanted: Wanted = "open", cursor: Cursor = None, limit: Limit = 20
    ) -> Page[Candidate]:
        """Return suggestions between people the reader may see, latest first."""
        ctx.require("customers.read")
        return await queries.candidates(ctx, wanted, cursor=cursor, limit=limit)

    @post("/{candidate_id:int}", status_code=200)
    async def decide(self, ctx: Context, candidate_id: int, data: Decision) -> Standing:
        """Accept a suggestion (the two become one), or refuse it for good."""
        return Standing(
            await service.decide(ctx, candidate_id, accept=data.accept, reason=data.reason)
        )


controllers = [IdentityController, CandidatesController]
