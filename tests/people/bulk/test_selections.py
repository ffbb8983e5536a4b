"""Who was chosen in the customer list: frozen, used for one thing, and forgotten in time."""

from datetime import timedelta

import pytest
from pyroaring import BitMap64
from sqlalchemy import select

from siyu.core.housekeeping import QUEUE_LOG, Housekeeping
from siyu.core.jobs.progress import JobRun
from siyu.people.audiences import erasure
from siyu.people.bulk import selections
from siyu.people.bulk.models import PeopleAct, PeopleSelection
from siyu.people.kinds import MarkMany
from siyu.people.models import Identity, IdentityTag
from siyu.people.tags.marker import Marker
from siyu.rooms import SWEEPS
from tests.people.bulk.conftest import MANY, Shop, stage


async def test_a_selection_is_used_within_the_hour_and_kept_a_month(shop, clock):
    people = await shop.befriend("planner", "小雨")
    old = await shop.freeze(shop.planner, customer_ids=people)
    clock.advance(timedelta(hours=1, seconds=1))
    act = {"kind": "stage", "stage_id": None}
    assert (await shop.act(shop.planner, old, act)).json()["code"] == "selection_gone"
    nobody = await shop.freeze(shop.planner, q="没有这个人")
    assert nobody["people"] == 0
    assert (await shop.act(shop.planner, nobody, act)).json()["code"] == "nobody"
    async with shop.tenant.work() as ctx:
        kept = await ctx.session.get_one(PeopleSelection, (ctx.tenant_id, old["id"]))
        kept.made_at -= timedelta(days=30)
    await sweep(shop)
    async with shop.tenant.work() as ctx:
        assert await selections.members_of(ctx, old["id"]) is None
        assert await selections.members_of(ctx, nobody["id"]) is not None


async def act_kept(shop: Shop, run_id: int) -> PeopleAct | None:
    async with shop.tenant.work() as ctx:
        return await ctx.session.scalar(select(PeopleAct).where(PeopleAct.run_id == run_id))


async def sweep(shop: Shop) -> None:
    """Do what the hourly housekeeping of the installation does."""
    r = shop.tenant.installation.runtime
    await Housekeeping(r.db, r.clock, [one for one in SWEEPS if one is not QUEUE_LOG]).sweep()


async def test_an_act_that_stopped_goes_with_its_selection(shop, clock):
    await shop.crowd("planner", MANY)
    frozen = await shop.freeze(shop.planner)
    act = {"kind": "stage", "stage_id": await stage(shop), "reason": "张三说的"}
    run_id = (await shop.act(shop.planner, frozen, act, confirmed=MANY)).json()["run_id"]
    await sweep(shop)
    assert await act_kept(shop, run_id) is not None
    clock.advance(timedelta(days=30, seconds=1))
    await sweep(shop)
    assert await act_kept(shop, run_id) is None
    run = await shop.work(run_id)
    assert (run.state, "已过期" in run.note) == ("failed", True)


async def test_no_engine_and_a_rule_is_told(shop):
    rule = '{"kind":"attribute","name":"orders","op":"ge","number":2}'
    answer = await shop.planner.post("/api/customer-selections", json={"rule": rule})
    assert answer.status_code == 503
    wrong = await shop.planner.post("/api/customer-selections", json={"rule": "{}"})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "rule_unreadable")


async def test_tags_are_given_to_a_selection_once(shop):
    people = await shop.crowd("planner", MANY)
    new = {"source": "internal", "group_name": "活动", "names": ["双十一"]}
    assert (await shop.planner.post("/api/tags", json=new)).status_code == 204
    (group,) = (await shop.planner.get("/api/tags")).json()["items"]
    frozen = await shop.freeze(shop.planner, q="客户")
    target = {"kind": "selection", "selection_id": frozen["id"]}
    draft = {"target": target, "add": [group["tags"][0]["id"]]}
    told = (await shop.planner.post("/api/tags/markings/estimate", json=draft)).json()
    assert (told["customers"], told["calls"]) == (len(people), 0)
    draft["confirmed"] = MANY
    first = await shop.planner.post("/api/tags/markings", json=draft)
    assert first.status_code == 202, first.text
    assert (await shop.planner.post("/api/tags/markings", json=draft)).json() == first.json()
    for another in ({"remove": draft["add"], "add": []}, {"reason": "双十二"}):
        refused = await shop.planner.post("/api/tags/markings", json=draft | another)
        assert (refused.status_code, refused.json()["code"]) == (409, "selection_used")
    assert len((await shop.planner.get("/api/tags/markings")).json()) == 1


