"""Short looks into PostgreSQL for doors that then wait for something else.

A request's `Context` keeps one transaction open until the answer is sent. Doors that ask
the analytics engine, or that stay open, take these instead.
"""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from siyu.accounts.dependencies import acting
from siyu.accounts.sessions import Principal
from siyu.core.clock import Clock
from siyu.core.context import Context
from siyu.core.db import Database


@dataclass(frozen=True)
class Asking:
    """Opens short units of work for one signed-in person."""

    db: Database
    clock: Clock
    principal: Principal

    def look(self) -> AbstractAsyncContextManager[Context]:
        """Open one transaction as that person."""
        return acting(self.db, self.clock, self.principal)


def asking_of(db: Database, clock: Clock, principal: Principal) -> Asking:
    """Provide the looks of whoever sent the request."""
    return Asking(db, clock, principal)
