"""The world page: people talk in a group, a staff account confirms, an observer reads along."""

from typing import Any

import httpx
import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Town
from tests.browser.eyes import DESK, PHONE, fits, shot, window

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

STAFF = "linxiaoyue"
GROUP = "新手妈妈答疑群"
QUESTION = "今晚几点开课？"
OFFER = "会员日，三段奶粉第二件半价。"


def ask(town: Town, path: str, body: dict[str, Any], **query: str) -> Any:
    """Post to the world: its control API, or WeCom's own."""
    answer = httpx.post(
        f"http://127.0.0.1:{town.world_port}{path}",
        json=body,
        params=query,
        headers={"host": f"world.siyu.localhost:{town.world_port}"},
        timeout=120,
    )
    return answer.raise_for_status().json()


def friend_in_a_group(town: Town) -> int:
    """Let somebody come, add the staff account by its own code, and be invited into a group."""
    person: int = ask(town, "/world/api/people", {})["id"]
    ask(town, f"/world/api/people/{person}/scan", {"url": f"{town.world}u/{STAFF}"})
    group = {"userid": STAFF, "name": GROUP, "invited": [f"p-{person}"]}
    ask(town, "/world/api/groups", group)
    return person


def friend(town: Town) -> tuple[int, str]:
    """Let somebody come and add the staff account by its own code; return number and name."""
    person = ask(town, "/world/api/people", {})
    ask(town, f"/world/api/people/{person['id']}/scan", {"url": f"{town.world}u/{STAFF}"})
    return person["id"], person["name"]


def nothing_is_told(town: Town, *, dropped: float) -> None:
    """Let so much of what WeCom tells get lost."""
    httpx.put(
        f"http://127.0.0.1:{town.world_port}/world/api/faults",
        json={"dropped": dropped},
        headers={"host": f"world.siyu.localhost:{town.world_port}"},
        timeout=120,
    ).raise_for_status()


def mass_message(town: Town, person: int) -> None:
    """Make a mass message as any WeCom client does; the staff account may choose receivers."""
    admin = town.told("admin/app")
    token = httpx.get(
        f"http://127.0.0.1:{town.world_port}/cgi-bin/gettoken",
        params={"corpid": admin["corpid"], "corpsecret": admin["items"][0]["secret"]},
        timeout=120,
    ).json()["access_token"]
    message = {
        "external_userid": [town.told(f"people/{person}")["external_userid"]],
        "sender": STAFF,
        "allow_select": True,
        "text": {"content": OFFER},
    }
    path = "/cgi-bin/externalcontact/add_msg_template"
    assert ask(town, path, message, access_token=token)["errcode"] == 0


async def test_a_group_a_mass_message_and_what_the_systems_said(chromium, town):
    person = friend_in_a_group(town)
    async with window(chromium, DESK) as desk:
        page = await desk.new_page()
        await page.goto(f"{town.world}?p={person}&s={STAFF}")
        await talk_in_the_group(page)
        mass_message(town, person)
        await confirm_it(page)
        await read_along(page)
        await fits(page)
    async with window(chromium, PHONE) as pocket:
        page = await pocket.new_page()
        await page.goto(f"{town.world}?p={person}&s={STAFF}")
        await expect(page.get_by_role("region", name="客户的手机")).to_contain_text(GROUP)
        await fits(page)


async def talk_in_the_group(page: Page) -> None:
    customer = page.get_by_role("region", name="客户的手机")
    staff = page.get_by_role("region", name="员工的手机")
    await customer.get_by_role("button", name=GROUP).click()
    await customer.get_by_label("写点什么").fill(QUESTION)
    await page.keyboard.press("Enter")
    await expect(customer.get_by_text(QUESTION)).to_be_visible()
    await staff.get_by_role("button", name=GROUP).click()
    await expect(staff.get_by_text(QUESTION)).to_be_visible()
    await shot(page, "world-group")
    await customer.get_by_role("button", name="返回").click()


async def confirm_it(page: Page) -> None:
    customer = page.get_by_role("region", name="客户的手机")
    staff = page.get_by_role("region", name="员工的手机")
    await staff.get_by_role("button", name="任务").click()
    task = staff.get_by_role("article", name=OFFER)
    await expect(task.get_by_text("待确认")).to_be_visible()
    await shot(page, "world-task")
    await task.get_by_role("button", name="发送给 1 个").click()
    await expect(task.get_by_text("已发送")).to_be_visible()
    await customer.get_by_role("button", name=OFFER).click()
    await expect(customer.get_by_text(OFFER)).to_be_visible()


async def read_along(page: Page) -> None:
    wire = page.get_by_role("tabpanel", name="系统对话")
    await wire.get_by_label("按路径或内容找").fill("add_msg_template")
    await wire.get_by_role("button", name="创建群发").click()
    drawer = page.get_by_role("dialog", name="创建群发")
    await expect(drawer.get_by_label("发出")).to_contain_text(OFFER)
    await expect(drawer.get_by_label("回答")).to_contain_text("msgid")
    await shot(page, "world-drawer")
    await page.keyboard.press("Escape")
    await expect(drawer).to_be_hidden()


async def test_beside_a_chat_stands_the_customer_of_that_chat(chromium, town):
    _, known = friend(town)
    nothing_is_told(town, dropped=1.0)
    _, stranger = friend(town)
    nothing_is_told(town, dropped=0.0)
    async with window(chromium, DESK) as desk:
        page = await desk.new_page()
        for name, heading in ((known, known), (stranger, "siyu 还不认识这位客户")):
            await page.goto(f"{town.world}?s={STAFF}")
            staff = page.get_by_role("region", name="员工的手机")
            await staff.get_by_role("button", name=name).first.click()
            await staff.get_by_role("button", name="siyu 侧边栏").click()
            beside = staff.frame_locator("iframe")
            await expect(beside.get_by_role("heading", name=heading)).to_be_visible()
            await shot(page, f"world-sidebar-{'known' if name == known else 'unknown'}")
