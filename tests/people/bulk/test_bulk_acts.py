"""Acts on everybody a list shows: confirmed, done once, by the job or at once."""

import asyncio

import pytest
from pyroaring import BitMap64
from sqlalchemy import func, select

from siyu.accounts.models import AuditEntry, Employee
from siyu.core.jobs import JobGone
from siyu.core.jobs.progress import Cancelled, Progress
from siyu.people.bulk.models import PeopleSelection
from siyu.people.fields.models import FieldValue
from siyu.people.stages.models import StageChange
from tests.people.bulk.conftest import MANY, PORTION, a_list, in_stage, on_list, stage


async def test_few_are_reached_at_once_and_a_second_click_does_nothing(shop):
    people = await shop.befriend("planner", "小雨", "小雪", "小风")
    wanted = await stage(shop)
    frozen = await shop.freeze(shop.planner, customer_ids=people[:2])
    assert frozen["people"] == 2
    act = {"kind": "stage", "stage_id": wanted}
    first = await shop.act(shop.planner, frozen, act)
    assert first.status_code == 202, first.text
    assert (first.json()["done"], first.json()["changed"]) == (True, 2)
    again = await shop.act(shop.planner, frozen, act)
    assert again.json() == first.json()
    assert await in_stage(shop, people, wanted) == 2
    async with shop.tenant.work() as ctx:
        moves = await ctx.session.scalar(select(func.count()).select_from(StageChange))
        (told,) = await ctx.session.scalars(
            select(AuditEntry.details).where(AuditEntry.action == "customers.act")
        )
    assert moves == 2
    assert told == {"act": "stage", "stage": wanted, "people": 2}
    (run,) = (await shop.planner.get("/api/jobs")).json()["items"]
    assert (run["state"], run["done"], run["total"], run["mine"]) == ("done", 2, 2, True)


async def test_a_selection_used_for_one_act_is_refused_for_another(shop):
    people = await shop.befriend("planner", "小雨", "小雪")
    wanted, other = await stage(shop), await stage(shop, "没兴趣")
    frozen = await shop.freeze(shop.planner, customer_ids=people)
    act = {"kind": "stage", "stage_id": wanted}
    first = await shop.act(shop.planner, frozen, act)
    mine = await a_list(shop)
    for another in (
        {"kind": "list_add", "audience_id": mine},
        {"kind": "list_add", "name": "新名单"},
        act | {"stage_id": other},
    ):
        refused = await shop.act(shop.planner, frozen, another)
        assert (refused.status_code, refused.json()["code"]) == (409, "selection_used")
    assert (await shop.act(shop.planner, frozen, act)).json() == first.json()
    assert not await on_list(shop, mine)
    assert await in_stage(shop, people, wanted) == 2


async def test_a_new_list_is_asked_for_again_by_its_name(shop):
    people = await shop.befriend("planner", "小雨", "小雪")
    new, old = [await shop.freeze(shop.planner, customer_ids=people) for _ in range(2)]
    made = await shop.act(shop.planner, new, {"kind": "list_add", "name": " 双十一 "})
    audience_id = made.json()["audience_id"]
    again = await shop.act(shop.planner, new, {"kind": "list_add", "name": "双十一"})
    assert again.json() == made.json()
    by_number = {"kind": "list_add", "audience_id": audience_id}
    added = await shop.act(shop.planner, old, by_number | {"name": "双十一"})
    assert (await shop.act(shop.planner, old, by_number)).json() == added.json()
    for frozen, act in (
        (new, {"kind": "list_add", "name": "双十二"}),
        (new, by_number),
        (new, {"kind": "list_add"}),
        (old, {"kind": "list_add", "name": "双十一"}),
    ):
        refused = await shop.act(shop.planner, frozen, act)
        assert refused.json()["code"] == "selection_used"
    assert await on_list(shop, audience_id) == BitMap64(people)


async def test_everybody_a_list_shows_is_reached_and_nobody_who_comes_later(shop):
    people = await shop.crowd("planner", MANY)
    wanted = await stage(shop)
    frozen = await shop.freeze(shop.planner, state="active")
    assert (frozen["people"], frozen["confirm_above"]) == (MANY, 1000)
    late = await shop.befriend("planner", "后来的人")
    act = {"kind": "stage", "stage_id": wanted, "reason": "双十一"}
    unsure = await shop.act(shop.planner, frozen, act)
    assert (unsure.status_code, unsure.json()["code"]) == (409, "act_unconfirmed")
    wrong = await shop.act(shop.planner, frozen, act, confirmed=MANY - 1)
    assert wrong.json()["people"] == MANY
    begun = await shop.act(shop.planner, frozen, act, confirmed=MANY)
    assert (begun.status_code, begun.json()["done"]) == (202, False)
    busy = await shop.freeze(shop.planner, state="active")
    other = await shop.act(shop.planner, busy, act, confirmed=MANY + 1)
    assert (other.status_code, other.json()["code"]) == (409, "act_running")
    run = await shop.work(begun.json()["run_id"])
    assert (run.state, run.done, run.total) == ("done", MANY, MANY)
    assert run.note == "已处理 9 位"
    assert await in_stage(shop, people + late, wanted) == MANY
    again = await shop.act(shop.planner, frozen, act, confirmed=MANY)
    assert again.json() == begun.json() | {"done": True, "changed": MANY}


