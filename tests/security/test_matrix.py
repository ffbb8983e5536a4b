"""Every door × every role, and every door × another enterprise's things.

The tables below say by hand who may do what; a door that is not in them fails the test, so a
new one cannot go out unguarded.
"""

import pytest

from siyu.accounts.models import Employee, StaffAccount
from siyu.commerce.models import SalesOrder
from siyu.content.models import Material
from siyu.core.jobs.progress import JobRun
from siyu.growth.channels.models import Channel
from siyu.growth.live_codes.models import LiveCode
from siyu.people.models import Customer
from tests.security.people_doors import PEOPLE
from tests.security.roles import ADMIN, ANYTHING, EVERYBODY, MANAGERS, PLANNERS, ROLES
from tests.security.test_public_doors import PUBLIC, operations

PASSWORD = "jade-pond-2026"

# (method, path): (who may, a body that is well-formed)
DOORS = PEOPLE | {
    ("get", "/api/departments"): (EVERYBODY, None),
    ("get", "/api/staff-accounts"): (EVERYBODY, None),
    ("put", "/api/staff-accounts/{staff_account_id}/employee"): (ADMIN, {"employee_id": 999_999}),
    ("get", "/api/employees"): (ADMIN, None),
    ("post", "/api/employees"): (
        ADMIN,
        {"name": "小林", "role": "staff", "username": "lin-{role}", "password": PASSWORD},
    ),
    ("patch", "/api/employees/{employee_id}"): (ADMIN, {"name": "小林"}),
    ("get", "/api/audit"): (ADMIN, None),
    ("get", "/api/jssdk/config"): (EVERYBODY, None),
    ("get", "/api/jobs"): (EVERYBODY, None),
    ("get", "/api/callbacks"): (ADMIN, None),
    ("get", "/api/callbacks/{callback_id}"): (ADMIN, None),
    ("post", "/api/callbacks/{callback_id}/retry"): (ADMIN, None),
    ("get", "/api/jobs/troubles"): (PLANNERS, None),
    ("post", "/api/jobs/{run_id}/cancel"): (EVERYBODY, None),
    ("post", "/api/jobs/{run_id}/resume"): (EVERYBODY, None),
    ("post", "/api/jobs/failed/{job_id}/retry"): (ADMIN, None),
    ("delete", "/api/jobs/parked/{reader}/{position}"): (ADMIN, None),
    ("get", "/api/reconciliation"): (ADMIN, None),
    ("get", "/api/reconciliation/{run_id}/differences"): (ADMIN, None),
    ("post", "/api/reconciliation"): (ADMIN, None),
    ("put", "/api/reconciliation/plan"): (ADMIN, {"enabled": True, "hour": 4}),
    ("get", "/api/connection/wecom"): (ADMIN, None),
    ("get", "/api/connection/wecom/diagnosis"): (ADMIN, None),
    ("put", "/api/connection/wecom/credentials"): (
        ADMIN,
        {"corp_id": "ww1234567890", "agent_id": 1000002, "secret": "x" * 40},
    ),
    ("post", "/api/connection/wecom/callback-keys"): (ADMIN, None),
    ("post", "/api/connection/wecom/suite-keys"): (ADMIN, {"suite_id": "tj1234567890"}),
    ("put", "/api/connection/wecom/domain"): (
        ADMIN,
        {"domain": "a.com", "file_name": "WW_verify_abcdef12.txt", "file_content": "abcdef12"},
    ),
    ("post", "/api/connection/wecom/sync"): (ADMIN, None),
    ("put", "/api/connection/official-account"): (
        ADMIN,
        {"app_id": "wx1234567890", "secret": "x" * 32},
    ),
    ("post", "/api/connection/official-account/push-keys"): (ADMIN, None),
    ("get", "/api/customers"): (EVERYBODY, None),
    ("get", "/api/customers/count"): (EVERYBODY, None),
    ("post", "/api/customers/by-phone"): (EVERYBODY, {"phone": "13800000000"}),
    ("get", "/api/customer-views"): (EVERYBODY, None),
    ("post", "/api/customer-views"): (EVERYBODY, {"name": "视图"}),
    ("put", "/api/customer-views/{view_id}"): (EVERYBODY, {"name": "视图"}),
    ("delete", "/api/customer-views/{view_id}"): (EVERYBODY, None),
    ("get", "/api/customers/{customer_id}"): (EVERYBODY, None),
    ("get", "/api/customers/{customer_id}/timeline"): (EVERYBODY, None),
    ("get", "/api/groups"): (EVERYBODY, None),
    ("get", "/api/groups/{group_id}"): (EVERYBODY, None),
    ("get", "/api/groups/{group_id}/members"): (EVERYBODY, None),
    ("get", "/api/tags"): (EVERYBODY, None),
    ("post", "/api/tags/sync"): (MANAGERS, None),
    ("get", "/api/channels"): (MANAGERS, None),
    ("get", "/api/channels/names"): (MANAGERS, None),
    ("post", "/api/channels"): (PLANNERS, {"name": "渠道 {role}"}),
    ("patch", "/api/channels/{channel_id}"): (PLANNERS, {"note": "x"}),
    ("post", "/api/channels/{channel_id}/exposures"): (PLANNERS, {"count": 1}),
    ("get", "/api/live-codes"): (EVERYBODY, None),
    ("post", "/api/live-codes"): (
        PLANNERS,
        {"name": "码", "channel_id": 999_999, "staff_account_ids": [999_999]},
    ),
    ("get", "/api/live-codes/{live_code_id}"): (EVERYBODY, None),
    ("put", "/api/live-codes/{live_code_id}"): (
        PLANNERS,
        {"name": "码", "channel_id": 999_999, "staff_account_ids": [999_999]},
    ),
    ("delete", "/api/live-codes/{live_code_id}"): (PLANNERS, None),
    ("get", "/api/live-codes/{live_code_id}/qr.png"): (EVERYBODY, None),
    ("post", "/api/live-codes/{live_code_id}/retry"): (PLANNERS, None),
    ("get", "/api/materials"): (EVERYBODY, None),
    ("post", "/api/materials"): (PLANNERS, {"title": "文章"}),
    ("get", "/api/materials/{material_id}"): (EVERYBODY, None),
    ("put", "/api/materials/{material_id}"): (PLANNERS, {"title": "文章"}),
    ("post", "/api/materials/{material_id}/publish"): (PLANNERS, None),
    ("post", "/api/materials/{material_id}/archive"): (PLANNERS, None),
    ("post", "/api/files"): (PLANNERS, ANYTHING),
    ("get", "/api/collect-sources"): (ADMIN, None),
    ("post", "/api/collect-sources"): (ADMIN, {"name": "官网", "origins": ["https://a.com"]}),
    ("post", "/api/collect-sources/{source_id}/disable"): (ADMIN, None),
    ("post", "/api/collect-sources/{source_id}/enable"): (ADMIN, None),
    ("get", "/api/staff/chat-customer"): (EVERYBODY, None),
    ("get", "/api/staff/materials"): (EVERYBODY, None),
    ("post", "/api/staff/shares"): (EVERYBODY, {"material_id": 999_999}),
    ("post", "/api/staff/shares/{touch_id}/sent"): (EVERYBODY, None),
    ("get", "/api/staff/readings"): (EVERYBODY, None),
    ("get", "/api/staff/today"): (EVERYBODY, None),
    ("get", "/api/staff/me"): (EVERYBODY, None),
    ("get", "/api/staff/ranking"): (EVERYBODY, None),
    ("get", "/api/order-sources"): (MANAGERS, None),
    ("post", "/api/order-sources"): (ADMIN, {"name": "商城 {role}"}),
    ("post", "/api/order-sources/{source_id}/disable"): (ADMIN, None),
    ("post", "/api/order-sources/{source_id}/enable"): (ADMIN, None),
    ("post", "/api/order-sources/{source_id}/rotate"): (ADMIN, None),
    ("get", "/api/orders"): (MANAGERS, None),
    ("get", "/api/orders/{order_id}"): (MANAGERS, None),
    ("get", "/api/channels-report"): (MANAGERS, None),
    ("get", "/api/dashboard"): (MANAGERS, None),
    ("get", "/api/metrics"): (MANAGERS, None),
    ("get", "/api/ranking"): (MANAGERS, None),
    ("get", "/api/metrics/{key}/orders"): (MANAGERS, None),
    ("get", "/api/metrics/{key}/people"): (MANAGERS, None),
    ("get", "/api/attention"): (MANAGERS, None),
    ("get", "/api/events/recent"): (EVERYBODY, None),
    ("get", "/api/first-steps"): (MANAGERS, None),
}
STREAMS = {("get", "/api/events")}  # never ends; tests/insight/test_live.py knows who hears what
QUERIES = {
    "/api/jssdk/config": {"url": "http://elsewhere.example/"},
    "/api/staff/chat-customer": {"external_userid": "wm-nobody"},
    "/api/audiences/catalogue/choices": {"kind": "tag"},
    "/api/customers/{customer_id}/merge": {"other": "999998"},
    "/api/imports": {"name": "a.csv"},
}
NAMES = {"reader": "nobody", "key": "added"}


