"""Order sources over HTTP. The list of orders stands with their attribution."""

from typing import Any

from litestar import Controller, get, post

from siyu.accounts.tenants import Vaults
from siyu.commerce import sources
from siyu.commerce.schemas import SourceDraft, SourceView, SourceWithSecret
from siyu.core.context import Context
from siyu.core.settings import Settings


class OrderSourceController(Controller):
    """Shop systems that may post orders."""

    path = "/api/order-sources"
    tags = ["commerce"]  # noqa: RUF012 - Litestar declares it as a plain class attribute

    @get()
    async def list_sources(self, ctx: Context, settings: Settings) -> list[SourceView]:
        """List the sources."""
        ctx.require("orders.read")
        return await sources.list_sources(ctx, settings.public_base)

    @post()
    async def create_source(
        self, ctx: Context, vaults: Vaults, settings: Settings, data: SourceDraft
    ) -> SourceWithSecret:
        """Connect a shop system; the secret is shown this once."""
        ctx.require("settings.write")
        return await sources.create_source(ctx, vaults, data, settings.public_base)

    @post("/{source_id:int}/rotate", status_code=200)
    async def rotate_secret(
        self, ctx: Context, vaults: Vaults, settings: Settings, source_id: int
    ) -> SourceWithSecret:
        """Give a source a new secret, shown this once; the old one ends."""
        ctx.require("settings.write")
        return await sources.rotate_secret(ctx, vaults, source_id, settings.public_base)

    @post("/{source_id:int}/disable", status_code=200)
    async def disable_source(self, ctx: Context, settings: Settings, source_id: int) -> SourceView:
        """Refuse orders of a source."""
        ctx.require("settings.write")
        return await sources.switch_source(ctx, source_id, settings.public_base, enabled=False)

    @post("/{source_id:int}/enable", status_code=200)
    async def enable_source(self, ctx: Context, settings: Settings, source_id: int) -> SourceView:
        """Take orders of a source again."""
        ctx.require("settings.write")
        return await sources.switch_source(ctx, source_id, settings.public_base, enabled=True)


controllers: list[type[Any]] = [OrderSourceController]
