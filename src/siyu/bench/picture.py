"""Is siyu's picture the world's? Whatever differs, except what WeCom has not revealed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from defusedxml import ElementTree  # type: ignore[import-untyped]
from sqlalchemy import text

from siyu.core.db import Database

_SHOWN: Final = 30

_CONTACTS: Final = text("""
select s.userid, i.value as external_userid, c.state, c.lost_by, c.first_add_at, c.added_at,
       c.remark, cu.name, cu.id as customer_id,
       array(select t.wecom_id from contact_tag ct join tag t
             on t.tenant_id = ct.tenant_id and t.id = ct.tag_id
             where ct.tenant_id = c.tenant_id and ct.contact_id = c.id and not t.gone
             order by 1) as tags
from contact c
join identity i on i.tenant_id = c.tenant_id and i.id = c.identity_id
join customer cu on cu.tenant_id = i.tenant_id and cu.id = i.customer_id
join staff_account s on s.tenant_id = c.tenant_id and s.id = c.staff_account_id
""")
_TAGS: Final = text("""
select t.wecom_id as id, t.name, g.name as "group" from tag t
join tag_group g on g.tenant_id = t.tenant_id and g.id = t.group_id where not t.gone
""")
_WELCOMES: Final = text("select code, state, reason, errcode from welcome_attempt")
_GROUPS: Final = text("""
select g.chat_id, g.name, g.owner_userid as owner, g.state = 'dismissed' as dismissed,
       array(select coalesce(m.userid, i.value) from group_member m
             left join identity i on i.tenant_id = m.tenant_id and i.id = m.identity_id
             where m.tenant_id = g.tenant_id and m.group_id = g.id and m.left_at is null
             order by 1) as members
