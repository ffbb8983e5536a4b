"""What of acts on many customers goes over HTTP."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from siyu.people.fields.schemas import FieldInput

Ids = Annotated[tuple[int, ...], Meta(min_length=1, max_length=10_000)]
ListName = Annotated[str, Meta(min_length=1, max_length=60, pattern=r"\S")]
Reason = Annotated[str, Meta(max_length=200)]


class SelectionDraft(Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to choose: `customer_ids`, or everybody the list shows with these filters.

    The filters are those of `GET /api/customers`; `rule` is one of audiences, as JSON.
    """

    customer_ids: Ids | None = None
    q: Annotated[str, Meta(max_length=40)] = ""
    tag: Annotated[tuple[int, ...], Meta(max_length=50)] = ()
    staff: int | None = None
    channel: int | None = None
    live_code: int | None = None
    state: Literal["active", "lost", "none", "all"] = "all"
    imported: int | None = None
    customer: Annotated[int, Meta(ge=0, le=2**63 - 1)] | None = None
    rule: Annotated[str, Meta(max_length=30_000)] | None = None


class SelectionView(Struct):
    """How many were chosen, as of when; above `confirm_above` the number has to be typed."""

    id: int
    people: int
    as_of: datetime
    confirm_above: int


class MoveToStage(Struct, frozen=True, forbid_unknown_fields=True, tag="stage", tag_field="kind"):
    """Bring them to a stage; null: to none."""

    stage_id: int | None
    reason: Reason = ""


class SetField(Struct, frozen=True, forbid_unknown_fields=True, tag="field", tag_field="kind"):
    """Note a value of a custom field; null clears it."""

    field_id: int
    value: FieldInput = None


class PutOnList(Struct, frozen=True, forbid_unknown_fields=True, tag="list_add", tag_field="kind"):
    """Put them on a fixed list, or on a new one of that name."""

    audience_id: int | None = None
    name: ListName | None = None


class TakeOffList(
    Struct, frozen=True, forbid_unknown_fields=True, tag="list_remove", tag_field="kind"
):
    """Take them off a fixed list."""

    audience_id: int


Act = MoveToStage | SetField | PutOnList | TakeOffList


class ActDraft(Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be done with a selection; `confirmed` is the number that was typed."""

    selection_id: int
    act: Act
    confirmed: int | None = None


class ActStarted(Struct):
    """The run that does it, shown among the background jobs.

    Few people are reached at once: then it is `done`, with `changed` of them different now.
    """

    id: int
    run_id: int
    done: bool
    changed: int
    audience_id: int | None = None
