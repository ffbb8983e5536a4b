"""Sharing over HTTP, for the staff's phone."""

from typing import Annotated, Any

from litestar import Controller, get, post
from litestar.params import QueryParameter

from siyu.accounts.sessions import Principal
from siyu.activation.sharing import queries, service
from siyu.activation.sharing.schemas import ChatCustomer, Reading, Share, ShareRequest
from siyu.content.queries import list_materials
from siyu.content.schemas import MaterialSummary
from siyu.core.context import Context
from siyu.core.paging import Limit, Page
from siyu.core.settings import Settings


class SharingController(Controller):
    """What staff share, and who reads it."""

    path = "/api/staff"
    tags = ["staff"]  # noqa: RUF012 - Litestar declares it as a plain class attribute

    @get("/materials")
    async def shareable_materials(
        self, ctx: Context, topic: str | None = None, cursor: str | None = None, limit: Limit = 50
    ) -> Page[MaterialSummary]:
        """List what may be shared, latest first."""
        ctx.require("materials.read")
        return await list_materials(ctx, state="published", topic=topic, cursor=cursor, limit=limit)

    @post("/shares")
    async def share_material(
        self, ctx: Context, principal: Principal, settings: Settings, data: ShareRequest
    ) -> Share:
        """Make a tracked link to a material; it counts as shared once it is known to be sent."""
        ctx.require("share")
        return await service.share(
            ctx, data, signed_in_as=principal.staff_account_id, base=settings.public_base
        )

    @post("/shares/{touch_id:int}/sent", status_code=204)
    async def confirm_share(self, ctx: Context, touch_id: int) -> None:
        """Tell that WeCom sent a share; may be told again."""
        ctx.require("share")
        await service.confirm_sent(ctx, touch_id)

    @get("/readings")
    async def recent_readings(self, ctx: Context, limit: Limit = 20) -> list[Reading]:
        """List who has just read what I sent, latest first."""
        ctx.require("share")
        return await queries.recent_readings(ctx, limit)

    @get("/chat-customer")
    async def chat_customer(
        self,
        ctx: Context,
        external_userid: Annotated[str, QueryParameter(name="external_userid", max_length=64)],
    ) -> ChatCustomer:
        """Return the customer of the chat beside which the page is open."""
        ctx.require("share")
        return await queries.customer_in_chat(ctx, external_userid)


controllers: list[type[Any]] = [SharingController]
