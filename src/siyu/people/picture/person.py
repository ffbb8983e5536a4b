"""One person as rules see them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final, Literal

from msgspec import Struct

State = Literal["active", "half", "lost", "none"]
INTERNAL: Final = 0
"""Stands where a staff account would, for a tag that is on the person and on no friendship."""


class Friend(Struct, frozen=True):
    """One friendship, as `siyu.people.models.Contact` has it."""

    contact_id: int
    staff_account_id: int
    state: str
    first_add_at: datetime | None
    added_at: datetime | None
    lost_at: datetime | None
    lost_by: str | None
    channel_id: int | None
    live_code_id: int | None
    add_way: int | None
    remark: str


class Act(Struct, frozen=True):
    """A fact about the person, from the stream."""

    type: str
    occurred_at: datetime
    properties: Mapping[str, Any]
    shard: int
    position: int
    staff_account_id: int | None = None


class Held(Struct, frozen=True):
    """The value of a custom field; which member holds it depends on the field's kind."""

    number: float | None = None
    text: str | None = None
    day: date | None = None
    choices: frozenset[int] = frozenset()


class Bought(Struct, frozen=True):
    """Orders that were not taken back altogether."""

    orders: int
    gmv_fen: int
    first_paid_at: datetime
    last_paid_at: datetime


class Person(Struct, frozen=True):
    """A customer with all their identities. Those never befriended are in no audience.

    `tags` are corp tags of friendships that are not lost, and internal ones; `past_tags` those
    of lost ones: each with the staff accounts whose friendships carry it, `INTERNAL` for the
    person's own. `acts` are only of the types that were asked for.
    """

    customer_id: int
    identity_ids: frozenset[int]
    identity_kinds: frozenset[str]
    created_at: datetime
    name: str
    gender: int
    kind: int
    corp_name: str
    state: State
    first_add_at: datetime | None
    last_add_at: datetime | None
    stage_id: int | None
    stage_at: datetime | None
    marketing: Literal["granted", "refused", "unknown"]
    sensitive: bool
    friends: tuple[Friend, ...]
    tags: Mapping[int, frozenset[int]]
    past_tags: Mapping[int, frozenset[int]]
    group_ids: frozenset[int]
    fields: Mapping[int, Held]
    bought: Bought | None
    acts: tuple[Act, ...] = ()

    @property
    def remarks(self) -> tuple[str, ...]:
        """The staff's names for them, of all friendships, each in one line."""
        lines = (" ".join(friend.remark.splitlines()) for friend in self.friends)
        return tuple(line for line in lines if line)

    @property
    def living(self) -> int:
        """How many of their friendships are not lost."""
        return sum(friend.state != "lost" for friend in self.friends)
