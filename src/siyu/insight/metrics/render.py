"""The metric dictionary as a page: `docs/metrics.md` is made by this and never by hand."""

from typing import Final

from siyu.insight.metrics.definitions import (
    PART_NAMES,
    Count,
    Measured,
    Metric,
    Need,
    People,
    Percentile,
    Quotient,
    Sum,
)
from siyu.insight.metrics.dictionary import METRICS

_HEAD: Final = """# 指标字典 Metrics

Generated from `siyu.insight.metrics.dictionary` by `siyu docs`; do not edit.

Every figure in siyu has one definition, this one, whichever page shows it, and is computed
from the event stream (docs/events.md). People are counted by customer: an identity counts
for the customer it belongs to now, and a visitor whose identity is not known is nobody's.
A day is a day in the enterprise's time zone. Where a figure cannot be known the screen
says why, and never 0.

Relations: `facts` holds one row per event that happened in the range; `additions` one row
per friendship that began under siyu's eyes in the range; `orders` one row per order paid in
the range, with its refunds, its buyer and its attribution as they are known now.
"""

_UNITS: Final = {
    "count": "次、个",
    "people": "人",
    "fen": "分",
    "ratio": "比例",
    "times": "倍",
    "seconds": "秒",
}
_NEEDS: Final = {
    Need.WECOM: "企业微信回调",
    Need.ORDERS: "订单来源",
    Need.EXPOSURES: "录入的渠道曝光",
    Need.COSTS: "录入的渠道成本",
}


def render() -> str:
    """Return the page that describes every figure."""
    return "\n".join([_HEAD, *(_entry(metric) for metric in METRICS.values()), _parts()])


def _entry(metric: Metric) -> str:
    lines = [
        f"## {metric.name} · `{metric.key}`\n",
        f"{metric.definition}\n",
        f"- 单位：{_UNITS[metric.unit]}",
        f"- 来源：{metric.source}",
        f"- 公式：{_formula(metric)}",
    ]
    if metric.drill is not None:
        lines.append(f"- 可点开：{'客户名单' if metric.drill == 'people' else '订单明细'}")
    if metric.needs:
        lines.append(f"- 需要：{'、'.join(_NEEDS[need] for need in metric.needs)}；没有则显示原因")
    if metric.undefined:
        lines.append(f"- 无法计算时显示：{metric.undefined}")
    return "\n".join([*lines, ""])


def _formula(metric: Metric) -> str:
    formula = metric.formula
    if isinstance(formula, Quotient):
        return f"`{formula.dividend} ÷ {formula.divisor}`"
    parts = f"，按 `{formula.parts}` 分列" if formula.parts else ""
    return f"`{_measure(formula)} from {formula.relation} where {formula.where}`{parts}"


def _measure(formula: Measured) -> str:
    match formula.measure:
        case Count():
            return "count(*)"
        case People():
            return "count(distinct customer)"
        case Sum(column):
            return f"sum({column})"
        case Percentile(column, level):
            return f"percentile({column}, {level})"


def _parts() -> str:
    rows = [f"| `{part}` | {name} |" for part, name in PART_NAMES.items()]
    return "\n".join(["## 分列的名称\n", "| part | 名称 |", "|---|---|", *rows, ""])
