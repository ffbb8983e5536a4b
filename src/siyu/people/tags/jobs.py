"""Background work about tags."""

from siyu.channels.wecom.in_job import Clients, job_failures
from siyu.core.clock import Clock
from siyu.core.db import Database
from siyu.core.jobs.kinds import AnyHandler, JobHandler
from siyu.people.kinds import (
    CLEAR_GONE_TAGS,
    END_TAGS,
    SYNC_TAGS,
    TAG_BY_RULE,
    ClearGoneTags,
    SyncTags,
)
from siyu.people.tags.clearing import clear_gone_tags
from siyu.people.tags.keeping import Keeper
from siyu.people.tags.marker import Marker
from siyu.people.tags.mirror import sync_tags


def handlers(db: Database, clock: Clock, wecom: Clients) -> list[AnyHandler]:
    """Return the jobs of this room."""

    async def sync(tenant_id: int, _: SyncTags) -> None:
        with job_failures(clock):
            await sync_tags(db, clock, tenant_id, await wecom.client(tenant_id))

    async def clear(tenant_id: int, _: ClearGoneTags) -> None:
        await clear_gone_tags(db, clock, tenant_id)

    keeper = Keeper(db, clock, wecom)
    return [
        JobHandler(SYNC_TAGS, sync),
        JobHandler(CLEAR_GONE_TAGS, clear),
        Marker(db, clock, wecom).handler(),
        JobHandler(TAG_BY_RULE, keeper.by_rule),
        JobHandler(END_TAGS, keeper.end),
    ]
