"""Control of customer groups: ``/world/api/groups``."""

from typing import Annotated, Any
from urllib.parse import urlsplit

import msgspec
from litestar import Controller, get, patch, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from siyu.sandbox.control.group_views import (
    GroupMemberView,
    GroupView,
    JoinWayView,
    group_view,
    join_way_view,
    member_view,
)
from siyu.sandbox.control.guard import from_this_machine
from siyu.sandbox.control.parts import TheWorld
from siyu.sandbox.control.people import person_of, staff_of
from siyu.sandbox.control.problems import NotInWorld
from siyu.sandbox.hosts import parse_who
from siyu.sandbox.world import group_records as g
from siyu.sandbox.world import groups
from siyu.sandbox.world import records as r
from siyu.sandbox.world.contacts import WorldRefused
from siyu.sandbox.world.state import World

_LIMIT = 500


class NewGroup(msgspec.Struct):
    """Body of ``POST groups``: ``userid`` begins it; ``invited`` as ``p-17``, ``s-linxiaoyue``."""

    userid: str
    name: str = ""
    notice: str = ""
    invited: list[str] = []


class GroupChange(msgspec.Struct):
    """Body of ``PATCH groups/{chat_id}``; None leaves a thing as it is."""

    name: str | None = None
    notice: str | None = None
    owner: str | None = None
    admins: list[str] | None = None
    welcome: str | None = None


class Invite(msgspec.Struct):
    """Body of ``POST groups/{chat_id}/invite``.

    ``by`` (a member, empty for nobody) invites; ``scene`` 1 direct, 2 by a link, 3 by a code.
    """

    who: list[str]
    by: str = ""
    scene: int = g.DIRECT


class One(msgspec.Struct):
    """Names a member: ``p-17``, ``s-linxiaoyue``."""

    who: str


class Removal(msgspec.Struct):
    """Body of ``POST groups/{chat_id}/remove``: ``by`` is the userid of the owner or an admin."""

    who: str
    by: str


class Said(msgspec.Struct):
    """Body of ``POST groups/{chat_id}/say``."""

    who: str
    text: str


class Scan(msgspec.Struct):
    """Body of ``POST groups/scan``: a code by id, or any address a QR or picture shows."""

    person: int
    config_id: str = ""
    url: str = ""


def _group(world: World, chat_id: str) -> g.Group:
    group = world.groups.get(chat_id)
    if group is None:
        raise NotInWorld("没有这个群")
    return group


def _someone(world: World, label: str) -> str:
    """Return a label of someone who exists."""
    who = parse_who(label)
    if who is None:
        raise NotInWorld("没有这个人")
    if who.is_staff:
        staff_of(world, who.key)
    else:
        person_of(world, int(who.key))
    return who.label


