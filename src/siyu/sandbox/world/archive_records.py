"""The message archive (会话内容存档): whose messages are kept, who agreed, what lies in it."""

from typing import Any

import msgspec

from siyu.sandbox.store.journal import Journal
from siyu.sandbox.store.shelf import Shelf
from siyu.sandbox.world import ids

AGREE, DISAGREE, DEFAULT_AGREE = "Agree", "Disagree", "Default_Agree"


class PublicKey(msgspec.Struct):
    """A public key in PEM, as the admin set it; the latest version seals."""

    version: int
    pem: str


class ArchiveOffice(msgspec.Struct, kw_only=True):
    """What the admin set, and how far the archive is.

    ``permitted``: userid → edition (1 office, 2 service, 3 enterprise). ``due`` is when the apps
    are told that there is something new, None: nothing is.
    """

    secret: str
    permitted: dict[str, int] = {}
    keys: list[PublicKey] = []
    next_seq: int = 1
    told: float = 0.0
    due: float | None = None


class Consent(msgspec.Struct, kw_only=True):
    """What a person said to being archived with a staff account."""

    userid: str
    person: int
    status: str
    at: float


class Sealed(msgspec.Struct, kw_only=True):
    """A message in the archive. ``message`` is that of the world, 0 where there is none."""

    seq: int
    msgid: str
    at: float
    publickey_ver: int
    encrypt_random_key: str
    encrypt_chat_msg: str
    message: int = 0
    file: str = ""


class Room(msgspec.Struct, kw_only=True):
    """An internal group, of staff only; ``members``: userid → when they came."""

    roomid: str
    name: str
    creator: str
    created: float
    members: dict[str, float]
    notice: str = ""


class Robot(msgspec.Struct, kw_only=True):
    """A robot that writes in groups."""

    robot_id: str
    name: str
    creator: str


class ArchiveBook:
    """The archive with all that belongs to it."""

    def __init__(self, journal: Journal) -> None:
        self.offices = Shelf("archive", ArchiveOffice, lambda _: "archive", journal)
        self.consents = Shelf(
            "archive_consents", Consent, lambda c: f"{c.userid}:{c.person}", journal
        )
        self.sealed = Shelf("archive_messages", Sealed, lambda x: str(x.seq), journal)
        self.rooms = Shelf("archive_rooms", Room, lambda x: x.roomid, journal)
        self.robots = Shelf("archive_robots", Robot, lambda x: x.robot_id, journal)
        self.shelves: tuple[Shelf[Any], ...] = (
            self.offices, self.consents, self.sealed, self.rooms, self.robots,
        )  # fmt: skip
        self.kept: list[Sealed] = []
        self.files: dict[str, float] = {}

    def index(self) -> None:
        """Put what was kept into its order, after the shelves were loaded."""
        for sealed in sorted(self.sealed, key=lambda x: x.seq):
            self._index(sealed)

    @property
    def office(self) -> ArchiveOffice:
        """What the admin set."""
        return next(iter(self.offices), None) or self.offices.save(
            ArchiveOffice(secret=ids.random_text(43))
        )

    def add(self, sealed: Sealed) -> None:
        """Keep a message."""
        self._index(self.sealed.save(sealed))

    def forget_until(self, at: float) -> None:
        """Let go of what is older."""
        while self.kept and self.kept[0].at < at:
            self.sealed.drop(str(self.kept.pop(0).seq))

    def _index(self, sealed: Sealed) -> None:
        self.kept.append(sealed)
        if sealed.file:
            self.files[sealed.file] = sealed.at
