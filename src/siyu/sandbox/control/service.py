"""Control of WeChat customer service: ``/world/api/service``.

What customers do in WeChat, servicers in their client, and the admin in the console.
"""

from typing import Any

import msgspec
from litestar import Controller, delete, get, patch, post, put
from litestar.params import FromPath, JSONBody

from siyu.sandbox.control.guard import from_this_machine
from siyu.sandbox.control.parts import TheWorld
from siyu.sandbox.control.people import person_of, staff_of
from siyu.sandbox.control.problems import NotInWorld
from siyu.sandbox.world import service
from siyu.sandbox.world import service_records as s
from siyu.sandbox.world.contacts import WorldRefused
from siyu.sandbox.world.state import World


class NewAccount(msgspec.Struct):
    """Body of ``POST service/accounts``: made in the console, for the apps ``agents``."""

    name: str
    agents: list[int] = []


class AccountChange(msgspec.Struct):
    """Body of ``PATCH service/accounts/{open_kfid}``; None leaves a thing as it is."""

    name: str | None = None
    agents: list[int] | None = None


class Entering(msgspec.Struct):
    """Body of ``POST service/enter``: by a link, or straight into an account."""

    person: int
    url: str = ""
    open_kfid: str = ""
    scene: str = ""
    scene_param: str = ""


class Said(msgspec.Struct):
    """Body of ``say`` and ``reply``: a text, or anything else as it stands in ``sync_msg``."""

    person: int
    text: str = ""
    menu_id: str = ""
    msgtype: str = "text"
    content: dict[str, Any] = {}

    @property
    def body(self) -> dict[str, Any]:
        """What stands under the msgtype."""
        if self.msgtype != "text" or self.content:
            return self.content
        return {"content": self.text, **({"menu_id": self.menu_id} if self.menu_id else {})}


class OfPerson(msgspec.Struct):
    """Names a person, and whom to pass the session on to."""

    person: int
    to: str = ""


class Rejection(msgspec.Struct):
    """Body of ``PUT service/{open_kfid}/rejects``."""

    person: int
    rejects: bool


class Resting(msgspec.Struct):
    """Body of ``PUT service/{open_kfid}/staff/{userid}/resting``."""

    resting: bool


class Recall(msgspec.Struct):
    """Body of ``POST service/{open_kfid}/recall``."""

    msgid: str


class WayView(msgspec.Struct, kw_only=True):
    """A link into the chat with an account."""

    open_kfid: str
    scene: str
    url: str
    created: float


def _way_view(world: World, way: s.ServiceWay) -> WayView:
    url = service.url_of(world, way)
    return WayView(open_kfid=way.open_kfid, scene=way.scene, url=url, created=way.created)


def _account(world: World, open_kfid: str) -> s.ServiceAccount:
    account = world.service.accounts.get(open_kfid)
    if account is None:
        raise NotInWorld("没有这个客服账号")
    return account


def _session(world: World, open_kfid: str, person: int) -> s.ServiceSession:
    session = world.service.session(open_kfid, person)
    if session is None:
        raise NotInWorld("这个客户没有进入过这个客服账号")
    return session


def _agents(world: World, agents: list[int]) -> list[int]:
    if any(str(agent) not in world.apps for agent in agents):
        raise NotInWorld("没有这个应用")
    return agents


