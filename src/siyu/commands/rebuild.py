"""`siyu analytics rebuild`: the picture of persons, written anew from PostgreSQL."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from typing import Final

from sqlalchemy import func, select

from siyu import rooms
from siyu.commands.options import refuse
from siyu.core.db.directory import find_tenant
from siyu.core.settings import Settings
from siyu.launch import said
from siyu.people.picture.models import PictureRebuild
from siyu.people.picture.rebuild import ask_rebuild
from siyu.processes import watch_stop
from siyu.runtime import Runtime, analytics_client, database_server, runtime
from siyu.supervisor import engine

_LOOK_SECONDS: Final = 0.5


def rebuild(settings: Settings, tenant: str | None) -> None:
    """Write the picture of a tenant (by its host name), or of all, anew; tell how it goes.

    A running siyu does the work; where none runs, it is done here. Interrupted, it goes on when
    siyu runs again.
    """
    with said():
        asyncio.run(_rebuild(settings, tenant))


async def _rebuild(settings: Settings, tenant: str | None) -> None:
    stop = asyncio.Event()
    watch_stop(stop)
    with database_server(settings) as urls:
        async with _engine(settings), runtime(settings, urls, pool_size=4) as services:
            tenant_id = None if tenant is None else await _tenant(services, tenant)
            async with services.db.system() as session:
                await ask_rebuild(session, services.clock, tenant_id)
            # It leads only where nobody else does.
            following = asyncio.create_task(rooms.picture(services).run(stop))
            try:
                await _watch(services, tenant_id, stop)
            finally:
                stop.set()
                await following


@contextlib.asynccontextmanager
async def _engine(settings: Settings) -> AsyncIterator[None]:
    """Have an engine: the one that runs, or one for as long as this takes."""
    client = analytics_client(settings)
    try:
        there = await client.ping()
    finally:
        await client.close()
    if there:
        yield
        return
    async with engine(settings):
        yield


async def _tenant(services: Runtime, named: str) -> int:
    async with services.db.system() as session:
        found = await find_tenant(session, named)
    if found is None:
        refuse(f"没有域名为 {named} 的企业", f"no tenant has the host {named}")
    return found


async def _watch(services: Runtime, tenant_id: int | None, stop: asyncio.Event) -> None:
    """Tell the progress until all is written, or `stop` is set."""
    query = select(func.count(), func.sum(PictureRebuild.done), func.sum(PictureRebuild.total))
    if tenant_id is not None:
        query = query.where(PictureRebuild.tenant_id == tenant_id)
    while not stop.is_set():
        async with services.db.system() as session:
            left, done, total = (await session.execute(query)).one()
        if not left:
            _say("客户画像已重建。\n")
            return
        _say(f"正在重建客户画像：{int(done):,} / {int(total):,}")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), _LOOK_SECONDS)
    _say("已中断；siyu 运行时会接着重建。\n")


def _say(line: str) -> None:
    sys.stdout.write(f"\r\x1b[K{line}" if sys.stdout.isatty() else f"{line.rstrip()}\n")
    sys.stdout.flush()
