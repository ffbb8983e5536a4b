"""What of custom fields goes over HTTP."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

FieldKind = Literal["text", "number", "date", "choice", "choices", "flag"]
RoleName = Literal["staff", "manager", "planner", "admin"]

Name = Annotated[str, Meta(min_length=1, max_length=30)]
Key = Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,39}$")]
Hint = Annotated[str, Meta(max_length=100)]
Roles = Annotated[list[RoleName], Meta(max_length=4)]
Ids = Annotated[list[int], Meta(min_length=1, max_length=1000)]

FieldInput = str | float | bool | list[int] | None
"""A value as it comes in: a text, a number, a day as YYYY-MM-DD, yes or no, option ids (of a
choice: one). Nothing clears it."""


class Option(Struct):
    """One option of a choice; one that is gone still names the values that have it."""

    id: int
    name: str
    gone: bool = False


class FieldView(Struct):
    """A custom field. `visible_to` names the roles that see it; empty: everybody."""

    id: int
    key: str
    name: str
    kind: FieldKind
    options: list[Option]
    visible_to: list[RoleName]
    hint: str
    gone: bool


class FieldList(Struct):
    """Custom fields in their order."""

    items: list[FieldView]


class OptionInput(Struct, forbid_unknown_fields=True):
    """An option as it is to be; one without a number is new."""

    name: Name
    id: int | None = None


Options = Annotated[list[OptionInput], Meta(max_length=200)]


class NewField(Struct, forbid_unknown_fields=True):
    """A field to make. Without a `key` it gets one."""

    name: Name
    kind: FieldKind
    key: Key | None = None
    options: Options = []
    visible_to: Roles = []
    hint: Hint = ""


class FieldChange(Struct, forbid_unknown_fields=True):
    """What is to be different. Options that are not named are gone; `gone` false brings back."""

    name: Name | UnsetType = UNSET
    options: Options | UnsetType = UNSET
    visible_to: Roles | UnsetType = UNSET
    hint: Hint | UnsetType = UNSET
    gone: bool | UnsetType = UNSET


class Order(Struct, forbid_unknown_fields=True):
    """All living ones, in the order they are to have."""

    ids: Ids


class FieldValueView(Struct):
    """A field and its value for one customer, as it went in; `set_at` and `by` say who set it."""

    field_id: int
    value: FieldInput
    set_at: datetime
    by: str | None


class FieldValueList(Struct):
    """What is noted of a customer, in the order of the fields; those without are absent."""

    items: list[FieldValueView]


class FieldValues(Struct, forbid_unknown_fields=True):
    """Values by the number of the field."""

    values: Annotated[dict[int, FieldInput], Meta(min_length=1, max_length=100)]


class ManyFieldValues(Struct, forbid_unknown_fields=True):
    """The same values for many customers."""

    customer_ids: Ids
    values: Annotated[dict[int, FieldInput], Meta(min_length=1, max_length=100)]


class Changed(Struct):
    """How many customers are different now."""

    changed: int
