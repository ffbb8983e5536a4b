"""Control of persons: ``/world/api/people``."""

from random import Random
from typing import Annotated, Any
from urllib.parse import parse_qs, urlsplit

import msgspec
from litestar import Controller, get, patch, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from siyu.sandbox.control.guard import from_this_machine
from siyu.sandbox.control.parts import TheLife, TheWorld
from siyu.sandbox.control.problems import NotInWorld
from siyu.sandbox.control.views import ChatView, PersonView, chats_of, person_view
from siyu.sandbox.hosts import Who, own_url
from siyu.sandbox.people.shop import IDENTIFIERS
from siyu.sandbox.people.story import forward
from siyu.sandbox.world import contacts, ids
from siyu.sandbox.world import records as r
from siyu.sandbox.world.contacts import WorldRefused
from siyu.sandbox.world.seed import make_person
from siyu.sandbox.world.state import World, staff_chat
from siyu.sandbox.world.talk import customer_says

_LIMIT = 100


class NewPerson(msgspec.Struct):
    """Body of ``POST people``; what is left out is drawn by chance."""

    name: str = ""
    gender: int | None = None
    phone: str = ""


class PersonChange(msgspec.Struct):
    """Body of ``PATCH people/{id}``."""

    name: str | None = None
    snapshot: bool | None = None


class Scan(msgspec.Struct):
    """Body of ``POST people/{id}/scan``: a code by id, or any address a QR or picture shows."""

    config_id: str = ""
    url: str = ""


class WithStaff(msgspec.Struct):
    """Names a staff account."""

    userid: str


class Say(msgspec.Struct):
    """Body of ``POST people/{id}/say``."""

    userid: str
    text: str


class Open(msgspec.Struct):
    """Body of ``POST people/{id}/open``: ``seconds`` of reading (real time) to ``depth`` %."""

    url: str
    seconds: float = 6.0
    depth: int = 80


class Forward(msgspec.Struct):
    """Body of ``POST people/{id}/forward``; without ``to`` a new friend is made up."""

    url: str
    to: int | None = None
    title: str = ""


class Buy(msgspec.Struct):
    """Body of ``POST people/{id}/buy``.

    ``touch`` as it came along in the link (``?t=``): given, or read from ``link``; with
    ``remembered`` the latest one this person carried. ``identifiers``: what the shop knows of
    the buyer, out of unionid, phone, member.
    """

    sku: str = ""
    quantity: int = 1
    link: str = ""
    touch: str = ""
    remembered: bool = False
    identifiers: list[str] = msgspec.field(default_factory=lambda: ["unionid", "phone"])


class Refund(msgspec.Struct):
    """Body of ``POST people/{id}/refund``; without ``refund_fen`` all of it."""

    external_id: str
    refund_fen: int | None = None


def person_of(world: World, number: int) -> r.Person:
    """Return the person or raise `NotInWorld`."""
    person = world.people.get(str(number))
    if person is None:
        raise NotInWorld("没有这个人")
    return person


def staff_of(world: World, userid: str) -> r.Staff:
    """Return the staff account or raise `NotInWorld`."""
    staff = world.staff.get(userid)
    if staff is None:
        raise NotInWorld("没有这个员工账号")
    return staff


def _scan(world: World, person: r.Person, asked: Scan) -> contacts.Added:
    """Scan a contact way, or a staff account's own code (``/u/<userid>``)."""
    kind, _, key = urlsplit(asked.url).path.removesuffix(".png").rpartition("/")
    if not asked.config_id and kind.endswith(("/u", "/staff")):
        return contacts.add(world, staff_of(world, key), person)
    return contacts.scan(world, _way(world, asked), person)


def _way(world: World, asked: Scan) -> r.ContactWay:
    config_id = asked.config_id or urlsplit(asked.url).path.rpartition("/")[2].removesuffix(".png")
    way = world.ways.get(config_id)
    if way is None:
        raise NotInWorld("没有这个二维码,或它已经被删除")
    return way


