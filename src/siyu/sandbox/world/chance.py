"""Chance by seed that does not hang on what else goes on at the same time.

What is decided is told apart by what it says, with everything left out that differs from one run
to the next: tokens, codes, ids of chance and times. So a call meets the same fault in every run,
whichever calls of others come before it; the same call made again is the next throw of its own.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping

from siyu.sandbox.world.records import Person

_CHANGING = re.compile(r"[A-Za-z0-9_\-]{16,}|\d{9,}")
"""Ids, tokens and codes; times in Unix seconds. Staff accounts and words are shorter."""
_WHOLE = 1 << 64


class Chance:
    """Throws between 0 and 1 by a seed; each wording has a row of throws of its own."""

    def __init__(self, people: Mapping[str, Person]) -> None:
        self._people = people
        self._thrown: Counter[bytes] = Counter()

    def throw(self, seed: int, *wording: str) -> float:
        """Return the next throw for this wording."""
        likeness = _digest("\0".join(self._plain(part) for part in wording))
        self._thrown[likeness] += 1
        return part(seed, f"{likeness.hex()}:{self._thrown[likeness]}")

    def begin(self) -> None:
        """Throw every row from its start again."""
        self._thrown.clear()

    def _plain(self, text: str) -> str:
        return _CHANGING.sub(self._name, text)

    def _name(self, found: re.Match[str]) -> str:
        person = self._people.get(found[0])
        return f"p-{person.id}" if person is not None else "*"


def part(seed: int, what: str) -> float:
    """Return what the seed decides for `what`, at least 0 and below 1."""
    return int.from_bytes(_digest(f"{seed}:{what}")) / _WHOLE


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=8).digest()