async def test_tags_reach_whom_chosen_people_turned_out_to_be(shop):
    manager = await shop.tenant.employee("manager", scope="self")
    older, chosen, moved = await shop.befriend("manager", "小雨", "小雪", "小风")
    new = {"source": "internal", "group_name": "活动", "names": ["双十一"]}
    assert (await shop.planner.post("/api/tags", json=new)).status_code == 204
    (group,) = (await shop.planner.get("/api/tags")).json()["items"]
    frozen = await shop.freeze(manager, customer_ids=[chosen, moved])
    await shop.merge(older, chosen)
    target = {"kind": "selection", "selection_id": frozen["id"]}
    draft = {"target": target, "add": [group["tags"][0]["id"]]}
    begun = await manager.post("/api/tags/markings", json=draft)
    assert begun.status_code == 202, begun.text
    await shop.merge(older, moved)  # while it waits
    await shop.clear_queue()
    r = shop.tenant.installation.runtime
    marker = Marker(r.db, r.clock, None)
    await marker.run(shop.tenant.tenant_id, MarkMany(begun.json()["run_id"]))
    async with shop.tenant.work() as ctx:
        marked = await ctx.session.scalars(
            select(Identity.customer_id).join(IdentityTag, IdentityTag.identity_id == Identity.id)
        )
        assert marked.all() == [older]


@pytest.mark.parametrize("number", [-1, 0, 2**63])
async def test_no_customer_has_such_a_number(shop, number):
    target = {"kind": "chosen", "customer_ids": [number]}
    marking = await shop.planner.post("/api/tags/markings", json={"target": target, "add": [1]})
    export = await shop.admin.post(
        "/api/exports", json={"wanted": {"customer_ids": [number]}, "columns": ["id"]}
    )
    assert (marking.status_code, export.status_code) == (400, 400)


async def test_a_selection_is_exported_once(shop):
    people = await shop.befriend("admin", "小雨", "小雪")
    frozen = await shop.freeze(shop.admin, q="小雨")
    wanted = {"selection_id": frozen["id"]}
    assert (await shop.admin.post("/api/exports/size", json=wanted)).json()["people"] == 1
    draft = {"wanted": wanted, "columns": ["name"], "people": 1}
    first = (await shop.admin.post("/api/exports", json=draft)).json()
    assert (await shop.admin.post("/api/exports", json=draft)).json()["id"] == first["id"]
    async with shop.tenant.work() as ctx:
        chosen = await selections.members_of(ctx, frozen["id"])
    assert chosen == BitMap64(people[:1])
    for another in ({"format": "xlsx"}, {"columns": ["name", "id"]}, {"phones": True}):
        refused = await shop.admin.post("/api/exports", json=draft | another)
        assert (refused.status_code, refused.json()["code"]) == (409, "selection_used")


@pytest.mark.parametrize("state", ["failed", "cancelled"])
async def test_an_export_that_came_to_nothing_is_resumed_and_not_asked_for_again(shop, state):
    await shop.befriend("admin", "小雨")
    frozen = await shop.freeze(shop.admin)
    draft = {"wanted": {"selection_id": frozen["id"]}, "columns": ["name"]}
    first = (await shop.admin.post("/api/exports", json=draft)).json()
    await shop.clear_queue()
    async with shop.tenant.work() as ctx:
        (await ctx.session.get_one(JobRun, (ctx.tenant_id, first["run_id"]))).state = state
    refused = await shop.admin.post("/api/exports", json=draft)
    assert (refused.status_code, refused.json()["code"]) == (409, "selection_used")
    resumed = await shop.admin.post(f"/api/jobs/{first['run_id']}/resume")
    assert resumed.status_code == 204
    assert (await shop.admin.post("/api/exports", json=draft)).json()["id"] == first["id"]


async def test_erased_people_are_in_no_selection(shop):
    people = await shop.befriend("planner", "小雨", "小雪")
    async with shop.tenant.work() as ctx:
        await erasure.forget(ctx, people[:1])
    assert (await shop.freeze(shop.planner))["people"] == 1
