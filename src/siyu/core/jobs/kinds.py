"""Kinds of jobs, their payloads and their handlers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Generic, TypeVar

import msgspec

P = TypeVar("P", bound=msgspec.Struct)


@dataclass(frozen=True)
class JobKind(Generic[P]):
    """A kind of job: its name in the queue, its payload, and how it is tried.

    `title` is what the console calls it; higher `priority` is taken first.
    """

    name: str
    payload: type[P]
    title: str
    attempts: int = 5
    priority: int = 0
    concurrency: int = 0
    """How many may run at once in one process; 0 means no limit.

    Where there is a limit, a job somebody just asks for keeps those behind it waiting until the
    asker commits.
    """
    follows_after: timedelta | None = None
    """When a job is asked for while one with its key is at work, another follows so much later:
    the one at work may have looked before what happened now. It begins when those that it follows
    have ended. Without it, nothing is added."""


@dataclass(frozen=True)
class JobHandler(Generic[P]):
    """Binds a kind to the function that does it: `await run(tenant_id, payload)`.

    `given_up` is told, in the same way, of a job that is parked because it ends its process.
    """

    kind: JobKind[P]
    run: Callable[[int, P], Awaitable[None]]
    given_up: Callable[[int, P], Awaitable[None]] | None = None


AnyHandler = JobHandler[Any]


class RetryLater(Exception):
    """Raised by a job that must wait for the outside; it does not count as an attempt."""

    def __init__(self, after: timedelta) -> None:
        super().__init__(f"again after {after}")
        self.after = after


class JobGone(Exception):
    """Raised by a job whose subject is no longer there: done, without an error."""
