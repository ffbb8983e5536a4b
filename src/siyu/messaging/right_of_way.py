"""The right of way: while many welcomes wait, everything else in the background gives way.

A welcome has 20 seconds; details, tags and figures have as long as they need. The rule reads the
database, so it holds between processes and machines. Single welcomes hold up nobody, and nobody
is held up for long: where welcomes pile up because WeCom does not answer, the rest goes on.
"""

import asyncio
from typing import Final

from sqlalchemy import func, literal, select, union_all

from siyu.channels.wecom.inbox import WELCOME_LIFE, WecomInbox
from siyu.core.clock import Clock
from siyu.core.db import Database
from siyu.messaging.models import WelcomeAttempt

_MANY: Final = 20
_LOOK_SECONDS: Final = 0.1
_FREE_SECONDS: Final = 0.25
"""How long nobody looks again once few wait: a burst is given way to so much later at most."""
_PATIENCE_SECONDS: Final = 30.0


class RightOfWay:
    """Tells the background when it may go on."""

    def __init__(self, db: Database, clock: Clock, *, patience: float = _PATIENCE_SECONDS) -> None:
        self._db = db
        self._clock = clock
        self._patience = patience
        self._looking = asyncio.Lock()
        self._free_until = 0.0

    async def clear(self) -> None:
        """Return when few welcomes wait; after `patience` seconds in any case, and as long free."""
        time = asyncio.get_running_loop().time
        if time() < self._free_until:
            return
        async with self._looking:
            if time() < self._free_until:
                return
            gives_up = time() + self._patience
            while await self._many_wait():
                if time() >= gives_up:
                    self._free_until = time() + self._patience
                    return
                await asyncio.sleep(_LOOK_SECONDS)
            self._free_until = time() + _FREE_SECONDS

    async def _many_wait(self) -> bool:
        """Whether many welcomes wait for a worker, or for what came of them to be written."""
        since = self._clock.now() - WELCOME_LIFE
        waiting = select(literal(1)).where(
            WecomInbox.urgent == "waiting", WecomInbox.received_at > since
        )
        sending = select(literal(1)).where(
            WelcomeAttempt.state == "sending", WelcomeAttempt.added_at > since
        )
        some = union_all(waiting.limit(_MANY), sending.limit(_MANY)).subquery()
        async with self._db.system() as session:
            count = await session.scalar(select(func.count()).select_from(some))
        return (count or 0) >= _MANY
