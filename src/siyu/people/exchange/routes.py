"""HTTP doors of import."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

from litestar import Controller, Request, delete, get, post, put
from litestar.params import JSONBody, QueryParameter
from litestar.response import Stream
from msgspec import Struct

from siyu.accounts.dependencies import acting
from siyu.accounts.sessions import Principal
from siyu.accounts.tenants import Vaults
from siyu.core.clock import Clock
from siyu.core.context import Context
from siyu.core.db import Database
from siyu.core.errors import Forbidden
from siyu.core.files import Files
from siyu.core.paging import Page
from siyu.core.sealed import SealedFiles
from siyu.people.exchange import faults, imports, uploads
from siyu.people.exchange.faults import ProblemView
from siyu.people.exchange.imports import ImportPreview, ImportView
from siyu.people.exchange.kinds import PERMISSION
from siyu.people.exchange.plan import Plan

Cursor = Annotated[str | None, QueryParameter(name="cursor", max_length=400)]
Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=200)]
Name = Annotated[str, QueryParameter(name="name", min_length=1, max_length=200)]
Repeated = Annotated[bool, QueryParameter(name="repeated")]
AnyRequest = Request[Any, Any, Any]


class RunBegun(Struct):
    """The run that was begun."""

    run_id: int


class ImportController(Controller):
    """Customers from files."""

    path = "/api/imports"
    tags = ("exchange",)

    @get()
    async def page(
        self, ctx: Context, cursor: Cursor = None, limit: Limit = 20
    ) -> Page[ImportView]:
        """Return uploaded files, latest first."""
        ctx.require(PERMISSION)
        return await imports.page(ctx, cursor, limit)

    @post(request_max_body_size=None)
    async def upload(
        self,
        request: AnyRequest,
        principal: Principal,
        db: Database,
        clock: Clock,
        vaults: Vaults,
        files: Files,
        name: Name,
    ) -> ImportView:
        """Store a CSV or XLSX file, which is the body itself, and guess what its columns mean."""
        if PERMISSION not in principal.actor.permissions:
            raise Forbidden("permission_missing", "你的角色没有导入客户的权限")
        # No transaction is open while the file comes: it may take minutes.
        async with acting(db, clock, principal) as ctx:
            sealed = await _sealed(ctx, vaults, files)
        uploaded = await uploads.store(sealed, _body(request))
        async with acting(db, clock, principal) as ctx:
            return await imports.show(ctx, await uploads.keep(ctx, name, uploaded))

    @get("/{import_id:int}")
    async def show(self, ctx: Context, import_id: int) -> ImportView:
        """Return an uploaded file and how far it is."""
        ctx.require(PERMISSION)
        return await imports.show(ctx, import_id)

    @delete("/{import_id:int}", status_code=204)
    async def discard(self, ctx: Context, vaults: Vaults, files: Files, import_id: int) -> None:
        """Delete an uploaded file; what was imported from it stays."""
        ctx.require(PERMISSION)
        await imports.discard(ctx, await _sealed(ctx, vaults, files), import_id)

    @post("/{import_id:int}/preview", status_code=200)
    async def preview(
        self, ctx: Context, vaults: Vaults, files: Files, import_id: int, data: JSONBody[Plan]
    ) -> ImportPreview:
        """Return the first rows as a plan would read them."""
        ctx.require(PERMISSION)
        vault = await vaults.of(ctx.session, ctx.tenant_id)
        sealed = SealedFiles(files, vault, ctx.tenant_id)
        return await imports.preview(ctx, vault, sealed, import_id, data)

    @put("/{import_id:int}/plan")
    async def settle(
        self, ctx: Context, vaults: Vaults, files: Files, import_id: int, data: JSONBody[Plan]
    ) -> ImportView:
        """Keep what the columns mean."""
        ctx.require(PERMISSION)
        await imports.settle(ctx, await _sealed(ctx, vaults, files), import_id, data)
        return await imports.show(ctx, import_id)

    @post("/{import_id:int}/check", status_code=202)
    async def check(self, ctx: Context, import_id: int) -> RunBegun:
        """Count in the background what an import would do; nothing is written."""
        ctx.require(PERMISSION)
        return RunBegun(await imports.begin_check(ctx, import_id))

    @post("/{import_id:int}/start", status_code=202)
    async def start(self, ctx: Context, import_id: int) -> RunBegun:
        """Import in the background, or go on where it stopped."""
        ctx.require(PERMISSION)
        return RunBegun(await imports.begin(ctx, import_id))

    @get("/{import_id:int}/problems")
    async def problems(
        self,
        ctx: Context,
        vaults: Vaults,
        files: Files,
        import_id: int,
        repeated: Repeated = False,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Page[ProblemView]:
        """Return the rows that stay out and why, or those about somebody of another row.

        Until the import begins they are those of the last trial.
        """
        ctx.require(PERMISSION)
        sealed = await _sealed(ctx, vaults, files)
        return await faults.problems(ctx, sealed, import_id, cursor, limit, repeated=repeated)

    @get("/{import_id:int}/problems.csv")
    async def problems_file(
        self,
        principal: Principal,
        db: Database,
        clock: Clock,
        vaults: Vaults,
        files: Files,
        import_id: int,
    ) -> Stream:
        """Return the rows that stay out, as they came, and why, as CSV."""
        if PERMISSION not in principal.actor.permissions:
            raise Forbidden("permission_missing", "你的角色没有导入客户的权限")
        async with acting(db, clock, principal) as ctx:
            sealed = await _sealed(ctx, vaults, files)
            row = await faults.downloadable(ctx, import_id)
        return Stream(
            faults.table(db, principal.tenant_id, sealed, row),
            media_type="text/csv; charset=utf-8",
            headers={
                "Content-Disposition": f'attachment; filename="import-{import_id}-problems.csv"',
                "Cache-Control": "no-store",
            },
        )


async def _sealed(ctx: Context, vaults: Vaults, files: Files) -> SealedFiles:
    return SealedFiles(files, await vaults.of(ctx.session, ctx.tenant_id), ctx.tenant_id)


async def _body(request: AnyRequest) -> AsyncIterator[bytes]:
    async for piece in request.stream():
        yield piece


controllers = [ImportController]
