"""Members in memory, for who asks again and again; never older than the audience's row."""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Final

from pyroaring import BitMap64

from siyu.core.context import Context
from siyu.people.audiences import membership

_MOST_BYTES: Final = 256 << 20
_OVERHEAD: Final = 500
_CONTAINER: Final = 16
"""Bytes of a bitmap's container beside its members."""

Key = tuple[int, int]


class Copies:
    """Copies of members by revision; the longest unused go first.

    A revision is never given twice, so a copy changed in a transaction that was rolled back is
    known not to be one. Bitmaps that are given out are shared; who changes one keeps it anew.
    """

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._most = most_bytes
        self._bytes = 0
        self._held: OrderedDict[Key, tuple[int, BitMap64, int]] = OrderedDict()

    async def of(self, ctx: Context, revisions: Mapping[int, int]) -> dict[int, BitMap64]:
        """Return the members of audiences, given the revisions that this transaction sees."""
        found = {}
        for audience_id, revision in revisions.items():
            members = self._known(ctx, audience_id, revision)
            if members is None:
                members = await membership.members(ctx, audience_id)
                self.keep(ctx, audience_id, revision, members)
            found[audience_id] = members
        return found

    async def warm(self, ctx: Context, revisions: Mapping[int, int]) -> None:
        """Read the members of audiences before somebody needs them, as long as there is room."""
        for audience_id, revision in revisions.items():
            if self._known(ctx, audience_id, revision) is None:
                members = await membership.members(ctx, audience_id)
                if not self.keep(ctx, audience_id, revision, members):
                    return

    def keep(self, ctx: Context, audience_id: int, revision: int, members: BitMap64) -> bool:
        """Keep a copy; tell whether there was room for it beside all others."""
        key = ctx.tenant_id, audience_id
        self._drop(key)
        size = _bytes(members)
        self._held[key] = revision, members, size
        self._bytes += size
        room = self._bytes <= self._most
        while self._bytes > self._most:
            self._drop(next(iter(self._held)))
        return room

    def _known(self, ctx: Context, audience_id: int, revision: int) -> BitMap64 | None:
        key = ctx.tenant_id, audience_id
        held = self._held.get(key)
        if held is None or held[0] != revision:
            return None
        self._held.move_to_end(key)
        return held[1]

    def _drop(self, key: Key) -> None:
        held = self._held.pop(key, None)
        if held is not None:
            self._bytes -= held[2]


def _bytes(members: BitMap64) -> int:
    held = members.get_statistics()
    return (
        held["n_bytes_array_containers"]
        + held["n_bytes_run_containers"]
        + held["n_bytes_bitset_containers"]
        + _CONTAINER * held["n_containers"]
        + _OVERHEAD
    )
