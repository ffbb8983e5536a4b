"""The long job that brings a tenant up to WeCom: directory first, then customers, then groups."""

from typing import Final

from siyu.accounts.connections.directory import read_directory, store_directory
from siyu.accounts.connections.service import SYNC, SyncPayload
from siyu.channels.wecom.in_job import run_of_calls
from siyu.core.jobs import JobHandler, Progress
from siyu.growth.live_codes.plans import LiveCodeOrigins
from siyu.people.contacts.sync import CustomerSync
from siyu.people.groups.sync import CHECKPOINT, GroupSync
from siyu.runtime import Runtime

_BROKEN: Final = "系统出错，同步没有完成；可以点「继续」从中断处再试"


def sync_handler(runtime: Runtime) -> JobHandler[SyncPayload]:
    """Return the handler of the sync."""
    customers = CustomerSync(runtime.db, runtime.clock, runtime.vaults, LiveCodeOrigins())
    groups = GroupSync(runtime.db, runtime.clock, runtime.vaults)

    async def run(tenant_id: int, payload: SyncPayload) -> None:
        progress = Progress(runtime.db, runtime.clock, tenant_id, payload.run_id)
        checkpoint = await progress.start()
        async with run_of_calls(progress, _BROKEN):
            await progress.report(note="正在读取部门与企微账号")
            client = (await runtime.wecom.client(tenant_id)).in_background()
            image = await read_directory(client)
            await store_directory(runtime.db, runtime.clock, tenant_id, image)
            count = 0
            if CHECKPOINT not in checkpoint:
                count = await customers.run(tenant_id, client, progress, checkpoint)
            at = await groups.run(tenant_id, client, progress, checkpoint, before=count)
            unread = f"，其中 {at.unread} 个客户群暂时读不到" if at.unread else ""
            await progress.finish(
                f"已同步 {len(image.users)} 个企微账号、{at.before} 个好友关系、"
                f"{at.total} 个客户群{unread}"
            )

    async def given_up(tenant_id: int, payload: SyncPayload) -> None:
        progress = Progress(runtime.db, runtime.clock, tenant_id, payload.run_id)
        await progress.fail("同步途中程序三次意外退出，已停下；请把日志交给技术人员，之后可重试")

    return JobHandler(SYNC, run, given_up)
