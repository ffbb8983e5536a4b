"""Tracked links: made for a touch, opened by readers."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final, Protocol

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from siyu.content.models import Material, TrackedLink, Visit
from siyu.core.context import Context
from siyu.core.db.directory import register_slug
from siyu.core.errors import Conflict
from siyu.core.ids import slug
from siyu.facts.content import MaterialShared, MaterialViewed
from siyu.people.identity.identities import customers_of
from siyu.people.models import Identity

LINK_KIND: Final = "link"


async def create_link(
    ctx: Context,
    material: Material,
    *,
    touch_id: int,
    touch_slug: str,
    staff_account_id: int,
    sent_to: int | None,
) -> TrackedLink:
    """Make the link of a touch; `sent_to` is the identity it is meant for."""
    if material.state != "published":
        raise Conflict("material_not_published", "素材尚未发布或已下架，不能分享")
    link = TrackedLink(
        tenant_id=ctx.tenant_id,
        slug=slug(),
        material_id=material.id,
        touch_id=touch_id,
        touch_slug=touch_slug,
        staff_account_id=staff_account_id,
        sent_to=sent_to,
        created_at=ctx.now(),
    )
    ctx.session.add(link)
    await ctx.session.flush()
    await register_slug(ctx.session, link.slug, ctx.tenant_id, LINK_KIND, link.id)
    return link


def announce_shared(ctx: Context, link: TrackedLink) -> None:
    """Tell that a link has been sent."""
    ctx.announce(
        MaterialShared(material_id=link.material_id, tracked_link_id=link.id),
        identity_id=link.sent_to,
        staff_account_id=link.staff_account_id,
        touch_id=link.touch_id,
        occurred_at=link.created_at,
    )


class TouchLike(Protocol):
    """A touch, as far as links need it; its room stands beside this one."""

    @property
    def id(self) -> int:
        """Its number."""
        ...

    @property
    def slug(self) -> str:
        """Its public name."""
        ...

    @property
    def staff_account_id(self) -> int | None:
        """Who sent it."""
        ...

    @property
    def identity_id(self) -> int | None:
        """To whom."""
        ...


FindTouch = Callable[[Context, int], Awaitable[TouchLike | None]]
"""Returns a touch by its number: `await find_touch(ctx, touch_id)`."""


async def link_of_touch(ctx: Context, material_id: int, touch: TouchLike) -> str | None:
    """Return the slug of the link that a touch brought along, made when it is first followed.

    So a welcome may carry the plain address of an article, and its readings are still known.
    Nothing without a staff account, to whom readings are told.
    """
    if touch.staff_account_id is None:
        return None
    made: TrackedLink | None = await ctx.session.scalar(
        insert(TrackedLink)
        .values(
            tenant_id=ctx.tenant_id,
            slug=slug(),
            material_id=material_id,
            touch_id=touch.id,
            touch_slug=touch.slug,
            staff_account_id=touch.staff_account_id,
            sent_to=touch.identity_id,
            created_at=ctx.now(),
        )
        .on_conflict_do_nothing()
        .returning(TrackedLink)
    )
    if made is not None:
        await register_slug(ctx.session, made.slug, ctx.tenant_id, LINK_KIND, made.id)
        return made.slug
    return await ctx.session.scalar(
        select(TrackedLink.slug).where(
            TrackedLink.tenant_id == ctx.tenant_id,
            TrackedLink.touch_id == touch.id,
            TrackedLink.material_id == material_id,
        )
    )


async def record_opening(ctx: Context, link: TrackedLink, reader: int | None) -> Visit:
    """Open a visit: the page is being sent to a browser.

    Programs that fetch pages for previews never sign in, so a known reader has viewed it;
    for an unknown one the first beat tells. A browser may remember somebody who was erased: who
    reads in it now is nobody known.
    """
    if reader is not None and await ctx.session.get(Identity, (ctx.tenant_id, reader)) is None:
        reader = None
    visit = Visit(
        tenant_id=ctx.tenant_id,
        tracked_link_id=link.id,
        material_id=link.material_id,
        staff_account_id=link.staff_account_id,
        identity_id=reader,
        forwarded=await _is_forwarded(ctx, link.sent_to, reader),
        opened_at=ctx.now(),
    )
    ctx.session.add(visit)
    await ctx.session.flush()
    if reader is not None:
        announce_viewed(ctx, visit, link.touch_id, ctx.now())
    return visit


def announce_viewed(
    ctx: Context, visit: Visit, touch_id: int, at: datetime, *, anonymous: bool = False
) -> None:
    """Tell that a reading has begun; `anonymous`: its identity is only a browser."""
    visit.viewed_at = at
    ctx.announce(
        MaterialViewed(
            material_id=visit.material_id,
            tracked_link_id=visit.tracked_link_id,
            visit_id=visit.id,
            forwarded=visit.forwarded,
            anonymous=anonymous,
        ),
        identity_id=visit.identity_id,
        staff_account_id=visit.staff_account_id,
        touch_id=touch_id,
        occurred_at=at,
    )


async def _is_forwarded(ctx: Context, sent_to: int | None, reader: int | None) -> bool:
    """Tell whether the reader is known to be another person than the recipient."""
    if sent_to is None or reader is None or sent_to == reader:
        return False
    customers = await customers_of(ctx, {sent_to, reader})
    return customers.get(sent_to) != customers.get(reader)
