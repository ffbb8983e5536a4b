"""The doors of insight: figures that agree, open into people, and keep to the data scope."""

import asyncio
from datetime import datetime, time, timedelta
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

import pytest
from pond import application, browser, open_pond, stock

from siyu.core.analytics import Analytics
from siyu.core.realtime import Hub
from siyu.growth.live_codes.plans import LiveCodeOrigins
from siyu.people.churn import queries as churn
from siyu.people.churn.queries import LostFilter
from siyu.people.lists.filters import rule_in
from siyu.people.rules.language import Behaviour, Span

OPEN = (
    "/api/dashboard",
    "/api/channels-report",
    "/api/ranking",
    "/api/metrics",
    "/api/metrics/added/people",
    "/api/metrics/orders/orders",
    "/api/attention",
    "/api/first-steps",
    "/api/events",
    "/api/staff/ranking",
    "/api/staff/today",
    "/api/staff/me",
)
CHINA = ZoneInfo("Asia/Shanghai")
STAFF_ONLY = ("/api/staff/ranking", "/api/staff/today", "/api/staff/me")


@pytest.fixture
async def pond(db, clock, master, tenant_id):
    return await open_pond(db, clock, master, tenant_id)


@pytest.fixture
async def app(pond, analytics):
    return application(pond, analytics, Hub(pond.db), asyncio.Event())


@pytest.fixture
async def lively(pond, feed):
    """A morning: cards are printed, people come, read and buy, one of them leaves."""
    await stock(pond)
    await pond.print_cards(200, 5000)
    await pond.befriend("阿梅", "小林", "包裹卡")
    pond.clock.advance(timedelta(minutes=10))
    await pond.befriend("阿兰", "小周", "包裹卡")
    await pond.befriend("阿竹", "小林")
    await pond.read("阿梅", "小林")
    await pond.read(None, "小林")
    await pond.part("阿兰", "小周")
    await pond.buy("阿梅", 20000, owed_to="小林")
    half = await pond.buy("阿竹", 10000, owed_to="小林")
    await pond.refund(half, 4000)
    gone = await pond.buy("阿兰", 3000)
    await pond.refund(gone, 3000)
    pond.clock.advance(timedelta(minutes=5))
    await feed()
    return pond


