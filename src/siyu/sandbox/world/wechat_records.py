"""The official account's followers, codes, menus, templates and pushes; the mini program."""

from collections.abc import Callable
from typing import Any

import msgspec

from siyu.sandbox.store.journal import Journal
from siyu.sandbox.store.shelf import Shelf


class MiniProgram(msgspec.Struct, kw_only=True):
    """The corporation's mini program (小程序), bound to the same Open Platform account."""

    appid: str
    name: str
    secret: str
    token: str = ""
    token_expires: float = 0.0


class PushAddress(msgspec.Struct, kw_only=True):
    """Where the official account wants its pushes. ``mode``: plain, both, safe.

    ``original_id`` is the account's own name in pushes, ``number`` that of the next message.
    """

    original_id: str
    url: str = ""
    token: str = ""
    aes_key: str = ""
    mode: str = "plain"
    number: int = 24_000_000_000_000_001


class Follower(msgspec.Struct, kw_only=True):
    """A person who follows the official account, or did. ``came`` by: search or a code."""

    person: int
    since: int
    following: bool = True
    came: str = "ADD_SCENE_SEARCH"
    scene: str = ""
    remark: str = ""
    tags: list[int] = []


class SceneCode(msgspec.Struct, kw_only=True):
    """A code with a parameter; ``expires`` None: it is permanent."""

    ticket: str
    key: str
    scene: str
    created: float
    expires: float | None
    scans: int = 0


class Menu(msgspec.Struct, kw_only=True):
    """A menu; the one everybody sees has the id ``default``."""

    id: str
    button: list[dict[str, Any]]
    matchrule: dict[str, str] = {}


class Template(msgspec.Struct, kw_only=True):
    """A template of messages. ``kind``: template, official or mini (of subscription messages)."""

    id: str
    kind: str
    title: str
    content: str


class Consent(msgspec.Struct, kw_only=True):
    """How many messages of a template a person still lets an account send."""

    person: int
    appid: str
    template: str
    left: int = 0


class Push(msgspec.Struct, kw_only=True):
    """A push on its way to the official account. ``status``: waiting, done, lost.

    ``answerable`` ones may be answered in the chat at once.
    """

    id: int
    person: int
    xml: str
    created: float
    answerable: bool
    status: str = "waiting"
    attempts: int = 0


class Sent(msgspec.Struct, kw_only=True):
    """A template message that must not be sent twice, by the client's own number for it."""

    person: int
    client: str
    number: int
    at: float


class MiniLink(msgspec.Struct, kw_only=True):
    """A link that opens the mini program. ``kind``: url, scheme, short; ``expires`` None: never."""

    link: str
    kind: str
    path: str
    query: str
    created: float
    expires: float | None
    opens: list[float] = []


class WeChatBook:
    """All of it."""

    def __init__(self, journal: Journal) -> None:
        self.minis = Shelf("mini_program", MiniProgram, lambda _: "mini", journal)
        self.addresses = Shelf("push_address", PushAddress, lambda _: "official", journal)
        self.followers = Shelf("followers", Follower, lambda f: str(f.person), journal)
        self.codes = Shelf("scene_codes", SceneCode, lambda c: c.ticket, journal)
        self.menus = Shelf("menus", Menu, lambda m: m.id, journal)
        self.templates = Shelf("templates", Template, lambda t: t.id, journal)
        self.consents = Shelf(
            "consents", Consent, lambda c: f"{c.person}:{c.appid}:{c.template}", journal
        )
        self.pushes = Shelf("pushes", Push, lambda p: str(p.id), journal)
        self.links = Shelf("mini_links", MiniLink, lambda x: x.link, journal)
        self.sent = Shelf("sent_templates", Sent, lambda s: f"{s.person}:{s.client}", journal)
        self.on_push: Callable[[Push], None] = lambda _: None
        self.shelves: tuple[Shelf[Any], ...] = (
            self.minis, self.addresses, self.followers, self.codes, self.menus, self.templates,
            self.consents, self.pushes, self.links, self.sent,
        )  # fmt: skip

    @property
    def mini(self) -> MiniProgram:
        """The mini program."""
        return next(iter(self.minis))

    @property
    def address(self) -> PushAddress:
        """Where pushes go."""
        return next(iter(self.addresses))

    def consent(self, person: int, appid: str, template: str) -> Consent:
        """Return what a person lets an account send."""
        found = self.consents.get(f"{person}:{appid}:{template}")
        return found or Consent(person=person, appid=appid, template=template)
