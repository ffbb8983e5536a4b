"""The long jobs of an import: a trial that writes nothing, and the import itself.

Rows are written in chunks, each in a transaction of its own together with the note that it was:
killed anywhere, the job goes on with the rows that are not noted, and none is written twice. Each
is written in the name of whoever imports, as far as they may and see by then.
"""

import asyncio
import hashlib
import sys
from array import array
from collections import Counter
from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter
from typing import Final, NamedTuple

import msgspec
from pyroaring import BitMap64
from sqlalchemy import delete, func, select

from siyu.accounts.tenants import Vaults
from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database, insert_many
from siyu.core.files import Files
from siyu.core.jobs import JobHandler, Progress
from siyu.core.jobs.notes import KILLED, Note
from siyu.core.sealed import SealedFiles
from siyu.core.vault import Vault
from siyu.people.exchange.imports import FATES, ImportCounts, body_of, readable
from siyu.people.exchange.kinds import CHECK, IMPORT, PERMISSION, ImportFile
from siyu.people.exchange.matching import Matched, match, repeats
from siyu.people.exchange.models import ImportChunk, ImportProblem
from siyu.people.exchange.plan import Plan, check_plan, vocabulary
from siyu.people.exchange.rows import Key, Person, Problem, RowReader
from siyu.people.exchange.running import asker, told
from siyu.people.exchange.texts import Row
from siyu.people.exchange.writing import Contended, Writer

CHUNK: Final = 1000
"""Rows of a transaction: what takes clearly less than 0.2 s, so nobody waits for it."""

_LANES: Final = 3
"""Chunks that are written at once. Two would both be in Python at times, and none in PostgreSQL."""

_TRIES: Final = 10
_FORGOTTEN: Final = 10_000
_BUCKETS: Final = 256


class Chunk(NamedTuple):
    """Rows that belong together in one transaction; `first` rows of the file stand before them."""

    first: int
    rows: int
    people: list[Person]
    problems: dict[int, list[Problem]]


@dataclass(frozen=True)
class Work:
    """A file that is being read."""

    tenant_id: int
    import_id: int
    employee_id: int | None
    file: str
    plan: Plan
    total: int | None
    reader: RowReader
    vault: Vault
    sealed: SealedFiles

    async def chunks(self, written: Mapping[int, int]) -> AsyncIterator[Chunk]:
        """Yield the file in chunks, but the rows that were written; read in a thread, one ahead.

        `written` says how many rows were, by how many stand before them.
        """
        source = self._read(written)
        ahead = asyncio.create_task(asyncio.to_thread(next, source, None))
        try:
            while (chunk := await ahead) is not None:
                ahead = asyncio.create_task(asyncio.to_thread(next, source, None))
                yield chunk
        finally:
            await asyncio.gather(ahead, return_exceptions=True)

    def _read(self, written: Mapping[int, int]) -> Iterator[Chunk]:
        rows = body_of(self.sealed, self.file, self.plan)
        first = 0
        for begins in (*sorted(written), sys.maxsize):
            while batch := list(islice(rows, min(CHUNK, begins - first))):
                yield self._chunk(first, batch)
                first += len(batch)
            first += len(list(islice(rows, written.get(begins, 0))))

    def _chunk(self, first: int, rows: Sequence[Row]) -> Chunk:
        people: list[Person] = []
        problems: dict[int, list[Problem]] = {}
        for row in rows:
            said = self.reader.read(row)
            if isinstance(said, Person):
                people.append(said)
            else:
                problems[row.line] = said
        return Chunk(first, len(rows), people, problems)


@dataclass
class Course:
    """What the chunks that were written so far have shown."""

    met: BitMap64
    """The customers they speak of."""
    strangers: bool = False
    """Whether the last one knew nobody: then the next is not looked up before it is written, which
    a file of newcomers is spared, and begins anew where it knows somebody after all."""


