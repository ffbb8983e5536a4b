"""Which tenant a request is for: the host name says."""

import time
from typing import Final

from siyu.core.db import Database
from siyu.core.db.directory import find_tenant
from siyu.core.errors import NotFound

_FRESH_SECONDS: Final = 5.0
_MOST: Final = 10_000


class TenantDirectory:
    """Finds tenants by host, remembering each answer for a few seconds."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: dict[str, tuple[float, int | None]] = {}

    async def tenant_of(self, host: str) -> int:
        """Return the tenant reached under a `Host` header; raises `NotFound`."""
        name = host.rsplit(":", 1)[0].lower() if ":" in host else host.lower()
        known = self._known.get(name)
        if known is None or known[0] < time.monotonic():
            async with self._db.tenant(None) as session:
                found = await find_tenant(session, name)
            if len(self._known) >= _MOST:
                self._known.clear()  # strangers may invent names without end
            known = self._known[name] = (time.monotonic() + _FRESH_SECONDS, found)
        if known[1] is None:
            raise NotFound("host_unknown", "这个域名没有对应的企业，请检查访问地址")
        return known[1]
