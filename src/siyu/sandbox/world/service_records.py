"""WeChat customer service (微信客服): accounts, who serves, sessions, what was said."""

from collections import defaultdict
from typing import Any

import msgspec

from siyu.sandbox.store.journal import Journal
from siyu.sandbox.store.shelf import Shelf

NEW, BOT, POOL, STAFF, ENDED = range(5)
"""Where a session is (``service_state``)."""

CUSTOMER, SYSTEM, SERVICER = 3, 4, 5
API = 0
"""Where a message came from (``origin``); those sent through the API are never read back."""


class ServiceAccount(msgspec.Struct, kw_only=True):
    """An account. ``agents`` may act for it; ``resting`` servicers take nobody."""

    open_kfid: str
    name: str
    avatar: str
    created: float
    agents: list[int] = []
    servicers: list[str] = []
    departments: list[int] = []
    resting: list[str] = []
    deleted: float | None = None


class ServiceWay(msgspec.Struct, kw_only=True):
    """A link into the chat with an account; ``code`` stands in its address."""

    code: str
    open_kfid: str
    scene: str = ""
    created: float = 0.0


class ServiceSession(msgspec.Struct, kw_only=True):
    """The chat of a person with an account.

    ``spoke`` is when the customer last wrote, ``sent`` how much the API sent since. ``rejects``:
    the customer takes no messages. ``upgrade`` is what was advised: ``member`` or ``groupchat``.
    """

    open_kfid: str
    person: int
    state: int = NEW
    servicer: str = ""
    spoke: float = 0.0
    sent: int = 0
    welcomed: float = 0.0
    entered: float = 0.0
    scene: str = ""
    scene_param: str = ""
    rejects: bool = False
    upgrade: dict[str, str] = {}
    upgraded: float | None = None


class ServiceItem(msgspec.Struct, kw_only=True):
    """A message or event. ``body`` is what stands under its ``msgtype``.

    ``begins``: the customer began a session with it.
    """

    id: int
    msgid: str
    open_kfid: str
    person: int
    at: float
    origin: int
    msgtype: str
    body: dict[str, Any]
    servicer: str = ""
    begins: bool = False
    recalled: bool = False


class UpgradeRange(msgspec.Struct, kw_only=True):
    """Whom customers may be advised to, as the admin console says."""

    userids: list[str] = []
    departments: list[int] = []
    chat_ids: list[str] = []


class ServiceBook:
    """All accounts with their chats."""

    def __init__(self, journal: Journal) -> None:
        self.accounts = Shelf("service_accounts", ServiceAccount, lambda a: a.open_kfid, journal)
        self.ways = Shelf("service_ways", ServiceWay, lambda w: w.code, journal)
        self.sessions = Shelf(
            "service_sessions", ServiceSession, lambda s: f"{s.open_kfid}:{s.person}", journal
        )
        self.items = Shelf("service_items", ServiceItem, lambda i: str(i.id), journal)
        self.ranges = Shelf("service_upgrade_range", UpgradeRange, lambda _: "range", journal)
        self.shelves: tuple[Shelf[Any], ...] = (
            self.accounts, self.ways, self.sessions, self.items, self.ranges,
        )  # fmt: skip
        self.said: dict[str, list[ServiceItem]] = defaultdict(list)
        self.by_msgid: dict[tuple[str, str], ServiceItem] = {}

    def index(self) -> None:
        """Find out anew what was said where, after the shelves were loaded."""
        for item in sorted(self.items, key=lambda i: i.id):
            self._index(item)

    @property
    def upgrade_range(self) -> UpgradeRange:
        """Whom customers may be advised to."""
        return next(iter(self.ranges), None) or UpgradeRange()

    def session(self, open_kfid: str, person: int) -> ServiceSession | None:
        """Return the chat of a person with an account, or None."""
        return self.sessions.get(f"{open_kfid}:{person}")

    def add(self, item: ServiceItem) -> ServiceItem:
        """Keep something that was said or happened."""
        self._index(self.items.save(item))
        return item

    def _index(self, item: ServiceItem) -> None:
        self.said[item.open_kfid].append(item)
        self.by_msgid[item.open_kfid, item.msgid] = item
