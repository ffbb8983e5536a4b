"""Facts to whoever is looking right now: browsers and phones with an open connection.

Each process has one `Hub` that follows the event stream in PostgreSQL from where the
stream stands when it starts. It keeps nothing: who connects loads the present state
and then hears what happens after. Facts carry ids and figures only.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from types import MappingProxyType
from typing import Final

import structlog
from sqlalchemy import and_, or_, select

from siyu.core.db import LOST, Database
from siyu.core.stream.events import Event, select_events, to_event
from siyu.core.stream.models import ShardHead, StreamEvent

_log = structlog.get_logger(__name__)

_POLL_SECONDS: Final = 0.05
_FAILED_SECONDS: Final = 0.5
_BATCH: Final = 1000
_BACKLOG: Final = 1000
"""Facts a subscriber may be behind before it is told to start afresh."""

Positions = Mapping[int, int]
"""The last position seen, by shard."""


class Lagged(Exception):
    """The subscriber read too slowly and missed facts: it must load the present state anew."""


class Subscription:
    """What one listener has not heard yet, in stream order per shard.

    Iterating ends when the hub closes and raises `Lagged` once when facts were missed.
    """

    def __init__(self, tenant_id: int, types: frozenset[str] | None, start: Positions) -> None:
        self.tenant_id = tenant_id
        self.types = types
        self.start = start
        """Where the stream stood when the subscription began: facts up to here are not in it."""
        self._waiting: deque[Event] = deque()
        self._changed = asyncio.Event()
        self._lagged = False
        self._closed = False

    def __aiter__(self) -> AsyncIterator[Event]:
        return self

    async def __anext__(self) -> Event:
        while not self._waiting and not self._lagged:
            if self._closed:
                raise StopAsyncIteration
            self._changed.clear()
            # Waiting for a flag and taking in one step: a time-out around this call
            # can never swallow a fact.
            await self._changed.wait()
        if self._lagged:
            self._lagged = False
            raise Lagged
        return self._waiting.popleft()

    def waiting(self) -> list[Event]:
        """Take everything that has already arrived, without waiting."""
        events = list(self._waiting)
        self._waiting.clear()
        return events

    def offer(self, event: Event) -> None:
        """Add a fact if this listener wants it."""
        if event.tenant_id != self.tenant_id:
            return
        if self.types is not None and event.type not in self.types:
            return
        if len(self._waiting) >= _BACKLOG:
            self._waiting.clear()
            self._lagged = True
        elif not self._lagged:
            self._waiting.append(event)
        self._changed.set()

    def close(self) -> None:
        """End the iteration after what has arrived."""
        self._closed = True
        self._changed.set()


class Hub:
    """Follows the stream for all listeners of this process."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._positions: dict[int, int] = {}
        self._subscriptions: set[Subscription] = set()
        self._following = asyncio.Event()
        self._listened = asyncio.Event()
        self._stepping = asyncio.Lock()
        self._closed = False
        self.wake = asyncio.Event()
        """Set by whoever knows of new facts, to look at once rather than after 50 ms."""

    async def run(self, stop: asyncio.Event) -> None:
        """Follow the stream until `stop` is set, then end all subscriptions.

        Survives losing the database: positions are kept, so nothing is missed meanwhile.
        """
        while not stop.is_set():
            try:
                await self.step()
            except LOST as error:
                _log.warning("realtime.database_lost", error=type(error).__name__)
                await asyncio.sleep(_FAILED_SECONDS)
            await self._rest(stop)
        self.close()

    async def _rest(self, stop: asyncio.Event) -> None:
        """Wait until it is time to look again: for as long as it takes while nobody listens."""
        if not self._subscriptions:
            self._listened.clear()
            await _either(stop, self._listened)
            return
        self.wake.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self.wake.wait(), _POLL_SECONDS)

    def close(self) -> None:
        """End all subscriptions, also those that begin later: the server is closing."""
        self._closed = True
        self._following.set()
        for subscription in self._subscriptions:
            subscription.close()

    @asynccontextmanager
    async def subscribe(
        self, tenant_id: int, types: frozenset[str] | None = None
    ) -> AsyncIterator[Subscription]:
        """Listen to facts of one tenant, of some types or of all.

        Everything committed after the block is entered is heard.
        """
        await self._following.wait()
        # Not in the middle of a step, whose facts are already on their way to the others.
        async with self._stepping:
            if not self._subscriptions:
                # While nobody listened, the hub rested; what happened meanwhile is not for the
                # first to come.
                self._positions = await self._heads()
            start = MappingProxyType(dict(self._positions))
            subscription = Subscription(tenant_id, types, start)
            self._subscriptions.add(subscription)
            self._listened.set()
        if self._closed:
            subscription.close()
        try:
            yield subscription
        finally:
            self._subscriptions.discard(subscription)

    async def step(self) -> None:
        """Hand on all facts that are in the stream now."""
        async with self._stepping:
            await self._step()

    async def _step(self) -> None:
        heads = await self._heads()
        if not self._subscriptions:
            self._positions = heads
            self._following.set()
            return
        while behind := {
            shard: head for shard, head in heads.items() if head > self._positions.get(shard, 0)
        }:
            await self._read(behind)

    async def _heads(self) -> dict[int, int]:
        async with self._db.system() as session:
            rows = await session.execute(select(ShardHead.shard, ShardHead.head))
            return dict(rows.all())

    async def _read(self, behind: Positions) -> None:
        """Hand on one batch between where the hub stands and the heads in `behind`."""
        tenants = {subscription.tenant_id for subscription in self._subscriptions}
        spans = [
            and_(
                StreamEvent.shard == shard,
                StreamEvent.position > self._positions.get(shard, 0),
                StreamEvent.position <= head,
            )
            for shard, head in behind.items()
        ]
        async with self._db.system() as session:
            rows = await session.execute(
                select_events()
                .where(or_(*spans), StreamEvent.tenant_id.in_(tenants))
                .order_by(StreamEvent.shard, StreamEvent.position)
                .limit(_BATCH)
            )
            events = [to_event(row) for row in rows]
        for event in events:
            for subscription in self._subscriptions:
                subscription.offer(event)
        if len(events) < _BATCH:
            self._positions.update(behind)
            return
        # Ordered by shard: those before the last one's are done, those after it not begun.
        last = events[-1]
        self._positions.update(
            {shard: head for shard, head in behind.items() if shard < last.shard}
        )
        self._positions[last.shard] = last.position


async def _either(*events: asyncio.Event) -> None:
    """Wait until one of some events is set."""
    waiting = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waiting:
            task.cancel()
