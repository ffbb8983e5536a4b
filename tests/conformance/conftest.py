"""A world of its own for every test, and a client of the gateway's that speaks to it."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from siyu.channels.wecom.client import WecomClient
from siyu.channels.wecom.credentials import AppCredentials
from siyu.channels.wecom.gateway import WecomGateway
from siyu.channels.wecom.tokens import InProcessTokenStore
from siyu.core.clock import SystemClock
from siyu.core.http import http_client
from siyu.core.postgres import EmbeddedPostgres
from siyu.sandbox.server import serve
from siyu.sandbox.settings import SandboxSettings
from tests.conformance.meeting import AGENT, Meeting
from tests.ports import reserved_port
from tests.proofs import Answered, hold


@pytest.fixture
def port() -> Iterator[int]:
    with reserved_port() as port:
        yield port


@pytest.fixture
async def met(
    postgres: EmbeddedPostgres, port: int, request: pytest.FixtureRequest
) -> AsyncIterator[Meeting]:
    name = f"meeting_{uuid.uuid4().hex}"
    settings = SandboxSettings(
        database_url=f"postgresql+asyncpg://postgres@/{name}?host={postgres.socket_dir}",
        port=port,
        base_url=f"http://world.siyu.localhost:{port}",
        customers=130,
    )
    stop = asyncio.Event()
    serving = asyncio.create_task(serve(settings, stop))
    clock = SystemClock()
    async with http_client() as http:
        while True:
            assert not serving.done(), serving.exception()
            try:
                state = (await http.get(f"{settings.base_url}/world/api/state")).json()
                break
            except httpx.ConnectError:
                await asyncio.sleep(0.02)
        answers: list[Answered] = []
        gateway = WecomGateway(
            http, InProcessTokenStore(clock), clock, base=settings.base_url, observe=answers.append
        )
        secret = next(app["secret"] for app in state["apps"] if app["agentid"] == AGENT)
        app = AppCredentials(state["corp"]["corpid"], AGENT, secret)
        yield Meeting(http, settings.base_url, state, WecomClient(gateway, app), gateway, answers)
        await gateway.aclose()
        stop.set()
        await serving
    hold(request.node, answers)
