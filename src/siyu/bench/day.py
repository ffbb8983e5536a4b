"""A day of very many people with all faults on, at whose end siyu's picture is the world's.

The world runs in a process of its own; siyu runs in this one, as `siyu web` and `siyu worker` do,
except that its loops are told when there is work instead of looking for it. Time is stepped.
"""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import Any, Final

import msgspec
import structlog

from siyu import rooms
from siyu.accounts.setup_code import setup_code
from siyu.app import Web
from siyu.bench.picture import compare
from siyu.bench.stand import HOST, Stand, answering, free_port, stand
from siyu.channels.wecom.reader import InboxReader
from siyu.content.collection.worker import CollectWorker
from siyu.core.jobs import JobWorker
from siyu.core.stream.reactions import ReactionRunner
from siyu.core.stream.sequencer import Sequencer
from siyu.demo.api import Site, StoryFailed, until
from siyu.demo.connect import Administrator, connect, sign_in
from siyu.demo.drive import Driver
from siyu.growth.live_codes.plans import LiveCodeOrigins
from siyu.people.contacts.intake import Intake
from siyu.people.reconciliation.jobs import NightlyReconciliation
from siyu.processes import serving
from siyu.quiet import time_passed, work_left
from siyu.runtime import Runtime, runtime
from siyu.supervisor import Child, child_environment

_log = structlog.get_logger(__name__)

_HOUR: Final = 3600.0
_DAY: Final = 24 * _HOUR
_PATIENCE_SECONDS: Final = 120.0
_LOOK_SECONDS: Final = 0.02
_END_SECONDS: Final = 10.0
_CODES: Final = ("包裹卡", "门店海报", "老客介绍", "直播间", "免费试用")
_SECRETS_EVERY: Final = 1800.0
"""How often siyu's administrator looks whether WeCom's secret is still the one siyu knows."""

CALLS: Final = {
    "quota": 0.002, "crowd": 0.004, "busy": 0.01, "slow": 0.01, "slow_seconds": 0.1,
    "cut_before": 0.005, "cut_after": 0.005, "token": 0.003,
}  # fmt: skip
LETTERS: Final = {
    "dropped": 0.03, "doubled": 0.05, "swapped": 0.05, "delayed": 0.03, "delay_seconds": 600,
    "secrets_per_day": 4, "revocations_per_day": 4, "revoked_seconds": 600,
}  # fmt: skip


async def day(people: int, seed: int) -> dict[str, Any]:
    """Let `people` live through a day and its faults; return what differs at its end."""
    port = free_port()
    base = f"http://world.{HOST}:{port}"
    addresses = {"wecom_base": base, "wechat_base": base, "open_base": base}
    clock_url = f"{base}/world/api/clock"
    async with (
        stand(**addresses, clock_url=clock_url) as servers,
        world_beside(servers, port, seed),
        _siyu(servers) as siyu,
        Site(servers.settings.public_base) as console,
        Site(base) as world,
    ):
        code = setup_code(servers.settings.data_dir)
        admin = Administrator("admin", secrets.token_urlsafe(12), code)
        await sign_in(console, admin)
        await connect(console, world, f"{HOST}:{servers.settings.port}")
        await open_shop(console)
        return await _Day(servers, siyu, console, world, admin).live(people, seed)


