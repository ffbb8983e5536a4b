"""HTTP doors of what the rule builder offers."""

from typing import Annotated

from litestar import Controller, get
from litestar.params import QueryParameter

from siyu.core.context import Context
from siyu.people.audiences import catalogue
from siyu.people.audiences.schemas import Catalogue, Choice, ChoiceKind
from siyu.people.audiences.terms import Names
from siyu.people.customers.origins import Origins
from siyu.people.customers.panels import CustomerPanels

Search = Annotated[str, QueryParameter(name="q", max_length=40)]
Ids = Annotated[list[int] | None, QueryParameter(name="id")]
Kind = Annotated[ChoiceKind, QueryParameter(name="kind")]


class CatalogueController(Controller):
    """What conditions can be made of."""

    path = "/api/audiences/catalogue"
    tags = ("audiences",)

    @get()
    async def offered(self, ctx: Context) -> Catalogue:
        """Return attributes, behaviours, custom fields, and whether scores can be asked."""
        ctx.require("audiences.read")
        return await catalogue.offered(ctx)

    @get("/choices")
    async def choices(
        self,
        ctx: Context,
        origins: Origins,
        panels: CustomerPanels,
        kind: Kind,
        q: Search = "",
        ids: Ids = None,
    ) -> list[Choice]:
        """Return up to 100 tags, staff accounts … by words in their names, or those named by `id`.

        Those that are gone have a name only when they are asked for by `id`.
        """
        ctx.require("audiences.read")
        named = Names(origins, panels)
        return await catalogue.choices(
            ctx, named, kind, q=q.strip(), ids=(ids or [])[: catalogue.MOST]
        )
