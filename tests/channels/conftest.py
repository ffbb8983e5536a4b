"""A played WeCom, and clients that call it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import httpx
import pytest
from played import Naps, PlayedServer

from siyu.channels.wecom.client import WecomClient
from siyu.channels.wecom.credentials import AppCredentials
from siyu.channels.wecom.gateway import CallRecord, WecomGateway
from siyu.channels.wecom.quota import Governor
from siyu.channels.wecom.tokens import InProcessTokenStore
from siyu.core.clock import FixedClock
from siyu.core.http import http_client
from tests.proofs import hold


@pytest.fixture
async def wecom() -> AsyncIterator[PlayedServer]:
    played = PlayedServer()
    running: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        running.add(task)
        try:
            await played.connected(reader, writer)
        finally:
            running.discard(task)

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    played.port = server.sockets[0].getsockname()[1]
    yield played
    server.close()
    for task in list(running):
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    await server.wait_closed()


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with http_client() as client:
        yield client


@pytest.fixture
def naps(clock: FixedClock) -> Naps:
    return Naps(clock)


@pytest.fixture
def app() -> AppCredentials:
    return AppCredentials("ww1", 1000002, "the-secret-of-the-app")


@pytest.fixture
def observed() -> list[CallRecord]:
    return []


@pytest.fixture
async def gateway(
    wecom: PlayedServer,
    http: httpx.AsyncClient,
    clock: FixedClock,
    naps: Naps,
    observed: list[CallRecord],
    request: pytest.FixtureRequest,
) -> AsyncIterator[WecomGateway]:
    made = WecomGateway(
        http,
        InProcessTokenStore(clock),
        clock,
        base=wecom.base,
        governor=Governor(clock, sleep=naps),
        sleep=naps,
        observe=observed.append,
    )
    yield made
    await made.aclose()
    hold(request.node, observed)


@pytest.fixture
def client(gateway: WecomGateway, app: AppCredentials) -> WecomClient:
    return WecomClient(gateway, app)