async def test_an_act_that_was_interrupted_goes_on_and_counts_nobody_twice(shop, monkeypatch):
    people = await shop.crowd("planner", MANY)
    wanted = await stage(shop)
    frozen = await shop.freeze(shop.planner, state="all")
    act = {"kind": "stage", "stage_id": wanted}
    run_id = (await shop.act(shop.planner, frozen, act, confirmed=MANY)).json()["run_id"]
    report = Progress.report

    async def cancelled(self, **given):
        await report(self, **given)
        if given.get("done"):
            raise Cancelled

    monkeypatch.setattr(Progress, "report", cancelled)
    with pytest.raises(JobGone):
        await shop.work(run_id)
    monkeypatch.setattr(Progress, "report", report)
    assert await in_stage(shop, people, wanted) == PORTION
    cancel = await shop.planner.post(f"/api/jobs/{run_id}/cancel")
    assert cancel.status_code == 204
    with pytest.raises(JobGone):
        await shop.work(run_id)
    assert (await shop.run_of(run_id)).state == "cancelled"
    assert (await shop.planner.post(f"/api/jobs/{run_id}/resume")).status_code == 204
    run = await shop.work(run_id)
    assert (run.state, run.done, run.note) == ("done", MANY, "已处理 9 位")
    async with shop.tenant.work() as ctx:
        assert await ctx.session.scalar(select(func.count(StageChange.id))) == MANY
    with pytest.raises(JobGone):
        await shop.work(run_id)


async def test_of_two_that_go_about_one_act_the_last_goes_on(shop, monkeypatch):
    people = await shop.crowd("planner", MANY)
    wanted = await stage(shop)
    frozen = await shop.freeze(shop.planner)
    act = {"kind": "stage", "stage_id": wanted}
    run_id = (await shop.act(shop.planner, frozen, act, confirmed=MANY)).json()["run_id"]
    report, reached = Progress.report, []

    async def taken_over(self, **given):
        if given.get("done") == PORTION and not reached:
            reached.append(await in_stage(shop, people, wanted))
            await shop.work(run_id)  # the first was taken for dead
            reached.append(await in_stage(shop, people, wanted))
        await report(self, **given)

    monkeypatch.setattr(Progress, "report", taken_over)
    with pytest.raises(JobGone):
        await shop.work(run_id)
    assert reached == [PORTION, MANY]
    run = await shop.run_of(run_id)
    assert (run.state, run.note) == ("done", "已处理 9 位")


async def test_two_that_begin_at_once_do_everything_once(shop):
    await shop.crowd("planner", MANY)
    frozen = await shop.freeze(shop.planner)
    act = {"kind": "stage", "stage_id": await stage(shop)}
    run_id = (await shop.act(shop.planner, frozen, act, confirmed=MANY)).json()["run_id"]
    both = (shop.work(run_id) for _ in range(2))
    ends = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(end) is JobGone for end in ends) == [False, True]
    assert (await shop.run_of(run_id)).note == "已处理 9 位"
    async with shop.tenant.work() as ctx:
        assert await ctx.session.scalar(select(func.count(StageChange.id))) == MANY


async def test_lists_take_up_and_let_go_everybody_chosen(shop):
    people = await shop.crowd("planner", MANY)
    frozen = await shop.freeze(shop.planner)
    act = {"kind": "list_add", "name": "双十一名单"}
    begun = (await shop.act(shop.planner, frozen, act, confirmed=MANY)).json()
    again = (await shop.act(shop.planner, frozen, act, confirmed=MANY)).json()
    assert again == begun
    await shop.work(begun["run_id"])
    assert await on_list(shop, begun["audience_id"]) == BitMap64(people)
    some = await shop.freeze(shop.planner, customer_ids=people[:3])
    act = {"kind": "list_remove", "audience_id": begun["audience_id"]}
    gone = (await shop.act(shop.planner, some, act)).json()
    assert (gone["done"], gone["changed"]) == (True, 3)
    assert len(await on_list(shop, begun["audience_id"])) == MANY - 3
    nowhere = await shop.freeze(shop.planner, customer_ids=people[:3])
    unnamed = await shop.act(shop.planner, nowhere, {"kind": "list_add"})
    assert unnamed.json()["errors"][0]["field"] == "act.audience_id"


