"""Computes figures: one statement per relation, whatever the number of figures and groups."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from siyu.core.analytics import Analytics
from siyu.insight.metrics.definitions import (
    Count,
    Drill,
    Measured,
    Metric,
    People,
    Percentile,
    Quotient,
    Relation,
    Sum,
)
from siyu.insight.metrics.dictionary import METRICS
from siyu.insight.metrics.relations import DIMENSIONS, SQL

Value = float | int | None
Values = dict[str, Value]
"""Figures by key."""


@dataclass(frozen=True)
class Scope:
    """Which facts count: a tenant's, in `[start, end)`, as of `now`, of some staff or channel.

    `owners` are the staff accounts whose facts count; `None` means everybody's and those
    that belong to nobody.
    """

    tenant_id: int
    start: datetime
    end: datetime
    now: datetime
    zone: str
    owners: frozenset[int] | None = None
    channel_id: int | None = None

    def parameters(self) -> dict[str, Any]:
        """Return what the relations take."""
        return {
            "tenant": self.tenant_id,
            "start": _milliseconds(self.start),
            "end": _milliseconds(self.end),
            "now": _milliseconds(self.now),
            "zone": self.zone,
            "by_staff": self.owners is not None,
            "staff": sorted(self.owners or ()),
            "channel": self.channel_id or 0,
        }


@dataclass
class Measurement:
    """Figures of one scope: in total, and by each dimension asked for."""

    total: Values = field(default_factory=dict)
    by: dict[str, dict[Any, Values]] = field(default_factory=dict)

    def groups(self, dimension: str) -> dict[Any, Values]:
        """Return the figures by value of a dimension."""
        return self.by.get(dimension, {})


async def measure(
    analytics: Analytics, scope: Scope, keys: Iterable[str], dimensions: Sequence[str] = ()
) -> Measurement:
    """Compute figures in total and by each of the dimensions that their rows have.

    Raises `AnalyticsUnavailable` when the engine does not answer.
    """
    wanted = list(dict.fromkeys(keys))
    measured = {
        key: formula
        for key in (part for key in wanted for part in _measured_parts(key))
        if isinstance(formula := METRICS[key].formula, Measured)
    }
    found = Measurement(by={dimension: {} for dimension in dimensions})
    await asyncio.gather(
        *(
            _measure_relation(analytics, scope, relation, figures, dimensions, found)
            for relation, figures in _by_relation(measured).items()
        )
    )
    found.total = _complete(found.total, wanted, measured)
    for groups in found.by.values():
        for value, values in groups.items():
            groups[value] = _complete(values, wanted, measured)
    return found


def nothing(keys: Iterable[str]) -> Values:
    """Return the figures of a group in which nothing happened."""
    wanted = list(keys)
    parts = {part: METRICS[part].formula for key in wanted for part in _measured_parts(key)}
    return _complete({}, wanted, {k: f for k, f in parts.items() if isinstance(f, Measured)})


async def ids_behind(
    analytics: Analytics, scope: Scope, metric: Metric, *, before: int | None, limit: int
) -> list[int]:
    """Return the ids of the customers or orders behind a figure, the newest first.

    `before` is the last id of the page before. Raises `AnalyticsUnavailable`.
    """
    formula = measured_of(metric)
    column = "order_id" if metric.drill is Drill.ORDERS else "customer_id"
    rows = await analytics.query(
        f"select {column} from {SQL[formula.relation]}"  # noqa: S608 - from the dictionary
        f" where ({formula.where}) and {column} != 0"
        f" and ({{before:Int64}} = 0 or {column} < {{before:UInt64}})"
        f" group by {column} order by {column} desc limit {{limit:UInt64}}",
        {**scope.parameters(), "before": before or 0, "limit": limit},
    )
    return [row[0] for row in rows]


def measured_of(metric: Metric) -> Measured:
    """Return the formula whose rows a figure opens into: a quotient opens its dividend."""
    formula = metric.formula
    while isinstance(formula, Quotient):
        formula = METRICS[formula.dividend].formula
    return formula


def _measured_parts(key: str) -> list[str]:
    formula = METRICS[key].formula
    if isinstance(formula, Measured):
        return [key]
    return [*_measured_parts(formula.dividend), *_measured_parts(formula.divisor)]


def _by_relation(measured: Mapping[str, Measured]) -> dict[Relation, dict[str, Measured]]:
    grouped: dict[Relation, dict[str, Measured]] = {}
    for key, formula in measured.items():
        grouped.setdefault(formula.relation, {})[key] = formula
    return grouped


async def _measure_relation(
    analytics: Analytics,
    scope: Scope,
    relation: Relation,
    figures: Mapping[str, Measured],
    dimensions: Sequence[str],
    found: Measurement,
) -> None:
    known = DIMENSIONS[relation]
    groups = [dimension for dimension in dimensions if dimension in known]
    labels = [f"{known[dimension]} as by_{dimension}" for dimension in groups]
    masks = [f"grouping(by_{dimension}) as no_{dimension}" for dimension in groups]
    columns = [f"{_aggregate(formula)} as figure_{key}" for key, formula in figures.items()]
    sets = ", ".join(f"(by_{dimension})" for dimension in groups)
    grouping = f" group by grouping sets ({sets}, ())" if groups else ""
    rows = await analytics.query(
        f"select {', '.join([*labels, *masks, *columns])} from {SQL[relation]}{grouping}",  # noqa: S608
        scope.parameters(),
    )
    for row in rows.named():
        values = {key: row[f"figure_{key}"] for key in figures}
        named = [dimension for dimension in groups if row[f"no_{dimension}"] == 0]
        target = found.by[named[0]].setdefault(row[f"by_{named[0]}"], {}) if named else found.total
        target.update(values)


def _aggregate(formula: Measured) -> str:
    match formula.measure:
        case Count():
            return f"toInt64(countIf({formula.where}))"
        case People():
            return f"toInt64(uniqExactIf(customer_id, customer_id != 0 and ({formula.where})))"
        case Sum(column):
            return f"toInt64(sumIf({column}, {formula.where}))"
        case Percentile(column, level):
            return (
                f"if(countIf({formula.where}) = 0, null,"
                f" quantileExactIf({level})({column}, {formula.where}))"
            )


def _complete(
    values: Mapping[str, Value], wanted: Iterable[str], measured: Mapping[str, Measured]
) -> Values:
    """Add what was not counted because nothing happened, and the quotients."""
    full: Values = {
        key: values.get(key, None if isinstance(formula.measure, Percentile) else 0)
        for key, formula in measured.items()
    }
    return {key: _value(key, full) for key in wanted}


def _value(key: str, measured: Mapping[str, Value]) -> Value:
    formula = METRICS[key].formula
    if isinstance(formula, Measured):
        return measured[key]
    dividend, divisor = _value(formula.dividend, measured), _value(formula.divisor, measured)
    return dividend / divisor if dividend is not None and divisor else None


def _milliseconds(moment: datetime) -> int:
    """Return a moment as the engine keeps it."""
    return int(moment.timestamp()) * 1000 + moment.microsecond // 1000
