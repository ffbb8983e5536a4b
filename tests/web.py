"""The whole web application in this process, and browsers of people signed in to it."""

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from siyu.accounts import sessions
from siyu.accounts.models import Employee, StaffAccount
from siyu.accounts.roles import DEFAULT_SCOPE
from siyu.accounts.tenants import open_tenant
from siyu.app import Web
from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import DatabaseUrls
from siyu.core.ids import slug
from siyu.core.settings import Settings
from siyu.runtime import Runtime, runtime

PASSWORD = "jade-pond-2026"


def settings_for(folder: Path, master_key: bytes) -> Settings:
    """Settings of an installation that stands on the test's servers."""
    return Settings(
        data_dir=folder,
        master_key=base64.b64encode(master_key).decode(),  # type: ignore[arg-type]
        clickhouse_url="http://127.0.0.1:9/none",  # type: ignore[arg-type]
        public_url="http://siyu.example.com",
    )


@dataclass
class Installation:
    """A running web application with tenants in it."""

    runtime: Runtime
    web: Web

    async def tenant(self, name: str = "测试企业") -> "TestTenant":
        """Open a tenant under a host of its own."""
        host = f"{slug(6).lower().replace('_', 'a').replace('-', 'b')}.example.com"
        r = self.runtime
        tenant_id = await open_tenant(r.db, r.clock, r.master, name=name, host=host)
        return TestTenant(self, tenant_id, host)


@dataclass
class TestTenant:
    """A tenant, and ways to be somebody in it."""

    __test__ = False

    installation: Installation
    tenant_id: int
    host: str
    staff: dict[str, int] = field(default_factory=dict)

    @asynccontextmanager
    async def work(self) -> AsyncIterator[Context]:
        """A unit of work of the system's own."""
        r = self.installation.runtime
        async with r.db.tenant(self.tenant_id) as session:
            yield Context(self.tenant_id, SYSTEM_ACTOR, r.clock, session)

    async def employee(
        self, role: str, *, scope: str | None = None, departments: tuple[int, ...] = (1,)
    ) -> httpx.AsyncClient:
        """A browser in which an employee of a role, who runs one staff account, is signed in."""
        async with self.work() as ctx:
            person = Employee(
                tenant_id=self.tenant_id,
                name=f"{role} 小林",
                role=role,
                scope=scope or DEFAULT_SCOPE[role],
                created_at=ctx.now(),
            )
            ctx.session.add(person)
            await ctx.session.flush()
            account = StaffAccount(
                tenant_id=self.tenant_id,
                userid=f"{role}-{slug(4)}",
                employee_id=person.id,
                name=f"{role} 小林",
                department_ids=list(departments),
                can_contact=True,
            )
            ctx.session.add(account)
            await ctx.session.flush()
            self.staff[role] = account.id
            token = await sessions.begin(ctx, person, account.id)
        return self.visitor(token)

    def visitor(self, token: str | None = None) -> httpx.AsyncClient:
        """A browser, signed in with a token or not at all."""
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.installation.web),
            base_url=f"http://{self.host}",
            cookies={"siyu": token} if token else None,
            headers={"sec-fetch-site": "same-origin"},
        )


@asynccontextmanager
async def installation(
    urls: DatabaseUrls, clock: Clock, folder: Path, master_key: bytes
) -> AsyncIterator[Installation]:
    """Run the web application in this process."""
    settings = settings_for(folder, master_key)
    async with runtime(settings, urls, pool_size=6, clock=clock) as services:
        web = Web(services)
        async with web.running():
            yield Installation(services, web)
