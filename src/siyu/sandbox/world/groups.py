"""Customer groups: how they begin, change and end, and what WeCom tells of it (docs 92122, 92130).

A group keeps its past faces and stays: the server API shows it as it was some seconds ago,
because WeCom's data settle after the event, and statistics look further back.
"""

import secrets
from collections.abc import Iterable, Sequence

from siyu.sandbox.world import group_records as g
from siyu.sandbox.world import ids
from siyu.sandbox.world import records as r
from siyu.sandbox.world.contacts import WorldRefused
from siyu.sandbox.world.envelope import Value, queue_event
from siyu.sandbox.world.state import World

_GONE = 5
_EVENT = "change_external_chat"


def has_left(staff: r.Staff | None) -> bool:
    """Whether the staff account left the corporation (status 5, doc 90196)."""
    return staff is None or staff.status == _GONE


def status_of(world: World, group: g.Group) -> int:
    """0 as usual, 1 the owner left, 2 being inherited, 3 inherited (doc 92120)."""
    if group.heir:
        return 2
    if has_left(world.staff.get(group.face.owner)):
        return 1
    return 3 if group.inherited else 0


def members(world: World, group: g.Group, at: float | None = None) -> list[g.Membership]:
    """Who is in the group, now or at a time, in the order of joining."""
    stays = world.stays[group.chat_id]
    if at is None:
        return [stay for stay in stays if stay.left is None]
    return [stay for stay in stays if stay.joined <= at and (stay.left is None or stay.left > at)]


def member(world: World, group: g.Group, who: str) -> g.Membership | None:
    """Return the present stay of someone, or None."""
    return next((stay for stay in members(world, group) if stay.who == who), None)


def groups_of(world: World, who: str) -> list[g.Group]:
    """Return the groups that someone is in, the latest first."""
    found = [
        group for group in world.groups if group.dismissed is None and member(world, group, who)
    ]
    return sorted(found, key=lambda group: -group.created)


def settled(world: World, group: g.Group) -> tuple[g.GroupFace, list[g.Membership]]:
    """Return face and members as the server API shows them: ``group_settles_seconds`` ago."""
    at = world.now() - world.switches.group_settles_seconds
    face = next((face for face in reversed(group.faces) if face.since <= at), group.faces[0])
    return face, members(world, group, max(at, group.faces[0].since))


def create(
    world: World,
    owner: r.Staff,
    *,
    name: str = "",
    notice: str = "",
    invited: Sequence[str] = (),
) -> g.Group:
    """Let a staff account begin a group with those it invites."""
    if not owner.can_contact or has_left(owner):
        raise WorldRefused("该员工没有客户联系权限,不能建客户群")
    now = world.now()
    face = g.GroupFace(since=now, name=name, owner=owner.userid, version=_version(), notice=notice)
    group = world.groups.save(
        g.Group(chat_id=ids.chat_id(), opengid=ids.opengid(), created=now, faces=[face])
    )
    label = f"s-{owner.userid}"
    _enter(world, group, label, g.DIRECT, "", "", at=now)
    for who in dict.fromkeys(invited):
        if who != label:
            _enter(world, group, who, g.DIRECT, owner.userid, "", at=now)
    queue_event(world, _EVENT, "create", {"ChatId": group.chat_id})
    _show(world, group)
    return group


def join(
    world: World,
    group: g.Group,
    newcomers: Iterable[str],
    *,
    scene: int = g.DIRECT,
    invitor: str = "",
    state: str = "",
) -> list[g.Membership]:
    """Let people or staff in together; who is in already stays as they are."""
    _alive(group)
    present = {stay.who for stay in members(world, group)}
    fresh = [who for who in dict.fromkeys(newcomers) if who not in present]
    if len(present) + len(fresh) > world.switches.group_members:
        raise WorldRefused("群已满")
    if not fresh:
        return []
    now = world.now()
    stays = [_enter(world, group, who, scene, invitor, state, at=now) for who in fresh]
    _members_changed(world, group, "add_member", fresh, {"JoinScene": scene, "QuitScene": 0})
    for who in fresh:
        _greet(world, group, who)
    return stays


