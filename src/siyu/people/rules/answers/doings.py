"""Who did what how often: facts are read by identity, and counted for whose they are."""

import asyncio
from collections.abc import Coroutine, Sequence
from functools import partial
from typing import Any

from pyroaring import BitMap64

from siyu.core.together import both, together
from siyu.people.rules.answers import statements
from siyu.people.rules.answers.carried import Carried
from siyu.people.rules.answers.kept import Kept, Sized
from siyu.people.rules.answers.owners import Done, Owners
from siyu.people.rules.answers.statements import Place
from siyu.people.rules.answers.turns import Turns
from siyu.people.rules.plan import Acts, Facts


class Doings:
    """Answers who did what, in the base and among those who changed since, by one reading.

    `kept_bytes` is what whose the facts are may take in memory, and as much what was read of them.
    """

    def __init__(self, turns: Turns, *, kept_bytes: int) -> None:
        self._turns = turns
        self._done: Kept[Done] = Kept(kept_bytes)
        self._owners: Carried[int, Owners] = Carried(kept_bytes)

    async def base(
        self, tenant_id: int, place: Place, acts: Sequence[Acts]
    ) -> dict[Acts, Sized[BitMap64]]:
        """Return who acted so, by whose the base says the facts are."""
        return await self._who(tenant_id, place, acts, self.owners(tenant_id, place))

    async def since(
        self, tenant_id: int, place: Place, acts: Sequence[Acts]
    ) -> dict[Acts, Sized[BitMap64]]:
        """Return who acted so, of those who changed since."""
        whose = self._turns.ask(*statements.owned_since(tenant_id, place), Owners.read)
        return await self._who(tenant_id, place, acts, whose)

    async def owners(self, tenant_id: int, place: Place) -> Owners:
        """Return whose the facts are by the base; raises what `Analytics` raises."""

        async def read(above: int | None) -> Owners:
            return await self._turns.ask(*statements.owned(tenant_id, above), Owners.read)

        return await self._owners.get(tenant_id, place.generation, read)

    async def _who(
        self,
        tenant_id: int,
        place: Place,
        acts: Sequence[Acts],
        whose: Coroutine[Any, Any, Owners],
    ) -> dict[Acts, Sized[BitMap64]]:
        async def read(missing: Sequence[Facts]) -> dict[Facts, Sized[Done]]:
            found = await together(*(self._did(tenant_id, place, one) for one in missing))
            return {one: (each, each.size) for one, each in zip(missing, found, strict=True)}

        facts = {act.facts for act in acts}
        # Identities do not change with the base.
        owners, found = await both(whose, self._done.get((tenant_id, place.applied), facts, read))
        return {
            act: await asyncio.to_thread(_who_did, owners, found[act.facts], act) for act in acts
        }

    async def _did(self, tenant_id: int, place: Place, facts: Facts) -> Done:
        """Return who did it how often; where it was done very often the engine counts."""
        each = statements.done(facts, tenant_id, place)
        found = await self._turns.ask(*each, partial(Done.read, most=statements.MOST_FACTS))
        if found is not None:
            return found
        return await self._turns.ask(*statements.counted(facts, tenant_id, place), Done.counted)


def _who_did(owners: Owners, done_: Done, act: Acts) -> Sized[BitMap64]:
    members = owners.who_did(done_, act.least, act.most)
    return members, len(members.serialize())
