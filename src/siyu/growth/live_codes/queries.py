"""Reads of live codes; a constant number of queries, however many codes are shown."""

from collections import defaultdict
from collections.abc import Collection, Sequence

import msgspec
from sqlalchemy import select

from siyu.accounts.models import StaffAccount
from siyu.core.analytics import Analytics
from siyu.core.context import Context
from siyu.core.errors import NotFound
from siyu.core.files import Files, StoredFile
from siyu.core.paging import Page, decode_cursor, encode_cursor
from siyu.growth.channels.models import Channel
from siyu.growth.live_codes.models import LiveCode, LiveCodeStaff, LiveCodeTag
from siyu.growth.live_codes.schemas import LiveCodeView, Named, StaffRef, TagRef, Welcome
from siyu.growth.live_codes.service import find
from siyu.growth.sales import SalesFigures
from siyu.people.contacts.counts import adds_by
from siyu.people.models import Tag, TagGroup


async def page(
    ctx: Context,
    sales: SalesFigures,
    analytics: Analytics,
    *,
    q: str | None = None,
    channel_id: int | None = None,
    state: str | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[LiveCodeView]:
    """Return live codes, latest first, narrowed by name, channel and state."""
    query = (
        select(LiveCode)
        .where(LiveCode.tenant_id == ctx.tenant_id, LiveCode.state != "removed")
        .order_by(LiveCode.id.desc())
        .limit(limit + 1)
    )
    if q:
        query = query.where(LiveCode.name.icontains(q, autoescape=True))
    if channel_id is not None:
        query = query.where(LiveCode.channel_id == channel_id)
    if state:
        query = query.where(LiveCode.state == state)
    if cursor:
        (last,) = decode_cursor(cursor, int)
        query = query.where(LiveCode.id < last)
    rows = (await ctx.session.scalars(query)).all()
    items = await views(ctx, sales, analytics, rows[:limit])
    return Page(items, encode_cursor(items[-1].id) if len(rows) > limit else None)


async def views(
    ctx: Context, sales: SalesFigures, analytics: Analytics, codes: Sequence[LiveCode]
) -> list[LiveCodeView]:
    """Return live codes with all that belongs to them."""
    ids = [code.id for code in codes]
    channels = await _channels(ctx, {code.channel_id for code in codes})
    staff = await _staff(ctx, ids)
    tags = await _tags(ctx, ids)
    adds = await adds_by(ctx, analytics, "live_code_id", ids)
    sold = await sales.by_live_code(ctx, ids)
    found = []
    for code in codes:
        added, orders = adds[code.id], sold.get(code.id)
        found.append(
            LiveCodeView(
                id=code.id,
                name=code.name,
                state=code.state,  # type: ignore[arg-type]  # the table's check holds it
                problem=code.failure or None,
                channel=channels[code.channel_id],
                staff=staff[code.id],
                tags=tags[code.id],
                welcome=msgspec.convert(code.welcome, Welcome),
                skip_verify=code.skip_verify,
                has_picture=bool(code.qr_file),
                created_at=code.created_at,
                friends_ever=added.friends_ever,
                still_friends=added.still_friends,
                lost_first_day=added.lost_first_day,
                orders=orders.orders if orders else None,
                gmv_fen=orders.gmv_fen if orders else None,
            )
        )
    return found


async def picture(ctx: Context, files: Files, live_code_id: int) -> StoredFile:
    """Return the picture to print; raises `NotFound` while there is none."""
    code = await find(ctx, live_code_id)
    if not code.qr_file:
        raise NotFound("qr_not_ready", "活码图片还没有生成，请稍候")
    return await files.get(ctx.tenant_id, code.qr_file)


async def _channels(ctx: Context, ids: Collection[int]) -> dict[int, Named]:
    rows = await ctx.session.execute(
        select(Channel.id, Channel.name).where(
            Channel.tenant_id == ctx.tenant_id, Channel.id.in_(ids)
        )
    )
    return {row.id: Named(row.id, row.name) for row in rows}


async def _staff(ctx: Context, ids: Collection[int]) -> dict[int, list[StaffRef]]:
    rows = await ctx.session.execute(
        select(
            LiveCodeStaff.live_code_id, StaffAccount.id, StaffAccount.name, StaffAccount.avatar_url
        )
        .join(
            StaffAccount,
            (StaffAccount.tenant_id == LiveCodeStaff.tenant_id)
            & (StaffAccount.id == LiveCodeStaff.staff_account_id),
        )
        .where(LiveCodeStaff.tenant_id == ctx.tenant_id, LiveCodeStaff.live_code_id.in_(ids))
        .order_by(StaffAccount.id)
    )
    found: dict[int, list[StaffRef]] = defaultdict(list)
    for row in rows:
        found[row.live_code_id].append(StaffRef(row.id, row.name, row.avatar_url or None))
    return found


async def _tags(ctx: Context, ids: Collection[int]) -> dict[int, list[TagRef]]:
    rows = await ctx.session.execute(
        select(LiveCodeTag.live_code_id, Tag.id, Tag.name, TagGroup.name.label("group_name"))
        .join(Tag, (Tag.tenant_id == LiveCodeTag.tenant_id) & (Tag.id == LiveCodeTag.tag_id))
        .join(TagGroup, (TagGroup.tenant_id == Tag.tenant_id) & (TagGroup.id == Tag.group_id))
        .where(LiveCodeTag.tenant_id == ctx.tenant_id, LiveCodeTag.live_code_id.in_(ids))
        .order_by(Tag.id)
    )
    found: dict[int, list[TagRef]] = defaultdict(list)
    for row in rows:
        found[row.live_code_id].append(TagRef(row.id, row.name, row.group_name))
    return found
