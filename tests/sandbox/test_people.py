"""People who act: opening, reading, forwarding, buying, stories, bursts; log and feed."""

import asyncio
import dataclasses
import json
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest
from outside import Outside
from worlds import AGENT, WorldClient, connect, running, until, until_async

from siyu.sandbox.callbacks.wire import Wire, WireError
from siyu.sandbox.people.story import plan
from siyu.sandbox.settings import SandboxSettings
from siyu.sandbox.world.log import hide_secrets


def welcome_back(world: WorldClient, outside: Outside) -> None:
    """Let the outside answer adds with a welcome that holds a link, as siyu does."""

    async def greet(event: dict[str, str]) -> None:
        if code := event.get("WelcomeCode"):
            link = {"title": "断奶指南", "url": f"{outside.url}/article"}
            await world.call(
                "externalcontact/send_welcome_msg",
                welcome_code=code,
                text={"content": "欢迎"},
                attachments=[{"msgtype": "link", "link": link}],
            )

    outside.on_event = greet


async def test_who_is_made_by_hand_shares_a_name_with_nobody(world: WorldClient) -> None:
    made = [(await world.person())["name"] for _ in range(120)]  # there are 35 nicknames
    asked_for = await world.control("POST", "people", {"name": made[0]})

    assert len(set(made)) == len(made)
    assert asked_for["name"] == made[0]


async def test_a_link_is_opened_through_oauth_and_read(
    connected: WorldClient, outside: Outside
) -> None:
    query = {
        "appid": connected.state["official"]["appid"],
        "response_type": "code",
        "scope": "snsapi_userinfo",
        "state": "s",
    }
    outside.oauth = f"{connected.settings.base_url}/connect/oauth2/authorize?{urlencode(query)}"
    person = (await connected.person())["id"]
    opened = {"url": f"{outside.url}/article", "seconds": 0.3, "depth": 70}
    page = await connected.control("POST", f"people/{person}/open", opened)
    assert (page["status"], page["title"], page["tracked"]) == (200, "断奶指南", True)
    assert len(page["hops"]) == 4  # article, WeChat, article with the code, article
    assert page["url"] == f"http://p-{person}.{outside.domain}/article?t=touch-1"
    assert page["links"] == [f"http://p-{person}.{outside.domain}/shop/MILK?t=touch-1"]
    beats = await until(
        lambda: (
            (b := [h for h in outside.requests if h.path == "/collect"])
            and b[-1].json()["end"]
            and b
        )
    )
    assert beats[0].json() == {"visit": "v1", "seconds": 0, "depth": 0, "end": False}
    assert beats[-1].json()["depth"] == 70
    assert beats[0].headers["host"] == f"p-{person}.{outside.domain}"
    # The cookie stays with this person and is nobody else's.
    again = await connected.control("POST", f"people/{person}/open", opened)
    assert len(again["hops"]) == 1
    other = (await connected.person())["id"]
    fresh = await connected.control("POST", f"people/{other}/open", opened)
    assert len(fresh["hops"]) == 4


async def test_cookies_survive_a_restart(settings: SandboxSettings, outside: Outside) -> None:
    opened = {"url": f"{outside.url}/article", "seconds": 0}
    async with running(settings) as world:
        await connect(world, outside)
        query = {"appid": world.corpid, "response_type": "code", "scope": "snsapi_base"}
        outside.oauth = f"{settings.base_url}/connect/oauth2/authorize?{urlencode(query)}"
        await world.control("POST", "people/3/open", opened)
    async with running(settings) as world:
        page = await world.control("POST", "people/3/open", opened)
        assert len(page["hops"]) == 1


async def test_what_cannot_be_opened_says_so(connected: WorldClient) -> None:
    for url in ("nonsense", "http://127.0.0.1:1/x", "ftp://x/y"):
        refusal = await connected.refused("POST", "people/1/open", {"url": url})
        assert refusal["code"] == "world_refused"


