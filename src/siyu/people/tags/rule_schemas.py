"""What goes over HTTP about automatic tags."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from siyu.people.tags.schemas import Reason, SomeIds
from siyu.people.tags.triggers import Trigger


class TagRuleDraft(Struct):
    """A rule as it is made or changed; tags it puts on end after `ends_days` days, or never."""

    name: Annotated[str, Meta(min_length=1, max_length=40, pattern=r"\S")]
    trigger: Trigger
    add: SomeIds = ()
    remove: SomeIds = ()
    reason: Reason = ""
    ends_days: Annotated[int, Meta(ge=1, le=3650)] | None = None
    active: bool = True


class TagName(Struct):
    """A tag by name; `gone` ones were deleted, and rules pass over them."""

    id: int
    name: str
    gone: bool


class RuleView(Struct):
    """A rule as it is."""

    id: int
    name: str
    active: bool
    trigger: Trigger
    add: list[TagName]
    remove: list[TagName]
    reason: str
    ends_days: int | None
    active_since: datetime


class RulePreview(Struct):
    """How many people a rule would have tagged in the last 7 days; unknown where nobody can say."""

    people: int | None
    at_least: bool


class RuleSaved(Struct):
    """The number of a rule."""

    id: int


class Hearable(Struct):
    """A behaviour that can set a rule off."""

    type: str
    title: str
