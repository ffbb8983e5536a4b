"""The world's own database: made at start, with its tables."""

import asyncio
from typing import Any

import asyncpg
from sqlalchemy.engine import make_url

SCHEMA_VERSION = 1
_CONNECT_ATTEMPTS = 20


class WorldStoreError(Exception):
    """The world's database cannot be used; the sentence says why."""


def connect_arguments(url: str) -> dict[str, Any]:
    """Translate a SQLAlchemy address into what asyncpg's connect takes.

    ``schema`` in its query puts the tables there, so that worlds can share a database.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "postgresql":
        raise WorldStoreError("the world needs a PostgreSQL database")
    query = {
        key: value if isinstance(value, str) else value[0] for key, value in parsed.query.items()
    }
    arguments: dict[str, Any] = {
        "host": query.get("host", parsed.host),
        "port": parsed.port or (int(query["port"]) if "port" in query else None),
        "user": parsed.username,
        "password": parsed.password,
        "database": parsed.database,
    }
    # Plans are kept from when the tables were empty: never let such a plan scan.
    arguments["server_settings"] = {
        "enable_seqscan": "off",
        "search_path": query.get("schema", "public"),
    }
    return {key: value for key, value in arguments.items() if value is not None}


async def _ensure_database(arguments: dict[str, Any]) -> None:
    for attempt in range(_CONNECT_ATTEMPTS):
        try:
            connection = await asyncpg.connect(**arguments)
        except asyncpg.InvalidCatalogNameError:
            break
        except (asyncpg.CannotConnectNowError, ConnectionError):
            if attempt == _CONNECT_ATTEMPTS - 1:
                raise
            await asyncio.sleep(0.25)
        else:
            await connection.close()
            return
    connection = await asyncpg.connect(**{**arguments, "database": "postgres"})
    try:
        name = str(arguments["database"]).replace('"', '""')
        await connection.execute(f'create database "{name}"')
    except (asyncpg.DuplicateDatabaseError, asyncpg.UniqueViolationError):
        pass  # another world was quicker
    except asyncpg.InsufficientPrivilegeError as error:
        raise WorldStoreError(
            f"database {arguments['database']} is missing and may not be created by this user"
        ) from error
    finally:
        await connection.close()


async def open_pool(url: str) -> asyncpg.Pool:
    """Return a pool on the world's database, with all tables present.

    Raises `WorldStoreError` when the data were written by a newer version.
    """
    arguments = connect_arguments(url)
    await _ensure_database(arguments)
    pool: asyncpg.Pool = await asyncpg.create_pool(**arguments, min_size=2, max_size=4)
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("select pg_advisory_xact_lock(7190642)")
        schema = arguments["server_settings"]["search_path"].replace('"', '""')
        if schema != "public":
            await connection.execute(f'create schema if not exists "{schema}"')
        await connection.execute("create table if not exists world_meta (version int not null)")
        version = await connection.fetchval("select version from world_meta")
        if version is not None and version > SCHEMA_VERSION:
            raise WorldStoreError(
                f"the world's data are of version {version}, this program knows {SCHEMA_VERSION}"
            )
        if version is None:
            await connection.execute("insert into world_meta values ($1)", SCHEMA_VERSION)
        await connection.execute(
            "create table if not exists world_record (shelf text not null, key text not null, "
            "doc json not null, primary key (shelf, key))"
        )
        await connection.execute(
            "create table if not exists world_log "
            "(id bigint primary key, at timestamptz not null, kind text not null, "
            "doc json not null)"
        )
        await connection.execute(
            "create table if not exists world_blob (key text primary key, content bytea not null)"
        )
    return pool
