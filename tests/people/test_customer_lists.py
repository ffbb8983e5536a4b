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
from siyu.people.identity.phones import keep_phones
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
        assert rule_of(ctx, wanted) == AllOf(
            (
                Friendship(staff_account_ids=(7,), states=("lost",)),
                NoneOf((Friendship(states=("active",)),)),
                Tags((3, 4), mode="any", past=True),
            )
        )
        assert rule_of(ctx, CustomerFilter()) == AllOf(())


async def test_a_reader_of_some_customers_asks_of_these_alone(shop):
    staff = await shop.employee("staff")
    account = shop.staff["staff"]
    assert (await staff.get("/api/customers")).status_code == 200
    async with shop.work() as ctx:
        some = replace(ctx, actor=replace(ctx.actor, owners=frozenset({account})))
        hidden = rule_of(some, CustomerFilter(staff_account_id=account + 1))
        assert hidden == AllOf((AnyOf(()),))


async def test_remarks_are_searched_by_the_engine_for_whoever_sees_everybody_alone(shop):
    await shop.employee("staff")
    account = shop.staff["staff"]
    name, remark = (Attribute(one, "contains", text="小雨") for one in ("name", "remark"))
    async with shop.work() as ctx:
        asked = CustomerFilter(q="小雨")
        assert rule_of(ctx, asked) == AllOf((AnyOf((name, remark)),))
        some = replace(ctx, actor=replace(ctx.actor, owners=frozenset({account})))
        rule = rule_of(some, asked)
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


async def test_a_phone_number_is_looked_for_without_an_address(shop):
    planner, staff = await shop.employee("planner"), await shop.employee("staff")
    phone, account = "13800138000", shop.staff["planner"]
    async with shop.work() as ctx:
        vault = await shop.installation.runtime.vaults.of(ctx.session, ctx.tenant_id)
        for name in ("wm-1", "wm-2"):
            identity = await identify(ctx, "external_userid", "", name)
            await note(ctx, identity, account, Turn(ctx.now(), "added"))
        await keep_phones(ctx, vault, identity, [phone])
        customer = identity.customer_id

    async def looked_up(browser, text):
        answer = await browser.post("/api/customers/by-phone", json={"phone": text})
        assert answer.status_code == 200
        return answer.json()["customer_id"]

    assert await looked_up(planner, "+86 138-0013-8000") == customer
    (row,) = (await planner.get(f"/api/customers?customer={customer}")).json()["items"]
    assert row["id"] == customer
    assert await looked_up(staff, phone) is None  # not within their data scope
    assert (await staff.get(f"/api/customers?customer={customer}")).json()["items"] == []
    assert await looked_up(planner, "13800138001") is None
    assert await looked_up(planner, "1380013") is None
    assert (await planner.get("/api/customers?customer=0")).json()["items"] == []
    assert (await planner.get("/api/customers/count?customer=0")).json()["total"] == 0
    for q in ("138 0013 8000", "１３８００１３８０００", "电话13800138000", "0571-87654321"):
        refused = await planner.get("/api/customers", params={"q": q})
        assert refused.json()["code"] == "search_by_phone", q
    for place in ("/api/customers", "/api/customers/count"):
        refused = await planner.get(place, params={"q": phone})
        assert (refused.status_code, refused.json()["code"]) == (400, "search_by_phone")
    kept = {"name": "一个人", "filters": {"q": phone}}
    refused = await planner.post("/api/customer-views", json=kept)
    assert refused.json()["code"] == "search_by_phone"
    for q in ("88888888", "2162345678"):  # so are accounts written, which remarks name
        assert (await planner.get("/api/customers", params={"q": q})).status_code == 200


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
