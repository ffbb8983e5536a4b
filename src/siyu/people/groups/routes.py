"""HTTP doors of customer groups."""

from typing import Annotated, Literal

from litestar import Controller, get
from litestar.params import QueryParameter

from siyu.core.context import Context
from siyu.core.paging import Page
from siyu.people.groups import queries
from siyu.people.groups.queries import GroupFilter
from siyu.people.groups.schemas import GroupRow, GroupView, MemberRow

Cursor = Annotated[str | None, QueryParameter(name="cursor", max_length=400)]
Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=200)]
Search = Annotated[str, QueryParameter(name="q", max_length=40)]
OwnerId = Annotated[int | None, QueryParameter(name="owner")]
Standing = Annotated[
    Literal["active", "owner_left", "dismissed", "all"], QueryParameter(name="state")
]
Past = Annotated[bool, QueryParameter(name="past")]


class GroupsController(Controller):
    """Customer groups, one by one and as a list."""

    path = "/api/groups"
    tags = ("groups",)

    @get()
    async def page(
        self,
        ctx: Context,
        q: Search = "",
        owner: OwnerId = None,
        standing: Standing = "active",
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Page[GroupRow]:
        """Return the groups of owners the reader may see, the latest first."""
        ctx.require("customers.read")
        wanted = GroupFilter(q=q.strip(), owner_id=owner, state=standing)
        return await queries.page(ctx, wanted, cursor=cursor, limit=limit)

    @get("/{group_id:int}")
    async def show(self, ctx: Context, group_id: int) -> GroupView:
        """Return everything about one group but its members."""
        ctx.require("customers.read")
        return await queries.show(ctx, group_id)

    @get("/{group_id:int}/members")
    async def members(
        self,
        ctx: Context,
        group_id: int,
        past: Past = False,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Page[MemberRow]:
        """Return who is in a group, or with `past` who was, the latest to join first."""
        ctx.require("customers.read")
        return await queries.members(ctx, group_id, past=past, cursor=cursor, limit=limit)


controllers = [GroupsController]