class _Siyu:
    """siyu in this process: each part works as soon as there is work for it."""

    def __init__(self, services: Runtime) -> None:
        db, clock = services.db, services.clock
        self._services = services
        reactions = rooms.reactions(services)
        self._readers = [reaction.name for reaction in reactions]
        self._sequencer = Sequencer(db, clock)
        self._nightly = NightlyReconciliation(db, clock)
        self._parts: dict[str, Callable[[], Awaitable[object]]] = {
            "greetings": rooms.welcome_sender(services).drain,
            "callbacks": InboxReader(
                db, clock, Intake(LiveCodeOrigins(), services.vaults).handlers()
            ).drain,
            "readings": partial(_exhaust, CollectWorker(db, clock).step),
            "facts": partial(_exhaust, self._sequencer.step),
            "reactions": ReactionRunner(db, clock, reactions).drain,
        }
        self._at_work: dict[str, asyncio.Task[object]] = {}
        self._hour = -1
        self._delays = True

    async def prepare(self) -> None:
        """Make ready what the loops would make ready when they begin."""
        await self._sequencer.prepare()

    async def look(self) -> dict[str, Any]:
        """Let everybody work who has something to do, for a moment; tell what is left."""
        hour = int(self._services.clock.now().timestamp() // _HOUR)
        if hour != self._hour:
            self._hour = hour
            await self._nightly.step()
        while True:
            work = await work_left(self._services.db, self._services.clock, self._readers)
            self._set_to_work(work.todo)
            if not self._at_work:
                break
            done, _ = await asyncio.wait(self._at_work.values(), timeout=_LOOK_SECONDS)
            if not done:
                break
            self._collect(done)
        self._delays = work.next_at is not None
        left: dict[str, Any] = msgspec.to_builtins(work)
        left["todo"]["parts"] = len(self._at_work)
        return left

    async def passed(self, seconds: float) -> None:
        """Let the job queue know that time moved on."""
        if seconds > 0 and self._delays:
            await time_passed(self._services.db, timedelta(seconds=seconds))

    def _set_to_work(self, todo: dict[str, int]) -> None:
        due = {name for name, count in todo.items() if count}
        if "welcomes" in due:
            due.add("greetings")  # an attempt whose lease ran out is taken over by the same part
        for name in due & self._parts.keys() - self._at_work.keys():
            self._at_work[name] = asyncio.ensure_future(self._parts[name]())

    def _collect(self, done: set[asyncio.Task[object]]) -> None:
        for name, task in list(self._at_work.items()):
            if task in done:
                del self._at_work[name]
                task.result()


class _Day:
    """The day and what becomes of it."""

    def __init__(
        self, servers: Stand, siyu: _Siyu, console: Site, world: Site, admin: Administrator
    ) -> None:
        self._servers = servers
        self._admin = admin
        self._console = console
        self._world = world
        self._driver = Driver(world, siyu)
        self._secret = ""

    async def live(self, people: int, seed: int) -> dict[str, Any]:
        """Live through it; return the figures."""
        began = time.perf_counter()
        await self._note_secret()
        await self._world.put("/world/api/clock", {"mode": "stepped"})
        await self._world.put("/world/api/faults", {"seed": seed, "all": CALLS, **LETTERS})
        life = await self._world.post("/world/api/life", {"people": people, "seed": seed})
        await self._until(life["ends"])
        # Callbacks and the administrators have an hour's rest, calls go on failing.
        await self._world.put("/world/api/faults", {"seed": seed, "all": CALLS})
        await self._until(life["ends"] + _HOUR)
        lived = time.perf_counter() - began
        found = await self._reconcile()
        picture = await compare(self._servers.db, await self._world.get("/world/api/truth"))
        life = (await self._world.get("/world/api/life"))["items"][0]
        return {
            "people": people,
            "seed": seed,
            "day_seconds": round(lived, 1),
            "seconds": round(time.perf_counter() - began, 1),
            "steps": self._driver.steps,
            "acts": life["acts"],
            "faults": await self._faults(),
            "reconciled": found,
            **picture,
        }

    async def _until(self, end: float) -> None:
        """Drive on, and look after the secret now and then as an administrator would."""
        now = (await self._world.get("/world/api/clock"))["now"]
        while now < end:
            now = min(end, now + _SECRETS_EVERY)
            await self._driver.until(now)
            await self._note_secret()

    async def _note_secret(self) -> None:
        app = (await self._world.get("/world/api/admin/app"))["items"][0]
        if app["secret"] == self._secret:
            return
        await sign_in(self._console, self._admin)
        corp = (await self._world.get("/world/api/state"))["corp"]["corpid"]
        credentials = {
            "corp_id": corp, "agent_id": app["agentid"], "secret": app["secret"]
        }  # fmt: skip
        try:
            await self._console.put("/api/connection/wecom/credentials", credentials)
        except StoryFailed:
            return  # a fault stood in the way of the proof: the next look tries again
        self._secret = app["secret"]

    async def _reconcile(self) -> dict[str, int]:
        """Run the reconciliation to its end; return the differences of all runs by kind."""
        await sign_in(self._console, self._admin)
        while True:
            run_id = (await self._console.post("/api/reconciliation"))["run_id"]
            state = "waiting"
            while state in {"waiting", "running"}:
                now = (await self._driver.settle())["now"]
                state = await self._state(run_id)
                if state in {"waiting", "running", "failed"}:
                    await self._driver.until(now + 60)
                    state = await self._state(run_id)
            if state == "done":
                break
            _log.warning("day.reconciliation_again", state=state)
            await self._note_secret()
        await self._driver.settle()
        view = await self._console.get("/api/reconciliation")
        total: dict[str, int] = {"runs": len(view["runs"])}
        for run in view["runs"]:
            for kind, count in run["differences"].items():
                total[kind] = total.get(kind, 0) + count
        return total

    async def _state(self, run_id: int) -> str:
        view = await self._console.get("/api/reconciliation")
        return next(str(run["state"]) for run in view["runs"] if run["id"] == run_id)

    async def _faults(self) -> dict[str, int]:
        """Count the faults that the world's log shows."""
        counts: dict[str, int] = {}
        before: int | None = None
        while True:
            query = {"limit": 500} | ({"before": before} if before else {})
            page = await self._world.get("/world/api/log", **query)
            for item in page["items"]:
                _, mark, fault = item["note"].partition("fault: ")
                name = fault.split(":")[0] if mark else item["note"] * (item["kind"] == "fault")
                if name:
                    counts[name] = counts.get(name, 0) + 1
            before = page["next_cursor"]
            if before is None:
                return counts


@asynccontextmanager
async def world_beside(
    servers: Stand, port: int, seed: int, *, customers: int = 300
) -> AsyncIterator[None]:
    """Run the world in its process while the block runs."""
    given = {"port": port, "seed": seed, "customers": customers}
    arguments = ["sandbox", *(part for name in given for part in (f"--{name}", str(given[name])))]
    world = Child("sandbox", arguments, child_environment(servers.settings))
    stop = asyncio.Event()
    running = asyncio.create_task(world.run(stop))
    try:
        await answering(f"http://world.{HOST}:{port}/world/api/state")
        yield
    finally:
        stop.set()
        await running


@asynccontextmanager
async def _siyu(servers: Stand) -> AsyncIterator[_Siyu]:
    """Run siyu in this process while the block runs."""
    settings = servers.settings
    async with AsyncExitStack() as stack:
        services = await stack.enter_async_context(
            runtime(settings, servers.urls, pool_size=settings.worker_pool_size)
        )
        web = Web(services)
        await stack.enter_async_context(web.running())
        await stack.enter_async_context(serving(web, settings.host, settings.port))
        siyu = _Siyu(services)
        await siyu.prepare()
        stop = asyncio.Event()
        jobs = JobWorker(servers.urls.system, rooms.handlers(services))
        working = asyncio.create_task(jobs.run(stop))
        try:
            yield siyu
        finally:
            stop.set()
            # A job that sleeps by the world's clock would sleep for ever: nobody drives any more.
            await asyncio.wait({working}, timeout=_END_SECONDS)
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)


