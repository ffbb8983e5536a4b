"""Tags: the corp tags of WeCom, and which contact carries which."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from siyu.channels.wecom.endpoints.tags import CorpTagGroup
from siyu.core.context import Context
from siyu.facts.people import TagMarked, TagUnmarked
from siyu.people.models import Contact, ContactTag, Identity, Tag, TagGroup


async def mirror(ctx: Context, groups: Sequence[CorpTagGroup]) -> int:
    """Bring groups and tags up to WeCom's state; return how many tags there are.

    What WeCom no longer has is marked as gone.
    """
    living = [group for group in groups if not group.deleted]
    group_ids: dict[str, int] = {}
    if living:
        made = insert(TagGroup).values(
            [
                {
                    "tenant_id": ctx.tenant_id,
                    "wecom_id": group.group_id,
                    "name": group.group_name,
                    "sort": group.order,
                    "gone": False,
                }
                for group in living
            ]
        )
        rows = await ctx.session.execute(
            made.on_conflict_do_update(
                index_elements=["tenant_id", "wecom_id"],
                set_={
                    "name": made.excluded.name,
                    "sort": made.excluded.sort,
                    "gone": False,
                },
            ).returning(TagGroup.wecom_id, TagGroup.id)
        )
        group_ids = {row.wecom_id: row.id for row in rows}
    tags = [
        {
            "tenant_id": ctx.tenant_id,
            "wecom_id": tag.id,
            "group_id": group_ids[group.group_id],
            "name": tag.name,
            "sort": tag.order,
            "gone": False,
        }
        for group in living
        for tag in group.tag
        if not tag.deleted
    ]
    if tags:
        upsert = insert(Tag).values(tags)
        await ctx.session.execute(
            upsert.on_conflict_do_update(
                index_elements=["tenant_id", "wecom_id"],
                set_={
                    "group_id": upsert.excluded.group_id,
                    "name": upsert.excluded.name,
                    "sort": upsert.excluded.sort,
                    "gone": False,
                },
            )
        )
    await _forget(ctx, TagGroup, group_ids)
    await _forget(ctx, Tag, [str(tag["wecom_id"]) for tag in tags])
    return len(tags)


async def tags_by_wecom_id(ctx: Context, wecom_ids: Collection[str]) -> dict[str, int]:
    """Return the known tags among WeCom's ids."""
    rows = await ctx.session.execute(
        select(Tag.wecom_id, Tag.id).where(
            Tag.tenant_id == ctx.tenant_id, Tag.wecom_id.in_(set(wecom_ids))
        )
    )
    return {row.wecom_id: row.id for row in rows}


async def mark(
    ctx: Context, contact_id: int, tag_ids: Iterable[int], source: str
) -> frozenset[int]:
    """Put tags on a contact; return those that are new there, each announced."""
    wanted = sorted(set(tag_ids))
    if not wanted:
        return frozenset()
    rows = await ctx.session.scalars(
        insert(ContactTag)
        .values(
            [
                {
                    "tenant_id": ctx.tenant_id,
                    "contact_id": contact_id,
                    "tag_id": tag_id,
                    "source": source,
                    "marked_at": ctx.now(),
                }
                for tag_id in wanted
            ]
        )
        .on_conflict_do_nothing()
        .returning(ContactTag.tag_id)
    )
    new = frozenset(rows)
    if new:
        identity, staff_account_id = await _owner(ctx, contact_id)
        for tag_id in sorted(new):
            ctx.announce(
                TagMarked(tag_id=tag_id, customer_id=identity.customer_id, source=source),  # type: ignore[arg-type]  # the table's check holds it
                identity_id=identity.id,
                staff_account_id=staff_account_id,
            )
    return new


async def replace_tags(
    ctx: Context, contact_id: int, tag_ids: Collection[int], *, read_at: datetime
) -> None:
    """Let a contact carry exactly the tags that WeCom showed at `read_at`.

    Tags put on since then are not taken off again by what was read before.
    """
    await mark(ctx, contact_id, tag_ids, "wecom")
    rows = await ctx.session.scalars(
        delete(ContactTag)
        .where(
            ContactTag.tenant_id == ctx.tenant_id,
            ContactTag.contact_id == contact_id,
            ContactTag.tag_id.not_in(set(tag_ids)),
            ContactTag.marked_at < read_at,
        )
        .returning(ContactTag.tag_id)
        .execution_options(synchronize_session=False)
    )
    removed = sorted(rows)
    if removed:
        identity, staff_account_id = await _owner(ctx, contact_id)
        for tag_id in removed:
            ctx.announce(
                TagUnmarked(tag_id=tag_id, customer_id=identity.customer_id, source="wecom"),
                identity_id=identity.id,
                staff_account_id=staff_account_id,
            )


async def _owner(ctx: Context, contact_id: int) -> tuple[Identity, int]:
    row = await ctx.session.execute(
        select(Identity, Contact.staff_account_id)
        .join(
            Contact,
            (Contact.tenant_id == Identity.tenant_id) & (Contact.identity_id == Identity.id),
        )
        .where(Contact.tenant_id == ctx.tenant_id, Contact.id == contact_id)
    )
    identity, staff_account_id = row.one()
    return identity, staff_account_id


async def _forget(ctx: Context, table: type[Tag] | type[TagGroup], living: Collection[str]) -> None:
    await ctx.session.execute(
        update(table)
        .where(table.tenant_id == ctx.tenant_id, table.wecom_id.not_in(list(living)))
        .values(gone=True)
        .execution_options(synchronize_session=False)
    )
