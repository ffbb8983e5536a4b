"""The pay sheet of the script stand-in, in a real browser, as a page inside WeChat opens it."""

import os
import shutil

import msgspec
import pytest
from playwright.async_api import Page, async_playwright

from siyu.channels.pay.gateway import WeChatPay
from siyu.channels.pay.values import Order, Payer, Total, Transaction
from siyu.core.clock import SystemClock
from tests.conformance.accounts import listening, merchant_of
from tests.conformance.meeting import Meeting

pytestmark = pytest.mark.browser

BRIDGE = """(sheet) => { window.heard = [];
  WeixinJSBridge.invoke("getBrandWCPayRequest", sheet, (a) => heard.push(a.err_msg)); }"""
CHOOSE = """({timeStamp, appId, ...sheet}) => { window.heard = []; wx.config({appId});
  wx.chooseWXPay({timestamp: timeStamp, ...sheet,
    success: (a) => heard.push(a.errMsg), cancel: (a) => heard.push(a.errMsg)}); }"""


async def heard(page: Page) -> list[str]:
    await page.wait_for_function("heard.length > 0")
    return list(await page.evaluate("heard"))


async def test_a_person_pays_in_the_page(met: Meeting) -> None:
    program = os.environ.get("SIYU_TEST_CHROMIUM") or shutil.which("chromium")
    if program is None:
        pytest.skip("no Chromium")
    pay = WeChatPay(await merchant_of(met), SystemClock(), base=met.base)
    person = (await met.control("POST", "people", {}))["id"]
    openid = (await met.control("GET", f"people/{person}/official"))["openid"]
    async with listening(pay=pay) as address, async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": 390, "height": 844})
        page.set_default_timeout(120_000)

        async def sheet_of(number: str) -> object:
            order = Order(
                description="奶粉三段",
                number=number,
                amount=Total(total=12_850),
                payer=Payer(openid=openid),
                notify_url=address.url,
            )
            return msgspec.to_builtins(pay.pay_sheet(await pay.order(order)))

        shop = met.state["shop"]["products"][0]["sku"]
        await page.goto(f"{met.base.replace('://', f'://p-{person}.')}/shop/{shop}")
        await page.add_script_tag(url=f"{met.base}/open/js/jweixin-1.6.0.js")
        await page.evaluate(BRIDGE, await sheet_of("order-0001"))
        await page.get_by_text("¥128.50").wait_for()
        await page.get_by_role("button", name="支付").click()
        assert await heard(page) == ["get_brand_wcpay_request:ok"]
        notice = await address.notice()
        assert isinstance(notice.subject, Transaction)
        assert notice.subject.number == "order-0001"

        second = await sheet_of("order-0002")
        await page.evaluate(CHOOSE, second)
        await page.get_by_role("button", name="取消").click()
        assert await heard(page) == ["chooseWXPay:cancel"]
        await page.evaluate(CHOOSE, second)
        await page.get_by_role("button", name="支付").click()
        assert await heard(page) == ["chooseWXPay:ok"]
        await browser.close()
    pay.close_threads()
