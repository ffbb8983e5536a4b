"""Sets of numbers as arrays and back, and many numbers looked up in a set at once.

A bitmap holds the interpreter while it is read or made, so that is done in portions: the loop of a
process that answers others must not stand still meanwhile.
"""

from array import array
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap64

from siyu.core.analytics import AnalyticsUnavailable

Numbers = NDArray[np.unsignedinteger[Any]]
_PORTION: Final = 100_000
_RANGE: Final = 1 << 19
_WIDEST: Final = 1 << 26
"""So far apart may numbers be to be looked up in a table with a byte for each."""


class Among:
    """Tells of many numbers at once whether they are in a set, given in ascending order.

    Of numbers that lie close together by a table; of others, as where many enterprises share one
    sequence, by a binary search for each.
    """

    def __init__(self, numbers: Numbers) -> None:
        self._numbers = numbers.astype(np.uint64)
        self._table: NDArray[np.bool] | None = None
        if len(numbers) and int(numbers[-1]) - int(numbers[0]) < _WIDEST:
            self._table = np.zeros(int(numbers[-1]) - int(numbers[0]) + 1, bool)
            self._table[self._numbers - self._numbers[0]] = True

    def __call__(self, asked: Numbers) -> NDArray[np.bool]:
        """Return of each number whether it is in the set."""
        if not len(self._numbers):
            return np.zeros(len(asked), bool)
        wanted = asked.astype(np.uint64)
        if self._table is None:
            places = np.searchsorted(self._numbers, wanted)
            found: NDArray[np.bool] = (
                self._numbers[np.minimum(places, len(self._numbers) - 1)] == wanted
            )
            return found
        # What lies before the first one becomes very large, for these numbers have no sign.
        wanted -= self._numbers[0]
        inside = wanted < len(self._table)
        return inside & self._table[np.where(inside, wanted, 0)]


def array_of(members: BitMap64) -> Numbers:
    """Return the members in ascending order."""
    parts: list[Numbers] = []
    begin = members.min() if members else None
    while begin is not None:
        end = begin + _RANGE
        parts.append(np.frombuffer((members & BitMap64(range(begin, end))).to_array(), np.uint64))
        begin = members.next_set_bit(end) if members.max() >= end else None
    return np.concatenate(parts) if parts else np.zeros(0, np.uint64)


def bitmap_of(numbers: Numbers) -> BitMap64:
    """Return the set of numbers in ascending order."""
    found = BitMap64()
    for begin in range(0, len(numbers), _PORTION):
        some = numbers[begin : begin + _PORTION].astype(np.uint64)
        found |= BitMap64(array("Q", some.tobytes()))
    return found


def firsts(ordered: Numbers) -> NDArray[np.bool]:
    """Return of each number whether another one stands before it."""
    return np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)]


def small(numbers: Numbers) -> Numbers:
    """Return the numbers in as few bytes as they need."""
    return numbers.astype(np.min_scalar_type(numbers.max())) if len(numbers) else numbers


def rows(body: bytes, kind: np.dtype[np.void]) -> NDArray[np.void]:
    """Return the rows of an answer in RowBinary; raises `AnalyticsUnavailable` if it was cut."""
    if len(body) % kind.itemsize:
        raise AnalyticsUnavailable("an answer ended in the midst of a row")
    return np.frombuffer(body, kind)
