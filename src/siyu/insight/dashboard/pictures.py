"""Takes the picture of a period: what PostgreSQL knows about it, then what the engine counts."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from siyu.accounts.tenants import zone_of
from siyu.core.analytics import Analytics
from siyu.insight.asking import Asking
from siyu.insight.dashboard.figures import PART_DIMENSIONS, Picture
from siyu.insight.dashboard.schemas import PeriodView
from siyu.insight.freshness import AsOf, as_of
from siyu.insight.metrics import Scope, measure
from siyu.insight.metrics.knowledge import Knowledge, knowledge_of
from siyu.insight.names import Staff, channels_of, staff_of
from siyu.insight.periods import Period, period_of

Owners = frozenset[int] | None


@dataclass(frozen=True)
class Question:
    """What was asked for, and what must be known to answer: one look into PostgreSQL."""

    tenant_id: int
    period: Period
    as_of: AsOf
    knowledge: Knowledge
    owners: Owners
    mine: frozenset[int]
    staff: dict[int, Staff]
    channels: dict[int, str]

    def scope(self, period: Period, owners: Owners) -> Scope:
        """Return what counts in a period for some owners."""
        return Scope(
            tenant_id=self.tenant_id,
            start=period.start,
            end=period.end,
            now=period.now,
            zone=period.zone.key,
            owners=owners,
        )


async def question(
    asking: Asking, permission: str, first: date | None, last: date | None
) -> Question:
    """Return what must be known before the engine is asked; raises `Forbidden`, `Invalid`."""
    async with asking.look() as ctx:
        ctx.require(permission)
        zone = await zone_of(ctx)
        return Question(
            tenant_id=ctx.tenant_id,
            period=period_of(first, last, zone, ctx.now()),
            as_of=await as_of(ctx),
            knowledge=await knowledge_of(ctx.session),
            owners=ctx.actor.owners,
            mine=ctx.actor.staff_account_ids,
            staff=await staff_of(ctx.session),
            channels=await channels_of(ctx.session),
        )


async def picture(
    analytics: Analytics, asked: Question, keys: Iterable[str], tables: Iterable[str]
) -> Picture:
    """Measure the period and the one before; raises `AnalyticsUnavailable`.

    `tables` are the figures wanted by channel, by staff account and in parts: counting
    different people once for every group would cost far more than all the rest.
    """
    scope = asked.scope(asked.period, asked.owners)
    before = asked.scope(asked.period.before(), asked.owners)
    wanted = list(keys)
    current, groups, previous = await asyncio.gather(
        measure(analytics, scope, wanted, [asked.period.step]),
        measure(analytics, scope, tables, [*PART_DIMENSIONS, "channel", "staff"]),
        measure(analytics, before, wanted),
    )
    return Picture(asked.period, scope, before, current, groups, previous, asked.knowledge)


def view_of(period: Period) -> PeriodView:
    """Return a period as it goes over HTTP."""
    return PeriodView(
        first=period.first,
        last=period.last,
        start=period.start,
        end=period.end,
        step=period.step,
        timezone=period.zone.key,
    )
