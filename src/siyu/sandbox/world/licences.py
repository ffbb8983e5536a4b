"""Licences of staff accounts, which a provider buys for the corporation (docs 95544, 95552)."""

from typing import Any

import msgspec

from siyu.sandbox.store.journal import Journal
from siyu.sandbox.store.shelf import Shelf

BASE, INTERCONNECT = 1, 2
DAY = 86_400


class Licence(msgspec.Struct, kw_only=True):
    """A licence that a staff account holds. ``kind``: 1 base, 2 interconnect (customers)."""

    code: str
    userid: str
    kind: int
    active: int
    expires: int


class Provider(msgspec.Struct, kw_only=True):
    """The provider that buys licences, and its token."""

    corpid: str
    secret: str
    token: str = ""
    token_expires: float = 0.0


class LicenceBook:
    """The provider and the licences."""

    def __init__(self, journal: Journal) -> None:
        self.providers = Shelf("providers", Provider, lambda p: p.corpid, journal)
        self.licences = Shelf("licences", Licence, lambda x: x.code, journal)
        self.shelves: tuple[Shelf[Any], ...] = (self.providers, self.licences)

    def holds(self, userid: str, now: float, kinds: frozenset[int]) -> bool:
        """Whether an account holds a valid licence of one of the kinds."""
        return any(
            x.userid == userid and x.kind in kinds and x.expires > now for x in self.licences
        )
