"""Whose facts are, counted in arrays, is what counting one by one says."""

import struct
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap64

from siyu.people.rules.answers.owners import Done, Owners

IDS = st.one_of(st.integers(1, 30), st.integers(2**33, 2**33 + 3))
OWNED = st.dictionaries(IDS, IDS, max_size=30)


def rows(pairs: dict[int, int], times: int = 1) -> bytes:
    return b"".join(struct.pack("<QQ", *pair) * times for pair in sorted(pairs.items()))


def anew(before: dict[int, int], changes: dict[int, int]) -> dict[int, int]:
    """Return who owns what: who is in the changes has what is said there, and nothing else."""
    left = {one: owner for one, owner in before.items() if owner not in changes.values()}
    return left | changes


def did(times: dict[int, int], data: st.DataObject) -> bytes:
    each = [identity for identity, often in times.items() for _ in range(often)]
    return b"".join(struct.pack("<Q", one) for one in data.draw(st.permutations(each)))


@given(
    st.data(),
    OWNED,
    OWNED,
    st.dictionaries(IDS, st.integers(1, 5)),
    st.integers(1, 4),
    st.integers(0, 3),
)
def test_who_did_it_so_often(data, before, changes, done, least, more):
    owners = Owners.read(rows(before, times=2)).amended(Owners.read(rows(changes)))
    owner = anew(before, changes)
    sums: Counter[int] = Counter()
    for identity, times in done.items():
        if identity in owner:
            sums[owner[identity]] += times
    each = did(done, data)
    one_by_one = Done.read(each, most=sum(done.values()))
    assert one_by_one is not None
    for counted in (one_by_one, Done.counted(rows(done))):
        for most in (None, least + more):
            assert owners.who_did(counted, least, most) == BitMap64(
                customer
                for customer, times in sums.items()
                if times >= least and (most is None or times <= most)
            )
    assert not done or Done.read(each, most=sum(done.values()) - 1) is None
