"""Changing the library of tags: corp tags at WeCom first, internal ones at once.

A corp tag is changed by a call; then the library is read anew, so that whatever somebody else
did meanwhile is seen and WeCom's state is what remains.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

from msgspec import UNSET
from sqlalchemy import select

from siyu.accounts.audit import record
from siyu.channels.wecom.client import WecomClient
from siyu.channels.wecom.errors import QuotaExhausted, WeComError, WeComFailure
from siyu.channels.wecom.in_job import Clients
from siyu.core.clock import Clock
from siyu.core.context import Context
from siyu.core.db import Database
from siyu.core.errors import BadGateway, Conflict, Invalid, NotFound, Problem, TooMany
from siyu.people.models import Tag, TagGroup
from siyu.people.tags.mirror import clear_if_needed, held_library, sync_tags, tell_moved
from siyu.people.tags.schemas import NewTags, TagChange, TagOrder

_CAP: Final = 40126
_GONE: Final = "tag"
_NAME: Final = "tag_name"
_HIGHEST: Final = 1000

Work = Callable[[], AbstractAsyncContextManager[Context]]
"""Opens a unit of work of whoever changes the library."""


@dataclass(frozen=True)
class Librarian:
    """Changes tags and groups for one actor; nothing goes to WeCom inside a transaction."""

    db: Database
    clock: Clock
    wecom: Clients
    tenant_id: int
    work: Work

    async def create(self, wanted: NewTags) -> None:
        """Make tags, and their group if it is missing; names already there stay as they are."""
        if wanted.group_id is None and wanted.group_name is None:
            raise Invalid.field("group_name", "required", "请选择标签组，或填写新标签组的名称")
        names = list(dict.fromkeys(name.strip() for name in wanted.names))
        if wanted.source == "internal":
            async with self.work() as ctx:
                await _create_internal(ctx, wanted, names)
                record(ctx, "tags.create", "tags", "internal", count=len(names))
            return
        async with self.work() as ctx:
            group = None if wanted.group_id is None else await _group(ctx, wanted.group_id)
        if group is not None and group.wecom_id is None:
            raise Conflict("tag_group_internal", "这是内部标签组，不能放企业微信标签")
        async with self._at_wecom("tags.create", "new", count=len(names)) as client:
            await client.tag_library.add(
                names,
                group_id=None if group is None else group.wecom_id,
                group_name=wanted.group_name.strip() if group is None else None,  # type: ignore[union-attr]  # one of both is given
            )

    async def change_tag(self, tag_id: int, change: TagChange) -> None:
        """Rename a tag, or move an internal one to another group."""
        async with self.work() as ctx:
            tag = await _tag(ctx, tag_id)
            _refuse_if_another(tag.name, change)
            if tag.wecom_id is None:
                await held_library(ctx)
                await _change_internal(ctx, tag, change)
                record(ctx, "tags.change", "tag", tag_id)
                return
        if change.group_id is not UNSET and change.group_id != tag.group_id:
            raise Conflict(
                "wecom_cannot_move",
                "企业微信不支持把标签移到另一个标签组：请在目标组新建标签，再批量改打",
            )
        if change.name is not UNSET:
            async with self._at_wecom("tags.change", tag_id) as client:
                await client.tag_library.edit(tag.wecom_id, name=change.name.strip())

    async def change_group(self, group_id: int, change: TagChange) -> None:
        """Rename a group."""
        async with self.work() as ctx:
            group = await _group(ctx, group_id)
            _refuse_if_another(group.name, change)
            if change.name is UNSET:
                return
            name = change.name.strip()
            if group.wecom_id is None:
                await held_library(ctx)
                await _refuse_taken(ctx, TagGroup, name, group.id)
                group.name = name
                record(ctx, "tags.change_group", "tag_group", group_id)
                return
        async with self._at_wecom("tags.change_group", group_id) as client:
            await client.tag_library.edit(group.wecom_id, name=name)

    async def order(self, wanted: TagOrder) -> None:
        """Bring groups, or the tags of a group, into an order.

        Only those whose place changes are told to WeCom; what is not named keeps its place.
        """
        async with self.work() as ctx:
            found = await _ordered(ctx, wanted)
            moved = []
            for place, item in enumerate(found):
                sort = _HIGHEST - place
                if item.sort == sort:
                    continue
                if item.wecom_id is None:
                    item.sort = sort
                else:
                    moved.append((item.wecom_id, sort))
            record(ctx, "tags.order", "tag_group", wanted.group_id or "all", count=len(found))
        if moved:
            async with self._at_wecom(None, "order") as client:
                for wecom_id, sort in moved:
                    await client.tag_library.edit(wecom_id, order=sort)

    async def delete(self, *, tag_id: int | None = None, group_id: int | None = None) -> None:
        """Delete a tag, or a group with all its tags; customers lose them."""
        async with self.work() as ctx:
            item = await (_group(ctx, group_id) if group_id else _tag(ctx, tag_id or 0))
            if item.wecom_id is None:
                await held_library(ctx)
                await _delete_internal(ctx, item)
                record(ctx, "tags.delete", item.__tablename__, item.id)
                return
        async with self._at_wecom("tags.delete", item.id) as client:
            if isinstance(item, TagGroup):
                await client.tag_library.delete(group_ids=[item.wecom_id])
            else:
                await client.tag_library.delete(tag_ids=[item.wecom_id])

    @asynccontextmanager
    async def _at_wecom(
        self, action: str | None, target: object, **details: Any
    ) -> AsyncIterator[WecomClient]:
        """Call WeCom in the block, then read the library anew, whether it went well or not."""
        client = await self.wecom.client(self.tenant_id)
        try:
            yield client
        except WeComFailure as failure:
            await self._read_anew(client)
            raise refusal(failure) from failure
        if action is not None:
            async with self.work() as ctx:
                record(ctx, action, "tags", target, **details)
        await self._read_anew(client)

    async def _read_anew(self, client: WecomClient) -> None:
        try:
            await sync_tags(self.db, self.clock, self.tenant_id, client)
        except WeComFailure as failure:
            raise refusal(failure) from failure


def refusal(failure: WeComFailure) -> Problem:
    """Return what a failed call about tags means to whoever asked for it."""
    if isinstance(failure, QuotaExhausted):
        return TooMany("wecom_quota", failure.sentence, retry_after=60)
    if isinstance(failure, WeComError):
        if failure.errcode == _CAP:
            return Conflict(
                "tag_cap", "企业标签数量已达企业微信的上限；可以改用内部标签，它不占这个名额"
            )
        if failure.subject == _GONE:
            return Conflict("tag_gone", "企业微信里已没有这个标签，标签库已按企业微信更新")
        if failure.subject == _NAME:
            return Invalid.field("name", "tag_name_refused", failure.sentence)
    return BadGateway("wecom_refused", f"企业微信没有接受：{failure.sentence}{_fix(failure)}")


def _fix(failure: WeComFailure) -> str:
    where = failure.fix if isinstance(failure, WeComError) else ""
    return f"。请到：{where}" if where else ""


async def _tag(ctx: Context, tag_id: int) -> Tag:
    tag = await ctx.session.get(Tag, (ctx.tenant_id, tag_id))
    if tag is None or tag.gone:
        raise NotFound("tag_unknown", "没有这个标签，它可能刚被删除")
    return tag


async def _group(ctx: Context, group_id: int) -> TagGroup:
    group = await ctx.session.get(TagGroup, (ctx.tenant_id, group_id))
    if group is None or group.gone:
        raise NotFound("tag_group_unknown", "没有这个标签组，它可能刚被删除")
    return group


def _refuse_if_another(name: str, change: TagChange) -> None:
    if change.was is not None and change.was != name:
        raise Conflict("tag_changed", f"它刚被改名为「{name}」，请刷新后再改")


async def _refuse_taken(
    ctx: Context, table: Any, name: str, own_id: int | None, *conditions: Any
) -> None:
    taken = await ctx.session.scalar(
        select(table.id).where(
            table.tenant_id == ctx.tenant_id,
            table.wecom_id.is_(None),
            table.name == name,
            ~table.gone,
            *conditions,
        )
    )
    if taken is not None and taken != own_id:
        raise Invalid.field("name", "tag_name_taken", f"已有同名的「{name}」")


async def _create_internal(ctx: Context, wanted: NewTags, names: Sequence[str]) -> None:
    await held_library(ctx)
    if wanted.group_id is not None:
        group = await _group(ctx, wanted.group_id)
        if group.wecom_id is not None:
            raise Conflict("tag_group_wecom", "内部标签要放在内部标签组里，请另建一个组")
    else:
        name = (wanted.group_name or "").strip()
        found = await ctx.session.scalar(
            select(TagGroup).where(
                TagGroup.tenant_id == ctx.tenant_id,
                TagGroup.wecom_id.is_(None),
                TagGroup.name == name,
                ~TagGroup.gone,
            )
        )
        group = found or TagGroup(tenant_id=ctx.tenant_id, wecom_id=None, name=name)
        ctx.session.add(group)
        await ctx.session.flush()
    have = set(
        await ctx.session.scalars(
            select(Tag.name).where(
                Tag.tenant_id == ctx.tenant_id, Tag.group_id == group.id, ~Tag.gone
            )
        )
    )
    ctx.session.add_all(
        Tag(tenant_id=ctx.tenant_id, wecom_id=None, group_id=group.id, name=name)
        for name in names
        if name not in have
    )


async def _change_internal(ctx: Context, tag: Tag, change: TagChange) -> None:
    group_id = tag.group_id if change.group_id is UNSET else change.group_id
    name = tag.name if change.name is UNSET else change.name.strip()
    if group_id != tag.group_id and (await _group(ctx, group_id)).wecom_id is not None:
        raise Conflict("tag_group_wecom", "内部标签要放在内部标签组里")
    await _refuse_taken(ctx, Tag, name, tag.id, Tag.group_id == group_id)
    if group_id != tag.group_id:
        await tell_moved(ctx, [tag.id])
    tag.name, tag.group_id = name, group_id


async def _delete_internal(ctx: Context, item: Tag | TagGroup) -> None:
    item.gone = True
    if isinstance(item, TagGroup):
        for tag in await ctx.session.scalars(
            select(Tag).where(Tag.tenant_id == ctx.tenant_id, Tag.group_id == item.id)
        ):
            tag.gone = True
    await ctx.session.flush()
    await clear_if_needed(ctx)


async def _ordered(ctx: Context, wanted: TagOrder) -> list[Any]:
    """Return what is to be ordered, in the order wanted; raises when something is not there."""
    table: Any = TagGroup if wanted.group_id is None else Tag
    query = select(table).where(
        table.tenant_id == ctx.tenant_id, table.id.in_(wanted.ids), ~table.gone
    )
    if wanted.group_id is not None:
        query = query.where(Tag.group_id == wanted.group_id)
    found = {item.id: item for item in await ctx.session.scalars(query)}
    if found.keys() != set(wanted.ids):
        raise Conflict("tags_changed", "标签刚被别人改动过，请刷新后再排序")
    return [found[number] for number in dict.fromkeys(wanted.ids)]
