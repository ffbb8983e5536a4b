"""A burst from outside: callbacks, readings and orders at once, and what was acknowledged of it."""

import asyncio
import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

import httpx
from enterprise import CORP, STAFF, Buyer, Enterprise

from siyu.commerce.sources import signature
from tests.nearby import local_client

PATIENCE_SECONDS = 240
PLAIN = (
    "<xml><ToUserName>{corp}</ToUserName><FromUserName>sys</FromUserName>"
    "<CreateTime>{at}</CreateTime><MsgType>event</MsgType><Event>change_external_contact</Event>"
    "<ChangeType>{change}</ChangeType><UserID>{staff}</UserID>"
    "<ExternalUserID>{person}</ExternalUserID></xml>"
)
SEALED = "<xml><ToUserName>{corp}</ToUserName><Encrypt>{encrypt}</Encrypt></xml>"

Message = tuple[str, bytes, dict[str, str]]


@dataclass(frozen=True)
class Order:
    """What is to be true of an order: what it is owed to, and how siyu knows."""

    amount_fen: int
    method: str
    touch_id: int | None


@dataclass
class Traffic:
    """Outsiders who go on until told to stop; WeCom and the shop repeat what nobody answered."""

    enterprise: Enterprise
    ports: list[int]
    seed: int
    people: dict[str, str] = field(default_factory=dict)
    """External userids whose callbacks were all acknowledged, and how the friendship stands."""
    beats: dict[int, int] = field(default_factory=dict)
    """The longest reading that was acknowledged, in seconds, by visit."""
    beats_sent: dict[int, int] = field(default_factory=dict)
    events: set[int] = field(default_factory=set)
    """Numbers of the page events that were acknowledged."""
    events_sent: set[int] = field(default_factory=set)
    orders: dict[str, Order] = field(default_factory=dict)
    answered: int = 0
    unanswered: int = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Let everybody do their part until `stop` is set."""
        began = int(time.time()) - 600
        async with local_client(timeout=30) as http, asyncio.TaskGroup() as group:
            for lane in range(3):
                group.create_task(self._wecom(http, stop, lane, began))
                group.create_task(self._shop(http, stop, lane))
            group.create_task(self._readers(http, stop))
            group.create_task(self._site(http, stop))

    async def more(self, answers: int) -> None:
        """Return when so many more requests have been acknowledged."""
        enough = self.answered + answers
        async with asyncio.timeout(PATIENCE_SECONDS):
            while self.answered < enough:  # noqa: ASYNC110 - outsiders go on
                await asyncio.sleep(0.005)

    async def _wecom(
        self, http: httpx.AsyncClient, stop: asyncio.Event, lane: int, at: int
    ) -> None:
        dice = random.Random(f"{self.seed}:wecom:{lane}")
        for number in count():
            if stop.is_set():
                return
            person = f"wm-{lane}-{number}"
            staff = dice.choice(STAFF)
            changes = ["add_external_contact"]
            if dice.random() < 0.3:
                changes.append("del_follow_user")
            if len(changes) == 2 and dice.random() < 0.5:
                changes.append("add_external_contact")
            for step, change in enumerate(changes):
                plain = PLAIN.format(
                    corp=CORP, at=at + step * 5, change=change, staff=staff, person=person
                )
                # WeCom repeats what was answered late, as well as what was not answered.
                for _ in range(2 if dice.random() < 0.1 else 1):
                    await self._insist(http, dice, lambda plain=plain: self._callback(plain))
            self.people[person] = "lost" if len(changes) == 2 else f"active:{len(changes)}"
            await asyncio.sleep(dice.random() * 0.03)

    def _callback(self, plain: str) -> Message:
        at, nonce = str(int(time.time())), "n0nce"
        sealed = self.enterprise.crypto.seal(plain.encode(), at, nonce)
        query = f"msg_signature={sealed.signature}&timestamp={at}&nonce={nonce}"
        body = SEALED.format(corp=CORP, encrypt=sealed.encrypt)
        return f"{self.enterprise.callback_path}?{query}", body.encode(), {}

    async def _shop(self, http: httpx.AsyncClient, stop: asyncio.Event, lane: int) -> None:
        dice = random.Random(f"{self.seed}:shop:{lane}")
        for number in count():
            if stop.is_set():
                return
            external_id, buyer = f"A-{lane}-{number}", dice.choice(self.enterprise.buyers)
            expected, body = self._order(external_id, buyer, dice)
            await self._insist(
                http, dice, lambda body=body, key=external_id: self._signed(body, key)
            )
            self.orders[external_id] = expected
            await asyncio.sleep(dice.random() * 0.05)

    def _order(self, external_id: str, buyer: Buyer, dice: random.Random) -> tuple[Order, bytes]:
        amount = dice.randint(1_000, 50_000)
        body = {
            "external_id": external_id,
            "status": "paid",
            "paid_at": datetime.now(UTC).isoformat(),
            "amount_fen": amount,
            "items": [{"sku": "S1", "name": "米粉", "quantity": 1, "amount_fen": amount}],
        }
        fate = dice.choice(("touch", "window", "none"))
        if fate == "touch":
            body["touch"] = buyer.touch_slug
        elif fate == "window":
            body["buyer"] = {"unionid": buyer.unionid}
        touch_id = None if fate == "none" else buyer.touch_id
        return Order(amount, fate, touch_id), json.dumps(body).encode()

    def _signed(self, body: bytes, key: str) -> Message:
        at = str(int(time.time()))
        headers = {
            "x-siyu-key": self.enterprise.shop_key,
            "x-siyu-timestamp": at,
            "x-siyu-signature": signature(self.enterprise.shop_secret, at, body),
            "idempotency-key": key,
        }
        return "/open/v1/orders", body, headers

    async def _readers(self, http: httpx.AsyncClient, stop: asyncio.Event) -> None:
        dice = random.Random(f"{self.seed}:readers")
        visits = sorted(self.enterprise.visits)
        while not stop.is_set():
            visit = dice.choice(visits)
            seconds = self.beats_sent.get(visit, 0) + dice.randint(1, 20)
            self.beats_sent[visit] = seconds
            report = {"visit": self.enterprise.visits[visit], "seconds": seconds, "depth": 0.5}
            message = ("/collect", json.dumps(report).encode(), {})
            if await self._once(http, dice, message):
                self.beats[visit] = seconds
            await asyncio.sleep(dice.random() * 0.02)

    async def _site(self, http: httpx.AsyncClient, stop: asyncio.Event) -> None:
        dice = random.Random(f"{self.seed}:site")
        for number in count():
            if stop.is_set():
                return
            self.events_sent.add(number)
            event = {"name": "numbered", "properties": {"number": number}}
            report = {"key": self.enterprise.site_key, "events": [event]}
            if await self._once(http, dice, ("/collect", json.dumps(report).encode(), {})):
                self.events.add(number)
            await asyncio.sleep(dice.random() * 0.02)

    async def _insist(
        self, http: httpx.AsyncClient, dice: random.Random, make: Callable[[], Message]
    ) -> None:
        """Send until it is acknowledged, signed anew each time."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not await self._once(http, dice, make()):  # noqa: ASYNC110 - as outsiders do
                await asyncio.sleep(0.1)

    async def _once(self, http: httpx.AsyncClient, dice: random.Random, message: Message) -> bool:
        path, body, headers = message
        address = f"http://127.0.0.1:{dice.choice(self.ports)}{path}"
        try:
            answer = await http.post(address, content=body, headers=headers)
        except httpx.TransportError:
            self.unanswered += 1
            await asyncio.sleep(0.05)
            return False
        # Busy or broken is an honest answer; a refusal would be a mistake of the test.
        assert answer.is_success or answer.status_code >= 500, answer.text
        self.answered += answer.is_success
        self.unanswered += not answer.is_success
        return answer.is_success
