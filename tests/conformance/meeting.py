"""A running world, met by the gateway: what every conformance test works with."""

from dataclasses import dataclass
from typing import Any

import httpx

from siyu.channels.wecom.client import WecomClient
from siyu.channels.wecom.gateway import WecomGateway

AGENT = 1_000_002
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


@dataclass
class Meeting:
    """A running world, seen as its admin and through the gateway."""

    http: httpx.AsyncClient
    base: str
    state: dict[str, Any]
    client: WecomClient
    gateway: WecomGateway

    async def control(self, method: str, path: str, body: Any = None) -> Any:
        response = await self.http.request(method, f"{self.base}/world/api/{path}", json=body)
        assert response.status_code < 300, response.text
        return response.json() if response.content else None

    async def refused(self, method: str, path: str, body: Any = None) -> str:
        """Do what the world must refuse; returns its sentence."""
        response = await self.http.request(method, f"{self.base}/world/api/{path}", json=body)
        assert response.status_code == httpx.codes.CONFLICT, response.text
        return str(response.json()["detail"])

    async def switch(self, **switches: Any) -> None:
        await self.control("PUT", "admin/switches", switches)

    async def advance(self, seconds: float) -> None:
        await self.control("POST", "admin/clock", {"seconds": seconds})

    @property
    def app(self) -> dict[str, Any]:
        return next(dict(app) for app in self.state["apps"] if app["agentid"] == AGENT)
