"""Who is in an audience: reading and changing the truth.

Whoever changes members holds the audience's row (`locked`); builds, the projector and erasures
take turns besides (`turn`), because each of them must see all that the one before has done.
"""

import secrets
from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from typing import Any, Final, NamedTuple

from pyroaring import BitMap64
from sqlalchemy import delete, func, select

from siyu.core.context import Context, News
from siyu.core.db import among
from siyu.core.db.many import insert_many, table_of
from siyu.facts.people import AudienceEntered, AudienceLeft
from siyu.people.audiences.chunks import joined, packed, split, unpacked
from siyu.people.audiences.models import Audience, AudienceChunk, AudienceForgotten
from siyu.people.models import Identity

_TURN: Final = 0x5159_0010 << 32
"""Above the keys of the tenants' advisory locks."""
_AT_ONCE: Final = 50_000
"""Ids in one statement."""

Key = tuple[int, int]
"""An audience and a chunk."""


class Change(NamedTuple):
    """Who comes into an audience and who goes; `told`: the stream hears of it."""

    audience: Audience
    entered: BitMap64
    left: BitMap64
    told: bool

    @property
    def people(self) -> int:
        """How many it is about."""
        return len(self.entered) + len(self.left)


async def turn(ctx: Context) -> None:
    """Wait until no build and no projector changes members of the tenant, and keep them waiting.

    Taken before any row is locked.
    """
    await ctx.session.execute(select(func.pg_advisory_xact_lock(_TURN + ctx.tenant_id)))


async def locked(ctx: Context, audience_ids: Collection[int]) -> Sequence[Audience]:
    """Return audiences, locked in the order of their ids."""
    rows = await ctx.session.scalars(
        select(Audience)
        .where(Audience.tenant_id == ctx.tenant_id, Audience.id.in_(audience_ids))
        .order_by(Audience.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return rows.all()


async def members(ctx: Context, audience_id: int) -> BitMap64:
    """Return all members of an audience."""
    rows = await ctx.session.scalars(
        select(AudienceChunk.members).where(
            AudienceChunk.tenant_id == ctx.tenant_id, AudienceChunk.audience_id == audience_id
        )
    )
    return joined(map(unpacked, rows))


async def forgotten(ctx: Context) -> BitMap64:
    """Return who was erased: the engine may not have heard of it yet."""
    rows = await ctx.session.scalars(
        select(AudienceForgotten.customer_id).where(AudienceForgotten.tenant_id == ctx.tenant_id)
    )
    return BitMap64(rows)


async def apply(ctx: Context, changes: Sequence[Change]) -> None:
    """Make changes to audiences that are locked, each at most once, and tell the stream.

    Who enters must not be a member yet, and who leaves must be one.
    """
    changes = [change for change in changes if change.people]
    if not changes:
        return
    await _write(ctx, changes)
    for change in changes:
        change.audience.size += len(change.entered) - len(change.left)
        change.audience.revision = secrets.randbits(62)
    await ctx.session.flush()
    await _announce(ctx, [change for change in changes if change.told])


async def _write(ctx: Context, changes: Sequence[Change]) -> None:
    came = _by_key((change.audience.id, change.entered) for change in changes)
    went = _by_key((change.audience.id, change.left) for change in changes)
    keys = sorted(came.keys() | went.keys())
    there = await _chunks(ctx, keys)
    nobody = BitMap64()
    after = {
        key: (there.get(key, nobody) | came.get(key, nobody)) - went.get(key, nobody)
        for key in keys
    }
    await _put(ctx, {key: ids for key, ids in after.items() if ids})
    await _drop(ctx, [key for key, ids in after.items() if not ids])


def _by_key(sets: Any) -> dict[Key, BitMap64]:
    return {
        (audience_id, chunk): part
        for audience_id, ids in sets
        for chunk, part in split(ids).items()
    }


async def _chunks(ctx: Context, keys: Sequence[Key]) -> dict[Key, BitMap64]:
    wanted = table_of(AudienceChunk, _rows(keys))
    rows = await ctx.session.execute(
        select(AudienceChunk.audience_id, AudienceChunk.chunk, AudienceChunk.members)
        .join(
            wanted,
            (AudienceChunk.audience_id == wanted.c.audience_id)
            & (AudienceChunk.chunk == wanted.c.chunk),
        )
        .where(AudienceChunk.tenant_id == ctx.tenant_id)
    )
    return {(row.audience_id, row.chunk): unpacked(row.members) for row in rows}


async def _put(ctx: Context, chunks: Mapping[Key, BitMap64]) -> None:
    if not chunks:
        return
    statement: Any = insert_many(
        AudienceChunk,
        [
            {
                "tenant_id": ctx.tenant_id,
                "audience_id": audience_id,
                "chunk": chunk,
                "members": packed(ids),
                "size": len(ids),
            }
            for (audience_id, chunk), ids in chunks.items()
        ],
    )
    await ctx.session.execute(
        statement.on_conflict_do_update(
            index_elements=["tenant_id", "audience_id", "chunk"],
            set_={"members": statement.excluded.members, "size": statement.excluded.size},
        )
    )


async def _drop(ctx: Context, keys: Sequence[Key]) -> None:
    if not keys:
        return
    gone = table_of(AudienceChunk, _rows(keys))
    await ctx.session.execute(
        delete(AudienceChunk).where(
            AudienceChunk.tenant_id == ctx.tenant_id,
            AudienceChunk.audience_id == gone.c.audience_id,
            AudienceChunk.chunk == gone.c.chunk,
        )
    )


def _rows(keys: Sequence[Key]) -> list[dict[str, int]]:
    return [{"audience_id": audience_id, "chunk": chunk} for audience_id, chunk in keys]


async def _announce(ctx: Context, changes: Sequence[Change]) -> None:
    about = joined(chain.from_iterable((change.entered, change.left) for change in changes))
    ids = await _identities(ctx, about)
    news: list[News] = []
    for audience, entered, left, _ in changes:
        for kind, people in ((AudienceEntered, entered), (AudienceLeft, left)):
            news += [
                News(
                    kind(
                        audience_id=audience.id,
                        customer_id=customer_id,
                        rule_version=audience.version,
                    ),
                    ids.get(customer_id),
                )
                for customer_id in people
            ]
    for start in range(0, len(news), _AT_ONCE):
        await ctx.announce_many(news[start : start + _AT_ONCE])


async def _identities(ctx: Context, customer_ids: BitMap64) -> dict[int, int]:
    """Return one identity of each customer: that under which they became known."""
    found: dict[int, int] = {}
    ids = list(customer_ids)
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        rows = await ctx.session.execute(
            select(Identity.customer_id, func.min(Identity.id).label("first"))
            .where(
                Identity.tenant_id == ctx.tenant_id,
                among(Identity.customer_id, part),
            )
            .group_by(Identity.customer_id)
        )
        found |= {row.customer_id: row.first for row in rows}
    return found
