"""Pages in an order, while people change and the picture is compacted."""

from datetime import UTC, datetime

import pytest
from pyroaring import BitMap64
from sqlalchemy import select

from siyu.commerce.models import SalesOrder
from siyu.core.analytics import AnalyticsUnavailable
from siyu.core.errors import Invalid
from siyu.core.paging import encode_cursor
from siyu.people.lists.ranked import Rank
from siyu.people.lists.ranks import Order, Ranks, cursor_of, rank_in
from siyu.people.models import Contact, Customer, Identity
from siyu.people.rules.answers.sets import Standing
from tests.people.audiences.conftest import crowd, world  # noqa: F401 - fixtures
from tests.people.audiences.crowd import Crowd

ORDERS: tuple[Order, ...] = ("latest", "amount", "orders", "last_paid")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def micros(moment: datetime) -> int:
    return round((moment - EPOCH).total_seconds() * 1_000_000)


async def values(crowd: Crowd) -> dict[Order, dict[int, int]]:  # noqa: F811
    """Return by order what everybody stands by, added up by hand."""
    async with crowd.work() as ctx:
        customers = (
            await ctx.session.scalars(select(Customer.id).where(Customer.merged_into_id.is_(None)))
        ).all()
        added = (
            await ctx.session.execute(
                select(Identity.customer_id, Contact.added_at)
                .join(Contact, Contact.identity_id == Identity.id)
                .where(Contact.added_at.is_not(None))
            )
        ).all()
        bought = (
            await ctx.session.execute(
                select(Identity.customer_id, SalesOrder)
                .join(SalesOrder, SalesOrder.identity_id == Identity.id)
                .where(SalesOrder.state != "refunded")
            )
        ).all()
    found: dict[Order, dict[int, int]] = {name: dict.fromkeys(customers, 0) for name in ORDERS}
    for number, at in added:
        found["latest"][number] = max(found["latest"][number], micros(at))
    assert bought
    for number, order in bought:
        found["amount"][number] += order.amount_fen - order.refunded_fen
        found["orders"][number] += 1
        found["last_paid"][number] = max(found["last_paid"][number], micros(order.paid_at))
    return found


async def paged(ranks: Ranks, crowd: Crowd, order: Order, members: BitMap64) -> list[Rank]:  # noqa: F811
    seen: list[Rank] = []
    cursor = None
    while page := await ranks.page(crowd.tenant_id, order, members, rank_in(order, cursor), 4):
        seen += page
        cursor = cursor_of(order, page[-1])
    return seen


async def test_pages_are_everybody_in_order_however_the_picture_lies(crowd):  # noqa: F811
    # One that reads as it goes, and one that hears of each generation by what it changed.
    old = Ranks(crowd.world.analytics, Standing(crowd.world.db), kept_bytes=1 << 20)
    for round_ in range(4):
        await crowd.happen(15)
        await crowd.buy(4)
        if round_ % 2:
            await crowd.following.compaction.run()
            await crowd.happen(3 * (round_ - 1))
        fresh = Ranks(crowd.world.analytics, Standing(crowd.world.db), kept_bytes=0)
        for order, wanted in (await values(crowd)).items():
            for members in (BitMap64(wanted), BitMap64([one for one in wanted if one % 3])):
                expected = [
                    Rank(wanted[one], one)
                    for one in sorted(members, key=lambda one: (-wanted[one], one))
                ]
                for ranks in (old, fresh):
                    assert await paged(ranks, crowd, order, members) == expected


async def test_who_stays_as_they_are_is_shown_once_while_others_change(crowd):  # noqa: F811
    await crowd.happen(30)
    await crowd.buy(6)
    ranks = Ranks(crowd.world.analytics, Standing(crowd.world.db), kept_bytes=1 << 20)
    still = await values(crowd)
    members = {order: BitMap64(found) for order, found in still.items()}
    shown: dict[Order, list[Rank]] = {order: [] for order in ORDERS}
    after: dict[Order, Rank | None] = dict.fromkeys(ORDERS)
    for step in range(max(map(len, still.values()))):
        pages = {
            order: await ranks.page(crowd.tenant_id, order, members[order], after[order], 4)
            for order in ORDERS
        }
        if not any(pages.values()):
            break
        for order, page in pages.items():
            shown[order] += page
            after[order] = page[-1] if page else after[order]
        await crowd.happen(2)
        if step == 1:
            await crowd.following.compaction.run()
        for order, now in (await values(crowd)).items():
            still[order] = {one: at for one, at in still[order].items() if now.get(one) == at}
    for order, found in still.items():
        assert len(found) > 1
        expected = sorted(found, key=lambda one: (-found[one], one))
        assert [rank.id for rank in shown[order] if rank.id in found] == expected


async def test_without_the_engine_it_is_said(crowd):  # noqa: F811
    ranks = Ranks(crowd.world.analytics, Standing(crowd.world.db), kept_bytes=0)
    crowd.world.kill_engine()
    with pytest.raises(AnalyticsUnavailable):
        await ranks.page(crowd.tenant_id, "amount", BitMap64([1]), None, 3)


@pytest.mark.parametrize("order", ORDERS)
def test_a_cursor_leads_back_and_a_wrong_one_is_refused(order):
    rank = Rank(1_790_000_000_123_456, 2**40)
    assert rank_in(order, cursor_of(order, rank)) == rank
    naive = encode_cursor(datetime(2026, 1, 1), 5)  # noqa: DTZ001 - that is what is wrong with it
    another = cursor_of(ORDERS[ORDERS.index(order) - 1], rank)
    for wrong in ("nonsense", "WzEsLTFd", "WzEsMSwxXQ", another, naive):
        with pytest.raises(Invalid, match="cursor_invalid"):
            rank_in(order, wrong)
