"""Bringing all customer groups up to WeCom's state: the last part of the long sync.

Groups read within the last hour, as callbacks have them read, are not read again; a group that
WeCom's list lacks is asked for once more before it is taken for dismissed.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
import structlog
from sqlalchemy import or_, select

from siyu.accounts.models import StaffAccount
from siyu.accounts.tenants import Vaults
from siyu.channels.wecom.client import WecomClient
from siyu.channels.wecom.endpoints import groups as wecom
from siyu.channels.wecom.errors import WeComError, WeComFailure
from siyu.channels.wecom.verdicts import Advice
from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database
from siyu.core.jobs import Progress, RetryLater
from siyu.core.jobs.notes import Note
from siyu.core.tracing import place
from siyu.people.groups.heads import owner_of, succeed
from siyu.people.groups.kinds import REFRESH_GROUP, RefreshGroup
from siyu.people.groups.models import GroupChat
from siyu.people.groups.pictures import Pictures

_log = structlog.get_logger(__name__)

CHECKPOINT: Final = "groups"
"""Where in the run's checkpoint this part keeps its own; there once customers are through."""

_TOO_MANY: Final = 81017
_OWNERS: Final = 100
_AT_ONCE: Final = 8
_CHUNK: Final = 100
_FRESH: Final = timedelta(hours=1)
_READING: Final = Note("reading_groups", "正在读取客户群")


class GroupsCheckpoint(msgspec.Struct, frozen=True):
    """Where the sync of groups is: those up to `group_id` are through, once all are `listed`."""

    began_at: datetime
    before: int = 0
    listed: bool = False
    total: int = 0
    done: int = 0
    unread: int = 0
    group_id: int = 0


