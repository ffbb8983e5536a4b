"""Customers by the file: rows a second, in and out."""

import time
from collections.abc import AsyncIterator
from typing import Any, Final

from siyu.accounts.models import Employee
from siyu.accounts.tenants import Vaults, open_tenant
from siyu.bench.stand import HOST, Stand, stand
from siyu.composition import Panels
from siyu.core.clock import SystemClock
from siyu.core.context import Actor, Context
from siyu.core.files import Files
from siyu.core.jobs.progress import JobRun
from siyu.core.sealed import SealedFiles
from siyu.core.vault import MasterKey
from siyu.people.exchange.columns import COLUMNS
from siyu.people.exchange.exporting import Exporting
from siyu.people.exchange.importing import Importing
from siyu.people.exchange.kinds import EXPORT, IMPORT, ExportList, ImportFile
from siyu.people.exchange.models import PeopleExport
from siyu.people.exchange.uploads import KEPT, keep, store
from siyu.people.fields.models import CustomField
from siyu.runtime import master_key

_PIECE: Final = 10_000
_HEADER: Final = "会员号,unionid,手机号,昵称,城市,累计消费,会员日\n"


async def exchange(rows: int) -> dict[str, Any]:
    """Import `rows` people with two ids, a phone and three fields; again; export them all.

    The second import finds everybody known and writes the fields anew.
    """
    async with stand() as servers:
        bench = await _Bench.open(servers)
        new = await bench.take_in(rows, "上海")
        again = await bench.take_in(rows, "北京")
        out = await bench.write_out()
    return {
        "rows": rows,
        "import_seconds": round(new, 1),
        "import_rows_per_second": round(rows / new),
        "import_again_rows_per_second": round(rows / again),
        "export_seconds": round(out, 1),
        "export_rows_per_second": round(rows / out),
    }


class _Bench:
    """A tenant with three fields, and the jobs."""

    def __init__(self, servers: Stand, tenant_id: int, vaults: Vaults) -> None:
        self._db = servers.db
        self._tenant_id = tenant_id
        self._vaults = vaults
        self._clock = SystemClock()
        self._files = Files(servers.settings.files_url)
        self._employee_id = 0

    @classmethod
    async def open(cls, servers: Stand) -> "_Bench":
        master = MasterKey(master_key(servers.settings))
        clock = SystemClock()
        tenant_id = await open_tenant(servers.db, clock, master, name="bench", host=HOST)
        bench = cls(servers, tenant_id, Vaults(master))
        async with servers.db.tenant(tenant_id) as session:
            for key, name, kind in (
                ("city", "城市", "text"),
                ("spent", "累计消费", "number"),
                ("day", "会员日", "date"),
            ):
                session.add(CustomField(tenant_id=tenant_id, key=key, name=name, kind=kind))
            employee = Employee(
                tenant_id=tenant_id, name="bench", role="admin", scope="all", created_at=clock.now()
            )
            session.add(employee)
            await session.flush()
            bench._employee_id = employee.id
        return bench

    async def take_in(self, rows: int, city: str) -> float:
        """Import the same people; return the seconds of the job."""
        async with self._db.tenant(self._tenant_id) as session:
            sealed = SealedFiles(
                self._files, await self._vaults.of(session, self._tenant_id), self._tenant_id
            )
        uploaded = await store(sealed, _table(rows, city))
        async with self._db.tenant(self._tenant_id) as session:
            ctx = Context(
                self._tenant_id, Actor("employee", self._employee_id), self._clock, session
            )
            number = await keep(ctx, "bench.csv", uploaded)
            run = self._run(IMPORT.name)
            session.add(run)
            await session.flush()
        job = Importing(self._db, self._clock, self._vaults, self._files)
        began = time.perf_counter()
        await job.run(self._tenant_id, ImportFile(run.id, number))
        return time.perf_counter() - began

    async def write_out(self) -> float:
        """Export everybody with all columns of their own; return the seconds."""
        now = self._clock.now()
        async with self._db.tenant(self._tenant_id) as session:
            run = self._run(EXPORT.name)
            row = PeopleExport(
                tenant_id=self._tenant_id, format="csv", columns=list(COLUMNS),
                wanted={}, phones=True, created_by=self._employee_id,
                created_at=now, expires_at=now + KEPT,
            )  # fmt: skip
            session.add_all([run, row])
            await session.flush()
        job = Exporting(self._db, self._clock, self._vaults, self._files, Panels())
        began = time.perf_counter()
        await job.run(self._tenant_id, ExportList(run.id, row.id))
        return time.perf_counter() - began

    def _run(self, kind: str) -> JobRun:
        now = self._clock.now()
        return JobRun(tenant_id=self._tenant_id, kind=kind, title=kind, created_at=now)


async def _table(rows: int, city: str) -> AsyncIterator[bytes]:
    yield _HEADER.encode()
    for begin in range(0, rows, _PIECE):
        yield "".join(
            f"m{n:09d},union{n:020d},{13_000_000_000 + n},客户{n},{city},{n % 9999}.5,"
            f"2024-0{n % 9 + 1}-11\n"
            for n in range(begin, min(begin + _PIECE, rows))
        ).encode()
