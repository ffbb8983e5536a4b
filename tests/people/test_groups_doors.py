"""The pages about customer groups: whom who may see, depth, and a constant number of queries."""

from datetime import timedelta
from typing import Any

import pytest

from siyu.core.context import Actor, Context
from siyu.people.contacts.service import note
from siyu.people.contacts.turns import Turn
from siyu.people.groups.heads import ensure, locked
from siyu.people.groups.models import GroupMember
from siyu.people.groups.queries import names_of
from siyu.people.groups.stays import count
from siyu.people.identity.identities import identify
from siyu.people.models import Customer
from tests.people.test_people_doors import counted_queries
from tests.web import TestTenant


@pytest.fixture
async def shop(site) -> TestTenant:
    return await site.tenant()


async def begin(shop: TestTenant, role: str, name: str, customers: int, *, minute: int = 0) -> int:
    """Make a group of a role's staff account with some customers; return its number."""
    async with shop.work() as ctx:
        from siyu.accounts.models import StaffAccount

        owner = await ctx.session.get_one(StaffAccount, (shop.tenant_id, shop.staff[role]))
        at = ctx.now() - timedelta(days=1) + timedelta(minutes=minute)
        await ensure(ctx, f"wr-{name}", at, observed=True)
        group = await locked(ctx, f"wr-{name}", patient=True)
        assert group is not None
        group.name, group.owner_userid, group.pulled_at = name, owner.userid, ctx.now()
        stays = [{"userid": owner.userid}]
        for number in range(customers):
            identity = await identify(ctx, "external_userid", "", f"wm-{name}-{number}")
            customer = await ctx.session.get_one(Customer, (shop.tenant_id, identity.customer_id))
            customer.name = f"{name}客户{number}"
            stays.append({"identity_id": identity.id, "invitor_userid": owner.userid})
        ctx.session.add_all(
            GroupMember(
                tenant_id=shop.tenant_id, group_id=group.id, joined_at=at, join_scene=1, **stay
            )
            for stay in stays
        )
        await ctx.session.flush()
        await count(ctx, group)
        return group.id


async def paged(browser: Any, path: str, size: int, **query: Any) -> list[dict[str, Any]]:
    """Read a list to its end in pages of a size."""
    found: list[dict[str, Any]] = []
    cursor = None
    while True:
        more = {"cursor": cursor} if cursor else {}
        answer = await browser.get(path, params={"limit": size, **query, **more})
        assert answer.status_code == 200, answer.text
        found += answer.json()["items"]
        cursor = answer.json()["next_cursor"]
        if cursor is None:
            return found


async def test_lists_of_groups_and_members_have_everything_once(shop):
    planner = await shop.employee("planner")
    ids = [await begin(shop, "planner", f"群{n}", 1, minute=n % 2) for n in range(5)]
    big = await begin(shop, "planner", "大群", 7)
    for size in (2, 50):
        rows = await paged(planner, "/api/groups", size)
        assert sorted(row["id"] for row in rows) == sorted([*ids, big])
        members = await paged(planner, f"/api/groups/{big}/members", size)
        assert len({row["id"] for row in members}) == len(members) == 8
    (row,) = await paged(planner, "/api/groups", 50, q="大")
    assert (row["members"], row["customers"], row["state"]) == (8, 7, "active")
    assert row["owner"]["id"] == shop.staff["planner"]
    assert await paged(planner, "/api/groups", 50, q="%") == []
    assert await paged(planner, "/api/groups", 50, owner=shop.staff["planner"] + 999) == []
    assert await paged(planner, "/api/groups", 50, state="dismissed") == []
    view = (await planner.get(f"/api/groups/{big}")).json()
    assert (view["name"], view["admins"], view["members"]) == ("大群", [], 8)
    staff = [row for row in members if row["kind"] == "staff"]
    assert [(row["owner"], row["customer_id"]) for row in staff] == [(True, None)]
    customer = next(row for row in members if row["kind"] == "customer")
    assert (customer["scene"], customer["invitor"]) == ("invited", "planner 小林")
    assert await paged(planner, f"/api/groups/{big}/members", 50, past=True) == []


async def test_staff_see_their_own_groups_only(shop, site):
    planner, staff = await shop.employee("planner"), await shop.employee("staff")
    mine = await begin(shop, "staff", "我的群", 1)
    other = await begin(shop, "planner", "别人的群", 1)
    assert [row["id"] for row in await paged(staff, "/api/groups", 50)] == [mine]
    for path in (f"/api/groups/{other}", f"/api/groups/{other}/members"):
        assert (await staff.get(path)).status_code == 404
        assert (await planner.get(path)).status_code == 200
    foreign = await (await site.tenant()).employee("admin")
    assert await paged(foreign, "/api/groups", 50) == []
    assert (await foreign.get(f"/api/groups/{mine}")).status_code == 404
    assert (await shop.visitor().get("/api/groups")).status_code == 401


async def test_a_group_of_others_is_not_named_to_who_may_not_see_it(shop):
    for role in ("staff", "planner"):
        await shop.employee(role)
    ids = {await begin(shop, "staff", "我的群", 0), await begin(shop, "planner", "别人的群", 0)}
    actor = Actor("employee", owners=frozenset({shop.staff["staff"]}))
    async with shop.work() as ctx:
        assert set((await names_of(ctx, ids)).values()) == {"我的群", "别人的群"}
        narrow = Context(ctx.tenant_id, actor, ctx.clock, ctx.session)
        assert set((await names_of(narrow, ids)).values()) == {"我的群"}


async def test_a_member_leads_only_to_a_customer_one_may_see(shop):
    staff = await shop.employee("staff")
    group = await begin(shop, "staff", "群", 2)
    async with shop.work() as ctx:
        friend = await identify(ctx, "external_userid", "", "wm-群-0")
        await note(ctx, friend, shop.staff["staff"], Turn(ctx.now(), "added"))
    members = await paged(staff, f"/api/groups/{group}/members", 50)
    leads = {row["name"]: row["customer_id"] for row in members if row["kind"] == "customer"}
    assert leads == {"群客户0": friend.customer_id, "群客户1": None}
    view = (await staff.get(f"/api/customers/{friend.customer_id}")).json()
    (panel,) = view["panels"]["groups"]
    assert (panel["id"], panel["name"], panel["left_at"]) == (group, "群", None)


async def test_the_number_of_queries_does_not_grow(shop):
    planner = await shop.employee("planner")
    for number in range(6):
        group = await begin(shop, "planner", f"群{number}", 6)
    await planner.get("/api/groups")
    for path in ("/api/groups", f"/api/groups/{group}/members"):
        counts = []
        for limit in (1, 6):
            with counted_queries() as seen:
                assert (await planner.get(path, params={"limit": limit})).status_code == 200
            counts.append(len(seen))
        assert counts[0] == counts[1]
