"""What a figure consists of: one formula, from which totals, series, groups and lists follow."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Unit(StrEnum):
    """What a figure counts; decides how it is written."""

    COUNT = "count"
    PEOPLE = "people"
    FEN = "fen"
    RATIO = "ratio"
    TIMES = "times"
    SECONDS = "seconds"


class Relation(StrEnum):
    """The rows a formula counts (`siyu.insight.metrics.relations`)."""

    FACTS = "facts"
    """One row per fact that happened in the range."""
    ADDITIONS = "additions"
    """One row per friendship that began under siyu's eyes in the range, with its losses."""
    ORDERS = "orders"
    """One row per order paid in the range, with its refunds, buyer and attribution of today."""


class Need(StrEnum):
    """What must be connected or entered for a figure to be knowable at all."""

    WECOM = "wecom"
    ORDERS = "orders"
    EXPOSURES = "exposures"
    COSTS = "costs"


class Drill(StrEnum):
    """What a figure opens into."""

    PEOPLE = "people"
    ORDERS = "orders"


@dataclass(frozen=True)
class Count:
    """How many rows."""


@dataclass(frozen=True)
class People:
    """How many different customers; who is not known is not counted."""


@dataclass(frozen=True)
class Sum:
    """The sum of a column."""

    column: str


@dataclass(frozen=True)
class Percentile:
    """The value below which the share `level` of the rows lies."""

    column: str
    level: float


@dataclass(frozen=True)
class Measured:
    """A figure counted from rows: those of `relation` for which `where` is true."""

    relation: Relation
    where: str
    measure: Count | People | Sum | Percentile = Count()
    parts: str | None = None
    """Dimension of the relation by which the figure is also shown in parts."""


@dataclass(frozen=True)
class Quotient:
    """A figure divided from two others; unknowable while the divisor is 0."""

    dividend: str
    divisor: str


@dataclass(frozen=True)
class Metric:
    """One figure with its one definition, as people read it and as the engine computes it."""

    key: str
    name: str
    unit: Unit
    definition: str
    source: str
    formula: Measured | Quotient
    needs: tuple[Need, ...] = ()
    drill: Drill | None = None
    undefined: str = ""
    """Why there is no figure when it cannot be divided or nothing was measured."""
    good_when_low: bool = False


PART_NAMES: Final = {
    "printed": "印刷品",
    "welcome": "欢迎语",
    "share": "员工分享",
    "page_view": "页面浏览",
    "customer": "客户删除员工",
    "staff": "员工删除客户",
    "transfer": "转接",
    "unknown": "原因不明",
    "touch": "精确归因",
    "window": "按时间窗归因",
    "none": "未归因",
}
"""Chinese names of the parts that figures fall into."""
