"""What apps wrote to staff accounts, and the internal groups they made."""

from collections import defaultdict
from typing import Any

import msgspec

from siyu.sandbox.store.journal import Journal
from siyu.sandbox.store.shelf import Shelf


class AppMessage(msgspec.Struct, kw_only=True):
    """A message of an app.

    ``shown`` holds the number of the message in the chat of each account that got it; ``content``
    what was sent; ``cards`` what replaced it for some. ``print`` tells equal messages.
    """

    msgid: str
    agentid: int
    at: float
    msgtype: str
    content: dict[str, Any]
    print: str
    shown: dict[str, int] = {}
    cards: dict[str, dict[str, Any]] = {}
    recalled: bool = False


class ResponseCode(msgspec.Struct, kw_only=True):
    """The right to change a card, once."""

    code: str
    msgid: str
    expires: float
    used: bool = False


class AppChat(msgspec.Struct, kw_only=True):
    """An internal group of an app's."""

    chatid: str
    agentid: int
    name: str
    owner: str
    users: list[str]
    created: float


class AppBook:
    """All of it; when each account got messages is kept beside the shelves."""

    def __init__(self, journal: Journal) -> None:
        self.messages = Shelf("app_messages", AppMessage, lambda m: m.msgid, journal)
        self.codes = Shelf("response_codes", ResponseCode, lambda c: c.code, journal)
        self.chats = Shelf("app_chats", AppChat, lambda c: c.chatid, journal)
        self.shelves: tuple[Shelf[Any], ...] = (self.messages, self.codes, self.chats)
        self.times: dict[str, list[float]] = defaultdict(list)

    def index(self) -> None:
        """Find out anew who got messages when, after the shelves were loaded."""
        for message in sorted(self.messages, key=lambda m: m.at):
            self._index(message)

    def send(self, message: AppMessage) -> AppMessage:
        """Keep a message that was sent."""
        self._index(message)
        return self.messages.save(message)

    def _index(self, message: AppMessage) -> None:
        for userid in message.shown:
            self.times[userid].append(message.at)
