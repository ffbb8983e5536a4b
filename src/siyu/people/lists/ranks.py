"""Knows in which order an enterprise's customers stand, and cuts pages of any set out of it.

The order of the base is read once and kept in memory; when the generation of the picture moves,
those who came into the base since are put in their new places. Whoever changed after that is asked
for anew each time, and stands by that alone.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from datetime import timedelta
from typing import Final, Literal

from pyroaring import BitMap64

from siyu.core.analytics import Analytics
from siyu.core.paging import Moment, Number, decode_cursor, encode_cursor
from siyu.people.customers.queries import EPOCH
from siyu.people.lists.ranked import Rank, Ranked
from siyu.people.picture.engine import TIERS
from siyu.people.rules.answers.carried import Carried
from siyu.people.rules.answers.sets import Picture, Restless
from siyu.people.rules.answers.statements import Place

Order = Literal["latest", "amount", "orders", "last_paid"]
"""The latest friend first (last those of whom only the end of a friendship is known); or who paid
most, has most orders, or paid last."""

_VALUES: Final[Mapping[Order, str]] = {
    "latest": "ifNull(toUnixTimestamp64Micro(last_add_at), 0)",
    "amount": "gmv_fen",
    "orders": "toInt64(orders)",
    "last_paid": "ifNull(toUnixTimestamp64Micro(last_paid_at), 0)",
}
_TRIES: Final = 4
_TENANTS: Final = 100


class Ranks:
    """Orders of all tenants; one for a process. `kept_bytes` is what they may take in memory."""

    def __init__(self, analytics: Analytics, picture: Picture, *, kept_bytes: int) -> None:
        self._analytics = analytics
        self._picture = picture
        self._bases: Carried[tuple[int, Order], Ranked] = Carried(kept_bytes)
        self._changed: OrderedDict[tuple[int, Order], tuple[Place, Ranked]] = OrderedDict()

    async def page(
        self, tenant_id: int, order: Order, members: BitMap64, after: Rank | None, limit: int
    ) -> list[Rank]:
        """Return the first of the members behind a rank, in order.

        Raises `Restless`, and what `Analytics` raises.
        """
        for _ in range(_TRIES):
            place = await self._picture.place()
            base = await self._base(tenant_id, order, place.generation)
            since = await self._since(tenant_id, order, place)
            # A compaction moves people from one part to the other, which would hide or double them.
            if (await self._picture.place()).generation == place.generation:
                return await asyncio.to_thread(_page, base, since, members, after, limit)
        raise Restless

    async def prepare(self, tenant_id: int, order: Order) -> None:
        """Read the order now, that nobody waits for it; raises what `Analytics` raises."""
        await self._base(tenant_id, order, (await self._picture.place()).generation)

    async def _base(self, tenant_id: int, order: Order, generation: int) -> Ranked:
        async def read(above: int | None) -> Ranked:
            which = "value > 0" if above is None else "version > {generation:UInt64}"
            return await self._read(tenant_id, order, f"{TIERS[0]} AND {which}", above)

        return await self._bases.get((tenant_id, order), generation, read)

    async def _since(self, tenant_id: int, order: Order, place: Place) -> Ranked:
        key = tenant_id, order
        known = self._changed.get(key)
        if known is None or place.settled is None or known[0] != place:
            known = place, await self._read(tenant_id, order, TIERS[1], place.generation)
        self._changed[key] = known
        self._changed.move_to_end(key)
        while len(self._changed) > _TENANTS:
            self._changed.popitem(last=False)
        return known[1]

    async def _read(
        self, tenant_id: int, order: Order, which: str, generation: int | None
    ) -> Ranked:
        body = await self._analytics.raw(
            f"SELECT customer_id, {_VALUES[order]} AS value FROM person"  # noqa: S608 - constants
            f" WHERE {which} AND tenant_id = {{tenant:UInt64}} ORDER BY value DESC, customer_id",
            {"tenant": tenant_id, "generation": generation},
        )
        return await asyncio.to_thread(Ranked.read, body)


def cursor_of(order: Order, rank: Rank) -> str:
    """Return the cursor of the page behind somebody; in the order `latest` PostgreSQL reads it."""
    if order == "latest":
        return encode_cursor(EPOCH + timedelta(microseconds=rank.value), rank.id)
    return encode_cursor(order, *rank)


def rank_in(order: Order, cursor: str | None) -> Rank | None:
    """Return behind whom a page begins; raises `Invalid`."""
    if cursor is None:
        return None
    if order != "latest":
        _, value, number = decode_cursor(cursor, Literal[order], Number, Number)
        return Rank(value, number)
    at, number = decode_cursor(cursor, Moment, Number)
    return Rank((at - EPOCH) // timedelta(microseconds=1), number)


def _page(
    base: Ranked, since: Ranked, members: BitMap64, after: Rank | None, limit: int
) -> list[Rank]:
    parts = (base, members - since.here), (since.valued(), members & since.here)
    found: list[Rank] = []
    if after is None or after.value > 0:
        found = [each for order, some in parts for each in order.first(some, after, limit)]
        found = sorted(found, key=lambda rank: (-rank.value, rank.id))[:limit]
        after = None
    if len(found) < limit:
        behind = 0 if after is None else after.id
        rest = [each for order, some in parts for each in order.last(some, behind, limit)]
        found += sorted(rest, key=lambda rank: rank.id)[: limit - len(found)]
    return found
