"""What of exports goes over HTTP."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from siyu.core.jobs.notes import NoteData
from siyu.people.bulk.schemas import SelectionDraft
from siyu.people.customers.schemas import Named
from siyu.people.rules.language import Id

State = Literal["waiting", "running", "ready", "failed", "cancelled", "expired"]


class ExportWanted(Struct, frozen=True):
    """Whom a list is about: an audience, some customers, a selection, or (none of them) all.

    Of each only whom the actor may see.
    """

    audience_id: int | None = None
    selection_id: int | None = None
    customer_ids: Annotated[list[Id], Meta(max_length=10_000)] | None = None


class ExportDraft(Struct, frozen=True):
    """A list that is asked for. `people` is how many the actor was told it would be about."""

    wanted: ExportWanted
    columns: Annotated[list[str], Meta(min_length=1, max_length=150)]
    format: Literal["csv", "xlsx"] = "csv"
    phones: bool = False
    people: int | None = None


class ExportAbout(Struct):
    """Whom a list is about: an audience, those chosen in the customer list, or (neither) all.

    `filters` are those that chose them, without the words searched for; null where they were
    ticked one by one, or named by a program.
    """

    audience: Named | None = None
    chosen: bool = False
    filters: SelectionDraft | None = None


class ExportView(Struct):
    """A list that was asked for, `by` whom; `mine` tells who may fetch it."""

    id: int
    about: ExportAbout
    by: str | None
    state: State
    format: str
    titles: list[str]
    rows: int
    phones: bool
    downloads: int
    run_id: int | None
    note: str
    said: NoteData
    mine: bool
    created_at: datetime
    expires_at: datetime


class ExportSize(Struct):
    """How many customers a list would be about, and whether that is to be typed."""

    people: int
    confirm: bool
