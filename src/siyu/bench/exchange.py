"""Customers by the file: rows a second, in and out."""

import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal

from pyroaring import BitMap64
from sqlalchemy import select

from siyu.accounts.models import Employee
from siyu.accounts.tenants import Vaults, open_tenant
from siyu.bench.audience.ground import ground
from siyu.bench.crowd.size import TENANT
from siyu.bench.stand import HOST, Stand, stand
from siyu.composition import Panels
from siyu.core.clock import SystemClock
from siyu.core.context import SYSTEM_ACTOR, Actor, Context
from siyu.core.files import Files
from siyu.core.jobs.progress import JobRun
from siyu.core.sealed import SealedFiles
from siyu.core.vault import MasterKey
from siyu.people.bulk.models import PeopleSelection
from siyu.people.exchange.columns import COLUMNS
from siyu.people.exchange.exporting import Exporting
from siyu.people.exchange.exports import joined, parts
from siyu.people.exchange.importing import Importing
from siyu.people.exchange.kinds import EXPORT, IMPORT, ExportList, ImportFile
from siyu.people.exchange.models import PeopleExport, PeopleImport
from siyu.people.exchange.uploads import KEPT, keep, store
from siyu.people.fields.models import CustomField
from siyu.processes import spare_the_collector
from siyu.runtime import master_key

_PIECE: Final = 10_000
_HEADER: Final = "会员号,unionid,手机号,昵称,城市,累计消费,会员日\n"
_NUMBERS: Final = 1_000_000_000
"""People are numbered below this; their phones as well."""
_EMPLOYEE: Final = "bench"


async def imports(rows: int, customers: int, folder: Path, seed: int) -> dict[str, Any]:
    """Import `rows` people with two ids, a phone and three fields into an empty enterprise; again.

    The second time everybody is known and keeps what they have, the third time one field of each is
    replaced. With `customers`, newcomers among so many who are there already, in a folder that
    keeps them all.
    """
    async with stand() as servers:
        tenant_id = await open_tenant(
            servers.db, SystemClock(), _master(servers), name="bench", host=HOST
        )
        bench = await _Bench.open(servers, tenant_id)
        alone = await bench.take_in(rows, 0, "上海")
        known = await bench.take_in(rows, 0, "北京")
        replacing = await bench.take_in(rows, 0, "北京", existing="replace")
    figures = {
        "benchmark": "import",
        "rows": rows,
        "import_seconds": round(alone, 1),
        "import_rows_per_second": round(rows / alone),
        "import_known_rows_per_second": round(rows / known),
        "import_replacing_rows_per_second": round(rows / replacing),
    }
    if customers:
        async with ground(customers, folder, seed) as place:
            bench = await _Bench.open(place.stand, TENANT)
            among = await bench.take_in(rows, int(time.time()) % _NUMBERS, "上海")
        figures |= {
            "customers": customers,
            "import_among_rows_per_second": round(rows / among),
            "import_among_share": round(alone / among, 2),
        }
    return figures