def leave(world: World, group: g.Group, who: str, *, removed: bool = False) -> None:
    """Let someone go, by themselves or ``removed`` by owner or admin."""
    _alive(group)
    stay = member(world, group, who)
    if stay is None:
        raise WorldRefused("不在这个群里")
    if who == f"s-{group.face.owner}":
        raise WorldRefused("群主须先转让群主,或解散群聊")
    stay.left = world.now()
    world.memberships.save(stay)
    switches = world.switches
    scene = switches.group_quit_removed if removed else switches.group_quit_left
    _members_changed(world, group, "del_member", [who], {"QuitScene": scene})


def rename(world: World, group: g.Group, name: str) -> None:
    """Give the group another name."""
    _alive(group)
    _face(world, group, name=name)
    _updated(world, group, "change_name")


def set_notice(world: World, group: g.Group, notice: str) -> None:
    """Set the notice."""
    _alive(group)
    _face(world, group, notice=notice)
    _updated(world, group, "change_notice")


def set_admins(world: World, group: g.Group, admins: list[str]) -> None:
    """Name up to three staff accounts of the group as its admins; WeCom tells nobody."""
    _alive(group)
    if len(admins) > 3 or any(  # noqa: PLR2004
        member(world, group, f"s-{userid}") is None for userid in admins
    ):
        raise WorldRefused("管理员须是群里的员工,最多 3 位")
    _face(world, group, admins=admins)


def hand_over(world: World, group: g.Group, owner: r.Staff, *, by_api: bool = False) -> None:
    """Make a staff account the owner; it comes into the group where it was not."""
    _alive(group)
    if by_api and member(world, group, f"s-{owner.userid}") is None:
        _enter(world, group, f"s-{owner.userid}", g.DIRECT, group.face.owner, "", at=world.now())
        _face(world, group, version=_version())
    elif member(world, group, f"s-{owner.userid}") is None:
        raise WorldRefused("新群主须先进群")
    admins = [userid for userid in group.face.admins if userid != owner.userid]
    _face(world, group, owner=owner.userid, admins=admins)
    if not by_api or world.switches.api_calls_back:
        _updated(world, group, "change_owner")
    else:
        _show(world, group)


def dismiss(world: World, group: g.Group) -> None:
    """End the group."""
    _alive(group)
    group.dismissed = world.now()
    for stay in members(world, group):
        stay.left = group.dismissed
        world.memberships.save(stay)
    world.groups.save(group)
    queue_event(world, _EVENT, "dismiss", {"ChatId": group.chat_id})
    _show(world, group)


def say(world: World, group: g.Group, who: str, text: str) -> r.Message:
    """Let a member write in the group."""
    _alive(group)
    if member(world, group, who) is None:
        raise WorldRefused("不在这个群里")
    source = "staff" if who.startswith("s-") else "customer"
    return world.post_message(group.chat_id, who, "text", source, text=text)


def scan(world: World, way: g.JoinWay, person: r.Person) -> tuple[g.Group, str]:
    """Let a person scan a code into a group; return the group and ``joined`` or ``member``.

    The first group of the code that has room is entered. Are all full, a new one begins where the
    code says so, named by its ``room_base_name`` and a running number (doc 92229).
    """
    found = (world.groups.get(chat_id) for chat_id in (*way.chat_ids, *way.rooms))
    groups = [group for group in found if group is not None and group.dismissed is None]
    who = f"p-{person.id}"
    for group in groups:
        if member(world, group, who) is not None:
            return group, "member"
    free = next((x for x in groups if len(members(world, x)) < world.switches.group_members), None)
    if free is None:
        free = _another_room(world, way, groups)
    way.scans += 1
    world.join_ways.save(way)
    join(world, free, [who], scene=g.QR, state=way.state)
    return free, "joined"


