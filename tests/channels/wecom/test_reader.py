"""The inbox is read in order per customer, each callback once, and one bad callback harms none."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select, update

from siyu.channels.wecom.events import ContactAdded, parse_event
from siyu.channels.wecom.inbox import InboxWriter, WecomInbox, letter_of, prune
from siyu.channels.wecom.reader import InboxReader
from siyu.core.context import Context


def added(customer: str, at: int) -> bytes:
    return (
        f"<xml><ToUserName>ww1</ToUserName><CreateTime>{at}</CreateTime>"
        "<Event>change_external_contact</Event><ChangeType>add_external_contact</ChangeType>"
        f"<UserID>u1</UserID><ExternalUserID>{customer}</ExternalUserID></xml>"
    ).encode()


async def store(db, clock, tenant_id: int, bodies: list[bytes]) -> None:
    writer = InboxWriter(db.ingest)
    for body in bodies:
        await writer.append(letter_of(tenant_id, parse_event(body), body, clock.now()))


async def test_each_lane_is_read_in_order_by_many_readers(db, clock, tenant_id):
    seen = defaultdict(list)
    running: set[str] = set()
    complete = asyncio.Event()

    async def hear(ctx: Context, events: Sequence[ContactAdded]) -> Sequence[str]:
        if ctx.tenant_id != tenant_id:
            return ["another test's"] * len(events)
        return [await hear_one(event) for event in events]

    async def hear_one(event: ContactAdded) -> str:
        customer = event.external_user_id
        assert customer not in running
        running.add(customer)
        await asyncio.sleep(0.001)
        seen[customer].append(event.created)
        running.discard(customer)
        if sum(map(len, seen.values())) == 60:
            complete.set()
        return "heard"

    await store(db, clock, tenant_id, [added(f"wm{n % 5}", 1_000_000 + n) for n in range(60)])
    readers = [InboxReader(db, clock, {ContactAdded: hear}) for _ in range(3)]
    stop = asyncio.Event()
    tasks = [asyncio.create_task(reader.run(stop)) for reader in readers]
    await asyncio.wait_for(complete.wait(), 60)
    stop.set()
    await asyncio.gather(*tasks)
    assert all(times == sorted(times) and len(times) == 12 for times in seen.values())
    async with db.tenant(tenant_id) as session:
        rows = (await session.execute(select(WecomInbox.state, WecomInbox.fate).distinct())).all()
    assert rows == [("done", "heard")]


async def test_an_indigestible_callback_waits_is_parked_and_holds_up_only_its_lane(
    db, clock, tenant_id
):
    heard: list[str] = []

    async def hear(ctx: Context, events: Sequence[ContactAdded]) -> Sequence[str]:
        if ctx.tenant_id != tenant_id:
            return ["another test's"] * len(events)
        if any(event.external_user_id == "bad" for event in events):
            raise ValueError("13800000000")
        heard.extend(f"{event.external_user_id}:{event.created}" for event in events)
        return ["heard"] * len(events)

    await store(
        db,
        clock,
        tenant_id,
        [added("bad", 1), added("wm1", 2), added("wm2", 3), b"<xml><Event>odd</Event></xml>"],
    )
    reader = InboxReader(db, clock, {ContactAdded: hear})
    for _ in range(5):
        await reader.drain()
        clock.advance(timedelta(hours=1))
    assert sorted(set(heard)) == ["wm1:2", "wm2:3"]
    async with db.tenant(tenant_id) as session:
        rows = (
            await session.execute(
                select(WecomInbox.lane, WecomInbox.state, WecomInbox.fate).order_by(WecomInbox.id)
            )
        ).all()
    assert rows[1:] == [("wm1", "done", "heard"), ("wm2", "done", "heard"), ("", "done", "unknown")]
    assert rows[0][1] == "parked"
    assert "13800000000" not in rows[0][2]


async def test_changes_and_reading_commit_together(db, clock, tenant_id):
    calls = 0

    async def half_way(ctx: Context, events: Sequence[ContactAdded]) -> Sequence[str]:
        nonlocal calls
        if ctx.tenant_id != tenant_id:
            return ["another test's"] * len(events)
        calls += 1
        await ctx.session.execute(
            update(WecomInbox)
            .where(WecomInbox.tenant_id == ctx.tenant_id)
            .values(change_type="touched")
        )
        if calls < 3:
            raise RuntimeError("killed")
        return ["heard"] * len(events)

    await store(db, clock, tenant_id, [added("wm1", 1)])
    reader = InboxReader(db, clock, {ContactAdded: half_way})
    await reader.step()
    async with db.tenant(tenant_id) as session:
        row = (await session.scalars(select(WecomInbox))).one()
        assert (row.state, row.change_type) == ("waiting", "add_external_contact")
    clock.advance(timedelta(minutes=1))
    await reader.drain()
    async with db.tenant(tenant_id) as session:
        row = (await session.scalars(select(WecomInbox))).one()
        assert (row.state, row.change_type) == ("done", "touched")


async def test_old_callbacks_are_pruned(db, clock, tenant_id):
    await store(db, clock, tenant_id, [added("wm1", 1)])
    await InboxReader(db, clock, {}).drain()
    clock.advance(timedelta(days=15))
    async with db.tenant(tenant_id) as session:
        await prune(session, clock.now())
    async with db.tenant(tenant_id) as session:
        assert (await session.scalars(select(WecomInbox))).all() == []


async def test_what_another_reader_has_done_meanwhile_is_not_set_back(db, clock, tenant_id):
    async def hear(_: Context, events: Sequence[ContactAdded]) -> Sequence[str]:
        return ["heard"] * len(events)

    await store(db, clock, tenant_id, [added("wm1", 1)])
    reader = InboxReader(db, clock, {ContactAdded: hear})
    await reader.drain()
    async with db.tenant(tenant_id) as session:
        row_id = (await session.scalars(select(WecomInbox.id))).one()
    for _ in range(5):
        await reader._set_back(tenant_id, row_id, ValueError())
    async with db.tenant(tenant_id) as session:
        row = (await session.scalars(select(WecomInbox))).one()
        assert (row.state, row.fate, row.tries) == ("done", "heard", 0)
