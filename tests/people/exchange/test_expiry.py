"""Sealed files that nothing names go, also those that a killed process left half written."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

from siyu.people.exchange.expiry import Expiry
from siyu.people.exchange.models import PeopleImport

_KILLED = """
import asyncio, os, signal, sys
from siyu.core.files import Files
from siyu.core.sealed import SealedFiles
from siyu.core.vault import MasterKey, Vault

async def pieces():
    for _ in range(64):
        yield os.urandom(256 * 1024)
    if sys.argv[3] == "half":
        os.kill(os.getpid(), signal.SIGKILL)

async def main():
    vault = Vault(os.urandom(32))
    sealed = SealedFiles(Files(sys.argv[1]), vault, int(sys.argv[2]))
    await sealed.write(pieces())
    os.kill(os.getpid(), signal.SIGKILL)  # before any row names it

asyncio.run(main())
"""


def killed(url: str, tenant_id: int, when: str) -> None:
    """Let a process write a file and be killed, half way or at its end."""
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", _KILLED, url, str(tenant_id), when], check=False
    )
    assert done.returncode == -signal.SIGKILL


def aged(folder: Path, hours: int) -> None:
    then = time.time() - hours * 3600
    for file in folder.iterdir():
        os.utime(file, (then, then))


async def test_what_a_killed_process_left_goes_and_what_is_named_stays(office) -> None:
    r = office.tenant.installation.runtime
    tenant_id = office.tenant.tenant_id
    folder = r.files.folder / str(tenant_id) / "sealed"
    expiry = Expiry(r.db, r.clock, r.vaults, r.files)
    kept = await office.upload("手机号\n13812345678\n".encode())
    async with office.tenant.work() as ctx:
        row = await ctx.session.get_one(PeopleImport, (tenant_id, kept["id"]))
        row.expires_at += timedelta(days=365)
        named = row.file
    for when in ("half", "whole"):
        killed(r.files.folder.as_uri(), tenant_id, when)
    strays = {file.name for file in folder.iterdir()} - {named}
    assert len(strays) == 2
    assert any("#" in name for name in strays), "one was never ended"
    aged(folder, 11)
    await expiry.sweep_strays()
    assert {file.name for file in folder.iterdir()} == {named} | strays, "still to be named"
    aged(folder, 13)
    await expiry.sweep_strays()
    assert [file.name for file in folder.iterdir()] == [named]
