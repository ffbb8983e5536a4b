"""Tables of content and its reading."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from siyu.core.db import TenantBase
from siyu.core.db.base import tenant_key

MATERIAL_STATES: Final = ("draft", "published", "archived")


class Material(TenantBase):
    """A piece of content. `body` is HTML, already cleaned (`siyu.content.cleaning`).

    `slug` leads to the page outside any share; `cover_key` names a file of `Files`.
    """

    __tablename__ = "material"
    __table_args__ = (
        CheckConstraint("kind = 'article'", name="kind"),
        CheckConstraint(f"state in {MATERIAL_STATES}", name="state"),
        UniqueConstraint("slug"),
        Index("ix_material_recent", "tenant_id", "state", text("id desc")),
    )

    kind: Mapped[str] = mapped_column(default="article")
    slug: Mapped[str]
    state: Mapped[str] = mapped_column(default="draft")
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    cover_key: Mapped[str | None]
    body: Mapped[str] = mapped_column(default="")
    topics: Mapped[list[Any]] = mapped_column(default=list)
    created_by: Mapped[int | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    published_at: Mapped[datetime | None]


class TrackedLink(TenantBase):
    """A link to a material that tells who read it; one per touch and material.

    `sent_to` is whom the staff sent it to: another reader got it forwarded. `touch_slug`
    is the touch's public name, which rides on in the page's links to the shop.
    """

    __tablename__ = "tracked_link"
    __table_args__ = (
        UniqueConstraint("slug"),
        UniqueConstraint("tenant_id", "touch_id", "material_id"),
        Index("ix_tracked_link_material", "tenant_id", "material_id"),
        tenant_key("material_id", "material"),
        tenant_key("touch_id", "touch"),
        tenant_key("staff_account_id", "staff_account"),
        tenant_key("sent_to", "identity"),
    )

    slug: Mapped[str]
    material_id: Mapped[int]
    touch_id: Mapped[int]
    touch_slug: Mapped[str]
    staff_account_id: Mapped[int]
    sent_to: Mapped[int | None]
    created_at: Mapped[datetime]


class Visit(TenantBase):
    """One opening of a tracked link. Without `viewed_at` no browser has shown it yet.

    `seconds` is the time the page was visible, `depth` the share scrolled in percent;
    both only grow, so beats may arrive repeated and in any order. `told_seconds` and
    `told_depth` are what was announced last.
    """

    __tablename__ = "visit"
    __table_args__ = (
        CheckConstraint("depth between 0 and 100", name="depth"),
        Index("ix_visit_recent", "tenant_id", "staff_account_id", text("viewed_at desc")),
        Index("ix_visit_link", "tenant_id", "tracked_link_id"),
        Index("ix_visit_reader", "tenant_id", "identity_id", text("viewed_at desc")),
        tenant_key("tracked_link_id", "tracked_link"),
        tenant_key("material_id", "material"),
        tenant_key("staff_account_id", "staff_account"),
        tenant_key("identity_id", "identity"),
    )

    tracked_link_id: Mapped[int]
    material_id: Mapped[int]
    staff_account_id: Mapped[int]
    identity_id: Mapped[int | None]
    forwarded: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[datetime]
    viewed_at: Mapped[datetime | None]
    last_beat_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    seconds: Mapped[int] = mapped_column(default=0)
    depth: Mapped[int] = mapped_column(default=0)
    told_seconds: Mapped[int] = mapped_column(default=0)
    told_depth: Mapped[int] = mapped_column(default=0)
