"""What needs a person now. All of it comes from PostgreSQL, so that it shows whatever is down."""

from collections.abc import Awaitable, Callable
from datetime import datetime, time
from typing import Final
from urllib.parse import urlencode

import msgspec
from sqlalchemy import func, select

from siyu.accounts.background.queries import Troubles, troubles
from siyu.accounts.callbacks.service import count_parked
from siyu.accounts.connections.models import WecomConnection
from siyu.accounts.tenants import zone_of
from siyu.core.context import Context
from siyu.core.db import Database
from siyu.core.jobs.progress import JobRun
from siyu.core.stream.models import StreamEvent
from siyu.facts.messaging import WelcomeGivenUp
from siyu.growth.live_codes.models import LiveCode
from siyu.insight.home.schemas import Attention, AttentionList
from siyu.people.churn.queries import LostFilter, count_lost
from siyu.people.customers.queries import CustomerFilter, befriended
from siyu.people.models import Customer, Identity
from siyu.people.rules.language import Behaviour, Span

_JOBS: Final = "/settings/jobs"
Look = Callable[[Context], Awaitable[Attention | None]]


async def attention(ctx: Context, db: Database) -> AttentionList:
    """Return what needs the actor, of what the actor may see to."""
    found: list[Attention | None] = []
    for permission, look in _LOOKS:
        if ctx.may(permission):
            found.append(await look(ctx))
    if ctx.may("jobs.read"):
        found += _background(await troubles(db, ctx.tenant_id, {}))
    items = [item for item in found if item is not None]
    return AttentionList(sorted(items, key=lambda item: not item.urgent), ctx.now())


async def _connection(ctx: Context) -> Attention | None:
    row = await ctx.session.get(WecomConnection, ctx.tenant_id)
    missing = [
        name
        for name, at in (
            ("应用凭证", row and row.credentials_at),
            ("接收事件", row and row.callback_at),
            ("可信域名", row and row.domain_at),
        )
        if at is None
    ]
    if not missing:
        return None
    return Attention(
        "connection",
        True,
        "企业微信还没有接好",
        f"未完成：{'、'.join(missing)}。接好之前收不到新增好友，也发不出欢迎语",
        len(missing),
        "/settings/connection",
    )


async def _callbacks(ctx: Context) -> Attention | None:
    count = await count_parked(ctx)
    if not count:
        return None
    detail = "企业微信推来的这些变化没能处理，看清原因后可以重试"
    link = "/settings/connection?tab=callbacks&state=parked"
    return Attention("parked_callbacks", True, "有回调被搁置", detail, count, link)


async def _failed_runs(ctx: Context) -> Attention | None:
    count = await ctx.session.scalar(
        select(func.count())
        .select_from(JobRun)
        .where(JobRun.tenant_id == ctx.tenant_id, JobRun.state == "failed")
    )
    if not count:
        return None
    detail = "同步等长任务停在半路，处理原因后可以从停下的地方继续"
    return Attention("failed_runs", True, "后台任务失败", detail, count, _JOBS)


def _background(found: Troubles) -> list[Attention]:
    jobs, facts = len(found.failed_jobs), len(found.parked_events)
    items = []
    if jobs:
        detail = "多次重试仍未成功，查看原因后可以重试"
        items.append(Attention("failed_jobs", True, "后台作业失败", detail, jobs, _JOBS))
    if facts:
        detail = "这些事件暂未被处理，其余事件不受影响"
        items.append(Attention("parked_facts", True, "有事件被搁置", detail, facts, _JOBS))
    return items


async def _live_codes(ctx: Context) -> Attention | None:
    count = await ctx.session.scalar(
        select(func.count())
        .select_from(LiveCode)
        .where(LiveCode.tenant_id == ctx.tenant_id, LiveCode.state == "failed")
    )
    if not count:
        return None
    detail = "企业微信没有接受这些活码，打开可看到原因并重试"
    link = "/growth/live-codes"
    return Attention("live_codes", True, "活码创建失败", detail, count, link)


async def _welcomes(ctx: Context) -> Attention | None:
    since = await _midnight(ctx)
    whose = (
        select(Identity.customer_id)
        .join(
            StreamEvent,
            (StreamEvent.tenant_id == Identity.tenant_id)
            & (StreamEvent.identity_id == Identity.id),
        )
        .where(
            StreamEvent.tenant_id == ctx.tenant_id,
            StreamEvent.type == WelcomeGivenUp.type,
            StreamEvent.occurred_at >= since,
            StreamEvent.occurred_at <= ctx.now(),
        )
    )
    # The page behind the link lists the same customers by the same condition.
    listed = (Customer.id.in_(whose), *befriended(ctx, CustomerFilter()))
    count = await ctx.session.scalar(
        select(func.count()).where(Customer.tenant_id == ctx.tenant_id, *listed)
    )
    if not count:
        return None
    detail = "今天有客户添加后没有收到欢迎语，请员工主动问候"
    rule = msgspec.json.encode(Behaviour(type=WelcomeGivenUp.type, within=Span(since=since)))
    link = f"/people/customers?{urlencode({'rule': rule})}"
    return Attention("welcomes", True, "欢迎语未送达", detail, count, link)


async def _lost(ctx: Context) -> Attention | None:
    since = await _midnight(ctx)
    # The page behind the link counts the same friendships by the same filter.
    count = await count_lost(ctx, LostFilter(by="customer", since=since))
    if not count:
        return None
    detail = "今天被客户删除的好友关系，看看是否集中在某个渠道或员工"
    link = f"/people/churn?{urlencode({'by': 'customer', 'since': since.isoformat()})}"
    return Attention("lost", False, "客户流失", detail, count, link)


async def _midnight(ctx: Context) -> datetime:
    zone = await zone_of(ctx)
    return datetime.combine(ctx.now().astimezone(zone).date(), time(), zone)


_LOOKS: Final[tuple[tuple[str, Look], ...]] = (
    ("settings.read", _connection),
    ("settings.read", _callbacks),
    ("jobs.read", _failed_runs),
    ("live_codes.read", _live_codes),
    ("customers.read", _welcomes),
    ("churn.read", _lost),
)
"""Each with the permission of who can see to it."""
