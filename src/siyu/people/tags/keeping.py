"""Corp tags that rules put on, and tags that have come to their end: WeCom first, then here."""

import asyncio
from typing import Any, Final, NamedTuple

from sqlalchemy import select, union

from siyu.accounts.models import StaffAccount
from siyu.channels.wecom.errors import WeComError
from siyu.channels.wecom.in_job import Clients, job_failures
from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database
from siyu.core.jobs import JobGone
from siyu.core.jobs.queue import enqueue_many
from siyu.core.rounds import every
from siyu.people.kinds import END_TAGS, SYNC_TAGS, EndTags, SyncTags, TagByRule
from siyu.people.models import Contact, ContactTag, Identity, IdentityTag, Tag
from siyu.people.tags.models import TagRule
from siyu.people.tags.rules import why_of
from siyu.people.tags.service import mark_contacts, unmark_contacts, unmark_identities

_LOOK_SECONDS: Final = 60.0
_BATCH: Final = 500
_NO_RELATION: Final = "relation"


class _Friendship(NamedTuple):
    contact_id: int
    userid: str
    external_userid: str


class Keeper:
    """Brings to WeCom what rules and ends of tags ask for."""

    def __init__(self, db: Database, clock: Clock, wecom: Clients) -> None:
        self._db = db
        self._clock = clock
        self._wecom = wecom

    async def by_rule(self, tenant_id: int, job: TagByRule) -> None:
        """Put a rule's corp tags on all living friendships of a person, and take off others."""
        async with self._db.tenant(tenant_id) as session:
            rule = await session.get(TagRule, (tenant_id, job.rule_id))
            if rule is None or rule.state != "active":
                raise JobGone
            add = await self._corp(session, tenant_id, rule.add_tag_ids)
            remove = await self._corp(session, tenant_id, rule.remove_tag_ids)
            owner = (
                select(Identity.customer_id)
                .where(Identity.tenant_id == tenant_id, Identity.id == job.identity_id)
                .scalar_subquery()
            )
            friendships = await self._friendships(session, tenant_id, Identity.customer_id == owner)
        if not friendships or not (add or remove):
            raise JobGone
        for friendship in friendships:
            if not await self._tell(tenant_id, friendship, add, remove):
                continue
            async with self._db.tenant(tenant_id) as session:
                ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
                whose = friendship.contact_id
                await mark_contacts(ctx, [(whose, tag_id) for tag_id in add], why_of(ctx, rule))
                await unmark_contacts(ctx, [(whose, tag_id) for tag_id in remove], "rule")

    async def end(self, tenant_id: int, job: EndTags) -> None:
        """Take corp tags that have come to their end off a friendship."""
        async with self._db.tenant(tenant_id) as session:
            due = (
                await session.scalars(
                    select(ContactTag.tag_id).where(
                        ContactTag.tenant_id == tenant_id,
                        ContactTag.contact_id == job.contact_id,
                        ContactTag.ends_at <= self._clock.now(),
                    )
                )
            ).all()
            tags = await self._corp(session, tenant_id, due)
            friendships = await self._friendships(session, tenant_id, Contact.id == job.contact_id)
        if not due:
            raise JobGone
        if tags:
            for friendship in friendships:
                await self._tell(tenant_id, friendship, {}, tags)
        async with self._db.tenant(tenant_id) as session:
            ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
            await unmark_contacts(ctx, [(job.contact_id, tag_id) for tag_id in due], "ended")

    async def _tell(
        self, tenant_id: int, friendship: _Friendship, add: dict[int, str], remove: dict[int, str]
    ) -> bool:
        """Tell WeCom; false where the friendship has ended meanwhile."""
        with job_failures(self._clock):
            client = (await self._wecom.client(tenant_id)).in_background()
            try:
                await client.mark_tags(
                    friendship.userid,
                    friendship.external_userid,
                    add=list(add.values()),
                    remove=list(remove.values()),
                )
            except WeComError as error:
                if error.subject == _NO_RELATION:
                    return False
                if error.subject == "tag":
                    async with self._db.tenant(tenant_id) as session:
                        ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
                        await ctx.enqueue(SYNC_TAGS, SyncTags(), key="all")
                raise
        return True

    async def _corp(self, session: Any, tenant_id: int, tag_ids: Any) -> dict[int, str]:
        rows = await session.execute(
            select(Tag.id, Tag.wecom_id).where(
                Tag.tenant_id == tenant_id,
                Tag.id.in_(tag_ids),
                ~Tag.gone,
                Tag.wecom_id.is_not(None),
            )
        )
        return {row.id: row.wecom_id for row in rows}

    async def _friendships(self, session: Any, tenant_id: int, whose: Any) -> list[_Friendship]:
        rows = await session.execute(
            select(Contact.id, StaffAccount.userid, Identity.value)
            .join(
                Identity,
                (Identity.tenant_id == Contact.tenant_id) & (Identity.id == Contact.identity_id),
            )
            .join(
                StaffAccount,
                (StaffAccount.tenant_id == Contact.tenant_id)
                & (StaffAccount.id == Contact.staff_account_id),
            )
            .where(Contact.tenant_id == tenant_id, Contact.state == "active", whose)
            .order_by(Contact.id)
        )
        return [_Friendship(*row) for row in rows]


class TagEnds:
    """Takes tags off when their time has come: internal ones at once, corp tags by jobs."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def run(self, stop: asyncio.Event) -> None:
        """Look once a minute until `stop` is set; survives losing the database."""
        await every(_LOOK_SECONDS, self.step, stop, name="tag ends")

    async def step(self) -> None:
        """Take off all tags that are due now."""
        now = self._clock.now()
        async with self._db.system() as session:
            due = union(
                *(
                    select(table.tenant_id).where(table.ends_at <= now)
                    for table in (ContactTag, IdentityTag)
                )
            )
            tenants = (await session.execute(due)).scalars().all()
        for tenant_id in tenants:
            while await self._internal(tenant_id) == _BATCH:
                pass
            await self._corp(tenant_id)

    async def _internal(self, tenant_id: int) -> int:
        async with self._db.tenant(tenant_id) as session:
            ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
            rows = await session.execute(
                select(IdentityTag.identity_id, IdentityTag.tag_id)
                .where(IdentityTag.tenant_id == tenant_id, IdentityTag.ends_at <= ctx.now())
                .limit(_BATCH)
                .with_for_update(skip_locked=True)
            )
            return len(await unmark_identities(ctx, [(row[0], row[1]) for row in rows], "ended"))

    async def _corp(self, tenant_id: int) -> None:
        async with self._db.tenant(tenant_id) as session:
            contacts = await session.scalars(
                select(ContactTag.contact_id)
                .where(ContactTag.tenant_id == tenant_id, ContactTag.ends_at <= self._clock.now())
                .distinct()
                .limit(_BATCH)
            )
            jobs = {str(contact_id): EndTags(contact_id) for contact_id in contacts}
            await enqueue_many(session, tenant_id, END_TAGS, jobs)
