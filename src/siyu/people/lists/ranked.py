"""Customers in an order, as arrays: pages of any set are cut out of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap64

from siyu.people.rules.answers.arrays import Among, array_of, bitmap_of, firsts, rows

_NEAR: Final = 20_000
"""So many are looked at one by one, before it is worth while to look at many at once."""
_STRETCH: Final = 100_000
_FARTHER: Final = 4
"""So many at once, and so many times more each time they were too few."""
_PAIR: Final = np.dtype([("id", "<u8"), ("value", "<i8")])


class Rank(NamedTuple):
    """Where somebody stands: the greatest value first, of equal ones the lowest number.

    Who has no value (0) stands behind all who have one.
    """

    value: int
    id: int


@dataclass(frozen=True, eq=False)
class Ranked:
    """People in their order, who are `here`; those without a value come last, if they are."""

    ids: NDArray[np.uint64]
    values: NDArray[np.int64]
    here: BitMap64

    @classmethod
    def of(cls, ids: NDArray[np.uint64], values: NDArray[np.int64]) -> "Ranked":
        """Return those who stand in this order."""
        return cls(ids, values, bitmap_of(np.sort(ids)))

    @classmethod
    def read(cls, body: bytes) -> "Ranked":
        """Read numbers with their values in RowBinary, in order; who comes twice counts once."""
        came = rows(body, _PAIR)
        first = firsts(came["id"])
        return cls.of(came["id"][first], came["value"][first])

    @property
    def size(self) -> int:
        """Bytes that the arrays take."""
        return self.ids.nbytes + self.values.nbytes

    def valued(self) -> "Ranked":
        """Return those who have a value."""
        count = np.count_nonzero(self.values > 0)
        return Ranked.of(self.ids[:count], self.values[:count])

    def amended(self, by: "Ranked") -> "Ranked":
        """Return the order in which those of `by` stand as they do there, if they have a value."""
        stay = ~Among(np.sort(by.ids))(self.ids)
        ids, values = self.ids[stay], self.values[stay]
        new = by.valued()
        places = _places(ids, values, new)
        here = (self.here - by.here) | new.here
        return Ranked(np.insert(ids, places, new.ids), np.insert(values, places, new.values), here)

    def first(self, members: BitMap64, after: Rank | None, limit: int) -> list[Rank]:
        """Return the first members that are here, behind a rank."""
        fit = members & self.here
        limit = min(limit, len(fit))
        begin = 0 if after is None else self._behind(after)
        near = self.ids[begin : begin + _NEAR].tolist()
        places = [*islice((begin + i for i, one in enumerate(near) if one in fit), limit)]
        if len(places) < limit:
            among = Among(array_of(fit))
            for start, end in _stretches(begin + _NEAR, len(self.ids)):
                hits = np.flatnonzero(among(self.ids[start:end]))[: limit - len(places)]
                places += (hits + start).tolist()
                if len(places) == limit:
                    break
        return [Rank(int(self.values[i]), int(self.ids[i])) for i in places]

    def last(self, members: BitMap64, after: int, limit: int) -> list[Rank]:
        """Return the first members that are not here, by number, behind one."""
        left = members - self.here
        begin = left.rank(after)
        return [Rank(0, one) for one in left[begin : begin + limit]]

    def _behind(self, rank: Rank) -> int:
        one = Ranked(np.array([rank.id], np.uint64), np.array([rank.value], np.int64), BitMap64())
        place = int(_places(self.ids, self.values, one)[0])
        return place + (place < len(self.ids) and int(self.ids[place]) == rank.id)


def _places(
    ids: NDArray[np.uint64], values: NDArray[np.int64], others: Ranked
) -> NDArray[np.int64]:
    """Return how many stand before each of the others: a binary search for all at once."""
    low = np.zeros(len(others.ids), np.int64)
    high = np.full(len(others.ids), len(ids), np.int64)
    while np.any(searching := low < high):
        middle = np.where(searching, (low + high) // 2, 0)
        before = (values[middle] > others.values) | (
            (values[middle] == others.values) & (ids[middle] < others.ids)
        )
        low = np.where(searching & before, middle + 1, low)
        high = np.where(searching & ~before, middle, high)
    return low


def _stretches(begin: int, end: int) -> Iterator[tuple[int, int]]:
    length = _STRETCH
    while begin < end:
        yield begin, min(begin + length, end)
        begin, length = begin + length, length * _FARTHER
