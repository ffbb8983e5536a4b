"""Selections by a rule, which the engine answers, for who sees everybody and who sees some."""

import json

import pytest
from sqlalchemy import select

from siyu.accounts.models import Employee
from siyu.accounts.sessions import Principal
from siyu.core.context import Actor
from siyu.people.audiences.copies import Copies
from siyu.people.audiences.places import Fed
from siyu.people.bulk.schemas import SelectionDraft
from siyu.people.bulk.selections import _told, freeze, members_of
from siyu.people.customers.sight import seen_by
from siyu.people.exchange.imported import people_of
from siyu.people.lists.filters import rule_in
from siyu.people.lists.finding import CustomerFinder
from siyu.people.lists.ranks import Ranks
from siyu.people.rules.language import Friendship
from tests.people.audiences.conftest import crowd, world  # noqa: F401 - fixtures
from tests.people.audiences.crowd import NAMES, Crowd

FRIENDS = '{"kind":"contact","states":["active"]}'


@pytest.fixture
def finder(crowd: Crowd) -> CustomerFinder:  # noqa: F811 - as pytest wants it
    w = crowd.world
    ranks = Ranks(w.analytics, Fed(w.db), kept_bytes=0)
    return CustomerFinder(w.db, w.clock, crowd.sets(), ranks, Copies(), NAMES, people_of)


async def chosen(crowd: Crowd, finder: CustomerFinder, owners: frozenset[int] | None) -> set[int]:  # noqa: F811
    """Choose by the rule as somebody with a data scope; return who was frozen."""
    async with crowd.work() as ctx:
        employee = await ctx.session.scalar(select(Employee.id))
    may = frozenset({"customers.read", "customers.write", "audiences.read"})
    actor = Actor("employee", employee, "甲", may, owners)
    principal = Principal(crowd.tenant_id, actor, "manager", "all", None)
    view = await freeze(finder, principal, SelectionDraft(rule=FRIENDS))
    async with crowd.work() as ctx:
        members = await members_of(ctx, view.id)
    assert members is not None
    assert view.people == len(members)
    return set(members)


async def test_a_rule_chooses_whom_an_audience_of_it_has(crowd, finder):  # noqa: F811
    await crowd.happen(10)
    everybody = await crowd.members(await crowd.dynamic(Friendship(states=("active",))))
    assert await chosen(crowd, finder, None) == set(everybody)
    mine = frozenset({crowd.life.staff[0]})
    some = await chosen(crowd, finder, mine)
    async with crowd.work() as ctx:
        assert some
        assert some <= set(await seen_by(ctx, mine)) & set(everybody)


def test_words_of_a_rule_are_not_kept():
    named = {"kind": "attribute", "name": "name", "op": "contains", "text": "张三丰"}
    where = {"name": "properties.guest", "op": "in", "values": ["张三丰", 7]}
    done = {"kind": "behaviour", "type": "site.event", "where": [where]}
    state = {"kind": "attribute", "name": "state", "op": "in", "values": ["active"]}
    rule = {"kind": "all", "items": [named, {"kind": "none", "items": [done]}, state]}
    told = _told(SelectionDraft(rule=json.dumps(rule), q="张三丰"))
    assert "张三丰" not in json.dumps(told, ensure_ascii=False)
    kept = rule_in(told["rule"])
    assert kept.items[0].text == "***"
    assert kept.items[1].items[0].where[0].values == ("***", 7)
    assert kept.items[2].values == ("active",)
    assert _told(SelectionDraft())["rule"] is None
