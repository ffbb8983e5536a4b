"""What callbacks missed is found by reading, corrected once, and reported."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text

from siyu.accounts.connections.models import WecomConnection
from siyu.accounts.tenants import open_tenant
from siyu.core.context import SYSTEM_ACTOR, Actor, Context
from siyu.core.jobs import JobRun, Progress
from siyu.growth.live_codes.plans import LiveCodeOrigins
from siyu.people.contacts.service import note
from siyu.people.contacts.sync import CustomerSync
from siyu.people.contacts.turns import Turn
from siyu.people.kinds import Reconcile
from siyu.people.models import Contact, ContactTag, Identity
from siyu.people.reconciliation.jobs import (
    NightlyReconciliation,
    begin_run,
    plan_of,
    reconcile_handler,
)
from siyu.people.reconciliation.models import ReconciliationDifference
from siyu.people.reconciliation.queries import differences_of
from siyu.people.reconciliation.service import Reconciliation
from tests.scene import OneClient, Scene, open_scene
from tests.told import told_facts


class Later:
    """The machine's clock an hour on: what happened just now is settled."""

    def __init__(self, clock: Any) -> None:
        self._clock = clock

    def now(self):
        return self._clock.now() + timedelta(hours=1)


@pytest.fixture
async def scene(postgres, db, tmp_path) -> AsyncIterator[Scene]:
    async with open_scene(postgres, db, tmp_path, customers=12) as opened:
        progress = await begin(opened)
        syncing = CustomerSync(opened.db, opened.clock, opened.vaults, LiveCodeOrigins())
        await syncing.run(opened.tenant_id, opened.client, progress, await progress.start())
        await progress.finish()
        await opened.control("PUT", "faults", {"dropped": 1.0})
        yield opened


async def begin(scene: Scene) -> Progress:
    async with scene.ctx() as ctx:
        run = JobRun(
            tenant_id=scene.tenant_id, kind="people.reconcile", title="核对", created_at=ctx.now()
        )
        ctx.session.add(run)
        await ctx.session.flush()
        return Progress(scene.db, scene.clock, scene.tenant_id, run.id)


async def reconcile(scene: Scene, progress: Progress | None = None) -> Counter[str]:
    """Run the reconciliation; return what it found, by kind."""
    progress = progress or await begin(scene)
    checking = Reconciliation(scene.db, Later(scene.clock), scene.vaults, LiveCodeOrigins())
    await checking.run(scene.client, progress, await progress.start())
    async with scene.ctx() as ctx:
        kinds = await ctx.session.scalars(
            select(ReconciliationDifference.kind).where(
                ReconciliationDifference.run_id == progress.run_id
            )
        )
        return Counter(kinds)


async def contact(scene: Scene, userid: str, person: dict[str, Any]) -> Contact | None:
    staff = await scene.staff()
    async with scene.ctx() as ctx:
        return await ctx.session.scalar(
            select(Contact)
            .join(Identity, Identity.id == Contact.identity_id)
            .where(
                Contact.tenant_id == scene.tenant_id,
                Identity.value == person["external_userid"],
                Contact.staff_account_id == staff[userid],
            )
        )


async def told(scene: Scene, kind: str) -> int:
    async with scene.ctx() as ctx:
        return (await told_facts(ctx, kind))[kind]


async def some_relation(scene: Scene) -> dict[str, Any]:
    return next(
        row
        for row in (await scene.control("GET", "truth"))["relations"]
        if row["staff_has"] and row["customer_has"]
    )


async def number_of(scene: Scene, external_userid: str) -> int:
    people = (await scene.control("GET", "people?limit=100"))["items"]
    return next(p["id"] for p in people if p["external_userid"] == external_userid)


async def test_where_nothing_was_missed_nothing_is_found_and_nothing_is_told(scene):
    before = await told(scene, "contact.added")
    assert await reconcile(scene) == Counter()
    assert await told(scene, "contact.added") == before
    assert await told(scene, "contact.lost") == 0


