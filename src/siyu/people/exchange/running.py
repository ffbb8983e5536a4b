"""What the long jobs of this room have in common: in whose name they work, and how they end."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from siyu.accounts.models import Employee
from siyu.accounts.scopes import actor_of
from siyu.core.context import Actor
from siyu.core.jobs import JobGone, Progress
from siyu.core.jobs.notes import BROKEN, Note
from siyu.core.jobs.progress import Cancelled

_REVOKED: Final = Note("revoked", "发起人已停用，或已没有这项权限，任务已停下；已完成的部分保留")


class Revoked(Exception):
    """Whoever asked for a long job is no longer there, or may no longer do it."""


async def asker(
    session: AsyncSession, tenant_id: int, employee_id: int | None, permission: str
) -> Actor:
    """Return who asked for a long job, with what they may do and see by now.

    Raises `Revoked` unless they still have the permission.
    """
    employee = (
        None if employee_id is None else await session.get(Employee, (tenant_id, employee_id))
    )
    if employee is None or employee.state != "active":
        raise Revoked
    actor = await actor_of(session, employee)
    if permission not in actor.permissions:
        raise Revoked
    return actor


@asynccontextmanager
async def told(progress: Progress) -> AsyncIterator[None]:
    """Tell the run why the block ended early."""
    try:
        yield
    except JobGone:
        raise  # the run is over, or another runner's
    except Cancelled as cancelled:
        raise JobGone from cancelled
    except Revoked as revoked:
        await progress.fail(_REVOKED)
        raise JobGone from revoked
    except Exception:
        # The run must not stay "running" behind a job that is given up.
        await progress.fail(BROKEN)
        raise
