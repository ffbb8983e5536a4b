"""HTTP doors to callbacks."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.params import QueryParameter

from siyu.accounts.callbacks import service
from siyu.accounts.callbacks.schemas import CallbackRow, CallbackState, CallbackView
from siyu.accounts.routes import Cursor, Limit
from siyu.core.context import Context
from siyu.core.paging import Page

State = Annotated[CallbackState | None, QueryParameter(name="state")]


class CallbacksController(Controller):
    """What WeCom called back."""

    path = "/api/callbacks"
    tags = ("callbacks",)

    @get()
    async def callbacks(
        self,
        ctx: Context,
        wanted: State = None,
        cursor: Cursor = None,
        limit: Limit = 20,
    ) -> Page[CallbackRow]:
        """List callbacks, latest first; `state=parked` are those that need a person."""
        ctx.require("settings.read")
        return await service.list_callbacks(ctx, wanted, cursor, limit)

    @get("/{callback_id:int}")
    async def callback(self, ctx: Context, callback_id: int) -> CallbackView:
        """Return one callback with its content; the reading is audited."""
        ctx.require("settings.read")
        return await service.read_callback(ctx, callback_id)

    @post("/{callback_id:int}/retry", status_code=204)
    async def retry(self, ctx: Context, callback_id: int) -> None:
        """Have a parked callback read again."""
        ctx.require("settings.write")
        await service.retry_callback(ctx, callback_id)


controllers = [CallbacksController]
