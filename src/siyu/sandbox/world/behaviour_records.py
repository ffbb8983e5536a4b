"""What became of contacts and when, for the figures of staff; ids that wait for a customer."""

from typing import Any

import msgspec

from siyu.sandbox.store.journal import Journal
from siyu.sandbox.store.shelf import Shelf

ADDED, ASKED, DELETED = "added", "asked", "deleted"
"""Customer added; staff sent a request; customer deleted the account."""


class Happening(msgspec.Struct, kw_only=True):
    """Something happened between a staff account and a person."""

    id: int
    kind: str
    userid: str
    person: int
    at: float


class PendingId(msgspec.Struct, kw_only=True):
    """The id of a person who is no customer yet."""

    id: str
    person: int
    expires: float


class BehaviourBook:
    """Happenings and waiting ids."""

    def __init__(self, journal: Journal) -> None:
        self.happenings = Shelf("happenings", Happening, lambda h: str(h.id), journal)
        self.pending = Shelf("pending_ids", PendingId, lambda p: str(p.person), journal)
        self.shelves: tuple[Shelf[Any], ...] = (self.happenings, self.pending)

    def note(self, kind: str, userid: str, person: int, at: float) -> None:
        """Write down what happened."""
        number = len(self.happenings) + 1
        self.happenings.save(Happening(id=number, kind=kind, userid=userid, person=person, at=at))
