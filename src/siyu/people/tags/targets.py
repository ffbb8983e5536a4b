"""Who is to be marked: chosen people, an audience, or who was frozen in the customer list."""

from typing import Annotated, Literal, Protocol, runtime_checkable

from msgspec import Meta, Struct
from pyroaring import BitMap64

from siyu.core.context import Context
from siyu.people.rules.language import Id


class Chosen(Struct, frozen=True, forbid_unknown_fields=True, tag="chosen", tag_field="kind"):
    """People by number."""

    customer_ids: Annotated[tuple[Id, ...], Meta(min_length=1, max_length=10_000)]


class OfAudience(Struct, frozen=True, forbid_unknown_fields=True, tag="audience", tag_field="kind"):
    """The members of an audience, as of when it is asked."""

    audience_id: int


class Selected(Struct, frozen=True, forbid_unknown_fields=True, tag="selection", tag_field="kind"):
    """Who was chosen in the customer list and frozen; marked once, however often it is asked."""

    selection_id: int


Target = Chosen | OfAudience | Selected


CrowdUse = Literal["marking", "export"]
"""What is done with an audience; as `siyu.people.audiences.kinds.UseKind`."""


@runtime_checkable
class Crowds(Protocol):
    """Knows who is in audiences; wired at the roof."""

    async def of_audience(self, ctx: Context, audience_id: int) -> BitMap64:
        """Return the members; raises `NotFound`."""
        ...

    async def note_use(
        self, ctx: Context, audience_id: int, people: BitMap64, kind: CrowdUse, purpose: str
    ) -> int:
        """Keep that something was done with people because they are in an audience, and why.

        Return the number of the use, by which they are known again.
        """
        ...

    async def of_selection(self, ctx: Context, selection_id: int) -> BitMap64:
        """Return whom the actor chose, keeping others out until the transaction ends.

        Raises `NotFound`.
        """
        ...


async def people_of(ctx: Context, crowds: Crowds, target: Target) -> BitMap64:
    """Return the customers a target names."""
    match target:
        case Chosen():
            return BitMap64(target.customer_ids)
        case OfAudience():
            return await crowds.of_audience(ctx, target.audience_id)
        case Selected():
            return await crowds.of_selection(ctx, target.selection_id)