def filled(path: str, number: int) -> str:
    names = NAMES | ({"key": "orders"} if path.endswith("/orders") else {})
    parts = [
        names.get(part.strip("{}"), str(number)) if part.startswith("{") else part
        for part in path.split("/")
    ]
    return "/".join(parts)


async def knock(browser, method: str, path: str, number: int, role: str):
    body = DOORS[method, path][1]
    options = {"params": QUERIES.get(path, {})}
    if body == ANYTHING:
        options["files"] = {"file": ("a.txt", b"no picture", "text/plain")}
    elif body is not None:
        options["json"] = {
            key: value.replace("{role}", role) if isinstance(value, str) else value
            for key, value in body.items()
        }
    return await browser.request(method, filled(path, number), **options)


def test_every_door_is_in_the_table():
    assert set(operations()) - PUBLIC - STREAMS == set(DOORS)


@pytest.mark.parametrize("role", ROLES)
async def test_each_role_passes_the_doors_it_may_and_no_other(site, role):
    tenant = await site.tenant()
    wrong = []
    async with await tenant.employee(role) as browser:
        for (method, path), (allowed, _) in DOORS.items():
            answer = await knock(browser, method, path, 999_999, role)
            refused = answer.status_code == 403 and answer.json()["code"] == "permission_missing"
            if refused == (role in allowed):
                wrong.append((method, path, answer.status_code, answer.text[:120]))
            if answer.status_code == 400 and answer.json()["code"] == "input_invalid":
                wrong.append(("the body is ill-formed", method, path, answer.text[:200]))
            assert answer.status_code not in {500, 401}, (method, path, answer.text)
    assert wrong == []


