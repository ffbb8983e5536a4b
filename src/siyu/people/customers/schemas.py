"""What of people goes over HTTP."""

from datetime import datetime
from typing import Any, Literal

from msgspec import Struct

CustomerKind = Literal["wechat", "wecom", "unknown"]
Gender = Literal["male", "female"]
ListState = Literal["active", "half", "lost"]
ContactState = Literal[
    "active", "half", "lost_by_customer", "lost_by_staff", "lost_by_transfer", "lost"
]


class Named(Struct):
    """Something with a number and a name."""

    id: int
    name: str


class StaffRef(Struct):
    """A staff account."""

    id: int
    name: str
    avatar_url: str | None


class TagRef(Struct):
    """A tag and its group."""

    id: int
    name: str
    group: str | None


class CustomerRow(Struct):
    """A customer in the list. `staff` are those the reader may see.

    `remark` is how staff calls them where that is another name: it tells namesakes apart.
    `order_count` and `gmv_fen` are null where the shop's orders are not connected; `last_paid_at`
    as well where nothing was bought.
    """

    id: int
    name: str
    remark: str | None
    avatar_url: str | None
    kind: CustomerKind
    tags: list[TagRef]
    staff: list[StaffRef]
    channel: Named | None
    state: ListState | None
    stage: Named | None
    added_at: datetime | None
    order_count: int | None
    gmv_fen: int | None
    last_paid_at: datetime | None


class ContactView(Struct):
    """A friendship with one staff account.

    `first_add_at` is null where it began before siyu could know; `watched_since` says since when
    siyu has heard of it.
    """

    id: int
    staff: StaffRef
    remark: str | None
    description: str | None
    add_way: str | None
    channel: Named | None
    live_code: Named | None
    state: ContactState
    added_at: datetime | None
    first_add_at: datetime | None
    lost_at: datetime | None
    watched_since: datetime
    tags: list[TagRef]


class IdentityView(Struct):
    """One known id of the customer, shortened; `evidence` says how siyu knows it is theirs."""

    kind: str
    value: str
    linked_at: datetime | None
    evidence: str


class CustomerView(Struct):
    """Everything about one customer; `panels` are what other rooms know of them."""

    id: int
    name: str
    avatar_url: str | None
    kind: CustomerKind
    gender: Gender | None
    corp_name: str | None
    state: ListState | None
    phone_masked: str | None
    tags: list[TagRef]
    contacts: list[ContactView]
    identities: list[IdentityView]
    first_add_at: datetime | None
    watching_since: datetime | None
    order_count: int | None
    gmv_fen: int | None
    panels: dict[str, Any]


class TrailNames(Struct):
    """How the things are called that a fact's numbers point to."""

    channel: str | None
    live_code: str | None
    tag: str | None
    material: str | None
    group: str | None
    stage: str | None
    fields: str | None
    """Custom fields that have another value now, as far as the reader may see them."""


class TimelineEntry(Struct):
    """One act on a customer's trail.

    `title` and `detail` say it in Chinese; `type`, `names` and `properties` say it in any
    language.
    """

    id: str
    type: str
    occurred_at: datetime
    title: str
    detail: str | None
    names: TrailNames
    staff: StaffRef | None
    properties: dict[str, Any]
