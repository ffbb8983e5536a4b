"""Tables of people.

Facts, contacts and touches point to an identity, which never changes; which customer an
identity belongs to is resolved on read. So merging two customers re-points identities and
touches no history.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import CheckConstraint, ColumnElement, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from siyu.core.db import TenantBase, TenantTable
from siyu.core.db.base import Base, tenant_key

IDENTITY_KINDS: Final = ("external_userid", "unionid", "openid", "phone", "member", "visitor")
CONFIDENCES: Final = ("weak", "strong", "certain")
"""How sure a link is, the least first; what each evidence is worth: `people.identity.evidence`."""
CONTACT_STATES: Final = ("half", "active", "lost")
TURN_KINDS: Final = ("half", "added", "lost")
LOST_BY: Final = ("customer", "staff", "transfer", "unknown")
TAG_SOURCES: Final = ("live_code", "wecom", "employee", "rule", "import")


class Customer(TenantBase):
    """One person. `name` is the nickname; phone numbers in it are masked.

    `merged_into_id` names the customer that this one turned out to be, who may have been merged
    further: mergers are a tree, and undoing one cuts an edge of it.
    """

    __tablename__ = "customer"
    __table_args__ = (
        Index(
            "ix_customer_merged",
            "tenant_id",
            "merged_into_id",
            postgresql_where=text("merged_into_id is not null"),
        ),
        Index("ix_customer_recent", "tenant_id", text("last_add_at desc nulls last"), "id"),
        tenant_key("merged_into_id", "customer"),
    )

    name: Mapped[str] = mapped_column(default="")
    avatar_url: Mapped[str] = mapped_column(default="")
    gender: Mapped[int] = mapped_column(default=0)
    """1 male, 2 female, 0 unknown, as WeCom counts."""
    kind: Mapped[int] = mapped_column(default=0)
    """1 a WeChat user, 2 a WeCom user, 0 unknown, as WeCom counts."""
    corp_name: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    last_add_at: Mapped[datetime | None]
    """Start of the latest friendship with any staff account (its end, where no start is known);
    the order of the list. Empty for those who are nobody's contact."""
    merged_into_id: Mapped[int | None]


class CustomerPrivate(TenantBase):
    """Personal data of class A: encrypted, and told apart by a keyed hash.

    `identity_id` is the id of the person at which it was noted, so it stays theirs when a merger
    is undone.
    """

    __tablename__ = "customer_private"
    __table_args__ = (
        UniqueConstraint("tenant_id", "identity_id", "kind", "blind"),
        tenant_key("identity_id", "identity"),
    )

    identity_id: Mapped[int]
    kind: Mapped[str]
    ciphertext: Mapped[bytes]
    blind: Mapped[bytes]
    created_at: Mapped[datetime]


class Identity(TenantBase):
    """One known id of a person; belongs to one customer at a time.

    `scope` tells ids of the same kind apart: the app id of an openid. A phone's `value` is
    its keyed hash, a visitor's the random number its browser keeps.
    """

    __tablename__ = "identity"
    __table_args__ = (
        CheckConstraint(f"kind in {IDENTITY_KINDS}", name="kind"),
        CheckConstraint(f"confidence in {CONFIDENCES}", name="confidence"),
        UniqueConstraint("tenant_id", "kind", "scope", "value"),
        Index("ix_identity_customer", "tenant_id", "customer_id"),
        tenant_key("customer_id", "customer"),
        tenant_key("own_customer_id", "customer"),
        Index(
            "ix_identity_own",
            "tenant_id",
            "own_customer_id",
            postgresql_where=text("own_customer_id is not null"),
        ),
    )

    kind: Mapped[str]
    scope: Mapped[str] = mapped_column(default="")
    value: Mapped[str]
    customer_id: Mapped[int]
    own_customer_id: Mapped[int | None]
    """The customer it is of while no merger counts; empty: `customer_id` itself."""
    confidence: Mapped[str] = mapped_column(default="certain", server_default="certain")
    """How sure it is that this id is of its own customer."""
    evidence: Mapped[str | None] = mapped_column(default="first_seen")
    """On what it came to its first customer. Empty where siyu met it before revision 0026: its
    first link says it."""
    employee_id: Mapped[int | None]
    """Who said so, where it was an employee."""
    created_at: Mapped[datetime]

    @property
    def own(self) -> int:
        """The customer it is of while no merger counts; what joins this id is given that."""
        return self.own_customer_id or self.customer_id


class IdentityLink(TenantBase):
    """An identity changed hands: from which customer to which, when, why and how surely.

    A memory: its customers may be gone by now. How an identity came to its first customer is said
    by itself; one without `evidence` has a link without `from_customer_id` for that.
    """

    __tablename__ = "identity_link"
    __table_args__ = (
        Index("ix_identity_link_identity", "tenant_id", "identity_id"),
        tenant_key("identity_id", "identity"),
    )

    identity_id: Mapped[int]
    customer_id: Mapped[int]
    from_customer_id: Mapped[int | None]
    evidence: Mapped[str]
    confidence: Mapped[str] = mapped_column(default="certain", server_default="certain")
    employee_id: Mapped[int | None]
    reason: Mapped[str] = mapped_column(default="", server_default="")
    """Why, in the employee's words, where it was an employee."""
    linked_at: Mapped[datetime]


