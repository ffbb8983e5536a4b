"""What of stages goes over HTTP."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

Name = Annotated[str, Meta(min_length=1, max_length=20)]
Ids = Annotated[list[int], Meta(min_length=1, max_length=1000)]
Reason = Annotated[str, Meta(max_length=200)]


class StageView(Struct):
    """A stage customers can be in."""

    id: int
    name: str
    gone: bool


class StageList(Struct):
    """Stages in their order."""

    items: list[StageView]


class NewStage(Struct, forbid_unknown_fields=True):
    """A stage to make, as the last one."""

    name: Name


class StageEdit(Struct, forbid_unknown_fields=True):
    """What is to be different; `gone` false brings back."""

    name: Name | UnsetType = UNSET
    gone: bool | UnsetType = UNSET


class StageOrder(Struct, forbid_unknown_fields=True):
    """All living ones, in the order they are to have."""

    ids: Ids


class StageStep(Struct):
    """A customer came to a stage, or to none; `by` is the employee, if one did it."""

    stage_id: int | None
    stage: str | None
    at: datetime
    by: str | None
    reason: str


class StageHistory(Struct):
    """A customer's steps, latest first; the first one counts."""

    items: list[StageStep]


class ToStage(Struct, forbid_unknown_fields=True):
    """Where a customer is to be; null: nowhere."""

    stage_id: int | None
    reason: Reason = ""


class ManyToStage(Struct, forbid_unknown_fields=True):
    """Where many customers are to be."""

    customer_ids: Ids
    stage_id: int | None
    reason: Reason = ""


class Moved(Struct):
    """How many customers are in another stage now."""

    changed: int
