"""A small WeCom on a real socket that answers as a test tells it."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from siyu.core.clock import FixedClock

DROP = object()
HANG = object()


@dataclass
class Call:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


Answer = dict[str, Any] | bytes | int | object
Player = Callable[[Call], Awaitable[Answer] | Answer]


@dataclass
class PlayedServer:
    """Answers each path from its script; the last line of a script repeats.

    A line is a JSON object, raw bytes, a bare status, `DROP`, `HANG`, or a function of the call.
    """

    port: int = 0
    calls: list[Call] = field(default_factory=list)
    scripts: dict[str, list[Answer | Player]] = field(default_factory=dict)
    tokens: int = 0
    in_flight: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    most_in_flight: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def base(self) -> str:
        return f"http://wecom.localhost:{self.port}"

    def play(self, path: str, *lines: Answer | Player) -> None:
        self.scripts[path] = list(lines)

    def to(self, path: str) -> list[Call]:
        return [call for call in self.calls if call.path == path]

    async def answer(self, call: Call) -> Answer:
        self.calls.append(call)
        script = self.scripts.get(call.path)
        if script is None:
            if call.path == "/cgi-bin/gettoken":
                self.tokens += 1
                return {"errcode": 0, "access_token": f"token-{self.tokens}", "expires_in": 7200}
            return {"errcode": 0, "errmsg": "ok"}
        line = script.pop(0) if len(script) > 1 else script[0]
        if callable(line):
            line = line(call)
        return await line if isinstance(line, Awaitable) else line

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                call = await _read(reader)
                self.in_flight[call.path] += 1
                self.most_in_flight[call.path] = max(
                    self.most_in_flight[call.path], self.in_flight[call.path]
                )
                answer = await self.answer(call)
                if answer is HANG:
                    await reader.read()
                self.in_flight[call.path] -= 1
                if answer is DROP or answer is HANG:
                    break
                writer.write(_written(answer))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


async def _read(reader: asyncio.StreamReader) -> Call:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.rstrip("\r\n").split("\r\n")
    method, target, _ = first.split(" ")
    pairs = (line.split(": ", 1) for line in lines)
    headers = {name.lower(): value for name, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    parts = urlsplit(target)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    return Call(method, parts.path, query, headers, body)


def _written(answer: Answer) -> bytes:
    status, body = 200, b""
    if isinstance(answer, bytes):
        body = answer
    elif isinstance(answer, int):
        status = answer
    else:
        body = json.dumps(answer, ensure_ascii=False).encode()
    return b"HTTP/1.1 %d Played\r\nContent-Length: %d\r\n\r\n%s" % (status, len(body), body)


@dataclass
class Naps:
    """Sleeping moves the clock and takes no time."""

    clock: FixedClock
    taken: list[float] = field(default_factory=list)

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)
        self.clock.advance(timedelta(seconds=seconds))
        await asyncio.sleep(0)
