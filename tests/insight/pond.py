"""An enterprise with two staff accounts and four customers, seen through its HTTP doors."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import httpx
from litestar import Litestar
from litestar.di import Provide
from sqlalchemy import select

from siyu.accounts import sessions
from siyu.accounts.connections.models import WecomConnection
from siyu.accounts.dependencies import provide_ctx, provide_principal
from siyu.accounts.models import Employee, StaffAccount, Tenant
from siyu.accounts.tenancy import TenantDirectory
from siyu.commerce.models import OrderSource, SalesOrder
from siyu.content.models import Material
from siyu.core.clock import FixedClock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database
from siyu.core.db.directory import register_host
from siyu.core.ids import slug
from siyu.core.realtime import Hub
from siyu.core.settings import Settings
from siyu.core.web import problems
from siyu.facts.commerce import OrderAttributed, OrderPaid, OrderRefunded
from siyu.facts.content import MaterialViewed
from siyu.facts.growth import ChannelExposed
from siyu.facts.messaging import WelcomeGivenUp, WelcomeSent
from siyu.growth.channels.models import Channel
from siyu.insight.routes import controllers
from siyu.people.contacts.service import note
from siyu.people.contacts.turns import Turn
from siyu.people.identity.identities import identify
from siyu.people.models import Identity


@dataclass
class Pond:
    """The enterprise; `ids` are its things by name."""

    db: Database
    clock: FixedClock
    tenant_id: int
    host: str
    ids: dict[str, int] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def work(self):
        return _Work(self)

    async def employ(self, name: str, role: str, scope: str, *, serves: bool) -> None:
        """Hire someone, with an account where they serve customers, and sign them in."""
        async with self.work() as ctx:
            employee = Employee(
                tenant_id=self.tenant_id,
                name=name,
                role=role,
                scope=scope,
                created_at=self.clock.now(),
            )
            ctx.session.add(employee)
            await ctx.session.flush()
            if serves:
                account = StaffAccount(
                    tenant_id=self.tenant_id,
                    userid=name,
                    employee_id=employee.id,
                    name=name,
                    department_ids=[1],
                    can_contact=True,
                )
                ctx.session.add(account)
                await ctx.session.flush()
                self.ids[name] = account.id
            self.tokens[name] = await sessions.begin(ctx, employee, self.ids.get(name))

    async def pass_days(self, days: int, name: str) -> None:
        """Let days go by, after which somebody signs in anew."""
        self.clock.advance(timedelta(days=days))
        async with self.work() as ctx:
            employee = await ctx.session.scalar(select(Employee).where(Employee.name == name))
            self.tokens[name] = await sessions.begin(ctx, employee, self.ids.get(name))

    async def befriend(self, person: str, staff: str, channel: str | None = None) -> None:
        """Let a person add a staff account now."""
        async with self.work() as ctx:
            identity = await identify(ctx, "external_userid", "", f"wm-{person}")
            self.ids[person] = identity.id
            turn = Turn(self.clock.now(), "added", channel_id=self.ids.get(channel or ""))
            await note(ctx, identity, self.ids[staff], turn)
            ctx.announce(
                WelcomeSent(seconds=1.25), identity_id=identity.id, staff_account_id=self.ids[staff]
            )

    async def miss_the_welcome(self, person: str, staff: str) -> None:
        """Let a person get no welcome now."""
        async with self.work() as ctx:
            ctx.announce(
                WelcomeGivenUp(reason="too_late"),
                identity_id=self.ids[person],
                staff_account_id=self.ids[staff],
            )

    async def part(self, person: str, staff: str, by: str = "customer") -> None:
        """End a friendship now."""
        async with self.work() as ctx:
            identity = await ctx.session.get_one(Identity, (self.tenant_id, self.ids[person]))
            await note(ctx, identity, self.ids[staff], Turn(self.clock.now(), "lost", by))

    async def read(self, person: str | None, staff: str) -> None:
        """Let someone, or a stranger, open what a staff account shared."""
        async with self.work() as ctx:
            ctx.announce(
                MaterialViewed(material_id=self.ids["文章"], tracked_link_id=1, visit_id=1),
                identity_id=self.ids[person] if person else None,
                staff_account_id=self.ids[staff],
            )

    async def buy(self, person: str | None, fen: int, *, owed_to: str | None = None) -> int:
        """Let someone buy now; return the order."""
        async with self.work() as ctx:
            identity = self.ids[person] if person else None
            order = SalesOrder(
                tenant_id=self.tenant_id,
                source_id=self.ids["商城"],
                external_id=slug(),
                paid_at=self.clock.now(),
                amount_fen=fen,
                currency="CNY",
                identity_id=identity,
                match_method="phone" if identity else None,
                received_at=self.clock.now(),
            )
            ctx.session.add(order)
            await ctx.session.flush()
            ctx.announce(
                OrderPaid(order_id=order.id, amount_fen=fen, source_id=order.source_id),
                identity_id=identity,
            )
            ctx.announce(
                OrderAttributed(
                    order_id=order.id,
                    method="touch" if owed_to else "none",
                    amount_fen=fen,
                    channel_id=self.ids["包裹卡"] if owed_to else None,
                ),
                identity_id=identity,
                staff_account_id=self.ids[owed_to] if owed_to else None,
            )
            return order.id

    async def refund(self, order_id: int, fen: int) -> None:
        """Give money back now."""
        async with self.work() as ctx:
            ctx.announce(OrderRefunded(order_id=order_id, refund_fen=fen))

    async def print_cards(self, count: int, cost_fen: int) -> None:
        """Enter what was printed."""
        async with self.work() as ctx:
            ctx.announce(
                ChannelExposed(
                    channel_id=self.ids["包裹卡"], count=count, source="printed", cost_fen=cost_fen
                )
            )

    async def customer(self, person: str) -> int:
        """Return whose identity it is."""
        async with self.work() as ctx:
            identity = await ctx.session.get_one(Identity, (self.tenant_id, self.ids[person]))
            return identity.customer_id


class _Work:
    """A unit of work of the system's own; commits when it ends."""

    def __init__(self, pond: Pond) -> None:
        self._pond = pond
        self._session = pond.db.tenant(pond.tenant_id)

    async def __aenter__(self) -> Context:
        session = await self._session.__aenter__()
        return Context(self._pond.tenant_id, SYSTEM_ACTOR, self._pond.clock, session)

    async def __aexit__(self, *error) -> None:
        await self._session.__aexit__(*error)


