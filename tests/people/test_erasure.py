"""A planted person with unmistakable marks in every place: packed, then gone from all of them."""

import io
import json
import zipfile
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from siyu import tables
from siyu.accounts.models import Employee
from siyu.commerce.models import OrderSource, SalesOrder
from siyu.core.analytics import Analytics, EngineProcess
from siyu.core.analytics.schema import TABLES, Topology, ensure_schema
from siyu.core.context import Context
from siyu.core.jobs import JobGone
from siyu.core.jobs.progress import JobRun
from siyu.core.sealed import SealedFiles
from siyu.people.bulk.models import PeopleAct
from siyu.people.exchange.models import ExportPart, ImportChunk, PeopleExport, PeopleImport
from siyu.people.fields.models import CustomField, FieldValue
from siyu.people.groups.models import GroupChat, GroupMember
from siyu.people.identity.identities import find_identity, identify, identify_with
from siyu.people.identity.phones import keep_phones
from siyu.people.kinds import REFRESH_CUSTOMER, RefreshCustomer
from siyu.people.lists.models import CustomerListView
from siyu.people.models import Contact, ContactTurn, Customer, Identity
from siyu.people.picture.person import Person
from siyu.people.picture.rows import Writer
from siyu.people.picture.state import begin_state, next_version
from siyu.people.privacy import texts
from siyu.people.privacy.erased import erased_among, still_erased
from siyu.people.privacy.erasing import Eraser
from siyu.people.privacy.kinds import Erase, Pack
from siyu.people.privacy.models import Erasure
from siyu.people.privacy.packing import Packer
from siyu.people.privacy.places import PersonIds
from siyu.people.privacy.texts import Words, clear
from siyu.personal import PLACES, WITHOUT
from tests.web import Installation

MARK = "ZZMARKZZ"
PHONE = "13987654321"
EXTERNAL = f"wm{MARK}0001"


def test_every_table_says_what_happens_to_a_person_in_it():
    known = {table.fullname for table in tables.metadata.sorted_tables}
    said = [*PLACES, *WITHOUT]
    assert len(said) == len(set(said))
    assert known - set(said) == set(), "say in siyu.personal what an erasure does there"
    assert set(said) - known == set()
    for table in tables.metadata.sorted_tables:
        named = {column.name for column in table.columns} & {"identity_id", "customer_id"}
        numbers = {"event", "outbox", "audience_forgotten", "erasure", "sys.picture_debt"}
        assert not named or table.name in PLACES or table.fullname in numbers, table.fullname


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[Analytics]:
    process = EngineProcess(tmp_path / "analytics", memory_bytes=1 << 30)
    await process.start()
    analytics = Analytics.from_home(tmp_path / "analytics")
    await ensure_schema(analytics, tables=tables.ENGINE)
    yield analytics
    await analytics.close()
    await process.stop()


