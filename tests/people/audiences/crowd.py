"""Audiences over the picture's world: making, building and asking them."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest
from pyroaring import BitMap64
from sqlalchemy import select

from siyu.composition import Panels, PersonSources
from siyu.core.context import Context
from siyu.core.jobs import JobGone
from siyu.core.stream.models import StreamEvent
from siyu.growth.live_codes.plans import LiveCodeOrigins
from siyu.people.audiences import membership, service
from siyu.people.audiences.building import Building
from siyu.people.audiences.copies import Copies
from siyu.people.audiences.dynamic import DynamicAudiences
from siyu.people.audiences.jobs import rebuild
from siyu.people.audiences.kinds import Build
from siyu.people.audiences.models import Audience
from siyu.people.audiences.places import Fed
from siyu.people.audiences.rules import above, current
from siyu.people.audiences.schemas import AudienceDraft
from siyu.people.audiences.terms import Names, terms_of
from siyu.people.contacts.service import note
from siyu.people.contacts.turns import Turn
from siyu.people.identity.identities import identify
from siyu.people.models import Customer
from siyu.people.picture.following import Following
from siyu.people.picture.projector import Roof
from siyu.people.rules.answers.sets import Sets
from siyu.people.rules.language import Rule
from tests.people.picture.picture_life import Life
from tests.people.picture.picture_world import World

NAMES = Names(LiveCodeOrigins(), Panels())
KEPT = 1 << 24


class Crowd:
    def __init__(self, world: World, tenant_id: int, dice: random.Random) -> None:
        self.world, self.tenant_id = world, tenant_id
        self.life = Life(world, tenant_id, dice)
        self.listener = DynamicAudiences(world.analytics)
        self.following: Following = None  # type: ignore[assignment]  # `settle` makes it

    async def settle(self) -> None:
        await self.life.settle()
        await self.befriend(8)
        await self.leads()

    async def befriend(self, count: int) -> None:
        """Let some people become customers of the first staff account."""
        async with self.work() as ctx:
            for number in range(count):
                identity = await identify(ctx, "external_userid", "", f"friend{number}")
                turn = Turn(ctx.now(), "added", channel_id=1 + number % 2, live_code_id=number)
                await note(ctx, identity, self.life.staff[0], turn)

    async def leads(self) -> None:
        """Let another process keep the picture from here on."""
        self.listener = DynamicAudiences(self.world.analytics)
        self.following = Following(
            self.world.db,
            self.world.analytics,
            self.world.clock,
            Roof(PersonSources(), listeners=(self.listener,)),
            crossings=(self.listener,),
        )
        await self.following.lead()

    @asynccontextmanager
    async def work(self) -> AsyncIterator[Context]:
        async with self.world.tenant(self.tenant_id) as ctx:
            yield ctx

    async def happen(self, times: int) -> None:
        """Let things happen, and the picture hear of them."""
        await self.life.happen(times)
        await self.follow()

    async def buy(self, times: int) -> None:
        """Let people buy, and the picture hear of it."""
        for _ in range(times):
            async with self.work() as ctx:
                await self.life.buy(ctx)
        await self.follow()

    async def follow(self) -> None:
        self.world.clock.advance(timedelta(seconds=31))  # the passing of time is looked at, too
        await self.world.follow(self.following)

    def sets(self) -> Sets:
        return Sets(self.world.analytics, Fed(self.world.db), kept_bytes=KEPT)

    def building(self) -> Building:
        return Building(self.world.db, self.world.clock, self.sets())

    async def make(self, rule: Rule | None, **given: Any) -> int:
        """Make an audience, not built yet."""
        kind = "list" if rule is None else "rule"
        draft = AudienceDraft(**({"name": "人群", "kind": kind, "rule": rule} | given))
        async with self.work() as ctx:
            return (await service.create(ctx, NAMES, draft)).id

    async def build(self, audience_id: int) -> None:
        async with self.work() as ctx:
            audience = await ctx.session.get_one(Audience, (self.tenant_id, audience_id))
            run_id = audience.run_id or 0
        await self.building().run(self.tenant_id, Build(audience_id, run_id))

    async def build_if_due(self, audience_id: int) -> None:
        with suppress(JobGone):
            await self.build(audience_id)

    async def cancelled(self, audience_id: int) -> None:
        """Let the job find that its run was cancelled."""
        with pytest.raises(JobGone):
            await self.build(audience_id)

    async def dynamic(self, rule: Rule) -> int:
        """Make a dynamic audience and build it."""
        audience_id = await self.make(rule, dynamic=True)
        await self.build(audience_id)
        return audience_id

    async def followers(self, audience_id: int) -> None:
        """Do what the job does for those who stand on an audience."""
        async with self.work() as ctx:
            higher = above(audience_id, await current(ctx))
        await rebuild(self.world.db, self.world.clock, self.tenant_id, higher)
        for one in higher:
            await self.build(one)

    async def members(self, audience_id: int) -> BitMap64:
        async with self.work() as ctx:
            return await membership.members(ctx, audience_id)

    async def rebuilt(self, *audience_ids: int) -> dict[int, BitMap64]:
        """Return who would be in audiences, were they built from nothing now."""
        async with self.work() as ctx:
            known = await current(ctx)
            rules = [known[one] for one in audience_ids]
            terms = await terms_of(ctx, rules, Copies(), known=known)
        at = self.world.clock.now()
        answers = await self.sets().ask_many(self.tenant_id, rules, terms, at)
        return {one: answer.members for one, answer in zip(audience_ids, answers, strict=True)}

    async def everybody(self) -> list[int]:
        async with self.work() as ctx:
            return list(await ctx.session.scalars(select(Customer.id)))

    async def kept(self, *audience_ids: int) -> dict[int, BitMap64]:
        return {one: await self.members(one) for one in audience_ids}

    async def audience(self, audience_id: int) -> Audience:
        async with self.work() as ctx:
            return await ctx.session.get_one(Audience, (self.tenant_id, audience_id))

    async def told(self, audience_id: int) -> list[tuple[str, int]]:
        """Return whom the stream was told of, in order."""
        await self.world.feed()
        async with self.world.db.system() as session:
            rows = await session.execute(
                select(StreamEvent.type, StreamEvent.properties)
                .where(
                    StreamEvent.tenant_id == self.tenant_id,
                    StreamEvent.type.in_(["audience.entered", "audience.left"]),
                )
                .order_by(StreamEvent.recorded_at, StreamEvent.id)
            )
        return [
            (row.type, row.properties["customer_id"])
            for row in rows
            if row.properties["audience_id"] == audience_id
        ]
