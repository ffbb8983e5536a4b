"""Callbacks can be looked at and, when parked, be read again."""

import pytest
from sqlalchemy import select, update

from siyu.accounts.callbacks.service import blacken, count_parked
from siyu.accounts.models import AuditEntry
from siyu.channels.wecom.events import parse_event
from siyu.channels.wecom.inbox import InboxWriter, WecomInbox, letter_of
from siyu.channels.wecom.reader import InboxReader


def added(customer: str) -> bytes:
    return (
        "<xml><CreateTime>1000000</CreateTime><Event>change_external_contact</Event>"
        "<ChangeType>add_external_contact</ChangeType><UserID>u1</UserID>"
        f"<ExternalUserID>{customer}</ExternalUserID></xml>"
    ).encode()


@pytest.fixture
async def tenant(site):
    tenant = await site.tenant()
    writer = InboxWriter(site.runtime.db.ingest)
    for customer in ("wm1", "wm2", "wm3"):
        body = added(customer)
        await writer.append(
            letter_of(tenant.tenant_id, parse_event(body), body, site.runtime.clock.now())
        )
    await InboxReader(site.runtime.db, site.runtime.clock, {}).drain()
    return tenant


async def park(tenant) -> int:
    async with tenant.work() as ctx:
        row_id = await ctx.session.scalar(
            update(WecomInbox)
            .where(WecomInbox.tenant_id == tenant.tenant_id, WecomInbox.lane == "wm2")
            .values(state="parked", tries=5, fate="ValueError at intake.py:1")
            .returning(WecomInbox.id)
        )
        assert await count_parked(ctx) == 1
        return row_id


async def state_of(tenant, row_id):
    async with tenant.work() as ctx:
        row = await ctx.session.get_one(WecomInbox, (tenant.tenant_id, row_id))
        return row.state, row.tries, row.fate


async def deeds(tenant) -> list[tuple[str, str]]:
    async with tenant.work() as ctx:
        rows = await ctx.session.execute(
            select(AuditEntry.action, AuditEntry.target_id)
            .where(AuditEntry.action.like("callback.%"))
            .order_by(AuditEntry.id)
        )
        return [tuple(row) for row in rows]


async def test_the_list_is_paged_and_narrowed(tenant):
    parked = await park(tenant)
    async with await tenant.employee("admin") as browser:
        first = (await browser.get("/api/callbacks", params={"limit": 2})).json()
        cursor = first["next_cursor"]
        rest = (await browser.get("/api/callbacks", params={"cursor": cursor})).json()
        found = (await browser.get("/api/callbacks", params={"state": "parked"})).json()
        odd = await browser.get("/api/callbacks", params={"state": "odd"})
    numbers = [row["id"] for row in first["items"] + rest["items"]]
    assert (len(numbers), numbers, rest["next_cursor"]) == (3, sorted(numbers, reverse=True), None)
    (row,) = found["items"]
    assert row | {"received_at": None} == {
        "id": parked,
        "received_at": None,
        "event": "change_external_contact",
        "change_type": "add_external_contact",
        "state": "parked",
        "fate": "ValueError at intake.py:1",
        "tries": 5,
    }
    assert odd.status_code == 400


async def asked_of_a_person(browser) -> set[int]:
    items = (await browser.get("/api/attention")).json()["items"]
    return {item["count"] for item in items if item["kind"] == "parked_callbacks"}


async def test_a_parked_callback_is_looked_at_and_read_again(site, tenant):
    parked = await park(tenant)
    async with await tenant.employee("admin") as browser:
        seen = (await browser.get(f"/api/callbacks/{parked}")).json()
        assert seen["xml"] == added("wm2").decode()
        assert await asked_of_a_person(browser) == {1}
        assert (await browser.post(f"/api/callbacks/{parked}/retry")).status_code == 204
        assert await state_of(tenant, parked) == ("waiting", 0, "")
        assert await asked_of_a_person(browser) == set()
        again = await browser.post(f"/api/callbacks/{parked}/retry")
        assert (again.status_code, again.json()["code"]) == (409, "callback_not_parked")
        assert (await browser.get("/api/callbacks/999999999")).status_code == 404
    assert await deeds(tenant) == [("callback.read", str(parked)), ("callback.retry", str(parked))]
    await InboxReader(site.runtime.db, site.runtime.clock, {}).drain()
    assert await state_of(tenant, parked) == ("done", 0, "ignored")


def test_what_staff_told_the_directory_is_not_shown():
    secret = (
        "<xml><Event><![CDATA[change_contact]]></Event><Name>小林</Name>"
        "<Mobile><![CDATA[13800000000]]></Mobile><Email>a@b.c</Email>"
        "<ExtAttr><Item><Value>330102199001011234</Value></Item></ExtAttr>"
        "<Alias>13900000000</Alias><MsgId>1390000000012345678</MsgId></xml>"
    )
    assert blacken(secret) == (
        "<xml><Event><![CDATA[change_contact]]></Event><Name>小林</Name>"
        "<Mobile>***</Mobile><Email>***</Email><ExtAttr>***</ExtAttr>"
        "<Alias>***</Alias><MsgId>1390000000012345678</MsgId></xml>"
    )


def test_nor_is_it_where_the_callback_is_in_json():
    secret = (
        '\ufeff{"Event":"change_contact","Name":"小林","Mobile":13800000000,"biz_mail":"a@b.c",'
        '"ExtAttr":{"Item":[{"Value":"330102199001011234"}]},"Items":[{"Email":"a@b.c"}],'
        '"Alias":"13900000000"}'
    )
    assert blacken(secret) == (
        '{"Event":"change_contact","Name":"小林","Mobile":"***","biz_mail":"***",'
        '"ExtAttr":"***","Items":[{"Email":"***"}],"Alias":"***"}'
    )
