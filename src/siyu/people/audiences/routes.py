"""HTTP doors of audiences."""

from typing import Annotated, Any, Literal

import msgspec
from litestar import Controller, get, post, put
from litestar.params import JSONBody, QueryParameter

from siyu.accounts.sessions import Principal
from siyu.accounts.tenants import Vaults
from siyu.core.context import Context
from siyu.core.paging import Page
from siyu.people.audiences import builds, named, persons, queries, service, uses
from siyu.people.audiences.asking import AnyRequest, Asker, while_waiting
from siyu.people.audiences.catalogue_routes import CatalogueController
from siyu.people.audiences.rfm_routes import RfmController
from siyu.people.audiences.schemas import (
    AudienceChange,
    AudienceDraft,
    AudienceOf,
    AudienceRow,
    AudienceView,
    BuildStarted,
    NamedPeople,
    PeopleChange,
    PeopleChanged,
    PeopleNamed,
    Preview,
    RuleAsked,
    SamplePerson,
    SizePoint,
    UseDetail,
    UseView,
    VersionView,
    Why,
    WhyAsked,
    WhyReached,
)
from siyu.people.audiences.standing import OtherRooms
from siyu.people.audiences.terms import Names
from siyu.people.customers.origins import Origins
from siyu.people.customers.panels import CustomerPanels
from siyu.people.picture.loading import Sources
from siyu.people.rules.language import Rule

Cursor = Annotated[str | None, QueryParameter(name="cursor", max_length=400)]
Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=200)]
Search = Annotated[str, QueryParameter(name="q", max_length=40)]
Kind = Annotated[Literal["rule", "list", "all"], QueryParameter(name="kind")]
Archived = Annotated[bool, QueryParameter(name="archived")]
Days = Annotated[int, QueryParameter(name="days", ge=1, le=366)]


