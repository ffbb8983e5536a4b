"""Jobs: one per key, none forgotten, and waiting is no failure."""

import asyncio
from datetime import timedelta

import msgspec
from sqlalchemy import func, select, text

from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.jobs import JobHandler, JobKind, JobWorker, RetryLater
from siyu.core.jobs.progress import JobRun, begin_run
from siyu.core.jobs.queue import forget


class Errand(msgspec.Struct, frozen=True):
    number: int = 0


ONCE = JobKind("test.once", Errand, "")
AGAIN = JobKind("test.again", Errand, "", follows_after=timedelta(seconds=3))


async def asked(db, clock, tenant_id, kind) -> bool:
    async with db.tenant(tenant_id) as session:
        ctx = Context(tenant_id, SYSTEM_ACTOR, clock, session)
        return await ctx.enqueue(kind, Errand(), key="k")


async def keys(db, tenant_id, kind) -> list[str]:
    async with db.system() as session:
        rows = await session.execute(
            text("select dedupe_key from queue.pgqueuer where dedupe_key like :key order by 1"),
            {"key": f"{kind.name}:{tenant_id}:%"},
        )
        return [row.dedupe_key.removeprefix(f"{kind.name}:{tenant_id}:") for row in rows]


async def begin(db, tenant_id, kind, key="k") -> None:
    async with db.system() as session:
        await session.execute(
            text("update queue.pgqueuer set status = 'picked' where dedupe_key = :key"),
            {"key": f"{kind.name}:{tenant_id}:{key}"},
        )


async def test_a_job_that_waits_is_not_added_again(db, clock, tenant_id):
    for kind in (ONCE, AGAIN):
        assert await asked(db, clock, tenant_id, kind)
        assert not await asked(db, clock, tenant_id, kind)
        assert await keys(db, tenant_id, kind) == ["k"]


async def test_what_happens_while_a_job_is_at_work_is_looked_at_by_another(db, clock, tenant_id):
    for kind, then in ((ONCE, ["k"]), (AGAIN, ["k", "k:again"])):
        await asked(db, clock, tenant_id, kind)
        await begin(db, tenant_id, kind)
        for _ in range(2):
            assert not await asked(db, clock, tenant_id, kind)
        assert await keys(db, tenant_id, kind) == then


async def test_who_is_asked_again_while_another_is_asked_is_not_forgotten_either(
    db, clock, tenant_id
):
    await asked(db, clock, tenant_id, AGAIN)
    await begin(db, tenant_id, AGAIN)
    await asked(db, clock, tenant_id, AGAIN)
    await begin(db, tenant_id, AGAIN, "k:again")
    assert not await asked(db, clock, tenant_id, AGAIN)
    assert await keys(db, tenant_id, AGAIN) == ["k", "k:again", "k:again:again"]


async def test_a_job_that_waits_does_not_begin_before_the_asker_commits(db, clock, tenant_id):
    kind = JobKind(f"test.sees.{tenant_id}", Errand, "", follows_after=timedelta(0))
    stop, committed, seen = asyncio.Event(), False, []

    async def run(_: int, __: Errand) -> None:
        seen.append(committed)
        stop.set()

    await asked(db, clock, tenant_id, kind)
    async with db.tenant(tenant_id) as session:
        ctx = Context(tenant_id, SYSTEM_ACTOR, clock, session)
        assert not await ctx.enqueue(kind, Errand(), key="k")
        worker = asyncio.create_task(JobWorker(db.urls.system, [JobHandler(kind, run)]).run(stop))
        await asyncio.sleep(1)  # gives it the time to begin too early, were it so
        committed = True
    await worker
    assert seen == [True]


async def test_nothing_new_is_missed_however_a_job_ends_meanwhile(db, clock, tenant_id):
    kind = JobKind(f"test.looks.{tenant_id}", Errand, "", follows_after=timedelta(0))
    stop, asked_for, seen = asyncio.Event(), 200, 0

    async def look(_: int, __: Errand) -> None:
        nonlocal seen
        async with db.tenant(tenant_id) as session:
            runs = select(func.count()).where(JobRun.tenant_id == tenant_id)
            seen = await session.scalar(runs) or 0
        if seen == asked_for:
            stop.set()

    worker = asyncio.create_task(JobWorker(db.urls.system, [JobHandler(kind, look)]).run(stop))
    for _ in range(asked_for):
        async with db.tenant(tenant_id) as session:
            ctx = Context(tenant_id, SYSTEM_ACTOR, clock, session)
            await begin_run(ctx, kind)
            await ctx.enqueue(kind, Errand(), key="k")
    try:
        await asyncio.wait_for(asyncio.shield(worker), 20)
    finally:
        stop.set()
        await worker
    assert seen == asked_for


async def test_who_asks_often_does_not_fill_the_worker_and_the_last_sees_everything(
    db, clock, tenant_id
):
    kind = JobKind(f"test.alone.{tenant_id}", Errand, "", follows_after=timedelta(milliseconds=50))
    stop, asked_for, seen, at_work, most = asyncio.Event(), 12, 0, 0, 0

    async def look(_: int, __: Errand) -> None:
        nonlocal seen, at_work, most
        at_work, began_at = at_work + 1, asks
        most = max(most, at_work)
        await asyncio.sleep(0.5)
        at_work, seen = at_work - 1, max(seen, began_at)
        if seen == asked_for:
            stop.set()

    worker = asyncio.create_task(JobWorker(db.urls.system, [JobHandler(kind, look)]).run(stop))
    for asks in range(1, asked_for + 1):  # noqa: B007 - the handler looks at it
        await asked(db, clock, tenant_id, kind)
        await asyncio.sleep(0.1)
    await asyncio.wait_for(worker, 20)
    assert seen == asked_for
    assert most <= 2  # one that follows, and one that was asked for anew after the first had ended


async def test_jobs_are_forgotten_with_who_follows_them(db, clock, tenant_id):
    for key in ("k", "k:again", "k:again:again"):
        await asked(db, clock, tenant_id, AGAIN)
        await begin(db, tenant_id, AGAIN, key)
    async with db.system() as session:
        await session.execute(
            text(
                "update queue.pgqueuer set dedupe_key = dedupe_key || '\\:retry' || id"
                " where dedupe_key = :key"
            ),
            {"key": f"{AGAIN.name}:{tenant_id}:k:again"},
        )
        await forget(session, tenant_id, AGAIN, ["other"])
        assert len(await keys(db, tenant_id, AGAIN)) == 3
        await forget(session, tenant_id, AGAIN, ["k"])
    assert await keys(db, tenant_id, AGAIN) == []


async def test_waiting_for_the_outside_is_no_failed_attempt(db, clock, tenant_id):
    kind = JobKind(f"test.waits.{tenant_id}", Errand, "", attempts=2)
    stop = asyncio.Event()
    tries = 0

    async def run(_: int, __: Errand) -> None:
        nonlocal tries
        tries += 1
        if tries <= 3:
            raise RetryLater(timedelta(0))
        if tries == 4:
            raise ValueError
        stop.set()

    await asked(db, clock, tenant_id, kind)
    await JobWorker(db.urls.system, [JobHandler(kind, run)]).run(stop)
    assert tries == 5
