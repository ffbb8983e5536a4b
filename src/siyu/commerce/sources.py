"""Shop systems that may post orders, and how they prove who they are."""

import hmac
import secrets
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import select

from siyu.accounts.audit import record
from siyu.accounts.tenants import Vaults
from siyu.commerce.models import OrderSource
from siyu.commerce.schemas import SourceDraft, SourceView, SourceWithSecret
from siyu.core.context import Context
from siyu.core.db.directory import register_slug
from siyu.core.errors import NotFound
from siyu.core.ids import slug

SLUG_KIND: Final = "order_source"
SECRET_PURPOSE: Final = "order-source-secret"  # noqa: S105 - the name of a purpose
ORDERS_PATH: Final = "/open/v1/orders"
TOLERANCE: Final = timedelta(seconds=300)
_LONGEST_TIMESTAMP: Final = 12


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return the signature of a post: HMAC-SHA256 over the time and the body, in hex."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, "sha256").hexdigest()


def is_timely(timestamp: str, now: datetime) -> bool:
    """Tell whether a signed time, in seconds since 1970, is within five minutes of now."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < _LONGEST_TIMESTAMP):
        return False
    return abs(now - datetime.fromtimestamp(int(timestamp), UTC)) <= TOLERANCE


async def create_source(
    ctx: Context, vaults: Vaults, draft: SourceDraft, base: str
) -> SourceWithSecret:
    """Let a shop system post orders; its secret is returned this once."""
    secret = secrets.token_urlsafe(32)
    vault = await vaults.of(ctx.session, ctx.tenant_id)
    source = OrderSource(
        tenant_id=ctx.tenant_id,
        name=draft.name.strip() or draft.name,
        key=f"sk_{slug(12)}",
        secret=vault.encrypt(SECRET_PURPOSE, secret),
        created_at=ctx.now(),
    )
    ctx.session.add(source)
    await ctx.session.flush()
    await register_slug(ctx.session, source.key, ctx.tenant_id, SLUG_KIND, source.id)
    record(ctx, "order_source.create", "order_source", source.id, name=source.name)
    return _with_secret(source, secret, base)


async def rotate_secret(
    ctx: Context, vaults: Vaults, source_id: int, base: str
) -> SourceWithSecret:
    """Give a source a new secret; the old one is worthless from now on."""
    source = await _source(ctx, source_id)
    secret = secrets.token_urlsafe(32)
    vault = await vaults.of(ctx.session, ctx.tenant_id)
    source.secret = vault.encrypt(SECRET_PURPOSE, secret)
    source.rotated_at = ctx.now()
    record(ctx, "order_source.rotate", "order_source", source.id)
    return _with_secret(source, secret, base)


async def switch_source(ctx: Context, source_id: int, base: str, *, enabled: bool) -> SourceView:
    """Take orders from a source, or refuse them."""
    source = await _source(ctx, source_id)
    if source.enabled != enabled:
        source.enabled = enabled
        deed = "order_source.enable" if enabled else "order_source.disable"
        record(ctx, deed, "order_source", source.id)
    return _view(source, base)


async def list_sources(ctx: Context, base: str) -> list[SourceView]:
    """Return all sources, oldest first."""
    rows = await ctx.session.scalars(
        select(OrderSource).where(OrderSource.tenant_id == ctx.tenant_id).order_by(OrderSource.id)
    )
    return [_view(row, base) for row in rows]


async def _source(ctx: Context, source_id: int) -> OrderSource:
    source = await ctx.session.get(OrderSource, (ctx.tenant_id, source_id), with_for_update=True)
    if source is None:
        raise NotFound("order_source_unknown", "订单来源不存在")
    return source


def _view(source: OrderSource, base: str) -> SourceView:
    return SourceView(
        id=source.id,
        name=source.name,
        key=source.key,
        enabled=source.enabled,
        orders_url=f"{base}{ORDERS_PATH}",
        created_at=source.created_at,
        rotated_at=source.rotated_at,
        last_order_at=source.last_order_at,
    )


def _with_secret(source: OrderSource, secret: str, base: str) -> SourceWithSecret:
    view = _view(source, base)
    return SourceWithSecret(
        secret=secret, **{name: getattr(view, name) for name in view.__struct_fields__}
    )
