"""Among very many customers: lists are read by the page, and waiting is shown.

Run where SIYU_TEST_PEOPLE says how many, such as 100000, for making them takes about a minute;
SIYU_TEST_CITY names a folder in which they are kept for the next time.
"""

import asyncio
import re
from typing import Any

import pytest
from playwright.async_api import Locator, Page, Request, Route, expect

from tests.browser.conftest import PEOPLE
from tests.browser.eyes import DESK, shot, window
from tests.browser.test_audiences import COUNT, add
from tests.browser.test_doors_and_manners import enter

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(PEOPLE == 0, reason="SIYU_TEST_PEOPLE says how many customers to make"),
]

PAGE = 50
"""As many rows as a list shows at first."""
MOST = 200
"""As many things as any answer may hold."""
LISTS = re.compile(r"/api/(audiences|customers|customer-selections|tags|churn)")


class Line:
    """What lies between the browser and siyu: it can be held, and what came along it is kept."""

    def __init__(self) -> None:
        self._free = asyncio.Event()
        self._free.set()
        self._carried: list[Request] = []

    def hold(self) -> None:
        self._free.clear()

    def let_go(self) -> None:
        self._free.set()

    async def lie(self, page: Page) -> None:
        """Let what is asked for lists go along it."""

        async def carry(route: Route) -> None:
            await self._free.wait()
            await route.continue_()

        def keep(request: Request) -> None:
            self._carried.append(request)

        await page.route(LISTS, carry)
        page.on("requestfinished", keep)

    async def longest(self) -> dict[str, int]:
        """Return the length of the longest list that came, by path."""
        found: dict[str, int] = {}
        for request in self._carried:
            path = request.url.split("?", 1)[0].partition("/api/")[2]
            answer = await request.response()
            if LISTS.search(request.url) and "json" in answer.headers.get("content-type", ""):
                found[path] = max(_longest(await answer.json()), found.get(path, 0))
        return found


def _longest(value: Any) -> int:
    """Return the length of the longest list in a piece of JSON."""
    parts = value.values() if isinstance(value, dict) else value
    if not isinstance(value, dict | list):
        return 0
    own = len(value) if isinstance(value, list) else 0
    return max([own, *map(_longest, parts)])


async def test_lists_and_rules_among_very_many(chromium, city):
    async with window(chromium, DESK) as desk:
        line = Line()
        page = await desk.new_page()
        await enter(page, city)
        await line.lie(page)
        await read_the_list(page, line)
        await choose_everybody(page, line)
        await build_an_audience(page, line)
        longest = await line.longest()
        assert max(longest.values()) <= MOST, longest
        assert longest["customers"] == PAGE
        assert longest["audiences/preview"] <= PAGE
        await page.unroute_all(behavior="wait")


async def go(page: Page, name: str) -> None:
    entries = page.get_by_role("navigation").get_by_role("link")
    await entries.filter(has_text=re.compile(f"^{name}$")).click()


def rows(page: Page) -> Locator:
    return page.get_by_role("main").locator("tbody tr.ant-table-row")


def waiting(page: Page) -> Locator:
    return page.get_by_role("main").locator("[aria-busy=true]")


async def read_the_list(page: Page, line: Line) -> None:
    line.hold()
    await go(page, "客户")
    await expect(waiting(page)).to_be_visible()
    line.let_go()
    await expect(rows(page)).to_have_count(PAGE)
    everybody = page.get_by_text(re.compile(r"^[\d,]{6,} 位$"))
    await expect(everybody).to_be_visible()
    assert PEOPLE / 2 < _number(await everybody.inner_text()) <= PEOPLE

    line.hold()
    more = page.get_by_role("button", name="加载更多")
    await more.click()
    await expect(more).to_have_class(re.compile("loading"))
    line.let_go()
    await expect(rows(page)).to_have_count(2 * PAGE)

    line.hold()
    await page.get_by_role("main").get_by_role("button", name="好友关系").click()
    await page.get_by_role("menuitem", name="已流失").click()
    await expect(waiting(page)).to_be_visible()
    line.let_go()
    await expect(rows(page)).to_have_count(PAGE)
    assert _number(await everybody.inner_text()) < PEOPLE / 2
    await shot(page, "very-many-customers")


async def choose_everybody(page: Page, line: Line) -> None:
    await page.get_by_role("columnheader").get_by_role("checkbox").check()
    await page.get_by_role("button", name=re.compile("^选择全部 .* 位符合条件的客户$")).click()
    line.hold()
    await page.get_by_role("button", name="变更阶段").click()
    await expect(page.get_by_text("正在统计会影响哪些客户…")).to_be_visible()
    line.let_go()
    dialog = page.get_by_role("dialog")
    told = dialog.get_by_text(re.compile(r"将影响 [\d,]+ 位客户"))
    await expect(told).to_be_visible()
    assert _number(await told.inner_text()) > PAGE
    await shot(page, "very-many-chosen")
    await dialog.get_by_role("button", name="取消").click()
    await expect(dialog).to_be_hidden()


async def build_an_audience(page: Page, line: Line) -> None:
    await go(page, "人群")
    await page.get_by_role("main").get_by_role("link", name="新建人群").first.click()
    count = page.get_by_test_id("headcount")
    await expect(count).to_have_text(COUNT)
    everybody = _number(await count.inner_text())
    assert everybody > PEOPLE / 2

    await add(page, "订单数")
    line.hold()
    await page.get_by_role("spinbutton", name="值").fill("0")
    await expect(page.get_by_text("更新中")).to_be_visible()
    line.let_go()
    await expect(page.get_by_text("更新中")).to_have_count(0)
    assert PAGE < _number(await count.inner_text()) <= everybody
    await shot(page, "very-many-builder")

    await page.get_by_label("名称").fill("下过单的人")
    await page.get_by_role("button", name="创建人群").click()
    await expect(page.get_by_test_id("size")).to_have_text(re.compile(r"^[1-9][\d,]+$"))
    await expect(rows(page)).to_have_count(PAGE)
    await rows(page).first.click()
    await expect(page.get_by_role("dialog", name="客户")).to_be_visible()
    await shot(page, "very-many-members")


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))
