"""The accounts outside WeCom, met in a world: official account, mini program, merchant."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

from siyu.channels.pay.gateway import WeChatPay
from siyu.channels.pay.values import Merchant, Notice
from siyu.channels.wechat.api import Account
from siyu.channels.wechat.mini_program import MiniProgram
from siyu.channels.wechat.official import OfficialAccount
from siyu.channels.wechat.pushes import Push, PushDoor, parse_push
from siyu.channels.wecom.events import UnknownEvent
from siyu.channels.wecom.tokens import InProcessTokenStore
from siyu.core.clock import SystemClock
from tests.conformance.meeting import Meeting

TOKEN = "hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EYo"
AES_KEY = "6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt"
P = TypeVar("P", bound=Push)


async def official_account(met: Meeting) -> OfficialAccount:
    known, clock = await met.control("GET", "official"), SystemClock()
    return OfficialAccount(
        met.http,
        InProcessTokenStore(clock),
        clock,
        Account(known["appid"], known["secret"]),
        base=met.base,
        observe=met.calls.append,
    )


async def mini_program(met: Meeting) -> MiniProgram:
    known, clock = await met.control("GET", "mini"), SystemClock()
    return MiniProgram(
        met.http,
        InProcessTokenStore(clock),
        clock,
        Account(known["appid"], known["secret"]),
        base=met.base,
        observe=met.calls.append,
    )


async def merchant_of(met: Meeting, *, by_certificate: bool = False) -> Merchant:
    known = await met.control("GET", "pay/merchant")
    return Merchant(
        known["mchid"],
        met.state["official"]["appid"],
        known["serial"],
        known["private_key"],
        known["api_key"],
        None if by_certificate else known["public_key_id"],
        None if by_certificate else known["public_key"],
    )


@dataclass
class Address:
    """An address that WeChat and WeChat Pay call; `statuses` and `answers` come first."""

    door: PushDoor | None = None
    pay: WeChatPay | None = None
    url: str = ""
    statuses: list[int] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)
    plaintexts: list[bytes] = field(default_factory=list)
    posted: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    heard: asyncio.Queue[Push | UnknownEvent | Notice] = field(default_factory=asyncio.Queue)

    async def next(self, kind: type[P]) -> P:
        """The next push of a kind; others before it are passed over."""
        while True:
            push = await self.heard.get()
            if isinstance(push, kind):
                return push

    async def notice(self) -> Notice:
        notice = await self.heard.get()
        assert isinstance(notice, Notice)
        return notice

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
                headers = dict(line.split(": ", 1) for line in lines if ": " in line)
                lower = {name.lower(): value for name, value in headers.items()}
                body = await reader.readexactly(int(lower.get("content-length", "0")))
                method, target, _ = first.split(" ")
                status, answer = await self._answer(method, target, lower, body)
                head = f"HTTP/1.1 {status} X\r\nContent-Length: {len(answer)}\r\n\r\n"
                writer.write(head.encode() + answer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def _answer(
        self, method: str, target: str, headers: dict[str, str], body: bytes
    ) -> tuple[int, bytes]:
        self.posted.append((headers, body))
        if self.pay is not None:
            if self.statuses:
                return self.statuses.pop(0), b""
            self.heard.put_nowait(await self.pay.notice(headers, body))
            return 204, b""
        assert self.door is not None
        query = {name: values[0] for name, values in parse_qs(urlsplit(target).query).items()}
        now = SystemClock().now()
        if method == "GET":
            return 200, self.door.answer_check(query, now=now)
        plain = self.door.receive(query, body, now=now)
        self.plaintexts.append(plain)
        if self.statuses:
            return self.statuses.pop(0), b""
        self.heard.put_nowait(parse_push(plain))
        return 200, self.answers.pop(0) if self.answers else b"success"


@asynccontextmanager
async def listening(
    door: PushDoor | None = None, pay: WeChatPay | None = None
) -> AsyncIterator[Address]:
    address = Address(door, pay)
    server = await asyncio.start_server(address.serve, "127.0.0.1", 0)
    address.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
    try:
        yield address
    finally:
        server.close()


@asynccontextmanager
async def pushed(met: Meeting, *, mode: str = "safe") -> AsyncIterator[Address]:
    """Listen as the official account's address."""
    key = "" if mode == "plain" else AES_KEY
    door = PushDoor(TOKEN, met.state["official"]["appid"], key or None)
    async with listening(door) as address:
        await met.switch(callback_seconds=30)  # a busy machine is not what is tested here
        body = {"url": address.url, "token": TOKEN, "aes_key": key, "mode": mode}
        await met.control("PUT", "official/push", body)
        yield address
        await met.control("DELETE", "official/push")


async def last_message(met: Meeting, person: int, chat: str) -> dict[str, Any]:
    """The last message of a person's chat with ``official`` or ``mini``."""
    chats = (await met.control("GET", f"people/{person}/chats"))["items"]
    return dict(next(c for c in chats if c["peer"]["who"] == chat)["messages"][-1])


async def act(met: Meeting, person: int, what: str, **body: Any) -> Any:
    """Let a person do something: ``official/follow``, ``mini/login``, …"""
    return await met.control("POST", f"people/{person}/{what}", body)
