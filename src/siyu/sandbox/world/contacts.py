"""How people and staff become, and cease to be, contacts (docs 92130, 92228, 92114)."""

from dataclasses import dataclass
from random import Random

from siyu.sandbox.world import behaviour_records as b
from siyu.sandbox.world import envelope, ids
from siyu.sandbox.world import records as r
from siyu.sandbox.world.state import World, staff_chat

WELCOME_SECONDS = 20.0
ADD_BY_SCAN = 1


class WorldRefused(Exception):
    """What a person wanted is impossible in this state; the sentence says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Added:
    """What came of a scan.

    ``outcome``: added, again (re-added), friend (was one already), asked (the staff account must
    confirm). ``welcome`` is the code given to the apps, if one was.
    """

    relation: r.Relation
    outcome: str
    welcome: r.WelcomeCode | None = None


def staff_of_way(world: World, way: r.ContactWay) -> list[r.Staff]:
    """Staff accounts the code may lead to: named ones and members of its departments."""
    chosen = [world.staff.get(userid) for userid in way.user]
    if way.party:
        parties = departments_below(world, way.party)
        chosen += [staff for staff in world.staff if staff.department in parties]
    usable = {staff.userid: staff for staff in chosen if staff is not None}
    return [staff for staff in usable.values() if staff.status == 1 and staff.can_contact]


def departments_below(world: World, roots: list[int]) -> set[int]:
    """Ids of the departments and of all below them."""
    found = set(roots)
    while True:
        more = {d.id for d in world.departments if d.parent in found} - found
        if not more:
            return found
        found |= more


def pick_staff(world: World, way: r.ContactWay, person: r.Person, rng: Random) -> r.Staff:
    """Choose whom the code shows.

    ``is_exclusive`` keeps a person with the account already followed; else the switch
    ``way_choice`` decides: ``random`` or ``fewest`` (fewest customers first).
    """
    candidates = staff_of_way(world, way)
    if not candidates:
        raise WorldRefused("这个二维码没有可以接待的员工")
    if way.is_exclusive:
        for staff in candidates:
            if world.relation(staff.userid, person.id) is not None:
                return staff
    if world.switches.way_choice == "fewest":
        return min(candidates, key=lambda s: len(world.relations_of_staff[s.userid]))
    return rng.choice(candidates)


def scan(world: World, way: r.ContactWay, person: r.Person, burst: str = "") -> Added:
    """Let a person scan a code and tap "add"."""
    _check_way(world, way, person)
    staff = pick_staff(world, way, person, world.random)
    way.scans += 1
    way.used = True
    world.ways.save(way)
    half = world.switches.half_add and way.skip_verify
    return add(
        world, staff, person, state=way.state, add_way=ADD_BY_SCAN,
        half=half, pending=not way.skip_verify, burst=burst,
    )  # fmt: skip


def _check_way(world: World, way: r.ContactWay, person: r.Person) -> None:
    if way.is_temp and (way.used or world.now() > way.created + way.expires_in):
        raise WorldRefused("这个临时二维码已经失效")
    if way.unionid and way.unionid != person.unionid:
        raise WorldRefused("这个二维码只给指定的客户使用")


def add(
    world: World,
    staff: r.Staff,
    person: r.Person,
    *,
    state: str = "",
    add_way: int = ADD_BY_SCAN,
    by_staff: bool = False,
    half: bool = False,
    pending: bool = False,
    burst: str = "",
) -> Added:
    """Make the two contacts, as the customer (or the staff) just asked for."""
    relation = world.relation(staff.userid, person.id)
    oper = staff.userid if by_staff else person.external_userid
    if relation is None:
        relation = world.add_relation(
            r.Relation(
                userid=staff.userid, person=person.id, created=int(world.now()),
                add_way=add_way, state=state, oper=oper, half=half, pending=pending,
            )
        )  # fmt: skip
        outcome = "added"
    elif relation.staff_has and relation.customer_has and not relation.pending:
        return Added(relation, "friend")
    else:
        _renew(world, relation, state=state, add_way=add_way, oper=oper)
        relation.half, relation.pending = half, pending
        outcome = "again"
    world.relations.save(relation)
    if by_staff:
        world.behaviour.note(b.ASKED, staff.userid, person.id, world.now())
    if pending:
        world.feed.publish("relation", relation)
        return Added(relation, "asked")
    return Added(relation, outcome, _announce(world, relation, burst))


def confirm(world: World, staff: r.Staff, person: r.Person) -> Added:
    """Accept a request, or add a half-added customer back, as the staff account."""
    relation = world.relation(staff.userid, person.id)
    if relation is None or not (relation.pending or relation.half):
        raise WorldRefused("没有等待通过的好友申请")
    relation.pending = relation.half = False
    world.relations.save(relation)
    return Added(relation, "added", _announce(world, relation, ""))


def _renew(world: World, relation: r.Relation, *, state: str, add_way: int, oper: str) -> None:
    """Begin a lost relation anew; what the account kept stays only if it never deleted."""
    readd = world.switches.readd_state
    if readd == "missing":
        state = ""
    elif readd == "internal":
        state = f"wb:1:{ids.random_text(7, world.random, '0123456789')}"
    if not relation.staff_has:
        relation.tags = []
        relation.remark = relation.description = relation.company = ""
        relation.mobiles = []
    relation.first = relation.first or relation.created
    relation.created, relation.ended_by = int(world.now()), ""
    relation.add_way, relation.state, relation.oper = add_way, state, oper
    relation.staff_has = relation.customer_has = True
    relation.chatting = relation.welcomed = False
    relation.adds += 1


def _announce(world: World, relation: r.Relation, burst: str) -> r.WelcomeCode | None:
    staff = world.staff.get(relation.userid)
    world.behaviour.note(b.ADDED, relation.userid, relation.person, world.now())
    silent = staff is None or staff.console_welcome or relation.chatting or relation.welcomed
    code = None if silent else _welcome_code(world, relation, burst)
    if code is not None and relation.half:
        relation.welcomed = True
    change = "add_half_external_contact" if relation.half else "add_external_contact"
    envelope.contact_event(
        world, change, relation, state=relation.state, welcome_code=code.code if code else ""
    )
    if staff is not None and staff.console_welcome:
        world.post_message(
            staff_chat(relation.userid, relation.person), f"s-{relation.userid}", "text",
            "welcome", text="您好,很高兴认识您!",
        )  # fmt: skip
    world.feed.publish("relation", relation)
    return code


def _welcome_code(world: World, relation: r.Relation, burst: str) -> r.WelcomeCode:
    now = world.now()
    return world.welcome_codes.save(
        r.WelcomeCode(
            code=ids.random_text(43), userid=relation.userid, person=relation.person,
            created=now, expires=now + WELCOME_SECONDS, burst=burst,
        )
    )  # fmt: skip


def customer_deletes(world: World, userid: str, person: r.Person) -> r.Relation:
    """Let the customer delete the account, whose list keeps showing the customer."""
    relation = world.relation(userid, person.id)
    if relation is None or not relation.customer_has:
        raise WorldRefused("这个客户没有添加该员工")
    relation.customer_has = False
    relation.ended_by = relation.ended_by or "customer"
    world.behaviour.note(b.DELETED, userid, person.id, world.now())
    world.relations.save(relation)
    envelope.contact_event(world, "del_follow_user", relation)
    world.feed.publish("relation", relation)
    return relation


def staff_deletes(world: World, userid: str, person: r.Person) -> r.Relation:
    """Let the staff account delete the customer, who does not notice."""
    relation = world.relation(userid, person.id)
    if relation is None or not relation.staff_has:
        raise WorldRefused("该员工没有这个客户")
    relation.staff_has = False
    relation.ended_by = relation.ended_by or "staff"
    world.relations.save(relation)
    envelope.contact_event(world, "del_external_contact", relation)
    world.feed.publish("relation", relation)
    return relation


def staff_edits(
    world: World,
    relation: r.Relation,
    *,
    remark: str | None,
    description: str | None,
    mobiles: list[str] | None,
    tags: list[str] | None,
) -> None:
    """Edit remark or tags in the client; changed mobiles alone tell nobody [D 92130]."""
    noticed = False
    if remark is not None and remark != relation.remark:
        relation.remark, noticed = remark, True
    if description is not None and description != relation.description:
        relation.description, noticed = description, True
    if tags is not None and sorted(tags) != sorted(relation.tags):
        relation.tags, noticed = tags, True
    if mobiles is not None:
        relation.mobiles = mobiles
    world.relations.save(relation)
    if noticed:
        envelope.contact_event(world, "edit_external_contact", relation)
    world.feed.publish("relation", relation)
