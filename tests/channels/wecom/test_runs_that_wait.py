"""What a failed call means for the run of a long job."""

from datetime import timedelta

import pytest

from siyu.channels.wecom.errors import QuotaExhausted, RequestRefused, Violation, WeComError
from siyu.channels.wecom.in_job import run_of_calls
from siyu.core.clock import FixedClock
from siyu.core.db import Database
from siyu.core.jobs import JobRun, Progress, RetryLater


@pytest.fixture
async def progress(db: Database, clock: FixedClock, tenant_id: int) -> Progress:
    async with db.tenant(tenant_id) as session:
        run = JobRun(tenant_id=tenant_id, kind="wecom.sync", title="同步", created_at=clock.now())
        session.add(run)
        await session.flush()
    progress = Progress(db, clock, tenant_id, run.id)
    await progress.start()
    return progress


async def told(progress: Progress) -> tuple[str, str]:
    async with progress.db.tenant(progress.tenant_id) as session:
        run = await session.get_one(JobRun, (progress.tenant_id, progress.run_id))
        return run.state, run.note


async def test_a_run_without_quota_waits_and_is_not_over(
    progress: Progress, clock: FixedClock
) -> None:
    with pytest.raises(RetryLater) as caught:
        async with run_of_calls(progress):
            raise QuotaExhausted(clock.now() + timedelta(seconds=40), "/cgi-bin/user/get")
    assert caught.value.after == timedelta(seconds=40)
    assert await told(progress) == ("running", "企业微信的调用额度已用完，稍后自动继续")


async def test_a_run_whose_calls_are_wrong_is_over(progress: Progress) -> None:
    with pytest.raises(RequestRefused):
        async with run_of_calls(progress):
            raise RequestRefused([Violation("name", "名称不能为空")], "/cgi-bin/user/get")
    assert await told(progress) == ("failed", "企业微信返回错误：名称不能为空")


async def test_what_wecom_refused_is_told_to_programs_too(progress: Progress) -> None:
    with pytest.raises(WeComError):
        async with run_of_calls(progress):
            raise WeComError(48002, "api forbidden", "/cgi-bin/externalcontact/list")
    async with progress.db.tenant(progress.tenant_id) as session:
        run = await session.get_one(JobRun, (progress.tenant_id, progress.run_id))
    assert run.note.startswith("企业微信返回错误：")
    values = {"errcode": 48002, "permission": "contact_api"}
    assert run.said == {"code": "wecom_refused", "values": values}
