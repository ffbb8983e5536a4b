"""A small HTTP/1.1 client for one thing: posting very many callbacks to few addresses.

httpx spends about a millisecond of CPU per request; in a burst of 8,000 adds within ten seconds
the world would then measure itself. This keeps connections open, writes one buffer per request
and lets httptools parse the answer. Everything else the world sends goes through httpx.
"""

import asyncio
import ssl
from collections import defaultdict
from urllib.parse import urlsplit

import httptools

from siyu.sandbox.hosts import connect_host

_ANSWER_LIMIT = 65_536


class WireError(Exception):
    """The other side refused, closed, answered nonsense or took too long."""


class _Answer:
    """Receives what httptools finds in the answer."""

    def __init__(self) -> None:
        self.body = bytearray()
        self.complete = self.keep = False
        self.parser = httptools.HttpResponseParser(self)

    def on_body(self, body: bytes) -> None:
        """Collect a piece of the body."""
        self.body += body
        if len(self.body) > _ANSWER_LIMIT:
            raise WireError("answer too long")

    def on_message_complete(self) -> None:
        """Note that the answer is complete; only now the parser knows what becomes of the line."""
        self.complete, self.keep = True, self.parser.should_keep_alive()


class _Connection:
    """One open connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def exchange(self, request: bytes) -> tuple[int, bytes, bool]:
        """Send a request; return status, body and whether the connection may be used again."""
        self._writer.write(request)
        answer = _Answer()
        while not answer.complete:
            data = await self._reader.read(65_536)
            if not data:
                raise WireError("connection closed before the answer was complete")
            answer.parser.feed_data(data)
        return answer.parser.get_status_code(), bytes(answer.body), answer.keep

    def close(self) -> None:
        """Close at once."""
        self._writer.close()


class Wire:
    """Posts to addresses over kept connections."""

    def __init__(self) -> None:
        self._idle: dict[tuple[str, int, bool], list[_Connection]] = defaultdict(list)

    async def post(
        self, url: str, body: bytes, content_type: str, seconds: float
    ) -> tuple[int, bytes]:
        """Post ``body``; return status and answer, or raise `WireError` within ``seconds``."""
        try:
            async with asyncio.timeout(seconds):
                return await self._post(url, body, content_type)
        except TimeoutError:
            raise WireError(f"no answer within {seconds:g} s") from None
        except (OSError, httptools.HttpParserError) as error:
            raise WireError(str(error) or type(error).__name__) from error

    async def _post(self, url: str, body: bytes, content_type: str) -> tuple[int, bytes]:
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        host = parts.hostname or ""
        place = (host, parts.port or (443 if secure else 80), secure)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        request = (
            f"POST {target} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: {content_type}\r\n"
            f"Content-Length: {len(body)}\r\nUser-Agent: Mozilla/4.0\r\nAccept: */*\r\n\r\n"
        ).encode() + body
        kept = True
        while True:
            if self._idle[place]:
                connection = self._idle[place].pop()
            else:
                kept = False
                connection = await self._connect(place)
            try:
                status, answer, again = await connection.exchange(request)
            except (WireError, OSError):
                connection.close()
                if kept:  # the server may have closed an idle connection: not its answer
                    continue
                raise
            except BaseException:
                connection.close()
                raise
            if again:
                self._idle[place].append(connection)
            else:
                connection.close()
            return status, answer

    async def _connect(self, place: tuple[str, int, bool]) -> _Connection:
        host, port, secure = place
        context = ssl.create_default_context() if secure else None
        reader, writer = await asyncio.open_connection(
            connect_host(host), port, ssl=context, server_hostname=host if secure else None
        )
        return _Connection(reader, writer)

    def close(self) -> None:
        """Close all idle connections."""
        for connections in self._idle.values():
            for connection in connections:
                connection.close()
        self._idle.clear()
