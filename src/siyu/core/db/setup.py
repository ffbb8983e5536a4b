"""Making a database ready: roles, schemas, tables, policies, queue."""

import asyncio
from pathlib import Path
from typing import Final

import asyncpg
import structlog
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from siyu.core.db import policies, roles
from siyu.core.db.database import DatabaseUrls, database_name, engine_url

_log = structlog.get_logger(__name__)

MIGRATIONS: Final = Path(__file__).parents[2] / "migrations"
_PROVISIONING: Final = 0x5159_0005
"""Key of the advisory lock that lets one process make roles and databases at a time."""
_MIGRATING: Final = 0x5159_0002
"""Key of the advisory lock that lets one process migrate at a time."""


class NewerDatabase(Exception):
    """The data was written by a newer version of siyu than this one."""


async def create_database(urls: DatabaseUrls, master_key: bytes) -> None:
    """Create roles and database where they are missing, and set passwords anew."""
    name = database_name(urls.admin)
    home = make_url(urls.admin).set(database="postgres").render_as_string(hide_password=False)
    admin = await asyncpg.connect(home)
    try:
        # Until the connection is closed: two processes that start at once would change one role.
        await admin.execute(f"select pg_advisory_lock({_PROVISIONING})")
        await roles.provision(admin, master_key)
        if not await admin.fetchval("select 1 from pg_database where datname = $1", name):
            await admin.execute(f'create database "{name}" owner {roles.OWNER}')
    finally:
        await admin.close()


async def migrate(urls: DatabaseUrls, metadata: MetaData) -> None:
    """Bring tables, policies and the job queue to this version; safe to repeat and to race.

    Raises `NewerDatabase` when the database knows revisions this version does not.
    """
    engine = create_async_engine(engine_url(urls.owner), poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            await connection.execute(text("select pg_advisory_lock(:key)"), {"key": _MIGRATING})
            await connection.commit()
            await connection.run_sync(upgrade)
            await connection.run_sync(policies.apply, metadata)
            await connection.commit()
            await _install_queue(urls.owner)
            for statement in policies.grants((policies.QUEUE,)):
                await connection.execute(text(statement))
            await connection.commit()
    finally:
        await engine.dispose()


async def drift(urls: DatabaseUrls, metadata: MetaData) -> list[str]:
    """Return how migrated tables differ from the models, and tables left unprotected."""
    engine = create_async_engine(engine_url(urls.owner), poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_differences, metadata)
    finally:
        await engine.dispose()


def alembic_config() -> Config:
    """Return Alembic's configuration; `attributes["connection"]` is to be set."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def upgrade(connection: Connection) -> None:
    """Run the migrations that are missing; raises `NewerDatabase` on unknown revisions."""
    config = alembic_config()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    current = MigrationContext.configure(connection).get_current_heads()
    if unknown := set(current) - known:
        raise NewerDatabase(
            f"数据由更新版本的 siyu 写入（版本标记 {', '.join(sorted(unknown))}）。"
            "请使用相同或更新的版本启动，或用 --data 指定另一个数据目录。"
        )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    connection.commit()


def include_object(
    item: object, name: str | None, kind: str, _reflected: bool, _to: object
) -> bool:
    """Tell Alembic which objects the models describe: not the queue, not partitions."""
    schema = getattr(item, "schema", None)
    if schema == policies.QUEUE:
        return False
    return not (kind == "table" and name is not None and name.startswith("event_"))


def _differences(connection: Connection, metadata: MetaData) -> list[str]:
    context = MigrationContext.configure(
        connection,
        opts={
            "include_schemas": True,
            "include_object": include_object,
            "compare_server_default": False,
        },
    )
    found = [str(difference) for difference in compare_metadata(context, metadata)]
    return found + [
        f"row-level security missing: {table}"
        for table in policies.unprotected(connection, metadata)
    ]


async def _install_queue(owner_url: str) -> None:
    # Imported here: the queue stands above the database in every other respect.
    from siyu.core.jobs.worker import queries_on  # noqa: PLC0415

    connection = await asyncpg.connect(owner_url)
    try:
        queries = queries_on(connection)
        if await queries.schema_is_installed():
            await queries.upgrade()
        else:
            await queries.install(create_schema=False)
    finally:
        await connection.close()


def run_migrate(urls: DatabaseUrls, master_key: bytes, metadata: MetaData) -> None:
    """Create and migrate, from a command line."""

    async def both() -> None:
        await create_database(urls, master_key)
        await migrate(urls, metadata)

    asyncio.run(both())
