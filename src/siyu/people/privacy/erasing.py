"""The job that removes a person: from PostgreSQL in one transaction, then from everywhere else.

What comes after the transaction is kept in the run's checkpoint, as numbers and names of files,
and repeated until all of it is done.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

import structlog
from pyroaring import BitMap64
from sqlalchemy import ColumnElement, delete, exists, select

from siyu.accounts.tenants import Vaults
from siyu.core.analytics import Analytics
from siyu.core.analytics.schema import Topology
from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database
from siyu.core.errors import Unavailable
from siyu.core.files import Files
from siyu.core.jobs import JobGone, JobHandler, Progress, RetryLater
from siyu.core.jobs.notes import ENGINE_AWAY, KILLED, Note
from siyu.core.jobs.progress import Cancelled, JobRun
from siyu.core.jobs.queue import forget as forget_jobs
from siyu.core.sealed import SealedFiles
from siyu.core.tracing import place
from siyu.facts.people import CustomerChanged
from siyu.people.audiences import erasure as audiences
from siyu.people.exchange.models import (
    ExportPart,
    ImportChunk,
    PeopleExport,
    PeopleImport,
)
from siyu.people.identity.holding import lock_survivors
from siyu.people.identity.identities import EXTERNAL
from siyu.people.kinds import REFRESH_CUSTOMER
from siyu.people.picture.forgetting import forget
from siyu.people.picture.state import Overtaken
from siyu.people.privacy.erased import remember_erased
from siyu.people.privacy.kinds import ERASE, Erase
from siyu.people.privacy.models import DataPackage, Erasure
from siyu.people.privacy.places import PersonIds, Places, person_ids, remove
from siyu.people.privacy.texts import clear, words_of

_log = structlog.get_logger(__name__)

_HAS_FILE: Final = PeopleImport.file != ""
_AGAIN: Final = timedelta(minutes=1)
_ERASED: Final = Note("erased", "已从所有地方删除")
_BROKEN: Final = Note("erasure_broken", "没有完成，会自动重试；如一直失败请联系技术人员")
TEXTS: Final = "texts"
"""In a report, beside the tables: where the person is still named (`siyu.people.privacy.texts`)."""


class Eraser:
    """Removes persons. `places` says from where; the engine and files come after."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        vaults: Vaults,
        files: Files,
        analytics: Analytics,
        places: Places,
        topology: Topology | None = None,
    ) -> None:
        self._db = db
        self._clock = clock
        self._vaults = vaults
        self._files = files
        self._analytics = analytics
        self._places = places
        self._topology = topology

    def handler(self) -> JobHandler[Erase]:
        """Return the handler of the job."""
        return JobHandler(ERASE, self.run, self._given_up)

    async def run(self, tenant_id: int, payload: Erase) -> None:
        """Remove a person; goes on where it stopped."""
        progress = Progress(self._db, self._clock, tenant_id, payload.run_id)
        await progress.start()
        try:
            left = await self._remove(tenant_id, payload)
            await self._remove_files(tenant_id, left["files"])
            await forget(self._db, self._analytics, tenant_id, left["customer_ids"], self._topology)
        except Cancelled as cancelled:
            raise JobGone from cancelled
        except (Unavailable, Overtaken) as error:
            await progress.report(note=ENGINE_AWAY)
            raise RetryLater(_AGAIN) from error
        except Exception as error:
            _log.warning("erasure.failed", error=place(error))
            await progress.fail(_BROKEN)
            raise
        await self._close(tenant_id, payload)
        await progress.finish(_ERASED)

    async def _remove(self, tenant_id: int, payload: Erase) -> dict[str, Any]:
        """Remove the person from PostgreSQL, once; return what is left to do."""
        async with self._db.tenant(tenant_id) as session:
            ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
            run = await session.get_one(JobRun, (tenant_id, payload.run_id), with_for_update=True)
            if run.checkpoint:
                return dict(run.checkpoint)
            row = await session.get_one(Erasure, (tenant_id, payload.erasure_id))
            if row.state != "confirmed" or row.customer_id is None:
                raise JobGone
            vault = await self._vaults.of(session, tenant_id)
            await lock_survivors(ctx, [row.customer_id])
            person = await person_ids(ctx, row.customer_id)
            # Before audiences are locked: who asks for such a job may want these, too.
            await forget_jobs(session, tenant_id, REFRESH_CUSTOMER, person.of(EXTERNAL))
            await remember_erased(ctx, vault, person.of(EXTERNAL))
            await audiences.forget(ctx, person.customer_ids)
            # In the tenant's turn: whoever wrote a list before it has noted who is in it.
            files = await files_of(ctx, person)
            words = await words_of(ctx, vault, person)
            removed: dict[str, Any] = dict(await remove(ctx, self._places, person))
            if named := await clear(ctx, words, person):
                removed[TEXTS] = named
            row.report = removed
            for number in sorted(person.customer_ids):
                ctx.announce(
                    CustomerChanged(customer_id=number, what="erased"),
                    identity_id=min(person.identity_ids, default=None),
                )
            left = {"customer_ids": sorted(person.customer_ids), "files": files}
            run.checkpoint = left
            return left

    async def _remove_files(self, tenant_id: int, names: Sequence[str]) -> None:
        async with self._db.tenant(tenant_id) as session:
            vault = await self._vaults.of(session, tenant_id)
        sealed = SealedFiles(self._files, vault, tenant_id)
        for name in names:
            await sealed.delete(name)

    async def _close(self, tenant_id: int, payload: Erase) -> None:
        async with self._db.tenant(tenant_id) as session:
            row = await session.get_one(
                Erasure, (tenant_id, payload.erasure_id), with_for_update=True
            )
            row.state, row.customer_id, row.done_at = "done", None, self._clock.now()
            row.note = ""
            run = await session.get_one(JobRun, (tenant_id, payload.run_id), with_for_update=True)
            run.checkpoint = {}

    async def _given_up(self, tenant_id: int, payload: Erase) -> None:
        progress = Progress(self._db, self._clock, tenant_id, payload.run_id)
        await progress.fail(KILLED)


