"""Orders as arrays say what sorting says."""

import struct

from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap64

from siyu.people.lists import ranked
from siyu.people.lists.ranked import Rank, Ranked

VALUES = st.dictionaries(
    st.one_of(st.integers(1, 40), st.integers(2**40, 2**40 + 5)), st.integers(0, 4), max_size=40
)


def in_order(values: dict[int, int]) -> list[tuple[int, int]]:
    return sorted(((value, one) for one, value in values.items()), key=lambda x: (-x[0], x[1]))


def made(values: dict[int, int], times: int = 1) -> Ranked:
    rows = (struct.pack("<Qq", one, value) for value, one in in_order(values))
    return Ranked.read(b"".join(row * times for row in rows))


def valued(values: dict[int, int]) -> dict[int, int]:
    return {one: value for one, value in values.items() if value}


@given(VALUES, VALUES)
def test_whoever_changed_stands_where_sorting_would_put_them(before, changes):
    found = made(valued(before)).amended(made(changes, times=2))
    after = valued(before | changes)
    pairs = zip(found.values.tolist(), found.ids.tolist(), strict=True)
    assert list(pairs) == in_order(after)


@given(VALUES, st.sets(st.integers(1, 50)), st.integers(1, 5), st.integers(1, 30))
def test_pages_joined_are_the_members_in_order(values, others, limit, near):
    members = BitMap64([one for one in values if one % 3]) | BitMap64(others)
    order = made(valued(values))
    seen: list[Rank] = []
    kept = ranked._NEAR, ranked._STRETCH
    ranked._NEAR, ranked._STRETCH = near, 1 + near // 2
    try:
        while page := order.first(members, seen[-1] if seen else None, limit):
            seen += page
        ranks = len(seen)
        while page := order.last(members, seen[-1].id if len(seen) > ranks else 0, limit):
            seen += page
    finally:
        ranked._NEAR, ranked._STRETCH = kept
    assert [(rank.value, rank.id) for rank in seen] == in_order(
        {one: values.get(one, 0) for one in members}
    )


def test_a_page_begins_behind_who_is_no_longer_there():
    order = made({1: 9, 3: 7, 4: 7, 5: 2})
    members = BitMap64([1, 3, 4, 5])
    assert order.first(members, Rank(7, 3), 9) == [Rank(7, 4), Rank(2, 5)]
    assert order.first(members, Rank(8, 2), 9) == [Rank(7, 3), Rank(7, 4), Rank(2, 5)]
    assert order.first(members, Rank(1, 1), 9) == []
