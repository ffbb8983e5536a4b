"""The language of audience rules.

A rule is a tree: groups (`all`, `any`, `none`) of conditions. It says nothing of how it is
answered; `sets` asks the analytics engine, `evaluate` looks at one person, and both mean the
same. Every rule is answered as of a moment and a place in the stream: nothing reads a clock.

Absent values fit no condition but `empty`; `ne` and `not_in` want a value that is another one.
Of several values (remarks, options, identities) one that fits is enough; `ne` and `not_in` want
that none is the one named.
"""

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

MOST = 1_000_000_000_000_000
"""The largest number of a condition; a double holds it exactly."""
At = Annotated[datetime, Meta(tz=True)]
Id = Annotated[int, Meta(ge=1, le=2**63 - 1)]
Ids = Annotated[tuple[Id, ...], Meta(min_length=1, max_length=1000)]
Whole = Annotated[int, Meta(ge=-MOST, le=MOST)]
Words = Annotated[str, Meta(min_length=1, max_length=100)]
Unit = Literal["hour", "day"]
Comparison = Literal["eq", "ne", "lt", "le", "gt", "ge"]


class Condition(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """A node of a rule."""


class AllOf(Condition, frozen=True, tag="all"):
    """Every item holds; nothing in it lets everybody in."""

    items: tuple["Rule", ...]


class AnyOf(Condition, frozen=True, tag="any"):
    """At least one item holds; nothing in it lets nobody in."""

    items: tuple["Rule", ...]


class NoneOf(Condition, frozen=True, tag="none"):
    """No item holds; nothing in it lets everybody in."""

    items: tuple["Rule", ...]


class Span(Struct, frozen=True, forbid_unknown_fields=True):
    """A stretch of time as of the moment T at which a rule is answered.

    `last`: from T minus so many units (not included) to T; a day is 24 hours. `older`: at or before
    T minus so many.
    `since` and `until`: absolute, `since` included, `until` not. Whatever is given must hold; what
    lies after T never counts.
    """

    last: Annotated[int, Meta(ge=1, le=100_000)] | None = None
    older: Annotated[int, Meta(ge=1, le=100_000)] | None = None
    unit: Unit = "day"
    since: At | None = None
    until: At | None = None


class Attribute(Condition, frozen=True, tag="attribute"):
    """A basic fact about the person; which there are says `siyu.people.rules.attributes`.

    Numbers and money (fen) take `op` with `number`, flags `eq` with 1 or 0; texts `text` (`op` eq,
    ne, contains, starts; the case of ASCII letters makes no difference); moments `within` with
    `span`; choices `values` (`op` in, not_in). `empty` and `present` need none.
    """

    name: str
    op: Literal[
        "eq", "ne", "lt", "le", "gt", "ge", "contains", "starts", "in", "not_in", "within", "empty",
        "present",
    ]  # fmt: skip
    number: Whole | None = None
    text: Words | None = None
    values: Annotated[tuple[Words, ...], Meta(min_length=1, max_length=200)] | None = None
    span: Span | None = None


class Field(Condition, frozen=True, tag="field"):
    """A custom field, by its kind: as `Attribute`; `choices` are option ids.

    For dates `since` and `until` are days (both included) and `anniversary` says: the day comes
    round within so many days from the local day of T on (0: today).
    """

    field_id: Id
    op: Literal[
        "eq", "ne", "lt", "le", "gt", "ge", "contains", "starts", "in", "not_in", "within",
        "anniversary", "empty", "present",
    ]  # fmt: skip
    number: float | None = None
    text: Words | None = None
    choices: Ids | None = None
    since: date | None = None
    until: date | None = None
    days: Annotated[int, Meta(ge=0, le=366)] | None = None


class Tags(Condition, frozen=True, tag="tags"):
    """Tags of friendships that live and internal tags; `past` counts those of ended ones as well.

    `wecom` is WeCom's own meaning: any within a group, all across groups.
    """

    tag_ids: Ids
    mode: Literal["wecom", "any", "all", "none"] = "wecom"
    past: bool = False


class Friendship(Condition, frozen=True, tag="contact"):
    """Has at least `times` friendships of which all that is given holds at once.

    Friendships that ended count as well unless `states` says otherwise.
    """

    staff_account_ids: Ids | None = None
    channel_ids: Ids | None = None
    live_code_ids: Ids | None = None
    add_ways: tuple[Annotated[int, Meta(ge=0, le=10_000)], ...] | None = None
    states: tuple[Literal["half", "active", "lost"], ...] | None = None
    lost_by: tuple[Literal["customer", "staff", "transfer", "unknown"], ...] | None = None
    first_added: Span | None = None
    added: Span | None = None
    lost: Span | None = None
    times: Annotated[int, Meta(ge=1, le=100)] = 1


class Where(Struct, frozen=True, forbid_unknown_fields=True):
    """A property of a fact; a fact without it does not fit.

    Which there are says `siyu.people.rules.behaviours`. Numbers and money take `number`, flags
    `eq` with 1 or 0; ids, choices and texts take `in` with `values`; members of an open property
    (`properties.colour` of `site.event`) take either, and fit only values of the same kind.
    """

    name: Annotated[str, Meta(pattern=r"^[a-z_]{1,40}(\.[^.\s]{1,60})?$")]
    op: Comparison | Literal["in"]
    number: float | None = None
    values: Annotated[tuple[Words | Whole, ...], Meta(min_length=1, max_length=200)] | None = None


class Behaviour(Condition, frozen=True, tag="behaviour"):
    """Did something so many times; `times` 0 with `op` eq: did not."""

    type: Annotated[str, Meta(pattern=r"^[a-z_]+\.[a-z_]+$")]
    op: Comparison = "ge"
    times: Annotated[int, Meta(ge=0, le=1_000_000)] = 1
    within: Span | None = None
    where: Annotated[tuple[Where, ...], Meta(max_length=10)] = ()


class Rfm(Condition, frozen=True, tag="rfm"):
    """Scores (1 low to 5 high) by the tenant's thresholds in force; who never bought has none."""

    recency: tuple[int, ...] | None = None
    frequency: tuple[int, ...] | None = None
    money: tuple[int, ...] | None = None


class InGroups(Condition, frozen=True, tag="groups"):
    """Is in customer groups now; without ids: in any at all."""

    group_ids: Ids | None = None
    mode: Literal["any", "all"] = "any"


class InAudience(Condition, frozen=True, tag="audience"):
    """Is in another audience: as its own rule says at this very T, or on its list."""

    audience_id: Id


Rule = (
    AllOf
    | AnyOf
    | NoneOf
    | Attribute
    | Field
    | Tags
    | Friendship
    | Behaviour
    | Rfm
    | InGroups
    | InAudience
)
Leaf = Attribute | Field | Tags | Friendship | Behaviour | Rfm | InGroups | InAudience
