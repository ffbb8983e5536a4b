"""Joining people by hand, cutting them apart, answering suggestions."""

import pytest
from sqlalchemy import select

from siyu.accounts.models import AuditEntry
from siyu.core.stream.models import OutboxEvent
from siyu.people.identity import queries
from siyu.people.identity.identities import identify
from siyu.people.identity.joining import claim, join
from siyu.people.identity.phones import keep_phones
from siyu.people.models import Customer, Identity
from tests.web import TestTenant


@pytest.fixture
async def shop(site) -> TestTenant:
    return await site.tenant()


async def person(shop: TestTenant, value: str, name: str) -> int:
    async with shop.work() as ctx:
        identity = await identify(ctx, "external_userid", "", value)
        customer = await ctx.session.get_one(Customer, (shop.tenant_id, identity.customer_id))
        customer.name = name
        return customer.id


async def people(browser, number: int) -> dict:
    answer = await browser.get(f"/api/customers/{number}/people")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_two_people_are_joined_by_hand_and_cut_apart_again(shop):
    admin = await shop.employee("admin")
    older, younger = await person(shop, "wm1", "小明"), await person(shop, "wm2", "小红")
    preview = (await admin.get(f"/api/customers/{younger}/merge", params={"other": older})).json()
    assert (preview["stays"]["name"], preview["goes"]["name"]) == ("小明", "小红")
    assert preview["separated"] is False
    said = {"other_id": older, "reason": "同一位会员"}
    joined = await admin.post(f"/api/customers/{younger}/merge", json=said)
    assert joined.json() == {"customer_id": older}
    again = await admin.post(f"/api/customers/{younger}/merge", json=said)
    assert (again.status_code, again.json()["code"]) == (409, "already_merged")
    shown = await people(admin, younger)
    assert len(shown["identities"]) == 2
    (one,) = shown["joined"]
    assert (one["person"]["id"], one["person"]["name"]) == (younger, "小红")
    assert (one["evidence"], one["by"], one["reason"]) == ("manual", "admin 小林", "同一位会员")
    assert [each["person_id"] for each in one["person"]["identities"]] == [younger]
    out = {"person_id": younger, "reason": "看错了"}
    assert (await admin.post(f"/api/customers/{older}/unmerge", json=out)).json() == {
        "customer_id": younger
    }
    twice = await admin.post(f"/api/customers/{older}/unmerge", json=out)
    assert twice.json()["code"] == "not_merged"
    assert (await people(admin, older))["joined"] == []
    assert (await admin.get(f"/api/customers/{younger}")).json()["name"] == "小红"
    assert (await admin.get(f"/api/customers/{older}")).json()["name"] == "小明"
    preview = (await admin.get(f"/api/customers/{younger}/merge", params={"other": older})).json()
    assert preview["separated"] is True
    async with shop.work() as ctx:
        actions = (await ctx.session.scalars(select(AuditEntry.action))).all()
        facts = (
            await ctx.session.execute(
                select(OutboxEvent.type, OutboxEvent.properties).order_by(OutboxEvent.id)
            )
        ).all()
    assert {"customer.merge", "customer.unmerge"} <= set(actions)
    moves = [
        (fact.properties["customer_id"], fact.properties["evidence"])
        for fact in facts
        if fact.type == "identity.linked"
    ]
    assert moves == [(older, "manual"), (younger, "unmerge")]


async def test_a_number_typed_by_staff_is_a_suggestion_that_is_answered_once(shop):
    admin = await shop.employee("admin")
    numbers = [await person(shop, "wm1", "小明"), await person(shop, "wm2", "小红")]

    async def type_it() -> None:
        async with shop.work() as ctx:
            vault = await shop.installation.runtime.vaults.of(ctx.session, shop.tenant_id)
            for value in ("wm1", "wm2"):
                identity = await identify(ctx, "external_userid", "", value)
                await keep_phones(ctx, vault, identity, ["13800000000"])

    await type_it()
    (found,) = (await admin.get("/api/merge-candidates")).json()["items"]
    assert {found["one"]["id"], found["other"]["id"]} == set(numbers)
    assert (found["evidence"], found["confidence"]) == ("staff_remark", "weak")
    assert len((await people(admin, numbers[1]))["candidates"]) == 1
    door = f"/api/merge-candidates/{found['id']}"
    assert (await admin.post(door, json={"accept": False, "reason": "母女"})).status_code == 200
    assert (await admin.post(door, json={"accept": True})).json()["code"] == "candidate_decided"
    await type_it()
    assert (await admin.get("/api/merge-candidates")).json()["items"] == []
    (refused,) = (await admin.get("/api/merge-candidates", params={"state": "refused"})).json()[
        "items"
    ]
    assert (refused["by"], refused["reason"]) == ("admin 小林", "母女")
    async with shop.work() as ctx:
        one, other = [await identify(ctx, "external_userid", "", value) for value in ("wm1", "wm2")]
        await join(ctx, one, "u1")
        assert await join(ctx, other, "u1") == numbers[1], "what a person refused no rule joins"
    (asked,) = (await admin.get("/api/merge-candidates")).json()["items"]
    assert asked["evidence"] == "unionid"
    accepted = await admin.post(f"/api/merge-candidates/{asked['id']}", json={"accept": True})
    assert accepted.json() == {"customer_id": min(numbers)}


async def test_who_may_not_see_both_may_not_join_them(shop):
    manager = await shop.employee("manager", scope="self")
    older, younger = await person(shop, "wm1", "小明"), await person(shop, "wm2", "小红")
    said = {"other_id": older, "reason": "同一位会员"}
    assert (await manager.post(f"/api/customers/{younger}/merge", json=said)).status_code == 404
    assert (await manager.get(f"/api/customers/{younger}/people")).status_code == 404
    staff = await shop.employee("staff")
    assert (await staff.post(f"/api/customers/{younger}/merge", json=said)).status_code == 403


async def test_suggestions_come_page_by_page(shop, monkeypatch):
    admin = await shop.employee("admin")
    async with shop.work() as ctx:
        first = await identify(ctx, "external_userid", "", "wm0")
        await claim(ctx, first, "member", "", "m1", "import")
        for place in range(1, 6):
            other = await identify(ctx, "external_userid", "", f"wm{place}")
            await claim(ctx, other, "member", "", "m1", "import")
    seen, cursor = [], None
    while True:
        asked = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await admin.get("/api/merge-candidates", params=asked)).json()
        seen += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 5
    assert seen == sorted(seen, reverse=True)
    whole = await people(admin, first.customer_id)
    assert (len(whole["candidates"]), whole["more_candidates"]) == (5, False)
    monkeypatch.setattr(queries, "_MOST_SHOWN", 3)
    some = await people(admin, first.customer_id)
    assert (len(some["candidates"]), some["more_candidates"]) == (3, True)
    async with shop.work() as ctx:
        assert len((await ctx.session.scalars(select(Identity.id))).all()) == 7