async def test_a_field_is_filled_in_and_a_wrong_value_is_refused_beforehand(shop):
    people = await shop.befriend("planner", "小雨", "小雪")
    made = await shop.admin.post("/api/fields", json={"name": "城市", "kind": "text"})
    field_id = made.json()["id"]
    frozen = await shop.freeze(shop.planner, customer_ids=people)
    wrong = await shop.act(
        shop.planner, frozen, {"kind": "field", "field_id": field_id, "value": 3}
    )
    assert (wrong.status_code, wrong.json()["code"]) == (400, "field_values_invalid")
    act = {"kind": "field", "field_id": field_id, "value": "杭州"}
    for _ in range(2):
        assert (await shop.act(shop.planner, frozen, act)).json()["changed"] == 2
    other = await shop.act(shop.planner, frozen, act | {"value": "上海"})
    assert (other.status_code, other.json()["code"]) == (409, "selection_used")
    async with shop.tenant.work() as ctx:
        texts = (await ctx.session.scalars(select(FieldValue.text))).all()
        audit = await ctx.session.scalar(
            select(AuditEntry.details).where(AuditEntry.action == "customers.act")
        )
    assert texts == ["杭州", "杭州"]
    assert "杭州" not in str(audit)


async def test_who_sees_some_reaches_these_alone(shop):
    manager = await shop.tenant.employee("manager", scope="self")
    theirs = await shop.befriend("manager", "小雨")
    others = await shop.befriend("planner", "小雪", "小风")
    everybody = await shop.freeze(manager)
    named = await shop.freeze(manager, customer_ids=[*theirs, *others])
    found = await shop.freeze(manager, q="小")
    assert [one["people"] for one in (everybody, named, found)] == [1, 1, 1]
    assert (await manager.get("/api/customers/count")).json()["total"] == 1
    wanted = await stage(shop)
    act = {"kind": "stage", "stage_id": wanted}
    assert (await shop.act(manager, everybody, act)).json()["changed"] == 1
    assert await in_stage(shop, others, wanted) == 0
    stolen = await shop.act(shop.planner, named, act)
    assert (stolen.status_code, stolen.json()["code"]) == (404, "selection_gone")
    forbidden = await shop.act(manager, named, {"kind": "list_add", "name": "名单"})
    assert forbidden.status_code == 403
    (mine,) = (await manager.get("/api/jobs")).json()["items"]
    assert (await shop.planner.post(f"/api/jobs/{mine['id']}/cancel")).status_code == 404
    staff = await shop.tenant.employee("staff")
    assert (await staff.post("/api/customer-selections", json={})).status_code == 403
    assert (await staff.get("/api/jobs")).json()["items"] == []


async def test_who_is_taken_out_of_sight_meanwhile_is_left_alone(shop):
    manager = await shop.tenant.employee("manager", scope="all")
    people = await shop.crowd("planner", MANY)
    wanted = await stage(shop)
    frozen = await shop.freeze(manager)
    act = {"kind": "stage", "stage_id": wanted}
    run_id = (await shop.act(manager, frozen, act, confirmed=MANY)).json()["run_id"]
    async with shop.tenant.work() as ctx:
        chief = await ctx.session.scalar(select(Employee).where(Employee.role == "manager"))
        chief.scope = "self"
    run = await shop.work(run_id)
    assert run.note == "已处理 0 位；9 位本来就是这样，或已不在你的数据范围内"
    assert await in_stage(shop, people, wanted) == 0


@pytest.mark.parametrize("what", ["stage", "selection", "employee"])
async def test_an_act_that_lost_its_ground_says_so(shop, what):
    await shop.crowd("planner", MANY)
    wanted = await stage(shop)
    frozen = await shop.freeze(shop.planner)
    act = {"kind": "stage", "stage_id": wanted}
    run_id = (await shop.act(shop.planner, frozen, act, confirmed=MANY)).json()["run_id"]
    match what:
        case "stage":
            await shop.admin.delete(f"/api/stages/{wanted}")
            reason = "客户阶段不存在或已移除"
        case "selection":
            async with shop.tenant.work() as ctx:
                await ctx.session.delete(
                    await ctx.session.get_one(PeopleSelection, (ctx.tenant_id, frozen["id"]))
                )
            reason = "已过期"
        case _:
            async with shop.tenant.work() as ctx:
                one = await ctx.session.scalar(select(Employee).where(Employee.role == "planner"))
                one.state = "left"
            reason = "已停用"
    run = await shop.work(run_id)
    assert run.state == "failed"
    assert reason in run.note
