"""Background work about live codes."""

from typing import NamedTuple

import httpx
from sqlalchemy import select

from siyu.accounts.models import StaffAccount
from siyu.channels.wecom.errors import WeComError
from siyu.channels.wecom.in_job import Clients, job_failures
from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database
from siyu.core.files import Files
from siyu.core.jobs import JobGone
from siyu.core.jobs.kinds import AnyHandler, JobHandler
from siyu.growth.live_codes.apply import Applier
from siyu.growth.live_codes.kinds import APPLY_LIVE_CODE, MARK_TAGS, MarkTags
from siyu.growth.live_codes.models import LiveCodeTag
from siyu.people.kinds import SYNC_TAGS, SyncTags
from siyu.people.models import Contact, Identity, Tag
from siyu.people.tags.service import Why, mark, mark_identities


class _Marking(NamedTuple):
    identity_id: int
    userid: str
    external_userid: str
    corp: dict[int, str]
    internal: list[int]


def handlers(
    db: Database, clock: Clock, wecom: Clients, files: Files, http: httpx.AsyncClient
) -> list[AnyHandler]:
    """Return the jobs of this room."""
    return [
        JobHandler(APPLY_LIVE_CODE, Applier(db, clock, wecom, files, http).apply),
        JobHandler(MARK_TAGS, Marker(db, clock, wecom).mark),
    ]


class Marker:
    """Puts a live code's tags on those who came through it, in WeCom and in siyu."""

    def __init__(self, db: Database, clock: Clock, wecom: Clients) -> None:
        self._db = db
        self._clock = clock
        self._wecom = wecom

    async def mark(self, tenant_id: int, job: MarkTags) -> None:
        """Mark one contact; repeating it changes nothing."""
        marking = await self._read(tenant_id, job)
        if marking.corp:
            await self._tell_wecom(tenant_id, marking)
        async with self._db.tenant(tenant_id) as session:
            ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
            await mark(ctx, job.contact_id, marking.corp, "live_code")
            pairs = [(marking.identity_id, tag_id) for tag_id in marking.internal]
            await mark_identities(ctx, pairs, Why("live_code"))

    async def _tell_wecom(self, tenant_id: int, marking: _Marking) -> None:
        with job_failures(self._clock):
            client = await self._wecom.client(tenant_id)
            try:
                await client.mark_tags(
                    marking.userid, marking.external_userid, add=list(marking.corp.values())
                )
            except WeComError as error:
                if error.subject == "tag":
                    await self._read_tags_anew(tenant_id)
                raise

    async def _read(self, tenant_id: int, job: MarkTags) -> _Marking:
        async with self._db.tenant(tenant_id) as session:
            row = (
                await session.execute(
                    select(
                        StaffAccount.userid,
                        Identity.value,
                        Contact.state,
                        Contact.identity_id,
                    )
                    .select_from(Contact)
                    .join(
                        StaffAccount,
                        (StaffAccount.tenant_id == Contact.tenant_id)
                        & (StaffAccount.id == Contact.staff_account_id),
                    )
                    .join(
                        Identity,
                        (Identity.tenant_id == Contact.tenant_id)
                        & (Identity.id == Contact.identity_id),
                    )
                    .where(Contact.tenant_id == tenant_id, Contact.id == job.contact_id)
                )
            ).first()
            rows = await session.execute(
                select(Tag.id, Tag.wecom_id)
                .join(
                    LiveCodeTag,
                    (LiveCodeTag.tenant_id == Tag.tenant_id) & (LiveCodeTag.tag_id == Tag.id),
                )
                .where(
                    Tag.tenant_id == tenant_id,
                    LiveCodeTag.live_code_id == job.live_code_id,
                    ~Tag.gone,
                )
            )
            tags = {found.id: found.wecom_id for found in rows}
            corp = {number: wecom_id for number, wecom_id in tags.items() if wecom_id is not None}
        if row is None or row.state == "lost" or not tags:
            raise JobGone
        internal = sorted(tags.keys() - corp.keys())
        return _Marking(row.identity_id, row.userid, row.value, corp, internal)

    async def _read_tags_anew(self, tenant_id: int) -> None:
        async with self._db.tenant(tenant_id) as session:
            ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
            await ctx.enqueue(SYNC_TAGS, SyncTags(), key="all")