class ServiceController(Controller):
    """Customer service as customers, servicers and the admin live it."""

    path = "/world/api/service"
    guards = (from_this_machine,)

    @get("/accounts")
    async def accounts(self, world: TheWorld) -> dict[str, list[s.ServiceAccount]]:
        """List the accounts, the deleted too."""
        return {"items": list(world.service.accounts)}

    @post("/accounts")
    async def new_account(self, world: TheWorld, data: JSONBody[NewAccount]) -> s.ServiceAccount:
        """Make an account in the console; the apps it is for are told."""
        agents = _agents(world, data.agents)
        account = service.create_account(world, data.name, "", agents, told=True)
        await world.journal.settled()
        return account

    @patch("/accounts/{open_kfid:str}")
    async def change_account(
        self, world: TheWorld, open_kfid: FromPath[str], data: JSONBody[AccountChange]
    ) -> s.ServiceAccount:
        """Rename an account, or let exactly these apps act for it."""
        account = _account(world, open_kfid)
        if data.name is not None:
            account.name = data.name
            world.service.accounts.save(account)
        if data.agents is not None:
            service.authorise(world, account, _agents(world, data.agents), told=True)
        await world.journal.settled()
        return account

    @delete("/accounts/{open_kfid:str}", status_code=204)
    async def drop_account(self, world: TheWorld, open_kfid: FromPath[str]) -> None:
        """Delete an account."""
        service.delete_account(world, _account(world, open_kfid))
        await world.journal.settled()

    @get("/ways")
    async def ways(self, world: TheWorld) -> dict[str, list[WayView]]:
        """List the links into chats, the latest first."""
        found = sorted(world.service.ways, key=lambda way: -way.created)
        return {"items": [_way_view(world, way) for way in found]}

    @get("/people/{person:int}")
    async def of_person(
        self, world: TheWorld, person: FromPath[int]
    ) -> dict[str, list[s.ServiceSession]]:
        """List the chats of a person, the latest first."""
        found = [x for x in world.service.sessions if x.person == person_of(world, person).id]
        return {"items": sorted(found, key=lambda x: -max(x.spoke, x.entered))}

    @get("/upgrade-range")
    async def upgrade_range(self, world: TheWorld) -> s.UpgradeRange:
        """Show whom customers may be advised to."""
        return world.service.upgrade_range

    @put("/upgrade-range")
    async def set_upgrade_range(
        self, world: TheWorld, data: JSONBody[s.UpgradeRange]
    ) -> s.UpgradeRange:
        """Set whom customers may be advised to."""
        world.service.ranges.save(data)
        await world.journal.settled()
        return data

    @post("/enter", status_code=200)
    async def enter(self, world: TheWorld, data: JSONBody[Entering]) -> s.ServiceItem:
        """Let a person open the chat; returns the event that tells of it."""
        person = person_of(world, data.person)
        open_kfid, scene, param = data.open_kfid, data.scene, data.scene_param
        if data.url:
            found = service.way_of(world, data.url)
            if found is None:
                raise NotInWorld("没有这个客服链接")
            way, param = found
            open_kfid, scene = way.open_kfid, way.scene
        item = service.enter(world, _account(world, open_kfid), person, scene, param)
        await world.journal.settled()
        return item

    @get("/{open_kfid:str}/sessions")
    async def sessions(
        self, world: TheWorld, open_kfid: FromPath[str]
    ) -> dict[str, list[s.ServiceSession]]:
        """List the chats of an account, who wrote last first."""
        _account(world, open_kfid)
        found = [x for x in world.service.sessions if x.open_kfid == open_kfid]
        return {"items": sorted(found, key=lambda x: -max(x.spoke, x.entered))}

    @get("/{open_kfid:str}/messages/{person:int}")
    async def messages(
        self, world: TheWorld, open_kfid: FromPath[str], person: FromPath[int]
    ) -> dict[str, list[s.ServiceItem]]:
        """List all that was said and happened between a person and an account, in order."""
        _session(world, open_kfid, person)
        return {"items": [x for x in world.service.said[open_kfid] if x.person == person]}

    @post("/{open_kfid:str}/say", status_code=200)
    async def say(
        self, world: TheWorld, open_kfid: FromPath[str], data: JSONBody[Said]
    ) -> s.ServiceItem:
        """Let a person write."""
        item = service.customer_says(
            world, _account(world, open_kfid), person_of(world, data.person), data.msgtype,
            data.body,
        )  # fmt: skip
        await world.journal.settled()
        return item

    @post("/{open_kfid:str}/recall", status_code=204)
    async def recall(
        self, world: TheWorld, open_kfid: FromPath[str], data: JSONBody[Recall]
    ) -> None:
        """Take back what a person or servicer said."""
        service.recall(world, _account(world, open_kfid), data.msgid)
        await world.journal.settled()

    @put("/{open_kfid:str}/rejects")
    async def rejects(
        self, world: TheWorld, open_kfid: FromPath[str], data: JSONBody[Rejection]
    ) -> s.ServiceSession:
        """Let a person refuse messages of an account, or take them again."""
        session = _session(world, open_kfid, data.person)
        session.rejects = data.rejects
        world.service.sessions.save(session)
        await world.journal.settled()
        return session

    @post("/{open_kfid:str}/accept-upgrade", status_code=200)
    async def accept_upgrade(
        self, world: TheWorld, open_kfid: FromPath[str], data: JSONBody[OfPerson]
    ) -> s.ServiceSession:
        """Let a person add the staff account, or join the group, that was advised."""
        session = _session(world, open_kfid, data.person)
        service.accept_upgrade(world, session, person_of(world, data.person))
        await world.journal.settled()
        return session

    @post("/{open_kfid:str}/staff/{userid:str}/{act:str}", status_code=200)
    async def act(
        self,
        world: TheWorld,
        open_kfid: FromPath[str],
        userid: FromPath[str],
        act: FromPath[str],
        data: JSONBody[OfPerson],
    ) -> s.ServiceSession:
        """Let a servicer ``take``, ``pass`` (``to`` another) or ``end`` a session."""
        account, session = _account(world, open_kfid), _session(world, open_kfid, data.person)
        staff_of(world, userid)
        if act == "take":
            service.take(world, account, session, userid)
        elif act not in {"pass", "end"}:
            raise NotInWorld("接待人员只能 take、pass、end")
        elif session.servicer != userid:
            raise WorldRefused("这个会话不是该接待人员的")
        elif act == "pass":
            service.pass_on(world, account, session, data.to)
        else:
            service.end(world, account, session)
        await world.journal.settled()
        return session

    @post("/{open_kfid:str}/reply", status_code=200)
    async def reply(
        self, world: TheWorld, open_kfid: FromPath[str], data: JSONBody[Said]
    ) -> s.ServiceItem:
        """Let the servicer of a session write."""
        account, session = _account(world, open_kfid), _session(world, open_kfid, data.person)
        item = service.servicer_says(world, account, session, data.msgtype, data.body)
        await world.journal.settled()
        return item

    @put("/{open_kfid:str}/staff/{userid:str}/resting")
    async def resting(
        self,
        world: TheWorld,
        open_kfid: FromPath[str],
        userid: FromPath[str],
        data: JSONBody[Resting],
    ) -> s.ServiceAccount:
        """Let a servicer rest, or serve again."""
        account = _account(world, open_kfid)
        service.rest(world, account, staff_of(world, userid).userid, resting=data.resting)
        await world.journal.settled()
        return account
