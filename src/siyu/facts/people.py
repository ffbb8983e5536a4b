"""Facts about customers, their identities and the staff accounts that follow them.

Identity and staff account of a fact ride in the event itself.
"""

from typing import ClassVar, Literal

from siyu.facts.base import Fact


class CustomerCreated(Fact, frozen=True, kw_only=True):
    """A person became known, by these ids: the first link of each, so none is told by itself.

    The event is about one of them. Before version 2 the ids were not named, and each was told as
    `identity.linked`.
    """

    type: ClassVar[str] = "customer.created"
    title: ClassVar[str] = "成为客户"
    version: ClassVar[int] = 2

    customer_id: int
    identity_ids: list[int]
    evidence: str


class IdentityLinked(Fact, frozen=True, kw_only=True):
    """From now on the identity of this event belongs to this customer.

    Announced when an identity of somebody known is met, and whenever one changes hands (merge,
    unmerge); the latest one in stream order counts, and before them all `customer.created`.
    """

    type: ClassVar[str] = "identity.linked"
    title: ClassVar[str] = "身份关联"

    customer_id: int
    kind: str
    evidence: str


class ContactAdded(Fact, frozen=True, kw_only=True):
    """A staff account and a customer became friends for the first time.

    `observed` is false when siyu learnt of it by a sync rather than while it happened;
    `first` tells whether the person was never before a friend of any staff account.
    """

    type: ClassVar[str] = "contact.added"
    title: ClassVar[str] = "添加好友"

    contact_id: int
    customer_id: int
    first: bool
    observed: bool
    add_way: int | None = None
    channel_id: int | None = None
    live_code_id: int | None = None


class ContactReadded(Fact, frozen=True, kw_only=True):
    """A friendship that had ended began again; the first-add time stays."""

    type: ClassVar[str] = "contact.readded"
    title: ClassVar[str] = "重新添加好友"

    contact_id: int
    customer_id: int
    add_way: int | None = None
    channel_id: int | None = None
    live_code_id: int | None = None


class ContactLost(Fact, frozen=True, kw_only=True):
    """A friendship ended. `by` tells who ended it, where that is known.

    `age_seconds` is how long the present friendship had lasted.
    """

    type: ClassVar[str] = "contact.lost"
    title: ClassVar[str] = "好友流失"

    contact_id: int
    customer_id: int
    by: Literal["customer", "staff", "transfer", "unknown"]
    age_seconds: int | None = None
    channel_id: int | None = None
    live_code_id: int | None = None


class ContactUpdated(Fact, frozen=True, kw_only=True):
    """Remark or details of a friendship changed in WeCom."""

    type: ClassVar[str] = "contact.updated"
    title: ClassVar[str] = "好友资料变更"

    contact_id: int
    customer_id: int


class TagMarked(Fact, frozen=True, kw_only=True):
    """A tag was put on a customer."""

    type: ClassVar[str] = "tag.marked"
    title: ClassVar[str] = "打上标签"

    tag_id: int
    customer_id: int
    source: Literal["live_code", "wecom", "employee", "rule", "import"]


class TagUnmarked(Fact, frozen=True, kw_only=True):
    """A tag was taken off a customer."""

    type: ClassVar[str] = "tag.unmarked"
    title: ClassVar[str] = "移除标签"

    tag_id: int
    customer_id: int
    source: Literal["live_code", "wecom", "employee", "rule", "import", "ended"]
    """Who took it off; `ended`: its time was over."""


class CustomerChanged(Fact, frozen=True, kw_only=True):
    """Something of a customer changed that no other fact tells; `what` names it.

    `field_ids` are the custom fields that have another value now, where `what` is `fields`.
    """

    type: ClassVar[str] = "customer.changed"
    title: ClassVar[str] = "客户资料变更"

    customer_id: int
    what: Literal["profile", "fields", "phone", "contact", "erased"]
    field_ids: list[int] | None = None


class StageChanged(Fact, frozen=True, kw_only=True):
    """A customer came to another stage, or to none."""

    type: ClassVar[str] = "stage.changed"
    title: ClassVar[str] = "变更阶段"

    customer_id: int
    stage_id: int | None = None
    before_id: int | None = None


class ConsentGiven(Fact, frozen=True, kw_only=True):
    """A customer said yes or no to something."""

    type: ClassVar[str] = "consent.given"
    title: ClassVar[str] = "授权变更"

    customer_id: int
    kind: Literal["marketing", "profiling"]
    state: Literal["granted", "refused"]


class SensitivityFound(Fact, frozen=True, kw_only=True):
    """A customer was found to be sensitive to marketing, or that was judged by a person."""

    type: ClassVar[str] = "sensitivity.changed"
    title: ClassVar[str] = "营销敏感"

    customer_id: int
    state: Literal["found", "confirmed", "dismissed"]
    source: str


class AudienceEntered(Fact, frozen=True, kw_only=True):
    """A customer came into a dynamic audience, by that version of its rule."""

    type: ClassVar[str] = "audience.entered"
    title: ClassVar[str] = "进入人群"

    audience_id: int
    customer_id: int
    rule_version: int


class AudienceLeft(Fact, frozen=True, kw_only=True):
    """A customer went out of a dynamic audience."""

    type: ClassVar[str] = "audience.left"
    title: ClassVar[str] = "离开人群"

    audience_id: int
    customer_id: int
    rule_version: int
