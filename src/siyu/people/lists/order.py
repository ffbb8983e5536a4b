"""A page out of a set of customers, latest added first, however many there are."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from pyroaring import BitMap64

from siyu.core.context import Context
from siyu.people.customers.queries import Place, in_order
from siyu.people.models import Customer
from siyu.people.picture.loading import among
from siyu.people.rules.language import Span

FEW: Final = 20_000
"""So many customers are sorted for a page; of more, the order of all is walked through."""
_FIRST_BLOCK: Final = 500
_LARGEST_BLOCK: Final = 8_000
WALK: Final = 40_000
"""Rows of a walk that finds nobody, before the set is looked at by time."""
_MONTHS: Final = 12
_YEARS: Final = 10


async def sorted_page(
    ctx: Context, members: BitMap64, after: Place | None, limit: int
) -> list[Customer]:
    """Return the first of few members."""
    query = in_order(ctx, after).where(among(Customer.id, list(members))).limit(limit)
    return list(await ctx.session.scalars(query))


async def walked_page(
    ctx: Context,
    members: BitMap64,
    after: Place | None,
    limit: int,
    *,
    rows: int | None,
    since: datetime | None = None,
) -> list[Customer] | None:
    """Return the first of many members, looking at everybody in turn, down to `since`.

    Nothing when `rows` were looked at in vain.
    """
    found: list[int] = []
    block, seen = _FIRST_BLOCK, 0
    while len(found) < limit:
        query = in_order(ctx, after).with_only_columns(Customer.id, Customer.last_add_at)
        if since is not None:
            query = query.where(Customer.last_add_at >= since)
        some = (await ctx.session.execute(query.limit(block))).all()
        found += [row.id for row in some if row.id in members]
        seen += len(some)
        if len(some) < block:
            break
        if rows is not None and seen >= rows and len(found) < limit:
            return None
        after = (some[-1].last_add_at, some[-1].id)
        block = min(2 * block, _LARGEST_BLOCK)
    return await sorted_page(ctx, BitMap64(found[:limit]), None, limit)


async def page_by_time(
    ctx: Context,
    windows: Sequence[tuple[Span, BitMap64]],
    after: Place | None,
    limit: int,
) -> list[Customer]:
    """Return the first of members, given by when they were added last, the latest first."""
    found: list[Customer] = []
    for span, members in windows:
        if len(found) >= limit:
            break
        if not members or (after is not None and span.since is not None and span.since > after[0]):
            continue
        rest = limit - len(found)
        if len(members) <= FEW:
            found += await sorted_page(ctx, members, after, rest)
        else:
            start = _earlier(after, span.until)
            found += await walked_page(ctx, members, start, rest, rows=None, since=span.since) or []
    return found


def windows(now: datetime) -> list[Span]:
    """Return stretches of time that together hold every moment, the latest first.

    Their borders are those of months and years, so that what is known of one stays of use.
    """
    month = datetime(now.year, now.month, 1, tzinfo=UTC)
    borders = [month]
    for _ in range(_MONTHS):
        borders.append((borders[-1] - timedelta(days=1)).replace(day=1))
    year = borders[-1].year
    borders += [datetime(year - back, 1, 1, tzinfo=UTC) for back in range(_YEARS)]
    distinct = sorted(set(borders), reverse=True)
    edges: list[tuple[datetime | None, datetime | None]] = [
        (distinct[0], None),
        *zip(distinct[1:], distinct, strict=False),
        (None, distinct[-1]),
    ]
    return [Span(since=since, until=until) for since, until in edges]


def _earlier(after: Place | None, until: datetime | None) -> Place | None:
    """Return where a walk through a window begins: at its end, or behind who was shown last."""
    if until is None or (after is not None and after[0] < until):
        return after
    return until, -1
