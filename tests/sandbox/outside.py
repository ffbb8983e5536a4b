"""What stands outside the world in its tests: a small system that listens like siyu does."""

import asyncio
import contextlib
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

import uvicorn
from defusedxml import ElementTree

from siyu.channels.wecom.crypto import CallbackCrypto

TOKEN = "hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EYo"
AES_KEY = "6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt"
ORDER_SECRET = "shop-secret"


@dataclass
class Heard:
    """One request that arrived."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Outside:
    """Verifies and keeps callbacks, serves verification files and pages, takes orders."""

    port: int
    corpid: str = ""
    files: dict[str, str] = field(default_factory=dict)
    requests: list[Heard] = field(default_factory=list)
    events: list[dict[str, str]] = field(default_factory=list)
    orders: list[dict[str, Any]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    on_event: Callable[[dict[str, str]], Any] | None = None
    oauth: str = ""
    pages: dict[str, str] = field(default_factory=lambda: {"/favicon.ico": ""})
    followups: set[asyncio.Task[Any]] = field(default_factory=set)

    @property
    def domain(self) -> str:
        return f"siyu.localhost:{self.port}"

    @property
    def url(self) -> str:
        return f"http://{self.domain}"

    def of(self, change: str) -> list[dict[str, str]]:
        return [event for event in self.events if event["ChangeType"] == change]

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            return
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        heard = Heard(
            scope["method"],
            scope["path"],
            dict(parse_qsl(scope["query_string"].decode())),
            {k.decode(): v.decode() for k, v in scope["headers"]},
            body,
        )
        self.requests.append(heard)
        status, headers, content = self.answer(heard)
        await send(
            {
                "type": "http.response.start",
                "status": status,
                "headers": [(k.encode(), v.encode()) for k, v in headers.items()],
            }
        )
        await send({"type": "http.response.body", "body": content.encode()})

    def answer(self, heard: Heard) -> tuple[int, dict[str, str], str]:
        path = heard.path
        if path in self.pages:
            html = f"<!doctype html><title>page</title><body>{self.pages[path]}"
            return 200, {"content-type": "text/html; charset=utf-8"}, html
        if path[1:] in self.files:
            return 200, {}, self.files[path[1:]]
        doors = {
            "/callback": self.callback,
            "/orders": self.order,
            "/article": self.article,
            "/collect": lambda _: (204, {}, ""),
        }
        return doors[path](heard) if path in doors else (404, {}, "")

    def callback(self, heard: Heard) -> tuple[int, dict[str, str], str]:
        crypto = CallbackCrypto(TOKEN, AES_KEY, self.corpid)
        query = heard.query
        signed = (query["msg_signature"], query["timestamp"], query["nonce"])
        if heard.method == "GET":
            return 200, {}, crypto.open(*signed, query["echostr"]).decode()
        if self.answers and (status := self.answers.pop(0)) != 200:
            return status, {}, "not now"
        outer = ElementTree.fromstring(heard.body)
        plain = crypto.open(*signed, outer.findtext("Encrypt"))
        event = {child.tag: child.text or "" for child in ElementTree.fromstring(plain)}
        self.events.append(event)
        if self.on_event is not None:
            task = asyncio.ensure_future(self.on_event(event))
            self.followups.add(task)
            task.add_done_callback(self.followups.discard)
        return 200, {}, "success"

    def order(self, heard: Heard) -> tuple[int, dict[str, str], str]:
        if self.answers and (status := self.answers.pop(0)) != 200:
            return status, {}, "not now"
        stamp = heard.headers["x-siyu-timestamp"].encode()
        expected = hmac.new(ORDER_SECRET.encode(), stamp + b"." + heard.body, hashlib.sha256)
        if heard.headers["x-siyu-signature"] != expected.hexdigest():
            return 401, {}, ""
        self.orders.append(heard.json() | {"_key": heard.headers["idempotency-key"]})
        return 201, {}, "{}"

    def article(self, heard: Heard) -> tuple[int, dict[str, str], str]:
        """Like an article page: sends who is unknown through OAuth, then remembers by cookie."""
        here = f"http://{heard.headers['host']}/article"
        if "code" in heard.query:
            cookie = f"reader={heard.query['code'][:8]}; HttpOnly; SameSite=Lax; Path=/"
            return 302, {"location": here + "?t=touch-1", "set-cookie": cookie}, ""
        if "cookie" not in heard.headers and self.oauth:
            return 302, {"location": self.oauth + "&" + urlencode({"redirect_uri": here})}, ""
        track = json.dumps(
            {
                "collect": "/collect",
                "visit": "v1",
                "share": {
                    "card": {
                        "title": "断奶指南",
                        "desc": "",
                        "link": f"{self.url}/l/own",
                        "imgUrl": "",
                    }
                },
            }
        )
        page = (
            f"<title>断奶指南</title><a href='/shop/MILK?t=touch-1'>去看看</a>"
            f'<script type="application/json" id="siyu-track">{track}</script>'
        )
        return 200, {"content-type": "text/html"}, page


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.asynccontextmanager
async def listening(outside: Outside) -> AsyncIterator[Outside]:
    config = uvicorn.Config(
        outside, host="127.0.0.1", port=outside.port, log_level="warning", lifespan="off"
    )
    server = _Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110  uvicorn tells by a flag only
        await asyncio.sleep(0.01)
    try:
        yield outside
    finally:
        server.should_exit = True
        await task
        await asyncio.gather(*outside.followups, return_exceptions=True)
