"""A shop with very many customers, and who works there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from pyroaring import BitMap64
from sqlalchemy import text

from siyu.core.context import Context
from siyu.core.db.many import insert_many
from siyu.core.jobs.progress import JobRun
from siyu.people.audiences import membership
from siyu.people.bulk import acting, acts
from siyu.people.bulk.acting import Acting
from siyu.people.bulk.kinds import DoAct
from siyu.people.identity.identities import identify_many
from siyu.people.identity.service import merge_people
from siyu.people.models import Contact, Customer
from siyu.people.stages.service import stages_of
from tests.web import Installation, TestTenant

MANY = 9
"""More than are reached at once, more than need no confirming, and two portions and a bit."""
PORTION = 4


@dataclass
class Shop:
    """A tenant, browsers of those who work there, and the worker of acts."""

    tenant: TestTenant
    planner: httpx.AsyncClient
    admin: httpx.AsyncClient
    acting: Acting
    names: list[str] = field(default_factory=list)

    async def befriend(self, role: str, *names: str) -> list[int]:
        """Let people be friends of whoever has a role; return their numbers."""
        async with self.tenant.work() as ctx:
            found = await identify_many(ctx, "external_userid", "", [f"wm-{n}" for n in names])
            numbers = [found[f"wm-{name}"].customer_id for name in names]
            await self._befriend(ctx, role, [found[f"wm-{name}"].id for name in names])
            for name, number in zip(names, numbers, strict=True):
                customer = await ctx.session.get_one(Customer, (ctx.tenant_id, number))
                customer.name, customer.last_add_at = name, ctx.now()
            return numbers

    async def crowd(self, role: str, count: int) -> list[int]:
        return await self.befriend(role, *(f"客户{n}" for n in range(count)))

    async def _befriend(self, ctx: Context, role: str, identity_ids: Sequence[int]) -> None:
        rows = [
            {
                "tenant_id": ctx.tenant_id,
                "identity_id": one,
                "staff_account_id": self.tenant.staff[role],
                "state": "active",
                "added_at": ctx.now(),
                "first_add_at": ctx.now(),
                "watched_since": ctx.now(),
            }
            for one in identity_ids
        ]
        await ctx.session.execute(insert_many(Contact, rows))

    async def merge(self, one: int, other: int) -> None:
        async with self.tenant.work() as ctx:
            await merge_people(ctx, one, other, "同一个人")

    async def freeze(self, who: httpx.AsyncClient, **wanted: Any) -> dict[str, Any]:
        answer = await who.post("/api/customer-selections", json=wanted)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def act(
        self, who: httpx.AsyncClient, selection: dict[str, Any], act: dict[str, Any], **more: Any
    ) -> httpx.Response:
        body = {"selection_id": selection["id"], "act": act, **more}
        return await who.post("/api/customer-acts", json=body)

    async def work(self, run_id: int) -> JobRun:
        """Do what the worker does with a run; return the run."""
        await self.clear_queue()
        await self.acting.run(self.tenant.tenant_id, DoAct(run_id))
        return await self.run_of(run_id)

    async def run_of(self, run_id: int) -> JobRun:
        async with self.tenant.work() as ctx:
            return await ctx.session.get_one(JobRun, (ctx.tenant_id, run_id))

    async def clear_queue(self) -> None:
        """Take away what waits: these tests are the worker themselves."""
        async with self.tenant.installation.runtime.db.system() as session:
            await session.execute(
                text("delete from queue.pgqueuer where dedupe_key like :key"),
                {"key": f"people.%:{self.tenant.tenant_id}:%"},
            )


@pytest.fixture
async def shop(site: Installation, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """A shop where a handful counts as very many."""
    monkeypatch.setattr(acts, "AT_ONCE", 3)
    monkeypatch.setattr(acts, "CONFIRM_ABOVE", 5)
    monkeypatch.setattr(acting, "_PEOPLE", PORTION)
    monkeypatch.setattr(acting, "_ON_LISTS", PORTION)
    tenant = await site.tenant()
    planner, admin = await tenant.employee("planner"), await tenant.employee("admin")
    r = site.runtime
    return Shop(tenant, planner, admin, Acting(r.db, r.clock))


async def stage(shop: Shop, name: str = "有意向") -> int:
    answer = await shop.admin.post("/api/stages", json={"name": name})
    return int(answer.json()["id"])


async def a_list(shop: Shop, name: str = "名单") -> int:
    answer = await shop.planner.post("/api/audiences", json={"name": name, "kind": "list"})
    return int(answer.json()["id"])


async def on_list(shop: Shop, audience_id: int) -> BitMap64:
    async with shop.tenant.work() as ctx:
        return await membership.members(ctx, audience_id)


async def in_stage(shop: Shop, people: list[int], stage_id: int) -> int:
    async with shop.tenant.work() as ctx:
        return sum(one == stage_id for one in (await stages_of(ctx, people)).values())
