"""What can be known: a figure whose source is missing says so and is never 0."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Integer, cast, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from siyu.accounts.connections.models import WecomConnection
from siyu.commerce.models import OrderSource
from siyu.core.stream.models import StreamEvent
from siyu.insight.metrics.definitions import Metric, Need
from siyu.insight.metrics.measuring import Scope, Value

_EXPOSED: Final = "channel.exposed"


@dataclass(frozen=True)
class Knowledge:
    """Which sources of figures a tenant has."""

    watched_since: datetime | None
    """Since when friendships are heard of as they begin and end."""
    orders: bool
    exposures: bool
    costs: bool

    def why_unknown(self, metric: Metric, scope: Scope, value: Value) -> str | None:
        """Return the sentence shown instead of a figure; nothing when it is known."""
        for need in metric.needs:
            if (reason := self._missing(need, scope)) is not None:
                return reason
        return metric.undefined if value is None else None

    def note(self, metric: Metric, scope: Scope) -> str | None:
        """Return what limits a figure that is known."""
        since = self.watched_since
        if Need.WECOM in metric.needs and since is not None and since > scope.start:
            local = since.astimezone(scope.start.tzinfo)
            return f"自 {local:%Y-%m-%d %H:%M} 接入企业微信起统计，此前不可得"
        return None

    def _missing(self, need: Need, scope: Scope) -> str | None:
        if need is Need.WECOM:
            if self.watched_since is None:
                return "未接入：请在「企业微信连接」中完成回调配置"
            return "不可得：早于接入企业微信的时间" if self.watched_since >= scope.end else None
        if need is Need.ORDERS:
            return None if self.orders else "未接入：请在「订单」中创建订单来源并推送订单"
        if scope.owners is not None:
            return "不可得：渠道曝光与成本不按员工区分，你的数据范围内没有这个数"
        if need is Need.EXPOSURES:
            return None if self.exposures else "未录入：请在「渠道」中录入曝光数"
        return None if self.costs else "未录入：请在「渠道」中随曝光录入成本"


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
