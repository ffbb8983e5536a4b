"""Persons as rows of the engine, row by row: plainly, for comparing with what is written."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

from siyu.people.picture.person import Held, Person

_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NO_DAY: Final = date(1970, 1, 1)
_DAYS: Final = (date(1900, 1, 1), date(2299, 12, 31))

Head = tuple[int, int]
"""Tier and tenant, with which each row begins."""


def person_rows(head: Head, persons: Iterable[Person], version: int) -> list[tuple[Any, ...]]:
    """Return the rows of `person`."""
    return [
        (
            *head,
            one.customer_id,
            version,
            0,
            sorted(one.identity_ids),
            sorted(one.identity_kinds),
            one.created_at,
            one.name,
            "\n".join(one.remarks),
            one.gender,
            one.kind,
            one.corp_name,
            one.state,
            one.first_add_at,
            one.last_add_at,
            one.stage_id or 0,
            one.stage_at,
            one.marketing,
            int(one.sensitive),
            one.living,
            *_bought(one),
        )
        for one in persons
    ]


def gone_rows(head: Head, gone: Iterable[int], version: int) -> list[tuple[Any, ...]]:
    """Return the rows of `person` that say that customers are no more."""
    nobody: tuple[Any, ...] = (
        [],
        [],
        _NEVER,
        "",
        "",
        0,
        0,
        "",
        "none",
        None,
        None,
        0,
        None,
        "unknown",
        0,
        0,
    )
    return [(*head, number, version, 1, *nobody, 0, 0, None, None) for number in gone]


def _bought(one: Person) -> tuple[Any, ...]:
    if one.bought is None:
        return 0, 0, None, None
    return (
        one.bought.orders,
        one.bought.gmv_fen,
        one.bought.first_paid_at,
        one.bought.last_paid_at,
    )


def contact_rows(head: Head, persons: Iterable[Person], version: int) -> list[tuple[Any, ...]]:
    """Return the rows of `person_contact`."""
    return [
        (
            *head,
            one.customer_id,
            version,
            friend.staff_account_id,
            friend.contact_id,
            friend.state,
            friend.first_add_at,
            friend.added_at,
            friend.lost_at,
            friend.lost_by or "",
            friend.channel_id or 0,
            friend.live_code_id or 0,
            -1 if friend.add_way is None else friend.add_way,
        )
        for one in persons
        for friend in one.friends
    ]


def value_rows(head: Head, persons: Iterable[Person], version: int) -> list[tuple[Any, ...]]:
    """Return the rows of `person_value`."""
    return [(*head, one.customer_id, version, *value) for one in persons for value in _values(one)]


def _values(one: Person) -> list[tuple[Any, ...]]:
    keyed: Mapping[str, frozenset[int]] = {
        "group": one.group_ids,
        "identity": one.identity_ids,
    }
    values: list[tuple[Any, ...]] = [
        (kind, key, 0, 0.0, "", _NO_DAY) for kind, keys in keyed.items() for key in sorted(keys)
    ]
    values += [
        (kind, tag, at, 0.0, "", _NO_DAY)
        for kind, tags in (("tag", one.tags), ("past_tag", one.past_tags))
        for tag, carriers in tags.items()
        for at in carriers
    ]
    for field_id, held in one.fields.items():
        values += [("field", field_id, *value) for value in _held(held)]
    return values


def _held(held: Held) -> list[tuple[Any, ...]]:
    if held.choices:
        return [(item, 0.0, "", _NO_DAY) for item in sorted(held.choices)]
    day = _NO_DAY if held.day is None else min(max(held.day, _DAYS[0]), _DAYS[1])
    return [(0, held.number or 0.0, held.text or "", day)]
