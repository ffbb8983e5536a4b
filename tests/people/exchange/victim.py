"""A process that does a long job of import or export and is killed in the middle of it.

Run as `python -m tests.people.exchange.victim <what>`, where what is a `Fate` as JSON.
"""

import asyncio
import os
import signal
import sys
from datetime import datetime
from typing import Any, Literal

import msgspec

from siyu.accounts.tenants import Vaults
from siyu.composition import Panels
from siyu.core.clock import FixedClock
from siyu.core.db import Database, DatabaseUrls
from siyu.core.files import Files
from siyu.core.vault import MasterKey
from siyu.people.exchange import exporting, importing
from siyu.people.exchange.exporting import Exporting
from siyu.people.exchange.importing import Importing
from siyu.people.exchange.kinds import ExportList, ImportFile


class Fate(msgspec.Struct):
    """Which job, where it finds its data, and when it dies.

    `within`: what it does is done, and not yet committed; `between`: it is.
    """

    urls: dict[str, str]
    files_url: str
    master_key: bytes
    now: datetime
    tenant_id: int
    run_id: int
    subject_id: int
    kind: Literal["import", "export"]
    when: Literal["within", "between"]


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def doomed(fate: Fate) -> None:
    """Arrange that the second portion is the last."""
    if fate.kind == "import":
        importing.CHUNK, importing._LANES = 20, 1
        chunk_, write = importing.write_chunk, Importing._write

        async def within(ctx: Any, work: Any, chunk: Any, met: Any) -> Any:
            members = await chunk_(ctx, work, chunk, met)
            if chunk.first == 20 and fate.when == "within":
                die()
            return members

        async def between(self: Any, work: Any, chunk: Any, met: Any) -> int:
            done = await write(self, work, chunk, met)
            if chunk.first == 20:
                die()
            return done

        importing.write_chunk, Importing._write = within, between
        return
    exporting._PART, exporting._BATCH = 20, 10
    note = exporting._List._note

    async def noted(self: Any, part: Any, number: int, file: str) -> bool:
        if number == 1 and fate.when == "within":
            die()
        done = await note(self, part, number, file)
        if number == 1:
            die()
        return done

    exporting._List._note = noted


async def main(fate: Fate) -> None:
    db = Database(DatabaseUrls(**fate.urls), pool_size=3)
    clock, vaults = FixedClock(fate.now), Vaults(MasterKey(fate.master_key))
    files = Files(fate.files_url)
    doomed(fate)
    if fate.kind == "import":
        job = Importing(db, clock, vaults, files)
        await job.run(fate.tenant_id, ImportFile(fate.run_id, fate.subject_id))
    else:
        writer = Exporting(db, clock, vaults, files, Panels())
        await writer.run(fate.tenant_id, ExportList(fate.run_id, fate.subject_id))


if __name__ == "__main__":
    asyncio.run(main(msgspec.json.decode(sys.argv[1].encode(), type=Fate)))
