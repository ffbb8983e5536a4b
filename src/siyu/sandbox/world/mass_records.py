"""Mass messages: what was made, who has to send it, and what became of it for whom."""

from collections import defaultdict
from typing import Any

import msgspec

from siyu.sandbox.store.journal import Journal
from siyu.sandbox.store.shelf import Shelf

SINGLE, GROUP = "single", "group"
UNSENT, SENT, NO_FRIEND, SURPLUS = 0, 1, 2, 3
"""What became of a message for a receiver (doc 93338)."""


class MassMessage(msgspec.Struct, kw_only=True):
    """A mass message. ``creator`` is a staff account for a personal one, else empty.

    ``attachments`` stand as they were sent, ``shown`` holds the kind and parts of the chat messages
    they become. ``reminders`` are the times at which staff were reminded.
    """

    msgid: str
    chat_type: str
    created: float
    creator: str = ""
    text: str = ""
    attachments: list[dict[str, Any]] = []
    shown: list[tuple[str, dict[str, str]]] = []
    allow_select: bool = False
    cancelled: bool = False
    reminders: list[float] = []


class Receiver(msgspec.Struct):
    """A customer (``p-17``) or group (``wr…``) and what became of the message, ``at`` when."""

    who: str
    status: int = UNSENT
    at: float = 0.0


class MassTask(msgspec.Struct, kw_only=True):
    """What one staff account has to send to whom."""

    msgid: str
    userid: str
    receivers: list[Receiver]
    sent: float | None = None
    ignored: bool = False


class MassBook:
    """All mass messages with their tasks, and what everybody has received."""

    def __init__(self, journal: Journal) -> None:
        self.messages = Shelf("mass_messages", MassMessage, lambda m: m.msgid, journal)
        self.tasks = Shelf("mass_tasks", MassTask, lambda t: f"{t.msgid}:{t.userid}", journal)
        self.shelves: tuple[Shelf[Any], ...] = (self.messages, self.tasks)
        self.of_message: dict[str, list[MassTask]] = defaultdict(list)
        self.of_staff: dict[str, list[MassTask]] = defaultdict(list)
        self.received: dict[str, list[tuple[float, str]]] = defaultdict(list)

    def index(self) -> None:
        """Find out anew who has what, after the shelves were loaded."""
        for task in self.tasks:
            self._index(task)
            for receiver in task.receivers:
                if receiver.status == SENT:
                    self.received[receiver.who].append((receiver.at, task.userid))

    def task(self, msgid: str, userid: str) -> MassTask | None:
        """Return what a staff account has to do with a message."""
        return self.tasks.get(f"{msgid}:{userid}")

    def add(self, task: MassTask) -> MassTask:
        """Give a staff account something to send."""
        self._index(self.tasks.save(task))
        return task

    def settle(self, task: MassTask, receiver: Receiver, status: int, at: float) -> None:
        """Write down what became of a message for a receiver; the task is saved by the caller."""
        receiver.status = status
        if status == SENT:
            receiver.at = at
            self.received[receiver.who].append((at, task.userid))

    def _index(self, task: MassTask) -> None:
        self.of_message[task.msgid].append(task)
        self.of_staff[task.userid].append(task)
