"""Sets of customers as rows: one bitmap for each run of ids that share their upper bits.

A change touches few rows however large the set is, and a set of ten million is some six hundred
rows. Members keep their whole ids, so the union of all chunks is the set.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from pyroaring import BitMap64

WIDTH: Final = 14
"""Bits of an id below its chunk."""


def chunk_of(customer_id: int) -> int:
    """Return the chunk an id is in."""
    return customer_id >> WIDTH


def members_of(chunk: int) -> BitMap64:
    """Return all ids of a chunk."""
    ids = BitMap64()
    ids.add_range(chunk << WIDTH, (chunk + 1) << WIDTH)
    return ids


def split(ids: BitMap64) -> dict[int, BitMap64]:
    """Return a set by chunk; chunks without members are left out."""
    return dict(_split(ids))


def _split(ids: BitMap64) -> Iterator[tuple[int, BitMap64]]:
    if not ids:
        return
    chunk, last = chunk_of(ids.min()), chunk_of(ids.max())
    while True:
        yield chunk, ids & members_of(chunk)
        if chunk == last:
            return
        chunk = chunk_of(ids.next_set_bit((chunk + 1) << WIDTH))


def joined(chunks: Iterable[BitMap64]) -> BitMap64:
    """Return the union."""
    whole = BitMap64()
    for chunk in chunks:
        whole |= chunk
    return whole


def grouped(ids: Iterable[int]) -> Mapping[int, BitMap64]:
    """Return ids by chunk."""
    return split(BitMap64(ids))


def packed(ids: BitMap64) -> bytes:
    """Return a chunk as it is stored (the portable 64-bit roaring format)."""
    ids.run_optimize()
    return ids.serialize()


def unpacked(stored: bytes) -> BitMap64:
    """Return a stored chunk."""
    return BitMap64.deserialize(stored)
