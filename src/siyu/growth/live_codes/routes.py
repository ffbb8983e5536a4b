"""HTTP doors of live codes."""

from typing import Annotated

from litestar import Controller, Response, delete, get, post, put
from litestar.params import QueryParameter

from siyu.core.analytics import Analytics
from siyu.core.context import Context
from siyu.core.files import Files
from siyu.core.paging import Page
from siyu.growth.live_codes import queries, service
from siyu.growth.live_codes.schemas import LiveCodeView, LiveCodeWrite
from siyu.growth.sales import SalesFigures

Cursor = Annotated[str | None, QueryParameter(name="cursor", max_length=400)]
Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=200)]
Search = Annotated[str | None, QueryParameter(name="q", max_length=40)]
ChannelId = Annotated[int | None, QueryParameter(name="channel")]
CodeState = Annotated[str | None, QueryParameter(name="state", max_length=20)]


class LiveCodesController(Controller):
    """Live codes: one QR picture, many staff accounts, own welcome and tags."""

    path = "/api/live-codes"
    tags = ("live codes",)

    @get()
    async def page(
        self,
        ctx: Context,
        sales: SalesFigures,
        analytics: Analytics,
        q: Search = None,
        channel: ChannelId = None,
        code_state: CodeState = None,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Page[LiveCodeView]:
        """Return live codes, latest first."""
        ctx.require("live_codes.read")
        return await queries.page(
            ctx,
            sales,
            analytics,
            q=q,
            channel_id=channel,
            state=code_state,
            cursor=cursor,
            limit=limit,
        )

    @post()
    async def create(
        self, ctx: Context, sales: SalesFigures, analytics: Analytics, data: LiveCodeWrite
    ) -> LiveCodeView:
        """Make a live code; WeCom is told in the background."""
        ctx.require("live_codes.write")
        code = await service.create(ctx, data)
        return (await queries.views(ctx, sales, analytics, [code]))[0]

    @get("/{live_code_id:int}")
    async def show(
        self, ctx: Context, sales: SalesFigures, analytics: Analytics, live_code_id: int
    ) -> LiveCodeView:
        """Return a live code."""
        ctx.require("live_codes.read")
        code = await service.find(ctx, live_code_id)
        return (await queries.views(ctx, sales, analytics, [code]))[0]

    @put("/{live_code_id:int}")
    async def change(
        self,
        ctx: Context,
        sales: SalesFigures,
        analytics: Analytics,
        live_code_id: int,
        data: LiveCodeWrite,
    ) -> LiveCodeView:
        """Change a live code; printed pictures stay valid."""
        ctx.require("live_codes.write")
        code = await service.change(ctx, live_code_id, data)
        return (await queries.views(ctx, sales, analytics, [code]))[0]

    @delete("/{live_code_id:int}")
    async def remove(self, ctx: Context, live_code_id: int) -> None:
        """Take a live code out of use; printed pictures of it stop working."""
        ctx.require("live_codes.write")
        await service.remove(ctx, live_code_id)

    @post("/{live_code_id:int}/retry", status_code=204)
    async def retry(self, ctx: Context, live_code_id: int) -> None:
        """Try once more what WeCom refused."""
        ctx.require("live_codes.write")
        await service.retry(ctx, live_code_id)

    @get("/{live_code_id:int}/qr.png")
    async def picture(self, ctx: Context, files: Files, live_code_id: int) -> Response[bytes]:
        """Return the picture to print, as WeCom made it."""
        ctx.require("live_codes.read")
        stored = await queries.picture(ctx, files, live_code_id)
        return Response(
            stored.content,
            media_type=stored.content_type,
            headers={"cache-control": "private, max-age=3600"},
        )


controllers = [LiveCodesController]
