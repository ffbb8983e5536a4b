"""Control of the message archive: ``/world/api/archive``."""

from itertools import islice
from typing import Any

import msgspec
from litestar import Controller, get, post, put
from litestar.params import FromPath, FromQuery, JSONBody

from siyu.sandbox.control.guard import from_this_machine
from siyu.sandbox.control.parts import TheWorld
from siyu.sandbox.control.people import person_of, staff_of
from siyu.sandbox.control.problems import NotInWorld
from siyu.sandbox.control.views import side
from siyu.sandbox.world import archive, ids
from siyu.sandbox.world import archive_records as a
from siyu.sandbox.world import records as r
from siyu.sandbox.world.contacts import WorldRefused

_LIMIT = 100


class ArchiveView(msgspec.Struct, kw_only=True):
    """What the admin set; ``messages`` are those of the last five days."""

    secret: str
    permitted: dict[str, int]
    key_versions: list[int]
    consents: list[a.Consent]
    rooms: list[a.Room]
    robots: list[a.Robot]
    messages: int


class Archived(msgspec.Struct):
    """A message that lies in the archive, as it was said."""

    seq: int
    at: float
    sender: str
    text: str


class Key(msgspec.Struct):
    """Body of ``PUT archive/key``: a public key in PEM."""

    pem: str


class Permitted(msgspec.Struct):
    """Body of ``PUT archive/permitted``: userid → 1 office, 2 service, 3 enterprise."""

    userids: dict[str, int]


class Agreeing(msgspec.Struct):
    """Body of ``POST archive/consents``."""

    person: int
    userid: str
    agree: bool = True


class Recall(msgspec.Struct):
    """Body of ``POST archive/recall``: a message of a chat."""

    message: int


class NewRoom(msgspec.Struct):
    """Body of ``POST archive/rooms``: an internal group."""

    name: str
    creator: str
    members: list[str] = []


class Said(msgspec.Struct):
    """Body of ``POST archive/rooms/{roomid}/say``."""

    userid: str
    text: str


class NewRobot(msgspec.Struct):
    """Body of ``POST archive/robots``."""

    name: str
    creator: str


class ArchiveController(Controller):
    """The archive as the admin sets it and customers agree to it; internal groups and robots."""

    path = "/world/api/archive"
    guards = (from_this_machine,)

    @get()
    async def archive(self, world: TheWorld) -> ArchiveView:
        """Show what is set, and how much there is."""
        book = world.archive
        since = world.now() - archive.KEPT
        view = ArchiveView(
            secret=book.office.secret, permitted=book.office.permitted,
            key_versions=[key.version for key in book.office.keys], consents=list(book.consents),
            rooms=list(book.rooms), robots=list(book.robots),
            messages=sum(sealed.at >= since for sealed in book.kept),
        )  # fmt: skip
        await world.journal.settled()
        return view

    @get("/messages")
    async def messages(
        self, world: TheWorld, before: FromQuery[int | None] = None
    ) -> dict[str, list[a.Sealed]]:
        """List what lies in the archive, the latest first, behind ``before`` (a seq)."""
        kept = reversed(world.archive.kept)
        found = (x for x in kept if before is None or x.seq < before)
        return {"items": list(islice(found, _LIMIT))}

    @get("/said")
    async def said(self, world: TheWorld, userid: FromQuery[str]) -> dict[str, list[Archived]]:
        """List in plain words what of an account's chats lies in the archive, the latest first."""
        label = f"s-{staff_of(world, userid).userid}"
        kept = ((x, world.messages.get(str(x.message))) for x in reversed(world.archive.kept))
        found = (
            Archived(sealed.seq, sealed.at, side(world, said.sender).name, said.text or said.title)
            for sealed, said in kept
            if said is not None and label in {said.sender, *said.chat.split("|")}
        )
        return {"items": list(islice(found, _LIMIT))}

    @put("/key")
    async def key(self, world: TheWorld, data: JSONBody[Key]) -> dict[str, int]:
        """Set the public key that seals from now on."""
        version = archive.set_key(world, data.pem)
        await world.journal.settled()
        return {"version": version}

    @put("/permitted")
    async def permitted(self, world: TheWorld, data: JSONBody[Permitted]) -> dict[str, int]:
        """Set whose messages are kept."""
        for userid in data.userids:
            staff_of(world, userid)
        if not set(data.userids.values()) <= {1, 2, 3}:
            raise WorldRefused("版本只有 1、2、3")
        world.archive.office.permitted = data.userids
        world.archive.offices.save(world.archive.office)
        await world.journal.settled()
        return data.userids

    @post("/consents", status_code=200)
    async def consent(self, world: TheWorld, data: JSONBody[Agreeing]) -> a.Consent:
        """Let a customer agree to being archived with a staff account, or not."""
        person = person_of(world, data.person)
        relation = world.relation(staff_of(world, data.userid).userid, person.id)
        if relation is None or not relation.customer_has:
            raise WorldRefused("还没有添加这个员工")
        given = archive.consent(world, relation, agree=data.agree)
        await world.journal.settled()
        return given

    @post("/recall", status_code=204)
    async def recall(self, world: TheWorld, data: JSONBody[Recall]) -> None:
        """Take back a message of a chat or group."""
        message = world.messages.get(str(data.message))
        if message is None:
            raise NotInWorld("没有这条消息")
        archive.recall(world, message)
        await world.journal.settled()

    @post("/rooms")
    async def room(self, world: TheWorld, data: JSONBody[NewRoom]) -> a.Room:
        """Let staff begin an internal group."""
        for userid in (data.creator, *data.members):
            staff_of(world, userid)
        room = archive.new_room(world, data.name, data.creator, data.members)
        await world.journal.settled()
        return room

    @post("/rooms/{roomid:str}/say", status_code=200)
    async def say(self, world: TheWorld, roomid: FromPath[str], data: JSONBody[Said]) -> r.Message:
        """Let a staff account write in an internal group."""
        room = world.archive.rooms.get(roomid)
        if room is None:
            raise NotInWorld("没有这个内部群")
        if data.userid not in room.members:
            raise WorldRefused("不在这个群里")
        said = world.post_message(roomid, f"s-{data.userid}", "text", "staff", text=data.text)
        await world.journal.settled()
        return said

    @post("/robots")
    async def robot(self, world: TheWorld, data: JSONBody[NewRobot]) -> dict[str, Any]:
        """Make a robot."""
        robot = world.archive.robots.save(
            a.Robot(
                robot_id=f"wb{ids.random_text(30)}", name=data.name,
                creator=staff_of(world, data.creator).userid,
            )
        )  # fmt: skip
        await world.journal.settled()
        return {"robot_id": robot.robot_id}
