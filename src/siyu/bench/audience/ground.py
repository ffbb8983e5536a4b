"""What the benchmark stands on: a folder with a crowd, its servers, an administrator."""

import os
import secrets
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select

from siyu.accounts import employees
from siyu.accounts.models import Employee
from siyu.accounts.schemas import NewEmployee
from siyu.bench.crowd.folder import Stamp, crowd_in
from siyu.bench.crowd.size import TENANT
from siyu.bench.stand import HOST, Stand, free_port, percentile
from siyu.core.clock import SystemClock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database
from siyu.core.settings import Settings
from siyu.demo.api import Site
from siyu.runtime import database_server
from siyu.supervisor import engine, prepare

USERNAME: Final = "bench"


@dataclass(frozen=True)
class Ground:
    """A crowd with its servers running; siyu's processes are started by the stages."""

    stamp: Stamp
    stand: Stand

    @asynccontextmanager
    async def console(self) -> AsyncIterator[Site]:
        """Sign in as the folder's own administrator; `web` must be running."""
        await self._administrator()
        async with Site(self.stand.settings.public_base) as site:
            await site.post("/api/session", {"username": USERNAME, "password": self.password})
            yield site

    async def _administrator(self) -> None:
        """Have the administrator, whoever else administers this enterprise by now."""
        async with self.stand.db.tenant(TENANT) as session:
            known = select(Employee.id).where(Employee.username == USERNAME)
            if await session.scalar(known) is None:
                ctx = Context(TENANT, SYSTEM_ACTOR, SystemClock(), session)
                new = NewEmployee(USERNAME, "admin", USERNAME, self.password)
                await employees.create(ctx, new)

    @property
    def password(self) -> str:
        """The administrator's, made once for the folder."""
        place = self.stand.settings.data_dir / "bench-password"
        if not place.exists():
            place.touch(mode=0o600)
            place.write_text(secrets.token_urlsafe(12))
        return place.read_text()


@asynccontextmanager
async def ground(
    customers: int, folder: Path, seed: int, *, port: int | None = None
) -> AsyncIterator[Ground]:
    """Have a crowd of that size in a folder, made where it is not there yet, with its servers.

    Without a `port` siyu is reached at one that is free.
    """
    settings = Settings(
        data_dir=folder,
        port=port or free_port(),
        base_host=HOST,
        wildcard_host=True,
        log_level="error",
    )
    stamp = await crowd_in(settings, customers, seed, datetime.now(UTC))
    async with AsyncExitStack() as stack:
        urls = stack.enter_context(database_server(settings))
        await prepare(settings, urls)
        await stack.enter_async_context(engine(settings))
        db = Database(urls, pool_size=16)
        stack.push_async_callback(db.close)
        yield Ground(stamp, Stand(settings, urls, db))


def say(what: str) -> None:
    """Say on standard error what is being done."""
    sys.stderr.write(f"[{datetime.now(UTC):%H:%M:%S}] {what}\n")
    sys.stderr.flush()


def milliseconds(began: float) -> float:
    """Return the milliseconds since a reading of the performance counter."""
    return (time.perf_counter() - began) * 1000


def spread(name: str, values: list[float]) -> dict[str, float]:
    """Return the figures of some times in milliseconds."""
    return {
        f"{name}_p50_ms": round(percentile(values, 0.5), 1),
        f"{name}_p95_ms": round(percentile(values, 0.95), 1),
        f"{name}_max_ms": round(max(values), 1),
    }


def memory() -> dict[str, int]:
    """Return the memory (PSS, MiB) of our processes by what they are, and of PostgreSQL."""
    found: dict[str, int] = {}
    for process in Path("/proc").iterdir():
        kind = _kind(process) if process.name.isdigit() else None
        if kind is None:
            continue
        try:
            rollup = (process / "smaps_rollup").read_text()
        except OSError:  # it has just ended, or is another user's
            continue
        pss = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        found[kind] = found.get(kind, 0) + pss // 1024
    return {f"{kind}_pss_mib": size for kind, size in sorted(found.items())}


def _kind(process: Path) -> str | None:
    """Return what a process of ours is; nothing for all others."""
    try:
        words = (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
        parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, ValueError):
        return None
    if parent != os.getpid():
        return None
    if "siyu.core.analytics" in words:
        return "engine"
    after = words[words.index("siyu.cli") + 1 :] if "siyu.cli" in words else []
    return next((word for word in ("web", "worker") if word in after), None)


Figures = dict[str, Any]
