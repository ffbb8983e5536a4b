"""HTTP doors of the dashboard, its tables and rankings."""

from datetime import date
from typing import Annotated, Final

from litestar import Controller, get
from litestar.di import Provide
from litestar.params import QueryParameter

from siyu.core.analytics import Analytics
from siyu.core.context import Context
from siyu.insight.asking import Asking, asking_of
from siyu.insight.dashboard.figures import PART_KEYS, SHOWN
from siyu.insight.dashboard.pictures import Question, picture, question, view_of
from siyu.insight.dashboard.schemas import (
    Channels,
    Dashboard,
    MetricView,
    NorthStar,
    Ranking,
)
from siyu.insight.dashboard.tables import (
    CHANNEL_KEYS,
    STAFF_KEYS,
    RankBy,
    channel_rows,
    staff_rows,
)
from siyu.insight.metrics import METRICS, measure

First = Annotated[date | None, QueryParameter(name="from", description="第一天，企业时区")]
Last = Annotated[date | None, QueryParameter(name="to", description="最后一天，含当天")]

NORTH_STAR: Final = NorthStar(
    rate="order_rate",
    numerator="bought",
    denominator="reached",
    sales="gmv_fen",
    factors=["reached", "conversion", "average_order_fen"],
)


class DashboardController(Controller):
    """What happened, in figures."""

    path = "/api"
    tags = ("insight",)
    dependencies = {"asking": Provide(asking_of, sync_to_thread=False)}  # noqa: RUF012 - Litestar declares it so

    @get("/dashboard")
    async def dashboard(
        self,
        asking: Asking,
        analytics: Analytics,
        first: First = None,
        last: Last = None,
    ) -> Dashboard:
        """Return all figures of a period, today by default, beside the same weekdays before."""
        asked = await question(asking, "insight.read", first, last)
        taken = await picture(analytics, asked, SHOWN, {*PART_KEYS, *CHANNEL_KEYS, *STAFF_KEYS})
        return Dashboard(
            period=view_of(asked.period),
            compared_with=view_of(asked.period.before()),
            as_of=asked.as_of,
            north_star=NORTH_STAR,
            figures=taken.figures(),
            channels=channel_rows(asked, taken.scope, taken.groups),
            staff=staff_rows(asked, taken.scope, taken.groups, _seen(asked)),
        )

    @get("/channels-report")
    async def channels_report(
        self,
        asking: Asking,
        analytics: Analytics,
        first: First = None,
        last: Last = None,
    ) -> Channels:
        """Return what each channel brought in a period."""
        asked = await question(asking, "insight.read", first, last)
        scope = asked.scope(asked.period, asked.owners)
        found = await measure(analytics, scope, CHANNEL_KEYS, ["channel"])
        return Channels(view_of(asked.period), asked.as_of, channel_rows(asked, scope, found))

    @get("/ranking")
    async def ranking(
        self,
        asking: Asking,
        analytics: Analytics,
        first: First = None,
        last: Last = None,
        by: RankBy = "gmv",
    ) -> Ranking:
        """Return the staff accounts within the data scope in order of one figure."""
        asked = await question(asking, "insight.read", first, last)
        return await _ranking(analytics, asked, by, _seen(asked))

    @get("/staff/ranking")
    async def staff_ranking(
        self,
        asking: Asking,
        analytics: Analytics,
        first: First = None,
        last: Last = None,
        by: RankBy = "gmv",
    ) -> Ranking:
        """Return my own accounts among those of my departments, in order of one figure."""
        asked = await question(asking, "share", first, last)
        return await _ranking(analytics, asked, by, _colleagues(asked))

    @get("/metrics")
    async def metrics(self, ctx: Context) -> list[MetricView]:
        """Return the metric dictionary."""
        ctx.require("insight.read")
        return [
            MetricView(
                metric.key,
                metric.name,
                metric.unit,
                metric.definition,
                metric.source,
                metric.good_when_low,
                metric.drill,
            )
            for metric in METRICS.values()
        ]


async def _ranking(
    analytics: Analytics, asked: Question, by: RankBy, among: frozenset[int]
) -> Ranking:
    scope = asked.scope(asked.period, among)
    found = await measure(analytics, scope, STAFF_KEYS, ["staff"])
    rows = staff_rows(asked, scope, found, among, by)
    return Ranking(view_of(asked.period), asked.as_of, by, rows)


def _seen(asked: Question) -> frozenset[int]:
    accounts = frozenset(asked.staff)
    return accounts if asked.owners is None else accounts & asked.owners


def _colleagues(asked: Question) -> frozenset[int]:
    """Return the accounts one is ranked among: their sums say nothing about a customer."""
    mine = asked.mine & asked.staff.keys()
    departments = {number for account in mine for number in asked.staff[account].departments}
    return mine | {
        account for account, staff in asked.staff.items() if staff.departments & departments
    }
