"""The long job that writes a list: in parts, so that an interruption costs one part at most."""

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Sequence
from typing import Final

import msgspec
from pyroaring import BitMap64
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from siyu.accounts.models import Employee
from siyu.accounts.roles import PERMISSIONS
from siyu.accounts.scopes import owners_of
from siyu.accounts.tenants import Vaults, zone_of
from siyu.core.clock import Clock
from siyu.core.context import Actor, Context
from siyu.core.db import Database
from siyu.core.files import Files
from siyu.core.jobs import JobGone, JobHandler, Progress
from siyu.core.sealed import SealedFiles
from siyu.people.audiences import membership
from siyu.people.customers.panels import CustomerPanels
from siyu.people.exchange import workbook
from siyu.people.exchange.columns import Bench, cells_of, titles
from siyu.people.exchange.exports import ExportWanted, batch, joined, parts
from siyu.people.exchange.importing import told
from siyu.people.exchange.kinds import EXPORT, ExportList
from siyu.people.exchange.models import ExportPart, PeopleExport
from siyu.people.exchange.texts import guarded

_BATCH: Final = 2_000
_PART: Final = 50_000
_BOM: Final = b"\xef\xbb\xbf"
_KILLED: Final = "途中程序三次意外退出，已停下；请把日志交给技术人员，之后可重试"


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
        await progress.start()
        async with told(progress):
            list_ = await self._open(tenant_id, payload.export_id)
            rows = await list_.write(progress)
            if list_.row.format == "xlsx":
                await progress.report(note="正在生成 Excel 文件")
            await list_.close()
            await progress.finish(f"共 {rows:,} 位客户，请到「导出」页下载")

    async def _open(self, tenant_id: int, export_id: int) -> "_List":
        async with self._db.tenant(tenant_id) as session:
            row = await session.get(PeopleExport, (tenant_id, export_id))
            employee = (
                None
                if row is None or row.created_by is None
                else await session.get(Employee, (tenant_id, row.created_by))
            )
            if row is None or row.ready or employee is None or employee.state != "active":
                raise JobGone
            # What the employee may see is asked anew: it may have been taken from them.
            own, owners = await owners_of(session, employee)
            actor = Actor(
                "employee",
                employee.id,
                employee.name,
                PERMISSIONS[employee.role],
                owners,
                own,
                employee.role,
            )
            vault = await self._vaults.of(session, tenant_id)
            sealed = SealedFiles(self._files, vault, tenant_id)
            ctx = Context(tenant_id, actor, self._clock, session)
            bench = Bench(
                ctx, vault, self._panels, await zone_of(ctx), row.phones and ctx.may("phones.read")
            )
            return _List(self._db, row, bench, sealed)

    async def _given_up(self, tenant_id: int, payload: ExportList) -> None:
        await Progress(self._db, self._clock, tenant_id, payload.run_id).fail(_KILLED)


class _List:
    """One list that is being written."""

    def __init__(self, db: Database, row: PeopleExport, bench: Bench, sealed: SealedFiles) -> None:
        self.row = row
        self._db = db
        self._bench = bench
        self._sealed = sealed
        self._wanted = msgspec.convert(row.wanted, ExportWanted)

    async def write(self, progress: Progress) -> int:
        """Write the parts that are missing; return how many rows there are."""
        number, rows, after = await self._written()
        left = True
        while left:
            part = _Part(after, rows)
            file = await self._sealed.write(self._part(part, progress, first=number == 0))
            if not await self._note(part, number, file):
                await self._sealed.delete(file)
                continue
            left = part.left
            number, rows, after = number + 1, rows + part.rows, part.after
        return rows

    async def _note(self, part: "_Part", number: int, file: str) -> bool:
        """Note a part, unless somebody in it was erased meanwhile; return whether it was noted."""
        async with self._db.tenant(self.row.tenant_id) as session:
            ctx = self._context(session)
            # An erasure takes the same turn: it finds the part, or the part finds it.
            await membership.turn(ctx)
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
        _, rows, _ = await self._written()
        async with self._db.tenant(self.row.tenant_id) as session:
            row = await session.get_one(
                PeopleExport, (self.row.tenant_id, self.row.id), with_for_update=True
            )
            row.file, row.rows, row.ready = file, rows, True

    async def _written(self) -> tuple[int, int, int]:
        """Return how many parts there are, their rows, and behind whom the next one begins."""
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
        return len(found), sum(each.rows for each in found), found[-1].last_id if found else 0

    async def _part(
        self, part: "_Part", progress: Progress, *, first: bool
    ) -> AsyncIterator[bytes]:
        columns: Sequence[str] = self.row.columns
        if first:
            async with self._db.tenant(self.row.tenant_id) as session:
                named = await titles(self._context(session), columns)
            mark = _BOM if self.row.format == "csv" else b""
            yield mark + _csv([[named.get(column, column) for column in columns]])
        while part.rows < _PART:
            async with self._db.tenant(self.row.tenant_id) as session:
                ctx = self._context(session)
                found, last = await batch(ctx, self._wanted, part.after, _BATCH)
                ids = list(BitMap64(found) - await membership.forgotten(ctx))
                bench = self._bench._replace(ctx=ctx)
                lines = await cells_of(bench, columns, ids) if ids else []
            if not last:
                part.left = False
                return
            part.after = last
            part.rows += len(lines)
            part.members.update(ids)
            yield await asyncio.to_thread(_csv, lines)
            await progress.report(done=part.before + part.rows)

    def _context(self, session: AsyncSession) -> Context:
        return Context(self.row.tenant_id, self._bench.ctx.actor, self._bench.ctx.clock, session)


class _Part:
    """A part that is being written."""

    def __init__(self, after: int, before: int) -> None:
        self.after = after
        self.before = before
        self.rows = 0
        self.left = True
        self.members = BitMap64()


def _csv(lines: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([guarded(cell) for cell in line] for line in lines)
    return out.getvalue().encode()
