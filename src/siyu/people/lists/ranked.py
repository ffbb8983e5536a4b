"""Customers in an order, as arrays: pages of any set are cut out of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap64

_NEAR: Final = 1_000
_FARTHER: Final = 4
"""So many are looked at first, and so many times more each time they were too few."""
_WALKED: Final = 20_000
"""So many are looked at one by one quicker than all at once."""
_PAIR: Final = np.dtype([("id", "<u8"), ("value", "<i8")])


class Rank(NamedTuple):
    """Where somebody stands: the greatest value first, of equal ones the lowest number.

    Who has no value (0) stands behind all who have one.
    """

    value: int
    id: int


@dataclass(frozen=True, eq=False)
class Ranked:
    """People in their order; those without a value come last, if they are here at all."""

    ids: NDArray[np.uint64]
    values: NDArray[np.int64]

    @classmethod
    def read(cls, body: bytes) -> "Ranked":
        """Read numbers with their values in RowBinary, in order; who comes twice counts once."""
        pairs = np.frombuffer(body, _PAIR)
        ids = pairs["id"]
        new = np.append(True, ids[1:] != ids[:-1])[: len(ids)]
        return cls(ids[new], pairs["value"][new])

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        return self.ids.nbytes + self.values.nbytes

    def valued(self) -> "Ranked":
        """Return those who have a value."""
        count = np.count_nonzero(self.values > 0)
        return Ranked(self.ids[:count], self.values[:count])

    def amended(self, by: "Ranked") -> "Ranked":
        """Return the order in which those of `by` stand as they do there, if they have a value."""
        if not len(by.ids):
            return self
        stay = ~np.isin(self.ids, by.ids, assume_unique=True)
        old, new = Ranked(self.ids[stay], self.values[stay]), by.valued()
        places = old.places(new)
        return Ranked(
            np.insert(old.ids, places, new.ids), np.insert(old.values, places, new.values)
        )

    def places(self, others: "Ranked") -> NDArray[np.int64]:
        """Return how many stand before each of the others: a binary search for all at once."""
        low = np.zeros(len(others.ids), np.int64)
        high = np.full(len(others.ids), len(self.ids), np.int64)
        while np.any(searching := low < high):
            middle = np.where(searching, (low + high) // 2, 0)
            values, ids = self.values[middle], self.ids[middle]
            before = (values > others.values) | (values == others.values) & (ids < others.ids)
            low = np.where(searching & before, middle + 1, low)
            high = np.where(searching & ~before, middle, high)
        return low

    def first(self, members: BitMap64, after: Rank | None, limit: int) -> list[Rank]:
        """Return the first members that are here, behind a rank."""
        start = 0 if after is None else self._behind(after)
        places: list[int] = []
        for begin, end in _stretches(start, len(self.ids)):
            hits = _inside(self.ids[begin:end], members)[: limit - len(places)]
            places += (hits + begin).tolist()
            if len(places) == limit:
                break
        return [Rank(int(self.values[i]), int(self.ids[i])) for i in places]

    def last(self, members: BitMap64, after: int, limit: int) -> list[Rank]:
        """Return the first members that are not here, by number, behind one."""
        left = _array(members)
        found: list[int] = []
        for begin, end in _stretches(int(np.searchsorted(left, after, "right")), len(left)):
            some = left[begin:end]
            found += some[~np.isin(some, self.ids, assume_unique=True)][
                : limit - len(found)
            ].tolist()
            if len(found) == limit:
                break
        return [Rank(0, one) for one in found]

    def _behind(self, rank: Rank) -> int:
        one = Ranked(np.array([rank.id], np.uint64), np.array([rank.value], np.int64))
        place = int(self.places(one)[0])
        return place + (place < len(self.ids) and int(self.ids[place]) == rank.id)


def _stretches(begin: int, end: int) -> Iterator[tuple[int, int]]:
    length = _NEAR
    while begin < end:
        yield begin, min(begin + length, end)
        begin, length = begin + length, length * _FARTHER


def _inside(ids: NDArray[np.uint64], members: BitMap64) -> NDArray[np.intp]:
    """Return the places in `ids` at which a member stands."""
    if len(ids) <= _WALKED:
        return np.array([i for i, one in enumerate(ids.tolist()) if one in members], np.intp)
    return np.flatnonzero(np.isin(ids, _array(members), assume_unique=True))


def _array(members: BitMap64) -> NDArray[np.uint64]:
    return np.frombuffer(members.to_array(), np.uint64)
