"""Who gets a mass message from whom (doc 92135)."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from siyu.sandbox.world import records as r
from siyu.sandbox.world.mass import owns
from siyu.sandbox.world.state import World, staff_chat


class Choice(NamedTuple):
    """Receivers by staff account, and what was named but cannot be sent to."""

    receivers: dict[str, list[str]]
    failed: list[str]


def choose_customers(
    world: World,
    sees: Callable[[r.Staff], bool],
    *,
    sender: str,
    external_userids: list[str],
    tag_lists: list[list[str]],
) -> Choice:
    """Choose customers by id, else by tags, else all; by the sender, else by who chatted last.

    Ids given, tags are ignored. A customer matches with at least one tag of every list, as the
    staff account that follows them put them on.
    """
    if external_userids:
        return _named(world, sees, sender, external_userids)
    senders = [sender] if sender else [s.userid for s in world.staff if _may_send(s, sees)]
    relations = [
        relation
        for userid in senders
        for relation in world.customers_of(userid)
        if all(set(tags) & set(relation.tags) for tags in tag_lists)
    ]
    return Choice(_by_sender(_last_chatted(world, relations)), [])


def choose_groups(world: World, sender: str, chat_ids: list[str]) -> Choice:
    """Choose groups of the sender: those named, else all, of which it chooses itself."""
    if not chat_ids:
        own = [group.chat_id for group in world.groups if owns(world, sender, group.chat_id)]
        return Choice({sender: own} if own else {}, [])
    wanted = list(dict.fromkeys(chat_ids))
    own = [chat_id for chat_id in wanted if owns(world, sender, chat_id)]
    failed = [chat_id for chat_id in wanted if chat_id not in set(own)]
    return Choice({sender: own} if own else {}, failed)


def _named(
    world: World, sees: Callable[[r.Staff], bool], sender: str, external_userids: list[str]
) -> Choice:
    relations: list[r.Relation] = []
    failed: list[str] = []
    for external_userid in dict.fromkeys(external_userids):
        person = world.by_external.get(external_userid)
        usable = [
            relation
            for relation in (world.followers_of(person.id) if person else ())
            if (not sender or relation.userid == sender)
            and (staff := world.staff.get(relation.userid)) is not None
            and _may_send(staff, sees)
        ]
        relations += usable
        if not usable:
            failed.append(external_userid)
    return Choice(_by_sender(_last_chatted(world, relations)), failed)


def _may_send(staff: r.Staff, sees: Callable[[r.Staff], bool]) -> bool:
    return staff.status == 1 and staff.can_contact and sees(staff)


def _last_chatted(world: World, relations: Iterable[r.Relation]) -> Iterable[r.Relation]:
    """Keep one relation of each customer: that of the last chat, without any the latest."""
    best: dict[int, tuple[float, r.Relation]] = {}
    for relation in relations:
        messages = world.chats.get(staff_chat(relation.userid, relation.person))
        at = messages[-1].at if messages else float(relation.created)
        if relation.person not in best or at > best[relation.person][0]:
            best[relation.person] = (at, relation)
    return [relation for _, relation in best.values()]


def _by_sender(relations: Iterable[r.Relation]) -> dict[str, list[str]]:
    receivers: dict[str, list[str]] = {}
    for relation in relations:
        receivers.setdefault(relation.userid, []).append(f"p-{relation.person}")
    return receivers