class AudiencesController(Controller):
    """Audiences, one by one and as a list."""

    path = "/api/audiences"
    tags = ("audiences",)

    @get()
    async def page(
        self,
        ctx: Context,
        other_rooms: OtherRooms,
        q: Search = "",
        kind: Kind = "all",
        archived: Archived = False,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Page[AudienceRow]:
        """Return audiences, the latest made first."""
        ctx.require("audiences.read")
        return await queries.page(
            ctx, other_rooms, q=q.strip(), kind=kind, archived=archived, cursor=cursor, limit=limit
        )

    @post()
    async def create(
        self,
        ctx: Context,
        origins: Origins,
        panels: CustomerPanels,
        other_rooms: OtherRooms,
        data: JSONBody[AudienceDraft],
    ) -> AudienceView:
        """Make an audience; one with a rule is built in the background."""
        ctx.require("audiences.write")
        audience = await service.create(ctx, Names(origins, panels), data)
        return await queries.view(ctx, other_rooms, audience)

    @get("/schema")
    async def schema(self, ctx: Context) -> dict[str, Any]:
        """Return the JSON schema of a rule."""
        ctx.require("audiences.read")
        return msgspec.json.schema(Rule)

    @post("/preview", status_code=200)
    async def preview(
        self,
        request: AnyRequest,
        principal: Principal,
        asker: Asker,
        data: JSONBody[RuleAsked],
    ) -> Preview:
        """Count who a rule fits and show some of them; hanging up stops it."""
        return await while_waiting(request, asker.preview(principal, data))

    @post("/why", status_code=200)
    async def why(
        self, ctx: Context, asker: Asker, sources: Sources, data: JSONBody[WhyAsked]
    ) -> Why:
        """Tell why a customer is in an audience or would be in one of a rule, or not."""
        ctx.require("audiences.read")
        return await asker.why(ctx, sources, data)

    @get("/of/{customer_id:int}")
    async def of(self, ctx: Context, customer_id: int) -> list[AudienceOf]:
        """Return the audiences a customer is in."""
        ctx.require("audiences.read")
        return await persons.audiences_of(ctx, customer_id)

    @get("/{audience_id:int}")
    async def show(self, ctx: Context, other_rooms: OtherRooms, audience_id: int) -> AudienceView:
        """Return everything about an audience, also of an archived one."""
        ctx.require("audiences.read")
        audience = await service.find(ctx, audience_id, archived=True)
        return await queries.view(ctx, other_rooms, audience)

    @put("/{audience_id:int}")
    async def update(
        self,
        ctx: Context,
        origins: Origins,
        panels: CustomerPanels,
        other_rooms: OtherRooms,
        audience_id: int,
        data: JSONBody[AudienceChange],
    ) -> AudienceView:
        """Change an audience; a rule that differs becomes its next version and is built."""
        ctx.require("audiences.write")
        audience = await service.update(ctx, Names(origins, panels), audience_id, data)
        return await queries.view(ctx, other_rooms, audience)

    @post("/{audience_id:int}/copy")
    async def copy(
        self,
        ctx: Context,
        origins: Origins,
        panels: CustomerPanels,
        other_rooms: OtherRooms,
        audience_id: int,
    ) -> AudienceView:
        """Make another audience like this one."""
        ctx.require("audiences.write")
        twin = await service.copy(ctx, Names(origins, panels), audience_id)
        return await queries.view(ctx, other_rooms, twin)

    @post("/{audience_id:int}/archive", status_code=204)
    async def archive(self, ctx: Context, other_rooms: OtherRooms, audience_id: int) -> None:
        """Put an audience away; refused (`audience_in_use`) while something needs it."""
        ctx.require("audiences.write")
        await service.archive(ctx, other_rooms, audience_id)

    @get("/{audience_id:int}/versions")
    async def versions(
        self, ctx: Context, audience_id: int, cursor: Cursor = None, limit: Limit = 50
    ) -> Page[VersionView]:
        """Return the versions of an audience's rule, the latest first."""
        ctx.require("audiences.read")
        audience = await service.find(ctx, audience_id, archived=True)
        return await queries.versions(ctx, audience, cursor=cursor, limit=limit)

    @post("/{audience_id:int}/build", status_code=202)
    async def build(self, ctx: Context, audience_id: int) -> BuildStarted:
        """Build an audience anew, in the background."""
        ctx.require("audiences.write")
        return BuildStarted(await service.build(ctx, audience_id))

    @post("/{audience_id:int}/build/cancel", status_code=204)
    async def cancel_build(self, ctx: Context, audience_id: int) -> None:
        """Ask the build that goes on to stop; `build` later goes on where it stopped."""
        ctx.require("audiences.write")
        await builds.cancel(ctx, await service.find(ctx, audience_id))

    @get("/{audience_id:int}/members")
    async def members(
        self, ctx: Context, audience_id: int, cursor: Cursor = None, limit: Limit = 50
    ) -> Page[SamplePerson]:
        """Return members the reader may see, by their number."""
        ctx.require("audiences.read")
        audience = await service.find(ctx, audience_id, archived=True)
        return await persons.members(ctx, audience.id, cursor=cursor, limit=limit)

    @get("/{audience_id:int}/sizes")
    async def sizes(self, ctx: Context, audience_id: int, days: Days = 90) -> list[SizePoint]:
        """Return how many were in an audience, by day; nothing for who sees some customers only."""
        ctx.require("audiences.read")
        audience = await service.find(ctx, audience_id, archived=True)
        return (await queries.sizes(ctx, [audience.id], days))[audience.id]

    @post("/{audience_id:int}/people")
    async def add(
        self, ctx: Context, audience_id: int, data: JSONBody[PeopleChange]
    ) -> PeopleChanged:
        """Put people on a fixed list."""
        ctx.require("audiences.write")
        put = await service.add(ctx, audience_id, data.customer_ids)
        return PeopleChanged(put.added, await queries.size_of(ctx, audience_id))

    @post("/{audience_id:int}/people/named")
    async def add_named(
        self, ctx: Context, vaults: Vaults, audience_id: int, data: JSONBody[NamedPeople]
    ) -> PeopleNamed:
        """Put people on a fixed list whom lines name by phone number or id."""
        ctx.require("audiences.write")
        ctx.require("customers.read")
        vault = await vaults.of(ctx.session, ctx.tenant_id)
        return await named.add_named(ctx, vault, audience_id, data.lines)

    @post("/{audience_id:int}/people/remove")
    async def remove(
        self, ctx: Context, audience_id: int, data: JSONBody[PeopleChange]
    ) -> PeopleChanged:
        """Take people off a fixed list."""
        ctx.require("audiences.write")
        count = await service.remove(ctx, audience_id, data.customer_ids)
        return PeopleChanged(count, await queries.size_of(ctx, audience_id))

    @get("/{audience_id:int}/uses")
    async def uses(
        self, ctx: Context, audience_id: int, cursor: Cursor = None, limit: Limit = 50
    ) -> Page[UseView]:
        """Return what an audience was used for, the latest first."""
        ctx.require("audiences.read")
        audience = await service.find(ctx, audience_id, archived=True)
        return await queries.uses(ctx, audience, cursor=cursor, limit=limit)

    @get("/uses/{use_id:int}")
    async def use(self, ctx: Context, use_id: int) -> UseDetail:
        """Return what an audience was used for, once, with the rule as it was then."""
        ctx.require("audiences.read")
        return await queries.use(ctx, use_id)

    @get("/uses/{use_id:int}/recipients")
    async def recipients(
        self, ctx: Context, use_id: int, cursor: Cursor = None, limit: Limit = 50
    ) -> Page[SamplePerson]:
        """Return the recipients of a use whom the reader may see, by their number."""
        ctx.require("audiences.read")
        return await uses.recipients_page(ctx, use_id, cursor=cursor, limit=limit)

    @get("/uses/{use_id:int}/why/{customer_id:int}")
    async def why_reached(self, ctx: Context, use_id: int, customer_id: int) -> WhyReached:
        """Return why a customer was among the recipients of a use."""
        ctx.require("audiences.read")
        return await uses.why_reached(ctx, use_id, customer_id)


controllers = [AudiencesController, CatalogueController, RfmController]
