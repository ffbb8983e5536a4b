"""The web process: public doors first, then the application."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final, cast

from litestar import Litestar
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from sqlalchemy import text

from siyu import rooms
from siyu.accounts.connections.gateways import (
    OfficialPushKeys,
    SuiteCallbackKeys,
    TenantCallbackKeys,
)
from siyu.accounts.dependencies import provide_ctx, provide_principal, provide_visitor
from siyu.accounts.setup_code import setup_code
from siyu.channels.wechat.door import PREFIX as PUSH_PREFIX
from siyu.channels.wechat.door import OfficialDoor
from siyu.channels.wecom.door import PREFIX as CALLBACK_PREFIX
from siyu.channels.wecom.door import SUITE_PREFIX, CallbackDoor
from siyu.channels.wecom.inbox import InboxWriter, suite_letter_of
from siyu.commerce.door import OrderDoor
from siyu.commerce.sources import ORDERS_PATH
from siyu.composition import (
    AttributedSales,
    BesideAudiences,
    CheckedRules,
    HeardMessages,
    KnownCrowds,
    Panels,
    PersonSources,
)
from siyu.content.collection.door import inbox
from siyu.content.doors import doors as content_doors
from siyu.content.pages.gate import OfficialAccountGate
from siyu.conversations.official_account import OfficialLetters
from siyu.conversion.attribution.service import recipient_of
from siyu.core.doors import Door
from siyu.core.realtime import Hub
from siyu.core.web import problems
from siyu.core.web.api_page import PATHS as API_PAGE_PATHS
from siyu.core.web.api_page import api_page
from siyu.core.web.asgi import ASGIApp, Receive, Scope, Send, respond
from siyu.core.web.guard import Guard
from siyu.core.web.health import PATHS as HEALTH_PATHS
from siyu.core.web.health import Health
from siyu.core.web.requests import PlainRequest
from siyu.core.web.static import StaticFiles
from siyu.growth.live_codes.faces import picture_of_own_code
from siyu.growth.live_codes.plans import LiveCodeOrigins
from siyu.messaging.touches import find_touch
from siyu.people.audiences.asking import Asker
from siyu.people.audiences.copies import Copies
from siyu.people.audiences.terms import Names
from siyu.people.audiences.uses import Uses
from siyu.people.exchange.imported import people_of
from siyu.people.lists.finding import CustomerFinder
from siyu.people.lists.ranks import Ranks
from siyu.people.lists.warming import Warming
from siyu.people.rules.answers.sets import Sets, Standing
from siyu.quiet import PATH as QUIET_PATH
from siyu.quiet import quiet_door
from siyu.runtime import Runtime

STATIC: Final = Path(__file__).parent / "static"
_VERIFICATION: Final = ("/WW_verify_", "/MP_verify_")
_KEPT_BYTES: Final = 512 << 20
"""What a web process may keep of answers about people; as much of owners, and of orders."""
_OAUTH: Final = frozenset({"/staff/signin", "/staff/oauth"})


class Web:
    """The web application of one process."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self.closing = asyncio.Event()
        self.hub = Hub(runtime.db)
        keys = TenantCallbackKeys(runtime.db, runtime.vaults, runtime.clock)
        self._inbox = InboxWriter(runtime.db.ingest)
        self._callbacks = Door(CallbackDoor(keys, self._inbox, runtime.clock).serve)
        suites = SuiteCallbackKeys(runtime.db, runtime.vaults, runtime.clock)
        self._instructions = Door(
            CallbackDoor(
                suites, self._inbox, runtime.clock, prefix=SUITE_PREFIX, letter=suite_letter_of
            ).serve
        )
        pushes = OfficialPushKeys(runtime.db, runtime.vaults, runtime.clock)
        letters = OfficialLetters(runtime.db, runtime.clock)
        self._health = Health(
            {"database": self._database_lives, "analytics": runtime.analytics.ping},
            vital=frozenset({"database"}),
        )
        standing = Standing(runtime.db)
        self._sets = Sets(runtime.analytics, standing, kept_bytes=_KEPT_BYTES)
        self._ranks = Ranks(runtime.analytics, standing, kept_bytes=_KEPT_BYTES)
        self._application = self._guarded(cast("ASGIApp", create_litestar(self._provided())))
        self._collected = inbox(runtime.db)
        self._doors: dict[str, ASGIApp] = {
            CALLBACK_PREFIX: self._callbacks,
            SUITE_PREFIX: self._instructions,
            PUSH_PREFIX: Door(OfficialDoor(pushes, letters, runtime.clock).serve),
            **content_doors(
                db=runtime.db,
                clock=runtime.clock,
                settings=runtime.settings,
                files=runtime.files,
                signer=runtime.signer,
                gate=OfficialAccountGate(runtime.official_accounts, runtime.settings),
                inbox=self._collected,
                find_touch=find_touch,
                add_code=picture_of_own_code,
            ),
            ORDERS_PATH: Door(
                OrderDoor(runtime.db, runtime.clock, runtime.vaults, recipient_of).handle
            ),
        }
        self._exact: dict[str, ASGIApp] = {
            "/": _to_console,
            **dict.fromkeys(HEALTH_PATHS, self._health),
            **dict.fromkeys(API_PAGE_PATHS, api_page),
        }
        if runtime.settings.clock_url is not None:
            readers = [reaction.name for reaction in rooms.reactions(runtime)]
            self._exact[QUIET_PATH] = Door(quiet_door(runtime.db, runtime.clock, readers))
        self._pages: dict[str, ASGIApp] = {
            "/console": self._guarded(StaticFiles(STATIC / "console", "/console")),
            "/staff": self._guarded(StaticFiles(STATIC / "staff", "/staff")),
            "/static": StaticFiles(STATIC, "/static", index=False),
        }

    def _guarded(self, app: ASGIApp) -> ASGIApp:
        return Guard(app, frame_ancestors=self._runtime.settings.frame_ancestors)

    def _provided(self) -> dict[str, Any]:
        runtime = self._runtime
        origins, panels = LiveCodeOrigins(), Panels()
        sets, ranks = self._sets, self._ranks
        copies, names = Copies(), Names(origins, panels)
        return {
            "settings": runtime.settings,
            "clock": runtime.clock,
            "db": runtime.db,
            "vaults": runtime.vaults,
            "tenants": runtime.tenants,
            "files": runtime.files,
            "analytics": runtime.analytics,
            "http": runtime.http,
            "wecom": runtime.wecom,
            "official_accounts": runtime.official_accounts,
            "hub": self.hub,
            "origins": origins,
            "sales": AttributedSales(),
            "panels": panels,
            "sets": sets,
            "finder": CustomerFinder(
                runtime.db, runtime.clock, sets, ranks, copies, names, people_of
            ),
            "asker": Asker(runtime.db, runtime.clock, sets, copies, names),
            "crowds": KnownCrowds(Uses(sets, copies)),
            "rule_checks": CheckedRules(names),
            "other_rooms": BesideAudiences(),
            "sources": PersonSources(),
            "message_sources": HeardMessages(),
            "closing": self.closing,
            "setup_code": setup_code(runtime.settings.data_dir),
            "job_handlers": {handler.kind.name: handler for handler in rooms.handlers(runtime)},
        }

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Keep the doors' writers and the hub running while the block runs."""
        stop = asyncio.Event()
        warming = Warming(self._runtime.analytics, self._sets, self._ranks)
        tasks = [
            asyncio.create_task(self.hub.run(stop)),
            asyncio.create_task(warming.run(stop)),
        ]
        self._collected.start()
        try:
            yield
        finally:
            stop.set()
            self.closing.set()
            try:
                await asyncio.gather(*tasks)
            finally:
                await self._inbox.close()
                await self._collected.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        await self._door(scope["path"])(scope, receive, send)

    def _door(self, path: str) -> ASGIApp:
        head, slash, _ = path.rpartition("/")
        # A door stands for one path, or for everything below one that ends in a slash.
        door = self._exact.get(path) or self._doors.get(path) or self._doors.get(head + slash)
        if door is not None:
            return door
        if path.startswith(_VERIFICATION):
            return self._verification
        area = "/" + path.split("/", 2)[1]
        if area in self._pages and path not in _OAUTH:
            return self._pages[area]
        return self._application

    async def _verification(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = f"/verification{scope['path']}"
        moved = {**scope, "path": path, "raw_path": path.encode()}
        await self._application(moved, receive, send)

    async def _database_lives(self) -> bool:
        try:
            async with asyncio.timeout(2), self._runtime.db.system() as session:
                await session.execute(text("select 1"))
        except Exception:  # noqa: BLE001 - whatever stands in the way, the answer is no
            return False
        return True


async def _to_console(_scope: Scope, _receive: Receive, send: Send) -> None:
    """Lead whoever typed only the host name to the console."""
    await respond(send, 302, headers=((b"location", b"/console/"),))


def create_litestar(provided: Mapping[str, Any]) -> Litestar:
    """Return the application behind the public doors; `provided` is what handlers may ask for."""
    return Litestar(
        route_handlers=rooms.controllers(),
        dependencies={
            **{name: _constant(value) for name, value in provided.items()},
            "ctx": Provide(provide_ctx),
            "principal": Provide(provide_principal),
            "visitor": Provide(provide_visitor),
        },
        exception_handlers=problems.HANDLERS,
        request_class=PlainRequest,
        openapi_config=OpenAPIConfig(
            title="siyu",
            version="1",
            description="siyu 私域：企业自己的客户，自己的数据。",
            path="/api/docs",
            render_plugins=[JsonRenderPlugin(path="/openapi.json")],
            use_handler_docstrings=True,
        ),
        request_max_body_size=12 * 1024 * 1024,
        logging_config=None,
    )


def openapi_document() -> dict[str, Any]:
    """Return the API's description, without any service running."""
    names = (
        "settings",
        "clock",
        "db",
        "vaults",
        "tenants",
        "files",
        "analytics",
        "http",
        "wecom",
        "official_accounts",
        "hub",
        "origins",
        "sales",
        "panels",
        "sets",
        "asker",
        "finder",
        "crowds",
        "rule_checks",
        "other_rooms",
        "sources",
        "message_sources",
        "closing",
        "setup_code",
        "job_handlers",
    )
    return create_litestar(dict.fromkeys(names)).openapi_schema.to_schema()


def _constant(value: Any) -> Provide:
    async def give() -> Any:
        return value

    return Provide(give)