async def pieces(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def plant(ctx: Any, vault: Any, sealed: SealedFiles, staff_id: int) -> int:
    """Put a person everywhere."""
    person = await identify(ctx, "external_userid", "", EXTERNAL)
    number = person.customer_id
    for kind, scope, value in (
        ("unionid", "", f"un{MARK}0001"),
        ("openid", "wxapp", f"op{MARK}0001"),
        ("member", "", f"mb{MARK}0001"),
    ):
        await identify_with(ctx, kind, scope, {value: number}, evidence="unionid")
    await keep_phones(ctx, vault, person, [PHONE])
    customer = await ctx.session.get_one(Customer, (ctx.tenant_id, number))
    customer.name, customer.avatar_url = f"张三{MARK}", f"https://x/{MARK}.png"
    tenant, now = ctx.tenant_id, ctx.now()
    contact = Contact(
        tenant_id=tenant, identity_id=person.id, staff_account_id=staff_id, state="active",
        watched_since=now, remark=f"备注{MARK}", description=f"描述{MARK}", added_at=now,
    )  # fmt: skip
    field = CustomField(tenant_id=tenant, key="note", name="偏好", kind="text")
    group = GroupChat(tenant_id=tenant, chat_id="chat", created_at=now, watched_since=now)
    source = OrderSource(tenant_id=tenant, name="店", key=f"k{tenant}", secret=b"", created_at=now)
    ctx.session.add_all([contact, field, group, source])
    await ctx.session.flush()
    order = {
        "tenant_id": tenant, "source_id": source.id, "paid_at": now, "amount_fen": 100,
        "currency": "CNY", "received_at": now,
    }  # fmt: skip
    ctx.session.add_all(
        [
            ContactTurn(tenant_id=tenant, contact_id=contact.id, at=now, kind="added"),
            FieldValue(
                tenant_id=tenant, identity_id=person.id, field_id=field.id,
                text=f"喜欢{MARK}", set_at=now,
            ),
            GroupMember(
                tenant_id=tenant, group_id=group.id, identity_id=person.id, joined_at=now,
                nickname=f"群{MARK}",
            ),
            SalesOrder(
                **order, external_id="o1", identity_id=person.id, unionid=f"un{MARK}0001",
                external_member_id=f"mb{MARK}0001", phone=vault.encrypt("phone", "+86" + PHONE),
                phone_blind=vault.blind("phone", "+86" + PHONE),
            ),
            # Paid, and nobody knows by whom: but the phone says it.
            SalesOrder(
                **order, external_id="o2", phone=vault.encrypt("phone", "+86" + PHONE),
                phone_blind=vault.blind("phone", "+86" + PHONE),
            ),
        ]
    )  # fmt: skip
    await ctx.session.execute(
        text(
            "insert into wecom_inbox (tenant_id, dedupe_key, lane, event, change_type, body,"
            " occurred_at, received_at, urgent, state) values (:tenant, :key, :lane, 'e', 'add',"
            " :body, :at, :at, 'none', 'done')"
        ),
        {"tenant": tenant, "key": f"k{EXTERNAL}", "lane": EXTERNAL,
         "body": f"<xml>{EXTERNAL}</xml>".encode(), "at": now},
    )  # fmt: skip
    await ctx.enqueue(REFRESH_CUSTOMER, RefreshCustomer(EXTERNAL), key=EXTERNAL)
    await lists(ctx, sealed, number)
    return number


async def lists(ctx: Any, sealed: SealedFiles, number: int) -> None:
    from pyroaring import BitMap64

    content = f"姓名\n张三{MARK}\n".encode()
    when = {"created_at": ctx.now(), "expires_at": ctx.now() + timedelta(days=1)}
    file = PeopleImport(
        tenant_id=ctx.tenant_id, name=f"张三{MARK}.csv", source="csv",
        file=await sealed.write(pieces(content)), size=9, encoding="utf-8", separator=",",
        header=[f"张三{MARK}", PHONE], **when,
    )  # fmt: skip
    withdrawn = Erasure(
        tenant_id=ctx.tenant_id, customer_id=number, state="withdrawn", asked_by="customer",
        note=f"来电{PHONE}", asked_at=ctx.now(),
    )  # fmt: skip
    export = PeopleExport(
        tenant_id=ctx.tenant_id, format="csv", columns=["name"], wanted={}, phones=False,
        ready=True, **when,
    )  # fmt: skip
    ctx.session.add_all([file, export, withdrawn])
    await ctx.session.flush()
    run = JobRun(
        tenant_id=ctx.tenant_id, kind="people.import", title=f"导入客户：张三{MARK}.csv",
        note=f"来电{PHONE}", payload={"import_id": file.id}, created_at=ctx.now(),
    )  # fmt: skip
    ctx.session.add(run)
    members = BitMap64([number]).serialize()
    ctx.session.add_all(
        [
            ImportChunk(
                tenant_id=ctx.tenant_id, import_id=file.id, number=0, rows=1, new=1, known=0,
                conflicting=0, bad=0, members=members,
            ),
            ExportPart(
                tenant_id=ctx.tenant_id, export_id=export.id, number=0, rows=1, last_id=number,
                file=await sealed.write(pieces(content)), members=members,
            ),
        ]
    )  # fmt: skip
    await ctx.session.flush()


async def in_engine(site: Installation, analytics: Analytics, tenant: int, number: int) -> None:
    """Let the picture have the person, with the name."""
    async with site.runtime.db.system() as session:
        await begin_state(session)
        version = await next_version(session, None)
    now = site.runtime.clock.now()
    person = Person(
        customer_id=number, identity_ids=frozenset({1}), identity_kinds=frozenset({"phone"}),
        created_at=now, name=f"张三{MARK}", gender=0, kind=0, corp_name="", state="active",
        first_add_at=now, last_add_at=now, stage_id=None, stage_at=None, marketing="unknown",
        sensitive=False, friends=(), tags={}, past_tags={},
        group_ids=frozenset(), fields={}, bought=None,
    )  # fmt: skip
    await Writer(analytics, Topology()).write(tenant, [person], [], version)


async def hits(site: Installation, analytics: Analytics, tenant: int, folder: Path) -> list[str]:
    """Search everything siyu keeps for the marks: as text, and as bytes."""
    marks = [MARK, MARK.encode().hex(), PHONE, PHONE.encode().hex()]
    found = []
    async with site.runtime.db.system() as session:
        names = await session.scalars(
            text(
                "select format('%I.%I', schemaname, relname) from pg_stat_user_tables"
                " where schemaname in ('public', 'sys', 'queue')"
                # What a part of a table holds is found in the whole.
                " and relid not in (select inhrelid from pg_inherits)"
            )
        )
        for name in names:
            for mark in marks:
                count = await session.scalar(
                    text(f"select count(*) from {name} as t where t::text like '%{mark}%'")  # noqa: S608
                )
                if count:
                    found.append(f"{name}: {mark}")
    for table in (*TABLES, *tables.ENGINE):
        rows = await analytics.query(f"SELECT * FROM {table.name}")  # noqa: S608
        found += [table.name for row in rows if MARK in str(row) or PHONE in str(row)]
    found += in_files(folder)
    return found


def in_files(folder: Path) -> list[str]:
    found = []
    for path in folder.rglob("*"):
        if path.is_file() and "analytics" not in path.parts:
            content = path.read_bytes()
            found += [str(path) for mark in (MARK, PHONE) if mark.encode() in content]
    return found


async def test_a_planted_person_is_packed_and_then_gone_from_everywhere(  # noqa: PLR0915
    site: Installation, engine: Analytics, tmp_path: Path, caplog: Any
) -> None:
    tenant = await site.tenant()
    r = site.runtime
    async with await tenant.employee("admin") as admin:
        async with tenant.work() as ctx:
            vault = await r.vaults.of(ctx.session, ctx.tenant_id)
            sealed = SealedFiles(r.files, vault, ctx.tenant_id)
            number = await plant(ctx, vault, sealed, tenant.staff["admin"])
            other = await identify(ctx, "external_userid", "", "wm-other")
        await in_engine(site, engine, tenant.tenant_id, number)
        path = f"/api/customers/{number}"
        said = {"kind": "marketing", "state": "granted", "note": f"电话{MARK}"}
        answer = await admin.post(f"{path}/consents", json=said)
        assert answer.status_code == 200, answer.text
        assert answer.json()["marketing"] == "granted"
        package = (await admin.post(f"{path}/package")).json()["id"]
        run = (await admin.get("/api/privacy/packages")).json()["items"][0]["run_id"]
        await Packer(r.db, r.clock, r.vaults, r.files, PLACES).run(
            tenant.tenant_id, Pack(run, package)
        )
        content = (await admin.get(f"/api/privacy/packages/{package}/file")).content
        await everything_is_in(content)

        asked = await admin.post(f"{path}/erasure", json={"asked_by": "customer"})
        assert asked.status_code == 201, asked.text
        erasure = asked.json()["id"]
        again = await admin.post(f"{path}/erasure", json={"asked_by": "customer"})
        assert again.status_code == 409
        confirm = f"/api/privacy/erasures/{erasure}/confirm"
        assert (await admin.post(confirm, json={"word": "好"})).status_code == 400
        assert (await admin.post(confirm, json={"word": "删除"})).status_code == 202
        assert await hits(site, engine, tenant.tenant_id, tmp_path)
        view = (await admin.get("/api/privacy/erasures")).json()["items"][0]
        job = Erase(view["run_id"], erasure)
        eraser = Eraser(r.db, r.clock, r.vaults, r.files, engine, PLACES)
        await eraser.run(tenant.tenant_id, job)
        with pytest.raises(JobGone):
            await eraser.run(tenant.tenant_id, job)

        assert await hits(site, engine, tenant.tenant_id, tmp_path) == []
        assert MARK not in caplog.text
        view = (await admin.get("/api/privacy/erasures")).json()["items"][0]
        assert (view["state"], view["customer_id"]) == ("done", None)
        assert view["report"]["identity"] == 5
        assert (await admin.get(path)).status_code == 404
    async with tenant.work() as ctx:
        orders = (await ctx.session.scalars(select(SalesOrder))).all()
        assert [(each.amount_fen, each.identity_id) for each in orders] == [(100, None)] * 2
        assert await find_identity(ctx, "external_userid", "", "wm-other") is not None
        assert await ctx.session.scalar(select(func.count()).select_from(Identity)) == 1
        assert other.customer_id != number
        # WeCom goes on listing the person, until they add somebody again themselves.
        assert set(await erased_among(ctx, vault, [EXTERNAL, "wm-other"])) == {EXTERNAL}
        before, after = ctx.now() - timedelta(1), ctx.now() + timedelta(1)
        assert await still_erased(ctx, vault, {EXTERNAL: before, "wm-other": None}) == {EXTERNAL}
        assert await still_erased(ctx, vault, {EXTERNAL: after}) == set()
        assert await erased_among(ctx, vault, [EXTERNAL]) == {}
        run_row = await ctx.session.get_one(JobRun, (ctx.tenant_id, job.run_id))
        assert (run_row.state, run_row.checkpoint) == ("done", {})
        row = await ctx.session.get_one(Erasure, (ctx.tenant_id, erasure))
        assert row.customer_id is None


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


async def everything_is_in(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        page = archive.read("个人信息.html").decode()
        data = json.loads(archive.read("data.json"))
    for mark in (
        f"张三{MARK}", f"备注{MARK}", f"喜欢{MARK}", f"群{MARK}", f"电话{MARK}", EXTERNAL,
        f"mb{MARK}0001", PHONE, "o1",
    ):  # fmt: skip
        assert mark in page, mark
    assert data["联系方式"][0]["ciphertext"] == "+86" + PHONE
