"""The metric dictionary: one definition per figure, used by every page, and how to compute it."""

from siyu.insight.metrics.definitions import Drill, Metric, Relation, Unit
from siyu.insight.metrics.dictionary import METRICS
from siyu.insight.metrics.measuring import Measurement, Scope, ids_behind, measure, nothing

__all__ = [
    "METRICS",
    "Drill",
    "Measurement",
    "Metric",
    "Relation",
    "Scope",
    "Unit",
    "ids_behind",
    "measure",
    "nothing",
]
