"""The demonstration, started once as a user starts it, and a Chromium to look at it."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.async_api import Browser, async_playwright

from siyu.bench.audience.ground import USERNAME, ground
from tests.ports import reserved_port

START_SECONDS = 300
STOP_SECONDS = 60
PEOPLE = int(os.environ.get("SIYU_TEST_PEOPLE", "0"))
CONNECTED = "企业后台"
"""What the demonstration prints once siyu is connected to the simulated WeCom."""


@dataclass(frozen=True)
class Enterprise:
    """A running siyu, and who may enter its console."""

    port: int
    username: str
    password: str

    @property
    def console(self) -> str:
        """The enterprise console."""
        return f"http://siyu.localhost:{self.port}/console"


@dataclass(frozen=True)
class Town(Enterprise):
    """A running demonstration."""

    world_port: int

    @property
    def world(self) -> str:
        """The page of the simulated world."""
        return f"http://world.siyu.localhost:{self.world_port}/"

    def staff_app(self, userid: str) -> str:
        """siyu as a staff account's phone opens it."""
        return f"http://s-{userid}.siyu.localhost:{self.port}/staff/"

    def told(self, path: str) -> Any:
        """What the simulated world says of itself, asked without a name server."""
        address = f"http://127.0.0.1:{self.world_port}/world/api/{path}"
        host = f"world.siyu.localhost:{self.world_port}"
        return httpx.get(address, headers={"host": host}, timeout=120).raise_for_status().json()


def _connected(process: subprocess.Popen[bytes], output: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while CONNECTED not in output.read_text():
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"the demonstration did not start:\n{output.read_text()}", pytrace=False)
        time.sleep(0.2)


def _stop(process: subprocess.Popen[bytes], output: Path) -> None:
    """Stop it as Ctrl-C does; whatever does not stop is ended with its whole group."""
    try:
        process.send_signal(signal.SIGINT)
        code = process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        code = None
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert code == 0, f"the demonstration did not stop cleanly ({code}):\n{output.read_text()}"


@pytest.fixture(scope="package")
def ports() -> Iterator[tuple[int, int]]:
    """Of siyu and of the simulated world."""
    with reserved_port() as one, reserved_port() as other:
        yield one, other


@pytest.fixture(scope="package")
def town(tmp_path_factory: pytest.TempPathFactory, ports: tuple[int, int]) -> Iterator[Town]:
    """`siyu demo`, connected and synced, with nothing made in it yet.

    It ends with the tests of a browser: its processes would take their share from all others.
    """
    folder = tmp_path_factory.mktemp("town")
    output = folder / "output"
    port, world_port = ports
    command = [sys.executable, "-m", "siyu.cli", "demo", "--no-browser", "--data", folder / "data"]
    command += ["--port", str(port), "--sandbox-port", str(world_port)]
    environment = {name: text for name, text in os.environ.items() if not name.startswith("SIYU_")}
    with output.open("wb") as stream:
        process = subprocess.Popen(  # noqa: S603 - our own program
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _connected(process, output)
        password = (folder / "data" / "keys" / "demo-admin").read_text().strip()
        yield Town(port, "admin", password, world_port)
    finally:
        _stop(process, output)


@pytest.fixture(scope="package")
async def city(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Enterprise]:
    """siyu with very many customers, and its administrator."""
    kept = os.environ.get("SIYU_TEST_CITY")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("city") / "data"
    with reserved_port() as port:
        async with (
            ground(PEOPLE, folder, 2026, port=port) as place,
            place.stand.running("web", "worker"),
            place.console(),
        ):
            yield Enterprise(port, USERNAME, place.password)


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """The browser of the machine."""
    path = os.environ.get("SIYU_TEST_CHROMIUM") or shutil.which("chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=path,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--no-proxy-server",
                "--host-resolver-rules=MAP *.localhost 127.0.0.1",
            ],
        )
        yield browser
        await browser.close()
