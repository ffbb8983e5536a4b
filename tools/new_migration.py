"""Write the migration that brings a database from the last one to the models as they are now.

Usage: .venv/bin/python tools/new_migration.py "what changed"

Read what it writes: a rename looks like a drop and an add to it.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from siyu import tables  # noqa: F401 - makes all models known
from siyu.core.db import DatabaseUrls, setup
from siyu.core.db.database import engine_url
from siyu.core.postgres import EmbeddedPostgres


def write(connection: Connection, message: str) -> None:
    """Compare an up-to-date database with the models and write the difference."""
    setup.upgrade(connection)
    config = setup.alembic_config()
    config.attributes["connection"] = connection
    known = len(list((setup.MIGRATIONS / "versions").glob("[0-9]*.py")))
    command.revision(config, message=message, autogenerate=True, rev_id=f"{known + 1:04d}")


async def run(message: str) -> None:
    """Do it on a server of its own."""
    with (
        tempfile.TemporaryDirectory(prefix="siyu-migration-") as folder,
        EmbeddedPostgres(Path(folder) / "postgres", durable=False) as server,
    ):
        urls = DatabaseUrls.embedded(server.socket_dir, "siyu")
        await setup.create_database(urls, b"0" * 32)
        engine = create_async_engine(engine_url(urls.owner))
        async with engine.connect() as connection:
            await connection.run_sync(write, message)
        await engine.dispose()


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1]))
