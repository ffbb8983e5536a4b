"""How customers are handed over: they may refuse for a day, then they follow (docs 92125, 94081).

A staff account on the job hands over at most twice per customer in 90 days. Whoever leaves the
corporation leaves customers behind that wait to be assigned.
"""

from collections.abc import Iterator

from siyu.sandbox.world import directory
from siyu.sandbox.world import records as r
from siyu.sandbox.world import transfer_records as t
from siyu.sandbox.world.contacts import WorldRefused
from siyu.sandbox.world.envelope import contact_event, queue_event
from siyu.sandbox.world.groups import has_left
from siyu.sandbox.world.state import World, staff_chat

QUARTER = 90 * 86_400
_ASSIGNED = 202


def start(
    world: World, relation: r.Relation, takeover: str, *, resigned: bool, message: str = ""
) -> t.Transfer:
    """Offer a customer another staff account."""
    now = world.now()
    transfer = world.transfers.save(
        t.Transfer(
            id=len(world.transfers) + 1, handover=relation.userid, takeover=takeover,
            person=relation.person, started=now, due=now + world.switches.transfer_seconds,
            resigned=resigned, message=message,
        )
    )  # fmt: skip
    world.agenda.spawn(_when_due(world, transfer))
    world.feed.publish("transfer", transfer)
    return transfer


def resume(world: World) -> None:
    """Wait on for the hand-overs that were under way when the world stopped."""
    for transfer in world.transfers:
        if transfer.status == t.WAITING:
            world.agenda.spawn(_when_due(world, transfer))


async def _when_due(world: World, transfer: t.Transfer) -> None:
    await world.agenda.sleep_until(transfer.due)
    settle_due(world)
    await world.journal.settled()


def between(world: World, handover: str, takeover: str) -> list[t.Transfer]:
    """Return the latest hand-over of each customer between two accounts."""
    latest: dict[int, t.Transfer] = {}
    for transfer in world.transfers:
        if (transfer.handover, transfer.takeover) == (handover, takeover):
            latest[transfer.person] = transfer
    return list(latest.values())


def waiting(world: World, handover: str, person: int) -> t.Transfer | None:
    """Return the hand-over a customer has before them."""
    open_ones = (x for x in world.transfers if x.status == t.WAITING and x.person == person)
    return next((x for x in open_ones if x.handover == handover), None)


def on_the_job(world: World, person: int) -> int:
    """Return how often a customer was handed over by staff on the job within 90 days."""
    since = world.now() - QUARTER
    return sum(
        x.person == person and not x.resigned and x.started > since and x.status != t.REFUSED
        for x in world.transfers
    )


def has_room(world: World, userid: str) -> bool:
    """Whether the account may have another customer."""
    return sum(1 for _ in world.customers_of(userid)) < world.switches.customers_per_staff


def refuse(world: World, person: r.Person) -> t.Transfer:
    """Let the customer stay away from the account that should take over."""
    settle_due(world)
    transfer = next(
        (x for x in world.transfers if x.status == t.WAITING and x.person == person.id), None
    )
    if transfer is None:
        raise WorldRefused("这个客户没有等待中的接替")
    _fail(world, transfer, t.REFUSED, "customer_refused")
    return transfer


def settle_due(world: World) -> None:
    """Carry out the hand-overs whose day is over."""
    due = [x for x in world.transfers if x.status == t.WAITING and x.due <= world.now()]
    for transfer in due:
        if has_room(world, transfer.takeover):
            _complete(world, transfer)
        else:
            _fail(world, transfer, t.FULL, "customer_limit_exceed")


def unassigned(world: World) -> Iterator[tuple[r.Relation, r.Staff]]:
    """Yield the customers that staff who left have left behind and nobody was given."""
    for staff in world.staff:
        if not has_left(staff):
            continue
        for relation in world.customers_of(staff.userid):
            if waiting(world, staff.userid, relation.person) is None:
                yield relation, staff


def resign(world: World, staff: r.Staff) -> None:
    """Let a staff account leave the corporation; the directory tells its apps."""
    if has_left(staff):
        raise WorldRefused("该员工已经离职")
    directory.leave(world, staff, told=True)


def _complete(world: World, transfer: t.Transfer) -> None:
    old = world.relation(transfer.handover, transfer.person)
    transfer.status, transfer.finished = t.DONE, transfer.due
    world.transfers.save(transfer)
    new = world.relation(transfer.takeover, transfer.person)
    if new is None:
        new = world.add_relation(_successor(world, transfer, old))
        fresh = True
    else:
        fresh = not (new.staff_has and new.customer_has)
        new.staff_has = new.customer_has = True
        world.relations.save(new)
    if old is not None and old.staff_has:
        old.staff_has = old.customer_has = False
        world.relations.save(old)
        contact_event(world, "del_external_contact", old, source="DELETE_BY_TRANSFER")
        world.feed.publish("relation", old)
    if fresh:
        contact_event(world, "add_external_contact", new, state=new.state)
    if transfer.message:
        chat = staff_chat(transfer.takeover, transfer.person)
        sender = f"s-{transfer.takeover}"
        world.post_message(chat, sender, "text", "system", text=transfer.message)
    world.feed.publish("relation", new)
    world.feed.publish("transfer", transfer)


def _successor(world: World, transfer: t.Transfer, old: r.Relation | None) -> r.Relation:
    """Return the relation of who takes over; remark and corp tags come along."""
    return r.Relation(
        userid=transfer.takeover, person=transfer.person, created=int(world.now()),
        add_way=_ASSIGNED, state="", oper=transfer.handover,
        remark=old.remark if old else "", description=old.description if old else "",
        company=old.company if old else "", mobiles=list(old.mobiles) if old else [],
        tags=list(old.tags) if old else [], chatting=True,
    )  # fmt: skip


def _fail(world: World, transfer: t.Transfer, status: int, reason: str) -> None:
    transfer.status, transfer.finished = status, world.now()
    world.transfers.save(transfer)
    person = world.people.get(str(transfer.person))
    told = {
        "FailReason": reason,
        "UserID": transfer.takeover,
        "ExternalUserID": person.external_userid if person else "",
    }
    queue_event(world, "change_external_contact", "transfer_fail", told)
    world.feed.publish("transfer", transfer)
