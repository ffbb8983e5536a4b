"""A job that ends its process is parked after three times; who ran beside it is not."""

import asyncio
import subprocess
import sys
from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import text

from siyu.accounts.background.queries import retry_failed, troubles
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.jobs import JobHandler, JobKind, JobWorker, RetryLater

DEADLY = """
import asyncio, os, sys
import msgspec
from siyu.core.jobs import JobHandler, JobKind, JobWorker

class Errand(msgspec.Struct, frozen=True):
    number: int = 0

async def die(_, __):
    os._exit(9)

async def last(_, __):
    await asyncio.Event().wait()

url, deadly, beside = sys.argv[1:]
handlers = [
    JobHandler(JobKind(deadly, Errand, ""), die),
    JobHandler(JobKind(beside, Errand, ""), last),
]
asyncio.run(JobWorker(url, handlers).run(asyncio.Event()))
"""


class Errand(msgspec.Struct, frozen=True):
    number: int = 0


@pytest.fixture
def kinds(tenant_id):
    return [
        JobKind(f"test.{name}.{tenant_id}", Errand, name, attempts=1) for name in ("deadly", "calm")
    ]


async def put(db, clock, tenant_id, kind) -> None:
    async with db.tenant(tenant_id) as session:
        await Context(tenant_id, SYSTEM_ACTOR, clock, session).enqueue(kind, Errand())


async def age(db, kinds) -> None:
    """Let the time pass after which a silent job is taken over."""
    async with db.system() as session:
        await session.execute(
            text(
                "update queue.pgqueuer set heartbeat = now() - interval '1 minute',"
                " created = now() - interval '2 minutes' where entrypoint = any(:kinds)"
            ),
            {"kinds": [kind.name for kind in kinds]},
        )


async def die_over(db, kinds, times) -> None:
    """Let processes take the jobs, and die."""
    command = [sys.executable, "-c", DEADLY, db.urls.system, *(kind.name for kind in kinds)]
    for _ in range(times):
        died = await asyncio.to_thread(subprocess.run, command, check=False)
        assert died.returncode == 9
        await age(db, kinds)


async def work(db, handlers, stop) -> None:
    await JobWorker(db.urls.system, handlers).run(stop)


async def test_a_job_that_ends_its_process_is_parked_after_three_times(db, clock, tenant_id, kinds):
    deadly, calm = kinds
    for kind in kinds:
        await put(db, clock, tenant_id, kind)
    await die_over(db, kinds, 3)
    stop, gone, called, done = asyncio.Event(), [], [], []

    async def run(_, __) -> None:
        called.append(deadly)

    async def given_up(tenant, _) -> None:
        gone.append(tenant)
        if done:
            stop.set()

    async def calmly(_, __) -> None:
        done.append(calm)
        if gone:
            stop.set()

    handlers = [JobHandler(deadly, run, given_up), JobHandler(calm, calmly)]
    await work(db, handlers, stop)
    assert (called, gone, done) == ([], [tenant_id], [calm])
    known = {handler.kind.name: handler for handler in handlers}
    (found,) = (await troubles(db, tenant_id, known)).failed_jobs
    assert (found.kind, "三次中途退出" in found.reason) == (deadly.name, True)

    async with db.tenant(tenant_id) as session:
        await retry_failed(db, Context(tenant_id, SYSTEM_ACTOR, clock, session), found.id)
    again = asyncio.Event()

    async def mended(_, __) -> None:
        again.set()

    await work(db, [JobHandler(deadly, mended)], again)
    assert (await troubles(db, tenant_id, known)).failed_jobs == []


async def test_an_answer_in_between_clears_a_job(db, clock, tenant_id, kinds):
    deadly, _ = kinds
    await put(db, clock, tenant_id, deadly)
    await die_over(db, kinds, 2)
    stop = asyncio.Event()

    async def wait(_, __) -> None:
        stop.set()
        raise RetryLater(timedelta(0))

    await work(db, [JobHandler(deadly, wait)], stop)
    await die_over(db, kinds, 2)
    done = asyncio.Event()

    async def run(_, __) -> None:
        done.set()

    await work(db, [JobHandler(deadly, run)], done)


async def test_a_failed_job_tells_where_it_failed(db, clock, tenant_id, kinds):
    _, calm = kinds
    await put(db, clock, tenant_id, calm)
    stop = asyncio.Event()

    async def fail(_, __) -> None:
        stop.set()
        raise ValueError("小林的手机号")

    await work(db, [JobHandler(calm, fail)], stop)
    (found,) = (await troubles(db, tenant_id, {})).failed_jobs
    assert "ValueError at test_deadly_jobs.py" in found.reason
    assert "小林" not in found.reason


async def test_suspects_run_one_at_a_time_in_whichever_process(db, clock, tenant_id, kinds):
    for kind in kinds:
        await put(db, clock, tenant_id, kind)
    await die_over(db, kinds, 2)
    at_work, most, done, stop = set(), [], [], asyncio.Event()

    def handler(kind) -> JobHandler:
        async def run(_, __) -> None:
            at_work.add(kind.name)
            most.append(len(at_work))
            await asyncio.sleep(1)
            at_work.discard(kind.name)
            done.append(kind.name)
            if len(done) == len(kinds):
                stop.set()

        return JobHandler(kind, run)

    # Two workers know nothing of each other, as if each had a process of its own.
    await asyncio.gather(*(work(db, [handler(kind)], stop) for kind in kinds))
    assert sorted(done) == sorted(kind.name for kind in kinds)
    assert most == [1, 1]
