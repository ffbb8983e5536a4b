"""Stages: made, ordered, removed; who came to which, when, by whom and why."""

import asyncio

import pytest
from sqlalchemy import select

from siyu.core.stream.models import OutboxEvent
from siyu.people.identity.identities import identify
from siyu.people.stages.service import USUAL
from tests.web import TestTenant


@pytest.fixture
async def shop(site) -> TestTenant:
    return await site.tenant()


async def customer(shop: TestTenant, value: str = "wm1") -> int:
    async with shop.work() as ctx:
        return (await identify(ctx, "external_userid", "", value)).customer_id


async def test_the_usual_stages_are_made_once(shop):
    admin = await shop.employee("admin")
    first = (await admin.post("/api/stages/usual")).json()["items"]
    assert [one["name"] for one in first] == list(USUAL)
    assert (await admin.post("/api/stages/usual")).json()["items"] == first
    assert (await (await shop.employee("staff")).post("/api/stages/usual")).status_code == 403


async def test_of_stages_that_are_made_at_once_one_gets_the_name(shop):
    admin = await shop.employee("admin")
    made = [admin.post("/api/stages", json={"name": "试用"}) for _ in range(6)]
    answers = await asyncio.gather(*made)
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 5


async def test_a_stage_is_renamed_ordered_removed(shop):
    admin = await shop.employee("admin")
    ids = [one["id"] for one in (await admin.post("/api/stages/usual")).json()["items"]]
    taken = await admin.patch(f"/api/stages/{ids[0]}", json={"name": USUAL[1]})
    assert taken.json()["code"] == "stage_name_taken"
    renamed = await admin.patch(f"/api/stages/{ids[0]}", json={"name": "新朋友"})
    assert renamed.json()["name"] == "新朋友"
    assert (await admin.delete(f"/api/stages/{ids[-1]}")).status_code == 204
    order = {"ids": ids[-2::-1]}
    assert (await admin.put("/api/stages/order", json=order)).status_code == 204
    shown = (await admin.get("/api/stages")).json()["items"]
    assert [one["id"] for one in shown if not one["gone"]] == ids[-2::-1]
    assert (await admin.post("/api/stages", json={"name": USUAL[-1]})).status_code == 201
    back = await admin.patch(f"/api/stages/{ids[-1]}", json={"gone": False})
    assert back.json()["code"] == "stage_name_taken"
    other = {"gone": False, "name": "以后再说"}
    assert (await admin.patch(f"/api/stages/{ids[-1]}", json=other)).json()["gone"] is False


async def test_a_customer_goes_through_stages_and_the_history_says_who_and_why(shop):
    admin = await shop.employee("admin")
    new, talked = [one["id"] for one in (await admin.post("/api/stages/usual")).json()["items"]][:2]
    number = await customer(shop)
    door = f"/api/customers/{number}/stage"
    assert (await admin.put(door, json={"stage_id": new})).json() == {"changed": 1}
    assert (await admin.put(door, json={"stage_id": new})).json() == {"changed": 0}
    to = {"stage_id": talked, "reason": "到店聊过"}
    assert (await admin.put(door, json=to)).json() == {"changed": 1}
    assert (await admin.put(door, json={"stage_id": None})).json() == {"changed": 1}
    unknown = await admin.put(door, json={"stage_id": 999_999})
    assert unknown.status_code == 400
    steps = (await admin.get(f"/api/customers/{number}/stages")).json()["items"]
    assert [(one["stage"], one["by"], one["reason"]) for one in steps] == [
        (None, "admin 小林", ""),
        (USUAL[1], "admin 小林", "到店聊过"),
        (USUAL[0], "admin 小林", ""),
    ]
    async with shop.work() as ctx:
        facts = (
            await ctx.session.scalars(
                select(OutboxEvent.properties)
                .where(OutboxEvent.type == "stage.changed")
                .order_by(OutboxEvent.id)
            )
        ).all()
    assert [(fact.get("before_id"), fact.get("stage_id")) for fact in facts] == [
        (None, new),
        (new, talked),
        (talked, None),
    ]


async def test_many_customers_at_once_and_only_those_one_may_see(shop):
    admin, staff = await shop.employee("admin"), await shop.employee("manager", scope="self")
    new = (await admin.post("/api/stages/usual")).json()["items"][0]["id"]
    numbers = [await customer(shop, f"wm{place}") for place in range(3)]
    said = {"customer_ids": numbers, "stage_id": new}
    assert (await staff.post("/api/customers/stage", json=said)).status_code == 404
    assert (await admin.post("/api/customers/stage", json=said)).json() == {"changed": 3}
    assert (await admin.post("/api/customers/stage", json=said)).json() == {"changed": 0}
