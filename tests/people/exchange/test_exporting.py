"""Lists of customers: everybody once, killed or not; stopped when nobody wants them any more."""

import csv
import io
from dataclasses import dataclass
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import func, select, update

from siyu.accounts.models import Employee
from siyu.accounts.roles import PERMISSIONS
from siyu.composition import Panels
from siyu.core.jobs import JobGone
from siyu.core.jobs.progress import JobRun
from siyu.people.exchange import exporting
from siyu.people.exchange.exporting import Exporting
from siyu.people.exchange.kinds import ExportList
from siyu.people.exchange.models import ExportPart, PeopleExport
from siyu.people.identity.service import merge_people
from siyu.people.models import Customer
from tests.people.exchange.conftest import Office, killed

PEOPLE = 70


@dataclass
class Desk:
    """An office with customers, an admin's browser, and the job of export."""

    office: Office
    browser: httpx.AsyncClient
    exporting: Exporting

    async def ask(self, browser: httpx.AsyncClient | None = None, **given) -> ExportList:
        draft = {"wanted": {}, "columns": ["id", "phone"], "phones": True} | given
        answer = await (browser or self.browser).post("/api/exports", json=draft)
        assert answer.status_code == 202, answer.text
        await self.office.clear_queue()
        return ExportList(answer.json()["run_id"], answer.json()["id"])

    async def run(self, run: ExportList) -> None:
        await self.exporting.run(self.office.tenant.tenant_id, run)

    async def state(self, run: ExportList) -> str:
        page = (await self.browser.get("/api/exports")).json()["items"]
        return next(each["state"] for each in page if each["id"] == run.export_id)

    async def table(
        self, run: ExportList, browser: httpx.AsyncClient | None = None
    ) -> list[list[str]]:
        answer = await (browser or self.browser).get(f"/api/exports/{run.export_id}/file")
        assert answer.status_code == 200, answer.text
        return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    async def parts(self) -> int:
        async with self.office.tenant.work() as ctx:
            return await ctx.session.scalar(select(func.count()).select_from(ExportPart)) or 0

    def files(self) -> int:
        folder = self.office.tenant.installation.runtime.files.folder
        assert folder is not None
        return len(list((folder / str(self.office.tenant.tenant_id) / "sealed").glob("*")))


@pytest.fixture
async def desk(office, monkeypatch):
    monkeypatch.setattr(exporting, "_PART", 20)
    monkeypatch.setattr(exporting, "_BATCH", 10)
    lines = "".join(f"m{number},1380000{number:04d}\n" for number in range(PEOPLE))
    file = await office.upload(f"会员号,手机号\n{lines}".encode())
    await office.run(file)
    await office.browser.delete(f"/api/imports/{file['id']}")
    r = office.tenant.installation.runtime
    async with await office.tenant.employee("admin") as browser:
        writer = Exporting(r.db, r.clock, r.vaults, r.files, Panels())
        yield Desk(office, browser, writer)


def meanwhile(monkeypatch, act) -> None:
    """Let something happen when the second part is written and not yet noted."""
    note = exporting._List._note

    async def noted(self, part, number, file):
        if number == 1:
            await act()
        return await note(self, part, number, file)

    monkeypatch.setattr(exporting._List, "_note", noted)


@pytest.mark.parametrize("when", ["within", "between"])
async def test_a_list_whose_process_is_killed_has_everybody_once(desk, when):
    run = await desk.ask()
    killed(desk.office, "export", run, when)
    assert await desk.state(run) == "running"
    assert await desk.parts() == (1 if when == "within" else 2)
    await desk.run(run)
    assert await desk.state(run) == "ready"
    table = await desk.table(run)
    async with desk.office.tenant.work() as ctx:
        ids = await ctx.session.scalars(select(Customer.id).order_by(Customer.id))
        assert [row[0] for row in table] == ["客户编号", *map(str, ids)]
    assert {row[1] for row in table[1:]} == {f"1380000{n:04d}" for n in range(PEOPLE)}
    assert await desk.parts() == 4


async def test_chosen_people_stand_once_as_whom_they_turned_out_to_be(desk, monkeypatch):
    async with desk.office.tenant.work() as ctx:
        ids = list(await ctx.session.scalars(select(Customer.id).order_by(Customer.id)))
    outside, chosen = ids[0], ids[1:]
    answer = await desk.browser.post("/api/customer-selections", json={"customer_ids": chosen})
    run = await desk.ask(wanted={"selection_id": answer.json()["id"]})

    async def merge(one: int, other: int) -> None:
        async with desk.office.tenant.work() as ctx:
            await merge_people(ctx, one, other, "同一个人")

    await merge(chosen[0], chosen[1])  # both in the first part
    await merge(chosen[2], chosen[-1])  # in the first part and in the last
    meanwhile(monkeypatch, lambda: merge(outside, chosen[-2]))  # nobody of it is written yet
    await desk.run(run)
    numbers = [int(row[0]) for row in (await desk.table(run))[1:]]
    gone = {chosen[1], chosen[-1], chosen[-2]}
    assert sorted(numbers) == sorted({outside, *chosen} - gone)