async def test_a_forwarded_link_is_the_sharers_own(
    connected: WorldClient, outside: Outside
) -> None:
    url = f"{outside.url}/article"
    await connected.control("POST", "people/1/open", {"url": url, "seconds": 0})
    sent = await connected.control("POST", "people/1/forward", {"url": url, "to": 2})
    assert sent["url"] == f"{outside.url}/l/own"  # what the page set for sharing
    assert sent["open_url"] == f"http://p-2.{outside.domain}/l/own"
    chats = await connected.control("GET", "people/2/chats")
    assert chats["items"][0]["peer"]["who"] == "p-1"
    plain = await connected.control(
        "POST", "people/1/forward", {"url": f"{outside.url}/other", "to": 2}
    )
    assert plain["url"] == f"{outside.url}/other"


async def test_orders_are_signed_and_repeated_until_taken(
    connected: WorldClient, outside: Outside
) -> None:
    outside.answers = [500]
    bought = await connected.control(
        "POST",
        "people/5/buy",
        {"sku": "MILK-1-800", "quantity": 2, "link": "http://x/shop?t=abc"},
    )
    (order,) = outside.orders
    person = await connected.control("GET", "people/5")
    assert order["external_id"] == bought["external_id"]
    assert order["status"] == "paid"
    assert order["amount_fen"] == 57_600
    assert order["currency"] == "CNY"
    assert order["items"] == [
        {
            "sku": "MILK-1-800",
            "name": "初元婴儿配方奶粉 1 段 800g",
            "quantity": 2,
            "amount_fen": 57_600,
        }
    ]
    assert order["buyer"] == {"unionid": person["unionid"], "phone": person["phone"]}
    assert order["touch"] == "abc"
    posts = [h for h in outside.requests if h.path == "/orders"]
    keys = {h.headers["idempotency-key"] for h in posts}
    assert len(posts) == 2
    assert len(keys) == 1
    back = {"external_id": bought["external_id"], "refund_fen": 7_600}
    await connected.control("POST", "people/5/refund", back)
    assert outside.orders[1]["status"] == "refunded"
    assert outside.orders[1]["refund_fen"] == 7_600
    await connected.control("POST", "people/5/refund", {"external_id": bought["external_id"]})
    assert outside.orders[2]["refund_fen"] == 50_000
    await connected.refused("POST", "people/5/refund", back)
    await connected.refused("POST", "people/6/refund", back)
    listed = await connected.control("GET", "people/5/orders")
    assert listed["items"][0]["refund_fen"] == 57_600


async def test_the_shops_page_sells_to_whose_browser_it_is(
    connected: WorldClient, outside: Outside
) -> None:
    host = connected.settings.base_url.removeprefix("http://")
    page = await connected.http.get("/shop/MILK-1-800", headers={"host": f"p-4.{host}"})
    assert "立即购买" in page.text
    assert "立即购买" not in (await connected.http.get("/shop/MILK-1-800")).text
    done = await connected.http.post(
        "/shop/MILK-1-800?t=xyz",
        headers={"host": host, "referer": f"http://p-4.{outside.domain}/"},
    )
    assert "已下单" in done.text
    assert outside.orders[0]["touch"] == "xyz"


async def test_buying_before_the_shop_is_connected(world: WorldClient) -> None:
    assert "订单接口" in (await world.refused("POST", "people/1/buy", {}))["detail"]


async def test_a_story_runs_to_its_end(connected: WorldClient, outside: Outside) -> None:
    welcome_back(connected, outside)
    none = await connected.refused("POST", "story", {"people": 3, "seconds": 1})
    assert "活码" in none["detail"]
    await connected.way("wutao", "majun", state="card")
    begun = await connected.control("POST", "story", {"people": 12, "seconds": 2, "seed": 7})
    assert begun["status"] == "running"

    async def finished() -> Any:
        story = await connected.control("GET", f"story/{begun['id']}")
        return story if story["status"] == "done" else None

    story = await until_async(finished)
    assert story["steps_done"] == story["steps"]
    assert story["problems"] == []
    assert story["acts"]["arrive"] == {"done": 12}
    await until(lambda: len(outside.of("add_external_contact")) >= 12)
    assert story["acts"]["buy"]["done"] == len([o for o in outside.orders if o["status"] == "paid"])
    assert {o.get("touch", "touch-1") for o in outside.orders if o["status"] == "paid"} == {
        "touch-1"
    } or not outside.oauth


