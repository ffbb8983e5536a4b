"""Figures as they go over HTTP."""

from datetime import date, datetime

import msgspec

from siyu.insight.freshness import AsOf
from siyu.insight.metrics.definitions import Drill, Unit

Value = int | float | None


class Point(msgspec.Struct):
    """One step of a series; the step begins at `at`."""

    at: datetime
    value: Value


class Part(msgspec.Struct):
    """One part that a figure falls into; without a value, `why_unknown` says why."""

    key: str
    name: str
    value: Value
    why_unknown: str | None
    why_code: str | None


class Figure(msgspec.Struct):
    """A figure with its definition. When it is not `known`, `why_unknown` says why.

    `why_code` says it to programs. `note` limits what a known figure covers: it counts from
    `since` on. `previous` is the period before; `drill` is what it opens into.
    """

    key: str
    name: str
    unit: Unit
    definition: str
    source: str
    value: Value
    known: bool
    why_unknown: str | None
    why_code: str | None
    note: str | None
    since: datetime | None
    previous: Value
    good_when_low: bool
    drill: Drill | None
    parts: list[Part]
    series: list[Point]


class NorthStar(msgspec.Struct):
    """Keys of the figures that everything serves: the rate, and what the sales multiply from."""

    rate: str
    numerator: str
    denominator: str
    sales: str
    factors: list[str]


class Cell(msgspec.Struct):
    """A figure in a table; `why_code` says to programs what `why_unknown` says to people."""

    value: Value
    why_unknown: str | None
    why_code: str | None


class ChannelRow(msgspec.Struct):
    """What one channel brought; without an id, what came through no known channel."""

    channel_id: int | None
    name: str
    exposed: Cell
    added: Cell
    first_day_churn: Cell
    orders: Cell
    gmv_fen: Cell
    cost_fen: Cell
    roi: Cell


class StaffRow(msgspec.Struct):
    """What one staff account achieved. `mine` marks the accounts of who asks."""

    rank: int
    staff_account_id: int
    name: str
    avatar_url: str
    mine: bool
    added: Cell
    readings: Cell
    orders: Cell
    gmv_fen: Cell


class PeriodView(msgspec.Struct):
    """Days in the tenant's zone, both inclusive, and the moments that counted."""

    first: date
    last: date
    start: datetime
    end: datetime
    step: str
    timezone: str


class Dashboard(msgspec.Struct):
    """All figures of a period, with how old they are."""

    period: PeriodView
    compared_with: PeriodView
    as_of: AsOf
    north_star: NorthStar
    figures: list[Figure]
    channels: list[ChannelRow]
    staff: list[StaffRow]


class Channels(msgspec.Struct):
    """What each channel brought in a period."""

    period: PeriodView
    as_of: AsOf
    channels: list[ChannelRow]


class Ranking(msgspec.Struct):
    """Staff accounts in order of one figure."""

    period: PeriodView
    as_of: AsOf
    by: str
    staff: list[StaffRow]


class MetricView(msgspec.Struct):
    """One entry of the metric dictionary."""

    key: str
    name: str
    unit: Unit
    definition: str
    source: str
    good_when_low: bool
    drill: Drill | None
