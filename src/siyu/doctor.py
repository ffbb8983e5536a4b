"""`siyu doctor`: what is wrong with this installation, and what to do about it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

from sqlalchemy import func, select, text

from siyu import tables
from siyu.accounts.connections.models import WecomConnection
from siyu.accounts.models import Tenant
from siyu.channels.wecom.errors import WeComFailure
from siyu.channels.wecom.inbox import WecomInbox
from siyu.channels.wecom.probes import diagnose
from siyu.core.analytics.feeder import Feeder
from siyu.core.db import DatabaseUrls, setup
from siyu.core.db.policies import QUEUE
from siyu.core.errors import Problem
from siyu.core.settings import Settings
from siyu.core.stream.models import OutboxEvent, ParkedEvent
from siyu.runtime import Runtime, database_server, runtime

State = Literal["ok", "bad", "unknown"]
_MOST_WAITING = 10_000
_MOST_LAG_SECONDS = 60.0


@dataclass(frozen=True)
class Finding:
    """One thing looked at."""

    subject: str
    state: State
    detail: str
    fix: str = ""


async def examine(settings: Settings) -> list[Finding]:
    """Look at everything; a part that cannot be reached is a finding, not an error."""
    with database_server(settings) as urls:
        findings = [finding async for finding in _tables(urls)]
        if any(finding.state == "bad" for finding in findings):
            return findings
        async with runtime(settings, urls, pool_size=4) as services:
            for part in (_stream, _callbacks, _jobs, _analytics, _connections):
                findings += [finding async for finding in part(services)]
    return findings


def as_json(findings: list[Finding]) -> dict[str, Any]:
    """Return the findings for a program."""
    return {
        "ok": all(finding.state != "bad" for finding in findings),
        "findings": [asdict(finding) for finding in findings],
    }


async def _tables(urls: DatabaseUrls) -> AsyncIterator[Finding]:
    try:
        differences = await setup.drift(urls, tables.metadata)
    except Exception as error:  # noqa: BLE001 - whatever stands in the way is the finding
        yield Finding(
            "数据库",
            "bad",
            f"无法连接（{type(error).__name__}）",
            "先启动 siyu serve（演示数据请加 --data .siyu/demo），或检查 SIYU_DATABASE_URL",
        )
        return
    if differences:
        yield Finding("数据表", "bad", "；".join(differences[:3]), "执行 siyu migrate")
    else:
        yield Finding("数据表", "ok", "与代码一致，行级安全已强制开启")


async def _stream(services: Runtime) -> AsyncIterator[Finding]:
    async with services.db.system() as session:
        waiting = await session.scalar(select(func.count()).select_from(OutboxEvent)) or 0
        parked = await session.scalar(select(func.count()).select_from(ParkedEvent)) or 0
    if waiting > _MOST_WAITING:
        yield Finding(
            "事件流", "bad", f"{waiting} 条事件在等待编号", "检查后台进程 siyu worker 是否在运行"
        )
    else:
        yield Finding("事件流", "ok", f"{waiting} 条事件在等待编号")
    if parked:
        yield Finding("搁置的事件", "bad", f"{parked} 条", "在「设置 › 后台任务」查看原因")


async def _callbacks(services: Runtime) -> AsyncIterator[Finding]:
    async with services.db.system() as session:
        parked = await session.scalar(
            select(func.count()).select_from(WecomInbox).where(WecomInbox.state == "parked")
        )
    if parked:
        yield Finding(
            "搁置的回调", "bad", f"{parked} 条", "在「设置 › 企业微信连接」查看原因并重试"
        )
    else:
        yield Finding("回调", "ok", "没有搁置的回调")


async def _jobs(services: Runtime) -> AsyncIterator[Finding]:
    async with services.db.system() as session:
        failed = await session.scalar(
            text(f"select count(*) from {QUEUE}.pgqueuer where status = 'failed'")  # noqa: S608
        )
    if failed:
        yield Finding("失败的任务", "bad", f"{failed} 个", "在「设置 › 后台任务」重试")
    else:
        yield Finding("后台任务", "ok", "没有失败的任务")


async def _analytics(services: Runtime) -> AsyncIterator[Finding]:
    if not await services.analytics.ping():
        yield Finding(
            "分析引擎",
            "bad",
            "没有应答",
            "启动 siyu serve 或 siyu analytics，或检查 SIYU_CLICKHOUSE_URL",
        )
        return
    lag = await Feeder(services.db, services.analytics, services.clock).lag()
    late = lag.seconds > _MOST_LAG_SECONDS
    yield Finding(
        "分析引擎",
        "bad" if late else "ok",
        f"落后 {lag.positions} 条事件、{lag.seconds:.0f} 秒",
        "检查后台进程 siyu worker 是否在运行" if late else "",
    )


async def _connections(services: Runtime) -> AsyncIterator[Finding]:
    async with services.db.system() as session:
        rows = (
            await session.execute(
                select(Tenant.tenant_id, Tenant.name, WecomConnection.credentials_at).outerjoin(
                    WecomConnection, WecomConnection.tenant_id == Tenant.tenant_id
                )
            )
        ).all()
    for tenant_id, name, connected in rows:
        if connected is None:
            yield Finding(f"{name} · 企业微信", "unknown", "尚未连接", "在企业后台完成引导设置")
            continue
        try:
            probes = await diagnose(await services.wecom.client(tenant_id))
        except (Problem, WeComFailure) as error:
            yield Finding(f"{name} · 企业微信", "bad", str(error), "检查网络出口与凭证")
            continue
        if all(probe.state == "unknown" for probe in probes):
            yield Finding(
                f"{name} · 企业微信", "bad", "连接不上", "检查网络出口；演示需要模拟世界正在运行"
            )
            continue
        states: dict[str, State] = {"granted": "ok", "missing": "bad"}
        for probe in probes:
            yield Finding(
                f"{name} · {probe.title}",
                states.get(probe.state, "unknown"),
                probe.detail,
                probe.fix,
            )


def run(settings: Settings) -> list[Finding]:
    """Examine from a command line."""
    return asyncio.run(examine(settings))