from group_chat g
""")
_ADDED_TWICE: Final = text("""
select count(*) from (select properties ->> 'contact_id' from event where type = 'contact.added'
group by 1 having count(*) > 1) as doubled
""")

Pair = tuple[str, str]

_WECOMS_REASONS: Final = frozenset(
    {"quota", "code_expired", "unreachable", "too_late", "unconfirmed"}
)
"""Reasons without an error code that lie with WeCom: no room, too late a callback, no answer."""


class Unheard(NamedTuple):
    """A callback that never reached siyu."""

    change: str
    at: int


async def compare(db: Database, truth: dict[str, Any]) -> dict[str, Any]:
    """Return the differences between siyu's picture and the world's, and what was not revealed."""
    async with db.system() as session:
        contacts = (await session.execute(_CONTACTS)).all()
        tags = (await session.execute(_TAGS)).all()
        welcomes = (await session.execute(_WELCOMES)).all()
        groups = (await session.execute(_GROUPS)).all()
        doubled: int = (await session.execute(_ADDED_TWICE)).scalar_one()
    unheard = _unheard(truth["unheard"])
    known = {(row.userid, row.external_userid): row for row in contacts}
    relations = {
        (row["userid"], row["external_userid"]): row
        for row in truth["relations"]
        if not row["pending"]
    }
    hidden: list[str] = []
    found = [
        *_of_contacts(relations, known, unheard, hidden),
        *_of_customers(relations, known),
        *_of_tags(truth["tags"], tags),
        *_of_groups(truth["groups"], {row.chat_id: row for row in groups}),
        *_of_welcomes(truth["welcomes"], {row.code: row for row in welcomes}, unheard),
        *(["a fact of an addition was announced twice"] * doubled),
    ]
    return {
        "contacts": len(relations),
        "customers": len({row.customer_id for row in contacts}),
        "groups": len(truth["groups"]),
        "welcomes": _fates(welcomes),
        "unheard_callbacks": len(truth["unheard"]),
        "not_revealed": len(hidden),
        "differences": len(found),
        "examples": found[:_SHOWN],
    }


def _of_contacts(
    relations: Mapping[Pair, Any],
    known: Mapping[Pair, Any],
    unheard: Mapping[Pair, list[Unheard]],
    hidden: list[str],
) -> Iterator[str]:
    for pair in known.keys() - relations.keys():
        yield f"{pair}: siyu invented a friendship"
    for pair, true in relations.items():
        believed = known.get(pair)
        missed = {item.change for item in unheard[pair] if item.at >= true["created"]}
        if believed is None:
            if true["staff_has"]:
                yield f"{pair}: siyu does not know the friendship"
            else:
                hidden.append(f"{pair}: over before anyone could read of it")
            continue
        yield from _of_state(pair, true, believed, missed, hidden)
        yield from _of_first(pair, true, believed, unheard[pair], hidden)
        if not true["staff_has"]:
            continue
        if sorted(true["tags"]) != list(believed.tags):
            yield f"{pair}: tags {sorted(true['tags'])}, believed {list(believed.tags)}"
        if true["remark"] != believed.remark:
            yield f"{pair}: remark {true['remark']!r}, believed {believed.remark!r}"
        if true["name"] != believed.name:
            yield f"{pair}: name {true['name']!r}, believed {believed.name!r}"


def _of_state(
    pair: Pair, true: Any, believed: Any, missed: set[str], hidden: list[str]
) -> Iterator[str]:
    state = "active" if true["staff_has"] and true["customer_has"] else "lost"
    expected = (state, true["ended_by"] or None)
    seen = (believed.state, believed.lost_by)
    if seen == expected:
        return
    if expected == ("lost", "customer") and "del_follow_user" in missed:
        # WeCom told once and the callback was lost; its list goes on showing the friendship.
        allowed = (
            {("active", None)} if true["staff_has"] else {("lost", "staff"), ("lost", "unknown")}
        )
        if seen in allowed:
            hidden.append(f"{pair}: the customer left unheard")
            return
    if expected == ("lost", "staff") and "del_external_contact" in missed:
        allowed = {("lost", "unknown"), ("lost", "customer")}
        if seen in allowed:
            hidden.append(f"{pair}: by whom it ended was told once, unheard")
            return
    yield f"{pair}: {expected}, believed {seen}"


def _of_first(
    pair: Pair, true: Any, believed: Any, unheard: list[Unheard], hidden: list[str]
) -> Iterator[str]:
    first = datetime.fromtimestamp(true["first"], UTC)
    if believed.first_add_at == first:
        return
    lost = any(
        item.change == "add_external_contact" and item.at == true["first"] for item in unheard
    )
    if lost and (true["adds"] > 1 or not true["staff_has"]):
        # WeCom shows the latest addition only, and none of a friendship the staff ended.
        hidden.append(f"{pair}: the first addition was told once, unheard")
        return
    yield f"{pair}: first added {first}, believed {believed.first_add_at}"


def _of_customers(relations: Mapping[Pair, Any], known: Mapping[Pair, Any]) -> Iterator[str]:
    people: dict[str, set[int]] = defaultdict(set)
    for pair, true in relations.items():
        if pair in known:
            people[true["unionid"]].add(known[pair].customer_id)
    for unionid, customers in people.items():
        if len(customers) > 1:
            yield f"{unionid}: one person is {len(customers)} customers"
    if len(people) != len({number for numbers in people.values() for number in numbers}):
        yield "several people are one customer"


def _of_tags(true: list[dict[str, Any]], believed: Any) -> Iterator[str]:
    expected = {(tag["id"], tag["name"], tag["group"]) for tag in true}
    seen = {(row.id, row.name, row.group) for row in believed}
    for tag in sorted(expected ^ seen):
        yield f"tag {tag}: {'unknown to siyu' if tag in expected else 'gone from WeCom'}"


def _of_groups(true: list[dict[str, Any]], believed: Mapping[str, Any]) -> Iterator[str]:
    for group in true:
        name = group["chat_id"]
        seen = believed.get(name)
        if seen is None:
            # One that began and ended between two readings was shown to nobody.
            if not group["dismissed"]:
                yield f"group {name}: unknown to siyu"
            continue
        if seen.dismissed != group["dismissed"]:
            yield f"group {name}: dismissed {group['dismissed']}, believed {seen.dismissed}"
        if group["dismissed"]:
            continue
        for part in ("name", "owner"):
            if getattr(seen, part) != group[part]:
                yield f"group {name}: {part} {group[part]!r}, believed {getattr(seen, part)!r}"
        if sorted(seen.members) != sorted(group["members"]):
            yield f"group {name}: {len(group['members'])} members, believed {len(seen.members)}"


def _of_welcomes(
    true: list[dict[str, Any]], attempts: Mapping[str, Any], unheard: Mapping[Pair, list[Unheard]]
) -> Iterator[str]:
    for code in true:
        pair = (code["userid"], code["external_userid"])
        attempt = attempts.get(code["code"])
        told = Unheard("add_external_contact", int(code["created"])) not in unheard[pair]
        if attempt is None:
            if told:
                yield f"{pair}: never tried to welcome"
        elif attempt.state == "sending":
            yield f"{pair}: the welcome is still being sent"
        elif (attempt.state == "sent") != (code["sent"] is not None):
            yield f"{pair}: welcome {attempt.state} ({attempt.reason}), sent at {code['sent']}"
        elif attempt.state == "given_up" and not (
            attempt.errcode or attempt.reason in _WECOMS_REASONS
        ):
            yield f"{pair}: welcome given up because of {attempt.reason}"


def _fates(attempts: Any) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for row in attempts:
        why = "" if row.state == "sent" else f": {row.reason} {row.errcode or ''}".rstrip()
        counts[row.state + why] += 1
    return dict(counts)


def _unheard(deliveries: list[dict[str, Any]]) -> dict[Pair, list[Unheard]]:
    found: dict[Pair, list[Unheard]] = defaultdict(list)
    for delivery in deliveries:
        event = ElementTree.fromstring(delivery["xml"])
        pair = (event.findtext("UserID") or "", event.findtext("ExternalUserID") or "")
        at = int(event.findtext("CreateTime") or 0)
        found[pair].append(Unheard(event.findtext("ChangeType") or "", at))
    return found
