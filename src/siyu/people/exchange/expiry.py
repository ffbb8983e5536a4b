"""Sealed files go when their time is over, and when nothing names them; what was imported stays.

A process that is killed between writing a file and noting its name leaves the file behind. So
files are looked for that no row names, and that are too old to be just about to be named.
"""

import asyncio
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, exists, or_, select

from siyu.accounts.models import Tenant
from siyu.accounts.tenants import Vaults
from siyu.core.clock import Clock, SystemClock
from siyu.core.db import Database
from siyu.core.files import Files
from siyu.core.rounds import every
from siyu.core.sealed import SealedFiles
from siyu.people.exchange.models import ExportPart, PeopleExport, PeopleImport
from siyu.people.exchange.uploads import forget_first_row
from siyu.people.privacy.models import DataPackage

_EVERY_SECONDS: Final = 600.0
_STRAYS_SECONDS: Final = 3_600.0
_UNNAMED: Final = timedelta(hours=12)
"""How long a file may lie before a row must name it, which takes seconds. An erasure has a day."""
_NAMED: Final = (PeopleImport.file, PeopleExport.file, ExportPart.file, DataPackage.file)
"""Every column that names a sealed file."""


class Expiry:
    """Deletes sealed files whose time is over."""

    def __init__(self, db: Database, clock: Clock, vaults: Vaults, files: Files) -> None:
        self._db = db
        self._clock = clock
        self._vaults = vaults
        self._files = files

    async def run(self, stop: asyncio.Event) -> None:
        """Look every ten minutes, and every hour for strays, until `stop` is set.

        Survives losing the database.
        """
        await asyncio.gather(
            every(_EVERY_SECONDS, self.sweep, stop, name="expiry"),
            every(_STRAYS_SECONDS, self.sweep_strays, stop, name="strays"),
        )

    async def sweep(self) -> None:
        """Delete what is over now. A file goes first, then its name: a crash between repeats it."""
        now = self._clock.now()
        async with self._db.system() as session:
            over: list[tuple[int, Any, int]] = []
            for model, still in (
                (PeopleImport, PeopleImport.file != ""),
                (DataPackage, DataPackage.file != ""),
                (PeopleExport, or_(PeopleExport.file != "", _has_parts())),
            ):
                rows = await session.execute(
                    select(model.tenant_id, model.id).where(model.expires_at <= now, still)
                )
                over += [(row.tenant_id, model, row.id) for row in rows]
        for tenant_id, model, number in over:
            await self._drop(tenant_id, model, number)

    async def sweep_strays(self) -> None:
        """Delete files that no row names and none will."""
        async with self._db.system() as session:
            tenants = (await session.scalars(select(Tenant.tenant_id))).all()
        for tenant_id in tenants:
            async with self._db.tenant(tenant_id) as session:
                vault = await self._vaults.of(session, tenant_id)
            sealed = SealedFiles(self._files, vault, tenant_id)
            # The store tells the machine's time, which the clock of rules need not be.
            limit = SystemClock().now() - _UNNAMED
            await asyncio.to_thread(sealed.clear_halves, limit)
            there = await asyncio.to_thread(sealed.older_than, limit)
            for name in set(there) - await self._named(tenant_id) if there else ():
                await sealed.delete(name)

    async def _named(self, tenant_id: int) -> set[str]:
        """Return the names that rows know; asked after the files were listed."""
        async with self._db.tenant(tenant_id) as session:
            return {
                name
                for column in _NAMED
                for name in await session.scalars(select(column).where(column != ""))
            }

    async def _drop(self, tenant_id: int, model: Any, number: int) -> None:
        async with self._db.tenant(tenant_id) as session:
            vault = await self._vaults.of(session, tenant_id)
            sealed = SealedFiles(self._files, vault, tenant_id)
            row = await session.get(model, (tenant_id, number), with_for_update=True)
            if row is None:
                return
            names = [row.file]
            if model is PeopleExport:
                row.ready = False
                parts = await session.scalars(
                    select(ExportPart).where(
                        ExportPart.tenant_id == tenant_id, ExportPart.export_id == number
                    )
                )
                for part in parts:
                    names.append(part.file)
                    await session.delete(part)
            for name in filter(None, names):
                await sealed.delete(name)
            row.file = ""
            if isinstance(row, PeopleImport):
                forget_first_row(row)


def _has_parts() -> ColumnElement[bool]:
    return exists().where(
        ExportPart.tenant_id == PeopleExport.tenant_id, ExportPart.export_id == PeopleExport.id
    )
