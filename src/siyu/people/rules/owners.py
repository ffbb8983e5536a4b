"""Whose facts are: customers by identity, as arrays.

Facts are told of identities. Ten million customers have some twenty million of these; to find
their customers here takes a tenth of the time in which the engine joins them.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap64

from siyu.people.rules.arrays import Among, Numbers, bitmap_of, firsts, pairs

_OWNED: Final = np.dtype([("identity", "<u8"), ("customer", "<u8")])
_DONE: Final = np.dtype([("identity", "<u8"), ("times", "<u8")])


@dataclass(frozen=True, eq=False)
class Owners:
    """Each identity's customer; `identities` ascend."""

    identities: Numbers
    customers: Numbers

    @classmethod
    def read(cls, body: bytes) -> "Owners":
        """Read pairs of identity and customer in RowBinary, in order; one may come twice."""
        came = pairs(body, _OWNED)
        first = firsts(came["identity"])
        return cls(_small(came["identity"][first]), _small(came["customer"][first]))

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        return self.identities.nbytes + self.customers.nbytes

    def amended(self, by: "Owners") -> "Owners":
        """Return these as of `by`, which has all identities of each customer in it."""
        anew = np.sort(by.customers)
        gone = Among(by.identities)(self.identities) | Among(anew[firsts(anew)])(self.customers)
        identities, customers = self.identities[~gone], self.customers[~gone]
        places = np.searchsorted(identities, by.identities)
        return Owners(
            _inserted(identities, places, by.identities), _inserted(customers, places, by.customers)
        )

    def who_did(self, body: bytes, least: int, most: int | None) -> BitMap64:
        """Return whose identities did something that often together.

        `body`: pairs of identity and times in RowBinary, in order.
        """
        done = pairs(body, _DONE)
        if not len(self.identities):
            return BitMap64()
        wanted = done["identity"]
        places = np.searchsorted(self.identities, wanted.astype(self.identities.dtype))
        places = np.minimum(places, len(self.identities) - 1)
        known = self.identities[places] == wanted
        customers, times = self.customers[places[known]], done["times"][known]
        order = np.argsort(customers, kind="stable")
        customers = customers[order]
        begins = np.flatnonzero(firsts(customers))
        if (least, most) != (1, None):
            sums = np.add.reduceat(times[order], begins) if len(begins) else times[:0]
            begins = begins[(sums >= least) & (most is None or sums <= most)]
        return bitmap_of(customers[begins])


def _small(numbers: Numbers) -> Numbers:
    return numbers.astype(np.min_scalar_type(numbers.max())) if len(numbers) else numbers


def _inserted(into: Numbers, places: NDArray[np.intp], what: Numbers) -> Numbers:
    return np.insert(into.astype(np.promote_types(into.dtype, what.dtype)), places, what)
