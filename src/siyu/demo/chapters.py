"""The chapters of the story: what people do, and what must then be seen on both sides."""

import asyncio
import time
from typing import Any, Final

from siyu.demo import connect as guided
from siyu.demo.api import Site, until
from siyu.demo.cast import Cast, check
from siyu.demo.furnish import furnish

_WELCOME: Final = "你好呀，我是小鲸鱼的育儿顾问，凭这张卡可领新人礼～"
_PRINTED: Final = 500
_ON_THE_CARD: Final = {"包裹卡", "纸尿裤"}
"""Tags of who scans the card: where they come from, and what the parcel held."""
_FRESH_SECONDS: Final = 5.0


class Stage(Cast):
    """The chapters, in the order they are told."""

    # 1

    async def connect(self) -> dict[str, Any]:
        """Connect the shop's corporation and bring its staff and customers over."""
        await guided.sign_in(self.console, self.admin)
        await guided.connect(self.console, self.world, self.site_host)
        state = await self.world.get("/world/api/state")
        await furnish(self.console)
        accounts = await self.console.get("/api/staff-accounts")
        known = {row["userid"] for row in accounts}
        check(known == {row["userid"] for row in state["staff"]}, "企微账号与企业微信不一致")
        employees = {row["employee_id"] for row in accounts}
        customers = await self.count("/api/customers", console=True)
        expected = await self.count_followed()
        check(customers == expected, f"客户数 {customers}，企业微信里有 {expected}")
        self.before = await self.figures()
        return {
            "staff_accounts": len(known),
            "employees": len(employees),
            "customers": customers,
        }

    # 2

    async def make_code(self) -> dict[str, Any]:
        """Make the code on the parcel card, as a planner does."""
        self.channel = await self.card_channel()
        await self.console.post(
            f"/api/channels/{self.channel['id']}/exposures",
            {"count": _PRINTED, "source": "printed", "cost_fen": _PRINTED * 12},
        )
        accounts = [
            row for row in await self.console.get("/api/staff-accounts") if row["can_contact"]
        ][:3]
        groups = (await self.console.get("/api/tags"))["items"]
        tags = [tag for group in groups for tag in group["tags"] if tag["name"] in _ON_THE_CARD]
        check({tag["name"] for tag in tags} == _ON_THE_CARD, "企业标签没有同步过来")
        guide = await self.article("新手爸妈必读", "从喂养到睡眠，一篇看懂")
        made = await self.console.post(
            "/api/live-codes",
            {
                "name": f"包裹卡 {time.strftime('%m-%d %H:%M:%S')}",
                "channel_id": self.channel["id"],
                "staff_account_ids": [row["id"] for row in accounts],
                "tag_ids": [tag["id"] for tag in tags],
                "welcome": {
                    "text": _WELCOME,
                    "attachments": [
                        {
                            "kind": "link",
                            "title": "新手爸妈必读",
                            "url": f"{self.console.base}{guide['url']}",
                            "description": "点开看看",
                        }
                    ],
                },
            },
        )

        async def active() -> Any:
            row = await self.console.get(f"/api/live-codes/{made['id']}")
            check(row["state"] != "failed", f"活码创建失败：{row['problem']}")
            return row if row["state"] == "active" and row["has_picture"] else None

        self.code, seconds = await until("活码在企业微信中生成", active)
        picture = await self.console.follow(
            f"{self.console.base}/api/live-codes/{made['id']}/qr.png"
        )
        check(picture.content.startswith(b"\x89PNG"), "二维码图片不是 PNG")
        ways = (await self.world.get("/world/api/state"))["ways"]
        userids = sorted(row["userid"] for row in accounts)
        mine = [way for way in ways if sorted(way["user"]) == userids]
        check(bool(mine), "企业微信里没有这个联系我方式")
        self.code["config_id"] = mine[0]["config_id"]
        return {"created_seconds": round(seconds, 3)}

    # 3

    async def scan(self) -> dict[str, Any]:
        """A stranger scans the card."""
        self.person = await self.world.post("/world/api/people", {})
        started = time.perf_counter()
        added = await self.let_scan(self.person["id"])
        self.userid = added["userid"]

        async def welcomed() -> Any:
            chats = await self.world.get(f"/world/api/people/{self.person['id']}/chats")
            texts = [m for chat in chats["items"] for m in chat["messages"]]
            return any(_WELCOME in message["text"] for message in texts)

        await until("欢迎语送达", welcomed)
        self.welcome_seconds = round(time.perf_counter() - started, 3)
        self.customer = await self.customer_of(self.person)
        tags = {tag["name"] for tag in self.code["tags"]}

        async def marked() -> Any:
            person = await self.world.get(f"/world/api/people/{self.person['id']}")
            return tags <= {tag for contact in person["contacts"] for tag in contact["tags"]}

        await until("标签在企业微信中打上", marked)

        async def tagged() -> Any:
            view = await self.console.get(f"/api/customers/{self.customer['id']}")
            return view if {tag["name"] for tag in view["tags"]} >= tags else None

        view, _ = await until("客户标签记下", tagged)
        contact = view["contacts"][0]
        check(contact["channel"]["id"] == self.channel["id"], "渠道没有记下")
        return {"staff": added["staff_name"]}

    # 4

    async def share(self) -> dict[str, Any]:
        """The staff member signs in on the phone and sends the newcomer an article."""
        host = f"s-{self.userid}.{self.site_host}"
        self.phone = await self.stack.enter_async_context(Site(f"http://{host}"))
        await self.phone.follow(f"http://{host}/staff/signin?next=/staff/")
        who = await self.phone.get("/api/session")
        check(
            any(row["userid"] == self.userid for row in who["staff_accounts"]),
            "登录后不是扫码员工本人",
        )
        today = await self.phone.get("/api/staff/today")
        check(
            any(row["customer_id"] == self.customer["id"] for row in today["new_friends"]),
            "今日新客里没有刚添加的客户",
        )
        trail = await self.phone.get(f"/api/customers/{self.customer['id']}/timeline")
        check(any(row["type"] == "contact.added" for row in trail["items"]), "轨迹里没有添加好友")
        material = await self.article("宝宝第一口辅食怎么加", "三个原则，不慌不忙")
        wanted = {"material_id": material["id"], "customer_id": self.customer["id"]}
        # Twice: at first they think better of it when WeCom asks whom to send it to.
        await self.phone.post("/api/staff/shares", wanted)
        self.shared = await self.phone.post("/api/staff/shares", wanted)
        await self.world.post(
            f"/world/api/staff/{self.userid}/send",
            {
                "person": self.person["id"],
                "url": self.shared["url"],
                "title": self.shared["title"],
                "desc": self.shared["description"],
            },
        )
        await self.phone.post(f"/api/staff/shares/{self.shared['touch_id']}/sent")
        await self.in_trail(self.customer["id"], "material.shared")
        trail = await self.phone.get(f"/api/customers/{self.customer['id']}/timeline")
        shares = [row for row in trail["items"] if row["type"] == "material.shared"]
        check(len(shares) == 1, f"分享了一次，取消了一次，轨迹里却有 {len(shares)} 次分享")
        return {"role": who["role"], "touch": self.shared["touch"]}

    # 5

    async def read(self) -> dict[str, Any]:
        """The customer reads, and forwards; the staff's phone hears of it at once."""
        listening = asyncio.create_task(self.hear("material.viewed"))
        await asyncio.sleep(0.3)  # the phone's page has been open for a while
        started = time.perf_counter()
        page = await self.world.post(
            f"/world/api/people/{self.person['id']}/open",
            {"url": self.shared["url"], "seconds": 6, "depth": 80},
        )
        check(page["tracked"], "文章页没有埋点")
        heard_at, heard = await asyncio.wait_for(listening, 20)
        self.notice_seconds = round(heard_at - started, 3)
        check(heard["customer_id"] == self.customer["id"], "通知里的读者不是这位客户")

        async def recorded() -> Any:
            rows = await self.phone.get("/api/staff/readings")
            mine = [row for row in rows if row["customer_id"] == self.customer["id"]]
            return next((r for r in mine if r["seconds"] >= 5 and r["depth"] >= 75), None)  # noqa: PLR2004

        reading, _ = await until("阅读时长与深度记录下来", recorded)
        passed_on = await self.world.post(
            f"/world/api/people/{self.person['id']}/forward", {"url": self.shared["url"]}
        )
        await self.world.post(
            f"/world/api/people/{passed_on['to']}/open",
            {"url": passed_on["url"], "seconds": 1, "depth": 20},
        )

        async def forwarded() -> Any:
            rows = await self.phone.get("/api/staff/readings")
            return any(row["forwarded"] for row in rows)

        await until("转发后的阅读被认出", forwarded)
        return {"read_seconds": reading["seconds"], "depth": reading["depth"]}

    # 6

    async def order(self) -> dict[str, Any]:
        """The customer buys through the article, another buys later; one gives some back."""
        bought = await self.buy(self.person["id"], touch=self.shared["touch"])
        exact = await self.owed(bought["external_id"], "touch")
        check(exact["owed"]["staff_name"] is not None, "订单没有归到员工")
        second = await self.world.post("/world/api/people", {})
        await self.let_scan(second["id"])
        await self.customer_of(second)
        later = await self.buy(second["id"], touch="")
        window = await self.owed(later["external_id"], "window")
        refund = exact["amount_fen"] // 4
        await self.world.post(
            f"/world/api/people/{self.person['id']}/refund",
            {"external_id": bought["external_id"], "refund_fen": refund},
        )
        expected = exact["amount_fen"] - refund

        async def taken_back() -> Any:
            row = await self.order_of(bought["external_id"])
            return row if row["owed"]["amount_fen"] == expected else None

        await until("退款后归因金额收回", taken_back)
        self.attribution = {
            "exact": {
                "method": exact["owed"]["method"],
                "touch_kind": exact["owed"]["touch_kind"],
                "amount_fen": exact["amount_fen"],
                "after_refund_fen": expected,
            },
            "window": {
                "method": window["owed"]["method"],
                "touch_kind": window["owed"]["touch_kind"],
                "amount_fen": window["amount_fen"],
            },
        }
        return {"orders": 2}

    # 7

    async def lose(self) -> dict[str, Any]:
        """A customer deletes the staff and comes back; a staff member deletes a customer."""
        leaver = await self.world.post("/world/api/people", {})
        userid = (await self.let_scan(leaver["id"]))["userid"]
        customer = await self.customer_of(leaver)
        first = (await self.console.get(f"/api/customers/{customer['id']}"))["first_add_at"]
        await self.world.post(f"/world/api/people/{leaver['id']}/delete-staff", {"userid": userid})
        await self.in_trail(customer["id"], "contact.lost", by="customer")
        await asyncio.sleep(1.1)  # WeCom counts in seconds
        back = await self.let_scan(leaver["id"])
        await self.in_trail(customer["id"], "contact.readded", or_type="contact.added")
        again = (await self.console.get(f"/api/customers/{customer['id']}"))["first_add_at"]
        check(first == again, f"首次添加时间变了：{first} → {again}")
        await asyncio.sleep(1.1)
        await self.world.post(
            f"/world/api/staff/{back['userid']}/delete-customer", {"person": leaver["id"]}
        )
        await self.in_trail(customer["id"], "contact.lost", by="staff")
        return {"first_add_at": first}

    # 8

    async def look(self) -> dict[str, Any]:
        """The dashboard has followed: each figure moved by what happened."""
        expected = {"added": 3, "orders": 2, "bought": 2}
        started = time.perf_counter()

        async def followed() -> Any:
            now = await self.figures()
            moved = {
                key: (now[key]["value"] or 0) - (self.before[key]["value"] or 0) for key in expected
            }
            return now if moved == expected else None

        figures, _ = await until("看板跟上", followed, seconds=_FRESH_SECONDS)
        self.dashboard_seconds = round(time.perf_counter() - started, 3)
        people = await self.console.get("/api/metrics/bought/people")
        check(
            any(row["id"] == self.customer["id"] for row in people["items"]),
            "成交客户里没有下单的客户",
        )
        silent = [f for f in figures.values() if not f["known"] and f["value"] is not None]
        check(not silent, "不可得的数字没有说明")
        return {
            "figures": {key: figures[key]["value"] for key in sorted(figures)},
        }
