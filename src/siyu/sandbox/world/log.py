"""What the systems say to each other: every call and callback, kept and shown live."""

import re
from typing import Any

import msgspec

from siyu.sandbox.store.journal import Journal
from siyu.sandbox.world.feed import Feed

_BODY_LIMIT = 4000
_SECRET = re.compile(
    r"(?P<name>access_token|secret|ticket|refresh_token|aes_key|code)"
    r"(?P<sign>=|\"\s*:\s*\")(?P<value>[^&\"\s]+)"
)


class LogEntry(msgspec.Struct, kw_only=True):
    """One exchange.

    ``kind``: api, callback, verify, oauth, js, page, beat, order, or fault (none was exchanged).
    ``path`` and bodies have their secrets replaced by ``***``; ``milliseconds`` is the time until
    the answer; ``errcode`` is WeCom's, None where there is none.
    """

    id: int
    at: float
    kind: str
    sender: str
    receiver: str
    method: str
    path: str
    request: str = ""
    response: str = ""
    status: int | None = None
    errcode: int | None = None
    milliseconds: float = 0.0
    note: str = ""


def hide_secrets(text: str) -> str:
    """Replace the values of secret parameters in an address or a JSON text."""
    return _SECRET.sub(lambda m: f"{m['name']}{m['sign']}***", text)


def shown(body: bytes | str) -> str:
    """Return a body as it is kept in the log: readable, cut, without secrets."""
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else body
    return hide_secrets(text[:_BODY_LIMIT]).replace("\x00", "�")


class Log:
    """Appends entries to the database and publishes each."""

    def __init__(self, journal: Journal, feed: Feed, first_id: int) -> None:
        self._journal = journal
        self._feed = feed
        self._next = first_id
        self.touches = 0
        """How often anything but a reader's heartbeat passed between the systems."""

    @property
    def next_id(self) -> int:
        """The number that the next entry will have."""
        return self._next

    def add(self, at: float, kind: str, **fields: Any) -> LogEntry:
        """Record one exchange."""
        entry = LogEntry(id=self._next, at=at, kind=kind, **fields)
        self._next += 1
        self.touches += kind != "beat"
        self._journal.append((entry.id, at, kind, msgspec.json.encode(entry)))
        self._feed.publish("log", entry)
        return entry
