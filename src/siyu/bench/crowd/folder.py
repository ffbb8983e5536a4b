"""A folder with a crowd in it, made once and used again."""

import asyncio
import multiprocessing
import os
import shutil
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import msgspec
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from siyu import rooms
from siyu.bench.crowd import making, picture
from siyu.bench.crowd.size import Crowd, as_of
from siyu.core.analytics.feeder import READER as FEEDER
from siyu.core.analytics.schema import ensure_schema
from siyu.core.db import DatabaseUrls
from siyu.core.settings import Settings
from siyu.core.stream import SHARDS
from siyu.core.stream.models import Cursor, ShardHead
from siyu.core.vault import MasterKey
from siyu.people.picture.engine import PERSON_MARK, TABLES
from siyu.people.picture.models import PictureState
from siyu.people.picture.rebuild import new_epoch
from siyu.people.picture.state import READER as PICTURE
from siyu.processes import spare_the_collector
from siyu.runtime import analytics_client, analytics_home, database_server, master_key, runtime
from siyu.supervisor import engine, prepare

FORMULA: Final = 3
"""Raised when people are made otherwise."""
_STAMP: Final = "crowd.json"


class Stamp(msgspec.Struct, frozen=True):
    """What lies in a folder, and what making it took.

    `rows_seconds`: all rows in PostgreSQL and in the engine; `index_seconds`: after that
    PostgreSQL's indexes and statistics, and beside them the merging of the engine's parts.
    """

    crowd: Crowd
    formula: int
    rows_seconds: float
    index_seconds: float
    disk_bytes: dict[str, int]


class OtherCrowd(Exception):
    """The folder holds something else; the message says what to do."""


def stamp_of(folder: Path) -> Stamp | None:
    """Return what lies in a folder; nothing where no crowd was finished there."""
    try:
        return msgspec.json.decode((folder / _STAMP).read_bytes(), type=Stamp)
    except FileNotFoundError:
        return None


async def crowd_in(settings: Settings, customers: int, seed: int, now: datetime) -> Stamp:
    """Have a crowd of that size in the folder of `settings`; return its stamp.

    One that is there is used again. Raises `OtherCrowd`.
    """
    folder = settings.data_dir.absolute()
    found = stamp_of(folder)
    if found is not None:
        if (found.crowd.customers, found.crowd.seed, found.formula) == (customers, seed, FORMULA):
            return found
        raise OtherCrowd(f"{folder} 里是另一批客户({found.crowd.customers:,} 人),请换一个目录。")
    if folder.exists() and any(folder.iterdir()) and not (folder / "making").exists():
        raise OtherCrowd(f"{folder} 不是空目录,请换一个目录。")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "making").touch()
    stamp = await _make(settings, Crowd(customers, seed, as_of(now)))
    os.sync()
    temporary = folder / f".{_STAMP}"
    temporary.write_bytes(msgspec.json.encode(stamp))
    temporary.replace(folder / _STAMP)
    (folder / "making").unlink()
    return stamp


async def _make(settings: Settings, crowd: Crowd) -> Stamp:
    with database_server(settings) as urls:
        await prepare(settings, urls)
        await making.quicken(urls.admin)
    async with engine(settings):
        client = analytics_client(settings)
        await ensure_schema(client, tables=TABLES)
        await client.close()
    with database_server(settings) as urls:
        began = time.perf_counter()
        home, key = analytics_home(settings), master_key(settings)
        await asyncio.to_thread(_elsewhere, _write, crowd, urls.admin, home, key)
        written = time.perf_counter()
        await asyncio.gather(
            making.build(urls.admin), asyncio.to_thread(_elsewhere, making.merge, home)
        )
        built = time.perf_counter()
        await making.settle(urls.admin)
    with database_server(settings) as urls:
        await _nothing_to_do(settings, urls, crowd.moment)
    return Stamp(crowd, FORMULA, written - began, built - written, disk(settings))


def disk(settings: Settings) -> dict[str, int]:
    """Return the bytes on disk, of both sides."""
    folder = settings.data_dir.absolute()
    return {
        "postgres": _size(folder / "postgres" / "data"),
        "analytics": _size(analytics_home(settings)),
    }


def _size(folder: Path) -> int:
    found = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                found += (Path(place) / name).lstat().st_blocks * 512
            except FileNotFoundError:  # a running server removes what it no longer needs
                continue
    return found


def _elsewhere(work: Callable[..., None], *arguments: Any) -> None:
    """Work in a process of its own, for a process with an open engine must not fork."""
    process = multiprocessing.get_context("spawn").Process(target=work, args=arguments)
    process.start()
    process.join()
    if process.exitcode != 0:
        raise RuntimeError(f"the making of people ended with {process.exitcode}")


def _write(crowd: Crowd, admin: str, home: Path, key: bytes) -> None:
    spare_the_collector()
    asyncio.run(making.write(crowd, admin, home, MasterKey(key)))


async def _nothing_to_do(settings: Settings, urls: DatabaseUrls, moment: datetime) -> None:
    """Let no reader of the stream look at what is long past, and vouch for the picture."""
    epoch = new_epoch()
    async with engine(settings):
        client = analytics_client(settings)
        names, kinds = list(PERSON_MARK.columns), list(PERSON_MARK.columns.values())
        await client.insert(PERSON_MARK.name, names, [(epoch, picture.VERSION)], types=kinds)
        await client.close()
    async with (
        runtime(settings, urls, pool_size=2) as services,
        services.db.system() as session,
    ):
        readers = [FEEDER, PICTURE, *(reaction.name for reaction in rooms.reactions(services))]
        heads = {row.shard: row.head for row in await session.scalars(select(ShardHead))}
        rows = [
            {"reader": reader, "shard": shard, "position": heads[shard]}
            for reader in readers
            for shard in range(SHARDS)
        ]
        await session.execute(insert(Cursor), rows)
        state = {
            "version": picture.VERSION,
            "written": picture.VERSION,
            "generation": picture.VERSION,
            "epoch": epoch,
            "answering": True,
            "passed_at": moment,
            "compacted_at": moment,
        }
        await session.execute(insert(PictureState).values(id=1, **state))
