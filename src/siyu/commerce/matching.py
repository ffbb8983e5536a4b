"""Whose order it is.

What the shop itself knows of the buyer comes first: a link that was passed on brings its
touch back with a friend's order, so the touch's recipient is the buyer only where nothing
the shop says speaks against it.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Literal, NamedTuple

from sqlalchemy import ColumnElement, or_, select

from siyu.commerce.models import SalesOrder
from siyu.core.context import Context
from siyu.core.db import among
from siyu.core.stream.events import Event
from siyu.facts.commerce import OrderMatched
from siyu.people.identity.identities import (
    UNIONID,
    customer_of,
    find_identity,
    identities_of,
)
from siyu.people.identity.joining import claim
from siyu.people.identity.phones import PHONE
from siyu.people.models import Identity

MEMBER: Final = "member"

Method = Literal["touch", "unionid", "phone", "external_member_id"]

TouchRecipient = Callable[[Context, int], Awaitable[int | None]]
"""Returns the identity a touch was sent to, if it is known: `await recipient(ctx, touch_id)`."""


class Match(NamedTuple):
    """The buyer, and what gave them away."""

    identity_id: int
    method: Method


async def find_buyer(ctx: Context, order: SalesOrder, recipient: TouchRecipient) -> Match | None:
    """Return who bought, if siyu knows them."""
    wanted: list[tuple[Method, str, str | None]] = [
        ("unionid", UNIONID, order.unionid),
        ("phone", PHONE, _hex(order.phone_blind)),
        ("external_member_id", MEMBER, order.external_member_id),
    ]
    for method, kind, value in wanted:
        if value and (identity := await find_identity(ctx, kind, "", value)) is not None:
            return Match(identity.id, method)
    if order.touch_id is None:
        return None
    identity_id = await recipient(ctx, order.touch_id)
    if identity_id is None or await _speaks_against(ctx, order, identity_id):
        return None
    return Match(identity_id, "touch")


async def settle(ctx: Context, order: SalesOrder, match: Match) -> None:
    """Write down whose order it is; the caller announces it."""
    order.identity_id, order.match_method = match
    order.matched_at = ctx.now()
    if match.method != "touch":
        await _remember_buyer(ctx, order, match.identity_id)


async def announce_match(ctx: Context, order: SalesOrder) -> None:
    """Tell whose order it is."""
    if order.identity_id is None or order.match_method is None:
        return
    customer_id = await customer_of(ctx, order.identity_id)
    if customer_id is None:
        return
    method: Method = order.match_method  # type: ignore[assignment]  # the table's check holds it
    ctx.announce(
        OrderMatched(order_id=order.id, customer_id=customer_id, method=method),
        identity_id=order.identity_id,
        touch_id=order.touch_id,
    )


async def match_waiting(ctx: Context, events: Sequence[Event], recipient: TouchRecipient) -> None:
    """Match orders that waited for a person who has now appeared.

    Hears `customer.created`, `identity.linked`, and `order.paid` of unknown buyers: person and
    order may have come in at the same moment, each unseen by the other.
    """
    for event in events:
        for order in await _waiting(ctx, event):
            match = await find_buyer(ctx, order, recipient)
            if match is not None:
                await settle(ctx, order, match)
                await ctx.session.flush()
                await announce_match(ctx, order)


async def _waiting(ctx: Context, event: Event) -> Sequence[SalesOrder]:
    concerned = await _concerned(ctx, event)
    if not concerned:
        return []
    rows = await ctx.session.scalars(
        select(SalesOrder)
        .where(
            SalesOrder.tenant_id == ctx.tenant_id,
            SalesOrder.identity_id.is_(None),
            or_(*concerned),
        )
        .order_by(SalesOrder.id)
        .with_for_update()
    )
    return rows.all()


async def _concerned(ctx: Context, event: Event) -> list[ColumnElement[bool]]:
    """Return the conditions, any of which an order meets that the fact concerns."""
    if event.type == "order.paid":
        # A known buyer rides in the event; only the others wait.
        unknown = event.identity_id is None
        return [SalesOrder.id == event.properties["order_id"]] if unknown else []
    ids = event.properties.get("identity_ids", [event.identity_id])
    identities = await ctx.session.scalars(
        select(Identity).where(Identity.tenant_id == ctx.tenant_id, among(Identity.id, ids))
    )
    return [named for one in identities if (named := _named(one)) is not None]


def _named(identity: Identity) -> ColumnElement[bool] | None:
    """Return the condition that an order names an id as its buyer's."""
    if identity.kind == UNIONID:
        return SalesOrder.unionid == identity.value
    if identity.kind == PHONE:
        return SalesOrder.phone_blind == bytes.fromhex(identity.value)
    if identity.kind == MEMBER:
        return SalesOrder.external_member_id == identity.value
    return None


async def _speaks_against(ctx: Context, order: SalesOrder, recipient: int) -> bool:
    """Tell whether the shop names another unionid than the recipient's."""
    if not order.unionid:
        return False
    customer_id = await customer_of(ctx, recipient)
    if customer_id is None:
        return True
    known = [one.value for one in await identities_of(ctx, customer_id) if one.kind == UNIONID]
    return bool(known) and order.unionid not in known


def _hex(blind: bytes | None) -> str | None:
    return None if blind is None else blind.hex()


async def _remember_buyer(ctx: Context, order: SalesOrder, identity_id: int) -> None:
    """Note what else the shop knows of a proven buyer, so that it leads to them next time.

    A member's number that already leads to somebody else may show that both are one person.
    """
    buyer = await ctx.session.get_one(Identity, (ctx.tenant_id, identity_id))
    if order.phone_blind:
        await claim(ctx, buyer, PHONE, "", order.phone_blind.hex(), "order_phone")
    if order.external_member_id:
        await claim(ctx, buyer, MEMBER, "", order.external_member_id, "order")
