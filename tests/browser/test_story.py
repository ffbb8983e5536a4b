"""The main job through the buttons its people press, from a code to an order that is owed."""

import re
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser, BrowserContext, FrameLocator, Locator, Page, expect

from tests.browser.eyes import DESK, PHONE, fits, shot, window

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1800)]

STAFF = ("林晓月", "周敏")
CODE = "十一月包裹卡"
CHANNEL = "快递包裹"
TAG = "奶粉"
WELCOME = "您好，感谢您的信任，先收好这份指南："
LINK = "进店逛逛"
GUIDE = "新手爸妈必读"
"""The article that the demonstration begins with."""
ARTICLE = "辅食从哪一口开始"
PARAGRAPH = "宝宝第一次添加辅食，很多新手爸妈会紧张。记住三个原则：从少到多、由稀到稠、一次一种。"


@dataclass
class Story:
    """Who is in it, and the windows that stay open while it goes on."""

    town: object
    console: Page
    world: Page
    phone: Page | None = None
    person: str = ""
    userid: str = ""

    @property
    def customers_phone(self) -> Locator:
        return self.world.get_by_role("region", name="客户的手机")

    @property
    def page_on_phone(self) -> FrameLocator:
        return self.customers_phone.frame_locator("iframe")


async def test_from_a_scanned_code_to_an_order_that_is_owed(chromium, town):
    async with window(chromium, DESK) as desk, window(chromium, PHONE) as pocket:
        story = Story(town, await desk.new_page(), await desk.new_page())
        await sign_in(story)
        await make_a_code(story)
        await scan_it(story)
        await look_at_the_customer(story)
        await look_at_the_callback(story)
        await publish_an_article(story)
        await share_it(story, pocket)
        await read_it(story, chromium)
        await buy(story)
        await count(story)
        await leave(story)


async def sign_in(story: Story) -> None:
    page = story.console
    await page.goto(story.town.console)
    await page.get_by_label("账号").fill("admin")
    await shot(page, "console-sign-in")
    await page.get_by_label("密码").fill(story.town.password)
    await page.get_by_role("button", name="登录").click()
    await expect(page.get_by_role("heading", name="首页")).to_be_visible()


async def go(page: Page, name: str) -> None:
    """Choose a page of the console."""
    entries = page.get_by_role("navigation").get_by_role("link")
    await entries.filter(has_text=re.compile(f"^{name}$")).click()


async def make_a_code(story: Story) -> None:
    page = story.console
    await go(page, "订单")
    await expect(page.get_by_text("还没有订单")).to_be_visible()  # an empty list says what to do
    await shot(page, "console-orders-empty")
    await go(page, "员工活码")
    await page.get_by_role("main").get_by_role("button", name="新建活码").last.click()
    await page.get_by_label("活码名称").fill(CODE)
    await page.get_by_role("button", name="新建渠道").click()
    dialog = page.get_by_role("dialog", name="新建渠道")
    await dialog.get_by_label("渠道名称").fill(CHANNEL)
    await dialog.get_by_role("button", name="保存").click()
    await expect(dialog).to_be_hidden()
    for name in STAFF:
        await choose(page, "接待员工", name)
    await choose(page, "自动标签", TAG)
    await write(page.get_by_placeholder("如：您好"), WELCOME)
    await page.get_by_role("button", name="添加链接").click()
    await page.get_by_placeholder("标题").fill(LINK)
    await page.get_by_placeholder("网址").fill(
        story.town.told("state")["shop"]["products"][0]["url"]
    )
    await page.get_by_role("button", name="选内容中心的文章").click()
    await choose(page, "文章", GUIDE)
    preview = page.get_by_role("complementary")
    await expect(preview.get_by_text(GUIDE)).to_be_visible()
    await expect(preview.get_by_text(WELCOME)).to_be_visible()
    await shot(page, "console-builder")
    await page.get_by_role("button", name="创建活码").click()
    picture = page.get_by_role("img", name=f"{CODE}的二维码")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    await expect(page.get_by_text("使用中")).to_be_visible()
    await shot(page, "console-live-code")