class Importing:
    """Imports files of customers."""

    def __init__(self, db: Database, clock: Clock, vaults: Vaults, files: Files) -> None:
        self._db = db
        self._clock = clock
        self._vaults = vaults
        self._files = files

    def handlers(self) -> list[JobHandler[ImportFile]]:
        """Return the handlers of both jobs."""
        return [
            JobHandler(CHECK, self.check, self._given_up),
            JobHandler(IMPORT, self.run, self._given_up),
        ]

    async def check(self, tenant_id: int, payload: ImportFile) -> None:
        """Count what an import would do, and write nothing of it."""
        progress = Progress(self._db, self._clock, tenant_id, payload.run_id)
        await progress.start()
        async with told(progress):
            work = await self._open(tenant_id, payload.import_id)
            counts: Counter[str] = Counter()
            newcomers, met = Newcomers(), BitMap64()
            await self._forget_trial(work)
            async for chunk in work.chunks({}):
                async with self._context(work) as ctx:
                    matched = await match(ctx, work.vault, chunk.people, met=met, holding=False)
                    await note_rows(ctx, payload.import_id, matched, chunk.problems)
                newcomers.add([each.rows[0].keys[0] for each in matched.targets if each.new])
                met.update(each.customer_id for each in matched.targets if each.customer_id)
                counts += matched.counts
                counts += Counter(rows=chunk.rows, bad=len(chunk.problems))
                await progress.report(done=counts["rows"])
            repeated = await asyncio.to_thread(newcomers.repeated)
            counts.update(new=-repeated, repeated=repeated)
            async with self._context(work) as ctx:
                row = await readable(ctx, payload.import_id, locked=True)
                row.checked = {name: counts[name] for name in ImportCounts.__struct_fields__}
            rows = counts["rows"]
            said = f"共 {rows:,} 行，可以开始导入"
            await progress.finish(Note("import_checked", said, {"rows": rows}))

    async def run(self, tenant_id: int, payload: ImportFile) -> None:
        """Import the chunks of a file that were not imported yet."""
        progress = Progress(self._db, self._clock, tenant_id, payload.run_id)
        await progress.start()
        async with told(progress):
            work = await self._open(tenant_id, payload.import_id)
            written = await self._written(work)
            if not written:
                await self._forget_trial(work)
            await progress.report(done=sum(written.values()), total=work.total)
            await self._write_all(work, progress, written)
            await self._close(work, progress)

    async def _write_all(self, work: Work, progress: Progress, written: dict[int, int]) -> None:
        lanes: dict[asyncio.Task[int], frozenset[Key]] = {}
        done = sum(written.values())
        course = Course(await self._met(work))
        try:
            async for chunk in work.chunks(written):
                keys = frozenset(key for person in chunk.people for key in person.keys)
                # Of rows about one person the order counts, so their chunks wait for each other.
                while len(lanes) >= _LANES or not all(map(keys.isdisjoint, lanes.values())):
                    done += await _next_of(lanes)
                    await progress.report(done=done)
                lanes[asyncio.create_task(self._write(work, chunk, course))] = keys
            while lanes:
                done += await _next_of(lanes)
            await progress.report(done=done)
        finally:
            # Nothing is left behind that writes on after the run was told to be over.
            await asyncio.gather(*lanes, return_exceptions=True)

    async def _write(self, work: Work, chunk: Chunk, course: Course) -> int:
        """Write a chunk; return how many rows it has. Others may be making the same people."""
        for left in reversed(range(_TRIES)):
            try:
                async with self._context(work) as ctx:
                    written = await write_chunk(ctx, work, chunk, course)
            except Contended:
                if not left:
                    raise
                course.strangers = False
            else:
                course.met |= written.met
                course.strangers = written.strangers
                break
        return chunk.rows

    async def _open(self, tenant_id: int, import_id: int) -> Work:
        async with self._db.tenant(tenant_id) as session:
            row = await readable(Context(tenant_id, SYSTEM_ACTOR, self._clock, session), import_id)
            actor = await asker(session, tenant_id, row.created_by, PERMISSION)
            ctx = Context(tenant_id, actor, self._clock, session)
            plan, words = msgspec.convert(row.plan, Plan), await vocabulary(ctx)
            # Fields may have been taken away, or out of the importer's sight, since it was asked.
            check_plan(plan, row.header, words)
            vault = await self._vaults.of(session, tenant_id)
            return Work(
                tenant_id,
                import_id,
                row.created_by,
                row.file,
                plan,
                None if row.checked is None else row.checked["rows"],
                RowReader(plan, words, vault),
                vault,
                SealedFiles(self._files, vault, tenant_id),
            )

    @asynccontextmanager
    async def _context(self, work: Work) -> AsyncIterator[Context]:
        """Open a transaction in the name of whoever imports, as of now; raises `Revoked`."""
        async with self._db.tenant(work.tenant_id) as session:
            actor = await asker(session, work.tenant_id, work.employee_id, PERMISSION)
            yield Context(work.tenant_id, actor, self._clock, session)

    async def _written(self, work: Work) -> dict[int, int]:
        """Return how many rows were written already, by how many stand before them."""
        async with self._db.tenant(work.tenant_id) as session:
            rows = await session.execute(
                select(ImportChunk.first, ImportChunk.rows).where(
                    ImportChunk.tenant_id == work.tenant_id,
                    ImportChunk.import_id == work.import_id,
                )
            )
            return {row.first: row.rows for row in rows}

    async def _met(self, work: Work) -> BitMap64:
        """Return the customers of whom the chunks speak that were written already."""
        async with self._db.tenant(work.tenant_id) as session:
            chunks = await session.scalars(
                select(ImportChunk.members).where(
                    ImportChunk.tenant_id == work.tenant_id,
                    ImportChunk.import_id == work.import_id,
                )
            )
            return BitMap64().union(*map(BitMap64.deserialize, chunks))

    async def _forget_trial(self, work: Work) -> None:
        """Take away what a trial noted of rows; in portions, for a file may be wrong throughout."""
        lines = (
            select(ImportProblem.line)
            .where(
                ImportProblem.tenant_id == work.tenant_id,
                ImportProblem.import_id == work.import_id,
            )
            .order_by(ImportProblem.line)
            .limit(_FORGOTTEN)
        )
        while True:
            async with self._db.tenant(work.tenant_id) as session:
                last = await session.scalar(select(func.max(lines.subquery().c.line)))
                if last is None:
                    return
                await session.execute(
                    delete(ImportProblem)
                    .where(
                        ImportProblem.tenant_id == work.tenant_id,
                        ImportProblem.import_id == work.import_id,
                        ImportProblem.line <= last,
                    )
                    .execution_options(synchronize_session=False)
                )

    async def _close(self, work: Work, progress: Progress) -> None:
        columns = [getattr(ImportChunk, name) for name in ("rows", *FATES)]
        async with self._db.tenant(work.tenant_id) as session:
            sums = await session.execute(
                select(*(func.coalesce(func.sum(column), 0) for column in columns)).where(
                    ImportChunk.tenant_id == work.tenant_id,
                    ImportChunk.import_id == work.import_id,
                )
            )
            rows, new, known, repeated, conflicting, bad = map(int, sums.one())
        await progress.report(done=rows, total=rows)
        said = (
            f"新增 {new:,} 行，更新 {known:,} 行，文件内重复 {repeated:,} 行，"
            f"冲突 {conflicting:,} 行，错误 {bad:,} 行"
        )
        values = {"new": new, "known": known, "repeated": repeated}
        values |= {"conflicting": conflicting, "bad": bad}
        await progress.finish(Note("imported", said, values))

    async def _given_up(self, tenant_id: int, payload: ImportFile) -> None:
        await Progress(self._db, self._clock, tenant_id, payload.run_id).fail(KILLED)


