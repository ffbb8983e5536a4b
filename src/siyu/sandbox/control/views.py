"""How the control API shows what exists. These shapes are the contract with the world page."""

from typing import Any

import msgspec

from siyu.sandbox.api.ways import qr_picture
from siyu.sandbox.callbacks.verify import verify_content
from siyu.sandbox.hosts import Who, own_url, parse_who
from siyu.sandbox.world import records as r
from siyu.sandbox.world.state import World


class Side(msgspec.Struct):
    """A party of a chat. ``who``: ``p-17``, ``s-linxiaoyue``, ``app``, ``official``, ``mini``."""

    who: str
    name: str
    avatar: str


class MessageView(msgspec.Struct, kw_only=True):
    """A message. ``open_url``: the link under the reader's own host, ready for a frame."""

    id: int
    at: float
    sender: str
    kind: str
    source: str
    text: str
    title: str
    desc: str
    url: str
    open_url: str
    pic: str


class ChatView(msgspec.Struct, kw_only=True):
    """A chat as one side sees it. ``state``: friend, lost (the other side left), pending."""

    chat: str
    peer: Side
    state: str
    messages: list[MessageView]


class RelationView(msgspec.Struct, kw_only=True):
    """A contact of a person."""

    userid: str
    staff_name: str
    person: int
    person_name: str
    remark: str
    state: str
    created: int
    staff_has: bool
    customer_has: bool
    pending: bool
    half: bool
    tags: list[str]


class PersonView(msgspec.Struct, kw_only=True):
    """A WeChat user. ``own_host`` goes before siyu's host in everything this person opens."""

    id: int
    name: str
    gender: int
    avatar: str
    own_host: str
    unionid: str
    external_userid: str
    phone: str
    member_id: str
    snapshot: bool
    origin: str
    contacts: list[RelationView]


class StaffView(msgspec.Struct, kw_only=True):
    """A staff account. ``customers``: how many it has; ``current``: person of the open chat."""

    userid: str
    name: str
    alias: str
    gender: int
    department: int
    position: str
    employee: str
    avatar: str
    own_host: str
    customers: int
    current: int | None
    can_contact: bool
    console_welcome: bool
    status: int


class WayView(msgspec.Struct, kw_only=True):
    """A code lying about. ``picture`` is its QR, ``scan_url`` what the QR says."""

    config_id: str
    state: str
    remark: str
    user: list[str]
    party: list[int]
    picture: str
    scan_url: str
    scans: int
    created: int


def avatar(world: World, who: str) -> str:
    """Return the address of a portrait."""
    return f"{world.base_url}/avatar/{who}.svg"


def side(world: World, label: str) -> Side:
    """Describe a party of a chat."""
    who = parse_who(label)
    if label == "official":
        return Side(label, world.official.name, avatar(world, label))
    if label == "mini":
        return Side(label, world.wechat.mini.name, avatar(world, label))
    if who is None:
        return Side("app", next(iter(world.apps)).name, avatar(world, "app"))
    found = world.staff.get(who.key) if who.is_staff else world.people.get(who.key)
    return Side(label, found.name if found else label, avatar(world, label))


def message_view(world: World, message: r.Message, reader: Who) -> MessageView:
    """Show a message to ``reader``."""
    return MessageView(
        id=message.id, at=message.at, sender=message.sender, kind=message.kind,
        source=message.source, text=message.text, title=message.title, desc=message.desc,
        url=message.url, pic=message.pic,
        open_url=own_url(message.url, reader, world.personal_hosts) if message.url else "",
    )  # fmt: skip


def chats_of(world: World, label: str) -> list[ChatView]:
    """All chats of a person or staff account, the latest first."""
    reader = parse_who(label)
    if reader is None:
        return []
    names = set(world.chats_of[label])
    own = (
        world.relations_of_staff[reader.key]
        if reader.is_staff
        else world.relations_of_person[int(reader.key)]
    )
    names |= {f"s-{x.userid}|p-{x.person}" for x in own if _in_list(x, reader)}
    shown = [_chat(world, name, reader) for name in names]
    return sorted(shown, key=lambda c: -(c.messages[-1].id if c.messages else 0))


def _in_list(relation: r.Relation, reader: Who) -> bool:
    return relation.staff_has if reader.is_staff else relation.customer_has


def _chat(world: World, name: str, reader: Who) -> ChatView:
    one, other = name.split("|")
    peer = other if one == reader.label else one
    state = "friend"
    if one.startswith("s-"):
        relation = world.relation(one[2:], int(other[2:]))
        if relation is None or not (relation.staff_has and relation.customer_has):
            state = "lost"
        elif relation.pending:
            state = "pending"
    messages = [message_view(world, m, reader) for m in world.chats.get(name, [])]
    return ChatView(chat=name, peer=side(world, peer), state=state, messages=messages)


