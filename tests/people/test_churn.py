"""Churn: who was lost and why, who has had enough, and that these are left in peace."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from siyu.people.churn import plan, sensitivity
from siyu.people.churn.models import SensitivityMark
from siyu.people.churn.schemas import ChurnPlanDraft
from siyu.people.contacts.service import note
from siyu.people.contacts.turns import Turn
from siyu.people.identity.identities import identify
from siyu.people.keywords import words_in
from siyu.people.models import Customer
from siyu.people.privacy.models import Consent
from siyu.people.rules.language import AllOf
from tests.told import told_facts
from tests.web import TestTenant


@pytest.fixture
async def shop(site) -> TestTenant:
    return await site.tenant()


async def lose(shop: TestTenant, who: str, staff: int, hours: int, by: str) -> int:
    """A customer who was a friend for so many hours until now."""
    async with shop.work() as ctx:
        identity = await identify(ctx, "external_userid", "", f"wm-{who}")
        await note(ctx, identity, staff, Turn(ctx.now() - timedelta(hours=hours), "added"))
        if by:
            await note(ctx, identity, staff, Turn(ctx.now(), "lost", by))
        customer = await ctx.session.get_one(Customer, (shop.tenant_id, identity.customer_id))
        customer.name = who
        return customer.id


async def test_who_was_lost_is_listed_with_by_whom_and_how_old_it_was(shop):
    manager = await shop.employee("planner")
    own = await shop.employee("staff")
    planner, staff = shop.staff["planner"], shop.staff["staff"]
    first = await lose(shop, "安娜", planner, 3, "customer")
    await lose(shop, "贝拉", staff, 90, "staff")
    await lose(shop, "还在", planner, 5, "")

    async def names(client=manager, **query):
        answer = await client.get("/api/churn/lost", params=query)
        assert answer.status_code == 200, answer.text
        return {row["name"] for row in answer.json()["items"]}

    assert await names() == {"安娜", "贝拉"}
    assert await names(by="customer") == {"安娜"}
    assert await names(first_day=True) == {"安娜"}
    assert await names(staff=staff) == {"贝拉"}
    assert await names(since="2030-01-01T00:00:00Z") == set()
    assert (await manager.get("/api/churn/lost", params={"since": "2030-01-01"})).status_code == 400
    assert (await own.get("/api/churn/lost")).status_code == 403
    page = (await manager.get("/api/churn/lost", params={"limit": 1})).json()
    rest = await manager.get("/api/churn/lost", params={"cursor": page["next_cursor"]})
    assert {page["items"][0]["name"], rest.json()["items"][0]["name"]} == {"安娜", "贝拉"}
    (row,) = (await manager.get("/api/churn/lost", params={"by": "customer"})).json()["items"]
    assert (row["customer_id"], row["age_seconds"]) == (first, 3 * 3600)
    told = (await manager.get("/api/churn")).json()
    assert (told["lost_30_days"], told["lost_by_customer_30_days"]) == (2, 1)
    assert told["messages"] == []


async def told_of(shop: TestTenant) -> int:
    async with shop.work() as ctx:
        return (await told_facts(ctx, "sensitivity.changed")).total()


async def test_words_are_found_kept_judged_and_nothing_else_of_the_message(shop):
    planner = await shop.employee("planner")
    async with shop.work() as ctx:
        identity = await identify(ctx, "external_userid", "", "wm-a")
        await identify(ctx, "external_userid", "", "wm-b")
        assert await sensitivity.hear(ctx, identity.id, "早上好", "service") == []
        found = await sensitivity.hear(ctx, identity.id, "再骚扰我就拉黑你，TD", "service")
        assert found == ["骚扰", "拉黑", "td"]
        await sensitivity.hear(ctx, identity.id, "要举报了", "archive")
        customer = identity.customer_id
        mark = (await ctx.session.scalars(select(SensitivityMark))).one()
        assert (mark.state, mark.words) == ("found", ["举报", "骚扰", "拉黑", "td"])
        assert await sensitivity.excluded_from_marketing(ctx, [customer]) == {customer}
    assert await told_of(shop) == 1
    (row,) = (await planner.get("/api/churn/sensitive")).json()["items"]
    review = f"/api/churn/sensitive/{row['id']}/review"
    assert (await planner.post(review, json={"state": "dismissed"})).status_code == 204
    assert (await planner.get("/api/churn/sensitive")).json()["items"] == []
    async with shop.work() as ctx:
        assert await sensitivity.excluded_from_marketing(ctx, [customer]) == frozenset()
        await sensitivity.hear(ctx, identity.id, "我要投诉", "service")
        assert await sensitivity.excluded_from_marketing(ctx, [customer]) == {customer}
    assert (await planner.post(review, json={"state": "confirmed"})).status_code == 204
    (row,) = (await planner.get("/api/churn/sensitive?state=confirmed")).json()["items"]
    assert row["employee"] == "planner 小林"
    assert await told_of(shop) == 4


async def test_the_last_word_about_marketing_counts_and_staff_may_say_so_too(shop):
    planner = await shop.employee("planner")
    async with shop.work() as ctx:
        one = await identify(ctx, "external_userid", "", "wm-a")
        two = await identify(ctx, "external_userid", "", "wm-b")
        for identity, state in ((one, "refused"), (one, "granted"), (two, "refused")):
            ctx.session.add(
                Consent(
                    tenant_id=shop.tenant_id,
                    identity_id=identity.id,
                    kind="marketing",
                    state=state,
                    at=ctx.now(),
                    source="customer",
                )
            )
            await ctx.session.flush()
        both = [one.customer_id, two.customer_id]
        assert await sensitivity.excluded_from_marketing(ctx, both) == {two.customer_id}
    mark = {"customer_id": both[0], "reason": " 电话里说别再发，号码 13812345678 "}
    for _ in range(2):
        answer = await planner.post("/api/churn/sensitive", json=mark)
        assert answer.status_code == 204
    async with shop.work() as ctx:
        assert await sensitivity.excluded_from_marketing(ctx, both) == set(both)
    (row,) = (await planner.get("/api/churn/sensitive?state=confirmed")).json()["items"]
    assert (row["source"], row["employee"]) == ("employee", "planner 小林")
    assert row["reason"] == "电话里说别再发，号码 138****5678"
    assert await told_of(shop) == 1
    blank = await planner.post("/api/churn/sensitive", json={**mark, "reason": "  "})
    assert blank.status_code == 400
    own = await shop.employee("manager", scope="self")
    assert (await own.post("/api/churn/sensitive", json=mark)).status_code == 403


async def test_the_plan_is_the_tenants_and_words_are_tidied(shop):
    planner = await shop.employee("planner")
    first = (await planner.get("/api/churn")).json()["plan"]
    assert (first["silent_days"], first["is_default"]) == (30, True)
    assert "拉黑" in first["words"]
    draft = {"silent_days": 45, "words": [" 滚 ", "滚", "TD", ""]}
    assert (await planner.put("/api/churn/plan", json=draft)).status_code == 204
    assert (await planner.get("/api/churn")).json()["plan"]["words"] == ["滚", "td"]
    long = {"silent_days": 45, "words": ["长" * 21]}
    assert (await planner.put("/api/churn/plan", json=long)).status_code == 400
    async with shop.work() as ctx:
        await plan.change_plan(ctx, ChurnPlanDraft(45, []))
        view = await plan.plan_of(ctx)
        rule = plan.silent_rule(view)
    assert isinstance(rule, AllOf)
    assert rule.items[0].added.older == 45


def test_words_overlap_and_case_does_not_matter():
    assert words_in("别再发了 别再发", ["别再发", "再发了"]) == ["别再发", "再发了"]
    assert words_in("请退订TD", ["td", "退订"]) == ["退订", "td"]
    assert words_in("好的", []) == []
