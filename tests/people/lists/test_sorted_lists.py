"""The list in an order other than its own: by rule, by simple filters, for who sees some."""

import pytest
from pyroaring import BitMap64
from sqlalchemy import select

from siyu.accounts.models import Employee
from siyu.accounts.sessions import Principal
from siyu.core.context import Actor
from siyu.core.errors import Forbidden
from siyu.people.audiences.copies import Copies
from siyu.people.customers.queries import CustomerFilter
from siyu.people.customers.sight import seen_by
from siyu.people.exchange.imported import people_of
from siyu.people.lists.finding import CustomerFinder, Wanted
from siyu.people.lists.ranks import Ranks
from siyu.people.models import Customer
from siyu.people.rules.answers.sets import Standing
from siyu.people.rules.language import Attribute, Friendship
from tests.people.audiences.conftest import crowd, world  # noqa: F401 - fixtures
from tests.people.audiences.crowd import NAMES, Crowd


@pytest.fixture
def finder(crowd: Crowd) -> CustomerFinder:  # noqa: F811 - as pytest wants it
    w = crowd.world
    ranks = Ranks(w.analytics, Standing(w.db), kept_bytes=1 << 20)
    return CustomerFinder(w.db, w.clock, crowd.sets(), ranks, Copies(), NAMES, people_of)


MAY = ("customers.read", "orders.read", "audiences.read")


async def principal(
    crowd: Crowd,  # noqa: F811
    owners: frozenset[int] | None = None,
    may: tuple[str, ...] = MAY,
) -> Principal:
    async with crowd.work() as ctx:
        employee = await ctx.session.scalar(select(Employee.id))
    actor = Actor("employee", employee, "甲", frozenset(may), owners)
    return Principal(crowd.tenant_id, actor, "manager", "all", None)


async def listed(finder: CustomerFinder, who: Principal, wanted: Wanted) -> list[tuple[int, int]]:
    """Return what everybody on the list paid, and who they are, page by page."""
    seen: list[tuple[int, int]] = []
    cursor: str | None = None
    while True:
        page = await finder.page(who, wanted, cursor=cursor, limit=3)
        seen += [(row.gmv_fen or 0, row.id) for row in page.items]
        cursor = page.next_cursor
        if cursor is None:
            assert page.total == len(seen)
            return seen


def is_sorted(seen: list[tuple[int, int]]) -> bool:
    return seen == sorted(seen, key=lambda one: (-one[0], one[1]))


async def test_everybody_and_a_rule_by_what_they_paid(crowd, finder):  # noqa: F811
    await crowd.happen(20)
    await crowd.buy(12)
    who = await principal(crowd)
    async with crowd.work() as ctx:
        befriended = set(
            await ctx.session.scalars(
                select(Customer.id).where(
                    Customer.merged_into_id.is_(None), Customer.last_add_at.is_not(None)
                )
            )
        )
    everybody = await listed(finder, who, Wanted(CustomerFilter(), order="amount"))
    assert is_sorted(everybody)
    assert {number for _, number in everybody} == befriended
    assert len({paid for paid, _ in everybody}) > 3
    rule = Attribute("orders", "ge", number=1)
    bought = await listed(finder, who, Wanted(CustomerFilter(), rule, "amount"))
    assert bought == [one for one in everybody if one[1] in {number for _, number in bought}]
    friends = Wanted(CustomerFilter(state="active"), order="amount")
    members = (await finder.members(who, friends)).members
    assert BitMap64(number for _, number in await listed(finder, who, friends)) == members


async def test_who_sees_some_sorts_these_alone(crowd, finder):  # noqa: F811
    await crowd.happen(20)
    await crowd.buy(12)
    mine = frozenset({crowd.life.staff[0]})
    who = await principal(crowd, mine)
    async with crowd.work() as ctx:
        visible = set(await seen_by(ctx, mine))
        tags = crowd.life.tags
    for wanted in (
        Wanted(CustomerFilter(), order="amount"),
        Wanted(CustomerFilter(tags=tuple(tags)), order="amount"),
        Wanted(CustomerFilter(), Friendship(states=("active",)), "amount"),
    ):
        seen = await listed(finder, who, wanted)
        assert is_sorted(seen)
        assert {number for _, number in seen} <= visible
        if wanted.filters == CustomerFilter() and wanted.rule is None:
            assert {number for _, number in seen} == visible


async def test_who_may_not_see_orders_learns_nothing_of_them_by_sorting_or_asking(crowd, finder):  # noqa: F811
    some = await principal(crowd, may=("customers.read",))
    for wanted in (
        Wanted(CustomerFilter(), order="orders"),
        Wanted(CustomerFilter(), Attribute("orders", "ge", number=1)),
    ):
        with pytest.raises(Forbidden):
            await finder.page(some, wanted, cursor=None, limit=3)
    assert (await finder.page(some, Wanted(CustomerFilter()), cursor=None, limit=3)).items
