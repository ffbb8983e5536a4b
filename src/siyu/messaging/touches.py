"""Touches: every contact made through siyu has an id from its first breath.

The id (`slug`) rides in the links of the touch, comes back in visits and orders, and makes
attribution exact where it can be.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import msgspec
from sqlalchemy import select, update

from siyu.core.context import Context, News
from siyu.core.db import insert_many
from siyu.core.db.directory import Slug
from siyu.core.ids import slug
from siyu.facts.messaging import TouchCreated
from siyu.messaging.models import Touch

TOUCH_PARAMETER: Final = "t"
"""The query parameter that carries a touch's slug through addresses outside siyu."""

SLUG_KIND: Final = "touch"


class NewTouch(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a touch when it is made."""

    kind: str
    channel_id: int | None = None
    live_code_id: int | None = None
    material_id: int | None = None
    staff_account_id: int | None = None
    identity_id: int | None = None
    at: datetime | None = None
    """When it happened, where that was before now."""


async def create_touch(
    ctx: Context,
    kind: str,
    *,
    channel_id: int | None = None,
    live_code_id: int | None = None,
    material_id: int | None = None,
    staff_account_id: int | None = None,
    identity_id: int | None = None,
    announce: bool = True,
) -> Touch:
    """Make a touch (`welcome`, `share` or `code`) as `create_touches` does."""
    new = NewTouch(
        kind=kind,
        channel_id=channel_id,
        live_code_id=live_code_id,
        material_id=material_id,
        staff_account_id=staff_account_id,
        identity_id=identity_id,
    )
    return (await create_touches(ctx, [new], announce=announce))[0]


async def create_touches(
    ctx: Context, wanted: Sequence[NewTouch], *, announce: bool = True
) -> list[Touch]:
    """Make many touches in a constant number of statements; in the order of `wanted`.

    Without `announce`, the caller announces each with `announce_touches` or `announce_once` when it
    has left siyu; until then it counts for nothing.
    """
    if not wanted:
        return []
    rows = [
        {
            "tenant_id": ctx.tenant_id,
            "slug": slug(),
            "kind": new.kind,
            "channel_id": new.channel_id,
            "live_code_id": new.live_code_id,
            "material_id": new.material_id,
            "staff_account_id": new.staff_account_id,
            "identity_id": new.identity_id,
            "created_at": new.at or ctx.now(),
            "left_at": ctx.now() if announce else None,
        }
        for new in wanted
    ]
    made = await ctx.session.scalars(insert_many(Touch, rows).returning(Touch))
    by_slug = {touch.slug: touch for touch in made}
    touches = [by_slug[str(row["slug"])] for row in rows]
    names = [
        {
            "slug": touch.slug,
            "tenant_id": ctx.tenant_id,
            "kind": SLUG_KIND,
            "target_id": touch.id,
        }
        for touch in touches
    ]
    await ctx.session.execute(insert_many(Slug, names))
    if announce:
        await ctx.announce_many([_news(touch) for touch in touches])
    return touches


async def announce_touches(ctx: Context, touches: Sequence[Touch]) -> None:
    """Put on the stream that touches have left siyu, in a constant number of statements."""
    if not touches:
        return
    await ctx.session.execute(
        update(Touch)
        .where(Touch.tenant_id == ctx.tenant_id, Touch.id.in_([touch.id for touch in touches]))
        .values(left_at=ctx.now())
    )
    await ctx.announce_many([_news(touch) for touch in touches])


async def announce_once(ctx: Context, kind: str, touch_ids: Collection[int]) -> Sequence[Touch]:
    """Announce those touches of a kind that were not known to have left; return them.

    The row lock makes whoever comes second find them announced.
    """
    left = (
        await ctx.session.scalars(
            select(Touch)
            .where(
                Touch.tenant_id == ctx.tenant_id,
                Touch.id.in_(touch_ids),
                Touch.kind == kind,
                Touch.left_at.is_(None),
            )
            .order_by(Touch.id)
            .with_for_update()
        )
    ).all()
    await announce_touches(ctx, left)
    return left


def _news(touch: Touch) -> News:
    fact = TouchCreated(kind=touch.kind, channel_id=touch.channel_id, material_id=touch.material_id)
    return News(fact, touch.identity_id, touch.staff_account_id, touch.id, touch.created_at)


async def find_touch(ctx: Context, touch_id: int) -> Touch | None:
    """Return a touch."""
    return await ctx.session.get(Touch, (ctx.tenant_id, touch_id))


def with_touch(url: str, touch_slug: str) -> str:
    """Return an address that carries a touch's slug, in place of any it carried before."""
    parts = urlsplit(url)
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name != TOUCH_PARAMETER
    ]
    query.append((TOUCH_PARAMETER, touch_slug))
    return urlunsplit(parts._replace(query=urlencode(query)))