class PeopleController(Controller):
    """Persons: list, make, scan, leave, chat, open, forward, buy, give back."""

    path = "/world/api/people"
    guards = (from_this_machine,)

    @get()
    async def people(
        self,
        world: TheWorld,
        q: FromQuery[str] = "",
        cursor: FromQuery[str] = "",
        limit: Annotated[int, QueryParameter(ge=1, le=_LIMIT)] = 50,
    ) -> dict[str, Any]:
        """List persons, the newest first; ``q`` is part of a name or a number."""
        start = ids.cursor_position(cursor) or 0
        wanted = q.strip().lower()
        found = [
            p for p in sorted(world.people, key=lambda p: -p.id)
            if not wanted or wanted in p.name.lower() or wanted == str(p.id)
        ]  # fmt: skip
        page = found[start : start + limit]
        more = ids.cursor_text(start + limit) if start + limit < len(found) else None
        return {"items": [person_view(world, p) for p in page], "next_cursor": more}

    @post()
    async def make(self, world: TheWorld, data: JSONBody[NewPerson]) -> PersonView:
        """Let a new person be born, under a name of their own: whoever made them looks for them."""
        taken = {other.name for other in world.people}
        person = make_person(world, Random(), origin="made")  # noqa: S311
        own = f"{person.name}{person.id}" if person.name in taken else person.name
        person.name = data.name or own
        person.gender = person.gender if data.gender is None else data.gender
        person.phone = data.phone or person.phone
        world.people.save(person)
        await world.journal.settled()
        view = person_view(world, person)
        world.feed.publish("person", view)
        return view

    @get("/{person:int}")
    async def person(self, world: TheWorld, person: FromPath[int]) -> PersonView:
        """Show one person."""
        return person_view(world, person_of(world, person))

    @patch("/{person:int}")
    async def change(
        self, world: TheWorld, person: FromPath[int], data: JSONBody[PersonChange]
    ) -> PersonView:
        """Rename, or make a snapshot user (WeChat then hides who it is)."""
        found = person_of(world, person)
        if data.name:
            found.name = data.name
        if data.snapshot is not None:
            found.snapshot = data.snapshot
        world.people.save(found)
        await world.journal.settled()
        return person_view(world, found)

    @post("/{person:int}/scan")
    async def scan(
        self, world: TheWorld, person: FromPath[int], data: JSONBody[Scan]
    ) -> dict[str, Any]:
        """Scan a code and add whom it shows."""
        found = person_of(world, person)
        added = _scan(world, found, data)
        await world.journal.settled()
        staff = staff_of(world, added.relation.userid)
        return {
            "outcome": added.outcome,
            "userid": staff.userid,
            "staff_name": staff.name,
            "welcome_code_given": added.welcome is not None,
            "chat": staff_chat(staff.userid, found.id),
        }

    @post("/{person:int}/delete-staff", status_code=204)
    async def leave(
        self, world: TheWorld, person: FromPath[int], data: JSONBody[WithStaff]
    ) -> None:
        """Delete a staff account from the person's contacts."""
        contacts.customer_deletes(world, data.userid, person_of(world, person))
        await world.journal.settled()

    @get("/{person:int}/chats")
    async def chats(self, world: TheWorld, person: FromPath[int]) -> dict[str, list[ChatView]]:
        """All chats of the person, the latest first."""
        person_of(world, person)
        return {"items": chats_of(world, f"p-{person}")}

    @post("/{person:int}/say", status_code=204)
    async def say(self, world: TheWorld, person: FromPath[int], data: JSONBody[Say]) -> None:
        """Write to a staff account."""
        found = person_of(world, person)
        relation = world.relation(staff_of(world, data.userid).userid, found.id)
        if relation is None or not relation.customer_has:
            raise WorldRefused("还没有添加这个员工")
        customer_says(world, relation, data.text)
        await world.journal.settled()

    @post("/{person:int}/open")
    async def open(
        self, life: TheLife, person: FromPath[int], data: JSONBody[Open]
    ) -> dict[str, Any]:
        """Open a link as this person, over HTTP, with OAuth and reading."""
        page = await life.browser.open(
            person_of(life.world, person), data.url, seconds=data.seconds, depth=data.depth
        )
        return {
            "status": page.status,
            "url": page.url,
            "title": page.title,
            "hops": page.hops,
            "tracked": page.track is not None,
            "track": page.track,
            "links": page.links,
        }

    @post("/{person:int}/forward")
    async def forward(
        self, world: TheWorld, person: FromPath[int], data: JSONBody[Forward]
    ) -> dict[str, Any]:
        """Forward a link to another person."""
        sender = person_of(world, person)
        friend = (
            person_of(world, data.to)
            if data.to is not None
            else make_person(world, Random(), origin="friend")  # noqa: S311
        )
        message = forward(world, sender, friend, data.url, data.title)
        await world.journal.settled()
        return {
            "to": friend.id,
            "chat": message.chat,
            "url": message.url,
            "open_url": own_url(message.url, Who("p", str(friend.id)), world.personal_hosts),
        }

    @post("/{person:int}/buy")
    async def buy(self, life: TheLife, person: FromPath[int], data: JSONBody[Buy]) -> r.Order:
        """Buy in the shop, which reports the order to siyu."""
        buyer = person_of(life.world, person)
        if not set(data.identifiers) <= set(IDENTIFIERS):
            raise WorldRefused("商城只认识 unionid、phone、member")
        linked = parse_qs(urlsplit(data.link).query).get("t", [""])[0]
        touch = data.touch or linked or (buyer.touch if data.remembered else "")
        sku = data.sku or life.world.shop.products[0].sku
        return await life.shop.buy(
            buyer, sku, quantity=data.quantity, touch=touch, identifiers=data.identifiers
        )

    @post("/{person:int}/refund")
    async def refund(self, life: TheLife, person: FromPath[int], data: JSONBody[Refund]) -> r.Order:
        """Give an order back."""
        order = life.world.orders.get(data.external_id)
        if order is None or order.person != person:
            raise NotInWorld("这个人没有这笔订单")
        return await life.shop.refund(order, data.refund_fen)

    @get("/{person:int}/orders")
    async def orders(self, world: TheWorld, person: FromPath[int]) -> dict[str, list[r.Order]]:
        """List what the person bought, the latest first."""
        person_of(world, person)
        found = [order for order in world.orders if order.person == person]
        return {"items": sorted(found, key=lambda o: -o.at)}
