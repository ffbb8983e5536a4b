"""What a planner does with channels."""

import msgspec
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from siyu.accounts.audit import record
from siyu.core.context import Context
from siyu.core.errors import Conflict, NotFound
from siyu.facts.growth import ChannelExposed
from siyu.growth.channels.models import Channel
from siyu.growth.channels.schemas import ChannelChange, Exposure, NewChannel


async def create(ctx: Context, new: NewChannel) -> Channel:
    """Make a channel; its name must be new."""
    ctx.require("channels.write")
    channel: Channel | None = await ctx.session.scalar(
        insert(Channel)
        .values(
            tenant_id=ctx.tenant_id,
            name=new.name.strip(),
            kind=new.kind,
            note=new.note.strip(),
            created_at=ctx.now(),
        )
        .on_conflict_do_nothing()
        .returning(Channel)
    )
    if channel is None:
        raise _taken()
    record(ctx, "channel.create", "channel", channel.id, name=channel.name)
    return channel


async def change(ctx: Context, channel_id: int, wanted: ChannelChange) -> Channel:
    """Change a channel."""
    ctx.require("channels.write")
    channel = await find(ctx, channel_id)
    changes = {
        name: value
        for name, value in msgspec.structs.asdict(wanted).items()
        if value is not msgspec.UNSET
    }
    if "name" in changes:
        other = await ctx.session.scalar(
            select(Channel.id).where(
                Channel.tenant_id == ctx.tenant_id,
                Channel.name == changes["name"],
                Channel.id != channel_id,
            )
        )
        if other is not None:
            raise _taken()
    for name, value in changes.items():
        setattr(channel, name, value.strip())
    record(ctx, "channel.change", "channel", channel_id, **changes)
    return channel


async def expose(ctx: Context, channel_id: int, exposure: Exposure) -> None:
    """Enter how often a channel was shown; figures add up."""
    ctx.require("channels.write")
    await find(ctx, channel_id)
    ctx.announce(
        ChannelExposed(
            channel_id=channel_id,
            count=exposure.count,
            source=exposure.source,
            cost_fen=exposure.cost_fen,
        )
    )
    record(ctx, "channel.expose", "channel", channel_id, count=exposure.count)


async def find(ctx: Context, channel_id: int) -> Channel:
    """Return a channel; raises `NotFound`."""
    channel = await ctx.session.get(Channel, (ctx.tenant_id, channel_id))
    if channel is None:
        raise NotFound("channel_unknown", "渠道不存在")
    return channel


def _taken() -> Conflict:
    return Conflict("channel_name_taken", "已有同名渠道，请换一个名称")
