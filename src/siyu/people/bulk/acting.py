"""The long job that does an act with everybody in a selection.

Each portion is done and counted in one transaction, in the name of whoever asked and as far as
they may see by then. So it goes on where it stopped, and nothing is done or counted twice. Of two
that go about one act, the one that began last works.
"""

from itertools import islice
from typing import Final, NamedTuple

from pyroaring import BitMap64
from sqlalchemy import select

from siyu.accounts.models import Employee
from siyu.accounts.scopes import actor_of
from siyu.core.clock import Clock
from siyu.core.context import Context
from siyu.core.db import Database
from siyu.core.errors import Problem
from siyu.core.jobs import JobGone, JobHandler, Progress
from siyu.core.jobs.notes import BROKEN, KILLED, Note
from siyu.core.jobs.progress import Cancelled
from siyu.people.bulk.acts import act_of, do, outcome
from siyu.people.bulk.kinds import ACT, DoAct
from siyu.people.bulk.models import PeopleAct
from siyu.people.bulk.schemas import MoveToStage, SetField
from siyu.people.bulk.selections import members_of

_PEOPLE: Final = 1_000
_ON_LISTS: Final = 10_000
_ACTING: Final = Note("acting", "正在处理")
_EXPIRED: Final = Note("act_expired", "选中的名单已过期，请在客户列表里重新选择")
_LEFT: Final = Note("act_left", "发起人的账号已停用，批量操作已停下")


class _Portion(NamedTuple):
    after: int
    changed: int


class _Stopped(Exception):
    """The act cannot be done (any more); says why."""

    def __init__(self, why: Note) -> None:
        super().__init__(why.code)
        self.why = why


class Acting:
    """Does acts with very many customers."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def handler(self) -> JobHandler[DoAct]:
        """Return the handler of the job."""
        return JobHandler(ACT, self.run, self._given_up)

    async def run(self, tenant_id: int, payload: DoAct) -> None:
        """Do the act, or what is left of it."""
        progress = Progress(self._db, self._clock, tenant_id, payload.run_id)
        await progress.start(alone=True)
        try:
            row, people = await self._open(tenant_id, payload.run_id)
            await self._do(progress, row, people)
        except JobGone:
            raise  # the run is over, or another goes about it
        except Cancelled as cancelled:
            raise JobGone from cancelled
        except _Stopped as stopped:
            await progress.fail(stopped.why)
        except Problem as problem:
            await progress.fail(Note(problem.code, problem.detail))
        except Exception:
            # The run must not stay "running" behind a job that is given up.
            await progress.fail(BROKEN)
            raise

    async def _open(self, tenant_id: int, run_id: int) -> tuple[PeopleAct, BitMap64]:
        async with self._db.tenant(tenant_id) as session:
            row = (
                await session.scalars(
                    select(PeopleAct).where(
                        PeopleAct.tenant_id == tenant_id, PeopleAct.run_id == run_id
                    )
                )
            ).one_or_none()
            if row is None:
                raise _Stopped(_EXPIRED)
            actor = await actor_of(
                session, await session.get_one(Employee, (tenant_id, row.employee_id))
            )
            people = await members_of(
                Context(tenant_id, actor, self._clock, session), row.selection_id
            )
            if people is None:
                raise _Stopped(_EXPIRED)
            return row, people

    async def _do(self, progress: Progress, row: PeopleAct, people: BitMap64) -> None:
        size = _PEOPLE if isinstance(act_of(row), MoveToStage | SetField) else _ON_LISTS
        at = _Portion(row.after, row.changed)
        done = people.rank(at.after)
        while done < len(people):
            await progress.report(done=done, total=len(people), note=_ACTING)
            ids = list(islice(people.iter_equal_or_larger(at.after + 1), size))
            at = await self._portion(progress, row, ids)
            done = people.rank(at.after)
        await progress.report(done=done, total=len(people))
        await progress.finish(outcome(at.changed, len(people)))

    async def _portion(self, progress: Progress, row: PeopleAct, ids: list[int]) -> _Portion:
        """Do the act with some, and count them."""
        async with self._db.tenant(row.tenant_id) as session:
            await progress.hold(session)
            employee = await session.get_one(Employee, (row.tenant_id, row.employee_id))
            if employee.state != "active":
                raise _Stopped(_LEFT)
            # What they may see is asked anew: it may have been taken from them.
            actor = await actor_of(session, employee)
            ctx = Context(row.tenant_id, actor, self._clock, session)
            now = await session.get_one(PeopleAct, (row.tenant_id, row.id), with_for_update=True)
            now.changed += await do(ctx, act_of(now), ids)
            now.after = ids[-1]
            return _Portion(now.after, now.changed)

    async def _given_up(self, tenant_id: int, payload: DoAct) -> None:
        await Progress(self._db, self._clock, tenant_id, payload.run_id).fail(KILLED)