def inherit_due(world: World) -> None:
    """Let the heirs whose time has come own the groups they were given."""
    for group in world.groups:
        heir = world.staff.get(group.heir)
        if heir is not None and group.heir_at <= world.now() and group.dismissed is None:
            group.heir, group.inherited = "", True
            hand_over(world, group, heir, by_api=True)


def _another_room(world: World, way: g.JoinWay, groups: list[g.Group]) -> g.Group:
    if not groups:
        raise WorldRefused("群聊已解散,二维码已失效")
    owner = world.staff.get(groups[-1].face.owner)
    if not way.auto_create_room or owner is None or has_left(owner):
        raise WorldRefused("群已满")
    name = f"{way.room_base_name}{way.room_base_id}" if way.room_base_name else ""
    room = create(world, owner, name=name)
    way.room_base_id += 1
    way.rooms.append(room.chat_id)
    return room


def _alive(group: g.Group) -> None:
    if group.dismissed is not None:
        raise WorldRefused("群已解散")


def _enter(
    world: World, group: g.Group, who: str, scene: int, invitor: str, state: str, *, at: float
) -> g.Membership:
    corp = world.corp
    stay = g.Membership(
        id=corp.next_membership, chat_id=group.chat_id, who=who, joined=at,
        scene=scene, invitor=invitor, state=state,
    )  # fmt: skip
    corp.next_membership += 1
    world.corps.save(corp)
    return world.add_membership(stay)


def _members_changed(
    world: World, group: g.Group, detail: str, who: Sequence[str], scenes: dict[str, Value]
) -> None:
    before = group.face.version
    _face(world, group, version=_version())
    changed: list[str] = []
    for label in who:
        person = world.people.get(label[2:]) if label.startswith("p-") else None
        changed.append(person.external_userid if person else label[2:])
    fields = {
        **scenes,
        "MemChangeCnt": len(changed),
        "MemChangeList": changed,
        "LastMemVer": before,
        "CurMemVer": group.face.version,
    }
    _updated(world, group, detail, fields)


def _updated(
    world: World, group: g.Group, detail: str, fields: dict[str, Value] | None = None
) -> None:
    told: dict[str, Value] = {"ChatId": group.chat_id, "UpdateDetail": detail, **(fields or {})}
    queue_event(world, _EVENT, "update", told)
    _show(world, group)


def _face(world: World, group: g.Group, **changes: str | list[str]) -> None:
    """Begin a new face; those nobody can be shown any more are forgotten."""
    now = world.now()
    before = group.face
    group.faces.append(
        g.GroupFace(
            since=now,
            name=str(changes.get("name", before.name)),
            owner=str(changes.get("owner", before.owner)),
            version=str(changes.get("version", before.version)),
            notice=str(changes.get("notice", before.notice)),
            admins=list(changes.get("admins", before.admins)),
        )
    )
    settled_at = now - world.switches.group_settles_seconds
    while len(group.faces) > 1 and group.faces[1].since <= settled_at:
        group.faces.pop(0)
    world.groups.save(group)


def _greet(world: World, group: g.Group, who: str) -> None:
    """Post the group's welcome to a customer who joined."""
    template = world.group_welcomes.get(group.welcome)
    person = world.people.get(who[2:]) if who.startswith("p-") else None
    if template is None or person is None:
        return
    sender = f"s-{group.face.owner}"
    if template.text:
        text = template.text.replace("%NICKNAME%", person.name)
        world.post_message(group.chat_id, sender, "text", "welcome", text=text)
    if template.kind:
        world.post_message(group.chat_id, sender, template.kind, "welcome", **template.shown)


def _show(world: World, group: g.Group) -> None:
    world.feed.publish("group", group)


def _version() -> str:
    return secrets.token_hex(16)