async def write_chunk(ctx: Context, work: Work, chunk: Chunk, course: Course) -> Course:
    """Write a chunk, and that it was written; return what it has shown. Raises `Contended`."""
    matched = await match(ctx, work.vault, chunk.people, met=course.met, strangers=course.strangers)
    customers = await Writer(ctx, work.vault, work.plan.existing).write(matched.targets)
    await note_rows(ctx, work.import_id, matched, chunk.problems)
    counts = matched.counts + Counter(bad=len(chunk.problems))
    members = BitMap64(customers)
    ctx.session.add(
        ImportChunk(
            tenant_id=ctx.tenant_id,
            import_id=work.import_id,
            first=chunk.first,
            rows=chunk.rows,
            members=members.serialize(),
            **{name: counts[name] for name in FATES},
        )
    )
    await ctx.session.flush()
    return Course(members, strangers=all(target.new for target in matched.targets))


async def note_rows(
    ctx: Context, import_id: int, matched: Matched, unreadable: Mapping[int, list[Problem]]
) -> None:
    """Note what is to be said of rows; what was noted already stays."""
    said: list[tuple[int, int, str, int | None]] = [
        (line, each.place, each.message, None)
        for line, found in {**unreadable, **matched.problems}.items()
        for each in found
    ]
    said += [(line, 0, repeats(first), first) for line, first in matched.repeats.items()]
    rows = [
        {
            "line": line,
            "column_number": place,
            "message": message,
            "repeats": first,
        }
        for line, place, message, first in sorted(said, key=itemgetter(0, 1))
    ]
    if rows:
        noted = insert_many(ImportProblem, rows, tenant_id=ctx.tenant_id, import_id=import_id)
        await ctx.session.execute(noted.on_conflict_do_nothing())


async def _next_of(lanes: dict[asyncio.Task[int], frozenset[Key]]) -> int:
    """Wait until some lanes are done, and take them away; return their rows."""
    ready, _ = await asyncio.wait(lanes, return_when=asyncio.FIRST_COMPLETED)
    for each in ready:
        del lanes[each]
    return sum([await each for each in ready])


@dataclass
class Newcomers:
    """Counts who would be new in more than one chunk, by a fingerprint of eight bytes each."""

    _seen: "list[array[int]]" = field(default_factory=lambda: [array("Q") for _ in range(_BUCKETS)])

    def add(self, keys: Collection[Key]) -> None:
        """Note somebody new by their surest id."""
        for key in keys:
            digest = hashlib.blake2b("\0".join(key).encode(), digest_size=8).digest()
            self._seen[digest[0]].append(int.from_bytes(digest, "big"))

    def repeated(self) -> int:
        """Return how often somebody came again."""
        return sum(len(each) - len(set(each)) for each in self._seen)