class GroupsController(Controller):
    """Groups: begin, change, invite, leave, remove, write, end; and the codes into them."""

    path = "/world/api/groups"
    guards = (from_this_machine,)

    @get()
    async def groups(
        self, world: TheWorld, who: FromQuery[str] = "", dismissed: FromQuery[bool] = False
    ) -> dict[str, list[GroupView]]:
        """List groups, the latest first; ``who`` narrows to those someone is in."""
        groups.inherit_due(world)
        found = groups.groups_of(world, _someone(world, who)) if who else list(world.groups)
        shown = [x for x in found if dismissed or x.dismissed is None]
        return {"items": [group_view(world, x) for x in sorted(shown, key=lambda x: -x.created)]}

    @post()
    async def begin(self, world: TheWorld, data: JSONBody[NewGroup]) -> GroupView:
        """Let a staff account begin a group."""
        group = groups.create(
            world, staff_of(world, data.userid), name=data.name, notice=data.notice,
            invited=[_someone(world, who) for who in data.invited],
        )  # fmt: skip
        return await _shown(world, group)

    @get("/join-ways")
    async def ways(self, world: TheWorld) -> dict[str, list[JoinWayView]]:
        """List the codes that lead into groups, the latest first."""
        found = sorted(world.join_ways, key=lambda way: -way.created)
        return {"items": [join_way_view(world, way) for way in found]}

    @get("/welcomes")
    async def welcomes(self, world: TheWorld) -> dict[str, list[g.GroupWelcome]]:
        """List the templates of welcomes."""
        return {"items": list(world.group_welcomes)}

    @post("/scan", status_code=200)
    async def scan(self, world: TheWorld, data: JSONBody[Scan]) -> dict[str, Any]:
        """Let a person scan a code into a group: ``outcome`` joined or member."""
        config_id = data.config_id or urlsplit(data.url).path.rpartition("/")[2]
        way = world.join_ways.get(config_id.removesuffix(".png"))
        if way is None:
            raise NotInWorld("没有这个二维码,或它已经被删除")
        group, outcome = groups.scan(world, way, person_of(world, data.person))
        await world.journal.settled()
        return {"outcome": outcome, "chat_id": group.chat_id, "name": group.face.name}

    @get("/{chat_id:str}")
    async def group(self, world: TheWorld, chat_id: FromPath[str]) -> GroupView:
        """Show a group."""
        groups.inherit_due(world)
        return group_view(world, _group(world, chat_id))

    @get("/{chat_id:str}/members")
    async def members(
        self, world: TheWorld, chat_id: FromPath[str]
    ) -> dict[str, list[GroupMemberView]]:
        """List who is in the group, in the order of joining."""
        found = groups.members(world, _group(world, chat_id))
        return {"items": [member_view(world, stay) for stay in found]}

    @patch("/{chat_id:str}")
    async def change(
        self, world: TheWorld, chat_id: FromPath[str], data: JSONBody[GroupChange]
    ) -> GroupView:
        """Rename, set notice, owner, admins, or the welcome (a template's id, empty: none)."""
        group = _group(world, chat_id)
        if data.welcome and data.welcome not in world.group_welcomes:
            raise NotInWorld("没有这个入群欢迎语")
        if data.name is not None:
            groups.rename(world, group, data.name)
        if data.notice is not None:
            groups.set_notice(world, group, data.notice)
        if data.owner is not None:
            groups.hand_over(world, group, staff_of(world, data.owner))
        if data.admins is not None:
            groups.set_admins(world, group, data.admins)
        if data.welcome is not None:
            group.welcome = data.welcome
            world.groups.save(group)
        return await _shown(world, group)

    @post("/{chat_id:str}/invite", status_code=200)
    async def invite(
        self, world: TheWorld, chat_id: FromPath[str], data: JSONBody[Invite]
    ) -> GroupView:
        """Bring people or staff in together."""
        group = _group(world, chat_id)
        if data.scene not in {g.DIRECT, g.LINK, g.QR}:
            raise WorldRefused("入群方式只有 1、2、3")
        if data.by and groups.member(world, group, _someone(world, data.by)) is None:
            raise WorldRefused("邀请人不在这个群里")
        invitor = data.by[2:] if data.by.startswith("s-") else ""
        newcomers = [_someone(world, who) for who in data.who]
        groups.join(world, group, newcomers, scene=data.scene, invitor=invitor)
        return await _shown(world, group)

    @post("/{chat_id:str}/leave", status_code=200)
    async def leave(
        self, world: TheWorld, chat_id: FromPath[str], data: JSONBody[One]
    ) -> GroupView:
        """Let a member leave."""
        group = _group(world, chat_id)
        groups.leave(world, group, _someone(world, data.who))
        return await _shown(world, group)

    @post("/{chat_id:str}/remove", status_code=200)
    async def remove(
        self, world: TheWorld, chat_id: FromPath[str], data: JSONBody[Removal]
    ) -> GroupView:
        """Let owner or admin remove a member."""
        group = _group(world, chat_id)
        if data.by not in {group.face.owner, *group.face.admins}:
            raise WorldRefused("只有群主和管理员能移出成员")
        groups.leave(world, group, _someone(world, data.who), removed=True)
        return await _shown(world, group)

    @post("/{chat_id:str}/dismiss", status_code=200)
    async def dismiss(self, world: TheWorld, chat_id: FromPath[str]) -> GroupView:
        """Let the owner end the group."""
        group = _group(world, chat_id)
        groups.dismiss(world, group)
        return await _shown(world, group)

    @post("/{chat_id:str}/say", status_code=200)
    async def say(self, world: TheWorld, chat_id: FromPath[str], data: JSONBody[Said]) -> r.Message:
        """Let a member write."""
        said = groups.say(world, _group(world, chat_id), _someone(world, data.who), data.text)
        await world.journal.settled()
        return said

    @get("/{chat_id:str}/messages")
    async def messages(
        self,
        world: TheWorld,
        chat_id: FromPath[str],
        before: FromQuery[int | None] = None,
        limit: Annotated[int, QueryParameter(ge=1, le=_LIMIT)] = 100,
    ) -> dict[str, Any]:
        """List what was written, the latest first; ``before`` is the last page's cursor."""
        said = world.chats[_group(world, chat_id).chat_id]
        found = [m for m in reversed(said) if before is None or m.id < before]
        more = found[limit - 1].id if len(found) > limit else None
        return {"items": found[:limit], "next_cursor": more}


async def _shown(world: World, group: g.Group) -> GroupView:
    await world.journal.settled()
    return group_view(world, group)
