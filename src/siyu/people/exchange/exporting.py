"""The long job that writes a list: in parts, so that an interruption costs one part at most."""

import asyncio
import csv
import io
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from typing import Final, NamedTuple, TypeVar

from pyroaring import BitMap64
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from siyu.accounts.tenants import Vaults, zone_of
from siyu.core.clock import Clock
from siyu.core.context import Context
from siyu.core.db import Database
from siyu.core.files import Files
from siyu.core.jobs import JobGone, JobHandler, Progress
from siyu.core.jobs.notes import KILLED, Note
from siyu.core.jobs.progress import Cancelled
from siyu.core.sealed import SealedFiles
from siyu.people.audiences import membership
from siyu.people.customers.panels import CustomerPanels
from siyu.people.exchange import workbook
from siyu.people.exchange.columns import Bench, cells_of, titles
from siyu.people.exchange.exports import batch, chosen, joined, parts
from siyu.people.exchange.kinds import EXPORT, EXPORT_PERMISSION, ExportList
from siyu.people.exchange.models import ExportPart, PeopleExport
from siyu.people.exchange.running import asker, told
from siyu.people.exchange.texts import guarded

_BATCH: Final = 2_000
_OVER: Final = Note("export_over", "导出已过期，或名单里有客户的个人信息已被删除；请重新导出")
_WORKBOOK: Final = Note("writing_workbook", "正在生成 Excel 文件")
_PART: Final = 50_000
_BOM: Final = b"\xef\xbb\xbf"
T = TypeVar("T")
Lines = Sequence[Sequence[str]]


class Exporting:
    """Writes lists of customers."""

    def __init__(
        self, db: Database, clock: Clock, vaults: Vaults, files: Files, panels: CustomerPanels
    ) -> None:
        self._db = db
        self._clock = clock
        self._vaults = vaults
        self._files = files
        self._panels = panels

    def handlers(self) -> list[JobHandler[ExportList]]:
        """Return the handler of the job."""
        return [JobHandler(EXPORT, self.run, self._given_up)]

    async def run(self, tenant_id: int, payload: ExportList) -> None:
        """Write the parts that are not there yet, then put them together where it is a workbook."""
        progress = Progress(self._db, self._clock, tenant_id, payload.run_id)
        await progress.start(alone=True)
        async with told(progress):
            try:
                list_ = await self._open(tenant_id, payload.export_id, progress)
                if not list_.row.ready:
                    await list_.write()
                    if list_.row.format == "xlsx":
                        await progress.report(note=_WORKBOOK)
                    await list_.close()
            except _Over as over:
                await progress.fail(_OVER)
                raise JobGone from over
            rows = (await list_.written()).rows
            said = f"共 {rows:,} 位客户，请到「导出」页下载"
            await progress.finish(Note("exported", said, {"rows": rows}))

    async def _open(self, tenant_id: int, export_id: int, progress: Progress) -> "_List":
        async with self._db.tenant(tenant_id) as session:
            row = await session.get_one(PeopleExport, (tenant_id, export_id))
            if row.expires_at <= self._clock.now():
                raise _Over
            # What the employee may see is asked anew: it may have been taken from them.
            actor = await asker(session, tenant_id, row.created_by, EXPORT_PERMISSION)
            vault = await self._vaults.of(session, tenant_id)
            sealed = SealedFiles(self._files, vault, tenant_id)
            ctx = Context(tenant_id, actor, self._clock, session)
            bench = Bench(
                ctx, vault, self._panels, await zone_of(ctx), row.phones and ctx.may("phones.read")
            )
            named = await chosen(ctx, row)
            return _List(self._db, row, bench, sealed, progress, named)

    async def _given_up(self, tenant_id: int, payload: ExportList) -> None:
        await Progress(self._db, self._clock, tenant_id, payload.run_id).fail(KILLED)


class _Over(Exception):
    """The time of a list is over: it expired, or somebody in it was erased."""


