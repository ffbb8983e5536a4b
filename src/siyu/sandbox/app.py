"""The app: the gate of the server API in front, pages and control API behind, one world."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from functools import cache
from typing import Any, TypeGuard, cast

import httpx
from litestar import Litestar
from litestar.config.cors import CORSConfig
from litestar.di import Provide
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, LifeSpanScope, LifeSpanSend, Receive, Scope, Send

from siyu.sandbox.api import (
    acquisition,
    app_chats,
    app_messages,
    archive,
    behaviour,
    customers,
    directory,
    directory_changes,
    group_statistics,
    group_welcomes,
    groups,
    identities,
    join_ways,
    licences,
    mass_messages,
    media,
    moment_records,
    moments,
    service_accounts,
    service_figures,
    service_messages,
    tags,
    tokens,
    transfers,
    url_uploads,
    ways,
    welcome,
)
from siyu.sandbox.api.call import Endpoint
from siyu.sandbox.api.gate import Gate
from siyu.sandbox.callbacks.office import PostOffice
from siyu.sandbox.callbacks.pushes import PushOffice
from siyu.sandbox.control import pages, problems
from siyu.sandbox.control.acquisition import AcquisitionController
from siyu.sandbox.control.admin import AdminController
from siyu.sandbox.control.app_messages import AppMessagesController
from siyu.sandbox.control.archive import ArchiveController
from siyu.sandbox.control.course import CourseController
from siyu.sandbox.control.directory import DirectoryController
from siyu.sandbox.control.groups import GroupsController
from siyu.sandbox.control.guard import HERE, LOCAL_ORIGIN
from siyu.sandbox.control.licences import LicencesController
from siyu.sandbox.control.life import LifeController
from siyu.sandbox.control.mass import MassController
from siyu.sandbox.control.moments import PeopleMomentsController, StaffMomentsController
from siyu.sandbox.control.parts import Life
from siyu.sandbox.control.pay import PayController
from siyu.sandbox.control.people import PeopleController
from siyu.sandbox.control.service import ServiceController
from siyu.sandbox.control.staff import StaffController
from siyu.sandbox.control.tags import TagsController
from siyu.sandbox.control.transfers import TransfersController
from siyu.sandbox.control.truth import TruthController
from siyu.sandbox.control.wechat import (
    AccountsController,
    MiniPeopleController,
    OfficialPeopleController,
)
from siyu.sandbox.hosts import LoopbackTransport
from siyu.sandbox.pay.door import PayDoor
from siyu.sandbox.pay.notices import PayNotices
from siyu.sandbox.people.browser import Browser
from siyu.sandbox.people.burst import Bursts
from siyu.sandbox.people.population import Population
from siyu.sandbox.people.shop import ShopSystem
from siyu.sandbox.people.story import Storyteller
from siyu.sandbox.settings import SandboxSettings
from siyu.sandbox.store.database import open_pool
from siyu.sandbox.store.journal import Journal
from siyu.sandbox.wechat import followers, mini, official
from siyu.sandbox.wechat import messages as wechat_messages
from siyu.sandbox.world import wechat
from siyu.sandbox.world.acquisition import resume as resume_acquisition
from siyu.sandbox.world.archive import attach as attach_archive
from siyu.sandbox.world.faults import Dice
from siyu.sandbox.world.seed import sow
from siyu.sandbox.world.state import World
from siyu.sandbox.world.transfers import resume as resume_transfers

_OUTGOING_SECONDS = 15.0


def endpoints() -> tuple[Endpoint, ...]:
    """Return the whole table of the server API."""
    return (
        *tokens.ENDPOINTS,
        *directory.ENDPOINTS,
        *directory_changes.ENDPOINTS,
        *customers.ENDPOINTS,
        *tags.ENDPOINTS,
        *ways.ENDPOINTS,
        *welcome.ENDPOINTS,
        *groups.ENDPOINTS,
        *group_statistics.ENDPOINTS,
        *join_ways.ENDPOINTS,
        *group_welcomes.ENDPOINTS,
        *mass_messages.ENDPOINTS,
        *moments.ENDPOINTS,
        *moment_records.ENDPOINTS,
        *transfers.ENDPOINTS,
        *acquisition.ENDPOINTS,
        *media.ENDPOINTS,
        *url_uploads.ENDPOINTS,
        *app_messages.ENDPOINTS,
        *app_chats.ENDPOINTS,
        *licences.ENDPOINTS,
        *behaviour.ENDPOINTS,
        *identities.ENDPOINTS,
        *service_accounts.ENDPOINTS,
        *service_messages.ENDPOINTS,
        *service_figures.ENDPOINTS,
        *archive.ENDPOINTS,
        *official.ENDPOINTS,
        *followers.ENDPOINTS,
        *wechat_messages.ENDPOINTS,
        *mini.ENDPOINTS,
    )


class Sandbox:
    """The running world with everything that moves it."""

    def __init__(self, world: World, http: httpx.AsyncClient) -> None:
        self.world = world
        self.http = http
        self.dice = Dice(world)
        self.office = PostOffice(world, self.dice)
        self.pushes = PushOffice(world)
        self.notices = PayNotices(world, http)
        self.browser = Browser(world, http)
        self.shop = ShopSystem(world, http)
        self.storyteller = Storyteller(world, self.browser, self.shop)
        self.bursts = Bursts(world)
        self.population = Population(world, self.browser, self.shop)
        self.url_uploads = url_uploads.UrlUploads(world, http)
        self.gate = Gate(world, endpoints(), self.dice)

    def quiet(self) -> bool:
        """Whether no request and no callback is under way; the rest is the agenda's to know."""
        return self.gate.in_flight == 0 and self.office.idle


