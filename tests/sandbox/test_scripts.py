"""The script stand-ins in a real browser, on pages of another origin."""

import hashlib
import os
import shutil
from collections.abc import AsyncIterator
from typing import Any

import pytest
from outside import Outside
from playwright.async_api import Page, async_playwright
from worlds import AGENT, WorldClient

pytestmark = pytest.mark.browser

REGISTER = """([corp, agent, one, two]) => {
  window.heard = [];
  ww.register({
    corpId: corp, agentId: agent, jsApiList: ["shareAppMessage"],
    getConfigSignature: async () => one, getAgentConfigSignature: async () => two,
    onConfigFail: (a) => heard.push(a.errMsg), onAgentConfigFail: (a) => heard.push(a.errMsg),
    onAgentConfigSuccess: () => heard.push("ready"),
  });
}"""


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    program = os.environ.get("SIYU_TEST_CHROMIUM") or shutil.which("chromium")
    if program is None:
        pytest.skip("no Chromium")
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        tab = await browser.new_page(viewport={"width": 390, "height": 844})
        tab.set_default_timeout(120_000)
        errors: list[str] = []
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
        yield tab
        await browser.close()
        assert errors == []


def signed(ticket: str, url: str) -> dict[str, Any]:
    text = f"jsapi_ticket={ticket}&noncestr=n&timestamp=1&url={url}"
    digest = hashlib.sha1(text.encode()).hexdigest()  # noqa: S324  the protocol fixes SHA-1
    return {"timestamp": 1, "nonceStr": "n", "signature": digest}


async def test_a_staff_member_shares_from_a_page(
    connected: WorldClient, outside: Outside, page: Page
) -> None:
    script = f"{connected.settings.base_url}/wwopen/js/jssdk.js"
    outside.pages["/staff"] = f'<script src="{script}"></script>'
    person = await connected.person()
    await connected.scan(person["id"], await connected.way("wutao"))
    corp = (await connected.fetch("get_jsapi_ticket"))["ticket"]
    agent = (await connected.fetch("ticket/get", type="agent_config"))["ticket"]
    url = f"http://s-wutao.{outside.domain}/staff"
    await page.goto(url + "#/customers")
    keys = [connected.corpid, AGENT, signed(corp, url), signed(agent, url)]
    await page.evaluate(REGISTER, keys)
    await page.wait_for_function("heard.length === 1")
    assert await page.evaluate("heard") == ["ready"]
    link = {"title": "断奶指南", "link": f"{outside.url}/l/abc"}
    share = """(link) => {
      ww.shareAppMessage(link).then((a) => heard.push(a.errMsg), (e) => heard.push(e.message));
    }"""
    await page.evaluate(share, link)
    await page.get_by_role("button", name="取消").click()
    await page.evaluate(share, link)
    await page.locator(f"[data-person='{person['id']}']").click()
    await page.wait_for_function("heard.length === 3")
    assert await page.evaluate("heard") == [
        "ready",
        "shareAppMessage:cancel",
        "shareAppMessage:ok",
    ]
    chats = await connected.control("GET", f"people/{person['id']}/chats")
    assert [m["url"] for m in chats["items"][0]["messages"]] == [link["link"]]


async def test_a_customers_page_sets_what_is_shared(
    connected: WorldClient, outside: Outside, page: Page
) -> None:
    script = f"{connected.settings.base_url}/open/js/jweixin-1.6.0.js"
    outside.pages["/reading"] = f'<script src="{script}"></script>'
    official = connected.state["official"]
    body = {"grant_type": "client_credential", "appid": official["appid"]}
    stable = await connected.http.post(
        "/cgi-bin/stable_token", json=body | {"secret": official["secret"]}
    )
    query = {"access_token": stable.json()["access_token"], "type": "jsapi"}
    ticket = (await connected.http.get("/cgi-bin/ticket/getticket", params=query)).json()["ticket"]
    url = f"http://p-1.{outside.domain}/reading"
    await page.goto(url)
    config = {"appId": official["appid"], "jsApiList": [], **signed(ticket, url)}
    own = f"{outside.url}/l/own"
    await page.evaluate(
        """([config, link]) => {
          window.heard = [];
          wx.config(config);
          wx.error((a) => heard.push(a.errMsg));
          wx.ready(() => wx.updateAppMessageShareData(
            { title: "指南", link, success: (a) => heard.push(a.errMsg) }));
        }""",
        [config, own],
    )
    await page.wait_for_function("heard.length === 1")
    assert await page.evaluate("heard") == ["updateAppMessageShareData:ok"]
    sent = await connected.control("POST", "people/1/forward", {"url": url, "to": 2})
    assert sent["url"] == own
