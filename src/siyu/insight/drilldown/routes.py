"""HTTP doors from a figure to the people and orders behind it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, TypeVar

from litestar import Controller, get
from litestar.di import Provide
from litestar.params import QueryParameter

from siyu.accounts.sessions import Principal
from siyu.accounts.tenants import zone_of
from siyu.core.analytics import Analytics
from siyu.core.clock import Clock
from siyu.core.context import Context
from siyu.core.db import Database
from siyu.core.errors import NotFound
from siyu.core.paging import Page, decode_cursor, encode_cursor
from siyu.insight.asking import Asking
from siyu.insight.dashboard.routes import First, Last
from siyu.insight.drilldown import queries
from siyu.insight.drilldown.schemas import CustomerBehind, OrderBehind
from siyu.insight.metrics import METRICS, Drill, Metric, Scope, ids_behind
from siyu.insight.periods import period_of

Cursor = Annotated[str | None, QueryParameter(name="cursor", max_length=200)]
Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=200)]
StaffFilter = Annotated[
    int | None, QueryParameter(name="staff", ge=1, description="只看一个企微账号")
]
ChannelFilter = Annotated[
    int | None, QueryParameter(name="channel", ge=1, description="只看一个渠道")
]
Row = TypeVar("Row")


@dataclass(frozen=True)
class Behind:
    """Who asks for what stands behind figures, of which days, staff account and channel."""

    asking: Asking
    analytics: Analytics
    first: First
    last: Last
    staff: int | None
    channel: int | None

    async def page(
        self,
        metric: Metric,
        permission: str,
        load: Callable[[Context, Sequence[int]], Awaitable[list[Row]]],
        cursor: str | None,
        limit: int,
    ) -> Page[Row]:
        """Return one page of what a figure counted, the newest first."""
        before: int | None = decode_cursor(cursor, int)[0] if cursor else None
        async with self.asking.look() as ctx:
            ctx.require("insight.read")
            ctx.require(permission)
            scope = await self._scope(ctx)
        ids = await ids_behind(self.analytics, scope, metric, before=before, limit=limit + 1)
        async with self.asking.look() as ctx:
            rows = await load(ctx, ids[:limit])
        return Page(rows, encode_cursor(ids[limit - 1]) if len(ids) > limit else None)

    async def _scope(self, ctx: Context) -> Scope:
        zone = await zone_of(ctx)
        period = period_of(self.first, self.last, zone, ctx.now())
        scope = Scope(
            tenant_id=ctx.tenant_id,
            start=period.start,
            end=period.end,
            now=period.now,
            zone=zone.key,
            owners=ctx.actor.owners,
            channel_id=self.channel,
        )
        if self.staff is None:
            return scope
        wanted = frozenset({self.staff})
        return replace(scope, owners=wanted if scope.owners is None else scope.owners & wanted)


async def provide_behind(
    db: Database,
    clock: Clock,
    principal: Principal,
    analytics: Analytics,
    first: First = None,
    last: Last = None,
    staff: StaffFilter = None,
    channel: ChannelFilter = None,
) -> Behind:
    """Gather what the doors below have in common."""
    return Behind(Asking(db, clock, principal), analytics, first, last, staff, channel)


class DrilldownController(Controller):
    """From a figure to what it counted."""

    path = "/api/metrics/{key:str}"
    tags = ("insight",)
    dependencies: Any = {"behind": Provide(provide_behind)}  # noqa: RUF012 - as Litestar has it

    @get("/people")
    async def people(
        self, key: str, behind: Behind, cursor: Cursor = None, limit: Limit = 50
    ) -> Page[CustomerBehind]:
        """Return the customers a figure counted."""
        metric = _opening(key, Drill.PEOPLE)
        return await behind.page(metric, "customers.read", queries.customers, cursor, limit)

    @get("/orders")
    async def orders(
        self, key: str, behind: Behind, cursor: Cursor = None, limit: Limit = 50
    ) -> Page[OrderBehind]:
        """Return the orders a figure counted."""
        metric = _opening(key, Drill.ORDERS)
        return await behind.page(metric, "orders.read", queries.orders, cursor, limit)


def _opening(key: str, drill: Drill) -> Metric:
    metric = METRICS.get(key)
    if metric is None:
        raise NotFound("metric_unknown", "没有这个指标")
    if metric.drill is not drill:
        raise NotFound("metric_not_opened", f"「{metric.name}」没有可以打开的名单")
    return metric