async def files_of(ctx: Context, person: PersonIds) -> list[str]:
    """Let go of all files that hold the person; return their names, to be deleted.

    A list with the person in it goes as a whole: it can be asked for again without them.
    """
    packages = await ctx.session.scalars(
        select(DataPackage.file).where(
            DataPackage.tenant_id == ctx.tenant_id, DataPackage.customer_id.in_(person.customer_ids)
        )
    )
    names = list(packages)
    them = BitMap64(person.customer_ids)
    exports = await _with(ctx, ExportPart.export_id, ExportPart.members, them)
    for export in await ctx.session.scalars(
        select(PeopleExport).where(
            PeopleExport.tenant_id == ctx.tenant_id, PeopleExport.id.in_(exports)
        )
    ):
        names.append(export.file)
        export.file, export.ready, export.expires_at = "", False, ctx.now()
    parts = await ctx.session.scalars(
        delete(ExportPart)
        .where(ExportPart.tenant_id == ctx.tenant_id, ExportPart.export_id.in_(exports))
        .returning(ExportPart.file)
        .execution_options(synchronize_session=False)
    )
    names += parts
    there = (PeopleImport.tenant_id == ImportChunk.tenant_id) & (
        PeopleImport.id == ImportChunk.import_id
    )
    imports = await _with(
        ctx, ImportChunk.import_id, ImportChunk.members, them, exists().where(there, _HAS_FILE)
    )
    for file in await ctx.session.scalars(
        select(PeopleImport).where(
            PeopleImport.tenant_id == ctx.tenant_id, PeopleImport.id.in_(imports)
        )
    ):
        names.append(file.file)
        file.file = ""
    return [name for name in names if name]


async def _with(
    ctx: Context, number: Any, members: Any, them: BitMap64, *wanted: ColumnElement[bool]
) -> set[int]:
    """Return which lists somebody of `them` is in."""
    rows = await ctx.session.execute(
        select(number, members).where(number.class_.tenant_id == ctx.tenant_id, *wanted)
    )
    return {row[0] for row in rows if BitMap64.deserialize(row[1]).intersect(them)}