async def choose(page: Page, field_name: str, option: str) -> None:
    """Choose from a list that opens below a field."""
    box = page.get_by_role("combobox", name=field_name)
    await box.click()
    await page.keyboard.insert_text(option)  # narrows the list, which would move otherwise
    opened = page.locator(f"#{await box.get_attribute('aria-controls')}")
    found = page.locator(".ant-select-dropdown", has=opened).locator(".ant-select-item-option")
    await expect(found).to_have_count(1)
    await found.click()
    await page.keyboard.press("Escape")


async def write(box: Locator, text: str) -> None:
    """Write into a box; once more where a list that was closing took the keys."""
    for _ in range(3):
        await box.fill(text)
        if await box.input_value() == text:
            return
    await expect(box).to_have_value(text)


async def scan_it(story: Story) -> None:
    page = story.world
    await page.goto(story.town.world)
    await page.get_by_role("button", name="＋ 新来一个人").first.click()
    phone = story.customers_phone
    await phone.get_by_role("button", name="扫码").click()
    await page.get_by_role("dialog").get_by_role("button", name=CODE).click()
    await expect(phone.get_by_text(WELCOME)).to_be_visible()
    await expect(phone.get_by_role("button", name=LINK)).to_be_visible()
    await expect(phone.get_by_role("button", name=GUIDE)).to_be_visible()
    number = int(re.search(r"[?&]p=(\d+)", page.url).group(1))
    person = story.town.told(f"people/{number}")
    story.person, story.userid = person["name"], person["contacts"][0]["userid"]
    await shot(page, "world")


async def look_at_the_customer(story: Story) -> None:
    page = story.console
    await go(page, "客户")
    row = page.get_by_role("row").filter(has_text=story.person).filter(has_text=CHANNEL)
    await expect(row).to_be_visible()
    await shot(page, "console-customers")
    await row.click()
    await expect(
        page.get_by_role("dialog").get_by_role("heading", name=story.person)
    ).to_be_visible()
    await shot(page, "console-customer-drawer")
    await page.get_by_role("link", name="打开完整页面").click()
    main = page.get_by_role("main")
    await expect(main.get_by_role("heading", name=story.person)).to_be_visible()
    for word in (TAG, "添加好友", "欢迎语已发送"):
        await expect(main.get_by_text(word).first).to_be_visible()
    await shot(page, "console-customer")


async def look_at_the_callback(story: Story) -> None:
    page = story.console
    await go(page, "企业微信连接")
    await page.get_by_role("tab", name="回调").click()
    row = page.get_by_role("row").filter(has_text="添加客户").first
    await expect(row).to_contain_text("建立好友关系")
    await row.click()
    drawer = page.get_by_role("dialog")
    await expect(drawer.get_by_text("<ChangeType>")).to_be_visible()
    await shot(page, "console-callback")
    await page.keyboard.press("Escape")
    await expect(drawer).to_be_hidden()


async def publish_an_article(story: Story) -> None:
    page = story.console
    await go(page, "内容中心")
    await page.get_by_role("main").get_by_role("button", name="写文章").last.click()
    await page.get_by_label("标题", exact=True).fill(ARTICLE)
    text = page.get_by_role("textbox", name="正文")
    await text.click()
    for _ in range(8):
        await page.keyboard.insert_text(PARAGRAPH)
        await page.keyboard.press("Enter")
    await shot(page, "console-article")
    await page.get_by_role("button", name="发布").click()
    await expect(page.get_by_text("已发布，员工现在可以分享它了")).to_be_visible()
    await expect(page.get_by_role("link", name="打开文章页")).to_be_visible()