@contextlib.asynccontextmanager
async def running(settings: SandboxSettings) -> AsyncIterator[Sandbox]:
    """Open the world's database, load or sow the world, and let it move until the end."""
    pool = await open_pool(settings.database_url)
    journal = Journal(pool)
    first_log_id = await pool.fetchval("select coalesce(max(id), 0) + 1 from world_log")
    world = World(settings, pool, journal, first_log_id)
    await world.load()
    if len(world.corps):
        world.forget_old()
    else:
        sow(world)
    wechat.settle(world)
    committing = asyncio.create_task(journal.run())
    await journal.settled()
    http = httpx.AsyncClient(
        transport=LoopbackTransport(limits=httpx.Limits(max_connections=200)),
        timeout=_OUTGOING_SECONDS,
        trust_env=False,
    )
    sandbox = Sandbox(world, http)
    sandbox.office.resume()
    sandbox.pushes.resume()
    sandbox.notices.resume()
    sandbox.storyteller.resume()
    sandbox.bursts.resume()
    sandbox.url_uploads.resume()
    resume_transfers(world)
    attach_archive(world)
    resume_acquisition(world)
    sandbox.dice.resume()
    sandbox.population.resume()
    moving = [asyncio.create_task(run()) for run in (sandbox.office.run, world.agenda.run)]
    try:
        yield sandbox
    finally:
        world.feed.close()
        await sandbox.storyteller.finish()
        await sandbox.bursts.finish()
        await world.agenda.finish()
        for task in moving:
            task.cancel()
        await asyncio.gather(*moving, return_exceptions=True)
        sandbox.pushes.close()
        await http.aclose()
        journal.close()
        await committing
        await pool.close()


def is_http(scope: Scope) -> TypeGuard[HTTPScope]:
    """Whether the scope is of an HTTP request."""
    return scope["type"] == ScopeType.HTTP


def _provide(part: Callable[[Sandbox], Any]) -> Provide:
    def give(scope: Scope) -> Any:
        return part(scope["state"][HERE])

    return Provide(give, sync_to_thread=False, use_cache=False)


@cache
def _pages() -> Litestar:
    """Return pages and control API: the same for all worlds, for making them takes a while."""
    return Litestar(
        route_handlers=[
            CourseController,
            PeopleController,
            StaffController,
            MassController,
            StaffMomentsController,
            PeopleMomentsController,
            TransfersController,
            AcquisitionController,
            AppMessagesController,
            DirectoryController,
            LicencesController,
            GroupsController,
            ServiceController,
            ArchiveController,
            AdminController,
            TagsController,
            LifeController,
            TruthController,
            AccountsController,
            OfficialPeopleController,
            MiniPeopleController,
            PayController,
            PayDoor,
            pages.OpenController,
            pages.PictureController,
            pages.ShopController,
            pages.StaticController,
        ],
        dependencies={
            "world": _provide(lambda s: s.world),
            "office": _provide(lambda s: s.office),
            "http": _provide(lambda s: s.http),
            "shop": _provide(lambda s: s.shop),
            "storyteller": _provide(lambda s: s.storyteller),
            "bursts": _provide(lambda s: s.bursts),
            "notices": _provide(lambda s: s.notices),
            "dice": _provide(lambda s: s.dice),
            "population": _provide(lambda s: s.population),
            "quiet": _provide(lambda s: s.quiet),
            "life": _provide(lambda s: Life(s.world, s.browser, s.shop)),
        },
        exception_handlers=problems.HANDLERS,
        cors_config=CORSConfig(allow_origins=[], allow_origin_regex=LOCAL_ORIGIN),
        openapi_config=None,
        logging_config=None,
    )


class SandboxApp:
    """The ASGI app of one world, which lives as long as the server runs."""

    def __init__(self, settings: SandboxSettings) -> None:
        self.sandbox: Sandbox | None = None
        self._settings = settings
        self._pages = _pages()

    async def __call__(
        self, scope: Scope | LifeSpanScope, receive: Receive, send: Send | LifeSpanSend
    ) -> None:
        """Lead calls of the server API to the gate, everything else to the pages."""
        if scope["type"] == "lifespan":
            await self._live(receive, cast("LifeSpanSend", send))
        else:
            await self._answer(scope, receive, cast("Send", send))

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        sandbox = self.sandbox
        if is_http(scope) and sandbox is not None and sandbox.gate.knows(scope["path"]):
            await sandbox.gate(scope, receive, send)
        else:
            scope.setdefault("state", {})[HERE] = sandbox
            await self._pages(scope, receive, send)

    async def _live(self, receive: Receive, send: LifeSpanSend) -> None:
        """Begin the world when the server starts, and end it when the server stops."""
        await receive()
        try:
            async with running(self._settings) as self.sandbox:
                await send({"type": "lifespan.startup.complete"})
                await receive()
        except Exception as error:
            if self.sandbox is None:
                await send({"type": "lifespan.startup.failed", "message": str(error)})
            else:
                await send({"type": "lifespan.shutdown.failed", "message": str(error)})
            raise
        await send({"type": "lifespan.shutdown.complete"})


def create_app(settings: SandboxSettings) -> ASGIApp:
    """Return the app of one world."""
    return SandboxApp(settings)
