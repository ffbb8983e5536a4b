"""What of the customer list goes over HTTP."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from siyu.people.customers.schemas import CustomerRow
from siyu.people.rules.language import Rule


class CustomerPage(Struct):
    """A page of the list.

    `total` and `as_of` are null where the list was read without counting; else they say how many
    fit, and as of when: what happened in the `lag_seconds` before now may still be missing.
    """

    items: list[CustomerRow]
    next_cursor: str | None = None
    total: int | None = None
    as_of: datetime | None = None
    lag_seconds: float | None = None


class CustomerCount(Struct):
    """How many customers fit, of those the reader may see."""

    total: int
    as_of: datetime


class Phone(Struct, forbid_unknown_fields=True):
    """A whole phone number that somebody is looked for by."""

    phone: Annotated[str, Meta(min_length=1, max_length=40)]


class PhoneFound(Struct):
    """Whose it is, as far as the reader may see; null: nobody's."""

    customer_id: int | None


class ViewDraft(Struct):
    """A list to be kept: `filters` as the address of the page has them, `rule`, and columns."""

    name: Annotated[str, Meta(min_length=1, max_length=40)]
    filters: Annotated[
        dict[Annotated[str, Meta(pattern="^[a-z_]{1,20}$")], Annotated[str, Meta(max_length=200)]],
        Meta(max_length=20),
    ] = {}
    rule: Rule | None = None
    columns: Annotated[
        list[Annotated[str, Meta(pattern="^[a-z_0-9]{1,40}$")]], Meta(max_length=60)
    ] = []
    shared: bool = False


class KeptView(Struct):
    """A kept list. `mine`: the reader made it and may change it."""

    id: int
    name: str
    filters: dict[str, str]
    rule: Rule | None
    columns: list[str]
    shared: bool
    mine: bool
    by: str | None
    changed_at: datetime
