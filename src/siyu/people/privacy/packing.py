"""Data packages: asked for, made in the background, fetched by whoever asked, and soon gone."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct
from sqlalchemy import select

from siyu.accounts.audit import record
from siyu.accounts.tenants import Vaults
from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database
from siyu.core.errors import Conflict, Forbidden, NotFound
from siyu.core.files import Files
from siyu.core.jobs import JobGone, JobHandler, Progress
from siyu.core.jobs.notes import BROKEN, KILLED, Note
from siyu.core.jobs.progress import begin_run
from siyu.core.paging import Page, decode_cursor, encode_cursor
from siyu.core.sealed import SealedFiles
from siyu.people.customers.profile import find_customer
from siyu.people.models import Customer
from siyu.people.privacy.kinds import PACK, Pack
from siyu.people.privacy.models import DataPackage
from siyu.people.privacy.package import pack
from siyu.people.privacy.places import Places, person_ids

KEPT: Final = timedelta(days=3)
_GONE: Final = Note("package_gone", "客户或申请已不存在")
_MADE: Final = Note("packed", "已生成，请在「隐私合规」页下载")


class PackageView(Struct):
    """A package; `mine` tells who may fetch it."""

    id: int
    customer_id: int
    customer_name: str
    ready: bool
    expired: bool
    mine: bool
    run_id: int | None
    created_at: datetime
    expires_at: datetime


async def ask(ctx: Context, customer_id: int) -> int:
    """Have a customer's package made; return its number."""
    customer = await find_customer(ctx, customer_id)
    run = await begin_run(ctx, PACK)
    row = DataPackage(
        tenant_id=ctx.tenant_id,
        customer_id=customer.id,
        run_id=run.id,
        created_by=ctx.actor.id,
        created_at=ctx.now(),
        expires_at=ctx.now() + KEPT,
    )
    ctx.session.add(row)
    await ctx.session.flush()
    run.payload = {"package_id": row.id}
    await ctx.enqueue(PACK, Pack(run.id, row.id), key=f"package{row.id}")
    record(ctx, "data_package.ask", "customer", customer.id, package=row.id)
    return row.id


async def page(ctx: Context, cursor: str | None, limit: int) -> Page[PackageView]:
    """Return packages, latest first."""
    query = (
        select(DataPackage, Customer.name)
        .join(
            Customer,
            (Customer.tenant_id == DataPackage.tenant_id)
            & (Customer.id == DataPackage.customer_id),
        )
        .where(DataPackage.tenant_id == ctx.tenant_id)
        .order_by(DataPackage.id.desc())
        .limit(limit + 1)
    )
    if cursor:
        (last,) = decode_cursor(cursor, int)
        query = query.where(DataPackage.id < last)
    rows = (await ctx.session.execute(query)).all()
    items = [
        PackageView(
            id=row.DataPackage.id,
            customer_id=row.DataPackage.customer_id,
            customer_name=row.name,
            ready=row.DataPackage.ready and row.DataPackage.expires_at > ctx.now(),
            expired=row.DataPackage.expires_at <= ctx.now(),
            mine=row.DataPackage.created_by == ctx.actor.id,
            run_id=row.DataPackage.run_id,
            created_at=row.DataPackage.created_at,
            expires_at=row.DataPackage.expires_at,
        )
        for row in rows[:limit]
    ]
    return Page(items, encode_cursor(items[-1].id) if len(rows) > limit else None)


async def fetch(ctx: Context, package_id: int) -> str:
    """Note that the actor fetches a package of theirs; return its file."""
    row = await ctx.session.get(DataPackage, (ctx.tenant_id, package_id))
    if row is None:
        raise NotFound("package_unknown", "个人信息副本不存在")
    if row.created_by != ctx.actor.id:
        raise Forbidden("package_of_another", "只有申请的人可以下载")
    if not row.file or row.expires_at <= ctx.now():
        raise Conflict("package_not_there", "文件还没有生成，或已过期删除")
    record(ctx, "data_package.download", "data_package", package_id)
    return row.file


class Packer:
    """Makes packages."""

    def __init__(
        self, db: Database, clock: Clock, vaults: Vaults, files: Files, places: Places
    ) -> None:
        self._db = db
        self._clock = clock
        self._vaults = vaults
        self._files = files
        self._places = places

    def handler(self) -> JobHandler[Pack]:
        """Return the handler of the job."""
        return JobHandler(PACK, self.run, self._given_up)

    async def run(self, tenant_id: int, payload: Pack) -> None:
        """Make a package."""
        progress = Progress(self._db, self._clock, tenant_id, payload.run_id)
        await progress.start()
        try:
            await self._make(tenant_id, payload)
        except JobGone:
            await progress.fail(_GONE)
            raise
        except Exception:
            await progress.fail(BROKEN)
            raise
        await progress.finish(_MADE)

    async def _make(self, tenant_id: int, payload: Pack) -> None:
        async with self._db.tenant(tenant_id) as session:
            ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
            row = await session.get(DataPackage, (tenant_id, payload.package_id))
            if row is None:
                raise JobGone
            vault = await self._vaults.of(session, tenant_id)
            person = await person_ids(ctx, row.customer_id)
            content = await pack(ctx, vault, self._places, person)
        sealed = SealedFiles(self._files, vault, tenant_id)
        name = await sealed.write(_whole(content))
        async with self._db.tenant(tenant_id) as session:
            # Erased meanwhile: then nothing of it may stay.
            row = await session.get(
                DataPackage, (tenant_id, payload.package_id), with_for_update=True
            )
            if row is not None:
                row.file, row.ready = name, True
        if row is None:
            await sealed.delete(name)
            raise JobGone

    async def _given_up(self, tenant_id: int, payload: Pack) -> None:
        progress = Progress(self._db, self._clock, tenant_id, payload.run_id)
        await progress.fail(KILLED)


async def _whole(content: bytes) -> AsyncIterator[bytes]:
    yield content
