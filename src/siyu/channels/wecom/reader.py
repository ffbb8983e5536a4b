"""Reads the inbox: hands each callback to whoever understands it, in order per customer.

A callback and the changes it causes commit together, so a kill loses and doubles nothing.
Handlers change rows and announce facts; calls to WeCom are left to jobs.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

import structlog
from sqlalchemy import and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from siyu.channels.wecom.callback import CallbackRefused
from siyu.channels.wecom.events import CallbackEvent, UnknownEvent, parse_event
from siyu.channels.wecom.inbox import SUITE_LANE, WELCOME_LIFE, WecomInbox, prune
from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import LOST, Database, is_lost
from siyu.core.pace import Pace
from siyu.core.tracing import place

_log = structlog.get_logger(__name__)

_BATCH: Final = 100
_REST_SECONDS: Final = (0.05, 0.25)
_FAILED_SECONDS: Final = 1.0
_TRIES: Final = 5
_PRUNE_EVERY: Final = timedelta(hours=1)
_FIRST_WAIT: Final = timedelta(seconds=2)

WAIT: Final = "wait"
"""The fate of a callback that cannot be digested yet; it is tried again after a growing pause."""

EventHandler = Callable[[Context, Sequence[Any]], Awaitable[Sequence[str]]]
"""Digests events of one type in the reader's transaction; returns their fates in a word each.

No two of them are of the same lane.
"""


class InboxReader:
    """Deals with stored callbacks; any number may run, row locks keep each lane to one.

    One with a welcome is left alone until the welcome has been begun, while it can be.
    """

    def __init__(
        self,
        db: Database,
        clock: Clock,
        handlers: Mapping[type[CallbackEvent], EventHandler],
    ) -> None:
        self._db = db
        self._clock = clock
        self._handlers = handlers
        self._prune_at = clock.now()

    async def run(self, stop: asyncio.Event) -> None:
        """Read until `stop` is set; survives losing the database."""
        pace, worked = Pace(*_REST_SECONDS), False
        while not stop.is_set():
            try:
                await self._prune()
                if await self.step():
                    worked = True
                    continue
            except LOST as error:
                _log.warning("inbox.database_lost", error=type(error).__name__)
                await asyncio.sleep(_FAILED_SECONDS)
            await pace.rest(stop, worked=worked)
            worked = False

    async def _prune(self) -> None:
        """Forget callbacks that were dealt with long ago, now and then."""
        now = self._clock.now()
        if now >= self._prune_at:
            self._prune_at = now + _PRUNE_EVERY
            async with self._db.system() as session:
                await prune(session, now)

    async def step(self) -> int:
        """Deal with one batch of each tenant that has callbacks waiting; return how many."""
        async with self._db.system() as session:
            tenants = (
                await session.scalars(
                    select(WecomInbox.tenant_id)
                    .where(WecomInbox.state == "waiting", self._due())
                    .distinct()
                )
            ).all()
        return sum([await self._serve(tenant_id) for tenant_id in tenants])

    async def drain(self) -> None:
        """Deal with everything that waits now; for tests and tools."""
        while await self.step():
            pass

    async def _serve(self, tenant_id: int) -> int:
        try:
            return await self._batch(tenant_id, _BATCH)
        except Exception as error:
            if is_lost(error):
                raise
            _log.warning("inbox.batch_failed", tenant_id=tenant_id, error=place(error))
        served = 0
        for row_id in await self._waiting(tenant_id):
            try:
                served += await self._batch(tenant_id, 1, row_id)
            except Exception as error:
                if is_lost(error):
                    raise
                _log.exception("inbox.callback_failed", tenant_id=tenant_id, row=row_id)
                await self._set_back(tenant_id, row_id, error)
                served += 1
        return served

    async def _batch(self, tenant_id: int, limit: int, row_id: int | None = None) -> int:
        async with self._db.tenant(tenant_id) as session:
            rows = await self._claim(session, tenant_id, limit, row_id)
            ctx = Context(
                tenant_id=tenant_id, actor=SYSTEM_ACTOR, clock=self._clock, session=session
            )
            for row, fate in zip(rows, await self._digest(ctx, rows), strict=True):
                row.fate = fate
                if fate == WAIT:
                    self._put_off(row)
                else:
                    row.state = "done"
            return len(rows)

    async def _digest(self, ctx: Context, rows: Sequence[WecomInbox]) -> list[str]:
        fates = ["ignored"] * len(rows)
        together: dict[type[CallbackEvent], dict[int, CallbackEvent]] = defaultdict(dict)
        for index, row in enumerate(rows):
            try:
                event = parse_event(row.body)
            except CallbackRefused:
                fates[index] = "unreadable"
                continue
            if row.lane == SUITE_LANE:
                fates[index] = "unproven"
            elif isinstance(event, UnknownEvent):
                fates[index] = "unknown"
            elif type(event) in self._handlers:
                together[type(event)][index] = event
        for kind, events in together.items():
            digested = await self._handlers[kind](ctx, list(events.values()))
            for index, fate in zip(events, digested, strict=True):
                fates[index] = fate
        return fates

    async def _claim(
        self, session: AsyncSession, tenant_id: int, limit: int, row_id: int | None
    ) -> Sequence[WecomInbox]:
        """Lock heads of lanes: a row is free only while no earlier one of its lane waits."""
        earlier = aliased(WecomInbox)
        query = (
            select(WecomInbox)
            .where(
                WecomInbox.tenant_id == tenant_id,
                WecomInbox.state == "waiting",
                self._due(),
                ~exists().where(
                    earlier.tenant_id == WecomInbox.tenant_id,
                    earlier.lane == WecomInbox.lane,
                    earlier.state == "waiting",
                    earlier.id < WecomInbox.id,
                ),
            )
            .order_by(WecomInbox.id)
            .limit(limit)
            .with_for_update(skip_locked=True, of=WecomInbox)
        )
        if row_id is not None:
            query = query.where(WecomInbox.id == row_id)
        return (await session.scalars(query)).all()

    async def _waiting(self, tenant_id: int) -> Sequence[int]:
        async with self._db.tenant(tenant_id) as session:
            return (
                await session.scalars(
                    select(WecomInbox.id)
                    .where(
                        WecomInbox.tenant_id == tenant_id,
                        WecomInbox.state == "waiting",
                        self._due(),
                    )
                    .order_by(WecomInbox.id)
                    .limit(_BATCH)
                )
            ).all()

    async def _set_back(self, tenant_id: int, row_id: int, error: Exception) -> None:
        """Let a callback that could not be digested wait, and park it after some tries.

        Not if another reader has dealt with it or put it off since.
        """
        async with self._db.tenant(tenant_id) as session:
            row = await session.scalar(
                select(WecomInbox)
                .where(
                    WecomInbox.tenant_id == tenant_id,
                    WecomInbox.id == row_id,
                    WecomInbox.state == "waiting",
                    self._due(),
                )
                .with_for_update()
            )
            if row is not None:
                row.fate = place(error)
                self._put_off(row)

    def _put_off(self, row: WecomInbox) -> None:
        row.tries += 1
        row.not_before = self._clock.now() + _FIRST_WAIT * 4 ** (row.tries - 1)
        if row.tries >= _TRIES:
            row.state = "parked"

    def _due(self) -> Any:
        now = self._clock.now()
        return and_(
            or_(WecomInbox.not_before.is_(None), WecomInbox.not_before <= now),
            # A lock of ours would hide the row from whoever sends the welcome.
            or_(WecomInbox.urgent != "waiting", WecomInbox.received_at <= now - WELCOME_LIFE),
        )
