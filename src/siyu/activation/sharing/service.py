"""Sharing a material: a touch, and the tracked link that carries it.

The link is made before WeCom asks whom to send it to, and the staff member may think better of
it. So a share counts from when WeCom says that it was sent; if that never arrives, from when
someone opens it or buys through it.
"""

from collections.abc import Collection, Sequence
from typing import Final

from sqlalchemy import select

from siyu.activation.sharing.schemas import Share, ShareRequest
from siyu.content.links import announce_shared, create_link
from siyu.content.models import TrackedLink
from siyu.content.pages.article import LINK_PATH
from siyu.content.queries import file_url
from siyu.content.service import get_material
from siyu.core.context import Context
from siyu.core.errors import Conflict, Forbidden, NotFound
from siyu.messaging.touches import announce_once, create_touch, find_touch
from siyu.people.models import Contact, Identity

_KIND: Final = "share"
_KNOWN_STATES: Final = ("active", "half")


async def share(
    ctx: Context, wanted: ShareRequest, *, signed_in_as: int | None, base: str
) -> Share:
    """Make a touch and its link; `base` is the address of siyu that customers reach.

    `signed_in_as` is the staff account of the session, where it has one.
    """
    material = await get_material(ctx, wanted.material_id)
    accounts = _own_accounts(ctx, wanted.staff_account_id, signed_in_as)
    contact = None
    if wanted.customer_id is not None:
        contact = await _friendship(ctx, wanted.customer_id, accounts)
    staff_account_id = accounts[0] if contact is None else contact.staff_account_id
    identity_id = None if contact is None else contact.identity_id
    touch = await create_touch(
        ctx,
        _KIND,
        # What brings a customer back is still owed to the channel that brought them first.
        channel_id=None if contact is None else contact.channel_id,
        material_id=material.id,
        staff_account_id=staff_account_id,
        identity_id=identity_id,
        announce=False,
    )
    link = await create_link(
        ctx,
        material,
        touch_id=touch.id,
        touch_slug=touch.slug,
        staff_account_id=staff_account_id,
        sent_to=identity_id,
    )
    cover = file_url(material.cover_key)
    return Share(
        url=f"{base}{LINK_PATH}{link.slug}",
        title=material.title,
        description=material.summary,
        cover_url=cover and f"{base}{cover}",
        touch=touch.slug,
        touch_id=touch.id,
        tracked_link_id=link.id,
    )


async def confirm_sent(ctx: Context, touch_id: int) -> None:
    """Note that WeCom sent a share of the actor's own; told again, nothing changes."""
    touch = await find_touch(ctx, touch_id)
    if (
        touch is None
        or touch.kind != _KIND
        or touch.staff_account_id not in ctx.actor.staff_account_ids
    ):
        raise NotFound("share_unknown", "分享不存在，或不是你发出的")
    await shares_left(ctx, [touch_id])


async def shares_left(ctx: Context, touch_ids: Collection[int]) -> None:
    """Announce the shares among some touches that are only now known to have been sent."""
    left = await announce_once(ctx, _KIND, touch_ids)
    links = await ctx.session.scalars(
        select(TrackedLink).where(
            TrackedLink.tenant_id == ctx.tenant_id,
            TrackedLink.touch_id.in_([touch.id for touch in left]),
        )
    )
    for link in links:
        announce_shared(ctx, link)


def _own_accounts(ctx: Context, wanted: int | None, signed_in_as: int | None) -> Sequence[int]:
    """Return the own staff accounts to share as, the likeliest first."""
    own = ctx.actor.staff_account_ids
    if wanted is not None:
        if wanted not in own:
            raise Forbidden("not_your_account", "只能用自己的企微账号分享")
        return [wanted]
    if not own:
        raise Forbidden("staff_account_missing", "你还没有企微账号，请管理员在「员工与角色」中关联")
    return sorted(own, key=lambda account: (account != signed_in_as, account))


async def _friendship(ctx: Context, customer_id: int, accounts: Sequence[int]) -> Contact:
    """Return the friendship through which the link will be sent."""
    contacts = (
        await ctx.session.scalars(
            select(Contact)
            .join(
                Identity,
                (Identity.tenant_id == Contact.tenant_id) & (Identity.id == Contact.identity_id),
            )
            .where(Identity.tenant_id == ctx.tenant_id, Identity.customer_id == customer_id)
        )
    ).all()
    owners = ctx.actor.owners
    if not any(owners is None or contact.staff_account_id in owners for contact in contacts):
        raise NotFound("customer_unknown", "客户不存在，或不在你的数据范围内")
    for account in accounts:
        for contact in contacts:
            if contact.staff_account_id == account and contact.state in _KNOWN_STATES:
                return contact
    raise Conflict("not_friends", "你与该客户已不是好友，无法发送")
