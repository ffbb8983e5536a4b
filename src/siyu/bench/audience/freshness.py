"""How soon a fact shows in membership, under load."""

import asyncio
import random
import time
from datetime import datetime
from typing import Any, Final

from sqlalchemy import text

from siyu.bench.audience.ground import Figures, Ground, memory, say
from siyu.bench.crowd.size import CORP_TAGS, INTERNAL_TAGS, SLOTS, TENANT
from siyu.bench.stand import percentile
from siyu.core.clock import SystemClock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.demo.api import Site, until
from siyu.people.tags.service import Why, mark_identities, unmark_identities

_AUDIENCES: Final = 200
_RATE: Final = 1_000
_SECONDS: Final = 30
_TICKS: Final = 10
"""Transactions a second, each with its share of the facts."""
_DRAIN_SECONDS: Final = 600.0
_TOLD: Final = text("""
select type, recorded_at, (properties ->> 'customer_id')::bigint as customer_id,
    (properties ->> 'tag_id')::bigint as tag_id,
    (properties ->> 'audience_id')::bigint as audience_id
from event
where tenant_id = :tenant and type in ('tag.marked', 'audience.entered') and occurred_at >= :since
order by recorded_at, type desc
""")
_BEHIND: Final = text("""
select coalesce(sum(s.head - c.position), 0) + (select count(*) from outbox)
from sys.cursor c join sys.shard s on s.shard = c.shard where c.reader = 'picture'
""")


async def fresh(ground: Ground) -> Figures:
    """Mark 1,000 persons a second while 200 dynamic audiences live; see when they enter theirs.

    Each audience wants one internal tag and four things else. Of each person who enters, the time
    counts from the moment the mark was recorded to the one the entry was.
    """
    async with ground.stand.running("web", "worker"), ground.console() as site:
        ids = await _audiences(site)
        say(f"{len(ids)} dynamic audiences")
        since = SystemClock().now()
        marked, spent = await _load(ground)
        say(f"{marked:,} facts in {spent:.1f} s; waiting for the rest")
        began = time.perf_counter()
        await until("picture", lambda: _settled(ground), seconds=_DRAIN_SECONDS)
        drained = time.perf_counter() - began
        used = memory()
        seconds = await _waits(ground, since, ids)
        for number in ids:
            await site.post(f"/api/audiences/{number}/archive")
    return {
        "fresh_audiences": len(ids),
        "fresh_facts_per_second": round(marked / spent),
        "fresh_entered": len(seconds),
        "fresh_p50_s": round(percentile(seconds, 0.5), 2),
        "fresh_p99_s": round(percentile(seconds, 0.99), 2),
        "fresh_drained_s": round(drained, 1),
        **used,
    }


async def _audiences(site: Site) -> list[int]:
    """Make dynamic audiences and wait until each is built."""
    stamp = time.time_ns()
    ids: list[int] = []
    for number in range(_AUDIENCES):
        rule = {
            "kind": "all",
            "items": [
                {"kind": "tags", "tag_ids": [_tag(number)]},
                _attribute("orders", "ge", number=number % 4),
                _attribute("gmv_fen", "ge", number=number),
                _attribute("state", "in", values=["active"]),
                _attribute("sensitive", "eq", number=0),
            ],
        }
        draft = {"name": f"动态 {number} {stamp}", "rule": rule, "dynamic": True}
        ids.append((await site.post("/api/audiences", draft))["id"])

    async def built() -> bool:
        for number in ids:
            if (await site.get(f"/api/audiences/{number}"))["state"] != "ready":
                return False
        return True

    await until("builds", built, seconds=_DRAIN_SECONDS * 6)
    return ids


async def _load(ground: Ground) -> tuple[int, float]:
    """Mark and unmark persons at a steady rate; return how many facts that made, and how long."""
    crowd, dice = ground.stamp.crowd, random.Random(time.time_ns())  # noqa: S311 - any will do
    each = _RATE // _TICKS
    began, count = time.perf_counter(), 0
    for tick in range(_SECONDS * _TICKS):
        await asyncio.sleep(max(0.0, began + tick / _TICKS - time.perf_counter()))
        # Who has their facts in PostgreSQL: what they did is read from there.
        some = {
            dice.randrange(1, crowd.customers // crowd.heard_every) * crowd.heard_every
            for _ in range(each)
        }
        pairs = [((n - 1) * SLOTS + 1, CORP_TAGS + 1 + dice.randrange(INTERNAL_TAGS)) for n in some]
        async with ground.stand.db.tenant(TENANT) as session:
            ctx = Context(TENANT, SYSTEM_ACTOR, SystemClock(), session)
            made = await mark_identities(ctx, pairs, Why("import"))
            count += len(made)
            if len(made) < len(pairs):
                gone = await unmark_identities(ctx, set(pairs) - set(made), "import")
                count += len(gone)
    return count, time.perf_counter() - began


async def _settled(ground: Ground) -> bool:
    async with ground.stand.db.system() as session:
        return not await session.scalar(_BEHIND)


async def _waits(ground: Ground, since: datetime, ids: list[int]) -> list[float]:
    """Return how long those who entered had to wait, once everything has been told."""
    tags = {number: _tag(index) for index, number in enumerate(ids)}
    marks: dict[tuple[int, int], datetime] = {}
    found: list[float] = []
    async with ground.stand.db.system() as session:
        for told in await session.execute(_TOLD, {"tenant": TENANT, "since": since}):
            if told.type == "tag.marked":
                marks[told.customer_id, told.tag_id] = told.recorded_at
            elif told.audience_id in tags:
                marked = marks.get((told.customer_id, tags[told.audience_id]))
                if marked is not None:
                    found.append((told.recorded_at - marked).total_seconds())
    return found


def _attribute(name: str, op: str, **asked: Any) -> dict[str, Any]:
    return {"kind": "attribute", "name": name, "op": op, **asked}


def _tag(audience: int) -> int:
    """Return the internal tag that the audience of that number wants."""
    return CORP_TAGS + 1 + audience % INTERNAL_TAGS