class GroupSync:
    """Reads the customer groups of one tenant."""

    def __init__(self, db: Database, clock: Clock, vaults: Vaults) -> None:
        self._db = db
        self._clock = clock
        self._vaults = vaults

    async def run(
        self,
        tenant_id: int,
        client: WecomClient,
        progress: Progress,
        checkpoint: dict[str, Any],
        *,
        before: int = 0,
    ) -> GroupsCheckpoint:
        """Sync groups from `checkpoint` on; return where it ended: `total` is how many there are.

        `before` is what earlier parts of the run have done. Raises `Cancelled`, and `WeComFailure`.
        """
        if CHECKPOINT in checkpoint:
            at = msgspec.convert(checkpoint[CHECKPOINT], GroupsCheckpoint)
        else:
            at = GroupsCheckpoint(began_at=self._clock.now(), before=before)
            await self._report(progress, at)
        pictures = Pictures(self._db, self._clock, _One(client), self._vaults)
        if not at.listed:
            for owners in await self._owners(tenant_id, client):
                async for page in client.groups.pages(owners):
                    at = await self._meet(tenant_id, pictures, progress, at, page.group_chat_list)
            at = msgspec.structs.replace(at, listed=True)
        while groups := await self._next(tenant_id, at):
            unread = await self._read(tenant_id, pictures, [chat_id for _, chat_id in groups])
            at = msgspec.structs.replace(
                at,
                done=at.done + len(groups),
                unread=at.unread + unread,
                group_id=groups[-1][0],
            )
            await self._report(progress, at)
        return at

    async def _report(self, progress: Progress, at: GroupsCheckpoint) -> None:
        await progress.report(
            done=at.before + at.done,
            total=at.before + max(at.total, at.done),
            note=_READING,
            checkpoint={CHECKPOINT: msgspec.to_builtins(at)},
        )

    async def _meet(
        self,
        tenant_id: int,
        pictures: Pictures,
        progress: Progress,
        at: GroupsCheckpoint,
        rows: Sequence[wecom.GroupListed],
    ) -> GroupsCheckpoint:
        """Read the groups of a page that nobody knew, and note how each stands with its owner."""
        at = msgspec.structs.replace(at, total=at.total + len(rows))
        unknown = await self._unknown(tenant_id, [row.chat_id for row in rows])
        for start in range(0, len(unknown), _AT_ONCE):
            chunk = unknown[start : start + _AT_ONCE]
            unread = await self._read(tenant_id, pictures, chunk)
            at = msgspec.structs.replace(at, done=at.done + len(chunk), unread=at.unread + unread)
            await self._report(progress, at)
        for start in range(0, len(rows), _CHUNK):
            await self._note(tenant_id, rows[start : start + _CHUNK])
        return at

    async def _unknown(self, tenant_id: int, chat_ids: Sequence[str]) -> list[str]:
        async with self._db.tenant(tenant_id) as session:
            known = await session.scalars(
                select(GroupChat.chat_id).where(
                    GroupChat.tenant_id == tenant_id, GroupChat.chat_id.in_(chat_ids)
                )
            )
            return sorted(set(chat_ids) - set(known))

    async def _owners(self, tenant_id: int, client: WecomClient) -> list[Sequence[str]]:
        """Return whose groups to ask for: all, or a hundred owners each where they are too many."""
        try:
            async for _ in client.groups.pages():
                return [()]
        except WeComError as error:
            if error.errcode != _TOO_MANY:
                raise
        async with self._db.tenant(tenant_id) as session:
            rows = await session.scalars(
                select(StaffAccount.userid)
                .where(StaffAccount.tenant_id == tenant_id)
                .order_by(StaffAccount.id)
            )
            userids = rows.all()
        return [userids[start : start + _OWNERS] for start in range(0, len(userids), _OWNERS)]

    async def _note(self, tenant_id: int, rows: Sequence[wecom.GroupListed]) -> None:
        standing = {row.chat_id: row.status for row in rows}
        async with self._db.tenant(tenant_id) as session:
            ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
            groups = await session.scalars(
                select(GroupChat)
                .where(GroupChat.tenant_id == tenant_id, GroupChat.chat_id.in_(standing))
                .order_by(GroupChat.chat_id)
                .with_for_update()
            )
            for group in groups:
                group.listed_at = ctx.now()
                if group.succession != standing[group.chat_id]:
                    owner_id = await owner_of(ctx, group.owner_userid)
                    succeed(ctx, group, standing[group.chat_id], owner_id)

    async def _next(self, tenant_id: int, at: GroupsCheckpoint) -> list[tuple[int, str]]:
        """Return some groups that are to be read: not fresh, or no longer listed."""
        async with self._db.tenant(tenant_id) as session:
            rows = await session.execute(
                select(GroupChat.id, GroupChat.chat_id)
                .where(
                    GroupChat.tenant_id == tenant_id,
                    GroupChat.id > at.group_id,
                    or_(GroupChat.state == "active", GroupChat.listed_at >= at.began_at),
                    or_(
                        GroupChat.pulled_at.is_(None),
                        GroupChat.pulled_at < at.began_at - _FRESH,
                        GroupChat.listed_at.is_(None),
                        GroupChat.listed_at < at.began_at,
                    ),
                )
                .order_by(GroupChat.id)
                .limit(_AT_ONCE)
            )
            return [(row.id, row.chat_id) for row in rows]

    async def _read(self, tenant_id: int, pictures: Pictures, chat_ids: Sequence[str]) -> int:
        """Read some groups at once; return how many WeCom gives no readable picture of.

        Those stop no other group. Any other failure is raised when all have ended.
        """
        looks = [self._look(tenant_id, pictures, chat_id) for chat_id in chat_ids]
        unread = 0
        for outcome in await asyncio.gather(*looks, return_exceptions=True):
            if isinstance(outcome, WeComFailure) and outcome.advice is Advice.GIVE_UP:
                _log.warning("groups.unreadable", tenant_id=tenant_id, error=place(outcome))
                unread += 1
            elif outcome is not None:
                raise outcome
        return unread

    async def _look(self, tenant_id: int, pictures: Pictures, chat_id: str) -> None:
        try:
            await pictures.refresh(tenant_id, RefreshGroup(chat_id))
        except RetryLater as again:
            # Somebody else writes it, or it has not settled: a job of its own looks again.
            async with self._db.tenant(tenant_id) as session:
                ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
                await ctx.enqueue(
                    REFRESH_GROUP, RefreshGroup(chat_id), key=chat_id, delay=again.after
                )


class _One:
    """The client this sync was given, whichever tenant asks."""

    def __init__(self, client: WecomClient) -> None:
        self._client = client

    async def client(self, _: int) -> WecomClient:
        """Return it."""
        return self._client
