"""An audience through the builder: conditions, head count, why, saved and filled."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.eyes import DESK, PHONE, fits, shot, window
from tests.browser.test_doors_and_manners import enter

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1800)]

NAME = "快递来的好友"
COUNT = re.compile(r"^[1-9][\d,]*人$")


async def test_an_audience_is_built_counted_explained_and_filled(chromium, town):
    async with window(chromium, DESK) as desk:
        page = await desk.new_page()
        await enter(page, town, "/people/audiences")
        await expect(page.get_by_role("heading", name="人群").first).to_be_visible()
        await page.get_by_role("main").get_by_role("link", name="新建人群").first.click()
        count = page.get_by_test_id("headcount")
        await expect(count).to_have_text(COUNT)
        everybody = _number(await count.inner_text())

        await page.get_by_label("名称").fill(NAME)
        await add(page, "好友关系")
        await expect(page.get_by_role("button", name="现在是好友").first).to_be_visible()
        await add(page, "订单数")
        await page.get_by_role("spinbutton", name="值").fill("0")
        await add(page, "没做过某事")
        await expect(rule(page)).to_contain_text("且")
        await expect(count).to_have_text(COUNT)
        await expect(page.get_by_text("更新中")).to_have_count(0)
        assert 0 < _number(await count.inner_text()) <= everybody
        await shot(page, "audience-builder")

        person = page.get_by_role("complementary").locator("button[aria-pressed]").first
        await person.click()
        await expect(page.get_by_text("在里面")).to_be_visible()
        await expect(rule(page).get_by_text("满足", exact=True)).to_have_count(3)
        await shot(page, "audience-why")

        await page.get_by_role("button", name="创建人群").click()
        await expect(page.get_by_role("heading", name=NAME)).to_be_visible()
        await expect(page.get_by_test_id("size")).to_have_text(re.compile(r"^[1-9]"))
        await expect(page.get_by_role("row").nth(2)).to_be_visible()
        await shot(page, "audience")
        await page.get_by_role("row").nth(1).click()
        await expect(page.get_by_role("dialog", name="客户")).to_be_visible()


async def test_the_builder_and_the_list_fit_a_phone(chromium, town):
    async with window(chromium, PHONE) as pocket:
        page = await pocket.new_page()
        await enter(page, town, "/people/audiences/new")
        await expect(page.get_by_test_id("headcount")).to_have_text(COUNT)
        await page.get_by_role("button", name="看过两次未买").click()
        await expect(page.get_by_text("不少于 2 次").first).to_be_visible()
        await shot(page, "audience-builder")
        await fits(page)
        await page.reload()
        await expect(page.get_by_text("继续上次没保存的修改")).to_be_visible()
        await page.get_by_role("button", name="放弃草稿").click()
        await expect(page.get_by_text("还没有条件")).to_be_visible()
        for path in ("/people/audiences", "/people/rfm"):
            await page.goto(town.console + path)
            await expect(page.get_by_role("main").get_by_role("heading").first).to_be_visible()
            await expect(page.locator("[aria-busy=true]")).to_have_count(0)
            await fits(page)


def rule(page: Page) -> Locator:
    """The tree of conditions."""
    return page.get_by_role("region", name="全部满足").first


async def add(page: Page, name: str) -> None:
    """Add a condition, found by its name."""
    await page.get_by_role("button", name="添加条件").first.click()
    menu = page.get_by_role("tooltip").filter(has=page.get_by_placeholder("查找条件"))
    await menu.get_by_placeholder("查找条件").fill(name)
    await menu.get_by_role("button", name=name, exact=True).click()
    await expect(menu).to_be_hidden()


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))
