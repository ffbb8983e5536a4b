"""Existing customers are read from WeCom: resumable, cancellable, and what is gone is noted."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from siyu.core.jobs import JobRun, Progress
from siyu.core.jobs.progress import Cancelled
from siyu.growth.live_codes.plans import LiveCodeOrigins
from siyu.people.contacts.details import Details
from siyu.people.contacts.sync import CustomerSync
from siyu.people.identity.identities import identify
from siyu.people.identity.joining import join
from siyu.people.kinds import RefreshCustomer
from siyu.people.models import Contact, ContactTag, ContactTurn, Customer, Identity, Tag, TagGroup
from siyu.people.tags.service import Why, mark_contacts
from tests.scene import Scene, open_scene
from tests.told import told_facts


@pytest.fixture
async def scene(postgres, db, tmp_path) -> AsyncIterator[Scene]:
    async with open_scene(postgres, db, tmp_path, customers=12) as opened:
        yield opened


async def begin(scene: Scene) -> Progress:
    async with scene.ctx() as ctx:
        run = JobRun(
            tenant_id=scene.tenant_id, kind="wecom.sync", title="同步", created_at=ctx.now()
        )
        ctx.session.add(run)
        await ctx.session.flush()
        return Progress(scene.db, scene.clock, scene.tenant_id, run.id)


async def sync(scene: Scene) -> JobRun:
    progress = await begin(scene)
    checkpoint = await progress.start()
    syncing = CustomerSync(scene.db, scene.clock, scene.vaults, LiveCodeOrigins())
    await syncing.run(scene.tenant_id, scene.client, progress, checkpoint)
    await progress.finish()
    async with scene.ctx() as ctx:
        return await ctx.session.get_one(JobRun, (scene.tenant_id, progress.run_id))


async def told(scene: Scene, kind: str) -> int:
    async with scene.ctx() as ctx:
        return (await told_facts(ctx, kind))[kind]


async def relations(scene: Scene) -> int:
    return sum([len(await scene.client.contact_ids(userid)) for userid in await scene.staff()])


async def test_all_existing_customers_are_known_after_the_sync(scene):
    expected = await relations(scene)
    assert expected > 0
    run = await sync(scene)
    assert (run.done, run.total) == (expected, expected)
    async with scene.ctx() as ctx:
        contacts = (await ctx.session.scalars(select(Contact))).all()
        turns = (await ctx.session.scalars(select(ContactTurn))).all()
        customers = (
            await ctx.session.scalars(select(Customer).where(Customer.last_add_at.is_not(None)))
        ).all()
        assert await ctx.session.scalar(select(func.count()).select_from(Tag)) > 0
        assert await ctx.session.scalar(select(func.count()).select_from(TagGroup)) > 0
    assert len(contacts) == expected
    assert all(contact.first_add_at <= contact.watched_since for contact in contacts)
    assert not any(turn.observed for turn in turns)
    assert all(customer.name for customer in customers)
    assert await told(scene, "contact.added") == expected


async def test_a_second_sync_changes_nothing(scene):
    await sync(scene)
    before = {kind: await told(scene, kind) for kind in ("contact.added", "tag.marked")}
    async with scene.ctx() as ctx:
        tags = await ctx.session.scalar(select(func.count()).select_from(ContactTag))
    await sync(scene)
    assert before == {kind: await told(scene, kind) for kind in before}
    assert await told(scene, "contact.readded") == 0
    async with scene.ctx() as ctx:
        assert await ctx.session.scalar(select(func.count()).select_from(ContactTag)) == tags


async def test_it_can_be_cancelled_and_goes_on_where_it_stopped(scene):
    expected = await relations(scene)
    progress = await begin(scene)
    syncing = CustomerSync(scene.db, scene.clock, scene.vaults, LiveCodeOrigins())
    checkpoint = await progress.start()
    reports = 0

    class Impatient(Progress):
        async def report(self, **what) -> None:
            nonlocal reports
            reports += 1
            await super().report(**what)
            if reports == 4:
                async with scene.ctx() as ctx:
                    await ctx.session.execute(update(JobRun).values(state="cancelling"))

    impatient = Impatient(scene.db, scene.clock, scene.tenant_id, progress.run_id)
    with pytest.raises(Cancelled):
        await syncing.run(scene.tenant_id, scene.client, impatient, checkpoint)
    async with scene.ctx() as ctx:
        run = await ctx.session.get_one(JobRun, (scene.tenant_id, progress.run_id))
        assert run.state == "cancelled"
        assert 0 < run.done < expected
        run.state = "waiting"
    checkpoint = await progress.start()
    await syncing.run(scene.tenant_id, scene.client, progress, checkpoint)
    async with scene.ctx() as ctx:
        run = await ctx.session.get_one(JobRun, (scene.tenant_id, progress.run_id))
        assert run.done == expected
        assert await ctx.session.scalar(select(func.count()).select_from(Contact)) == expected


async def test_a_tag_put_on_since_a_page_was_asked_for_stays(scene):
    await sync(scene)
    async with scene.ctx() as ctx:
        contact_id = await ctx.session.scalar(select(func.min(Contact.id)))
        carried = select(ContactTag.tag_id).where(ContactTag.contact_id == contact_id)
        tag_id = await ctx.session.scalar(
            select(Tag.id).where(Tag.wecom_id.is_not(None), Tag.id.not_in(carried)).limit(1)
        )

    class Meanwhile:
        """WeCom, while whose answer is under way somebody tags a customer."""

        def __getattr__(self, name):
            return getattr(scene.client, name)

        async def contacts_of(self, userids, *, cursor=None):
            async for page in scene.client.contacts_of(userids, cursor=cursor):
                async with scene.ctx() as ctx:
                    await mark_contacts(ctx, [(contact_id, tag_id)], Why("employee"))
                yield page

    progress = await begin(scene)
    syncing = CustomerSync(scene.db, scene.clock, scene.vaults, LiveCodeOrigins())
    await syncing.run(scene.tenant_id, Meanwhile(), progress, await progress.start())
    async with scene.ctx() as ctx:
        assert await ctx.session.get(ContactTag, (scene.tenant_id, contact_id, tag_id)) is not None


async def test_a_friendship_that_is_no_longer_listed_is_lost_to_unknown(scene):
    await sync(scene)
    async with scene.ctx() as ctx:
        staff = next(iter((await scene.staff()).values()))
        ghost = await identify(ctx, "external_userid", "", "wmGhost")
        ctx.session.add(
            Contact(
                tenant_id=scene.tenant_id,
                identity_id=ghost.id,
                staff_account_id=staff,
                state="active",
                added_at=ctx.now() - timedelta(days=3),
                first_add_at=ctx.now() - timedelta(days=3),
                watched_since=ctx.now(),
            )
        )
        await ctx.session.flush()
        contact = (
            await ctx.session.scalars(select(Contact).where(Contact.identity_id == ghost.id))
        ).one()
        ctx.session.add(
            ContactTurn(
                tenant_id=scene.tenant_id,
                contact_id=contact.id,
                at=contact.added_at,
                kind="added",
                by="",
            )
        )
    await sync(scene)
    async with scene.ctx() as ctx:
        states = Counter((await ctx.session.scalars(select(Contact.state))).all())
        contact = await ctx.session.get_one(Contact, (scene.tenant_id, contact.id))
    assert (contact.state, contact.lost_by) == ("lost", "unknown")
    assert states["lost"] == 1


async def test_a_reader_of_articles_becomes_one_person_with_the_friend(scene):
    listed = [await scene.client.contact_ids(userid) for userid in await scene.staff()]
    external = next(ids[0] for ids in listed if ids)
    unionid = (await scene.client.contact(external)).external_contact.unionid
    async with scene.ctx() as ctx:
        reader = await identify(ctx, "openid", "wx1", "o1")
        await join(ctx, reader, unionid)
    details = Details(scene.db, scene.clock, OneClient(scene), scene.vaults, LiveCodeOrigins())
    await details.refresh(scene.tenant_id, RefreshCustomer(external))
    async with scene.ctx() as ctx:
        owners = dict.fromkeys((await ctx.session.scalars(select(Identity.customer_id))).all())
        customer = await ctx.session.get_one(Customer, (scene.tenant_id, reader.customer_id))
    assert list(owners) == [reader.customer_id]
    assert customer.name
    assert customer.last_add_at is not None


class OneClient:
    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    async def client(self, _: int):
        return self._scene.client
