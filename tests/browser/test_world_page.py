"""The world page: people talk in a group, a staff account confirms, an observer reads along."""

import asyncio
from typing import Any

import httpx
import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Town
from tests.browser.eyes import DESK, PHONE, fits, shot, window

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

STAFF = "linxiaoyue"
PATIENCE_SECONDS = 60
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


def wecom(town: Town, path: str, body: dict[str, Any]) -> Any:
    """Call WeCom as any client does, as the corporation's first app."""
    admin = town.told("admin/app")
    token = httpx.get(
        f"http://127.0.0.1:{town.world_port}/cgi-bin/gettoken",
        params={"corpid": admin["corpid"], "corpsecret": admin["items"][0]["secret"]},
        timeout=120,
    ).json()["access_token"]
    answer = ask(town, f"/cgi-bin/{path}", body, access_token=token)
    assert answer["errcode"] == 0, answer
    return answer


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
    message = {
        "external_userid": [town.told(f"people/{person}")["external_userid"]],
        "sender": STAFF,
        "allow_select": True,
        "text": {"content": OFFER},
    }
    wecom(town, "externalcontact/add_msg_template", message)


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
    async with window(chromium, DESK, (404, "/api/staff/chat-customer")) as desk:
        page = await desk.new_page()
        _, known = friend(town)
        await look_beside(page, town, known, known, "known")
        nothing_is_told(town, dropped=1.0)
        try:
            _, stranger = friend(town)
            await look_beside(page, town, stranger, "siyu 还不认识这位客户", "unknown")
        finally:
            nothing_is_told(town, dropped=0.0)


async def look_beside(page, town, name, heading, picture):
    """Open the side bar of a chat and look at what it shows."""
    await page.goto(f"{town.world}?s={STAFF}")
    staff = page.get_by_role("region", name="员工的手机")
    await staff.get_by_role("button", name=name).first.click()
    await staff.get_by_role("button", name="siyu 侧边栏").click()
    beside = staff.frame_locator("iframe")
    await expect(beside.get_by_role("heading", name=heading)).to_be_visible()
    await shot(page, f"world-sidebar-{picture}")


CARD = {
    "card_type": "button_interaction",
    "main_title": {"title": "退款申请待审批", "desc": "订单 88"},
    "task_id": "refund-88",
    "button_list": [{"text": "同意", "key": "yes"}, {"text": "驳回", "key": "no"}],
}
MENU = {
    "head_content": "请问要办什么？",
    "list": [{"type": "click", "click": {"id": "1", "content": "查物流"}}],
}


async def test_what_a_person_and_a_staff_account_can_press(chromium, town):
    person, name = friend(town)
    app = town.told("admin/app")["items"][0]["agentid"]
    card = {"touser": STAFF, "agentid": app, "msgtype": "template_card", "template_card": CARD}
    wecom(town, "message/send", card)
    async with window(chromium, DESK) as desk:
        page = await desk.new_page()
        await page.goto(f"{town.world}?p={person}&s={STAFF}")
        await press_the_card(page, town)
        await send_ones_own_mass_message(page, name)
        await answer_the_menu(page, town, person, app)
        await agree_to_things(page, town)
        await fits(page)


def told_of_the_key(town: Town) -> bool:
    log = town.told("log?kind=callback&limit=50")["items"]
    return any("<EventKey><![CDATA[yes]]>" in entry["request"] for entry in log)


async def press_the_card(page: Page, town: Town) -> None:
    staff = page.get_by_role("region", name="员工的手机")
    await staff.get_by_role("button", name="退款申请待审批").click()
    await staff.get_by_role("button", name="同意").click()
    await expect(page.get_by_text("已告诉应用")).to_be_visible()
    await shot(page, "world-card")
    # The world tells siyu on its own time.
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not told_of_the_key(town):  # noqa: ASYNC110 - it is asked over HTTP
            await asyncio.sleep(0.2)
    await staff.get_by_role("button", name="返回").click()


async def send_ones_own_mass_message(page: Page, name: str) -> None:
    staff = page.get_by_role("region", name="员工的手机")
    await staff.get_by_role("button", name="任务").click()
    await staff.get_by_role("button", name="自己群发").click()
    sheet = page.get_by_role("dialog", name="自己群发")
    await sheet.get_by_label("说什么").fill("新品到店，欢迎来看")
    await sheet.get_by_label(name, exact=True).first.check()
    await sheet.get_by_role("button", name="发送给 1 个").click()
    task = staff.get_by_role("article", name="新品到店，欢迎来看")
    await expect(task.get_by_text("已发送")).to_be_visible()


async def answer_the_menu(page: Page, town: Town, person: int, app: int) -> None:
    desk = ask(town, "/world/api/service/accounts", {"name": "小鲸鱼客服", "agents": [app]})
    customer = page.get_by_role("region", name="客户的手机")
    await customer.get_by_role("button", name="好友", exact=True).click()
    await customer.get_by_role("button", name="咨询 小鲸鱼客服").click()
    await expect(customer.get_by_text("客户进入会话")).to_be_visible()
    await customer.get_by_label("写点什么").fill("在吗")
    await page.keyboard.press("Enter")
    await expect(customer.get_by_text("在吗")).to_be_visible()
    menu = {
        "touser": town.told(f"people/{person}")["external_userid"],
        "open_kfid": desk["open_kfid"],
        "msgtype": "msgmenu",
        "msgmenu": MENU,
    }
    wecom(town, "kf/send_msg", menu)
    await customer.get_by_role("button", name="查物流").click()
    await expect(customer.get_by_text("查物流")).to_have_count(2)
    await shot(page, "world-menu")
    await customer.get_by_role("button", name="返回").click()


async def agree_to_things(page: Page, town: Town) -> None:
    customer = page.get_by_role("region", name="客户的手机")
    official = town.told("official")["name"]
    await customer.get_by_role("button", name="好友", exact=True).click()
    await customer.get_by_role("button", name="关注").click()
    await customer.get_by_role("button", name="同意一次").first.click()
    await expect(customer.get_by_text("还可以收 1 条")).to_be_visible()
    await customer.get_by_role("button", name="获取手机号").click()
    await expect(customer.get_by_role("status").get_by_text("小程序拿到的 code")).to_be_visible()
    await shot(page, "world-wechat")
    await customer.get_by_role("button", name=f"进入 {official}").click()
    await customer.get_by_label("写点什么").fill("几点开门")
    await page.keyboard.press("Enter")
    await expect(customer.get_by_text("几点开门")).to_be_visible()
    await customer.get_by_role("button", name="返回").click()
