"""Where the picture stands: for who asks it, and for who writes it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from siyu.core.analytics.feeder import READER as FEEDER
from siyu.core.context import Context
from siyu.core.stream import SHARDS
from siyu.core.stream.models import Cursor
from siyu.core.stream.waiting import waiting_since
from siyu.people.picture.models import PictureRebuild, PictureState

READER: Final = "picture"
"""Name of the projector's cursors."""
_ROW: Final = 1


class Overtaken(Exception):
    """Another process leads by now: what was under way here must leave no trace."""


class Moment(Struct, frozen=True):
    """A place in the stream, by shard, and a moment: as of when something was looked at."""

    at: datetime
    positions: Mapping[int, int]


class Applied(Struct, frozen=True):
    """As of when the picture speaks for a tenant, and how it is to be asked.

    It holds all facts up to `positions` by shard, among them all that were recorded before `at`,
    `lag_seconds` ago. `generation`: tier 0 is the base of that number, and of tier 1 only rows
    whose version is higher count. Whoever asks the engine several times looks at it before and
    after, and asks again when it moved. `filled`: of a hundred customers so many are in the
    picture, which is less while it is being made anew. `answering`: whether the engine takes what
    is written to it.
    """

    at: datetime
    lag_seconds: float
    positions: Mapping[int, int]
    generation: int
    filled: int
    answering: bool


async def applied(ctx: Context) -> Applied:
    """Return where the picture stands for the tenant."""
    now = ctx.now()
    at = min(await waiting_since(ctx, READER) or now, now)
    state = await ctx.session.get(PictureState, _ROW, populate_existing=True)
    rebuild = await ctx.session.get(PictureRebuild, ctx.tenant_id, populate_existing=True)
    filled = 100 if state is not None and state.epoch else 0
    if rebuild is not None and rebuild.lacking:
        filled = min(99, 100 * rebuild.done // max(1, rebuild.total))
    return Applied(
        at=at,
        lag_seconds=(now - at).total_seconds(),
        positions=await applied_positions(ctx.session),
        generation=0 if state is None else state.generation,
        filled=filled,
        answering=state is not None and state.answering,
    )


async def followed_until(ctx: Context) -> datetime | None:
    """Return until when all that happened, and all that time alone changed, was looked at."""
    stand = await applied(ctx)
    state = await ctx.session.get(PictureState, _ROW)
    if state is None or state.passed_at is None:
        return None
    return min(stand.at, state.passed_at)


async def applied_positions(session: AsyncSession) -> dict[int, int]:
    """Return up to where, by shard, the engine holds facts and the picture follows from them."""
    rows = await session.execute(
        select(Cursor.shard, func.min(Cursor.position).label("position"))
        .where(Cursor.reader.in_((READER, FEEDER)))
        .group_by(Cursor.shard)
        .having(func.count() == len((READER, FEEDER)))
    )
    found: dict[int, int] = {row.shard: row.position for row in rows}
    return {shard: found.get(shard, 0) for shard in range(SHARDS)}


async def generation_of(session: AsyncSession) -> int:
    """Return the number of the base."""
    found = await session.scalar(select(PictureState.generation).where(PictureState.id == _ROW))
    return found or 0


async def writing_of(session: AsyncSession) -> tuple[int, int | None]:
    """Return the number of the base, and the last writing, unless another is under way."""
    query = select(PictureState.generation, PictureState.version, PictureState.written)
    row = (await session.execute(query.where(PictureState.id == _ROW))).one_or_none()
    if row is None:
        return 0, None
    return row.generation, row.version if row.version == row.written else None


async def state_of(session: AsyncSession) -> PictureState:
    """Return the state; there is one since somebody led."""
    return await session.get_one(PictureState, _ROW, populate_existing=True)


async def begin_state(session: AsyncSession) -> None:
    """Make the state where there is none yet."""
    await session.execute(insert(PictureState).values(id=_ROW).on_conflict_do_nothing())


async def begin_lead(session: AsyncSession) -> PictureState:
    """Become the leader; return the state. Former leaders can no longer change it."""
    await begin_state(session)
    found = await session.scalars(
        update(PictureState)
        .where(PictureState.id == _ROW)
        .values(leader=PictureState.leader + 1)
        .returning(PictureState)
        .execution_options(populate_existing=True)
    )
    return found.one()


async def guard(session: AsyncSession, leader: int) -> None:
    """Let nobody else take over until this transaction ends. Raises `Overtaken`."""
    query = select(PictureState.leader).where(PictureState.id == _ROW)
    if await session.scalar(query.with_for_update(key_share=True)) != leader:
        raise Overtaken


async def set_state(session: AsyncSession, leader: int | None, **values: Any) -> PictureState:
    """Change the state as `leader` (or anybody, without one); return it. Raises `Overtaken`."""
    query = update(PictureState).where(PictureState.id == _ROW)
    if leader is not None:
        query = query.where(PictureState.leader == leader)
    found = await session.scalars(
        query.values(**values)
        .returning(PictureState)
        .execution_options(populate_existing=True, synchronize_session=False)
    )
    state = found.one_or_none()
    if state is None:
        raise Overtaken
    return state


async def next_version(session: AsyncSession, leader: int | None) -> int:
    """Return the number of the next writing. Raises `Overtaken`.

    It is taken after the facts were read that are to be followed and before persons are loaded,
    so that of two rows of a customer the higher one has seen at least as much.
    """
    state = await set_state(session, leader, version=PictureState.version + 1)
    return state.version