async def test_a_friendship_nobody_told_of_is_found_and_told_once(scene):
    before = await told(scene, "contact.added")
    person = await scene.person()
    await scene.control("POST", "staff/zhoumin/add-customer", {"person": person["id"]})
    assert await reconcile(scene) == Counter(missing=1)
    found = await contact(scene, "zhoumin", person)
    assert found is not None
    assert found.state == "active"
    assert found.first_add_at == found.added_at
    assert await reconcile(scene) == Counter()
    assert await told(scene, "contact.added") == before + 1


async def test_a_friendship_that_ended_unheard_is_found_and_told_once(scene):
    relation = await some_relation(scene)
    person = await number_of(scene, relation["external_userid"])
    await scene.control("POST", f"staff/{relation['userid']}/delete-customer", {"person": person})
    assert await reconcile(scene) == Counter(gone=1)
    found = await contact(scene, relation["userid"], relation)
    assert found is not None
    assert (found.state, found.lost_by) == ("lost", "unknown")
    assert await reconcile(scene) == Counter()
    assert await told(scene, "contact.lost") == 1


class Returning:
    """WeCom, while whoever it shows as gone is added again before its answer arrives."""

    def __init__(self, scene: Scene, userid: str) -> None:
        self._scene = scene
        self._userid = userid

    def __getattr__(self, name: str) -> Any:
        return getattr(self._scene.client, name)

    async def contact(self, external_userid: str) -> Any:
        staff = await self._scene.staff()
        added_at = Later(self._scene.clock).now()
        async with self._scene.ctx() as ctx:
            who = await ctx.session.scalar(
                select(Identity).where(Identity.value == external_userid)
            )
            await note(ctx, who, staff[self._userid], Turn(added_at, "added"))
        return await self._scene.client.contact(external_userid)


async def test_who_is_added_again_while_the_answer_is_on_its_way_is_not_lost(scene):
    relation = await some_relation(scene)
    person = await number_of(scene, relation["external_userid"])
    await scene.control("POST", f"staff/{relation['userid']}/delete-customer", {"person": person})
    progress = await begin(scene)
    checking = Reconciliation(scene.db, Later(scene.clock), scene.vaults, LiveCodeOrigins())
    client = Returning(scene, relation["userid"])
    await checking.run(client, progress, await progress.start())
    found = await contact(scene, relation["userid"], relation)
    assert found is not None
    assert found.state == "active"


async def test_who_sees_some_customers_only_sees_what_was_found_of_these(scene):
    person = await scene.person()
    await scene.control("POST", "staff/zhoumin/add-customer", {"person": person["id"]})
    progress = await begin(scene)
    assert await reconcile(scene, progress) == Counter(missing=1)
    staff = await scene.staff()

    async def seen(owner: str) -> int:
        actor = Actor("employee", owners=frozenset({staff[owner]}))
        async with scene.ctx(actor) as ctx:
            return len((await differences_of(ctx, progress.run_id, None, 10)).items)

    assert [await seen("zhoumin"), await seen("linxiaoyue")] == [1, 0]


async def test_a_customer_who_left_unheard_stays_open_because_no_read_reveals_it(scene):
    relation = await some_relation(scene)
    person = await number_of(scene, relation["external_userid"])
    await scene.control("POST", f"people/{person}/delete-staff", {"userid": relation["userid"]})
    assert await reconcile(scene) == Counter()
    found = await contact(scene, relation["userid"], relation)
    assert found is not None
    assert found.state == "active"


async def test_remarks_and_tags_that_changed_unheard_are_corrected(scene):
    relation = await some_relation(scene)
    person = await number_of(scene, relation["external_userid"])
    truth = await scene.control("GET", "truth")
    tag = next(tag["id"] for tag in truth["tags"] if tag["id"] not in relation["tags"])
    await scene.control(
        "POST",
        f"staff/{relation['userid']}/edit-customer",
        {"person": person, "remark": "芳姐", "tags": [tag]},
    )
    assert await reconcile(scene) == Counter(remark=1, tags=1)
    found = await contact(scene, relation["userid"], relation)
    assert found is not None
    assert found.remark == "芳姐"
    async with scene.ctx() as ctx:
        carried = await ctx.session.scalar(
            select(func.count()).where(
                ContactTag.tenant_id == scene.tenant_id, ContactTag.contact_id == found.id
            )
        )
    assert carried == 1