class _List:
    """One list that is being written, by one runner at a time: the last that began."""

    def __init__(
        self,
        db: Database,
        row: PeopleExport,
        bench: Bench,
        sealed: SealedFiles,
        progress: Progress,
        named: BitMap64 | None,
    ) -> None:
        self.row = row
        self._db = db
        self._bench = bench
        self._sealed = sealed
        self._progress = progress
        self._named = named

    async def write(self) -> None:
        """Write the parts that are missing. Raises `Cancelled`, `JobGone` and `_Over`."""
        number, rows, after, members = await self.written()
        left = True
        while left:
            part = _Part(after, rows, members)
            async with aclosing(self._part(part, first=number == 0)) as pieces:
                file = await self._sealed.write(pieces)
            async with self._or_deleted(file):
                noted = await self._note(part, number, file)
            if not noted:
                await self._sealed.delete(file)
                continue
            left = part.left
            number, rows, after = number + 1, rows + part.rows, part.after
            members |= part.members

    @asynccontextmanager
    async def _or_deleted(self, file: str) -> AsyncIterator[None]:
        """Delete a file when the list turns out to be over before the file is noted.

        Whatever else happens may have happened after its name was committed.
        """
        try:
            yield
        except (_Over, JobGone, Cancelled):
            if file:
                await self._sealed.delete(file)
            raise

    async def _held(self, session: AsyncSession) -> PeopleExport:
        """Return the list, locked, while it is wanted and this runner's.

        Raises `_Over`, and as `Progress.hold`.
        """
        row = await session.get_one(
            PeopleExport,
            (self.row.tenant_id, self.row.id),
            with_for_update=True,
            populate_existing=True,
        )
        if row.expires_at <= self._bench.ctx.now():
            raise _Over
        await self._progress.hold(session)
        return row

    async def _note(self, part: "_Part", number: int, file: str) -> bool:
        """Note a part, unless somebody in it was erased meanwhile; return whether it was noted."""
        async with self._db.tenant(self.row.tenant_id) as session:
            ctx = self._context(session)
            # An erasure takes the same turn: it finds the part, or the part finds it.
            await membership.turn(ctx)
            await self._held(session)
            if part.members.intersect(await membership.forgotten(ctx)):
                return False
            session.add(
                ExportPart(
                    tenant_id=self.row.tenant_id,
                    export_id=self.row.id,
                    number=number,
                    file=file,
                    rows=part.rows,
                    last_id=part.after,
                    members=part.members.serialize(),
                )
            )
            return True

    async def close(self) -> None:
        """Say that the list is ready, as a workbook where that was asked for."""
        async with self._db.tenant(self.row.tenant_id) as session:
            files = await parts(self._context(session), self.row.id)
        file = ""
        if self.row.format == "xlsx":
            table = joined(self._sealed, files)
            file = await self._sealed.write(workbook.to_workbook(table))
        rows = (await self.written()).rows
        async with self._or_deleted(file), self._db.tenant(self.row.tenant_id) as session:
            row = await self._held(session)
            row.file, row.rows, row.ready = file, rows, True

    async def written(self) -> "_Written":
        """Return what there is of the list."""
        async with self._db.tenant(self.row.tenant_id) as session:
            found = (
                await session.scalars(
                    select(ExportPart)
                    .where(
                        ExportPart.tenant_id == self.row.tenant_id,
                        ExportPart.export_id == self.row.id,
                    )
                    .order_by(ExportPart.number)
                )
            ).all()
        members = BitMap64()
        for each in found:
            members |= BitMap64.deserialize(each.members)
        after = found[-1].last_id if found else 0
        return _Written(len(found), sum(each.rows for each in found), after, members)

    async def _part(self, part: "_Part", *, first: bool) -> AsyncGenerator[bytes]:
        columns: Sequence[str] = self.row.columns
        if first:
            async with self._db.tenant(self.row.tenant_id) as session:
                named = await titles(await self._asked(session), columns)
            mark = _BOM if self.row.format == "csv" else b""
            yield mark + _csv([[named.get(column, column) for column in columns]])
        async with aclosing(_ahead(self._portions(part))) as portions:
            async for lines in portions:
                yield await asyncio.to_thread(_csv, lines)
                await self._progress.report(done=part.before + part.rows)

    async def _portions(self, part: "_Part") -> AsyncGenerator[Lines]:
        """Read the customers of a part, which then knows whom it is about."""
        while part.rows < _PART:
            async with self._db.tenant(self.row.tenant_id) as session:
                ctx = await self._asked(session)
                found, last = await batch(ctx, self._named, part.after, _BATCH)
                # Of people who were chosen, two may be one by now.
                new = BitMap64(found) - part.earlier - part.members
                ids = list(new - await membership.forgotten(ctx))
                phones = self.row.phones and ctx.may("phones.read")
                bench = self._bench._replace(ctx=ctx, phones=phones)
                lines = await cells_of(bench, self.row.columns, ids) if ids else []
            if not last:
                part.left = False
                return
            part.after = last
            part.rows += len(lines)
            part.members.update(ids)
            yield lines

    async def _asked(self, session: AsyncSession) -> Context:
        """Return who asked for the list, as far as they may and see by now; raises `Revoked`."""
        employee_id = self.row.created_by
        actor = await asker(session, self.row.tenant_id, employee_id, EXPORT_PERMISSION)
        return replace(self._context(session), actor=actor)

    def _context(self, session: AsyncSession) -> Context:
        return Context(self.row.tenant_id, self._bench.ctx.actor, self._bench.ctx.clock, session)


class _Written(NamedTuple):
    """What there is of a list: its parts, their rows, how far they looked, and who is in them."""

    parts: int
    rows: int
    after: int
    members: BitMap64


class _Part:
    """A part that is being written."""

    def __init__(self, after: int, before: int, earlier: BitMap64) -> None:
        self.after = after
        self.before = before
        self.earlier = earlier
        self.rows = 0
        self.left = True
        self.members = BitMap64()


async def _ahead(source: AsyncGenerator[T]) -> AsyncGenerator[T]:
    """Yield what comes, and let what follows be made meanwhile."""
    async with aclosing(source):
        coming = asyncio.ensure_future(anext(source, None))
        try:
            while (item := await coming) is not None:
                coming = asyncio.ensure_future(anext(source, None))
                yield item
        finally:
            coming.cancel()
            await asyncio.gather(coming, return_exceptions=True)


def _csv(lines: Lines) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([guarded(cell) for cell in line] for line in lines)
    return out.getvalue().encode()
