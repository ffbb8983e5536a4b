"""A running world, met by the gateway: what every conformance test works with."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx

from siyu.channels.wecom.client import WecomClient
from siyu.channels.wecom.gateway import WecomGateway
from tests.proofs import Answered

AGENT = 1_000_002
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


@dataclass
class Meeting:
    """A running world, seen as its admin and through the gateway.

    `calls` are those that were answered, of whatever channel: what the test proves.
    """

    http: httpx.AsyncClient
    base: str
    state: dict[str, Any]
    client: WecomClient
    gateway: WecomGateway
    calls: list[Answered] = field(default_factory=list)

    async def control(self, method: str, path: str, body: Any = None) -> Any:
        response = await self.http.request(method, f"{self.base}/world/api/{path}", json=body)
        assert response.status_code < 300, response.text
        return response.json() if response.content else None

    async def refused(self, method: str, path: str, body: Any = None) -> str:
        """Do what the world must refuse; returns its sentence."""
        response = await self.http.request(method, f"{self.base}/world/api/{path}", json=body)
        assert response.status_code == httpx.codes.CONFLICT, response.text
        return str(response.json()["detail"])

    async def raw(self, path: str, body: Any = None, **query: Any) -> dict[str, Any]:
        """Call as a client would that checks nothing: POST with a body, else GET."""
        app = self.client.app
        known = {"corpid": app.corp_id, "corpsecret": app.secret}
        token = (await self.http.get(f"{self.base}/cgi-bin/gettoken", params=known)).json()
        response = await self.http.request(
            "GET" if body is None else "POST",
            f"{self.base}/cgi-bin/{path}",
            params={"access_token": token["access_token"], **query},
            json=body,
        )
        return dict(response.json())

    async def now(self) -> datetime:
        """The time of the world's clock."""
        return datetime.fromtimestamp((await self.control("GET", "state"))["now"], UTC)

    async def newcomer(self, *userids: str) -> tuple[int, str]:
        """A new person whom the given staff accounts add, one after the other."""
        person = await self.control("POST", "people", {})
        for userid in userids:
            await self.control("POST", f"staff/{userid}/add-customer", {"person": person["id"]})
            await self.advance(1)
        return person["id"], person["external_userid"]

    async def switch(self, **switches: Any) -> None:
        await self.control("PUT", "admin/switches", switches)

    async def advance(self, seconds: float) -> None:
        await self.control("POST", "admin/clock", {"seconds": seconds})

    @property
    def app(self) -> dict[str, Any]:
        return next(dict(app) for app in self.state["apps"] if app["agentid"] == AGENT)
