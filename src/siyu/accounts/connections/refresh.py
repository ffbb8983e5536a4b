"""Reading the directory anew when WeCom says that it changed, or when an unknown name turns up."""

from datetime import timedelta
from typing import Any, Final

import msgspec

from siyu.accounts.connections.directory import read_directory, store_directory
from siyu.channels.wecom.in_job import Clients, job_failures
from siyu.core.clock import Clock
from siyu.core.context import Context
from siyu.core.db import Database
from siyu.core.jobs import JobHandler, JobKind

_SETTLES: Final = timedelta(seconds=1)
"""Changes of a directory come in swarms: one reading serves those of a moment."""


class ReadDirectory(msgspec.Struct, frozen=True):
    """Departments and staff accounts are to be read from WeCom."""


READ_DIRECTORY: Final = JobKind(
    "accounts.read_directory",
    ReadDirectory,
    "更新部门与企微账号",
    priority=20,
    follows_after=_SETTLES,
)


async def ask_for_directory(ctx: Context) -> None:
    """Have the directory read soon, once however often it is asked for meanwhile."""
    await ctx.enqueue(READ_DIRECTORY, ReadDirectory(), key="all", delay=_SETTLES)


async def directory_changed(ctx: Context, heard: Any) -> list[str]:
    """Have the directory read because callbacks say that it changed; return their fates."""
    await ask_for_directory(ctx)
    return ["refresh"] * len(heard)


def refresh_handler(db: Database, clock: Clock, wecom: Clients) -> JobHandler[ReadDirectory]:
    """Return the handler of the job."""

    async def run(tenant_id: int, _: ReadDirectory) -> None:
        with job_failures(clock):
            client = (await wecom.client(tenant_id)).in_background()
            image = await read_directory(client)
        await store_directory(db, clock, tenant_id, image)

    return JobHandler(READ_DIRECTORY, run)
