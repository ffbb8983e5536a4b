"""The whole world in memory: shelves of records, and the indexes the rules look things up by."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from random import Random
from typing import Any
from urllib.parse import urlsplit

import asyncpg

from siyu.sandbox.settings import SandboxSettings
from siyu.sandbox.store.journal import Journal
from siyu.sandbox.store.shelf import Shelf
from siyu.sandbox.world import group_records as g
from siyu.sandbox.world import records as r
from siyu.sandbox.world.acquisition_records import AcquisitionBook
from siyu.sandbox.world.agenda import Agenda
from siyu.sandbox.world.app_records import AppBook
from siyu.sandbox.world.archive_records import ArchiveBook
from siyu.sandbox.world.behaviour_records import BehaviourBook
from siyu.sandbox.world.directory_records import DirectoryTag
from siyu.sandbox.world.feed import Feed
from siyu.sandbox.world.licences import LicenceBook
from siyu.sandbox.world.life_records import LifeBook
from siyu.sandbox.world.log import Log
from siyu.sandbox.world.mass_records import MassBook
from siyu.sandbox.world.media_records import UploadJob
from siyu.sandbox.world.moment_records import MomentBook
from siyu.sandbox.world.pay_records import PayBook
from siyu.sandbox.world.service_records import ServiceBook
from siyu.sandbox.world.switches import Switches
from siyu.sandbox.world.transfer_records import Transfer
from siyu.sandbox.world.wechat_records import WeChatBook

_DAY_SECONDS = 86_400


class World:
    """Everything there is. Rules live beside this class, in modules that take the world."""

    def __init__(
        self,
        settings: SandboxSettings,
        pool: asyncpg.Pool,
        journal: Journal,
        first_log_id: int = 1,
    ) -> None:
        self.settings = settings
        self.pool = pool
        self.journal = journal
        self.agenda = Agenda(journal)
        self.feed = Feed()
        self.log = Log(journal, self.feed, first_log_id)
        self.random = Random(settings.seed)  # noqa: S311  chance of a game, not of a lock
        self.corps = Shelf("corp", r.Corp, lambda _: "corp", journal)
        self.officials = Shelf("official", r.OfficialAccount, lambda _: "official", journal)
        self.apps = Shelf("apps", r.App, lambda a: str(a.agentid), journal)
        self.tokens = Shelf("tokens", r.Token, lambda t: t.token, journal)
        self.departments = Shelf("departments", r.Department, lambda d: str(d.id), journal)
        self.directory_tags = Shelf("directory_tags", DirectoryTag, lambda t: str(t.tagid), journal)
        self.staff = Shelf("staff", r.Staff, lambda s: s.userid, journal)
        self.people = Shelf("people", r.Person, lambda p: str(p.id), journal)
        self.relations = Shelf("relations", r.Relation, lambda x: f"{x.userid}:{x.person}", journal)
        self.tag_groups = Shelf("tag_groups", r.TagGroup, lambda g: g.id, journal)
        self.ways = Shelf("ways", r.ContactWay, lambda w: w.config_id, journal)
        self.welcome_codes = Shelf("welcome_codes", r.WelcomeCode, lambda w: w.code, journal)
        self.grants = Shelf("grants", r.Grant, lambda g: g.key, journal)
        self.groups = Shelf("groups", g.Group, lambda x: x.chat_id, journal)
        self.memberships = Shelf("memberships", g.Membership, lambda m: str(m.id), journal)
        self.join_ways = Shelf("join_ways", g.JoinWay, lambda w: w.config_id, journal)
        self.group_welcomes = Shelf(
            "group_welcomes", g.GroupWelcome, lambda w: w.template_id, journal
        )
        self.transfers = Shelf("transfers", Transfer, lambda x: str(x.id), journal)
        self.upload_jobs = Shelf("upload_jobs", UploadJob, lambda j: j.jobid, journal)
        self.media = Shelf("media", r.Media, lambda m: m.id, journal)
        self.messages = Shelf("messages", r.Message, lambda m: str(m.id), journal)
        self.deliveries = Shelf("deliveries", r.Delivery, lambda d: str(d.id), journal)
        self.shops = Shelf("shop", r.Shop, lambda _: "shop", journal)
        self.orders = Shelf("orders", r.Order, lambda o: o.external_id, journal)
        self.switch_shelf = Shelf("switches", Switches, lambda _: "switches", journal)
        self.stories = Shelf("stories", r.Story, lambda s: s.id, journal)
        self.bursts = Shelf("bursts", r.Burst, lambda b: b.id, journal)
        self._open_books(journal)
        self.by_external: dict[str, r.Person] = {}
        self.by_openid: dict[str, r.Person] = {}
        self.relations_of_staff: dict[str, list[r.Relation]] = defaultdict(list)
        self.relations_of_person: dict[int, list[r.Relation]] = defaultdict(list)
        self.stays: dict[str, list[g.Membership]] = defaultdict(list)
        self.chats: dict[str, list[r.Message]] = defaultdict(list)
        self.chats_of: dict[str, set[str]] = defaultdict(set)
        self.sending: set[str] = set()
        self.on_upload_job: Callable[[UploadJob], None] = lambda _: None
        self.on_message: Callable[[r.Message], None] = lambda _: None
        self.on_delivery: Callable[[r.Delivery], None] = lambda _: None

    def _open_books(self, journal: Journal) -> None:
        self.mass = MassBook(journal)
        self.moments = MomentBook(journal)
        self.behaviour = BehaviourBook(journal)
        self.licensed = LicenceBook(journal)
        self.apps_said = AppBook(journal)
        self.acquisition = AcquisitionBook(journal)
        self.service = ServiceBook(journal)
        self.archive = ArchiveBook(journal)
        self.life = LifeBook(journal)
        self.wechat = WeChatBook(journal)
        self.pay = PayBook(journal)

    # -- the one corporation -------------------------------------------------------------

    @cached_property
    def corp(self) -> r.Corp:
        """The corporation."""
        return next(iter(self.corps))

    @cached_property
    def official(self) -> r.OfficialAccount:
        """The official account."""
        return next(iter(self.officials))

    @cached_property
    def shop(self) -> r.Shop:
        """The shop's own system."""
        return next(iter(self.shops))

    @property
    def switches(self) -> Switches:
        """The named switches."""
        return next(iter(self.switch_shelf))

    def holds(self, rule: str) -> bool:
        """Whether a rule of `RULES` is in force."""
        return rule not in self.switches.rules_off

    @property
    def base_url(self) -> str:
        """The address of the world, without a slash at the end."""
        return self.settings.base_url.rstrip("/")

    def now(self) -> float:
        """Unix seconds of the world's clock."""
        return self.agenda.now()

    @property
    def personal_hosts(self) -> frozenset[str]:
        """Hosts (with port) below which each person has an own one: trusted domains, the world."""
        domains = [app.trusted_domain for app in self.apps]
        domains += [self.official.domain, urlsplit(self.base_url).netloc]
        return frozenset(domain.lower() for domain in domains if domain)

    # -- putting things in their places --------------------------------------------------

    def add_person(self, person: r.Person) -> r.Person:
        """Let a person live in the world."""
        self._index_person(self.people.save(person))
        return person

    def add_relation(self, relation: r.Relation) -> r.Relation:
        """Join a person and a staff account."""
        self._index_relation(self.relations.save(relation))
        return relation

    def add_membership(self, stay: g.Membership) -> g.Membership:
        """Let someone stay in a customer group."""
        self.stays[stay.chat_id].append(stay)
        return self.memberships.save(stay)

    def relation(self, userid: str, person: int) -> r.Relation | None:
        """Return the relation between the two, in whatever state, or None."""
        return self.relations.get(f"{userid}:{person}")

    def customers_of(self, userid: str) -> Iterable[r.Relation]:
        """Relations the staff account has in its list (deleted by the customer or not)."""
        return (x for x in self.relations_of_staff[userid] if x.staff_has and not x.pending)

    def followers_of(self, person: int) -> Iterable[r.Relation]:
        """Relations of staff accounts that have this person in their lists."""
        return (x for x in self.relations_of_person[person] if x.staff_has and not x.pending)

    def post_message(
        self, chat: str, sender: str, kind: str, source: str, **parts: str
    ) -> r.Message:
        """Put a message into a chat and show it."""
        corp = self.corp
        message = r.Message(
            id=corp.next_message,
            chat=chat,
            sender=sender,
            at=self.now(),
            kind=kind,
            source=source,
            **parts,
        )
        corp.next_message += 1
        self.corps.save(corp)
        self._index_message(self.messages.save(message))
        self.feed.publish("message", message)
        self.on_message(message)
        return message

    def _index_person(self, person: r.Person) -> None:
        self.by_external[person.external_userid] = person
        for openid in person.openids.values():
            self.by_openid[openid] = person

    def _index_relation(self, relation: r.Relation) -> None:
        self.relations_of_staff[relation.userid].append(relation)
        self.relations_of_person[relation.person].append(relation)

    def _index_message(self, message: r.Message) -> None:
        self.chats[message.chat].append(message)
        for side in message.chat.split("|"):
            self.chats_of[side].add(message.chat)

    async def blob(self, key: str) -> bytes | None:
        """Content of an uploaded file, once it is committed."""
        content: bytes | None = await self.pool.fetchval(
            "select content from world_blob where key = $1", key
        )
        return content

    async def load(self) -> None:
        """Read the world from its tables."""
        for shelf in self._shelves():
            await shelf.load(self.pool)
        for person in self.people:
            self._index_person(person)
        for relation in self.relations:
            self._index_relation(relation)
        self.mass.index()
        self.moments.index()
        self.acquisition.index()
        self.service.index()
        self.archive.index()
        self.apps_said.index()
        for stay in sorted(self.memberships, key=lambda m: m.id):
            self.stays[stay.chat_id].append(stay)
        for message in sorted(self.messages, key=lambda m: m.id):
            self._index_message(message)

    def forget_old(self) -> None:
        """Drop what died more than a day ago: tokens, codes, tickets, sessions."""
        limit = self.now() - _DAY_SECONDS
        for grant in [x for x in self.grants if x.expires < limit]:
            self.grants.drop(grant.key)
        for token in [t for t in self.tokens if t.expires < limit]:
            self.tokens.drop(token.token)
        for code in [c for c in self.welcome_codes if c.expires < limit]:
            self.welcome_codes.drop(code.code)

    def _shelves(self) -> tuple[Shelf[Any], ...]:
        return (
            self.corps, self.officials, self.apps, self.tokens, self.departments, self.staff,
            self.people, self.relations, self.tag_groups, self.ways, self.welcome_codes,
            self.groups, self.memberships, self.join_ways, self.group_welcomes,
            self.grants, self.media, self.messages, self.deliveries, self.shops, self.orders,
            self.switch_shelf, self.stories, self.bursts, *self.mass.shelves,
            *self.moments.shelves, *self.acquisition.shelves, *self.apps_said.shelves,
            self.directory_tags, self.transfers, self.upload_jobs, *self.service.shelves,
            *self.behaviour.shelves, *self.licensed.shelves, *self.archive.shelves,
            self.agenda.shelf, *self.life.shelves,
            *self.wechat.shelves, *self.pay.shelves,
        )  # fmt: skip


def staff_chat(userid: str, person: int) -> str:
    """Return the chat between a staff account and a customer."""
    return f"s-{userid}|p-{person}"


def app_chat(userid: str) -> str:
    """Return the chat in which apps write to a staff account."""
    return f"app|s-{userid}"


def app_group_chat(chatid: str) -> str:
    """Return the chat of an app's internal group."""
    return f"app|{chatid}"


def people_chat(one: int, other: int) -> str:
    """Return the chat between two persons."""
    first, second = sorted((one, other))
    return f"p-{first}|p-{second}"
