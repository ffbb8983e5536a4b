"""The enterprise's own pages and apps that may report what happens on them."""

from datetime import datetime
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

import msgspec
from litestar import Controller, get, post
from sqlalchemy import select

from siyu.accounts.audit import record
from siyu.content.collection.door import SOURCE_KIND
from siyu.content.collection.models import CollectSource
from siyu.core.context import Context
from siyu.core.db.directory import register_slug
from siyu.core.errors import Invalid, NotFound
from siyu.core.ids import slug
from siyu.core.settings import Settings

SCRIPT_PATH: Final = "/static/collect.js"

Origin = Annotated[str, msgspec.Meta(max_length=120)]


class CollectSourceDraft(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A page or app to be connected. `origins` such as `https://mall.example`; none means any."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    origins: Annotated[list[Origin], msgspec.Meta(max_length=20)] = []


class CollectSourceView(msgspec.Struct, kw_only=True):
    """A connected page or app; `snippet` is what its pages include."""

    id: int
    name: str
    write_key: str
    origins: list[str]
    enabled: bool
    snippet: str
    created_at: datetime


async def create_collect_source(
    ctx: Context, draft: CollectSourceDraft, base: str
) -> CollectSourceView:
    """Let a page or app report events; its write key stands in the open."""
    source = CollectSource(
        tenant_id=ctx.tenant_id,
        name=draft.name,
        write_key=f"wk_{slug(12)}",
        origins=[_origin(text) for text in draft.origins],
        enabled=True,
        created_at=ctx.now(),
    )
    ctx.session.add(source)
    await ctx.session.flush()
    await register_slug(ctx.session, source.write_key, ctx.tenant_id, SOURCE_KIND, source.id)
    record(ctx, "collect_source.create", "collect_source", source.id, name=source.name)
    return _view(source, base)


async def switch_collect_source(
    ctx: Context, source_id: int, base: str, *, enabled: bool
) -> CollectSourceView:
    """Take reports of a source, or refuse them (within half a minute)."""
    source = await ctx.session.get(CollectSource, (ctx.tenant_id, source_id), with_for_update=True)
    if source is None:
        raise NotFound("collect_source_unknown", "采集来源不存在")
    if source.enabled != enabled:
        source.enabled = enabled
        deed = "collect_source.enable" if enabled else "collect_source.disable"
        record(ctx, deed, "collect_source", source.id)
    return _view(source, base)


async def list_collect_sources(ctx: Context, base: str) -> list[CollectSourceView]:
    """Return all sources, oldest first."""
    rows = await ctx.session.scalars(
        select(CollectSource)
        .where(CollectSource.tenant_id == ctx.tenant_id)
        .order_by(CollectSource.id)
    )
    return [_view(row, base) for row in rows]


def _origin(text: str) -> str:
    parts = urlsplit(text.strip().rstrip("/"))
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path or parts.query:
        raise Invalid.field(
            "origins", "origin_invalid", "网站来源应形如 https://mall.example，不带路径"
        )
    return f"{parts.scheme}://{parts.netloc}".lower()


def _view(source: CollectSource, base: str) -> CollectSourceView:
    return CollectSourceView(
        id=source.id,
        name=source.name,
        write_key=source.write_key,
        origins=list(source.origins),
        enabled=source.enabled,
        snippet=f'<script async src="{base}{SCRIPT_PATH}" data-key="{source.write_key}"></script>',
        created_at=source.created_at,
    )


class CollectSourceController(Controller):
    """The enterprise's own pages and apps that report events."""

    path = "/api/collect-sources"
    tags = ["content"]  # noqa: RUF012 - Litestar declares it as a plain class attribute

    @get()
    async def list_collect_sources(
        self, ctx: Context, settings: Settings
    ) -> list[CollectSourceView]:
        """List the sources."""
        ctx.require("settings.read")
        return await list_collect_sources(ctx, settings.public_base)

    @post()
    async def create_collect_source(
        self, ctx: Context, settings: Settings, data: CollectSourceDraft
    ) -> CollectSourceView:
        """Connect a page or app."""
        ctx.require("settings.write")
        return await create_collect_source(ctx, data, settings.public_base)

    @post("/{source_id:int}/disable", status_code=200)
    async def disable_collect_source(
        self, ctx: Context, settings: Settings, source_id: int
    ) -> CollectSourceView:
        """Refuse reports of a source."""
        ctx.require("settings.write")
        return await switch_collect_source(ctx, source_id, settings.public_base, enabled=False)

    @post("/{source_id:int}/enable", status_code=200)
    async def enable_collect_source(
        self, ctx: Context, settings: Settings, source_id: int
    ) -> CollectSourceView:
        """Take reports of a source again."""
        ctx.require("settings.write")
        return await switch_collect_source(ctx, source_id, settings.public_base, enabled=True)


controllers: list[type[Any]] = [CollectSourceController]
