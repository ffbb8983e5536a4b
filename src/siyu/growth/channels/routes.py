"""HTTP doors of channels."""

from typing import Annotated

from litestar import Controller, get, patch, post
from litestar.params import QueryParameter

from siyu.core.analytics import Analytics
from siyu.core.context import Context
from siyu.core.paging import Page
from siyu.growth.channels import queries, service
from siyu.growth.channels.schemas import (
    ChannelChange,
    ChannelNames,
    ChannelView,
    Exposure,
    NewChannel,
)
from siyu.growth.sales import SalesFigures

Cursor = Annotated[str | None, QueryParameter(name="cursor", max_length=400)]
Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=200)]


class ChannelsController(Controller):
    """Where customers come from."""

    path = "/api/channels"
    tags = ("channels",)

    @get()
    async def page(
        self,
        ctx: Context,
        sales: SalesFigures,
        analytics: Analytics,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Page[ChannelView]:
        """Return channels with their figures, latest first."""
        ctx.require("channels.read")
        return await queries.page(ctx, sales, analytics, cursor, limit)

    @get("/names")
    async def names(self, ctx: Context) -> ChannelNames:
        """Return all channels to choose from."""
        ctx.require("channels.read")
        return ChannelNames(await queries.names(ctx))

    @post()
    async def create(
        self, ctx: Context, sales: SalesFigures, analytics: Analytics, data: NewChannel
    ) -> ChannelView:
        """Make a channel."""
        ctx.require("channels.write")
        channel = await service.create(ctx, data)
        return (await queries.views(ctx, sales, analytics, [channel]))[0]

    @patch("/{channel_id:int}")
    async def change(
        self,
        ctx: Context,
        sales: SalesFigures,
        analytics: Analytics,
        channel_id: int,
        data: ChannelChange,
    ) -> ChannelView:
        """Change a channel."""
        ctx.require("channels.write")
        channel = await service.change(ctx, channel_id, data)
        return (await queries.views(ctx, sales, analytics, [channel]))[0]

    @post("/{channel_id:int}/exposures", status_code=204)
    async def expose(self, ctx: Context, channel_id: int, data: Exposure) -> None:
        """Enter how often a channel was shown; figures add up."""
        ctx.require("channels.write")
        await service.expose(ctx, channel_id, data)


controllers = [ChannelsController]
