"""A load generator that costs little: raw sockets and one selector, in a process of its own.

It speaks just enough HTTP/1.1 to keep connections open and to find where an answer ends. What it
spends per request is a small part of what any server spends, so that it is never what is measured.
"""

import asyncio
import gc
import multiprocessing
import re
import selectors
import socket
import time
from collections import Counter, deque
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from typing import Final

_HOST: Final = "127.0.0.1"
_HEAD_ENDS: Final = b"\r\n\r\n"
_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_GRACE_SECONDS: Final = 20.0
_READ_BYTES: Final = 1 << 16
_CODES_WITHOUT_BODY: Final = frozenset({204, 304})


class LoadFailed(Exception):
    """The server closed connections or left requests unanswered."""


@dataclass(frozen=True)
class Answers:
    """What came back; times from the moment a request was due, in milliseconds."""

    seconds: float
    milliseconds: list[float]
    statuses: dict[int, int]
    sent: int
    """All requests that were answered, those of the warm-up included."""

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return len(self.milliseconds) / self.seconds


@dataclass(frozen=True)
class Load:
    """Requests for one server.

    With a `rate`, each request is sent once at its moment, whether or not earlier ones have been
    answered (so a slow answer cannot hide the wait of those behind it). Without one, each
    connection sends the next request as soon as it has its answer, for `seconds`.
    The first `warm_up` seconds are sent and not counted.
    """

    port: int
    requests: Sequence[bytes]
    connections: int
    rate: float | None = None
    seconds: float = 10.0
    warm_up: float = 2.0


@dataclass
class _Connection:
    socket: socket.socket
    due: float = 0.0
    received: bytes = b""


@dataclass
class _Loader:
    load: Load
    selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)
    idle: deque[_Connection] = field(default_factory=deque)
    busy: int = 0
    sent: int = 0
    milliseconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    def run(self) -> Answers:
        """Put the load on the server; raises `LoadFailed`."""
        self._connect()
        began = time.perf_counter()
        counted_from = began + self.load.warm_up
        ends = counted_from + self.load.seconds
        self._drive(began, counted_from, ends)
        seconds = time.perf_counter() - counted_from
        if self.busy:
            raise LoadFailed(f"{self.busy} requests were not answered")
        return Answers(seconds, self.milliseconds, dict(self.statuses), self.sent)

    def _connect(self) -> None:
        for _ in range(self.load.connections):
            connected = socket.create_connection((_HOST, self.load.port), timeout=10)
            connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connected.setblocking(False)
            connection = _Connection(connected)
            self.selector.register(connected, selectors.EVENT_READ, connection)
            self.idle.append(connection)

    def _drive(self, began: float, counted_from: float, ends: float) -> None:
        rate = self.load.rate
        total = int((ends - began) * rate) if rate else 0
        gives_up = ends + _GRACE_SECONDS
        while True:
            now = time.perf_counter()
            if rate:
                while self.sent < total and self.idle and began + self.sent / rate <= now:
                    self._send(began + self.sent / rate)
                wait = began + self.sent / rate - now if self.sent < total and self.idle else 1.0
            else:
                while self.idle and now < ends:
                    self._send(now)
                wait = 1.0
            over = self.sent >= total if rate else now >= ends
            if (over and not self.busy) or now > gives_up:
                return
            for key, _ in self.selector.select(max(wait, 0.0)):
                self._receive(key.data, counted_from)

    def _send(self, due: float) -> None:
        connection = self.idle.popleft()
        request = self.load.requests[self.sent % len(self.load.requests)]
        connection.due = due
        self.sent += 1
        self.busy += 1
        if connection.socket.send(request) != len(request):
            raise LoadFailed("the server does not read")

    def _receive(self, connection: _Connection, counted_from: float) -> None:
        data = connection.socket.recv(_READ_BYTES)
        if not data:
            raise LoadFailed("the server closed a connection")
        connection.received += data
        head, ends, rest = connection.received.partition(_HEAD_ENDS)
        if not ends:
            return
        status = int(head[9:12])
        found = _LENGTH.search(head)
        if status not in _CODES_WITHOUT_BODY and len(rest) < (int(found[1]) if found else 0):
            return
        connection.received = b""
        self.idle.append(connection)
        self.busy -= 1
        if connection.due >= counted_from:
            self.milliseconds.append((time.perf_counter() - connection.due) * 1000)
            self.statuses[status] += 1


def put(load: Load) -> Answers:
    """Put a load on a server from this process; raises `LoadFailed`."""
    gc.disable()  # nothing here makes cycles, and a pause would be counted as the server's
    return _Loader(load).run()


async def put_from_elsewhere(load: Load) -> Answers:
    """Put a load on a server from another process."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return await asyncio.get_running_loop().run_in_executor(pool, put, load)


def request(
    method: str, path: str, body: bytes = b"", *, host: str, headers: Sequence[str] = ()
) -> bytes:
    """Return the bytes of a request."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", *headers]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body
