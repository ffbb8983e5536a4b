"""What benchmarks stand on: fresh servers in a folder of their own, gone afterwards."""

import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from siyu import tables
from siyu.core.db import Database, DatabaseUrls, setup
from siyu.core.settings import Settings
from siyu.runtime import database_server, master_key


@dataclass(frozen=True)
class Stand:
    """Fresh servers and how to reach them."""

    settings: Settings
    urls: DatabaseUrls
    db: Database


@asynccontextmanager
async def stand() -> AsyncIterator[Stand]:
    """Have an empty, migrated database on a durable embedded server while the block runs."""
    folder = Path(tempfile.mkdtemp(prefix="siyu-bench-"))
    settings = Settings(data_dir=folder)
    try:
        with database_server(settings) as urls:
            await setup.create_database(urls, master_key(settings))
            await setup.migrate(urls, tables.metadata)
            db = Database(urls, pool_size=16)
            try:
                yield Stand(settings, urls, db)
            finally:
                await db.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def percentile(values: list[float], share: float) -> float:
    """Return the value below which `share` of the values lie (nearest rank)."""
    if not values:
        return float("nan")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
