"""Members in memory, for who asks again and again; never older than the audience's row."""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Final

from pyroaring import BitMap64

from siyu.core.context import Context
from siyu.people.audiences import membership

_MOST_BYTES: Final = 256 << 20
_OVERHEAD: Final = 500

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
            key = ctx.tenant_id, audience_id
            held = self._held.get(key)
            if held is not None and held[0] == revision:
                self._held.move_to_end(key)
                found[audience_id] = held[1]
            else:
                found[audience_id] = await membership.members(ctx, audience_id)
                self.keep(ctx, audience_id, revision, found[audience_id])
        return found

    def keep(self, ctx: Context, audience_id: int, revision: int, members: BitMap64) -> None:
        """Keep a copy."""
        key = ctx.tenant_id, audience_id
        self._drop(key)
        size = len(members.serialize()) + _OVERHEAD
        self._held[key] = revision, members, size
        self._bytes += size
        while self._bytes > self._most:
            self._drop(next(iter(self._held)))

    def _drop(self, key: Key) -> None:
        held = self._held.pop(key, None)
        if held is not None:
            self._bytes -= held[2]
