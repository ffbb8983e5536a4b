"""HTTP doors of export."""

from litestar import Controller, get, post
from litestar.params import JSONBody
from litestar.response import Stream
from msgspec import Struct

from siyu.accounts.dependencies import acting
from siyu.accounts.sessions import Principal
from siyu.accounts.tenants import Vaults
from siyu.core.clock import Clock
from siyu.core.context import Context
from siyu.core.db import Database
from siyu.core.files import Files
from siyu.core.paging import Page
from siyu.core.sealed import SealedFiles
from siyu.people.exchange import exports
from siyu.people.exchange.columns import COLUMNS, FIELD, titles
from siyu.people.exchange.export_schemas import ExportDraft, ExportSize, ExportView, ExportWanted
from siyu.people.exchange.routes import Cursor, Limit
from siyu.people.fields.service import visible_fields
from siyu.people.tags.targets import Crowds

_PERMISSION = "customers.export"
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class ColumnChoice(Struct):
    """A column that a list can have."""

    name: str
    title: str


class ExportController(Controller):
    """Lists of customers as files."""

    path = "/api/exports"
    tags = ("exchange",)

    @get()
    async def page(
        self, ctx: Context, cursor: Cursor = None, limit: Limit = 20
    ) -> Page[ExportView]:
        """Return lists that were asked for, latest first."""
        ctx.require(_PERMISSION)
        return await exports.page(ctx, cursor, limit)

    @get("/columns")
    async def columns(self, ctx: Context) -> list[ColumnChoice]:
        """Return the columns a list can have."""
        ctx.require(_PERMISSION)
        fields = [f"{FIELD}{number}" for number in await visible_fields(ctx)]
        known = await titles(ctx, [*COLUMNS, *fields])
        return [ColumnChoice(name, title) for name, title in known.items()]

    @post("/size", status_code=200)
    async def size(self, ctx: Context, data: JSONBody[ExportWanted]) -> ExportSize:
        """Count whom a list would be about."""
        ctx.require(_PERMISSION)
        return await exports.size(ctx, data)

    @post(status_code=202)
    async def begin(self, ctx: Context, crowds: Crowds, data: JSONBody[ExportDraft]) -> ExportView:
        """Have a list written in the background."""
        ctx.require(_PERMISSION)
        return await exports.show(ctx, await exports.begin(ctx, crowds, data))

    @get("/{export_id:int}/file")
    async def file(
        self,
        principal: Principal,
        db: Database,
        clock: Clock,
        vaults: Vaults,
        files: Files,
        export_id: int,
    ) -> Stream:
        """Return a finished list to whoever asked for it."""
        async with acting(db, clock, principal) as ctx:
            ctx.require(_PERMISSION)
            vault = await vaults.of(ctx.session, ctx.tenant_id)
            sealed = SealedFiles(files, vault, ctx.tenant_id)
            kind, names = await exports.fetch(ctx, export_id)
        return Stream(
            exports.joined(sealed, names),
            media_type=_TYPES[kind],
            headers={
                "Content-Disposition": f'attachment; filename="customers-{export_id}.{kind}"',
                "Cache-Control": "no-store",
            },
        )


controllers = [ExportController]