class Contact(TenantBase):
    """A friendship of a customer (by external_userid) and a staff account.

    All of its times follow from its turns (`siyu.people.contacts.turns`). `first_add_at` is empty
    while no addition is known; `watched_since` is when siyu first heard of the friendship.
    `remark` and `description` are the staff's words, phone numbers in them masked.
    """

    __tablename__ = "contact"
    __table_args__ = (
        CheckConstraint(f"state in {CONTACT_STATES}", name="state"),
        CheckConstraint(f"lost_by is null or lost_by in {LOST_BY}", name="lost_by"),
        UniqueConstraint("tenant_id", "identity_id", "staff_account_id"),
        Index("ix_contact_staff", "tenant_id", "staff_account_id", "state"),
        Index("ix_contact_channel", "tenant_id", "channel_id"),
        Index("ix_contact_live_code", "tenant_id", "live_code_id"),
        tenant_key("identity_id", "identity"),
        tenant_key("staff_account_id", "staff_account"),
    )

    identity_id: Mapped[int]
    staff_account_id: Mapped[int]
    state: Mapped[str]
    first_add_at: Mapped[datetime | None]
    added_at: Mapped[datetime | None]
    lost_at: Mapped[datetime | None]
    lost_by: Mapped[str | None]
    watched_since: Mapped[datetime]
    channel_id: Mapped[int | None]
    """Channel of the first addition whose channel is known."""
    live_code_id: Mapped[int | None]
    add_way: Mapped[int | None]
    remark: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    details_at: Mapped[datetime | None]


class ContactTurn(TenantBase):
    """A friendship began or ended, once per moment and kind; the memory of a contact.

    `observed` is false when it was learnt by reading WeCom's state, not from a callback.
    """

    __tablename__ = "contact_turn"
    __table_args__ = (
        CheckConstraint(f"kind in {TURN_KINDS}", name="kind"),
        UniqueConstraint("tenant_id", "contact_id", "at", "kind", "by"),
        tenant_key("contact_id", "contact"),
    )

    contact_id: Mapped[int]
    at: Mapped[datetime]
    kind: Mapped[str]
    by: Mapped[str] = mapped_column(default="")
    """Who ended it; empty for beginnings."""
    observed: Mapped[bool] = mapped_column(default=True)
    channel_id: Mapped[int | None]
    live_code_id: Mapped[int | None]


class TagGroup(TenantBase):
    """A group of tags; `wecom_id` is WeCom's own id, empty for internal ones."""

    __tablename__ = "tag_group"
    __table_args__ = (UniqueConstraint("tenant_id", "wecom_id"),)

    wecom_id: Mapped[str | None]
    name: Mapped[str]
    sort: Mapped[int] = mapped_column(default=0)
    gone: Mapped[bool] = mapped_column(default=False)


class Tag(TenantBase):
    """A corp tag, or (without `wecom_id`) an internal one; one that was deleted stays known."""

    __tablename__ = "tag"
    __table_args__ = (
        UniqueConstraint("tenant_id", "wecom_id"),
        Index("ix_tag_group", "tenant_id", "group_id"),
        tenant_key("group_id", "tag_group"),
    )

    wecom_id: Mapped[str | None]
    group_id: Mapped[int]
    name: Mapped[str]
    sort: Mapped[int] = mapped_column(default=0)
    gone: Mapped[bool] = mapped_column(default=False)


class ContactTag(TenantTable, Base):
    """A tag that a staff account's contact carries."""

    __tablename__ = "contact_tag"
    __table_args__ = (
        CheckConstraint(f"source in {TAG_SOURCES}", name="source"),
        Index("ix_contact_tag_tag", "tenant_id", "tag_id", "contact_id"),
        tenant_key("contact_id", "contact"),
        tenant_key("tag_id", "tag"),
    )

    contact_id: Mapped[int] = mapped_column(primary_key=True)
    tag_id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    reason: Mapped[str] = mapped_column(default="", server_default="")
    employee_id: Mapped[int | None]
    marked_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]


class IdentityTag(TenantTable, Base):
    """An internal tag that a person carries, at one of their ids."""

    __tablename__ = "identity_tag"
    __table_args__ = (
        CheckConstraint(f"source in {TAG_SOURCES}", name="source"),
        Index("ix_identity_tag_tag", "tenant_id", "tag_id", "identity_id"),
        Index("ix_identity_tag_ends", "tenant_id", "ends_at"),
        tenant_key("identity_id", "identity"),
        tenant_key("tag_id", "tag"),
    )

    identity_id: Mapped[int] = mapped_column(primary_key=True)
    tag_id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    """Why, in words; who, where it was a person."""
    employee_id: Mapped[int | None]
    marked_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]


def in_force(table: type[ContactTag | IdentityTag], at: datetime) -> ColumnElement[bool]:
    """Return the condition that a tag's end has not come, whether or not it was swept away yet."""
    return table.ends_at.is_(None) | (table.ends_at > at)
