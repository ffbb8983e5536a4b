"""Control of staff accounts, as on a staff member's phone: ``/world/api/staff``."""

import msgspec
from litestar import Controller, get, patch, post, put
from litestar.params import FromPath, JSONBody

from siyu.sandbox.control.guard import from_this_machine
from siyu.sandbox.control.parts import TheWorld
from siyu.sandbox.control.people import person_of, staff_of
from siyu.sandbox.control.views import (
    ChatView,
    RelationView,
    StaffView,
    chats_of,
    relation_view,
    staff_view,
)
from siyu.sandbox.wechat.jsapi import staff_sends
from siyu.sandbox.world import acquisition, contacts
from siyu.sandbox.world import records as r
from siyu.sandbox.world.contacts import WorldRefused
from siyu.sandbox.world.state import World

_SEARCH = 2


class WithPerson(msgspec.Struct):
    """Names a person."""

    person: int


class Current(msgspec.Struct):
    """Body of ``PUT staff/{userid}/current``: whose chat is open on the phone, None: nobody's."""

    person: int | None


class AddCustomer(msgspec.Struct):
    """Body of ``POST staff/{userid}/add-customer``; ``add_way`` as in doc 92114."""

    person: int
    add_way: int = _SEARCH


class Send(msgspec.Struct):
    """Body of ``POST staff/{userid}/send``: what ``sendChatMessage`` would have delivered."""

    person: int
    text: str = ""
    title: str = ""
    desc: str = ""
    url: str = ""
    pic: str = ""


class Edit(msgspec.Struct):
    """Body of ``POST staff/{userid}/edit-customer``; None leaves a field as it is."""

    person: int
    remark: str | None = None
    description: str | None = None
    mobiles: list[str] | None = None
    tags: list[str] | None = None


class StaffChange(msgspec.Struct):
    """Body of ``PATCH staff/{userid}``; ``console_welcome``: a welcome set in the console."""

    can_contact: bool | None = None
    console_welcome: bool | None = None
    status: int | None = None


def _relation(world: World, userid: str, person: int) -> r.Relation:
    relation = world.relation(staff_of(world, userid).userid, person_of(world, person).id)
    if relation is None or not relation.staff_has:
        raise WorldRefused("该员工没有这个客户")
    return relation


class StaffController(Controller):
    """Staff accounts: chats, customers, sending, editing, deleting, accepting."""

    path = "/world/api/staff/{userid:str}"
    guards = (from_this_machine,)

    @patch()
    async def change(
        self, world: TheWorld, userid: FromPath[str], data: JSONBody[StaffChange]
    ) -> StaffView:
        """Change what the admin may change of an account."""
        staff = staff_of(world, userid)
        for name in ("can_contact", "console_welcome", "status"):
            if (value := getattr(data, name)) is not None:
                setattr(staff, name, value)
        world.staff.save(staff)
        acquisition.check_links(world)
        await world.journal.settled()
        return staff_view(world, staff)

    @get("/chats")
    async def chats(self, world: TheWorld, userid: FromPath[str]) -> dict[str, list[ChatView]]:
        """List all chats of the account with its app messages, the latest first."""
        staff_of(world, userid)
        return {"items": chats_of(world, f"s-{userid}")}

    @get("/customers")
    async def customers(
        self, world: TheWorld, userid: FromPath[str]
    ) -> dict[str, list[RelationView]]:
        """List the customers of the account, the latest first."""
        staff_of(world, userid)
        found = sorted(world.customers_of(userid), key=lambda x: -x.created)
        return {"items": [relation_view(world, x) for x in found]}

    @put("/current")
    async def current(
        self, world: TheWorld, userid: FromPath[str], data: JSONBody[Current]
    ) -> StaffView:
        """Open a customer's chat on the phone: the current contact of the sidebar."""
        staff = staff_of(world, userid)
        staff.current = person_of(world, data.person).id if data.person is not None else None
        world.staff.save(staff)
        await world.journal.settled()
        return staff_view(world, staff)

    @post("/send", status_code=204)
    async def send(self, world: TheWorld, userid: FromPath[str], data: JSONBody[Send]) -> None:
        """Send a text or a link into the chat with a customer."""
        relation = _relation(world, userid, data.person)
        if data.url:
            parts = {"title": data.title, "desc": data.desc, "url": data.url, "pic": data.pic}
            staff_sends(world, relation, "link", "staff", parts)
        elif data.text:
            staff_sends(world, relation, "text", "staff", {"text": data.text})
        else:
            raise WorldRefused("没有可以发送的内容")
        await world.journal.settled()

    @post("/delete-customer", status_code=204)
    async def delete(
        self, world: TheWorld, userid: FromPath[str], data: JSONBody[WithPerson]
    ) -> None:
        """Delete a customer."""
        contacts.staff_deletes(world, staff_of(world, userid).userid, person_of(world, data.person))
        await world.journal.settled()

    @post("/add-customer", status_code=204)
    async def add(
        self, world: TheWorld, userid: FromPath[str], data: JSONBody[AddCustomer]
    ) -> None:
        """Add a customer from the staff's side; the customer agrees at once."""
        contacts.add(
            world, staff_of(world, userid), person_of(world, data.person),
            add_way=data.add_way, by_staff=True,
        )  # fmt: skip
        await world.journal.settled()

    @post("/confirm", status_code=204)
    async def confirm(
        self, world: TheWorld, userid: FromPath[str], data: JSONBody[WithPerson]
    ) -> None:
        """Accept a request, or add a half-added customer back."""
        confirmed = contacts.confirm(world, staff_of(world, userid), person_of(world, data.person))
        acquisition.confirmed(world, confirmed.relation)
        await world.journal.settled()

    @post("/edit-customer")
    async def edit(
        self, world: TheWorld, userid: FromPath[str], data: JSONBody[Edit]
    ) -> RelationView:
        """Edit remark, description, mobiles or tags in the client."""
        relation = _relation(world, userid, data.person)
        contacts.staff_edits(
            world, relation, remark=data.remark, description=data.description,
            mobiles=data.mobiles, tags=data.tags,
        )  # fmt: skip
        await world.journal.settled()
        return relation_view(world, relation)
