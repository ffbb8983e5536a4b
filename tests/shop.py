"""A small enterprise for tests: a tenant with staff and customers, and ways to act in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
from sqlalchemy import select

from siyu.accounts.models import Employee, StaffAccount, Tenant
from siyu.content.models import Material
from siyu.content.schemas import MaterialDraft
from siyu.content.service import create_material, publish_material
from siyu.core.clock import FixedClock
from siyu.core.context import SYSTEM_ACTOR, Actor, Context
from siyu.core.db import Database
from siyu.core.db.directory import register_host
from siyu.core.stream.events import Event, select_events, to_event
from siyu.core.stream.models import StreamEvent
from siyu.core.stream.sequencer import Sequencer
from siyu.core.vault import MasterKey
from siyu.people.identity.identities import identify
from siyu.people.identity.joining import join
from siyu.people.models import Identity


@dataclass
class Shop:
    """A tenant with one staff account, 小林."""

    db: Database
    clock: FixedClock
    tenant_id: int
    host: str
    employee_id: int
    staff_account_id: int

    @asynccontextmanager
    async def work(self, actor: Actor = SYSTEM_ACTOR) -> AsyncIterator[Context]:
        """Open a unit of work that commits at its end."""
        async with self.db.tenant(self.tenant_id) as session:
            yield Context(tenant_id=self.tenant_id, actor=actor, clock=self.clock, session=session)

    def seller(self, *permissions: str) -> Actor:
        """Return 小林 as an actor who sees the own customers only."""
        own = frozenset({self.staff_account_id})
        return Actor(
            "employee",
            self.employee_id,
            "小林",
            frozenset(permissions),
            owners=own,
            staff_account_ids=own,
        )

    async def person(self, name: str, unionid: str | None = None) -> int:
        """Make a person known by an external_userid; return the identity."""
        async with self.work() as ctx:
            identity = await identify(ctx, "external_userid", "", f"wm-{name}")
            if unionid is not None:
                await join(ctx, identity, unionid)
            return identity.id

    async def customer(self, identity_id: int) -> int:
        """Return the customer an identity belongs to."""
        async with self.work() as ctx:
            identity = await ctx.session.get_one(Identity, (self.tenant_id, identity_id))
            return identity.customer_id

    async def article(self, **changes) -> Material:
        """Publish an article."""
        async with self.work() as ctx:
            draft = MaterialDraft(**{"title": "辅食怎么加", "body": "<p>六个月起。</p>", **changes})
            return await publish_material(ctx, (await create_material(ctx, draft)).id)

    async def facts(self, *types: str) -> list[Event]:
        """Return what the stream holds of this tenant, in the order of each person."""
        sequencer = Sequencer(self.db, self.clock)
        await sequencer.prepare()
        while await sequencer.step():
            pass
        async with self.work() as ctx:
            query = select_events().where(StreamEvent.tenant_id == self.tenant_id)
            if types:
                query = query.where(StreamEvent.type.in_(types))
            rows = await ctx.session.execute(
                query.order_by(StreamEvent.shard, StreamEvent.position)
            )
            return [to_event(row) for row in rows]

    async def count(self, model) -> int:
        """Return how many rows of a table the tenant has."""
        async with self.work() as ctx:
            return len((await ctx.session.execute(select(model.tenant_id))).all())


async def open_shop(db: Database, clock: FixedClock, master: MasterKey, tenant_id: int) -> Shop:
    """Make the enterprise."""
    # Before the clock of any test moves on: facts of a month need its partition.
    await Sequencer(db, clock).prepare()
    host = f"shop-{tenant_id}.siyu.localhost"
    async with db.tenant(tenant_id) as session:
        session.add(
            Tenant(
                tenant_id=tenant_id,
                name="小金鱼母婴",
                data_key=master.new_data_key(tenant_id),
                created_at=clock.now(),
            )
        )
        employee = Employee(tenant_id=tenant_id, name="小林", created_at=clock.now())
        session.add(employee)
        await session.flush()
        account = StaffAccount(
            tenant_id=tenant_id,
            userid="xiaolin",
            employee_id=employee.id,
            name="小林",
            position="育儿顾问",
        )
        session.add(account)
        await session.flush()
        await register_host(session, host, tenant_id, wildcard=True)
        return Shop(db, clock, tenant_id, host, employee.id, account.id)


def browser(app, host: str) -> httpx.AsyncClient:
    """Return a browser that sees one ASGI application under one host."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=f"http://{host}:8000")


def by_path(doors):
    """Return an application that leads to public doors as the roof does."""

    async def app(scope, receive, send) -> None:
        path = scope["path"]
        for prefix, door in doors.items():
            if path == prefix or (prefix.endswith("/") and path.startswith(prefix)):
                await door(scope, receive, send)
                return
        raise AssertionError(f"no door at {path}")

    return app
