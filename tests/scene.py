"""A simulated corporation and siyu's growth pipeline around it, over real HTTP, for tests."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from sqlalchemy import select

from siyu.accounts.connections.directory import read_directory, store_directory
from siyu.accounts.connections.refresh import refresh_handler
from siyu.accounts.models import StaffAccount
from siyu.accounts.tenants import Vaults, open_tenant
from siyu.channels.wecom.client import WecomClient
from siyu.channels.wecom.credentials import AppCredentials
from siyu.channels.wecom.crypto import CallbackCrypto
from siyu.channels.wecom.door import PREFIX, CallbackDoor
from siyu.channels.wecom.gateway import WecomGateway
from siyu.channels.wecom.inbox import InboxWriter
from siyu.channels.wecom.reader import InboxReader
from siyu.channels.wecom.tokens import InProcessTokenStore
from siyu.core.clock import SystemClock
from siyu.core.context import SYSTEM_ACTOR, Actor, Context
from siyu.core.db import Database
from siyu.core.doors import Door, Handler
from siyu.core.files import Files
from siyu.core.http import http_client
from siyu.core.jobs import JobWorker
from siyu.core.postgres import EmbeddedPostgres
from siyu.core.stream.reactions import ReactionRunner
from siyu.core.stream.sequencer import Sequencer
from siyu.core.vault import MasterKey
from siyu.growth.live_codes import jobs as live_code_jobs
from siyu.growth.live_codes import reactions as live_code_reactions
from siyu.growth.live_codes.plans import LiveCodeOrigins, LiveCodePlans
from siyu.messaging.media import MediaKeeper
from siyu.messaging.welcomes import WelcomeSender
from siyu.people import jobs as people_jobs
from siyu.people.contacts.intake import Intake
from siyu.sandbox.server import serve
from siyu.sandbox.settings import SandboxSettings
from tests.nearby import local_client
from tests.ports import reserved_port

MASTER_KEY = b"0123456789abcdef0123456789abcdef"
AGENT = 1_000_002
PUBLIC_BASE = "http://siyu.example.test"
"""Where customers reach siyu, as addresses it sends say."""
TOKEN = "hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EYo"
AES_KEY = "6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt"


class Server(uvicorn.Server):
    """Leaves signals to the test run."""

    def capture_signals(self) -> Any:
        return nullcontext()


@dataclass
class Scene:
    """A connected tenant; what siyu does goes on in the background while the scene is open."""

    db: Database
    clock: SystemClock
    tenant_id: int
    world: httpx.AsyncClient
    client: WecomClient
    vaults: Vaults
    files: Files
    reader: InboxReader
    sender: WelcomeSender
    media: MediaKeeper
    proofs: int = 0

    @asynccontextmanager
    async def ctx(self, actor: Actor = SYSTEM_ACTOR) -> AsyncIterator[Context]:
        async with self.db.tenant(self.tenant_id) as session:
            yield Context(self.tenant_id, actor, self.clock, session)

    async def control(self, method: str, path: str, body: Any = None) -> Any:
        response = await self.world.request(method, f"/world/api/{path}", json=body)
        assert response.status_code < 300, response.text
        return response.json() if response.content else None

    async def person(self) -> dict[str, Any]:
        return dict(await self.control("POST", "people", {}))

    async def scan(self, person: int, config_id: str) -> dict[str, Any]:
        return dict(await self.control("POST", f"people/{person}/scan", {"config_id": config_id}))

    async def chats(self, person: int) -> list[dict[str, Any]]:
        found = await self.control("GET", f"people/{person}/chats")
        return [message for chat in found["items"] for message in chat["messages"]]

    async def staff(self) -> dict[str, int]:
        async with self.ctx() as ctx:
            rows = await ctx.session.execute(
                select(StaffAccount.userid, StaffAccount.id)
                .where(StaffAccount.can_contact)
                .order_by(StaffAccount.id)
            )
            return {row.userid: row.id for row in rows}


class Keys:
    def __init__(self, tenant_id: int, corp_id: str) -> None:
        self._found = (tenant_id, CallbackCrypto(TOKEN, AES_KEY, corp_id))
        self.proofs = 0

    async def of(self, slug: str) -> tuple[int, CallbackCrypto] | None:
        return self._found if slug == "s1" else None

    async def proven(self, tenant_id: int) -> None:
        assert tenant_id == self._found[0]
        self.proofs += 1


class OneClient:
    def __init__(self, client: WecomClient) -> None:
        self._client = client

    async def client(self, _: int) -> WecomClient:
        return self._client


async def until(condition: Callable[[], Awaitable[Any]]) -> Any:
    """Wait until the condition holds; the suite's time-out ends what never comes."""
    while True:
        if value := await condition():
            return value
        await asyncio.sleep(0.05)


