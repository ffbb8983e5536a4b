"""Media of welcomes: uploaded ahead of time and renewed before WeCom forgets them.

WeCom keeps an upload for 3 days (doc 90253). Nothing is uploaded while a welcome code lives: a
welcome uses the media id that is there. Rooms say daily what they still want with `ensure_media`.
"""

import asyncio
from collections.abc import Collection
from contextlib import suppress
from datetime import timedelta
from typing import Final

import structlog
from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import insert

from siyu.channels.wecom.errors import WeComFailure
from siyu.channels.wecom.in_job import Clients
from siyu.core.clock import Clock
from siyu.core.context import Context
from siyu.core.db import LOST, Database
from siyu.core.errors import Problem
from siyu.core.files import Files
from siyu.messaging.models import MediaAsset

_log = structlog.get_logger(__name__)

KEPT_BY_WECOM: Final = timedelta(days=3)
_RENEW_BEFORE: Final = timedelta(days=1)
_WANTED: Final = timedelta(days=2)
_AGAIN_AFTER: Final = timedelta(minutes=5)
_POLL_SECONDS: Final = 2.0
_BATCH: Final = 20


async def ensure_media(ctx: Context, file_keys: Collection[str], kind: str = "image") -> None:
    """Have WeCom keep these files of siyu, at least for the next two days."""
    if not file_keys:
        return
    made = insert(MediaAsset).values(
        [
            {
                "tenant_id": ctx.tenant_id,
                "file_key": key,
                "kind": kind,
                "media_id": "",
                "failure": "",
                "wanted_until": ctx.now() + _WANTED,
            }
            for key in sorted(set(file_keys))
        ]
    )
    await ctx.session.execute(
        made.on_conflict_do_update(
            index_elements=["tenant_id", "file_key", "kind"],
            set_={"wanted_until": made.excluded.wanted_until},
        )
    )


async def media_ids(
    ctx: Context, file_keys: Collection[str], kind: str = "image"
) -> dict[str, str]:
    """Return the media ids that WeCom still keeps, by file; what is not there is not ready."""
    rows = await ctx.session.execute(
        select(MediaAsset.file_key, MediaAsset.media_id).where(
            MediaAsset.tenant_id == ctx.tenant_id,
            MediaAsset.kind == kind,
            MediaAsset.file_key.in_(set(file_keys)),
            MediaAsset.expires_at > ctx.now(),
        )
    )
    return {row.file_key: row.media_id for row in rows}


class MediaKeeper:
    """Uploads wanted files and renews them a day before they lapse."""

    def __init__(self, db: Database, clock: Clock, wecom: Clients, files: Files) -> None:
        self._db = db
        self._clock = clock
        self._wecom = wecom
        self._files = files

    async def run(self, stop: asyncio.Event) -> None:
        """Keep media until `stop` is set."""
        while not stop.is_set():
            try:
                await self.step()
            except LOST as error:
                _log.warning("media.database_lost", error=type(error).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), _POLL_SECONDS)

    async def step(self) -> int:
        """Upload what is due; return how many uploads worked."""
        now = self._clock.now()
        lapsing = or_(MediaAsset.expires_at.is_(None), MediaAsset.expires_at < now + _RENEW_BEFORE)
        rested = or_(MediaAsset.tried_at.is_(None), MediaAsset.tried_at < now - _AGAIN_AFTER)
        async with self._db.system() as session:
            due = (
                await session.scalars(
                    select(MediaAsset)
                    .where(MediaAsset.wanted_until > now, lapsing, rested)
                    .limit(_BATCH)
                )
            ).all()
        worked = [await self._upload(row.tenant_id, row.id, row.file_key, row.kind) for row in due]
        return sum(worked)

    async def _upload(self, tenant_id: int, asset_id: int, file_key: str, kind: str) -> bool:
        failure, media_id = "", ""
        began_at = self._clock.now()
        try:
            stored = await self._files.get(tenant_id, file_key)
            client = await self._wecom.client(tenant_id)
            media_id = (await client.upload_media(kind, file_key, stored.content)).media_id
        except WeComFailure as error:
            failure = error.sentence
        except Problem as problem:
            failure = problem.detail
        async with self._db.tenant(tenant_id) as session:
            asset = await session.get_one(MediaAsset, (tenant_id, asset_id), with_for_update=True)
            asset.failure = failure
            asset.tried_at = began_at
            if media_id:
                asset.media_id = media_id
                asset.expires_at = began_at + KEPT_BY_WECOM
        return bool(media_id)
