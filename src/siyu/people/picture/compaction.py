"""Brings what changed into the base.

Who is in tier 1 counts by it alone, so the base can be rewritten under it unseen: the old rows of
all who changed are deleted, their latest ones inserted. Then the generation is raised to the
version up to which that was done, and with that very number everybody stops to look at those rows
of tier 1; taking them away is only tidying. Killed between any two steps, it begins anew.
"""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import func

from siyu.core.analytics.schema import Table
from siyu.people.picture.engine import PERSON, PERSON_CONTACT, PERSON_VALUE
from siyu.people.picture.keeper import Keeper
from siyu.people.picture.models import PictureState
from siyu.people.picture.state import set_state, state_of

_MANY: Final = 100_000
"""So many changed customers are brought into the base, whatever its size,"""
_FEW: Final = 5_000
"""fewer than these only for their age,"""
_SHARE: Final = 50
"""between the two one of so many in the base."""
_MANY_FRESH: Final = 500_000
"""While the picture is being made there is little in the base to ask, and much to come."""
_OLD: Final = timedelta(minutes=10)

_LATEST: Final = (
    "SELECT tenant_id, customer_id, max(version) AS latest FROM {person} WHERE tier = 1"
    " AND version > {{generation:UInt64}} GROUP BY tenant_id, customer_id"
    " HAVING latest <= {{until:UInt64}}"
)


class Compaction(Keeper):
    """Compacts the picture of all tenants at once; for the leader."""

    async def due(self, *, fresh: bool) -> bool:
        """Tell whether so much changed, or so long ago, that it belongs into the base.

        `fresh`: the picture is being made.
        """
        async with self._db.system() as session:
            state = await state_of(session)
        rows = await self._analytics.query(
            "SELECT countIf(tier = 1 AND version > {generation:UInt64}), countIf(tier = 0)"
            " FROM person",
            {"generation": state.generation},
        )
        changed, base = rows[0]
        if fresh:
            return bool(changed >= _MANY_FRESH)
        enough = min(_MANY, max(_FEW, base // _SHARE))
        return bool(changed >= enough or (changed and self._old(state.compacted_at)))

    async def run(self) -> None:
        """Compact now. Raises `Overtaken`, and what a lost engine or database raises."""
        async for _ in self.steps():
            pass

    async def steps(self) -> AsyncIterator[str]:
        """Compact, stopping after each step to say what it was."""
        async with self._db.system() as session:
            state = await state_of(session)
        await self._tidy(state.generation)
        yield "tidied"
        # Nobody writes between two versions: all up to this one are in the engine.
        until = await self._projector.take_version()
        span = {"generation": state.generation, "until": until}
        for table in (PERSON_CONTACT, PERSON_VALUE, PERSON):
            await self._clear(table, span)
            yield f"cleared {table.name}"
            await self._fill(table, span)
            yield f"filled {table.name}"
        await self._mark(state.epoch, until)
        yield "marked"
        async with self._db.system() as session:
            await set_state(
                session,
                self._projector.leader,
                generation=until,
                written=func.greatest(PictureState.written, until),
                compacted_at=self._clock.now(),
            )
        yield "raised"
        await self._tidy(until)

    def _old(self, compacted_at: datetime | None) -> bool:
        return compacted_at is None or self._clock.now() >= compacted_at + _OLD

    async def _clear(self, table: Table, span: dict[str, Any]) -> None:
        """Delete the base's rows of all who changed."""
        # All rows of a customer lie on one server, so each can tell for itself who changed.
        latest = _LATEST.format(person=self._topology.local(PERSON))
        whose = f"SELECT tenant_id, customer_id FROM ({latest})"  # noqa: S608 - constants
        await self._delete(table, 0, f"(tenant_id, customer_id) IN ({whose})", span)

    async def _fill(self, table: Table, span: dict[str, Any]) -> None:
        """Copy the latest rows of all who changed into the base; the gone have none there."""
        columns = ", ".join(name for name in table.columns if name != "tier")
        latest = _LATEST.format(person=PERSON.name)
        living = " AND gone = 0" if table is PERSON else ""
        await self._analytics.command(
            f"INSERT INTO {table.name} (tier, {columns}) SELECT 0, {columns} FROM {table.name}"  # noqa: S608 - constants
            f" WHERE tier = 1 AND (tenant_id, customer_id, version) GLOBAL IN ({latest}){living}",
            span,
            settings=self._topology.insert_settings,
        )

    async def _tidy(self, generation: int) -> None:
        """Take away what is in the base, the heads first: rows without one are nobody's."""
        for table in (PERSON, PERSON_CONTACT, PERSON_VALUE):
            await self._delete(
                table, 1, "version <= {generation:UInt64}", {"generation": generation}
            )

    async def _delete(self, table: Table, tier: int, which: str, values: dict[str, Any]) -> None:
        await self._analytics.command(
            f"DELETE FROM {self._topology.stored(table)} IN PARTITION {tier:d} WHERE {which}",  # noqa: S608 - constants
            values,
            settings=self._topology.delete_settings,
        )
