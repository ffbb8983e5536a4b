"""Reads of channels."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import BigInteger, func, select

from siyu.core.analytics import Analytics
from siyu.core.context import Context
from siyu.core.paging import Page, decode_cursor, encode_cursor
from siyu.core.stream.models import OutboxEvent, StreamEvent
from siyu.facts.growth import ChannelExposed
from siyu.growth.channels.models import Channel
from siyu.growth.channels.schemas import ChannelName, ChannelView
from siyu.growth.sales import SalesFigures
from siyu.people.contacts.counts import adds_by


class Exposed(NamedTuple):
    """How often a channel was shown, and what that cost."""

    times: int
    cost_fen: int


async def page(
    ctx: Context, sales: SalesFigures, analytics: Analytics, cursor: str | None, limit: int
) -> Page[ChannelView]:
    """Return channels, latest first."""
    query = (
        select(Channel)
        .where(Channel.tenant_id == ctx.tenant_id)
        .order_by(Channel.id.desc())
        .limit(limit + 1)
    )
    if cursor:
        (last,) = decode_cursor(cursor, int)
        query = query.where(Channel.id < last)
    rows = (await ctx.session.scalars(query)).all()
    items = await views(ctx, sales, analytics, rows[:limit])
    return Page(items, encode_cursor(items[-1].id) if len(rows) > limit else None)


async def names(ctx: Context) -> list[ChannelName]:
    """Return all channels without their figures, latest first: to choose from costs nothing."""
    rows = await ctx.session.execute(
        select(Channel.id, Channel.name)
        .where(Channel.tenant_id == ctx.tenant_id)
        .order_by(Channel.id.desc())
    )
    return [ChannelName(*row) for row in rows]


async def views(
    ctx: Context, sales: SalesFigures, analytics: Analytics, channels: Sequence[Channel]
) -> list[ChannelView]:
    """Return channels with their figures."""
    ids = [channel.id for channel in channels]
    exposed = await _exposed(ctx, ids)
    adds = await adds_by(ctx, analytics, "channel_id", ids)
    sold = await sales.by_channel(ctx, ids)
    found = []
    for channel in channels:
        shown, added, orders = (
            exposed.get(channel.id),
            adds[channel.id],
            sold.get(channel.id),
        )
        found.append(
            ChannelView(
                id=channel.id,
                name=channel.name,
                kind=channel.kind,  # type: ignore[arg-type]  # the table's check holds it
                note=channel.note,
                exposed=shown.times if shown else None,
                cost_fen=shown.cost_fen if shown else None,
                friends_ever=added.friends_ever,
                still_friends=added.still_friends,
                lost_first_day=added.lost_first_day,
                orders=orders.orders if orders else None,
                gmv_fen=orders.gmv_fen if orders else None,
            )
        )
    return found


async def _exposed(ctx: Context, channel_ids: Collection[int]) -> dict[int, Exposed]:
    """Add up what planners entered, from the facts; those on their way into the stream too."""
    totals: dict[int, Exposed] = {}
    for table in (StreamEvent, OutboxEvent):
        channel = table.properties["channel_id"].astext.cast(BigInteger)
        rows = await ctx.session.execute(
            select(
                channel,
                func.sum(table.properties["count"].astext.cast(BigInteger)),
                func.sum(table.properties["cost_fen"].astext.cast(BigInteger)),
            )
            .where(
                table.tenant_id == ctx.tenant_id,
                table.type == ChannelExposed.type,
                channel.in_(channel_ids),
            )
            .group_by(channel)
        )
        for channel_id, count, cost in rows:
            before = totals.get(channel_id, Exposed(0, 0))
            totals[channel_id] = Exposed(
                before.times + int(count), before.cost_fen + int(cost or 0)
            )
    return totals