def relation_view(world: World, relation: r.Relation) -> RelationView:
    """Show a contact."""
    staff = world.staff.get(relation.userid)
    person = world.people.get(str(relation.person))
    names = {tag.id: tag.name for group in world.tag_groups for tag in group.tags}
    return RelationView(
        userid=relation.userid,
        staff_name=staff.name if staff else relation.userid,
        person=relation.person,
        person_name=person.name if person else "",
        remark=relation.remark,
        state=relation.state,
        created=relation.created,
        staff_has=relation.staff_has,
        customer_has=relation.customer_has,
        pending=relation.pending,
        half=relation.half,
        tags=[names[tag] for tag in relation.tags if tag in names],
    )


def person_view(world: World, person: r.Person) -> PersonView:
    """Show a person with their contacts."""
    return PersonView(
        id=person.id, name=person.name, gender=person.gender,
        avatar=avatar(world, f"p-{person.id}"), own_host=f"p-{person.id}",
        unionid=person.unionid, external_userid=person.external_userid, phone=person.phone,
        member_id=person.member_id, snapshot=person.snapshot, origin=person.origin,
        contacts=[
            relation_view(world, x)
            # In an order that a restart keeps.
            for x in sorted(world.relations_of_person[person.id], key=lambda x: x.userid)
        ],
    )  # fmt: skip


def staff_view(world: World, staff: r.Staff) -> StaffView:
    """Show a staff account."""
    return StaffView(
        userid=staff.userid, name=staff.name, alias=staff.alias, gender=staff.gender,
        department=staff.department, position=staff.position, employee=staff.employee,
        avatar=avatar(world, f"s-{staff.userid}"), own_host=f"s-{staff.userid}",
        customers=sum(1 for _ in world.customers_of(staff.userid)), current=staff.current,
        can_contact=staff.can_contact, console_welcome=staff.console_welcome,
        status=staff.status,
    )  # fmt: skip


def way_view(world: World, way: r.ContactWay) -> WayView:
    """Show a code."""
    return WayView(
        config_id=way.config_id, state=way.state, remark=way.remark, user=way.user,
        party=way.party, picture=qr_picture(world.base_url, way),
        scan_url=f"{world.base_url}/q/{way.config_id}", scans=way.scans, created=way.created,
    )  # fmt: skip


def app_view(app: r.App) -> dict[str, Any]:
    """Show an app as the admin console does, with its secret."""
    return {
        "agentid": app.agentid,
        "name": app.name,
        "secret": app.secret,
        "description": app.description,
        "departments": app.departments,
        "permissions": app.permissions,
        "callback": {"url": app.callback_url, "verified_at": app.callback_verified_at},
        "trusted_domain": app.trusted_domain,
        "domain_verified_at": app.domain_verified_at,
        "verify_file": {"name": app.verify_name, "content": verify_content(app.verify_name)},
        "home_url": app.home_url,
    }


def official_view(official: r.OfficialAccount) -> dict[str, Any]:
    """Show the official account as its admin sees it."""
    return {
        "appid": official.appid,
        "name": official.name,
        "secret": official.secret,
        "domain": official.domain,
        "verify_file": {
            "name": official.verify_name,
            "content": verify_content(official.verify_name),
        },
    }


def world_view(world: World, waiting_callbacks: int) -> dict[str, Any]:
    """Show the whole world at a glance."""
    corp = world.corp
    return {
        "corp": {"corpid": corp.corpid, "name": corp.name, "base_url": world.base_url},
        "now": world.now(),
        "official": official_view(world.official),
        "apps": [app_view(app) for app in world.apps],
        "departments": list(world.departments),
        "staff": [staff_view(world, staff) for staff in world.staff],
        "people": {"total": len(world.people)},
        "ways": [way_view(world, w) for w in sorted(world.ways, key=lambda w: -w.created)],
        "shop": shop_view(world),
        "switches": world.switches,
        "personal_hosts": sorted(world.personal_hosts),
        "waiting_callbacks": waiting_callbacks,
    }


def shop_view(world: World) -> dict[str, Any]:
    """Show the shop without its secret."""
    shop = world.shop
    return {
        "name": shop.name,
        "orders_url": shop.orders_url,
        "key": shop.key,
        "configured": bool(shop.orders_url and shop.secret),
        "products": [
            {**msgspec.to_builtins(p), "url": f"{world.base_url}/shop/{p.sku}"}
            for p in shop.products
        ],
    }
