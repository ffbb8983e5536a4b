"""The HTTP door of live facts: server-sent events."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated, Final

import msgspec
from litestar import Controller, get
from litestar.params import HeaderParameter, QueryParameter
from litestar.response import ServerSentEvent
from litestar.response.sse import ServerSentEventMessage

from siyu.accounts.sessions import Principal
from siyu.core.clock import Clock
from siyu.core.db import Database
from siyu.core.errors import Forbidden
from siyu.core.realtime import Hub, Lagged, Subscription
from siyu.core.stream import Event
from siyu.insight.asking import Asking
from siyu.insight.live.feed import (
    LiveEvent,
    TooFarBehind,
    audible,
    concerns,
    missed,
    owners_heard,
    place_of,
    positions_of,
    recent,
    told,
)

HEARTBEAT_SECONDS: Final = 15.0
LONGEST_SECONDS: Final = 120.0
"""After this a connection ends, and the browser's next one is checked for rights anew."""
_RETRY_MILLISECONDS: Final = 500

Types = Annotated[
    list[str] | None, QueryParameter(name="type", max_items=50, description="只要这些类型的事件")
]
Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=100)]
LastEventId = Annotated[str | None, HeaderParameter(name="Last-Event-ID", max_length=200)]


@dataclass(frozen=True)
class Listening:
    """One open page: what it hears, and where it left off."""

    asking: Asking
    hub: Hub
    closing: asyncio.Event
    types: frozenset[str]
    owners: frozenset[int] | None
    after: dict[int, int] | None

    async def messages(self) -> AsyncIterator[ServerSentEventMessage]:
        """Yield messages until the page goes, the server closes or the time is over."""
        tenant_id = self.asking.principal.tenant_id
        async with self.hub.subscribe(tenant_id, self.types) as heard:
            closer = asyncio.create_task(_close_with(self.closing, heard))
            try:
                async for message in self._messages(heard):
                    yield message
            finally:
                closer.cancel()

    async def _messages(self, heard: Subscription) -> AsyncIterator[ServerSentEventMessage]:
        positions = dict(self.after or heard.start)
        yield ServerSentEventMessage(data=None, retry=_RETRY_MILLISECONDS, comment="siyu")
        async for message in self._catch_up(heard, positions):
            yield message
        loop = asyncio.get_running_loop()
        end = loop.time() + LONGEST_SECONDS
        while loop.time() < end:
            try:
                async with asyncio.timeout(HEARTBEAT_SECONDS):
                    event = await anext(heard)
            except TimeoutError:
                yield ServerSentEventMessage(data=None, comment="·")
            except StopAsyncIteration:
                return
            except Lagged:
                yield _resync(positions)
            else:
                async for message in self._tell([event, *heard.waiting()], positions):
                    yield message

    async def _catch_up(
        self, heard: Subscription, positions: dict[int, int]
    ) -> AsyncIterator[ServerSentEventMessage]:
        """Yield what happened since the page left off."""
        if self.after is None:
            return
        try:
            events = await missed(self.asking, self.types, self.after, heard.start)
        except TooFarBehind:
            positions.update(heard.start)
            yield _resync(positions)
            return
        async for message in self._tell(events, positions):
            yield message

    async def _tell(
        self, events: list[Event], positions: dict[int, int]
    ) -> AsyncIterator[ServerSentEventMessage]:
        """Yield what concerns the page and what it has not had; note how far it is."""
        fresh = [event for event in events if event.position > positions.get(event.shard, 0)]
        wanted = [event for event in fresh if concerns(event, self.owners)]
        if wanted:
            async for event, live in told(self.asking, wanted):
                positions[event.shard] = event.position
                yield ServerSentEventMessage(
                    id=place_of(positions), data=msgspec.json.encode(live).decode()
                )
        for event in fresh:
            positions[event.shard] = max(positions.get(event.shard, 0), event.position)


class LiveController(Controller):
    """What is happening right now."""

    path = "/api/events"
    tags = ("insight",)

    @get(media_type="text/event-stream")
    async def listen(
        self,
        db: Database,
        clock: Clock,
        principal: Principal,
        hub: Hub,
        closing: asyncio.Event,
        types: Types = None,
        mine: bool = False,
        last_event_id: LastEventId = None,
    ) -> ServerSentEvent:
        """Tell facts as they happen, within the data scope; `mine` for my own accounts only.

        Each message is a fact as JSON; one of the type `resync` says that too much was
        missed and the page must load its state anew. After a break the browser's
        `Last-Event-ID` brings what happened meanwhile.
        """
        heard = _heard(principal, types)
        listening = Listening(
            asking=Asking(db, clock, principal),
            hub=hub,
            closing=closing,
            types=heard,
            owners=owners_heard(principal, mine=mine),
            after=positions_of(last_event_id) if last_event_id else None,
        )
        return ServerSentEvent(listening.messages())

    @get("/recent")
    async def recent(
        self,
        db: Database,
        clock: Clock,
        principal: Principal,
        types: Types = None,
        mine: bool = False,
        limit: Limit = 30,
    ) -> list[LiveEvent]:
        """Return the latest of these facts, newest first, for a page that has just opened."""
        return await recent(
            Asking(db, clock, principal),
            _heard(principal, types),
            owners_heard(principal, mine=mine),
            limit,
        )


def _heard(principal: Principal, types: list[str] | None) -> frozenset[str]:
    heard = audible(principal.actor, types)
    if not heard:
        raise Forbidden("permission_missing", "你的角色没有权限查看这些动态")
    return heard


def _resync(positions: dict[int, int]) -> ServerSentEventMessage:
    return ServerSentEventMessage(id=place_of(positions), data='{"type":"resync"}')


async def _close_with(closing: asyncio.Event, heard: Subscription) -> None:
    with suppress(asyncio.CancelledError):
        await closing.wait()
        heard.close()
