"""Puts measured values, what can be known, and the dictionary together into figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from siyu.insight.dashboard.schemas import Cell, Figure, Part, Point
from siyu.insight.metrics import METRICS, Measurement, Metric, Scope, nothing
from siyu.insight.metrics.definitions import PART_NAMES, Measured
from siyu.insight.metrics.knowledge import Knowledge
from siyu.insight.metrics.measuring import Values
from siyu.insight.periods import Period

SHOWN: Final = tuple(METRICS)
_ALWAYS_SHOWN: Final[Mapping[str, tuple[str, ...]]] = {
    "source": ("printed", "welcome", "share", "page_view"),
    "lost_by": ("customer", "staff", "transfer", "unknown"),
    "method": ("touch", "window", "none"),
}
PART_DIMENSIONS: Final = tuple(_ALWAYS_SHOWN)
PART_KEYS: Final = tuple(
    key
    for key, metric in METRICS.items()
    if isinstance(metric.formula, Measured) and metric.formula.parts is not None
)
_ENTERED: Final = "printed"


@dataclass(frozen=True)
class Picture:
    """One period, measured, beside the one it is compared with."""

    period: Period
    scope: Scope
    previous_scope: Scope
    current: Measurement
    """In total and by step."""
    groups: Measurement
    """What is shown in parts and tables, by their dimensions."""
    previous: Measurement
    knowledge: Knowledge

    def figures(self, keys: Iterable[str] = SHOWN) -> list[Figure]:
        """Return figures with their parts and series."""
        return [self._figure(METRICS[key]) for key in keys]

    def _figure(self, metric: Metric) -> Figure:
        value = self.current.total[metric.key]
        earlier = self.previous.total[metric.key]
        reason = self.knowledge.why_unknown(metric, self.scope, value)
        reason_before = self.knowledge.why_unknown(metric, self.previous_scope, earlier)
        return Figure(
            key=metric.key,
            name=metric.name,
            unit=metric.unit,
            definition=metric.definition,
            source=metric.source,
            value=None if reason else value,
            known=reason is None,
            why_unknown=reason and reason.sentence,
            why_code=reason and reason.code,
            note=None if reason else self.knowledge.note(metric, self.scope),
            since=None if reason else self.knowledge.since(metric, self.scope),
            previous=None if reason_before else earlier,
            good_when_low=metric.good_when_low,
            drill=metric.drill,
            parts=[] if reason else self._parts(metric),
            series=[] if reason else self._series(metric),
        )

    def _parts(self, metric: Metric) -> list[Part]:
        formula = metric.formula
        if not isinstance(formula, Measured) or formula.parts is None:
            return []
        groups = self.groups.groups(formula.parts)
        found = {str(part): values[metric.key] for part, values in groups.items()}
        named = [part for part in _ALWAYS_SHOWN[formula.parts] if self._belongs(metric, part)]
        others = sorted(part for part, value in found.items() if value and part not in named)
        return [self._part(part, found.get(part, 0)) for part in (*named, *others)]

    def _part(self, part: str, value: float | None) -> Part:
        name = PART_NAMES.get(part, part)
        if part == _ENTERED:
            reason = self.knowledge.why_unknown(METRICS["printed"], self.scope, value)
            if reason is not None:
                return Part(part, name, None, reason.sentence, reason.code)
        return Part(part, name, value, None, None)

    def _belongs(self, metric: Metric, part: str) -> bool:
        """Tell whether a part that is 0 is worth a line: those a figure can hold at all."""
        if metric.key == "printed":
            return part == _ENTERED
        return not (metric.key == "attributed_gmv_fen" and part == "none")

    def _series(self, metric: Metric) -> list[Point]:
        groups = self.current.groups(self.period.step)
        blank = nothing([metric.key])
        return [
            Point(at, groups.get(int(at.timestamp()), blank)[metric.key])
            for at in self.period.steps()
        ]


def cell(knowledge: Knowledge, scope: Scope, values: Values, key: str) -> Cell:
    """Return one figure of a group for a table."""
    reason = knowledge.why_unknown(METRICS[key], scope, values[key])
    if reason is not None:
        return Cell(None, reason.sentence, reason.code)
    return Cell(values[key], None, None)


def group_of(measurement: Measurement, dimension: str, value: Any, keys: Iterable[str]) -> Values:
    """Return the figures of one group, also of one in which nothing happened."""
    return measurement.groups(dimension).get(value) or nothing(keys)