async def test_a_story_goes_on_after_a_restart(settings: SandboxSettings, outside: Outside) -> None:
    async with running(settings) as world:
        await connect(world, outside)
        welcome_back(world, outside)
        await world.way("wutao")
        begun = await world.control("POST", "story", {"people": 6, "seconds": 3, "seed": 1})
        await until(lambda: len(outside.of("add_external_contact")) >= 2)
    async with running(settings) as world:
        welcome_back(world, outside)

        async def finished() -> Any:
            story = await world.control("GET", f"story/{begun['id']}")
            return story if story["status"] == "done" else None

        story = await until_async(finished)
        assert story["acts"]["arrive"] == {"done": 6}
        assert len(story["cast"]) == 6


def test_the_same_seed_tells_the_same_story() -> None:
    one, two = plan(Random(3), 50, 60.0), plan(Random(3), 50, 60.0)
    assert one == two
    assert plan(Random(4), 50, 60.0) != one
    acts = {step.act for step in plan(Random(3), 300, 60.0)}
    assert acts == {"arrive", "open", "forward", "buy", "refund", "delete", "return"}
    assert all(0 <= step.due <= 60 for step in one)


async def test_a_stopped_story_stops(connected: WorldClient) -> None:
    await connected.way("wutao")
    begun = await connected.control("POST", "story", {"people": 50, "seconds": 600})
    await connected.control("POST", f"story/{begun['id']}/stop")
    story = await connected.control("GET", f"story/{begun['id']}")
    assert story["status"] == "stopped"
    assert len(story["cast"]) < 50


async def test_a_burst_is_measured(connected: WorldClient, outside: Outside) -> None:
    welcome_back(connected, outside)
    ways = [await connected.way("wutao"), await connected.way("majun", "suqing")]
    begun = await connected.control("POST", "burst", {"codes": ways, "people": 40, "seconds": 0.5})

    async def finished() -> Any:
        burst = await connected.control("GET", f"burst/{begun['id']}")
        return burst if burst["status"] == "done" else None

    burst = await until_async(finished)
    assert (burst["added"], burst["acknowledged"], burst["welcomed"]) == (40, 40, 40)
    assert burst["expired"] == 0
    spread = burst["welcome_ms"]
    assert 0 < spread["p50"] <= spread["p99"] <= spread["max"]
    assert len({e["ExternalUserID"] for e in outside.of("add_external_contact")}) == 40
    assert (await connected.refused("POST", "burst", {"codes": ["no"]}))["status"] == 409


async def test_the_log_tells_everything_but_secrets(
    connected: WorldClient, outside: Outside
) -> None:
    await connected.scan((await connected.person())["id"], await connected.way("wutao"))
    await until(lambda: outside.events)
    article = {"url": f"{outside.url}/article", "seconds": 0}
    await connected.control("POST", "people/1/open", article)
    log = await connected.control("GET", "log?limit=500")
    text = json.dumps(log, ensure_ascii=False)
    assert connected.token not in text
    assert connected.secret() not in text
    assert {"api", "verify", "page"} <= {entry["kind"] for entry in log["items"]}
    ids = [entry["id"] for entry in log["items"]]
    assert ids == sorted(ids, reverse=True)
    older = await connected.control("GET", f"log?limit=2&before={ids[1]}")
    assert [entry["id"] for entry in older["items"]] == ids[2:4]
    assert older["next_cursor"] == ids[3]


