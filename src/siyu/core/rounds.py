"""Work that comes round: a look every so often, and runs that fall due once a day."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog
from obstore.exceptions import BaseError as StoreError

from siyu.core.db import LOST
from siyu.core.pace import Pace
from siyu.core.tracing import place

_log = structlog.get_logger(__name__)


async def every(
    seconds: float, look: Callable[[], Awaitable[object]], stop: asyncio.Event, *, name: str
) -> None:
    """Look at once, and again every so many seconds until `stop` is set.

    A look that loses the database, or whose store of files refuses it, is told in the log under
    `name`, and the next one comes at its time; so what `look` does must be safe to be broken off
    and repeated.
    """
    pace = Pace(seconds, seconds)
    while not stop.is_set():
        try:
            await look()
        except (*LOST, StoreError) as error:
            _log.warning("rounds.interrupted", name=name, error=place(error))
        await pace.rest(stop, worked=False)


def fell_due(local: datetime, hour: int) -> datetime:
    """Return the latest moment at or before `local` at which a run of `hour` o'clock fell due."""
    today = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if today <= local else today - timedelta(days=1)
