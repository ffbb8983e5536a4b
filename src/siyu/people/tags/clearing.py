"""Taking tags that are gone off everybody who still carries them, in short batches."""

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import select

from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database
from siyu.people.kinds import CLEAR_GONE_TAGS, ClearGoneTags
from siyu.people.models import ContactTag, IdentityTag, Tag
from siyu.people.tags.service import Pair, unmark_contacts, unmark_identities

_BATCH: Final = 1000
_LOOK_AGAIN: Final = timedelta(minutes=1)
"""A reading of a customer that began before the tag went may be written after this job looked."""


async def clear_gone_tags(db: Database, clock: Clock, tenant_id: int) -> int:
    """Take gone tags off all who carry them, each told; return how many marks went."""
    cleared = 0
    for table, owner in ((ContactTag, "contact_id"), (IdentityTag, "identity_id")):
        while count := await _batch(db, clock, tenant_id, table, owner):
            cleared += count
    if cleared:
        async with db.tenant(tenant_id) as session:
            ctx = Context(tenant_id, SYSTEM_ACTOR, clock, session)
            await ctx.enqueue(CLEAR_GONE_TAGS, ClearGoneTags(), key="again", delay=_LOOK_AGAIN)
    return cleared


async def _batch(db: Database, clock: Clock, tenant_id: int, table: Any, owner: str) -> int:
    async with db.tenant(tenant_id) as session:
        ctx = Context(tenant_id, SYSTEM_ACTOR, clock, session)
        rows = await session.execute(
            select(getattr(table, owner), table.tag_id)
            .join(Tag, (Tag.tenant_id == table.tenant_id) & (Tag.id == table.tag_id))
            .where(table.tenant_id == tenant_id, Tag.gone)
            .limit(_BATCH)
            .with_for_update(of=table, skip_locked=True)
        )
        pairs: list[Pair] = [(row[0], row[1]) for row in rows]
        if table is ContactTag:
            return len(await unmark_contacts(ctx, pairs, "wecom"))
        return len(await unmark_identities(ctx, pairs, "wecom"))
