"""Whose facts are: customers by identity, as arrays.

Facts are told of identities. Ten million customers have some twenty million of these; to find
their customers here takes a tenth of the time in which the engine joins them.
"""

from array import array
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap64

_OWNED: Final = np.dtype([("identity", "<u8"), ("customer", "<u8")])
_DONE: Final = np.dtype([("identity", "<u8"), ("times", "<u8")])


@dataclass(frozen=True, eq=False)
class Owners:
    """Each identity's customer; `identities` ascend."""

    identities: NDArray[np.unsignedinteger]
    customers: NDArray[np.unsignedinteger]

    @classmethod
    def read(cls, body: bytes) -> "Owners":
        """Read pairs of identity and customer in RowBinary, in order; one may come twice."""
        pairs = np.frombuffer(body, _OWNED)
        identities = pairs["identity"]
        first = _first(identities)
        return cls(_small(identities[first]), _small(pairs["customer"][first]))

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        return self.identities.nbytes + self.customers.nbytes

    def amended(self, by: "Owners") -> "Owners":
        """Return these with the identities of `by` as they are there."""
        stay = ~np.isin(self.identities, by.identities, assume_unique=True)
        identities, customers = self.identities[stay], self.customers[stay]
        places = np.searchsorted(identities, by.identities)
        return Owners(
            _inserted(identities, places, by.identities), _inserted(customers, places, by.customers)
        )

    def who_did(self, body: bytes, least: int, most: int | None) -> BitMap64:
        """Return whose identities did something that often together.

        `body`: pairs of identity and times in RowBinary, in order.
        """
        pairs = np.frombuffer(body, _DONE)
        if not len(self.identities):
            return BitMap64()
        wanted = pairs["identity"]
        places = np.searchsorted(self.identities, wanted.astype(self.identities.dtype))
        places = np.minimum(places, len(self.identities) - 1)
        known = self.identities[places] == wanted
        customers, times = self.customers[places[known]], pairs["times"][known]
        order = np.argsort(customers, kind="stable")
        customers = customers[order]
        begins = np.flatnonzero(_first(customers))
        if (least, most) != (1, None):
            sums = np.add.reduceat(times[order], begins) if len(begins) else times[:0]
            begins = begins[(sums >= least) & (most is None or sums <= most)]
        return BitMap64(array("Q", customers[begins].astype(np.uint64).tobytes()))


def _first(ascending: NDArray[np.unsignedinteger]) -> NDArray[np.bool]:
    """Return of each whether it is the first of its value."""
    return np.append(True, ascending[1:] != ascending[:-1])[: len(ascending)]


def _small(numbers: NDArray[np.unsignedinteger]) -> NDArray[np.unsignedinteger]:
    return numbers.astype(np.min_scalar_type(numbers.max())) if len(numbers) else numbers


def _inserted(
    into: NDArray[np.unsignedinteger], places: NDArray[np.intp], what: NDArray[np.unsignedinteger]
) -> NDArray[np.unsignedinteger]:
    return np.insert(into.astype(np.promote_types(into.dtype, what.dtype)), places, what)
