"""`quota`: how nearly quotas are used, and whether a noisy tenant slows a quiet one.

Several processes call a WeCom that only counts, through the gateway and one ledger in PostgreSQL.
"""

import asyncio
import multiprocessing
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import timedelta
from multiprocessing.context import SpawnProcess
from multiprocessing.queues import Queue
from typing import Any, Final, NamedTuple

import uvloop

from siyu.accounts.connections.ledger import DatabaseQuotaLedger
from siyu.bench.bare import bare_server
from siyu.bench.beside import share
from siyu.bench.counting import REPORT_PATH, CountingWeCom
from siyu.bench.stand import free_port, percentile, stand
from siyu.channels.wecom.client import WecomClient
from siyu.channels.wecom.credentials import AppCredentials
from siyu.channels.wecom.endpoint import Nothing
from siyu.channels.wecom.endpoints.contacts import LIST_FOLLOW_USERS
from siyu.channels.wecom.errors import WeComFailure
from siyu.channels.wecom.gateway import WecomGateway
from siyu.channels.wecom.quota import CORP_WINDOWS, Governor
from siyu.channels.wecom.tokens import InProcessTokenStore
from siyu.core.clock import SystemClock
from siyu.core.db import Database, DatabaseUrls
from siyu.core.http import http_client

_NOISY: Final = "wwnoisy"
_QUIET: Final = "wwquiet"
_SHARED: Final = "wwshared"
_CALLERS: Final = 40
_QUIET_PAUSE: Final = 0.1
_LONG: Final = timedelta(hours=2)


class _Part(NamedTuple):
    """What one process does, for `seconds`."""

    urls: DatabaseUrls
    base: str
    corp_id: str
    seconds: float
    callers: int
    pause: float


async def quota(
    *, minutes: float = 3.0, processes: int = 2, quiet_seconds: float = 30.0, answer_ms: float = 50
) -> Any:
    """Call one endpoint from `processes` processes for `minutes`, all that quotas admit.

    WeCom takes `answer_ms` for an answer, as over the Internet; without, a call is nothing but
    processor time, which all tenants of a machine share.

    `utilisation` is the calls made in whole windows over those that WeCom admits; `breaches` are
    calls refused though siyu was the only caller. `quiet_p95_ms` is another tenant's, alone and
    beside the noise; `fairness` the former over the latter. `calls_after_refusal` is how often an
    endpoint was called after WeCom refused it because others had used half the quota.
    """
    window = CORP_WINDOWS[0]
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    seconds = minutes * 60 + 10  # the window after the last whole one has begun
    counting = CountingWeCom(
        window.calls, window.seconds, _SHARED, window.calls // 2, delay=answer_ms / 1000
    )
    async with stand() as servers, bare_server(counting, port):

        def part(corp_id: str, seconds: float, callers: int, pause: float = 0.0) -> _Part:
            return _Part(servers.urls, base, corp_id, seconds, callers, pause)

        alone = await _together([part(_QUIET, quiet_seconds, 1, _QUIET_PAUSE)])
        noise = [part(_NOISY, seconds, _CALLERS)] * processes
        quiet = part(_QUIET, seconds, 1, _QUIET_PAUSE)
        beside, *_ = await _together([quiet, *noise])
        await _together([part(_SHARED, window.seconds / 2, _CALLERS)])
        async with http_client() as http:
            counted = (await http.get(base + REPORT_PATH)).json()
    noisy, shared = counted[_NOISY], counted[_SHARED]
    whole = noisy["whole_windows"]
    return {
        "benchmark": "quota",
        "minutes": minutes,
        "processes": processes,
        "answer_ms": answer_ms,
        "calls": noisy["calls"],
        "breaches": noisy["refused"] + counted[_QUIET]["refused"],
        "most_in_a_window": noisy["most_in_a_window"],
        "utilisation": share(whole["calls"], window.calls * whole["seconds"] / window.seconds),
        "quiet_p95_ms_alone": _milliseconds(alone[0]),
        "quiet_p95_ms_beside": _milliseconds(beside),
        "fairness": share(_milliseconds(alone[0]), _milliseconds(beside)),
        "calls_after_refusal": max(0, shared["refused"] - 1),
    }


async def _together(parts: list[_Part]) -> list[list[float]]:
    """Run each part in a process of its own; return the seconds each call of each took."""
    spawn = multiprocessing.get_context("spawn")
    waiting: list[tuple[SpawnProcess, Queue[list[float]]]] = []
    for each in parts:
        queue: Queue[list[float]] = spawn.Queue()
        process = spawn.Process(target=_run, args=(each, queue), daemon=True)
        process.start()
        waiting.append((process, queue))
    took = [await asyncio.to_thread(queue.get) for _, queue in waiting]
    for process, _ in waiting:
        await asyncio.to_thread(process.join)
    return took


def _run(part: _Part, queue: "Queue[list[float]]") -> None:
    queue.put(uvloop.run(_calls(part)))


async def _calls(part: _Part) -> list[float]:
    clock = SystemClock()
    db = Database(part.urls, pool_size=4)
    took: list[float] = []
    async with http_client() as http:
        governor = Governor(clock, ledger=DatabaseQuotaLedger(db, clock, "bench"))
        tokens = InProcessTokenStore(clock)
        gateway = WecomGateway(http, tokens, clock, base=part.base, governor=governor)
        client = WecomClient(gateway, AppCredentials(part.corp_id, 1, "secret"))

        async def call() -> None:
            begun = time.perf_counter()
            await client.call(LIST_FOLLOW_USERS, Nothing(), patience=_LONG)
            took.append(time.perf_counter() - begun)
            await asyncio.sleep(part.pause)

        await _for(part.seconds, part.callers, call)
        await gateway.aclose()
    await db.close()
    return took


async def _for(seconds: float, callers: int, call: Callable[[], Coroutine[Any, Any, None]]) -> None:
    async def again() -> None:
        while True:
            try:
                await call()
            except WeComFailure:
                await asyncio.sleep(0.1)  # refused: the counting side has it

    tasks = [asyncio.create_task(again()) for _ in range(callers)]
    await asyncio.sleep(seconds)
    for task in tasks:
        task.cancel()
    for task in tasks:
        with suppress(asyncio.CancelledError):
            await task


def _milliseconds(took: list[float]) -> float:
    return round(percentile(took, 0.95) * 1000, 2)
