"""Words of the enterprise that name an erased person: blanked, reported, or left alone."""

from typing import Any

import pytest
from sqlalchemy import select

from siyu.accounts.models import Employee
from siyu.core.analytics import Analytics
from siyu.core.context import Context
from siyu.core.jobs.progress import JobRun
from siyu.people.bulk.models import PeopleAct
from siyu.people.exchange.models import PeopleImport
from siyu.people.identity.identities import identify
from siyu.people.identity.phones import keep_phones
from siyu.people.lists.models import CustomerListView
from siyu.people.models import Customer
from siyu.people.privacy import texts
from siyu.people.privacy.erasing import Eraser
from siyu.people.privacy.kinds import Erase
from siyu.people.privacy.places import PersonIds
from siyu.people.privacy.texts import Words, clear
from siyu.personal import PLACES
from tests.web import Installation

MARK = "ZZMARKZZ"
PHONE = "13987654321"
EXTERNAL = f"wm{MARK}0001"


async def test_words_of_the_enterprise_that_name_the_person_are_reported(
    site: Installation, engine: Analytics
) -> None:
    tenant, r = await site.tenant(), site.runtime
    async with await tenant.employee("admin") as admin:
        async with tenant.work() as ctx:
            vault = await r.vaults.of(ctx.session, ctx.tenant_id)
            person = await identify(ctx, "external_userid", "", EXTERNAL)
            await keep_phones(ctx, vault, person, [PHONE])
            customer = await ctx.session.get_one(Customer, (ctx.tenant_id, person.customer_id))
            customer.name = "O'Neil_欧尼"
            employee_id = await ctx.session.scalar(select(Employee.id))
        named = {"kind": "attribute", "name": "name", "op": "contains", "text": "o'neil_欧尼"}
        other = named | {"text": "ONeilX欧尼"}
        made = [
            (await admin.post("/api/audiences", json={"name": name, "rule": rule})).json()["id"]
            for name, rule in (("一个人", named), ("别人", other), (f"{PHONE}的家人", other))
        ]
        async with tenant.work() as ctx:
            view_row = CustomerListView(
                tenant_id=ctx.tenant_id, employee_id=employee_id, name="视图",
                filters={"q": PHONE}, columns=[], changed_at=ctx.now(),
            )  # fmt: skip
            run = JobRun(
                tenant_id=ctx.tenant_id, kind="people.act", title="批量填写字段",
                created_at=ctx.now(),
            )  # fmt: skip
            ctx.session.add_all([view_row, run])
            await ctx.session.flush()
            ctx.session.add(
                PeopleAct(
                    tenant_id=ctx.tenant_id, run_id=run.id, selection_id=1,
                    employee_id=employee_id, created_at=ctx.now(),
                    act={"kind": "field", "field_id": 1, "value": f"找{PHONE}"},
                )
            )  # fmt: skip
            await ctx.session.flush()
            kept_view, act_run = view_row.id, run.id
        asked = await admin.post(
            f"/api/customers/{person.customer_id}/erasure", json={"asked_by": "customer"}
        )
        erasure = asked.json()["id"]
        await admin.post(f"/api/privacy/erasures/{erasure}/confirm", json={"word": "删除"})
        view = (await admin.get("/api/privacy/erasures")).json()["items"][0]
        eraser = Eraser(r.db, r.clock, r.vaults, r.files, engine, PLACES)
        await eraser.run(tenant.tenant_id, Erase(view["run_id"], erasure))
        view = (await admin.get("/api/privacy/erasures")).json()["items"][0]
    told = {each["title"]: (each["count"], each["ids"]) for each in view["report"]["texts"]}
    assert told.pop("任务的标题")[0] == 1, "what made the audience repeats its name"
    assert told == {
        "保存的客户视图": (1, [kept_view]),
        "人群的名称和说明": (1, [made[2]]),
        "人群的条件（含历史版本）": (1, [made[0]]),
        "批量操作填写的内容": (1, [act_run]),
    }


async def cleared(ctx: Context, *names: str) -> dict[str, tuple[int, list[int]]]:
    """Blank what names somebody of these names and the phone; return what is told."""
    words = Words(frozenset({PHONE}), frozenset(names))
    told = await clear(ctx, words, PersonIds(frozenset(), frozenset(), {}))
    return {each["title"]: (each["count"], each["ids"]) for each in told}


def a_file(ctx: Context, name: str, header: list[str], **more: Any) -> PeopleImport:
    return PeopleImport(
        tenant_id=ctx.tenant_id, name=name, source="csv", size=9, encoding="utf-8", separator=",",
        header=header, created_at=ctx.now(), expires_at=ctx.now(), **more,
    )  # fmt: skip


