"""Links of the acquisition assistant (获客助手), who came by them, and the quota they use up."""

from collections import defaultdict
from typing import Any

import msgspec

from siyu.sandbox.store.journal import Journal
from siyu.sandbox.store.shelf import Shelf


class Link(msgspec.Struct, kw_only=True):
    """A link. ``available`` turns false once nobody of its range can take customers.

    ``priority_type``: 0 none, 1 who is a friend in the whole corporation first, 2 who is a friend
    among ``priority_users``.
    """

    link_id: str
    name: str
    created: int
    users: list[str] = []
    departments: list[int] = []
    skip_verify: bool = True
    mark_source: bool = True
    priority_type: int = 0
    priority_users: list[str] = []
    available: bool = True
    clicks: int = 0


class Click(msgspec.Struct, kw_only=True):
    """A person opened a link."""

    id: int
    link_id: str
    person: int
    at: float


class Arrival(msgspec.Struct, kw_only=True):
    """A person who came to a staff account by a link; ``added`` None: not confirmed yet.

    ``spoken`` counts what they wrote to the account since.
    """

    id: int
    link_id: str
    person: int
    userid: str
    state: str
    added: float | None = None
    spoken: int = 0


class ChatKey(msgspec.Struct, kw_only=True):
    """The right to ask about a chat, for 30 minutes; ``count``: messages until then."""

    key: str
    arrival: int
    count: int
    expires: float


class Quota(msgspec.Struct, kw_only=True):
    """Customers paid for together; they end at ``expires``. ``warned``: days before, told."""

    id: int
    bought: int
    balance: int
    expires: int
    warned: list[int] = []


class AcquisitionBook:
    """All of the assistant; the lists of a link and of a contact are kept beside the shelves."""

    def __init__(self, journal: Journal) -> None:
        self.links = Shelf("acquisition_links", Link, lambda x: x.link_id, journal)
        self.clicks = Shelf("acquisition_clicks", Click, lambda c: str(c.id), journal)
        self.arrivals = Shelf("acquisition_arrivals", Arrival, lambda a: str(a.id), journal)
        self.chat_keys = Shelf("acquisition_chat_keys", ChatKey, lambda k: k.key, journal)
        self.quotas = Shelf("acquisition_quotas", Quota, lambda q: str(q.id), journal)
        self.shelves: tuple[Shelf[Any], ...] = (
            self.links, self.clicks, self.arrivals, self.chat_keys, self.quotas,
        )  # fmt: skip
        self.of_link: dict[str, list[Arrival]] = defaultdict(list)
        self.of_contact: dict[tuple[str, int], Arrival] = {}

    def index(self) -> None:
        """Find out anew who came by what, after the shelves were loaded."""
        for arrival in sorted(self.arrivals, key=lambda a: a.id):
            self._index(arrival)

    def arrive(self, arrival: Arrival) -> Arrival:
        """Write down who came."""
        self._index(self.arrivals.save(arrival))
        return arrival

    def _index(self, arrival: Arrival) -> None:
        self.of_link[arrival.link_id].append(arrival)
        self.of_contact[arrival.userid, arrival.person] = arrival