async def share_it(story: Story, pocket: BrowserContext) -> None:
    page = story.phone = await pocket.new_page()
    await page.goto(story.town.staff_app(story.userid))
    await expect(page.get_by_role("heading", name="今天")).to_be_visible()
    newcomer = page.get_by_role("listitem").filter(has_text=story.person)
    await expect(newcomer).to_be_visible()
    await shot(page, "staff-today")
    await fits(page)
    await newcomer.get_by_role("link", name=story.person).click()
    await expect(page.get_by_text(CHANNEL).first).to_be_visible()
    await shot(page, "staff-customer")
    await page.go_back()
    await newcomer.get_by_role("link", name="发素材").click()
    await page.get_by_role("button", name=ARTICLE).click()
    await expect(page.get_by_role("button", name=f"发给 {story.person}")).to_be_visible()
    await shot(page, "staff-share")
    await page.get_by_role("button", name=f"发给 {story.person}").click()
    await page.get_by_role("dialog").get_by_role("button", name=story.person, exact=True).click()
    await expect(page.get_by_text("已发送，TA 打开时你会看到")).to_be_visible()
    await page.get_by_text("今日", exact=True).click()


async def read_it(story: Story, chromium: Browser) -> None:
    await story.customers_phone.get_by_role("button", name=ARTICLE).click()
    frame = story.page_on_phone
    await expect(frame.get_by_role("heading", name=ARTICLE)).to_be_visible()
    await expect(frame.get_by_role("link", name="联系我")).to_be_visible()
    await frame.get_by_text(PARAGRAPH).last.scroll_into_view_if_needed()
    await shot(story.world, "world-reading")
    reading = story.phone.get_by_role("listitem").filter(has_text=f"《{ARTICLE}》")
    await expect(reading).to_contain_text(story.person)
    await expect(reading).to_contain_text("正在看")
    await shot(story.phone, "staff-reading")
    address = await story.customers_phone.locator("iframe").get_attribute("src")
    async with window(chromium, PHONE) as hand:  # the same page as large as a phone shows it
        page = await hand.new_page()
        await page.goto(address)
        await expect(page.get_by_role("heading", name=ARTICLE)).to_be_visible()
        await fits(page)
        await shot(page, "customer-article")
        await page.get_by_role("link", name="联系我").click()
        await expect(page.get_by_role("dialog", name="联系我")).to_be_visible()
        await shot(page, "customer-contact")


async def buy(story: Story) -> None:
    phone = story.customers_phone
    await phone.get_by_role("button", name="商城").click()
    await phone.get_by_role("button", name="买", exact=True).first.click()
    said = story.world.get_by_text("已下单")
    await expect(said).to_be_visible()
    number = (await said.inner_text()).removeprefix("已下单").strip()
    page = story.console
    await go(page, "订单")
    row = page.get_by_role("row").filter(has_text=number)
    await expect(row).to_contain_text(re.compile("精确归因|按时间归因"))
    await expect(row).to_contain_text(story.person)
    await shot(page, "console-orders")
    await row.click()
    await expect(page.get_by_text(CHANNEL).first).to_be_visible()
    await shot(page, "console-order")


async def count(story: Story) -> None:
    page = story.console
    await go(page, "首页")
    await page.get_by_text("近 7 天", exact=True).click()  # the story may pass midnight
    await expect(page.get_by_role("heading", name="员工排行")).to_be_visible()
    bought = page.locator("a[href*='/metrics/bought?']").first
    await expect(bought).to_have_text("1")
    # What happened while other pages were open stands there too.
    now = page.get_by_role("main").get_by_role("link", name=story.person)
    await expect(now.first).to_be_visible()
    await shot(page, "console-home")
    await bought.click()
    await expect(page.get_by_role("row").filter(has_text=story.person)).to_be_visible()
    await shot(page, "console-figure")


async def leave(story: Story) -> None:
    phone = story.customers_phone
    await phone.get_by_role("button", name="好友").click()
    await phone.get_by_role("button", name="删除这位员工").click()
    dialog = story.world.get_by_role("dialog", name="删除这位员工")
    await dialog.get_by_role("button", name="删除这位员工").click()
    await expect(dialog).to_be_hidden()
    page = story.console
    await page.get_by_role("row").filter(has_text=story.person).click()
    await expect(page.get_by_role("heading", name=story.person)).to_contain_text("已流失")