def a_run(ctx: Context, title: str, **more: Any) -> JobRun:
    return JobRun(
        tenant_id=ctx.tenant_id, kind="people.import", title=title, created_at=ctx.now(), **more
    )


async def test_a_common_nickname_damages_nothing_of_others(site: Installation) -> None:
    tenant = await site.tenant()
    header = ["external_userid", "客户名称", "客户", f"电话{PHONE}", '引"号']
    async with tenant.work() as ctx:
        done, other = (
            a_run(ctx, "导入客户：客户.csv", state="done", note="已导入客户 1 位"),
            a_run(ctx, "导入客户：老客户.csv", state="failed", note=f"客户{PHONE}"),
        )
        ctx.session.add_all([done, other])
        await ctx.session.flush()
        over = a_file(ctx, "客户.csv", header, file="f1", run_id=done.id)
        gone = a_file(ctx, "老客户.csv", ["external_userid", "客户名称"], file="")
        open_ones = [
            a_file(ctx, "客户.csv", header, file="f2"),
            a_file(ctx, "老.csv", header, file="f3", run_id=other.id),
        ]
        ctx.session.add_all([over, gone, *open_ones])
        await ctx.session.flush()
        done.payload, other.payload = {"import_id": over.id}, {"import_id": gone.id}
        await ctx.session.flush()
        told = await cleared(ctx, "客户", "al")
        ctx.session.expire_all()
        for row in (over, gone, *open_ones, done, other):
            await ctx.session.refresh(row)
        assert (over.name, over.header) == (
            "（已删除）", ["external_userid", "客户名称", "", "", '引"号'],
        )  # fmt: skip
        assert (gone.name, gone.header) == ("老客户.csv", ["external_userid", "客户名称"])
        assert [row.header for row in open_ones] == [header, header]
        assert open_ones[0].name == "客户.csv"
        assert (done.title, done.note) == ("导入客户：（已删除）", "已导入客户 1 位")
        assert (other.title, other.note) == ("导入客户：老客户.csv", "（已删除）")
        waiting = sorted((row.id for row in open_ones), reverse=True)
        assert told == {"导入文件的名称和表头": (2, waiting)}


async def test_what_was_written_for_many_goes_where_it_is_done(site: Installation) -> None:
    tenant = await site.tenant()
    await tenant.employee("admin")
    async with tenant.work() as ctx:
        employee_id = await ctx.session.scalar(select(Employee.id))
        rows = []
        for number, (state, said) in enumerate(
            (("done", "张三"), ("done", "张三的"), ("failed", f"找{PHONE}"))
        ):
            run = a_run(ctx, "批量变更阶段", state=state)
            ctx.session.add(run)
            await ctx.session.flush()
            row = PeopleAct(
                tenant_id=ctx.tenant_id, run_id=run.id, selection_id=number, created_at=ctx.now(),
                employee_id=employee_id, act={"kind": "stage", "stage_id": 1, "reason": said},
            )  # fmt: skip
            ctx.session.add(row)
            rows.append(row)
        await ctx.session.flush()
        assert await cleared(ctx, "张三") == {"批量操作填写的内容": (1, [rows[2].run_id])}
        for row in rows:
            await ctx.session.refresh(row)
        assert [row.act.get("reason") for row in rows] == [None, "张三的", f"找{PHONE}"]


async def test_values_of_documents_are_searched_not_their_keys(
    site: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "_SHOWN", 2)
    tenant = await site.tenant()
    await tenant.employee("admin")
    filters = [
        {"kind": "x"},
        {"q": "kindly"},
        {"q": ["a", {"b": "Kind"}]},
        {"q": int(PHONE)},
        {"q": "vor O'Neil\"s"},
    ]
    async with tenant.work() as ctx:
        employee_id = await ctx.session.scalar(select(Employee.id))
        views = [
            CustomerListView(
                tenant_id=ctx.tenant_id, employee_id=employee_id, name=f"视图{n}", filters=each,
                columns=[], changed_at=ctx.now(),
            )
            for n, each in enumerate(filters)
        ]  # fmt: skip
        for view in views:
            ctx.session.add(view)
            await ctx.session.flush()
        title, ids = "保存的客户视图", [view.id for view in views]
        assert await cleared(ctx, "ind", "kin") == {title: (1, [ids[3]])}
        assert await cleared(ctx, "kind") == {title: (3, [ids[3], ids[2]])}
        assert await cleared(ctx, "O'Neil\"S") == {title: (2, [ids[4], ids[3]])}
