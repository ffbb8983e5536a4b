"""The long job that brings a tenant up to WeCom: directory first, then customers, then groups."""

from siyu.accounts.connections.directory import read_directory, store_directory
from siyu.accounts.connections.service import SYNC, SyncPayload
from siyu.channels.wecom.in_job import run_of_calls
from siyu.core.jobs import JobHandler, Progress
from siyu.core.jobs.notes import KILLED, Note
from siyu.growth.live_codes.plans import LiveCodeOrigins
from siyu.people.contacts.sync import CustomerSync
from siyu.people.groups.sync import CHECKPOINT, GroupSync
from siyu.runtime import Runtime

_READING = Note("reading_directory", "正在读取部门与企微账号")


def sync_handler(runtime: Runtime) -> JobHandler[SyncPayload]:
    """Return the handler of the sync."""
    customers = CustomerSync(runtime.db, runtime.clock, runtime.vaults, LiveCodeOrigins())
    groups = GroupSync(runtime.db, runtime.clock, runtime.vaults)

    async def run(tenant_id: int, payload: SyncPayload) -> None:
        progress = Progress(runtime.db, runtime.clock, tenant_id, payload.run_id)
        checkpoint = await progress.start()
        async with run_of_calls(progress):
            await progress.report(note=_READING)
            client = (await runtime.wecom.client(tenant_id)).in_background()
            image = await read_directory(client)
            await store_directory(runtime.db, runtime.clock, tenant_id, image)
            count = 0
            if CHECKPOINT not in checkpoint:
                count = await customers.run(tenant_id, client, progress, checkpoint)
            at = await groups.run(tenant_id, client, progress, checkpoint, before=count)
            unread = f"，其中 {at.unread} 个客户群暂时读不到" if at.unread else ""
            said = (
                f"已同步 {len(image.users)} 个企微账号、{at.before} 个好友关系、"
                f"{at.total} 个客户群{unread}"
            )
            counts = {"accounts": len(image.users), "friendships": at.before}
            counts |= {"groups": at.total, "unread": at.unread}
            await progress.finish(Note("synced", said, counts))

    async def given_up(tenant_id: int, payload: SyncPayload) -> None:
        progress = Progress(runtime.db, runtime.clock, tenant_id, payload.run_id)
        await progress.fail(KILLED)

    return JobHandler(SYNC, run, given_up)
