import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from siyu.core.analytics import (
    Analytics,
    AnalyticsSilent,
    AnalyticsUnavailable,
    EngineProcess,
    client,
    endpoint,
)
from siyu.core.analytics.process import EngineFailed
from siyu.core.analytics.server import HomeTaken, default_memory, owned

MEMORY = 1 << 30
Eventually = Callable[[Callable[[], Awaitable[bool]]], Awaitable[None]]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_it_stops_on_request_and_keeps_its_data(tmp_path: Path) -> None:
    engine = EngineProcess(tmp_path, memory_bytes=MEMORY)
    analytics = Analytics.from_home(tmp_path)
    await engine.start()
    await analytics.command("CREATE TABLE kept (a UInt8) ENGINE MergeTree ORDER BY a")
    await analytics.insert("kept", ["a"], [(1,)])
    scan = asyncio.create_task(analytics.query("SELECT count() FROM numbers(1000000000000)"))
    await asyncio.sleep(0.2)
    pid = engine.pid
    assert pid is not None
    await engine.stop()
    assert not alive(pid)
    assert endpoint.read(tmp_path) is None
    with pytest.raises(AnalyticsUnavailable):
        await scan
    await engine.start()
    assert (await analytics.query("SELECT count() FROM kept")).scalar() == 1
    await engine.stop()
    await analytics.close()


async def test_a_killed_engine_comes_back_and_clients_find_it(
    tmp_path: Path, eventually: Eventually
) -> None:
    engine = EngineProcess(tmp_path, memory_bytes=MEMORY)
    analytics = Analytics.from_home(tmp_path)
    await engine.start()
    await analytics.command("CREATE TABLE kept (a UInt8) ENGINE MergeTree ORDER BY a")
    await analytics.insert("kept", ["a"], [(1,)], "token")
    first = engine.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    await eventually(analytics.ping)
    assert (await analytics.query("SELECT count() FROM kept")).scalar() == 1
    assert engine.pid not in {first, None}
    await engine.stop()
    await analytics.close()


async def test_a_second_owner_is_told_who_the_first_is(home: Path) -> None:
    with pytest.raises(HomeTaken, match="正由另一个进程"), owned(home):
        pass
    here = endpoint.read(home)
    assert here is not None
    second = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "siyu.core.analytics",
        "--path",
        str(home),
        stderr=subprocess.PIPE,
    )
    _, said = await second.communicate()
    assert f"pid {here.pid}" in said.decode()
    assert second.returncode == 1
    assert endpoint.read(home) == here
    with pytest.raises(EngineFailed):
        await EngineProcess(home).start()


async def test_it_goes_when_its_parent_is_killed(tmp_path: Path, eventually: Eventually) -> None:
    program = (
        "import asyncio, sys\n"
        "from pathlib import Path\n"
        "from siyu.core.analytics import EngineProcess\n"
        "async def main():\n"
        "    engine = EngineProcess(Path(sys.argv[1]), memory_bytes=1 << 30)\n"
        "    await engine.start()\n"
        "    print(engine.pid, flush=True)\n"
        "    await asyncio.sleep(600)\n"
        "asyncio.run(main())\n"
    )
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, str(tmp_path), stdout=subprocess.PIPE
    )
    assert parent.stdout is not None
    pid = int(await parent.stdout.readline())
    parent.kill()
    await parent.wait()

    async def gone() -> bool:
        return not alive(pid)

    await eventually(gone)


def test_memory_is_bounded_by_the_machine() -> None:
    assert 1 << 30 <= default_memory() < os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


async def test_nobody_waits_long_for_a_frozen_engine(
    tmp_path: Path, eventually: Eventually, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "_LOOK_SECONDS", 0.1)
    monkeypatch.setattr(client, "_STILL_SECONDS", 0.5)
    engine = EngineProcess(tmp_path, memory_bytes=MEMORY)
    known, new = Analytics.from_home(tmp_path), Analytics.from_home(tmp_path)
    await engine.start()
    assert (await known.query("SELECT sleep(0.3)")).scalar() == 0
    assert engine.pid is not None
    os.kill(engine.pid, signal.SIGSTOP)
    for one in (known, new):
        with pytest.raises(AnalyticsSilent):
            await one.query("SELECT 1")
    os.kill(engine.pid, signal.SIGCONT)
    for one in (known, new):
        await eventually(one.ping)
    await engine.stop()
    for one in (known, new):
        await one.close()
