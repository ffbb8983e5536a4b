"""The engine's bitmaps in Python."""

from collections.abc import Iterator
from struct import unpack_from
from typing import Final

from pyroaring import BitMap64

_MORE: Final = 0x80


def read_bitmaps(body: bytes) -> Iterator[tuple[BitMap64, int]]:
    """Yield the bitmaps of a row in RowBinary, each with its size in bytes.

    A state of `groupBitmap` over UInt64: a byte 0, a count and so many numbers while it is small;
    else a byte 1, a length and a roaring bitmap in the portable format for 64 bits.
    """
    at = 0
    while at < len(body):
        large, start = body[at], at + 1
        size, start = _varint(body, start)
        if large:
            at = start + size
            yield BitMap64.deserialize(body[start:at]), size
        else:
            at = start + 8 * size
            yield BitMap64(unpack_from(f"<{size}Q", body, start)), 8 * size


def _varint(body: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = body[at]
        at += 1
        value |= (byte & ~_MORE) << shift
        if byte < _MORE:
            return value, at
        shift += 7