async def test_a_list_that_was_cancelled_is_written_no_further(desk, monkeypatch):
    run = await desk.ask()

    async def cancel() -> None:
        async with desk.office.tenant.work() as ctx:
            await ctx.session.execute(update(JobRun).values(state="cancelling"))

    meanwhile(monkeypatch, cancel)
    with pytest.raises(JobGone):
        await desk.run(run)
    assert await desk.state(run) == "cancelled"
    assert (await desk.parts(), desk.files()) == (1, 1)
    answer = await desk.browser.get(f"/api/exports/{run.export_id}/file")
    assert answer.status_code == 409


async def test_a_list_whose_time_is_over_is_written_no_further(desk, monkeypatch):
    run = await desk.ask(format="xlsx")

    async def expire() -> None:
        async with desk.office.tenant.work() as ctx:
            past = ctx.now() - timedelta(seconds=1)
            await ctx.session.execute(update(PeopleExport).values(expires_at=past))

    meanwhile(monkeypatch, expire)
    with pytest.raises(JobGone):
        await desk.run(run)
    async with desk.office.tenant.work() as ctx:
        told = await ctx.session.get_one(JobRun, (ctx.tenant_id, run.run_id))
        assert (told.state, "已过期" in told.note) == ("failed", True)
    assert (await desk.parts(), desk.files()) == (1, 1)


async def test_of_two_runners_the_one_that_began_last_writes(desk, monkeypatch):
    run = await desk.ask()
    note = exporting._List._note
    runners = []

    async def noted(self, part, number, file):
        if number == 1 and not runners:
            runners.append(self)
            await desk.run(run)  # taken for dead, and taken over
        return await note(self, part, number, file)

    monkeypatch.setattr(exporting._List, "_note", noted)
    with pytest.raises(JobGone):
        await desk.run(run)
    assert await desk.state(run) == "ready"
    assert (await desk.parts(), desk.files()) == (4, 4)
    assert len(await desk.table(run)) == PEOPLE + 1


async def test_phones_are_masked_for_whoever_may_not_read_them(desk, monkeypatch):
    bare = PERMISSIONS["planner"] | {"customers.export"}
    monkeypatch.setitem(PERMISSIONS, "planner", bare)
    planner = desk.office.browser
    draft = {"wanted": {}, "columns": ["phone"], "phones": True}
    assert (await planner.post("/api/exports", json=draft)).status_code == 403
    masked = await desk.ask(planner, phones=False, columns=["phone"])
    await desk.run(masked)
    assert (await desk.table(masked, planner))[1] == ["138****0000"]
    # Asked for while it was allowed, written when it is not any more.
    whole = await desk.ask()

    async def become(role: str) -> None:
        async with desk.office.tenant.work() as ctx:
            await ctx.session.execute(update(Employee).values(role=role))

    meanwhile(monkeypatch, lambda: become("planner"))
    await desk.run(whole)
    refused = await desk.browser.get(f"/api/exports/{whole.export_id}/file")
    assert refused.status_code == 403
    await become("admin")
    phones = [row[1] for row in await desk.table(whole)][1:]
    # The second part was being written when it was taken away.
    assert phones[:40] == [f"1380000{n:04d}" for n in range(40)]
    assert phones[40:] == [f"138****{n:04d}" for n in range(40, PEOPLE)]


async def test_a_list_is_written_for_nobody_who_may_no_longer_have_it(desk, monkeypatch):
    run = await desk.ask()

    async def demote() -> None:
        async with desk.office.tenant.work() as ctx:
            await ctx.session.execute(update(Employee).values(role="manager"))

    meanwhile(monkeypatch, demote)
    with pytest.raises(JobGone):
        await desk.run(run)
    async with desk.office.tenant.work() as ctx:
        told = await ctx.session.get_one(JobRun, (ctx.tenant_id, run.run_id))
        assert (told.state, "没有这项权限" in told.note) == ("failed", True)


async def test_the_list_of_exports_says_who_asked_and_whom_each_is_about(desk):
    admin, browser = desk.browser, desk.office.browser
    audience = await browser.post("/api/audiences", json={"name": "会员", "kind": "list"})
    audience_id = audience.json()["id"]
    async with desk.office.tenant.work() as ctx:
        ids = list(await ctx.session.scalars(select(Customer.id).limit(3)))

    async def chosen(**by) -> dict:
        answer = await admin.post("/api/customer-selections", json=by)
        assert answer.status_code == 201, answer.text
        return {"selection_id": answer.json()["id"]}

    await desk.ask()
    await desk.ask(wanted={"audience_id": audience_id})
    await desk.ask(wanted=await chosen(customer_ids=ids))
    await desk.ask(wanted=await chosen(state="none", q="小雨"))
    listed = (await admin.get("/api/exports")).json()["items"]
    assert len({one["by"] for one in listed}) == 1
    assert listed[0]["by"]
    about = [one["about"] for one in reversed(listed)]
    assert about[0] == {"audience": None, "chosen": False, "filters": None}
    assert about[1]["audience"] == {"id": audience_id, "name": "会员"}
    assert about[2] == {"audience": None, "chosen": True, "filters": None}
    # Words that were searched for may be somebody's name: they are not kept.
    assert (about[3]["filters"]["state"], about[3]["filters"]["q"]) == ("none", "***")
