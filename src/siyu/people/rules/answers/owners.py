"""Whose facts are: customers by identity, as arrays.

Facts are told of identities. Ten million customers have some twenty million of these; to find
their customers here takes a tenth of the time in which the engine joins them.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap64

from siyu.people.rules.answers.arrays import Among, Numbers, bitmap_of, firsts, rows, small

Places = NDArray[np.intp]
_OWNED: Final = np.dtype([("identity", "<u8"), ("customer", "<u8")])
_DID: Final = np.dtype([("identity", "<u8")])
_DONE: Final = np.dtype([("identity", "<u8"), ("times", "<u8")])


@dataclass(frozen=True, eq=False)
class Done:
    """How often each identity did something; `identities` ascend."""

    identities: Numbers
    times: Numbers

    @classmethod
    def read(cls, body: bytes, most: int) -> "Done | None":
        """Read identities in RowBinary, in any order, one for each time; not more than `most`."""
        came = rows(body, _DID)["identity"]
        if len(came) > most:
            return None
        did = np.sort(small(came))
        begins = np.flatnonzero(firsts(did))
        return cls(did[begins], small(np.diff(begins, append=len(did)).astype(np.uint64)))

    @classmethod
    def counted(cls, body: bytes) -> "Done":
        """Read pairs of identity and times in RowBinary, in order."""
        came = rows(body, _DONE)
        return cls(small(came["identity"]), small(came["times"]))

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        return self.identities.nbytes + self.times.nbytes


@dataclass(frozen=True, eq=False)
class Owners:
    """Each identity's customer; `identities` ascend."""

    identities: Numbers
    customers: Numbers

    @classmethod
    def read(cls, body: bytes) -> "Owners":
        """Read pairs of identity and customer in RowBinary, in order; one may come twice."""
        came = rows(body, _OWNED)
        first = firsts(came["identity"])
        return cls(small(came["identity"][first]), small(came["customer"][first]))

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

    def who_did(self, done: Done, least: int, most: int | None) -> BitMap64:
        """Return whose identities did something that often together."""
        mine, others = _shared(self.identities, done.identities)
        customers = self.customers[mine]
        if (least, most) == (1, None):
            ordered = np.sort(customers)
            return bitmap_of(ordered[firsts(ordered)])
        order = np.argsort(customers, kind="stable")
        ordered = customers[order]
        begins = np.flatnonzero(firsts(ordered))
        times = done.times[others][order].astype(np.uint64)
        sums = np.add.reduceat(times, begins) if len(begins) else times
        return bitmap_of(ordered[begins[(sums >= least) & (most is None or sums <= most)]])


def _shared(ones: Numbers, others: Numbers) -> tuple[Places, Places]:
    """Return where the numbers stand that are in both; each ascend and come once."""
    if len(ones) < len(others):
        there, here = _shared(others, ones)
        return here, there
    if not len(others):
        return (np.zeros(0, np.intp),) * 2
    places = np.minimum(np.searchsorted(ones, others), len(ones) - 1)
    known = np.flatnonzero(ones[places] == others)
    return places[known], known


def _inserted(into: Numbers, places: Places, what: Numbers) -> Numbers:
    return np.insert(into.astype(np.promote_types(into.dtype, what.dtype)), places, what)
