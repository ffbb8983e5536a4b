"""Identifiers: time-ordered for facts, unguessable for outsiders."""

import os
import secrets
import time
from uuid import UUID

_MILLISECONDS = 1_000_000
_RANDOM_BITS = 74
_HIGH_RANDOM_SHIFT = 62
_LOW_RANDOM_MASK = (1 << _HIGH_RANDOM_SHIFT) - 1
_VARIANTS = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))
"""A random digit whose first two bits are those of the RFC's variant."""


def uuid7() -> UUID:
    """Return a UUID version 7 (RFC 9562): milliseconds first, then randomness."""
    milliseconds = time.time_ns() // _MILLISECONDS
    random = int.from_bytes(os.urandom(10), "big") & ((1 << _RANDOM_BITS) - 1)
    high, low = random >> _HIGH_RANDOM_SHIFT, random & _LOW_RANDOM_MASK
    return UUID(int=milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)


def uuid7_digits(count: int) -> list[str]:
    """Return so many UUIDs version 7 as hexadecimal digits, for whoever needs thousands at once."""
    begins = f"{time.time_ns() // _MILLISECONDS:012x}7"
    random = os.urandom(10 * count).hex()
    return [
        f"{begins}{random[at : at + 3]}{_VARIANTS[random[at + 3]]}{random[at + 4 : at + 19]}"
        for at in range(0, len(random), 20)
    ]


def slug(size: int = 9) -> str:
    """Return a random URL-safe name of `size` bytes of entropy (12 characters by default)."""
    return secrets.token_urlsafe(size)
