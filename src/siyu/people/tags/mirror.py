"""The corp tags of WeCom, as siyu keeps them: WeCom's state settles every conflict."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Row, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from siyu.channels.wecom.client import WecomClient
from siyu.channels.wecom.endpoints.tags import CorpTagGroup
from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database
from siyu.core.db.many import insert_many
from siyu.core.ids import uuid7
from siyu.people.kinds import CLEAR_GONE_TAGS, TAGS_MOVED, ClearGoneTags, TagsMoved
from siyu.people.models import ContactTag, IdentityTag, Tag, TagGroup
from siyu.people.tags.models import TagLibraryState


async def sync_tags(db: Database, clock: Clock, tenant_id: int, client: WecomClient) -> int:
    """Bring tags and their groups up to WeCom's state; return how many corp tags there are."""
    asked_at = clock.now()
    groups = await client.corp_tags()
    async with db.tenant(tenant_id) as session:
        return await mirror(
            Context(tenant_id, SYSTEM_ACTOR, clock, session), groups, asked_at=asked_at
        )


async def mirror(
    ctx: Context, groups: Sequence[CorpTagGroup], *, asked_at: datetime | None = None
) -> int:
    """Write what WeCom answered at `asked_at`, or now; return how many corp tags there are.

    What WeCom no longer has is marked as gone, and taken off whoever carries it by a job. An
    answer older than the one that is written changes nothing.
    """
    asked_at = asked_at or ctx.now()
    state = await held_library(ctx)
    if state.asked_at is None or state.asked_at <= asked_at:
        state.asked_at = asked_at
        await _write(ctx, [group for group in groups if not group.deleted])
        await clear_if_needed(ctx)
    count = await ctx.session.scalar(
        select(func.count()).where(
            Tag.tenant_id == ctx.tenant_id, Tag.wecom_id.is_not(None), ~Tag.gone
        )
    )
    return count or 0


async def held_library(ctx: Context) -> TagLibraryState:
    """Return the state of the tenant's library, held until this transaction ends."""
    await ctx.session.execute(
        insert(TagLibraryState).values(tenant_id=ctx.tenant_id, counts={}).on_conflict_do_nothing()
    )
    return await ctx.session.get_one(TagLibraryState, ctx.tenant_id, with_for_update=True)


async def clear_if_needed(ctx: Context) -> None:
    """Have gone tags taken off whoever still carries them."""
    carried = or_(
        *(
            exists().where(marks.tenant_id == Tag.tenant_id, marks.tag_id == Tag.id)
            for marks in (ContactTag, IdentityTag)
        )
    )
    if await ctx.session.scalar(
        select(exists().where(Tag.tenant_id == ctx.tenant_id, Tag.gone, carried))
    ):
        await ctx.enqueue(CLEAR_GONE_TAGS, ClearGoneTags(), key="all")


async def _write(ctx: Context, living: Sequence[CorpTagGroup]) -> None:
    group_ids = await _upsert(
        ctx,
        TagGroup,
        [
            {"wecom_id": group.group_id, "name": group.group_name, "sort": group.order}
            for group in living
        ],
    )
    tags = [
        {
            "wecom_id": tag.id,
            "name": tag.name,
            "sort": tag.order,
            "group_id": group_ids[group.group_id],
        }
        for group in living
        for tag in group.tag
        if not tag.deleted
    ]
    await _forget(ctx, TagGroup, group_ids)
    before = await _places(ctx)
    await _forget(ctx, Tag, await _upsert(ctx, Tag, tags))
    await tell_moved(
        ctx,
        [
            before[wecom_id].id
            for wecom_id, group_id in ((row["wecom_id"], row["group_id"]) for row in tags)
            if wecom_id in before and before[wecom_id].group_id != group_id
        ],
    )


async def tell_moved(ctx: Context, tag_ids: Sequence[int]) -> None:
    """Have those told whose rules go by the groups of these tags."""
    if tag_ids:
        # Each move is told by itself: one that comes while another is heard is not lost.
        key = f"{min(tag_ids)}:{uuid7()}"
        await ctx.enqueue(TAGS_MOVED, TagsMoved(tuple(sorted(tag_ids))), key=key)


async def _places(ctx: Context) -> Mapping[object, Row[str | None, int, int]]:
    """Return corp tags, and the groups they are in, by WeCom's id."""
    rows = await ctx.session.execute(
        select(Tag.wecom_id, Tag.id, Tag.group_id).where(
            Tag.tenant_id == ctx.tenant_id, Tag.wecom_id.is_not(None)
        )
    )
    return {row.wecom_id: row for row in rows}


async def _upsert(
    ctx: Context, table: type[Tag] | type[TagGroup], rows: Sequence[dict[str, object]]
) -> dict[str, int]:
    """Write rows by WeCom's id, those that differ only; return their numbers."""
    if not rows:
        return {}
    values = [{"tenant_id": ctx.tenant_id, **row, "gone": False} for row in rows]
    put = insert_many(table, values)
    changed = {name: put.excluded[name] for name in (*rows[0], "gone") if name != "wecom_id"}
    await ctx.session.execute(
        put.on_conflict_do_update(
            index_elements=["tenant_id", "wecom_id"],
            set_=changed,
            where=or_(*(getattr(table, name) != value for name, value in changed.items())),
        )
    )
    found = await ctx.session.execute(
        select(table.wecom_id, table.id).where(
            table.tenant_id == ctx.tenant_id, table.wecom_id.is_not(None)
        )
    )
    known = {row.wecom_id: row.id for row in found}
    return {str(row["wecom_id"]): known[row["wecom_id"]] for row in rows}


async def _forget(ctx: Context, table: type[Tag] | type[TagGroup], living: Collection[str]) -> None:
    await ctx.session.execute(
        update(table)
        .where(
            table.tenant_id == ctx.tenant_id,
            table.wecom_id.is_not(None),
            table.wecom_id.not_in(list(living)),
            ~table.gone,
        )
        .values(gone=True)
        .execution_options(synchronize_session=False)
    )
