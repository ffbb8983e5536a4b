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
from siyu.commerce.models import OrderSource, SalesOrder
from siyu.core.analytics import Analytics
from siyu.core.analytics.schema import TABLES, Topology
from siyu.core.jobs import JobGone
from siyu.core.jobs.progress import JobRun
from siyu.core.sealed import SealedFiles
from siyu.people.exchange.models import ExportPart, ImportChunk, PeopleExport, PeopleImport
from siyu.people.fields.models import CustomField, FieldValue
from siyu.people.groups.models import GroupChat, GroupMember
from siyu.people.identity.identities import find_identity, identify, identify_with
from siyu.people.identity.phones import keep_phones
from siyu.people.kinds import REFRESH_CUSTOMER, RefreshCustomer
from siyu.people.models import Contact, ContactTurn, Customer, Identity
from siyu.people.picture.person import Person
from siyu.people.picture.rows import Writer
from siyu.people.picture.state import begin_state, next_version
from siyu.people.privacy.erased import erased_among, still_erased
from siyu.people.privacy.erasing import Eraser
from siyu.people.privacy.kinds import Erase, Pack
from siyu.people.privacy.models import Erasure
from siyu.people.privacy.packing import Packer
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
                tenant_id=ctx.tenant_id, import_id=file.id, first=0, rows=1, new=1, known=0,
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


async def everything_is_in(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        page = archive.read("个人信息.html").decode()
        data = json.loads(archive.read("data.json"))
    for mark in (
        f"张三{MARK}", f"备注{MARK}", f"喜欢{MARK}", f"群{MARK}", f"电话{MARK}", EXTERNAL,
        f"mb{MARK}0001", PHONE, "o1", "首次出现",
    ):  # fmt: skip
        assert mark in page, mark
    assert "first_seen" not in page
    assert data["联系方式"][0]["ciphertext"] == "+86" + PHONE
