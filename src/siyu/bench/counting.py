"""A WeCom that does nothing but count: whoever calls beyond a window is refused and noted."""

import asyncio
import json
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qs

from siyu.core.web.asgi import Receive, Scope, Send

REPORT_PATH: Final = "/counted"
_TOKEN_PATH: Final = "/cgi-bin/gettoken"  # noqa: S105 - a path
_SILENCE: Final = 2.0
_REFUSED: Final = {"errcode": 45009, "errmsg": "api freq out of limit"}


@dataclass
class _Corp:
    arrivals: deque[float] = field(default_factory=deque)
    calls: int = 0
    refused: int = 0
    most: int = 0
    banned_until: float = 0.0
    first: float = 0.0
    last: float = 0.0
    begun: float = 0.0
    before: int = 0


@dataclass
class CountingWeCom:
    """Answers every call with nothing, within `calls` in any `seconds` for each corporation.

    The strictest reading of doc 90312: every window of that length counts, wherever it begins,
    and who passes it is refused for as long. `others` calls of every window are taken by other
    applications of the corporation `shared`. An access token is the corporation's id. Every answer
    comes `delay` seconds after it was decided.
    """

    calls: int
    seconds: float
    shared: str = ""
    others: int = 0
    delay: float = 0.0
    corps: dict[str, _Corp] = field(default_factory=lambda: defaultdict(_Corp))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call."""
        while (await receive()).get("more_body", False):
            pass
        query = parse_qs(scope["query_string"].decode())
        body = json.dumps(self._answer(scope["path"], query)).encode()
        await asyncio.sleep(self.delay)
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def _answer(self, path: str, query: dict[str, list[str]]) -> dict[str, Any]:
        if path == _TOKEN_PATH:
            return {"errcode": 0, "access_token": query["corpid"][0], "expires_in": 7200}
        if path == REPORT_PATH:
            return {name: _report(corp) for name, corp in self.corps.items()}
        corp_id = query["access_token"][0]
        return self._count(self.corps[corp_id], self.others if corp_id == self.shared else 0)

    def _count(self, corp: _Corp, others: int) -> dict[str, Any]:
        now = time.monotonic()
        corp.first = corp.first or now
        if now - corp.last > _SILENCE:
            corp.begun, corp.before = now, corp.calls
        corp.last = now
        corp.calls += 1
        while corp.arrivals and now - corp.arrivals[0] >= self.seconds:
            corp.arrivals.popleft()
        if now >= corp.banned_until and len(corp.arrivals) + others >= self.calls:
            corp.banned_until = now + self.seconds
        if now < corp.banned_until:
            corp.refused += 1
            return _REFUSED
        corp.arrivals.append(now)
        corp.most = max(corp.most, len(corp.arrivals))
        return {"errcode": 0, "follow_user": []}


def _report(corp: _Corp) -> dict[str, Any]:
    """Tell the counts; `whole_windows` leave out what began after the last silence."""
    return {
        "calls": corp.calls,
        "refused": corp.refused,
        "most_in_a_window": corp.most,
        "whole_windows": {"calls": corp.before, "seconds": corp.begun - corp.first},
    }