async def ask(app, pond, name, path, **params):
    async with browser(app, pond, name) as client:
        answer = await client.get(path, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def by_key(dashboard):
    return {figure["key"]: figure for figure in dashboard["figures"]}


async def test_the_dashboard_tells_the_morning(app, lively):
    told = await ask(app, lively, "老板", "/api/dashboard")
    figures = by_key(told)
    values = {key: figure["value"] for key, figure in figures.items()}
    assert (values["added"], values["lost"], values["readded"]) == (3, 1, 0)
    assert (values["clicked"], values["readers"], values["reached"]) == (2, 1, 3)
    assert (values["orders"], values["bought"], values["gmv_fen"]) == (2, 2, 26000)
    assert values["exposed"] == 200 + 3 + 2
    assert values["average_order_fen"] == 13000
    assert values["order_rate"] == pytest.approx(2 / 3)
    assert values["roi"] == pytest.approx(26000 / 5000)
    factors = [values[key] for key in told["north_star"]["factors"]]
    assert factors[0] * factors[1] * factors[2] == pytest.approx(values["gmv_fen"])
    assert figures["first_day_churn"]["value"] is None
    assert "24 小时" in figures["first_day_churn"]["why_unknown"]
    assert {part["key"]: part["value"] for part in figures["exposed"]["parts"]} == {
        "printed": 200,
        "welcome": 3,
        "share": 0,
        "page_view": 2,
    }
    assert {part["key"]: part["value"] for part in figures["gmv_fen"]["parts"]} == {
        "touch": 26000,
        "window": 0,
        "none": 0,
    }
    assert sum(point["value"] for point in figures["added"]["series"]) == 3
    assert told["as_of"]["lag_seconds"] == 0
    (channel, nowhere) = told["channels"]
    assert (channel["name"], channel["added"]["value"], channel["gmv_fen"]["value"]) == (
        "包裹卡",
        2,
        26000,
    )
    assert (nowhere["channel_id"], nowhere["added"]["value"]) == (None, 1)
    best = told["staff"][0]
    assert (best["rank"], best["name"], best["gmv_fen"]["value"], best["mine"]) == (
        1,
        "小林",
        26000,
        False,
    )


async def test_a_day_later_first_day_churn_is_known_and_last_week_is_compared(app, lively):
    day = lively.clock.now().date().isoformat()
    await lively.pass_days(1, "老板")
    yesterday = by_key(await ask(app, lively, "老板", "/api/dashboard", **{"from": day, "to": day}))
    assert yesterday["first_day_churn"]["value"] == pytest.approx(1 / 3)
    await lively.pass_days(6, "老板")
    today = by_key(await ask(app, lively, "老板", "/api/dashboard"))
    assert (today["added"]["value"], today["added"]["previous"]) == (0, 3)


async def test_facts_not_yet_in_the_engine_show_as_age(app, lively, feed):
    await lively.read("阿梅", "小林")
    lively.clock.advance(timedelta(seconds=3))
    told = await ask(app, lively, "老板", "/api/dashboard")
    assert told["as_of"]["lag_seconds"] == 3
    await feed()
    told = await ask(app, lively, "老板", "/api/dashboard")
    assert told["as_of"]["lag_seconds"] == 0
    assert by_key(told)["clicked"]["value"] == 3


async def test_what_is_not_connected_says_so_and_is_never_0(app, pond, feed):
    await feed()
    figures = by_key(await ask(app, pond, "老板", "/api/dashboard"))
    for key in ("added", "lost", "orders", "gmv_fen", "welcome_success", "cost_fen"):
        assert figures[key]["value"] is None
        assert not figures[key]["known"]
        assert figures[key]["why_unknown"].startswith(("未接入", "未录入"))
        assert figures[key]["series"] == []
    assert figures["clicked"]["value"] == 0
    steps = await ask(app, pond, "老板", "/api/first-steps")
    assert (steps["done"], steps["total"]) == (0, 7)
    (item,) = (await ask(app, pond, "老板", "/api/attention"))["items"]
    assert (item["kind"], item["count"]) == ("connection", 3)


async def test_who_left_today_opens_into_exactly_these(app, lively):
    items = (await ask(app, lively, "老板", "/api/attention"))["items"]
    (lost,) = [item for item in items if item["kind"] == "lost"]
    page, query = lost["link"].split("?")
    asked = dict(parse_qsl(query))
    assert (page, set(asked)) == ("/people/churn", {"by", "since"})
    wanted = LostFilter(by=asked["by"], since=datetime.fromisoformat(asked["since"]))
    async with lively.work() as ctx:
        listed = (await churn.lost(ctx, LiveCodeOrigins(), wanted, None, 50)).items
    assert [each.customer_id for each in listed] == [await lively.customer("阿兰")]
    assert len(listed) == lost["count"]


async def test_who_got_no_welcome_today_opens_into_exactly_these(app, lively, feed):
    for person, staff in (("阿梅", "小林"), ("阿梅", "小林"), ("阿兰", "小周")):
        await lively.miss_the_welcome(person, staff)
    await feed()
    found = {}
    for who in ("老板", "店长"):
        items = (await ask(app, lively, who, "/api/attention"))["items"]
        found[who] = [item for item in items if item["kind"] == "welcomes"]
    # Customers are counted, not tries; and of these only whom the data scope shows.
    assert [item["count"] for item in found["老板"]] == [2]
    assert found["店长"] == []
    page, query = found["老板"][0]["link"].split("?")
    midnight = datetime.combine(lively.clock.now().astimezone(CHINA).date(), time(), CHINA)
    wanted = Behaviour(type="welcome.given_up", within=Span(since=midnight))
    assert page == "/people/customers"
    assert {name: rule_in(text) for name, text in parse_qsl(query)} == {"rule": wanted}


async def test_figures_open_into_people_and_orders(app, lively):
    first = await ask(app, lively, "老板", "/api/metrics/added/people", limit=2)
    rest = await ask(
        app, lively, "老板", "/api/metrics/added/people", limit=2, cursor=first["next_cursor"]
    )
    ids = [row["id"] for row in (*first["items"], *rest["items"])]
    expected = {await lively.customer(person) for person in ("阿梅", "阿兰", "阿竹")}
    assert len(ids) == 3
    assert set(ids) == expected
    assert rest["next_cursor"] is None
    orders = await ask(app, lively, "老板", "/api/metrics/orders/orders")
    assert [row["amount_fen"] for row in orders["items"]] == [10000, 20000]
    assert {row["customer_id"] for row in orders["items"]} <= expected
    channel = {"channel": lively.ids["包裹卡"], "staff": lively.ids["小周"]}
    (row,) = (await ask(app, lively, "老板", "/api/metrics/added/people", **channel))["items"]
    assert row["id"] == await lively.customer("阿兰")
    assert row["staff"] == ["小周"]


async def test_a_figure_that_opens_into_nothing_says_so(app, lively):
    async with browser(app, lively, "老板") as client:
        for path in ("/api/metrics/exposed/people", "/api/metrics/added/orders"):
            answer = await client.get(path)
            assert (answer.status_code, answer.json()["code"]) == (404, "metric_not_opened")
        unknown = await client.get("/api/metrics/luck/people")
        assert unknown.json()["code"] == "metric_unknown"
        bad = await client.get("/api/dashboard", params={"from": "2026-11-19", "to": "2026-11-18"})
        assert (bad.status_code, bad.json()["code"]) == (400, "period_reversed")


async def test_a_data_scope_narrows_figures_lists_and_rankings(app, lively, feed):
    await lively.befriend("阿菊", "店长")
    lively.clock.advance(timedelta(seconds=1))
    await feed()
    told = await ask(app, lively, "店长", "/api/dashboard")
    figures = by_key(told)
    assert figures["added"]["value"] == 1
    assert figures["gmv_fen"]["value"] == 0
    assert figures["printed"]["value"] is None
    assert figures["printed"]["why_unknown"].startswith("不可得")
    assert [row["name"] for row in told["staff"]] == ["店长"]
    people = await ask(app, lively, "店长", "/api/metrics/reached/people")
    assert [row["id"] for row in people["items"]] == [await lively.customer("阿菊")]
    stolen = await ask(app, lively, "店长", "/api/metrics/reached/people", staff=lively.ids["小林"])
    assert stolen["items"] == []


async def test_staff_see_their_rank_among_colleagues(app, lively):
    told = await ask(app, lively, "小周", "/api/staff/ranking", by="added")
    assert [(row["name"], row["rank"], row["mine"]) for row in told["staff"]] == [
        ("小林", 1, False),
        ("小周", 2, True),
        ("店长", 3, False),
    ]


async def test_today_shows_whom_to_talk_to(app, lively):
    told = await ask(app, lively, "小林", "/api/staff/today")
    friends = told["new_friends"]
    assert [row["customer_id"] for row in friends] == [
        await lively.customer("阿竹"),
        await lively.customer("阿梅"),
    ]
    assert (friends[1]["minutes_ago"], friends[1]["reason"]) == (15, "通过「包裹卡」添加了你")
    figures = {row["key"]: row["figure"]["value"] for row in told["numbers"]["figures"]}
    assert (figures["added"], figures["clicked"], figures["gmv_fen"]) == (2, 2, 26000)
    assert (await ask(app, lively, "小周", "/api/staff/today"))["new_friends"] == []
    me = await ask(app, lively, "小林", "/api/staff/me")
    assert [account["name"] for account in me["accounts"]] == ["小林"]


async def test_who_came_back_is_told_apart(app, lively):
    lively.clock.advance(timedelta(minutes=10))
    await lively.befriend("阿兰", "小周")
    (row,) = (await ask(app, lively, "小周", "/api/staff/today"))["new_friends"]
    assert row["again"]
    assert row["reason"] == "通过「包裹卡」重新添加了你"


async def test_without_the_engine_figures_say_so_and_the_phone_goes_on(pond, tmp_path):
    await stock(pond)
    await pond.befriend("阿梅", "小林")
    nobody = Analytics.from_home(tmp_path)
    app = application(pond, nobody, Hub(pond.db), asyncio.Event())
    async with browser(app, pond, "老板") as client:
        answer = await client.get("/api/dashboard")
    assert (answer.status_code, answer.json()["code"]) == (503, "analytics_unavailable")
    today = await ask(app, pond, "小林", "/api/staff/today")
    assert len(today["new_friends"]) == 1
    assert today["numbers"]["figures"] == []
    assert "暂时不可用" in today["numbers"]["why_unknown"]
    assert (await ask(app, pond, "老板", "/api/attention"))["items"]


async def test_nobody_gets_in_without_signing_in_or_permission(app, pond):
    async with browser(app, pond, None) as client:
        for path in OPEN:
            assert (await client.get(path)).status_code == 401, path
    async with browser(app, pond, "小林") as client:
        for path in set(OPEN) - {*STAFF_ONLY, "/api/events"}:
            assert (await client.get(path)).status_code == 403, path


async def test_another_enterprise_sees_nothing_of_it(app, lively, db, clock, master, analytics):
    other = await open_pond(db, clock, master, lively.tenant_id + 500_000)
    await stock(other)
    app = application(other, analytics, Hub(db), asyncio.Event())
    figures = by_key(await ask(app, other, "老板", "/api/dashboard"))
    assert figures["added"]["value"] == figures["gmv_fen"]["value"] == figures["clicked"]["value"]
    assert figures["added"]["value"] == 0
    assert (await ask(app, other, "老板", "/api/metrics/added/people"))["items"] == []
