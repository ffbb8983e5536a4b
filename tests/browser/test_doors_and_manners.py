"""How the console meets people: strangers, staff members, those who read English."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Enterprise
from tests.browser.eyes import DESK, PHONE, fits, shot, window

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1800)]

HELPER = "linxiaoyue"
PAGES = {
    "home": "/",
    "live-codes": "/growth/live-codes",
    "channels": "/growth/channels",
    "customers": "/people/customers",
    "customer-groups": "/people/groups",
    "merge-suggestions": "/people/merge-candidates",
    "tags": "/people/tags",
    "tag-rules": "/people/tags?tab=rules",
    "audiences": "/people/audiences",
    "rfm": "/people/rfm",
    "churn": "/people/churn",
    "exchange": "/people/exchange",
    "materials": "/activation/materials",
    "orders": "/conversion/orders",
    "order-sources": "/conversion/order-sources",
    "connection": "/settings/connection",
    "callbacks": "/settings/connection?tab=callbacks",
    "fields": "/settings/fields",
    "privacy": "/settings/privacy",
    "collection": "/settings/collection",
    "staff": "/settings/staff",
    "audit": "/settings/audit",
    "jobs": "/settings/jobs",
}


async def enter(page: Page, place: Enterprise, path: str = "/", password: str = "") -> None:
    """Open a page of the console and sign in at the door that stands before it."""
    await page.goto(place.console + path)
    await page.get_by_label("账号").fill(place.username)
    await page.get_by_label("密码").fill(password or place.password)
    await page.get_by_role("button", name=re.compile(r"登\s*录")).click()


async def move(page: Page, path: str) -> None:
    """Go to another page as a link within the console does, without loading everything anew."""
    await page.evaluate(
        "to => { history.pushState({}, '', to); dispatchEvent(new PopStateEvent('popstate')); }",
        f"/console{path}",
    )
    here = page.get_by_role("navigation").locator("[aria-current=page]")
    address = f"/console{path}".split("?", 1)[0].rstrip("/")
    await expect(here).to_have_attribute("href", address)


async def test_a_wrong_password_is_told_in_a_sentence(chromium, town):
    async with window(chromium, DESK, (400, r"/api/session$"), (401, r"/api/session$")) as desk:
        page = await desk.new_page()
        await enter(page, town, password="not-the-one")
        await expect(page.get_by_role("alert")).to_contain_text("密码")
        await shot(page, "console-wrong-password")
        await expect(page.get_by_role("navigation")).to_be_hidden()


async def test_a_page_waits_behind_the_door_and_filters_live_in_the_address(chromium, town):
    async with window(chromium, DESK) as desk:
        page = await desk.new_page()
        await enter(page, town, "/people/customers?state=lost")
        chip = (
            page.get_by_role("main").get_by_role("button").filter(has_text="好友关系：已流失").first
        )
        await expect(chip).to_be_visible()
        await page.get_by_placeholder("昵称、备注").fill("没有这个人")
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("没有符合条件的内容")).to_be_visible()
        await page.reload()
        await expect(page.get_by_text("没有符合条件的内容")).to_be_visible()
        await expect(chip).to_be_visible()
        await expect(page.get_by_placeholder("昵称、备注")).to_have_value("没有这个人")
        await page.get_by_role("button", name="清除全部").click()
        await expect(page).to_have_url(re.compile(r"/people/customers$"))
        await expect(page.get_by_role("row").nth(5)).to_be_visible()


async def test_who_is_signed_out_elsewhere_comes_to_the_door(chromium, town):
    async with window(chromium, DESK, (401, r"/api/")) as desk:
        page = await desk.new_page()
        await enter(page, town, "/people/tags")
        await expect(page.get_by_role("heading", name="标签").first).to_be_visible()
        await desk.clear_cookies()
        await page.get_by_role("navigation").get_by_text("后台任务").click()
        await expect(page.get_by_role("heading", name="登录控制台")).to_be_visible()


async def test_a_staff_member_sees_of_the_console_what_the_role_may(chromium, town):
    address = town.staff_app(HELPER)
    async with window(chromium, DESK, (403, r"/api/")) as desk:
        page = await desk.new_page()
        await page.goto(address)
        await expect(page.get_by_role("heading", name="今天")).to_be_visible()
        await page.goto(address.replace("/staff/", "/console/"))
        entries = page.get_by_role("navigation").get_by_role("link")
        await expect(entries.filter(has_text=re.compile("^客户$"))).to_be_visible()
        for name in ("首页", "订单", "企业微信连接", "审计", "后台任务"):
            await expect(entries.filter(has_text=name)).to_have_count(0)
        await shot(page, "console-as-staff")
        await page.goto(address.replace("/staff/", "/console/settings/audit"))
        await expect(page.get_by_text("没有权限查看")).to_be_visible()


async def test_every_page_speaks_english_and_fits_the_screen(chromium, town):
    async with window(chromium, DESK) as desk:
        page = await desk.new_page()
        await enter(page, town)
        await page.get_by_role("button", name="账户").click()
        await page.get_by_role("menuitem", name="English").click()
        await expect(page.get_by_role("heading", name="Home")).to_be_visible()
        for name, path in PAGES.items():
            await move(page, path)
            await expect(page.get_by_role("main").get_by_role("heading").first).to_be_visible()
            await expect(page.locator("[aria-busy=true]")).to_have_count(0)
            await shot(page, f"english-{name}")
            await fits(page)


async def test_the_phone_app_in_each_of_its_tabs(chromium, town):
    async with window(chromium, PHONE) as pocket:
        page = await pocket.new_page()
        await page.goto(town.staff_app(HELPER))
        await expect(page.get_by_role("heading", name="今天")).to_be_visible()
        for tab in ("客户", "素材", "排行", "我的"):
            await page.get_by_role("navigation").get_by_text(tab, exact=True).click()
            await expect(page.get_by_role("main")).not_to_be_empty()
            await expect(page.locator(".adm-skeleton")).to_have_count(0)
            await shot(page, f"staff-{tab}")
            await fits(page)
        await page.get_by_text("English", exact=True).click()
        await expect(page.get_by_role("navigation").get_by_text("Customers")).to_be_visible()
        await shot(page, "staff-english")
