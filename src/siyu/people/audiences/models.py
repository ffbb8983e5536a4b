"""Tables of audiences."""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ARRAY, CheckConstraint, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from siyu.core.db import Base, TenantBase, TenantTable
from siyu.core.db.base import tenant_key

KINDS: Final = ("rule", "list")
STATES: Final = ("building", "ready", "behind")
RFM_MODES: Final = ("quantile", "fixed")
USE_KINDS: Final = ("marking", "export", "other")


class Audience(TenantBase):
    """A rule with its members, or a fixed list of people.

    `state`: `building` until it was first built, `ready`, or `behind` while a build is due: after
    another version of the rule, or of one it stands on. `as_of` is the moment its members are
    true for; `revision` is another number after each change of the members, so that who keeps a
    copy knows whether it is one.
    """

    __tablename__ = "audience"
    __table_args__ = (
        CheckConstraint(f"kind in {KINDS}", name="kind"),
        CheckConstraint(f"state in {STATES}", name="state"),
        CheckConstraint("kind = 'rule' or not dynamic", name="dynamic"),
        Index("ix_audience_recent", "tenant_id", text("id desc")),
    )

    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    kind: Mapped[str]
    dynamic: Mapped[bool] = mapped_column(default=False)
    """Members come and go by themselves; else they are those of the last build."""
    state: Mapped[str] = mapped_column(default="building")
    version: Mapped[int] = mapped_column(default=1)
    """The version of the rule in force; of a list, the one it was made from."""
    built_version: Mapped[int | None]
    """The version that the members follow."""
    built_at: Mapped[datetime | None]
    as_of: Mapped[datetime | None]
    size: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(default=0)
    run_id: Mapped[int | None]
    """The latest run of the job that builds it."""
    told_since: Mapped[datetime | None]
    """Since when the stream hears who enters and leaves: the first build as a dynamic one."""
    created_by: Mapped[int | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]


class AudienceVersion(TenantTable, Base):
    """A rule as it was from `at` on; never overwritten."""

    __tablename__ = "audience_version"
    __table_args__ = (tenant_key("audience_id", "audience"),)

    audience_id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[dict[str, Any]]
    employee_id: Mapped[int | None]
    at: Mapped[datetime]


class AudienceChunk(TenantTable, Base):
    """Members whose id begins with `chunk` (see `siyu.people.audiences.chunks`); never empty."""

    __tablename__ = "audience_chunk"
    __table_args__ = (
        Index("ix_audience_chunk_of", "tenant_id", "chunk"),
        tenant_key("audience_id", "audience"),
    )

    audience_id: Mapped[int] = mapped_column(primary_key=True)
    chunk: Mapped[int] = mapped_column(primary_key=True)
    members: Mapped[bytes]
    size: Mapped[int]


class AudienceSize(TenantTable, Base):
    """How many were in it at the last look of a day of the tenant's."""

    __tablename__ = "audience_size"
    __table_args__ = (tenant_key("audience_id", "audience"),)

    audience_id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    size: Mapped[int]
    at: Mapped[datetime]


class AudienceForgotten(TenantTable, Base):
    """Somebody who was erased, by a number that means nobody any more.

    Until the engine has heard of it, a build or a use would find them again.
    """

    __tablename__ = "audience_forgotten"

    customer_id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class AudienceUse(TenantBase):
    """The people an audience had when something was done with them, and why they were in it.

    `kind` says what was done, in words of siyu's own; `purpose` is a name people know it by.
    `rule` is the rule itself, `stands_on` the versions of the audiences it names. `excluded`
    counts by reason who was left out. A use without `ended_at` stands on its audience.
    """

    __tablename__ = "audience_use"
    __table_args__ = (
        CheckConstraint(f"kind in {USE_KINDS}", name="kind"),
        Index("ix_audience_use_audience", "tenant_id", "audience_id", text("id desc")),
        tenant_key("audience_id", "audience"),
    )

    audience_id: Mapped[int]
    version: Mapped[int]
    rule: Mapped[dict[str, Any]]
    """Of a list: that one is on it."""
    stands_on: Mapped[dict[str, Any]] = mapped_column(default=dict)
    kind: Mapped[str] = mapped_column(default="other", server_default="other")
    purpose: Mapped[str]
    marketing: Mapped[bool]
    size: Mapped[int]
    excluded: Mapped[dict[str, Any]] = mapped_column(default=dict)
    as_of: Mapped[datetime]
    at: Mapped[datetime]
    employee_id: Mapped[int | None]
    ended_at: Mapped[datetime | None]


class AudienceUseChunk(TenantTable, Base):
    """Recipients of a use by chunk; `bits[i]` are those for whom leaf i of the rule held."""

    __tablename__ = "audience_use_chunk"
    __table_args__ = (
        Index("ix_audience_use_chunk_of", "tenant_id", "chunk"),
        tenant_key("use_id", "audience_use", ondelete="cascade"),
    )

    use_id: Mapped[int] = mapped_column(primary_key=True)
    chunk: Mapped[int] = mapped_column(primary_key=True)
    members: Mapped[bytes]
    bits: Mapped[list[bytes]] = mapped_column(ARRAY(LargeBinary))
    size: Mapped[int]


class RfmPlan(TenantTable, Base):
    """How the tenant scores recency, frequency and money. One without a row has the defaults.

    `quantile`: four cuts into five equal parts of who last bought within `window_days` (empty:
    of all buyers), made anew daily from `hour` on. `fixed`: the four cuts in `cuts`.
    """

    __tablename__ = "rfm_plan"
    __table_args__ = (
        CheckConstraint(f"mode in {RFM_MODES}", name="mode"),
        CheckConstraint("hour between 0 and 23", name="hour"),
    )

    mode: Mapped[str] = mapped_column(default="quantile")
    window_days: Mapped[int | None] = mapped_column(default=365)
    cuts: Mapped[dict[str, Any] | None]
    enabled: Mapped[bool] = mapped_column(default=True)
    hour: Mapped[int] = mapped_column(default=4)
    changed_at: Mapped[datetime]
    began_at: Mapped[datetime | None]


class RfmVersion(TenantBase):
    """Thresholds as they were from `at` on; the latest is in force.

    Four ascending borders each, as `siyu.people.rules.terms.RfmThresholds` reads them; `buyers` is
    of how many people they are.
    """

    __tablename__ = "rfm_version"
    __table_args__ = (Index("ix_rfm_version_latest", "tenant_id", text("id desc")),)

    mode: Mapped[str]
    window_days: Mapped[int | None]
    recency_seconds: Mapped[list[Any]]
    frequency: Mapped[list[Any]]
    money_fen: Mapped[list[Any]]
    buyers: Mapped[int]
    as_of: Mapped[datetime]
    at: Mapped[datetime]