@asynccontextmanager
async def open_world(
    postgres: EmbeddedPostgres, customers: int
) -> AsyncIterator[tuple[httpx.AsyncClient, dict[str, Any]]]:
    """Start a world of its own; yields a client of it, and its state."""
    name = f"world_{uuid.uuid4().hex}"
    with reserved_port() as port:
        settings = SandboxSettings(
            database_url=f"postgresql+asyncpg://postgres@/{name}?host={postgres.socket_dir}",
            port=port,
            base_url=f"http://world.siyu.localhost:{port}",
            customers=customers,
        )
        stop = asyncio.Event()
        serving = asyncio.create_task(serve(settings, stop))
        async with local_client(base_url=f"http://127.0.0.1:{port}", timeout=120) as world:
            try:
                yield world, await _awake(world, serving)
            finally:
                stop.set()
                await serving


@asynccontextmanager
async def open_door(handler: Handler) -> AsyncIterator[str]:
    """Serve a public door; yields its address."""
    config = uvicorn.Config(
        Door(handler), host="127.0.0.1", port=0, lifespan="off", log_level="error"
    )
    server = Server(config)
    serving = asyncio.create_task(server.serve())
    try:
        while not server.started:  # noqa: ASYNC110 - the library sets a plain flag
            await asyncio.sleep(0.02)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving


@asynccontextmanager
async def open_gateway(clock: SystemClock, base: str) -> AsyncIterator[WecomGateway]:
    """Open a gateway to the world."""
    http = http_client()
    gateway = WecomGateway(http, InProcessTokenStore(clock), clock, base=base)
    try:
        yield gateway
    finally:
        await gateway.aclose()
        await http.aclose()


@asynccontextmanager
async def open_scene(
    postgres: EmbeddedPostgres,
    db: Database,
    folder: Path,
    *,
    customers: int = 20,
    running: bool = True,
) -> AsyncIterator[Scene]:
    """Start a world, connect siyu to it, and run siyu's part while the block runs.

    Without `running`, callbacks are stored but neither welcomes nor the reader begin by themselves.
    """
    clock = SystemClock()
    vaults = Vaults(MasterKey(MASTER_KEY))
    async with AsyncExitStack() as open_things:
        world, state = await open_things.enter_async_context(open_world(postgres, customers))
        gateway = await open_things.enter_async_context(
            open_gateway(clock, str(world.base_url).rstrip("/"))
        )
        http = await open_things.enter_async_context(http_client())
        app = next(item for item in state["apps"] if item["agentid"] == AGENT)
        corp_id = state["corp"]["corpid"]
        client = WecomClient(gateway, AppCredentials(corp_id, AGENT, app["secret"]))
        tenant_id = await open_tenant(
            db, clock, MasterKey(MASTER_KEY), name="小鲸鱼", host=f"{uuid.uuid4().hex}.test"
        )
        await store_directory(db, clock, tenant_id, await read_directory(client))
        wecom, origins, files = OneClient(client), LiveCodeOrigins(), Files(f"file://{folder}")
        sender = WelcomeSender(db, clock, wecom, LiveCodePlans(PUBLIC_BASE))
        reader = InboxReader(db, clock, Intake(origins, vaults).handlers())
        writer = InboxWriter(db.ingest)
        open_things.push_async_callback(writer.close)
        keys = Keys(tenant_id, corp_id)
        address = await open_things.enter_async_context(
            open_door(CallbackDoor(keys, writer, clock).serve)
        )
        sequencer = Sequencer(db, clock)
        await sequencer.prepare()
        handlers = [
            refresh_handler(db, clock, wecom),
            *people_jobs.handlers(db, clock, wecom, vaults, origins),
            *live_code_jobs.handlers(db, clock, wecom, files, http),
        ]
        loops = [
            sequencer.run,
            ReactionRunner(db, clock, live_code_reactions.reactions()).run,
            JobWorker(db.urls.system, handlers).run,
            *([sender.run, reader.run] if running else []),
        ]
        await open_things.enter_async_context(looping(loops))
        scene = Scene(
            db=db,
            clock=clock,
            tenant_id=tenant_id,
            world=world,
            client=client,
            vaults=vaults,
            files=files,
            reader=reader,
            sender=sender,
            media=MediaKeeper(db, clock, wecom, files),
        )
        # A busy machine is not what is tested: callbacks may be answered late.
        await scene.control("PUT", "admin/switches", {"verify_seconds": 60, "callback_seconds": 60})
        await scene.control(
            "PUT",
            f"admin/app/{AGENT}/callback",
            {"url": f"{address}{PREFIX}s1", "token": TOKEN, "aes_key": AES_KEY},
        )
        scene.proofs = keys.proofs
        yield scene


@asynccontextmanager
async def looping(
    loops: Sequence[Callable[[asyncio.Event], Awaitable[None]]],
) -> AsyncIterator[None]:
    """Run loops while the block runs."""
    stop = asyncio.Event()
    tasks = [asyncio.ensure_future(loop(stop)) for loop in loops]
    try:
        yield
    finally:
        stop.set()
        await asyncio.gather(*tasks)


async def _awake(world: httpx.AsyncClient, serving: asyncio.Task[Any]) -> dict[str, Any]:
    while True:
        assert not serving.done(), serving.exception()
        try:
            return dict((await world.get("/world/api/state")).json())
        except httpx.ConnectError:
            await asyncio.sleep(0.02)
