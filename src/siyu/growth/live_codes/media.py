"""The pictures that welcomes of live codes need in WeCom."""

import asyncio
from contextlib import suppress
from typing import Final

import msgspec
import structlog
from sqlalchemy import select

from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import LOST, Database
from siyu.growth.live_codes.models import LiveCode
from siyu.growth.live_codes.schemas import Welcome, WelcomeImage
from siyu.messaging.media import ensure_media

_log = structlog.get_logger(__name__)

_EVERY_SECONDS: Final = 6 * 3600.0
_FAILED_SECONDS: Final = 30.0


def pictures_of(welcome: Welcome) -> list[str]:
    """Return the files a welcome shows, in order."""
    return [item.file_id for item in welcome.attachments if isinstance(item, WelcomeImage)]


async def want_media(ctx: Context, welcome: Welcome) -> None:
    """Have the pictures of a welcome uploaded ahead of time."""
    await ensure_media(ctx, pictures_of(welcome))


class MediaWishes:
    """Says several times a day which pictures are still wanted; the rest may lapse."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def run(self, stop: asyncio.Event) -> None:
        """Renew the wishes until `stop` is set."""
        while not stop.is_set():
            pause = _EVERY_SECONDS
            try:
                await self.step()
            except LOST as error:
                _log.warning("media_wishes.database_lost", error=type(error).__name__)
                pause = _FAILED_SECONDS
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)

    async def step(self) -> None:
        """Renew the wishes of all live codes of all tenants."""
        async with self._db.system() as session:
            tenants = (await session.scalars(select(LiveCode.tenant_id).distinct())).all()
        for tenant_id in tenants:
            async with self._db.tenant(tenant_id) as session:
                ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
                welcomes = await session.scalars(
                    select(LiveCode.welcome).where(
                        LiveCode.tenant_id == tenant_id, LiveCode.state.in_(("active", "creating"))
                    )
                )
                wanted = {
                    key
                    for stored in welcomes
                    for key in pictures_of(msgspec.convert(stored, Welcome))
                }
                await ensure_media(ctx, wanted)
