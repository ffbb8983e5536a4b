"""Choosing people without a friendship by a rule, which the engine answers."""

import pytest
from sqlalchemy import select

from siyu.accounts.models import Employee
from siyu.accounts.sessions import Principal
from siyu.core.context import Actor
from siyu.core.errors import Invalid
from siyu.people.customers.queries import CustomerFilter
from siyu.people.identity.identities import identify
from siyu.people.lists.finding import CustomerFinder, Wanted
from siyu.people.models import Customer
from siyu.people.rules.language import AllOf, Attribute, InAudience, NoneOf, Rule
from tests.people.audiences.conftest import crowd, world  # noqa: F401 - fixtures
from tests.people.audiences.crowd import Crowd
from tests.people.bulk.test_bulk_rules import finder  # noqa: F401 - fixture


async def test_a_rule_finds_strangers_apart_from_friends(crowd: Crowd, finder: CustomerFinder):  # noqa: F811
    async with crowd.work() as ctx:
        strangers = [await identify(ctx, "member", "", f"known-{one}") for one in range(3)]
        named = [
            await ctx.session.get_one(Customer, (ctx.tenant_id, one.customer_id))
            for one in strangers
        ]
        for customer in named:
            customer.name = "只在文件里"
        await identify(ctx, "visitor", "", "browser")
        employee = await ctx.session.scalar(select(Employee.id))
        ids = [one.customer_id for one in strangers]
    await crowd.follow()
    actor = Actor("employee", employee, "甲", frozenset({"customers.read", "audiences.read"}), None)
    principal = Principal(crowd.tenant_id, actor, "manager", "all", None)

    async def found(rule: Rule, **filters):
        return await finder.members(principal, Wanted(CustomerFilter(**filters), rule))

    alike = Attribute("name", "eq", text="只在文件里")
    assert set((await found(alike, state="none")).members) == set(ids)
    assert not (await found(alike)).members
    others = (await found(NoneOf((alike,)), state="none")).members
    everybody = (await found(AllOf(()), state="none")).members
    assert set(everybody - others) == set(ids)
    assert not everybody & (await found(AllOf(()))).members
    page = await finder.page(
        principal, Wanted(CustomerFilter(state="none"), alike), cursor=None, limit=2
    )
    assert [row.id for row in page.items] == sorted(ids, reverse=True)[:2]
    last = await finder.page(
        principal, Wanted(CustomerFilter(state="none"), alike), cursor=page.next_cursor, limit=2
    )
    assert ([row.id for row in last.items], last.next_cursor) == ([min(ids)], None)
    with pytest.raises(Invalid, match="audience_of_strangers"):
        await found(InAudience(1), state="none")
