"""`start`: how long `siyu demo` takes until it can be used, in a fresh folder and once more."""

import asyncio
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from siyu.bench.stand import free_port

_READY: Final = "Ctrl-C"
_START_SECONDS: Final = 300.0
_STOP_SECONDS: Final = 60.0
_INCLUDED: Final = (
    "from the command to the printed addresses, in an installed environment with built front"
    " ends: PostgreSQL, analytics engine, migration, siyu's processes and the simulated world"
    " started; at the first start also cluster, tables and world made, the tenant connected to"
    " WeCom by the guided set-up, directory and customers synchronised"
)


class StartFailed(Exception):
    """The demonstration ended before it was ready, or did not end when told to."""


async def start() -> dict[str, Any]:
    """Start the demonstration twice in one folder, stopping it with Ctrl-C in between."""
    folder = Path(tempfile.mkdtemp(prefix="siyu-bench-"))
    try:
        first, first_stop = await _once(folder / "demo")
        second, second_stop = await _once(folder / "demo")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {
        "benchmark": "start",
        "first_seconds": first,
        "second_seconds": second,
        "ratio": round(second / first, 3),
        "stop_seconds": max(first_stop, second_stop),
        "included": _INCLUDED,
    }


async def _once(data: Path) -> tuple[float, float]:
    """Start and stop; return the seconds that either took."""
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "siyu.cli", "demo", "--no-browser", "--data", str(data)),
        *("--port", str(free_port()), "--sandbox-port", str(free_port())),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,
    )
    said: list[str] = []
    try:
        async with asyncio.timeout(_START_SECONDS):
            while not said or _READY not in said[-1]:
                line = await process.stdout.readline() if process.stdout else b""
                if not line:
                    raise StartFailed("".join(said))
                said.append(line.decode())
        ready = time.perf_counter()
        process.send_signal(signal.SIGINT)
        await asyncio.wait_for(process.communicate(), _STOP_SECONDS)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return round(ready - began, 2), round(time.perf_counter() - ready, 2)
