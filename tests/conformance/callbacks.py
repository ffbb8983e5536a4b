"""What listens to a world's callbacks in its tests: decrypted, typed, in the order they came."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import parse_qs, urlsplit

from defusedxml import ElementTree

from siyu.channels.wecom.crypto import CallbackCrypto
from siyu.channels.wecom.events import CallbackEvent, parse_event
from tests.conformance.meeting import AGENT, Meeting

E = TypeVar("E", bound=CallbackEvent)
TOKEN = "hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EYo"
AES_KEY = "6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt"


@dataclass
class Listener:
    """Hears callbacks and serves files."""

    crypto: CallbackCrypto
    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    events: asyncio.Queue[CallbackEvent] = field(default_factory=asyncio.Queue)

    async def next(self, kind: type[E]) -> E:
        """The next event of a kind; others before it are passed over."""
        while True:
            event = await self.events.get()
            if isinstance(event, kind):
                return event

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer requests on one connection until it ends."""
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                length = next(
                    (int(line.split(":")[1]) for line in head.lower().split("\r\n")
                     if line.startswith("content-length:")), 0,
                )  # fmt: skip
                body = await reader.readexactly(length)
                status, answer = self._answer(head.split(" ")[0], head.split(" ")[1], body)
                start = f"HTTP/1.1 {status} X\r\nContent-Length: {len(answer)}\r\n\r\n"
                writer.write(start.encode() + answer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def _answer(self, method: str, target: str, body: bytes) -> tuple[int, bytes]:
        parts = urlsplit(target)
        if parts.path != "/callback":
            content = self.files.get(parts.path)
            return (404, b"") if content is None else (200, content)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        signed = (query["msg_signature"], query["timestamp"], query["nonce"])
        if method == "GET":
            return 200, self.crypto.open(*signed, query["echostr"])
        plain = self.crypto.open(*signed, ElementTree.fromstring(body).findtext("Encrypt", ""))
        self.events.put_nowait(parse_event(plain))
        return 200, b"success"


@asynccontextmanager
async def listening(met: Meeting) -> AsyncIterator[Listener]:
    """Listen as the application's callback address."""
    listener = Listener(CallbackCrypto(TOKEN, AES_KEY, met.client.app.corp_id))
    server = await asyncio.start_server(listener.serve, "127.0.0.1", 0)
    listener.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    await met.switch(verify_seconds=30)  # a busy machine is not what is tested here
    keys = {"url": f"{listener.url}/callback", "token": TOKEN, "aes_key": AES_KEY}
    await met.control("PUT", f"admin/app/{AGENT}/callback", keys)
    try:
        yield listener
    finally:
        await met.control("DELETE", f"admin/app/{AGENT}/callback")
        server.close()
