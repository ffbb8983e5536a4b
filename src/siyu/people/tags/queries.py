"""Reads of the library of tags."""

from sqlalchemy import select

from siyu.core.analytics import Analytics
from siyu.core.context import Context
from siyu.people.models import Tag, TagGroup
from siyu.people.tags.counts import people_by_tag
from siyu.people.tags.models import TagLibraryState
from siyu.people.tags.schemas import Kind, TagGroupView, TagLibrary, TagView


async def tag_library(ctx: Context, analytics: Analytics) -> TagLibrary:
    """Return all living groups and tags, as WeCom orders them: higher numbers first.

    Internal groups stay when they are empty; WeCom knows no empty ones.
    """
    counted = await people_by_tag(ctx, analytics)
    groups = await ctx.session.scalars(
        select(TagGroup)
        .where(TagGroup.tenant_id == ctx.tenant_id, ~TagGroup.gone)
        .order_by(TagGroup.sort.desc(), TagGroup.id)
    )
    found = {group.id: TagGroupView(group.id, group.name, _kind(group), []) for group in groups}
    tags = await ctx.session.scalars(
        select(Tag)
        .where(Tag.tenant_id == ctx.tenant_id, ~Tag.gone)
        .order_by(Tag.sort.desc(), Tag.id)
    )
    for tag in tags:
        if (group := found.get(tag.group_id)) is not None:
            people = None if counted is None else counted.people.get(tag.id, 0)
            group.tags.append(TagView(tag.id, tag.name, _kind(tag), people))
    state = await ctx.session.get(TagLibraryState, ctx.tenant_id)
    return TagLibrary(
        [group for group in found.values() if group.tags or group.source == "internal"],
        counted_at=None if counted is None else counted.at,
        wecom_read_at=None if state is None else state.asked_at,
    )


def _kind(item: Tag | TagGroup) -> Kind:
    return "internal" if item.wecom_id is None else "wecom"