async def exports(customers: int, rows: int | None, folder: Path, seed: int) -> dict[str, Any]:
    """Export so many of the customers, who are kept in a folder, with every column there is.

    Without `rows` all of them; otherwise people who are spread evenly over all, as those whom a
    filter finds are.
    """
    if rows is not None and not 0 < rows <= customers:
        raise SystemExit(f"siyu: 要导出的人数须在 1 到 {customers:,} 之间")
    async with ground(customers, folder, seed) as place:
        bench = await _Bench.open(place.stand, TENANT)
        chosen = None
        if rows is not None:
            chosen = BitMap64(1 + number * customers // rows for number in range(rows))
        seconds, rows, size = await bench.write_out(chosen)
    return {
        "benchmark": "export",
        "customers": customers,
        "rows": rows,
        "mib": size >> 20,
        "export_seconds": round(seconds, 1),
        "export_rows_per_second": round(rows / seconds),
    }


def _master(servers: Stand) -> MasterKey:
    return MasterKey(master_key(servers.settings))


class _Bench:
    """An enterprise with three fields, and the jobs."""

    def __init__(self, servers: Stand, tenant_id: int, employee_id: int) -> None:
        self._db = servers.db
        self._tenant_id = tenant_id
        self._vaults = Vaults(_master(servers))
        self._clock = SystemClock()
        self._files = Files(servers.settings.files_url)
        self._employee_id = employee_id

    @classmethod
    async def open(cls, servers: Stand, tenant_id: int) -> "_Bench":
        """Have the fields and the employee in a tenant, which may be there from another time."""
        spare_the_collector()  # as in a worker
        async with servers.db.tenant(tenant_id) as session:
            known = set(await session.scalars(select(CustomField.key)))
            for key, name, kind in (
                ("city", "城市", "text"),
                ("spent", "累计消费", "number"),
                ("day", "会员日", "date"),
            ):
                if key not in known:
                    session.add(CustomField(tenant_id=tenant_id, key=key, name=name, kind=kind))
            employee = await session.scalar(select(Employee).where(Employee.name == _EMPLOYEE))
            if employee is None:
                employee = Employee(
                    tenant_id=tenant_id, name=_EMPLOYEE, role="admin", scope="all",
                    created_at=datetime.now(UTC),
                )  # fmt: skip
                session.add(employee)
            await session.flush()
            return cls(servers, tenant_id, employee.id)

    async def take_in(
        self, rows: int, first: int, city: str, existing: Literal["keep", "replace"] = "keep"
    ) -> float:
        """Import people from number `first` on; return the seconds of the job."""
        async with self._db.tenant(self._tenant_id) as session:
            sealed = SealedFiles(
                self._files, await self._vaults.of(session, self._tenant_id), self._tenant_id
            )
        uploaded = await store(sealed, _table(rows, first, city))
        async with self._db.tenant(self._tenant_id) as session:
            ctx = Context(
                self._tenant_id, Actor("employee", self._employee_id), self._clock, session
            )
            number = await keep(ctx, "bench.csv", uploaded)
            file = await session.get_one(PeopleImport, (self._tenant_id, number))
            file.plan = {**(file.plan or {}), "existing": existing}
            run = self._run(IMPORT.name)
            session.add(run)
            await session.flush()
        job = Importing(self._db, self._clock, self._vaults, self._files)
        began = time.perf_counter()
        await job.run(self._tenant_id, ImportFile(run.id, number))
        return time.perf_counter() - began

    async def write_out(self, chosen: BitMap64 | None) -> tuple[float, int, int]:
        """Export people, or all, with all columns of their own; return seconds, rows and bytes."""
        now = self._clock.now()
        async with self._db.tenant(self._tenant_id) as session:
            wanted = {}
            if chosen is not None:
                selection = PeopleSelection(
                    tenant_id=self._tenant_id, employee_id=self._employee_id,
                    members=chosen.serialize(), size=len(chosen), as_of=now, made_at=now,
                )  # fmt: skip
                session.add(selection)
                await session.flush()
                wanted = {"selection_id": selection.id}
            run = self._run(EXPORT.name)
            row = PeopleExport(
                tenant_id=self._tenant_id, format="csv", columns=list(COLUMNS),
                wanted=wanted, phones=True, created_by=self._employee_id,
                created_at=now, expires_at=now + KEPT,
            )  # fmt: skip
            session.add_all([run, row])
            await session.flush()
        job = Exporting(self._db, self._clock, self._vaults, self._files, Panels())
        began = time.perf_counter()
        await job.run(self._tenant_id, ExportList(run.id, row.id))
        seconds = time.perf_counter() - began
        async with self._db.tenant(self._tenant_id) as session:
            ctx = Context(self._tenant_id, SYSTEM_ACTOR, self._clock, session)
            files = await parts(ctx, row.id)
            sealed = SealedFiles(
                self._files, await self._vaults.of(session, self._tenant_id), self._tenant_id
            )
            rows = (await session.get_one(PeopleExport, (self._tenant_id, row.id))).rows
        table = joined(sealed, files)
        return seconds, rows, sum([len(piece) async for piece in table])

    def _run(self, kind: str) -> JobRun:
        now = self._clock.now()
        return JobRun(tenant_id=self._tenant_id, kind=kind, title=kind, created_at=now)


async def _table(rows: int, first: int, city: str) -> AsyncIterator[bytes]:
    yield _HEADER.encode()
    for begin in range(0, rows, _PIECE):
        yield "".join(
            f"m{n:09d},union{n:020d},{18_000_000_000 + n},客户{n},{city},{n % 9999}.5,"
            f"2024-0{n % 9 + 1}-11\n"
            for n in ((first + one) % _NUMBERS for one in range(begin, min(begin + _PIECE, rows)))
        ).encode()
