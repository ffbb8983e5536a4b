"""Kept lists, and the list by rule."""

import asyncio
from dataclasses import replace

import msgspec
import pytest
from pyroaring import BitMap64

from siyu.core.errors import Invalid
from siyu.people.audiences.copies import Copies
from siyu.people.audiences.terms import asked_by_actor
from siyu.people.contacts.service import note
from siyu.people.contacts.turns import Turn
from siyu.people.customers import sight
from siyu.people.customers.queries import CustomerFilter
from siyu.people.identity.identities import identify
from siyu.people.lists import plainly
from siyu.people.lists.filters import rule_of
from siyu.people.rules.language import AllOf, AnyOf, Attribute, Friendship, NoneOf, Tags
from tests.web import TestTenant


@pytest.fixture
async def shop(site) -> TestTenant:
    return await site.tenant()


async def test_simple_filters_say_the_same_as_a_rule(shop):
    async with shop.work() as ctx:
        wanted = CustomerFilter(tags=(3, 4), staff_account_id=7, state="lost")
        assert rule_of(ctx, wanted, by_name=True) == AllOf(
            (
                Friendship(staff_account_ids=(7,), states=("lost",)),
                NoneOf((Friendship(states=("active",)),)),
                Tags((3, 4), mode="any", past=True),
            )
        )
        assert rule_of(ctx, CustomerFilter(), by_name=True) == AllOf(())


async def test_a_reader_of_some_customers_asks_of_these_alone(shop):
    staff = await shop.employee("staff")
    account = shop.staff["staff"]
    assert (await staff.get("/api/customers")).status_code == 200
    async with shop.work() as ctx:
        some = replace(ctx, actor=replace(ctx.actor, owners=frozenset({account})))
        hidden = rule_of(some, CustomerFilter(staff_account_id=account + 1), by_name=True)
        assert hidden == AllOf((AnyOf(()),))


async def test_remarks_are_searched_by_the_engine_for_whoever_sees_everybody_alone(shop):
    await shop.employee("staff")
    account = shop.staff["staff"]
    name, remark = (Attribute(one, "contains", text="小雨") for one in ("name", "remark"))
    async with shop.work() as ctx:
        asked = CustomerFilter(q="小雨")
        assert rule_of(ctx, asked, by_name=True) == AllOf((AnyOf((name, remark)),))
        some = replace(ctx, actor=replace(ctx.actor, owners=frozenset({account})))
        rule = rule_of(some, asked, by_name=True)
        assert AnyOf((name,)) in rule.items
        await asked_by_actor(some, AllOf((rule, Tags((1,)))), Copies())
        with pytest.raises(Invalid, match="out_of_scope"):
            await asked_by_actor(some, AllOf((rule, remark)), Copies())


async def test_what_only_the_engine_could_answer_says_so(shop):
    planner = await shop.employee("planner")
    rule = {"kind": "attribute", "name": "orders", "op": "ge", "number": 2}
    answer = await planner.get(
        "/api/customers", params={"rule": msgspec.json.encode(rule).decode()}
    )
    assert answer.status_code == 503
    assert answer.json()["code"] in {"picture_filling", "analytics_unavailable"}
    assert (await planner.get("/api/customers", params={"q": "小雨"})).status_code == 200
    sorted_ = await planner.get("/api/customers", params={"order": "amount"})
    assert (sorted_.status_code, sorted_.json()["code"]) == (503, "picture_filling")
    assert (await planner.get("/api/customers", params={"order": "luck"})).status_code == 400
    wrong = await planner.get("/api/customers", params={"rule": '{"kind":"nothing"}'})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "rule_unreadable")
    short = await planner.get("/api/customers", params={"q": "a"})
    assert short.json()["code"] == "search_too_short"


async def test_who_may_not_read_orders_sorts_by_none(shop):
    staff, planner = await shop.employee("staff"), await shop.employee("planner")
    for order in ("amount", "orders", "last_paid"):
        refused = await staff.get("/api/customers", params={"order": order})
        assert refused.status_code == 403
        unready = await planner.get("/api/customers", params={"order": order})
        assert (unready.status_code, unready.json()["code"]) == (503, "picture_filling")
    assert (await staff.get("/api/customers", params={"order": "latest"})).status_code == 200


async def test_the_count_is_that_of_the_list(shop):
    planner = await shop.employee("planner")
    answer = await planner.get("/api/customers/count")
    assert answer.json()["total"] == 0


async def test_views_are_kept_shared_and_their_makers_own(shop):
    planner, admin = await shop.employee("planner"), await shop.employee("admin")
    rule = {"kind": "tags", "tag_ids": [1]}
    draft = {"name": "妈妈们", "filters": {"state": "active"}, "rule": rule, "columns": ["name"]}
    made = (await planner.post("/api/customer-views", json=draft)).json()
    assert made["mine"]
    assert made["rule"]["tag_ids"] == [1]
    assert (await admin.get("/api/customer-views")).json() == []
    again = await planner.post("/api/customer-views", json=draft)
    assert (again.status_code, again.json()["code"]) == (409, "view_name_taken")
    place = f"/api/customer-views/{made['id']}"
    assert (await planner.put(place, json=draft | {"shared": True})).json()["shared"]
    (seen,) = (await admin.get("/api/customer-views")).json()
    assert (seen["mine"], seen["name"]) == (False, "妈妈们")
    assert (await admin.delete(place)).status_code == 404
    assert (await planner.delete(place)).status_code == 204
    assert (await planner.get("/api/customer-views")).json() == []


async def test_two_views_renamed_alike_at_once_are_told_apart(shop):
    planner = await shop.employee("planner")
    made = [
        (await planner.post("/api/customer-views", json={"name": name})).json()["id"]
        for name in ("一", "二", "三")
    ]
    answers = await asyncio.gather(
        *(planner.put(f"/api/customer-views/{one}", json={"name": " 同名 "}) for one in made)
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    assert {a.json()["code"] for a in answers if a.status_code == 409} == {"view_name_taken"}
    names = [one["name"] for one in (await planner.get("/api/customer-views")).json()]
    assert names.count("同名") == 1


async def test_a_whole_list_is_read_in_portions(shop, monkeypatch):
    monkeypatch.setattr(plainly, "_PORTION", 2)
    monkeypatch.setattr(sight, "_STAFF_AT_ONCE", 1)
    for role in ("planner", "manager", "staff"):
        await shop.employee(role)
    async with shop.work() as ctx:
        theirs: dict[str, list[int]] = {}
        for number in range(9):
            role = ("planner", "manager", "staff")[number % 3]
            identity = await identify(ctx, "external_userid", "", f"wm-{number}")
            await note(ctx, identity, shop.staff[role], Turn(ctx.now(), "added"))
            theirs.setdefault(role, []).append(identity.customer_id)
        everybody = BitMap64(one for some in theirs.values() for one in some)
        assert await plainly.ids(ctx, CustomerFilter(), None) == everybody
        assert await plainly.count(ctx, CustomerFilter(), None) == 9
        owners = frozenset({shop.staff["planner"], shop.staff["staff"]})
        some = replace(ctx, actor=replace(ctx.actor, owners=owners))
        seen = BitMap64(theirs["planner"] + theirs["staff"])
        assert await sight.seen_by(some, owners) == seen
        assert await plainly.ids(some, CustomerFilter(), None) == seen
        only = CustomerFilter(staff_account_id=shop.staff["staff"])
        assert await plainly.ids(some, only, None) == BitMap64(theirs["staff"])
        assert await plainly.count(some, only, None) == 3