async def test_another_enterprises_things_are_not_there(site):
    """Give one enterprise one of everything; ask for each as another's administrator."""
    one, other = await site.tenant("甲"), await site.tenant("乙")
    await one.employee("admin")
    async with one.work() as ctx:
        made = {
            "channel_id": Channel(
                tenant_id=one.tenant_id, name="甲的渠道", kind="other", created_at=ctx.now()
            ),
            "run_id": JobRun(
                tenant_id=one.tenant_id, kind="wecom.sync", title="甲的任务", created_at=ctx.now()
            ),
        }
        ctx.session.add_all(made.values())
        await ctx.session.flush()
        numbers = {name: row.id for name, row in made.items()}
        numbers |= {"staff_account_id": one.staff["admin"]}
    async with await one.employee("planner") as browser:
        material = (await browser.post("/api/materials", json={"title": "甲的文章"})).json()
        numbers["material_id"] = material["id"]
    secret_words = ("甲的渠道", "甲的任务", "甲的文章", "admin 小林")
    leaks = []
    async with await other.employee("admin") as browser:
        for method, path in DOORS:
            name = next((n for n in numbers if f"{{{n}}}" in path), None)
            if name is None:
                answer = await knock(browser, method, path, 999_999, "other")
            else:
                answer = await knock(browser, method, path, numbers[name], "other")
                if answer.status_code < 400:
                    leaks.append((method, path, answer.status_code))
            if method == "get" and any(word in answer.text for word in secret_words[:3]):
                leaks.append((method, path, answer.text[:200]))
    assert leaks == []
    async with one.work() as ctx:
        assert (
            await ctx.session.get(JobRun, (one.tenant_id, numbers["run_id"]))
        ).state == "waiting"
        assert (
            await ctx.session.get(Material, (one.tenant_id, numbers["material_id"]))
        ).state == "draft"


async def test_with_the_wrong_tenant_set_tables_are_empty(site):
    """Row-level security closes what a forgotten filter would open."""
    one, other = await site.tenant("甲"), await site.tenant("乙")
    await one.employee("admin")
    from sqlalchemy import func, select

    for model in (Employee, StaffAccount, Customer, Channel, LiveCode, Material, SalesOrder):
        async with other.work() as ctx:
            assert await ctx.session.scalar(select(func.count()).select_from(model)) == 0
    async with one.work() as ctx:
        assert await ctx.session.scalar(select(func.count()).select_from(Employee)) == 1
