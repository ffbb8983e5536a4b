"""How the control API shows customer groups."""

import msgspec

from siyu.sandbox.api.join_ways import qr_picture
from siyu.sandbox.control.views import avatar
from siyu.sandbox.world import group_records as g
from siyu.sandbox.world import groups
from siyu.sandbox.world.state import World


class GroupView(msgspec.Struct, kw_only=True):
    """A group as its members see it at once. ``status`` as in doc 92120."""

    chat_id: str
    opengid: str
    name: str
    owner: str
    owner_name: str
    notice: str
    admins: list[str]
    version: str
    status: int
    created: float
    dismissed: float | None
    members: int
    customers: int
    welcome: str
    messages: int


class GroupMemberView(msgspec.Struct, kw_only=True):
    """A member; ``scene`` 1 invited, 2 by a link, 3 by a code."""

    who: str
    name: str
    avatar: str
    joined: float
    scene: int
    invitor: str
    state: str


class JoinWayView(msgspec.Struct, kw_only=True):
    """A code into groups. ``picture`` is its QR, ``scan_url`` what the QR says."""

    config_id: str
    chat_ids: list[str]
    rooms: list[str]
    state: str
    remark: str
    picture: str
    scan_url: str
    scans: int
    created: int


def group_view(world: World, group: g.Group) -> GroupView:
    """Show a group."""
    face, stays = group.face, groups.members(world, group)
    owner = world.staff.get(face.owner)
    return GroupView(
        chat_id=group.chat_id, opengid=group.opengid, name=face.name, owner=face.owner,
        owner_name=owner.name if owner else face.owner, notice=face.notice, admins=face.admins,
        version=face.version, status=groups.status_of(world, group), created=group.created,
        dismissed=group.dismissed, members=len(stays),
        customers=sum(stay.who.startswith("p-") for stay in stays), welcome=group.welcome,
        messages=len(world.chats[group.chat_id]),
    )  # fmt: skip


def member_view(world: World, stay: g.Membership) -> GroupMemberView:
    """Show a member."""
    shelf = world.people if stay.who.startswith("p-") else world.staff
    known = shelf.get(stay.who[2:])
    return GroupMemberView(
        who=stay.who, name=known.name if known else stay.who, avatar=avatar(world, stay.who),
        joined=stay.joined, scene=stay.scene, invitor=stay.invitor, state=stay.state,
    )  # fmt: skip


def join_way_view(world: World, way: g.JoinWay) -> JoinWayView:
    """Show a code into groups."""
    return JoinWayView(
        config_id=way.config_id, chat_ids=way.chat_ids, rooms=way.rooms, state=way.state,
        remark=way.remark, picture=qr_picture(world.base_url, way),
        scan_url=f"{world.base_url}/g/{way.config_id}", scans=way.scans, created=way.created,
    )  # fmt: skip
