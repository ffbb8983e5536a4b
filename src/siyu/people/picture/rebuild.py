"""Writing the picture anew from PostgreSQL: on demand, and when the engine lost it.

Customers are written as if all of them had changed, so that the picture stays exact meanwhile.
"""

from typing import Final
from uuid import uuid4

import structlog
from sqlalchemy import delete, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from siyu.core.clock import Clock
from siyu.people.models import Customer
from siyu.people.picture.engine import PERSON, PERSON_CONTACT, PERSON_MARK, PERSON_VALUE
from siyu.people.picture.keeper import Keeper
from siyu.people.picture.models import PictureRebuild
from siyu.people.picture.state import begin_state, guard, next_version, set_state, state_of

_log = structlog.get_logger(__name__)

_CUSTOMERS: Final = 2_000
_GHOSTS: Final = 5_000
_FORM: Final = 2
"""Raised when rows mean something else than before: a picture of another form is made anew."""


def new_epoch() -> str:
    """Return the name of a new making of the picture."""
    return f"{_FORM}-{uuid4().hex}"


async def ask_rebuild(
    session: AsyncSession, clock: Clock, tenant_id: int | None, *, lacking: bool = False
) -> None:
    """Have the picture of a tenant, or of all, written anew; one under way begins again.

    The session sees all tenants. `lacking`: the engine has nothing of them.
    """
    await begin_state(session)
    version = await next_version(session, None)
    given = (version, lacking, clock.now())
    people = select(Customer.tenant_id, func.count(), *map(literal, given))
    if tenant_id is not None:
        people = people.where(Customer.tenant_id == tenant_id)
    names = ["tenant_id", "total", "version", "lacking", "asked_at"]
    asked = insert(PictureRebuild).from_select(names, people.group_by(Customer.tenant_id))
    again = {name: asked.excluded[name] for name in ("total", "version", "asked_at")}
    # What lacked before lacks still.
    lacks = PictureRebuild.lacking | asked.excluded.lacking
    await session.execute(
        asked.on_conflict_do_update(
            index_elements=["tenant_id"], set_=again | {"after": 0, "done": 0, "lacking": lacks}
        )
    )


class PictureLost(Exception):
    """The engine has no longer the tables it had, or older ones."""


class Rebuild(Keeper):
    """Writes the picture anew; for the leader."""

    async def check(self) -> None:
        """Raise `PictureLost` unless the engine's tables are those that the state speaks of."""
        async with self._db.system() as session:
            state = await state_of(session)
        held = await self._analytics.query(
            "SELECT greatest(max(version), (SELECT max(version) FROM person WHERE tier = 1)),"
            " count() FROM person_mark WHERE epoch = {epoch:String}",
            {"epoch": state.epoch},
        )
        newest, known = held[0]
        # Less than was written: an older copy. More than was ever given out: PostgreSQL is one.
        async with self._db.system() as session:
            given = (await state_of(session)).version
        ours = state.epoch.startswith(f"{_FORM}-")
        if not (ours and known and state.written <= newest <= given):
            raise PictureLost

    async def begin_again(self) -> None:
        """Empty the tables and have all tenants written, under a new mark."""
        async with self._db.system() as session:
            if (await state_of(session)).epoch:  # the first making of all is nothing to worry about
                _log.warning("picture.begun_again")
            await set_state(session, self._projector.leader, epoch="")
            await ask_rebuild(session, self._clock, None, lacking=True)
        for table in (PERSON, PERSON_CONTACT, PERSON_VALUE, PERSON_MARK):
            await self._analytics.command(f"TRUNCATE TABLE {self._topology.stored(table)}")
        async with self._db.system() as session:
            version = await next_version(session, self._projector.leader)
        epoch = new_epoch()
        await self._mark(epoch, version)
        async with self._db.system() as session:
            values = {"epoch": epoch, "generation": version, "written": version}
            await set_state(session, self._projector.leader, **values)

    async def pending(self) -> PictureRebuild | None:
        """Return the tenant that is being written."""
        async with self._db.system() as session:
            query = select(PictureRebuild).order_by(PictureRebuild.tenant_id).limit(1)
            found: PictureRebuild | None = await session.scalar(query)
            return found

    async def step(self, row: PictureRebuild) -> None:
        """Write some more customers of a tenant; the last step ends its rebuild."""
        async with self._db.tenant(row.tenant_id) as session:
            query = (
                select(Customer.id)
                .where(Customer.tenant_id == row.tenant_id, Customer.id > row.after)
                .order_by(Customer.id)
                .limit(_CUSTOMERS)
            )
            some = (await session.scalars(query)).all()
        if some:
            await self._projector.write(row.tenant_id, some, gone=False)
            await self._move(row, some[-1], len(some))
        elif ghosts := await self._ghosts(row):
            await self._projector.write(row.tenant_id, ghosts)
        else:
            await self._end(row)

    async def _move(self, row: PictureRebuild, after: int, count: int) -> None:
        async with self._db.system() as session:
            await guard(session, self._projector.leader)
            # One that was asked for anew meanwhile goes on from its own beginning.
            await session.execute(
                update(PictureRebuild)
                .where(
                    PictureRebuild.tenant_id == row.tenant_id,
                    PictureRebuild.version == row.version,
                )
                .values(after=after, done=PictureRebuild.done + count)
                .execution_options(synchronize_session=False)
            )

    async def _ghosts(self, row: PictureRebuild) -> list[int]:
        """Return customers whom the engine knows and nothing has written since the beginning."""
        rows = await self._analytics.query(
            "SELECT customer_id FROM person WHERE tenant_id = {tenant:UInt64}"
            " GROUP BY customer_id HAVING max(version) <= {version:UInt64} LIMIT {some:UInt64}",
            {"tenant": row.tenant_id, "version": row.version, "some": _GHOSTS},
        )
        return [customer_id for (customer_id,) in rows]

    async def _end(self, row: PictureRebuild) -> None:
        async with self._db.system() as session:
            await guard(session, self._projector.leader)
            await session.execute(
                delete(PictureRebuild)
                .where(
                    PictureRebuild.tenant_id == row.tenant_id,
                    PictureRebuild.version == row.version,
                )
                .execution_options(synchronize_session=False)
            )
        _log.info("picture.rebuilt", tenant=row.tenant_id, customers=row.done)
