"""What goes over HTTP about tags."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from siyu.core.jobs.notes import NoteData
from siyu.people.tags.targets import Target

Kind = Literal["wecom", "internal"]
Name = Annotated[str, Meta(min_length=1, max_length=30, pattern=r"\S")]
Names = Annotated[tuple[Name, ...], Meta(min_length=1, max_length=100)]
SomeIds = Annotated[tuple[int, ...], Meta(max_length=100)]
Order = Annotated[tuple[int, ...], Meta(min_length=1, max_length=300)]
Reason = Annotated[str, Meta(max_length=200)]


class TagView(Struct):
    """A tag and how many customers carry it; unknown where counting would take too long."""

    id: int
    name: str
    source: Kind
    customers: int | None


class TagGroupView(Struct):
    """A group of tags."""

    id: int
    name: str
    source: Kind
    tags: list[TagView]


class TagLibrary(Struct):
    """All groups; the counts are those of `counted_at`."""

    items: list[TagGroupView]
    counted_at: datetime | None
    wecom_read_at: datetime | None


class NewTags(Struct):
    """Tags to make, in a group that is there or in one of that name, which is made if missing."""

    source: Kind
    names: Names
    group_id: int | None = None
    group_name: Name | None = None


class TagChange(Struct):
    """Another name for a tag or group, or (internal ones) another group for a tag.

    `was` is the name that whoever renames it sees: if it is another by now, nothing is changed.
    """

    name: Name | UnsetType = UNSET
    group_id: int | UnsetType = UNSET
    was: str | None = None


class TagOrder(Struct):
    """The groups in their new order, or, of one group, its tags."""

    ids: Order
    group_id: int | None = None


class MarkOne(Struct):
    """Tags to put on and take off one customer.

    Corp tags go to the friendship `contact_id`; without it to the actor's own friendships, and
    for whoever has none to all that the actor may see.
    """

    add: SomeIds = ()
    remove: SomeIds = ()
    contact_id: int | None = None
    reason: Reason = ""
    ends_at: Annotated[datetime, Meta(tz=True)] | None = None


class MarkView(Struct):
    """A tag that a customer carries, corp tags at a friendship: why, by whom, how long."""

    tag_id: int
    name: str
    group: str
    kind: Kind
    contact_id: int | None
    staff: str | None
    source: str
    reason: str
    employee: str | None
    since: datetime
    until: datetime | None


class Marks(Struct):
    """All tags of a customer."""

    items: list[MarkView]


class MarkManyDraft(Struct):
    """Tags to put on and take off very many; `confirmed` is the head count that was typed."""

    target: Target
    add: SomeIds = ()
    remove: SomeIds = ()
    reason: Reason = ""
    confirmed: int | None = None


class Estimate(Struct):
    """What marking very many will take.

    `calls` to WeCom, one for each friendship that has to change, at 150,000 an hour at most:
    `seconds`. `exact` is false where it was reckoned from a part of the people.
    """

    customers: int
    calls: int
    seconds: int
    exact: bool
    confirm_above: int


class MarkingStarted(Struct):
    """The run that marks them, shown among the background jobs."""

    run_id: int
    marking_id: int


class MarkingView(Struct):
    """A run of marking very many, as it is now."""

    id: int
    run_id: int
    state: str
    add: list[str]
    remove: list[str]
    reason: str
    employee: str | None
    done: int
    total: int | None
    failed: int
    seconds_left: int | None
    note: str
    said: NoteData
    created_at: datetime
    finished_at: datetime | None
