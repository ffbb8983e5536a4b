"""The long job that brings a tenant up to WeCom's state: directory first, then customers."""

from siyu.accounts.connections.directory import read_directory, store_directory
from siyu.accounts.connections.service import SYNC, SyncPayload
from siyu.channels.wecom.errors import WeComFailure
from siyu.channels.wecom.in_job import job_failures
from siyu.core.jobs import JobGone, JobHandler, Progress
from siyu.core.jobs.progress import Cancelled
from siyu.growth.live_codes.plans import LiveCodeOrigins
from siyu.people.sync import CustomerSync
from siyu.runtime import Runtime


def sync_handler(runtime: Runtime) -> JobHandler[SyncPayload]:
    """Return the handler of the sync."""
    customers = CustomerSync(runtime.db, runtime.clock, runtime.vaults, LiveCodeOrigins())

    async def run(tenant_id: int, payload: SyncPayload) -> None:
        progress = Progress(runtime.db, runtime.clock, tenant_id, payload.run_id)
        checkpoint = await progress.start()
        try:
            await progress.report(note="正在读取部门与企微账号")
            client = (await runtime.wecom.client(tenant_id)).in_background()
            image = await read_directory(client)
            await store_directory(runtime.db, runtime.clock, tenant_id, image)
            count = await customers.run(tenant_id, client, progress, checkpoint)
        except Cancelled as cancelled:
            raise JobGone from cancelled
        except WeComFailure as failure:
            await progress.fail(f"企业微信返回错误：{failure.sentence}")
            with job_failures(runtime.clock):
                raise
        except Exception:
            # The run must not stay "running" behind a job that is given up.
            await progress.fail("系统出错，同步没有完成；可以点「继续」从中断处再试")
            raise
        else:
            await progress.finish(f"已同步 {len(image.users)} 个企微账号、{count} 个好友关系")

    async def given_up(tenant_id: int, payload: SyncPayload) -> None:
        progress = Progress(runtime.db, runtime.clock, tenant_id, payload.run_id)
        await progress.fail("同步途中程序三次意外退出，已停下；请把日志交给技术人员，之后可重试")

    return JobHandler(SYNC, run, given_up)