async def test_a_run_goes_on_where_it_stopped_and_counts_nothing_twice(scene):
    person = await scene.person()
    await scene.control("POST", "staff/linxiaoyue/add-customer", {"person": person["id"]})
    progress = await begin(scene)
    first = await reconcile(scene, progress)
    again = await reconcile(scene, progress)  # delivered twice, with the last checkpoint
    assert first == again == Counter(missing=1)


async def test_only_one_run_at_a_time(scene):
    async def begin_one() -> int | None:
        async with scene.ctx() as ctx:
            return await begin_run(ctx)

    begun = {run for run in await asyncio.gather(*(begin_one() for _ in range(4))) if run}
    assert begun
    async with scene.ctx() as ctx:
        runs = await ctx.session.scalars(
            select(JobRun.id).where(JobRun.tenant_id == scene.tenant_id, JobRun.id >= min(begun))
        )
        assert set(runs) == begun


async def test_the_nightly_run_begins_once_a_day_at_its_hour(db, clock, master):
    nightly = NightlyReconciliation(db, clock)
    owner = await open_tenant(db, clock, master, name="夜", host=f"{uuid4().hex}.test")
    async with db.tenant(owner) as session:
        session.add(WecomConnection(tenant_id=owner, customers_at=clock.now()))

    async def runs() -> int:
        await nightly.step()
        async with db.tenant(owner) as session:
            return len((await session.scalars(select(JobRun.id))).all())

    assert await runs() == 0  # 10 o'clock in China, just synced: nothing to compare with yet
    clock.advance(timedelta(hours=16))
    assert await runs() == 0
    clock.advance(timedelta(hours=2))
    assert [await runs(), await runs()] == [1, 1]


async def test_a_run_that_failed_is_taken_up_again_after_an_hour(db, clock, master):
    nightly = NightlyReconciliation(db, clock)
    owner = await open_tenant(db, clock, master, name="夜", host=f"{uuid4().hex}.test")
    async with db.tenant(owner) as session:
        session.add(WecomConnection(tenant_id=owner, customers_at=clock.now()))
    await nightly.step()
    async with db.tenant(owner) as session:
        ctx = Context(owner, SYSTEM_ACTOR, clock, session)
        run_id = await begin_run(ctx)
        assert run_id is not None
        run = await session.get_one(JobRun, (owner, run_id))
        run.state, run.finished_at = "failed", clock.now()
    async with db.system() as session:  # its job was given up
        await session.execute(
            text(
                "delete from queue.pgqueuer where"
                " (convert_from(payload, 'UTF8')::jsonb ->> 'tenant_id')::bigint = :tenant"
            ),
            {"tenant": owner},
        )

    async def state() -> str:
        await nightly.step()
        async with db.tenant(owner) as session:
            return (await session.get_one(JobRun, (owner, run_id))).state

    assert await state() == "failed"
    clock.advance(timedelta(minutes=61))
    assert await state() == "waiting"


async def test_a_run_that_ends_its_process_waits_for_a_person(scene):
    progress = await begin(scene)
    handler = reconcile_handler(scene.db, scene.clock, OneClient(scene.client), None, None)
    assert handler.given_up is not None
    await handler.given_up(scene.tenant_id, Reconcile(progress.run_id))
    async with scene.ctx() as ctx:
        run = await ctx.session.get_one(JobRun, (scene.tenant_id, progress.run_id))
        assert run.state == "failed"
        run.finished_at = scene.clock.now() - timedelta(days=1)
        plan = await plan_of(ctx)
        plan.began_at = scene.clock.now()
    await NightlyReconciliation(scene.db, scene.clock).step()
    async with scene.ctx() as ctx:
        run = await ctx.session.get_one(JobRun, (scene.tenant_id, progress.run_id))
        assert run.state == "failed"
