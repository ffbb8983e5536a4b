"""My own figures of today, from the metric dictionary."""

from typing import Final

from siyu.core.analytics import Analytics
from siyu.core.errors import Unavailable
from siyu.insight.dashboard.figures import cell
from siyu.insight.dashboard.pictures import Question
from siyu.insight.metrics import METRICS, measure
from siyu.insight.today.schemas import Numbers, OwnFigure

SHOWN: Final = ("added", "shared", "clicked", "orders", "gmv_fen")


async def numbers(analytics: Analytics, asked: Question) -> Numbers:
    """Return them; the phone goes on without them while the engine does not answer."""
    scope = asked.scope(asked.period, asked.mine)
    try:
        total = (await measure(analytics, scope, SHOWN)).total
    except Unavailable as problem:
        return Numbers([], None, problem.detail)
    figures = [
        OwnFigure(
            key,
            METRICS[key].name,
            METRICS[key].unit,
            METRICS[key].definition,
            cell(asked.knowledge, scope, total, key),
        )
        for key in SHOWN
    ]
    return Numbers(figures, asked.as_of, None)