def test_secrets_are_hidden_wherever_they_stand() -> None:
    assert hide_secrets("a?access_token=XYZ&b=1") == "a?access_token=***&b=1"
    assert hide_secrets('{"ticket": "T","x":"y"}') == '{"ticket": "***","x":"y"}'
    assert hide_secrets("code=C&state=S") == "code=***&state=S"
    assert hide_secrets('{"errcode":0}') == '{"errcode":0}'


async def test_the_feed_tells_at_once(connected: WorldClient) -> None:
    way = await connected.way("wutao")
    heard: list[str] = []

    async def watch() -> None:
        async with connected.http.stream("GET", "/world/api/events") as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            async for line in stream.aiter_lines():
                heard.append(line)  # noqa: PERF401  read while it grows

    task = asyncio.create_task(watch())
    await until(lambda: heard)
    await connected.scan((await connected.person())["id"], way)
    await until(lambda: "event: relation" in heard)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_the_world_page_is_served_when_it_was_built(
    settings: SandboxSettings, tmp_path: Any
) -> None:
    (tmp_path / "index.html").write_text("<title>世界</title>")
    (tmp_path / "a.js").write_text("1")
    secret = tmp_path.parent / "secret.txt"
    secret.write_text("no")
    async with running(dataclasses.replace(settings, static_dir=tmp_path)) as world:
        assert "世界" in (await world.http.get("/")).text
        assert (await world.http.get("/a.js")).text == "1"
        assert "世界" in (await world.http.get("/chat/deep/link")).text
        assert "世界" in (await world.http.get("/..%2fsecret.txt")).text
        scanned = await world.http.get("/q/abc")
        assert scanned.headers["location"] == "/?scan=abc"
    async with running(dataclasses.replace(settings, static_dir=tmp_path / "none")) as world:
        assert (await world.http.get("/")).status_code == 404


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
    ],
)
async def test_the_wire_understands_answers(answer: bytes) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        assert b"Host: siyu.localhost" in head
        await reader.readexactly(4)
        writer.write(answer)
        await writer.drain()
        writer.close()  # also where the answer promised to keep the connection
        await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    wire = Wire()
    for _ in range(3):
        url = f"http://siyu.localhost:{port}/callback?x=1"
        assert await wire.post(url, b"body", "text/xml", 5.0) == (200, b"ok")
    wire.close()
    server.close()
    await server.wait_closed()


async def test_the_wire_gives_up_in_time() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        await reader.read()  # until the other side gives up
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    wire = Wire()
    with pytest.raises(WireError, match="no answer within"):
        await wire.post(f"http://127.0.0.1:{port}/", b"body", "text/xml", 0.05)
    with pytest.raises(WireError):
        await wire.post("http://127.0.0.1:1/", b"body", "text/xml", 1.0)
    server.close()
    await server.wait_closed()


async def test_only_pages_of_this_machine_control_the_world(world: WorldClient) -> None:
    foreign = {"origin": "https://evil.example"}
    assert (await world.http.get("/world/api/state", headers=foreign)).status_code == 403
    made = await world.http.post("/world/api/people", headers=foreign, json={})
    assert made.status_code == 403
    rebound = {"host": "evil.example:8100"}
    assert (await world.http.get("/world/api/admin/app", headers=rebound)).status_code == 403
    own = {"origin": "http://p-1.siyu.localhost:8000"}
    answer = await world.http.get("/world/api/state", headers=own)
    assert answer.headers["access-control-allow-origin"] == own["origin"]


async def test_agents_are_told_apart(world: WorldClient) -> None:
    apps = await world.control("GET", "admin/app")
    assert apps["items"][0]["agentid"] == AGENT
    refusal = await world.refused("PUT", "admin/app/7/permissions", {"oauth": True})
    assert refusal["code"] == "not_in_world"
    refusal = await world.refused("PUT", "admin/switches", {"gravity": False})
    assert "gravity" in refusal["detail"]
    refusal = await world.refused("PUT", "admin/switches", {"per_minute": "many"})
    assert refusal["code"] == "world_refused"
