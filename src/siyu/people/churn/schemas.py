"""What goes over HTTP about churn."""

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from siyu.people.customers.schemas import Named, StaffRef

LostBy = Literal["customer", "staff", "transfer", "unknown"]
MarkState = Literal["found", "confirmed", "dismissed"]
MessageSource = Literal["service", "archive", "official"]
"""WeChat customer service, the message archive, the official account."""


class ChurnPlanDraft(Struct):
    """What is to be called silent, and which words show that somebody has had enough."""

    silent_days: Annotated[int, Meta(ge=1, le=3650)]
    words: Annotated[list[Annotated[str, Meta(max_length=40)]], Meta(max_length=2000)]


class ChurnPlanView(Struct):
    """The plan in force; `is_default` while nobody has set one."""

    silent_days: int
    words: list[str]
    is_default: bool


class ChurnView(Struct):
    """Where things stand.

    `messages` are the sources of customers' messages that are connected: nothing can be found in
    those of others. `silent_rule` is who is silent, as a rule of audiences.
    """

    plan: ChurnPlanView
    messages: list[MessageSource]
    silent_rule: dict[str, Any]
    lost_30_days: int
    lost_by_customer_30_days: int
    waiting_review: int
    sensitive: int


class LostRow(Struct):
    """A friendship that ended; `age_seconds` is how long it had lasted, where that is known."""

    contact_id: int
    customer_id: int
    name: str
    avatar_url: str | None
    staff: StaffRef
    by: LostBy
    lost_at: datetime
    added_at: datetime | None
    age_seconds: int | None
    channel: Named | None
    has_other_friends: bool


class SensitiveRow(Struct):
    """Somebody who showed to be sensitive to marketing: which words, where, and what was judged."""

    id: int
    customer_id: int
    name: str
    avatar_url: str | None
    state: MarkState
    words: list[str]
    reason: str
    source: str
    found_at: datetime
    reviewed_at: datetime | None
    employee: str | None


class Review(Struct):
    """What a person judges."""

    state: Literal["confirmed", "dismissed"]


class SensitiveDraft(Struct):
    """A customer whom a member of staff knows to be sensitive, and how they know."""

    customer_id: int
    reason: Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S")]
