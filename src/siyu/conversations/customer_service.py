"""Listening to WeChat customer service: what customers write is looked through for words.

WeCom says only that something waits. A job reads it behind the cursor it kept, page by page; what
a page says and the cursor behind it are written in one transaction. So a job that was killed goes
on where it was, and nothing is heard twice. Of the messages themselves nothing is kept.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

import msgspec
from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert

from siyu.channels.wecom.client import WecomClient
from siyu.channels.wecom.endpoints.service_messages import Origin, ServiceMessage, SyncReply
from siyu.channels.wecom.errors import WeComError
from siyu.channels.wecom.events import CallbackEvent, ServiceMessagesWaiting
from siyu.channels.wecom.in_job import Clients, job_failures
from siyu.channels.wecom.reader import EventHandler
from siyu.conversations.models import ServiceChannel
from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database
from siyu.core.jobs import JobGone, JobHandler, JobKind
from siyu.core.jobs.queue import enqueue_many
from siyu.people.churn.sensitivity import hear
from siyu.people.identity.identities import EXTERNAL
from siyu.people.identity.phones import mask_phones
from siyu.people.models import Identity

SOURCE: Final = "service"
_AT_ONCE: Final = timedelta(seconds=1)
_TOKEN_LASTS: Final = timedelta(minutes=9)
"""A little less than WeCom says (doc 94670)."""
_TOKEN_INVALID: Final = 95007


class Listen(msgspec.Struct, frozen=True):
    """The account whose messages wait."""

    open_kfid: str


LISTEN: Final = JobKind(
    "conversations.listen", Listen, "查看微信客服消息", attempts=8, follows_after=_AT_ONCE
)


async def waiting(ctx: Context, heard: Sequence[ServiceMessagesWaiting]) -> Sequence[str]:
    """Have the accounts listened to that have something new."""
    latest = {event.open_kfid: event for event in heard}
    for open_kfid in sorted(latest):
        told = {"token": latest[open_kfid].token, "told_at": ctx.now()}
        await ctx.session.execute(
            insert(ServiceChannel)
            .values(tenant_id=ctx.tenant_id, open_kfid=open_kfid, **told)
            .on_conflict_do_update(index_elements=["tenant_id", "open_kfid"], set_=told)
        )
    jobs = {open_kfid: Listen(open_kfid) for open_kfid in latest}
    await enqueue_many(ctx.session, ctx.tenant_id, LISTEN, jobs)
    return ["heard"] * len(heard)


def event_handlers() -> Mapping[type[CallbackEvent], EventHandler]:
    """Return what to do with which callback."""
    return {ServiceMessagesWaiting: waiting}


async def is_connected(ctx: Context) -> bool:
    """Tell whether WeCom has ever let siyu read messages of customer service."""
    query = exists().where(
        ServiceChannel.tenant_id == ctx.tenant_id, ServiceChannel.heard_at.is_not(None)
    )
    return bool(await ctx.session.scalar(select(query)))


class Listener:
    """Reads what waits."""

    def __init__(self, db: Database, clock: Clock, wecom: Clients) -> None:
        self._db = db
        self._clock = clock
        self._wecom = wecom

    def handler(self) -> JobHandler[Listen]:
        """Return the handler of the job."""
        return JobHandler(LISTEN, self.run)

    async def run(self, tenant_id: int, job: Listen) -> None:
        """Listen to all that waits on an account; safe to repeat and to be broken off."""
        with job_failures(self._clock):
            client = (await self._wecom.client(tenant_id)).in_background()
            while await self._page(tenant_id, client, job.open_kfid):
                pass

    async def _page(self, tenant_id: int, client: WecomClient, open_kfid: str) -> bool:
        """Listen to one page; tell whether another follows."""
        async with self._db.tenant(tenant_id) as session:
            channel = await session.get(ServiceChannel, (tenant_id, open_kfid))
            if channel is None:
                raise JobGone
            cursor, token = channel.cursor, _good(channel, self._clock.now())
        page = await _first(client, open_kfid, cursor, token)
        async with self._db.tenant(tenant_id) as session:
            ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
            channel = await session.get_one(
                ServiceChannel, (tenant_id, open_kfid), with_for_update=True
            )
            if channel.cursor != cursor:
                # Somebody else has listened to it meanwhile.
                return True
            await _listen(ctx, page.messages)
            channel.cursor, channel.heard_at = page.next_cursor or cursor, ctx.now()
            return page.has_more and channel.cursor != cursor


async def _first(client: WecomClient, open_kfid: str, cursor: str, token: str) -> SyncReply:
    """Return the page behind the cursor; without the token where WeCom takes it no more."""
    try:
        return await anext(
            client.service.sync(open_kfid, cursor=cursor or None, token=token or None)
        )
    except WeComError as error:
        if error.errcode != _TOKEN_INVALID or not token:
            raise
    return await anext(client.service.sync(open_kfid, cursor=cursor or None))


def _good(channel: ServiceChannel, now: datetime) -> str:
    return channel.token if now - channel.told_at < _TOKEN_LASTS else ""


async def _listen(ctx: Context, messages: Sequence[ServiceMessage]) -> None:
    """Look through what customers of the tenant wrote; whom it does not know stay unknown."""
    said = [
        (one.external_userid, one.text.content)
        for one in messages
        if one.origin == Origin.CUSTOMER and one.text is not None
    ]
    known = await _identities(ctx, {external_userid for external_userid, _ in said})
    for external_userid, text in said:
        identity_id = known.get(external_userid)
        if identity_id is not None:
            await hear(ctx, identity_id, mask_phones(text), SOURCE)


async def _identities(ctx: Context, external_userids: set[str]) -> dict[str, int]:
    rows = await ctx.session.execute(
        select(Identity.value, Identity.id).where(
            Identity.tenant_id == ctx.tenant_id,
            Identity.kind == EXTERNAL,
            Identity.value.in_(external_userids),
        )
    )
    return {row.value: row.id for row in rows}
