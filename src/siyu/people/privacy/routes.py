"""HTTP doors of privacy: consents, data packages, erasure."""

from typing import Annotated, Literal

from litestar import Controller, get, post
from litestar.params import JSONBody, QueryParameter
from litestar.response import Stream
from msgspec import Meta, Struct

from siyu.accounts.dependencies import acting
from siyu.accounts.sessions import Principal
from siyu.accounts.tenants import Vaults
from siyu.core.clock import Clock
from siyu.core.context import Context
from siyu.core.db import Database
from siyu.core.files import Files
from siyu.core.paging import Page
from siyu.core.sealed import SealedFiles
from siyu.people.privacy import consents, erasures, packing
from siyu.people.privacy.consents import (
    ConsentRow,
    ConsentState,
    CustomerConsents,
    Kind,
)
from siyu.people.privacy.erasures import ErasureView
from siyu.people.privacy.packing import PackageView

Cursor = Annotated[str | None, QueryParameter(name="cursor", max_length=400)]
Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=200)]
Wanted = Annotated[ConsentState | None, QueryParameter(name="state")]
Text = Annotated[str, Meta(max_length=200)]

_PERMISSION = "privacy.write"


class ConsentDraft(Struct, forbid_unknown_fields=True):
    """What a customer said: themselves, or to an employee who writes it down."""

    kind: Kind
    state: ConsentState
    source: Literal["customer", "employee"] = "employee"
    note: Text = ""


class ErasureDraft(Struct, forbid_unknown_fields=True):
    """Who wishes a person's data to be removed."""

    asked_by: Literal["customer", "enterprise"]
    note: Text = ""


class Confirmation(Struct, forbid_unknown_fields=True):
    """The word that is typed (`删除`)."""

    word: str


class Begun(Struct):
    """What was begun."""

    id: int


class ConsentController(Controller):
    """What a customer said yes or no to, and the wishes about their data."""

    path = "/api/customers/{customer_id:int}"
    tags = ("privacy",)

    @get("/consents")
    async def consents(self, ctx: Context, customer_id: int) -> CustomerConsents:
        """Return what a customer said, and everything before."""
        ctx.require("customers.read")
        return await consents.of_customer(ctx, customer_id)

    @post("/consents", status_code=200)
    async def note(
        self, ctx: Context, customer_id: int, data: JSONBody[ConsentDraft]
    ) -> CustomerConsents:
        """Write down what a customer said."""
        ctx.require("customers.write")
        await consents.note(ctx, customer_id, data.kind, data.state, data.source, data.note)
        await ctx.session.flush()
        return await consents.of_customer(ctx, customer_id)

    @post("/package", status_code=202)
    async def package(self, ctx: Context, customer_id: int) -> Begun:
        """Have a package of everything known of the customer made."""
        ctx.require(_PERMISSION)
        return Begun(await packing.ask(ctx, customer_id))

    @post("/erasure", status_code=201)
    async def erasure(self, ctx: Context, customer_id: int, data: JSONBody[ErasureDraft]) -> Begun:
        """Note that the customer's data is to be removed; to be confirmed."""
        ctx.require(_PERMISSION)
        return Begun(await erasures.ask(ctx, customer_id, data.asked_by, data.note))


class PrivacyController(Controller):
    """The page about privacy."""

    path = "/api/privacy"
    tags = ("privacy",)

    @get("/consents")
    async def consents(
        self, ctx: Context, wanted: Wanted = None, cursor: Cursor = None, limit: Limit = 50
    ) -> Page[ConsentRow]:
        """Return who last said what about marketing, latest first."""
        ctx.require("customers.read")
        return await consents.page(ctx, wanted, cursor, limit)

    @get("/erasures")
    async def erasures(
        self, ctx: Context, cursor: Cursor = None, limit: Limit = 50
    ) -> Page[ErasureView]:
        """Return wishes to be forgotten, latest first."""
        ctx.require(_PERMISSION)
        return await erasures.page(ctx, cursor, limit)

    @post("/erasures/{erasure_id:int}/confirm", status_code=202)
    async def confirm(self, ctx: Context, erasure_id: int, data: JSONBody[Confirmation]) -> None:
        """Remove the person from everywhere; there is no way back."""
        ctx.require(_PERMISSION)
        await erasures.confirm(ctx, erasure_id, data.word)

    @post("/erasures/{erasure_id:int}/withdraw", status_code=204)
    async def withdraw(self, ctx: Context, erasure_id: int) -> None:
        """Drop a wish that was not confirmed."""
        ctx.require(_PERMISSION)
        await erasures.withdraw(ctx, erasure_id)

    @get("/packages")
    async def packages(
        self, ctx: Context, cursor: Cursor = None, limit: Limit = 50
    ) -> Page[PackageView]:
        """Return data packages, latest first."""
        ctx.require(_PERMISSION)
        return await packing.page(ctx, cursor, limit)

    @get("/packages/{package_id:int}/file")
    async def file(
        self,
        principal: Principal,
        db: Database,
        clock: Clock,
        vaults: Vaults,
        files: Files,
        package_id: int,
    ) -> Stream:
        """Return a data package to whoever asked for it."""
        async with acting(db, clock, principal) as ctx:
            ctx.require(_PERMISSION)
            name = await packing.fetch(ctx, package_id)
            vault = await vaults.of(ctx.session, ctx.tenant_id)
        return Stream(
            SealedFiles(files, vault, principal.tenant_id).stream(name),
            media_type="application/zip",
            headers={
                "Content-Disposition": f'attachment; filename="data-package-{package_id}.zip"',
                "Cache-Control": "no-store",
            },
        )


controllers = [ConsentController, PrivacyController]
