"""What can be known: a figure whose source is missing says so and is never 0."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import Integer, cast, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from siyu.accounts.connections.models import WecomConnection
from siyu.commerce.models import OrderSource
from siyu.core.stream.models import StreamEvent
from siyu.insight.metrics.definitions import Metric, Need
from siyu.insight.metrics.measuring import Scope, Value

_EXPOSED: Final = "channel.exposed"


class Why(NamedTuple):
    """Why there is no figure: a stable code for pages in other languages, and the sentence."""

    code: str
    sentence: str


_NOT_CONNECTED: Final = Why("wecom_missing", "未接入：请在「企业微信连接」中完成回调配置")
_TOO_EARLY: Final = Why("before_wecom", "不可得：早于接入企业微信的时间")
_NO_ORDERS: Final = Why("orders_missing", "未接入：请在「订单」中创建订单来源并推送订单")
_NOT_BY_STAFF: Final = Why(
    "not_by_staff", "不可得：渠道曝光与成本不按员工区分，你的数据范围内没有这个数"
)
_NO_EXPOSURES: Final = Why("exposures_missing", "未录入：请在「渠道」中录入曝光数")
_NO_COSTS: Final = Why("costs_missing", "未录入：请在「渠道」中随曝光录入成本")
UNDEFINED: Final = "undefined"
"""The code of a quotient without a divisor, or of a measurement of nothing; each metric has its
own sentence."""


@dataclass(frozen=True)
class Knowledge:
    """Which sources of figures a tenant has."""

    watched_since: datetime | None
    """Since when friendships are heard of as they begin and end."""
    orders: bool
    exposures: bool
    costs: bool

    def why_unknown(self, metric: Metric, scope: Scope, value: Value) -> Why | None:
        """Return what is said instead of a figure; nothing when it is known."""
        for need in metric.needs:
            if (reason := self._missing(need, scope)) is not None:
                return reason
        return Why(UNDEFINED, metric.undefined) if value is None else None

    def since(self, metric: Metric, scope: Scope) -> datetime | None:
        """Return from when on a known figure counts, where that is later than was asked for."""
        since = self.watched_since
        if Need.WECOM in metric.needs and since is not None and since > scope.start:
            return since
        return None

    def note(self, metric: Metric, scope: Scope) -> str | None:
        """Return what limits a figure that is known."""
        since = self.since(metric, scope)
        if since is None:
            return None
        local = since.astimezone(scope.start.tzinfo)
        return f"自 {local:%Y-%m-%d %H:%M} 接入企业微信起统计，此前不可得"

    def _missing(self, need: Need, scope: Scope) -> Why | None:
        if need is Need.WECOM:
            if self.watched_since is None:
                return _NOT_CONNECTED
            return _TOO_EARLY if self.watched_since >= scope.end else None
        if need is Need.ORDERS:
            return None if self.orders else _NO_ORDERS
        if scope.owners is not None:
            return _NOT_BY_STAFF
        if need is Need.EXPOSURES:
            return None if self.exposures else _NO_EXPOSURES
        return None if self.costs else _NO_COSTS


async def knowledge_of(session: AsyncSession) -> Knowledge:
    """Find out which sources the session's tenant has."""
    entered = StreamEvent.type == _EXPOSED
    cost = cast(StreamEvent.properties["cost_fen"].astext, Integer)
    row = (
        await session.execute(
            select(
                select(func.min(WecomConnection.watched_since)).scalar_subquery(),
                exists(select(OrderSource.id)),
                exists(select(StreamEvent.id).where(entered)),
                exists(select(StreamEvent.id).where(entered, cost > 0)),
            )
        )
    ).one()
    return Knowledge(*row)
