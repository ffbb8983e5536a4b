"""A set of customers survives being cut into chunks."""

from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap64

from siyu.people.audiences.chunks import (
    WIDTH,
    chunk_of,
    joined,
    members_of,
    packed,
    split,
    unpacked,
)

ids = st.sets(
    st.integers(0, 1 << 16) | st.integers((1 << 40) - 5, (1 << 40) + 5) | st.just((1 << 62) - 1)
)


@given(ids)
def test_chunks_are_the_set(numbers: set[int]) -> None:
    whole = BitMap64(numbers)
    parts = split(whole)
    assert set(parts) == {number >> WIDTH for number in numbers}
    assert all(part and part <= members_of(chunk) for chunk, part in parts.items())
    stored = {chunk: packed(part) for chunk, part in parts.items()}
    assert joined(map(unpacked, stored.values())) == whole


@given(st.integers(0, (1 << 62) - 1))
def test_a_chunk_holds_its_ids(number: int) -> None:
    assert number in members_of(chunk_of(number))
    assert len(members_of(chunk_of(number))) == 1 << WIDTH
