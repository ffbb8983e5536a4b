"""siyu's processes as an operator runs them apart, to be killed; and a PostgreSQL of one's own."""

import asyncio
import multiprocessing
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Self

import httpx

from siyu.core.postgres import EmbeddedPostgres
from siyu.core.postgres.account import server_account
from siyu.core.settings import Settings
from siyu.processes import PARENT_FD, run_role
from tests.nearby import local_client
from tests.ports import reserved_port

PATIENCE_SECONDS = 240
SOMEWHERE_SHUT = "http://127.0.0.1:9"


def play(role: str, settings: Settings) -> None:
    """What `siyu web` and `siyu worker`, whole or in part, do; ends with the test run."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    os.environ[PARENT_FD] = str(parent.sentinel)
    if role in {"welcomes", "background"}:
        run_role("worker", settings, only=role)
    else:
        run_role(role, settings)


def settings_for(folder: Path, **more: object) -> Settings:
    """An installation whose only neighbour is the database."""
    return Settings(
        data_dir=folder,
        base_host="siyu.localhost",
        wecom_base=SOMEWHERE_SHUT,
        wechat_base=SOMEWHERE_SHUT,
        clickhouse_url=f"{SOMEWHERE_SHUT}/none",  # type: ignore[arg-type]
        log_level="error",
        **more,  # type: ignore[arg-type]
    )


@dataclass
class Plant:
    """Processes by name (`web`, `worker`, `welcomes`, `background`, `web-2` …).

    Each web has a port of its own, for good. As a context it leaves none of them running.
    """

    settings: Settings
    processes: dict[str, BaseProcess] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)
    _reserved: ExitStack = field(default_factory=ExitStack)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.end()

    async def start(self, *names: str) -> None:
        """Start processes; returns when the web ones answer."""
        for name in names:
            role = name.partition("-")[0]
            settings = self.settings
            if role == "web":
                if name not in self.ports:
                    self.ports[name] = self._reserved.enter_context(reserved_port())
                settings = settings.model_copy(update={"port": self.ports[name]})
            context = multiprocessing.get_context("forkserver")
            process = context.Process(target=play, args=(role, settings), daemon=True)
            process.start()
            self.processes[name] = process
        for name in names:
            if name in self.ports:
                await self._answers(self.ports[name])

    async def kill(self, name: str) -> None:
        """Kill a process as the kernel does when memory is short."""
        process = self.processes.pop(name)
        process.kill()
        await asyncio.to_thread(process.join)

    async def end(self) -> None:
        """Kill what still runs."""
        for name in list(self.processes):
            await self.kill(name)
        self._reserved.close()

    async def _answers(self, port: int) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS), local_client() as http:
            while True:
                try:
                    await http.get(f"http://127.0.0.1:{port}/healthz")
                except httpx.TransportError:
                    await asyncio.sleep(0.05)
                else:
                    return


@dataclass
class OwnPostgres:
    """A server over TCP that asks for a password, as enterprises run it."""

    bin_dir: Path
    home: Path
    port: int
    password: str

    @property
    def url(self) -> str:
        """How an administrator reaches a database of siyu's on it."""
        return f"postgresql://boss:{self.password}@127.0.0.1:{self.port}/siyu_own"

    def control(self, *arguments: str) -> None:
        """Run `pg_ctl` and wait until it is done."""
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
            " -c shared_buffers=64MB -c dynamic_shared_memory_type=mmap"
        )
        with (self.home / "log").open("ab") as log:
            done = server_account().run(
                [
                    self.bin_dir / "pg_ctl",
                    *arguments,
                    *("-w", "-t", str(PATIENCE_SECONDS), "-s", "-o", options),
                ],
                output=log,
                environment={"PGDATA": str(self.home / "data")},
            )
        assert done.returncode == 0, (self.home / "log").read_text()


@contextmanager
def own_postgres() -> Iterator[OwnPostgres]:
    """Have such a server while the block runs."""
    account = server_account()
    with ExitStack() as stack:
        home = Path(tempfile.mkdtemp(prefix="siyu-own-"))
        stack.callback(shutil.rmtree, home, ignore_errors=True)
        account.own(home)
        port = stack.enter_context(reserved_port())
        server = OwnPostgres(EmbeddedPostgres(home).bin_dir, home, port, secrets.token_hex(8))
        secret = home / "secret"
        secret.write_text(server.password)
        account.own(secret)
        made = account.run(
            [
                server.bin_dir / "initdb",
                *("-U", "boss", "-A", "scram-sha-256", f"--pwfile={secret}", "-E", "UTF8"),
                "--locale=C",
            ],
            output=None,
            environment={"PGDATA": str(home / "data")},
        )
        assert made.returncode == 0
        server.control("start")
        stack.callback(server.control, "stop", "-m", "immediate")
        yield server