async def open_pond(db, clock, master, tenant_id: int) -> Pond:
    """Make the enterprise: 老板 (admin), 店长 (manager), 小林 and 小周 (staff)."""
    pond = Pond(db, clock, tenant_id, f"pond-{tenant_id}.siyu.localhost")
    async with pond.work() as ctx:
        ctx.session.add(
            Tenant(
                tenant_id=tenant_id,
                name="小金鱼母婴",
                data_key=master.new_data_key(tenant_id),
                created_at=clock.now(),
            )
        )
        await register_host(ctx.session, pond.host, tenant_id)
    await pond.employ("老板", "admin", "all", serves=False)
    await pond.employ("店长", "manager", "self", serves=True)
    await pond.employ("小林", "staff", "self", serves=True)
    await pond.employ("小周", "staff", "self", serves=True)
    return pond


async def stock(pond: Pond) -> None:
    """Connect WeCom and a shop, make a channel and an article."""
    now = pond.clock.now()
    async with pond.work() as ctx:
        source = OrderSource(
            tenant_id=pond.tenant_id, name="商城", key=slug(), secret=b"x", created_at=now
        )
        channel = Channel(
            tenant_id=pond.tenant_id, name="包裹卡", kind="parcel_card", created_at=now
        )
        article = Material(
            tenant_id=pond.tenant_id,
            slug=slug(),
            title="辅食怎么加",
            state="published",
            created_at=now,
            updated_at=now,
        )
        connection = WecomConnection(
            tenant_id=pond.tenant_id, watched_since=now - timedelta(days=20)
        )
        ctx.session.add_all([source, channel, article, connection])
        await ctx.session.flush()
        pond.ids |= {"商城": source.id, "包裹卡": channel.id, "文章": article.id}


def application(pond: Pond, analytics, hub: Hub, closing: asyncio.Event) -> Litestar:
    """Return the doors of insight with what the roof gives them."""
    given = {
        "settings": Settings(),
        "clock": pond.clock,
        "db": pond.db,
        "tenants": TenantDirectory(pond.db),
        "analytics": analytics,
        "hub": hub,
        "closing": closing,
    }
    return Litestar(
        route_handlers=controllers,
        dependencies={
            **{name: Provide(_constant(value)) for name, value in given.items()},
            "ctx": Provide(provide_ctx),
            "principal": Provide(provide_principal),
        },
        exception_handlers=problems.HANDLERS,
        logging_config=None,
    )


def browser(app: Litestar, pond: Pond, name: str | None) -> httpx.AsyncClient:
    """Return the browser of somebody signed in, or of nobody."""
    cookies = {"siyu": pond.tokens[name]} if name else {}
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url=f"http://{pond.host}", cookies=cookies
    )


def _constant(value):
    async def give() -> object:
        return value

    return give
