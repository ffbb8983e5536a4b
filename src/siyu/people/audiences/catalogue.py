"""What conditions can be made of: all that the rule builder offers."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from sqlalchemy import Select, select

from siyu.accounts.models import StaffAccount
from siyu.core.context import Context
from siyu.people.audiences.models import Audience
from siyu.people.audiences.schemas import Catalogue, Choice, ChoiceKind, FieldOffered, OptionOffered
from siyu.people.audiences.terms import Names, rfm_in_force
from siyu.people.fields.models import CustomField
from siyu.people.fields.service import visible_fields
from siyu.people.groups.models import GroupChat
from siyu.people.groups.queries import seen
from siyu.people.models import Tag, TagGroup
from siyu.people.rules.attributes import BASICS
from siyu.people.rules.behaviours import doings
from siyu.people.stages.models import Stage

MOST: Final = 100
"""How many are offered at a time; words narrow them down."""


async def offered(ctx: Context) -> Catalogue:
    """Return attributes, behaviours and custom fields, and whether scores can be asked."""
    return Catalogue(
        attributes=list(BASICS.values()),
        behaviours=list(doings().values()),
        fields=[_field(row) for row in (await visible_fields(ctx)).values()],
        scored=await rfm_in_force(ctx) is not None,
    )


async def choices(
    ctx: Context, names: Names, kind: ChoiceKind, *, q: str, ids: Collection[int]
) -> list[Choice]:
    """Return what a condition can name, by words in its name; or those of `ids`, also gone ones."""
    if kind == "channel" or kind == "live_code":  # noqa: PLR1714 - so that types follow
        found = await names.origins.choices(ctx, kind, q, ids, MOST)
        return [Choice(number, name) for number, name in found.items()]
    rows: list[Choice] = await _QUERIES[kind](ctx, q, ids)
    return rows


def _field(field: CustomField) -> FieldOffered:
    return FieldOffered(
        field.id,
        field.name,
        field.kind,  # type: ignore[arg-type]  # the table's check keeps it a kind
        [OptionOffered(one["id"], one["name"]) for one in field.options if not one.get("gone")],
    )


async def _tags(ctx: Context, q: str, ids: Collection[int]) -> list[Choice]:
    query = (
        select(Tag.id, Tag.name, TagGroup.name.label("group_name"))
        .join(TagGroup, (TagGroup.tenant_id == Tag.tenant_id) & (TagGroup.id == Tag.group_id))
        .where(Tag.tenant_id == ctx.tenant_id)
        .order_by(TagGroup.sort, TagGroup.id, Tag.sort, Tag.id)
    )
    return await _found(ctx, query, Tag, q, ids, ~Tag.gone)


async def _stages(ctx: Context, q: str, ids: Collection[int]) -> list[Choice]:
    query = select(Stage.id, Stage.name).order_by(Stage.sort, Stage.id)
    return await _found(ctx, query, Stage, q, ids, ~Stage.gone)


async def _staff(ctx: Context, q: str, ids: Collection[int]) -> list[Choice]:
    query = select(StaffAccount.id, StaffAccount.name).order_by(StaffAccount.id)
    if ctx.actor.owners is not None:
        query = query.where(StaffAccount.id.in_(ctx.actor.owners))
    return await _found(ctx, query, StaffAccount, q, ids)


async def _groups(ctx: Context, q: str, ids: Collection[int]) -> list[Choice]:
    query = select(GroupChat.id, GroupChat.name).where(seen(ctx)).order_by(GroupChat.id.desc())
    return await _found(ctx, query, GroupChat, q, ids, GroupChat.state == "active")


async def _audiences(ctx: Context, q: str, ids: Collection[int]) -> list[Choice]:
    query = select(Audience.id, Audience.name).order_by(Audience.id.desc())
    return await _found(ctx, query, Audience, q, ids, Audience.archived_at.is_(None))


async def _found(
    ctx: Context,
    query: Select[*tuple[Any, ...]],
    table: Any,
    q: str,
    ids: Collection[int],
    *living: Any,
) -> list[Choice]:
    query = query.where(table.tenant_id == ctx.tenant_id).limit(MOST)
    if ids:
        query = query.where(table.id.in_(ids))
    else:
        query = query.where(*living)
        if q:
            query = query.where(table.name.icontains(q, autoescape=True))
    rows = await ctx.session.execute(query)
    return [Choice(row.id, row.name, row._mapping.get("group_name")) for row in rows]  # noqa: SLF001 - the public way to ask for a column that may be missing


_QUERIES: Final[Mapping[str, Callable[..., Any]]] = {
    "tag": _tags,
    "stage": _stages,
    "staff": _staff,
    "group": _groups,
    "audience": _audiences,
}
