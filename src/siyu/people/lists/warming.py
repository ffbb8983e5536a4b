"""Reads beforehand what takes seconds to read, for enterprises with very many customers."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

import structlog

from siyu.core.analytics import Analytics, AnalyticsError, Rows
from siyu.core.db import LOST
from siyu.core.errors import Unavailable
from siyu.core.tracing import place
from siyu.people.lists.ranks import Ranks
from siyu.people.rules.answers.sets import Sets

_log = structlog.get_logger(__name__)

_MANY: Final = 1_000_000
_TENANTS: Final = 5
_PAUSE: Final = 10.0
_LARGEST: Final = (
    "SELECT tenant_id FROM person WHERE tier = 0 GROUP BY tenant_id"
    " HAVING count() >= {many:UInt64} ORDER BY count() DESC LIMIT {most:UInt64}"
)


@dataclass(frozen=True)
class Warming:
    """What a process does once, after its start: the first to ask would wait for it otherwise."""

    analytics: Analytics
    sets: Sets
    ranks: Ranks

    async def run(self, stop: asyncio.Event) -> None:
        """Read once the engine answers, or end when told to stop."""
        while not stop.is_set():
            try:
                for (tenant_id,) in await self._largest():
                    await self.sets.prepare(tenant_id)
                    await self.ranks.prepare(tenant_id, "latest")
                    _log.info("lists.warm", tenant=tenant_id)
            except (Unavailable, AnalyticsError, *LOST) as error:
                # That engine or database are away others tell; at first tables may be missing.
                if not isinstance(error, Unavailable):
                    _log.info("lists.cold", error=place(error))
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), _PAUSE)
            else:
                return

    async def _largest(self) -> Rows:
        return await self.analytics.query(_LARGEST, {"many": _MANY, "most": _TENANTS})