async def open_shop(console: Site) -> None:
    """Make a live code for each channel, which welcomes with something to read."""
    material = await console.post(
        "/api/materials", {"title": "新手爸妈必读", "body": "<p>六个月起加辅食。</p>"}
    )
    await console.post(f"/api/materials/{material['id']}/publish")
    accounts = [row["id"] for row in await console.get("/api/staff-accounts") if row["can_contact"]]
    for name in _CODES:
        channel = await console.post("/api/channels", {"name": name, "kind": "parcel_card"})
        made = await console.post(
            "/api/live-codes",
            {
                "name": name,
                "channel_id": channel["id"],
                "staff_account_ids": accounts,
                "welcome": {
                    "text": "你好呀，点开看看新手爸妈必读～",
                    "attachments": [
                        {
                            "kind": "link",
                            "title": "新手爸妈必读",
                            "url": f"{console.base}{material['url']}",
                        }
                    ],
                },
            },
        )
        await until(name, partial(_active, console, made["id"]), seconds=_PATIENCE_SECONDS)


async def _active(console: Site, code_id: int) -> bool:
    row = await console.get(f"/api/live-codes/{code_id}")
    if row["state"] == "failed":
        raise StoryFailed(row["problem"])
    return bool(row["state"] == "active")


async def _exhaust(step: Callable[[], Awaitable[int]]) -> None:
    while await step():
        pass
