"""What a person has of what a condition asks, as data: the screen says it in its language."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from siyu.people.picture.person import Friend, Person
from siyu.people.rules.attributes import BASICS, SOURCES
from siyu.people.rules.language import Attribute, Field
from siyu.people.rules.words import Name, option_of

HasKind = Literal[
    "nothing", "secret", "texts", "names", "values", "number", "money", "flag", "moment", "day",
    "times", "scores", "friends", "inside", "outside",
]  # fmt: skip


class Has(Struct, frozen=True):
    """What a person has. `kind` says what is in the other members.

    `texts`: words as they are written (texts), names of things (names), values of a choice
    (values), staff (friends). `states`: the state of each of these friendships. `numbers`: a
    number, fen, 1 or 0 (flag), how often (times), the three scores of RFM. `secret`: the reader
    may not see it.
    """

    kind: HasKind
    texts: tuple[str, ...] = ()
    numbers: tuple[float, ...] = ()
    states: tuple[str, ...] = ()
    at: datetime | None = None
    day: date | None = None


NOTHING = Has("nothing")


def named(names: Iterable[str]) -> Has:
    """Return that a person has things."""
    return _some("names", tuple(names))


def friends(those: Collection[Friend], name: Name) -> Has:
    """Return which friendships a person has."""
    if not those:
        return NOTHING
    return Has(
        "friends",
        texts=tuple(name("staff_account", friend.staff_account_id) for friend in those),
        states=tuple(friend.state for friend in those),
    )


def of_attribute(leaf: Attribute, person: Person, name: Name) -> Has:
    """Return what a person has of an attribute."""
    basic = BASICS[leaf.name]
    if basic.kind == "text":
        texts = person.remarks if leaf.name == "remark" else (getattr(person, leaf.name),)
        return _some("texts", tuple(filter(None, texts)))
    value = SOURCES[leaf.name].get(person)
    if value is None:
        return NOTHING
    if leaf.name == "average_fen":
        value = value.gmv_fen / value.orders
    if basic.kind == "moment":
        return Has("moment", at=value)
    if basic.kind != "choice":
        return Has(basic.kind, numbers=(value,))
    values = sorted(value if isinstance(value, tuple) else (value,))
    if basic.things is None:
        return Has("values", texts=tuple(values))
    return named(name(basic.things, int(one)) for one in values)


def of_field(leaf: Field, person: Person, name: Name) -> Has:
    """Return what a person has in a custom field."""
    held = person.fields.get(leaf.field_id)
    if held is None:
        return NOTHING
    if held.choices:
        kind = option_of(leaf.field_id)
        return named(name(kind, option) for option in sorted(held.choices))
    if held.text is not None:
        return Has("texts", texts=(held.text,))
    if held.number is not None:
        return Has("number", numbers=(held.number,))
    return NOTHING if held.day is None else Has("day", day=held.day)


def _some(kind: HasKind, texts: tuple[str, ...]) -> Has:
    return Has(kind, texts=texts) if texts else NOTHING
