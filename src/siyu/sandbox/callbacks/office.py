"""The post office: takes queued callbacks to the apps, by WeCom's rule of time-out and retries.

Doc 90238: an app that does not answer 200 within 5 seconds is called again, three times at most.
A callback is committed before it leaves, so a world that was killed delivers it later.
"""

import asyncio
import secrets
import time
from typing import Any
from urllib.parse import urlencode

from siyu.channels.wecom.crypto import CallbackCrypto, CallbackCryptoError
from siyu.sandbox.callbacks.wire import Wire, WireError
from siyu.sandbox.world import records as r
from siyu.sandbox.world.faults import Dice
from siyu.sandbox.world.log import shown
from siyu.sandbox.world.state import World

_OK = 200


class PostOffice:
    """Delivers in the background with many in flight."""

    def __init__(self, world: World, dice: Dice) -> None:
        self._world = world
        self._dice = dice
        self._wire = Wire()
        self._queue: asyncio.Queue[r.Delivery] = asyncio.Queue()
        self._running: set[asyncio.Task[None]] = set()
        self._crypto: dict[tuple[str, str], CallbackCrypto] = {}
        world.on_delivery = self._queue.put_nowait

    @property
    def waiting(self) -> int:
        """Callbacks not yet delivered or given up."""
        return self._queue.qsize() + len(self._running)

    @property
    def idle(self) -> bool:
        """Whether no callback waits to be taken up; those taken up are the agenda's to count."""
        return self._queue.empty()

    def resume(self) -> None:
        """Queue what was on its way when the world stopped."""
        for delivery in sorted(self._world.deliveries, key=lambda d: d.id):
            if delivery.status == "waiting":
                self._queue.put_nowait(delivery)

    async def run(self) -> None:
        """Deliver until cancelled."""
        try:
            while True:
                delivery = await self._queue.get()
                while len(self._running) >= self._world.switches.callbacks_in_flight:
                    await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
                task = self._world.agenda.spawn(self._deliver(delivery))
                self._running.add(task)
                task.add_done_callback(self._running.discard)
        finally:
            for task in self._running:
                task.cancel()
            self._wire.close()

    async def _deliver(self, delivery: r.Delivery) -> None:
        await self._world.journal.settled()
        switches = self._world.switches
        fault, delay = self._dice.of_callback(delivery)
        if fault == "dropped":
            self._log_attempt(delivery, note="fault: dropped")
            self._finish(delivery, fault)
            return
        if delay:
            await self._world.agenda.sleep(delay)
        twice = switches.callback_duplicates or fault == "doubled"
        while delivery.attempts <= switches.callback_retries:
            if delivery.attempts:
                await self._world.agenda.sleep(switches.callback_gap_seconds)
            app = self._world.apps.get(str(delivery.agentid))
            if app is None or not app.callback_url:
                break
            delivery.attempts += 1
            if await self._attempt(app, delivery, fault):
                if twice and delivery.attempts == 1:
                    await self._attempt(app, delivery, fault)
                self._finish(delivery, "done")
                return
        self._finish(delivery, "lost")

    def _finish(self, delivery: r.Delivery, status: str) -> None:
        delivery.status = status
        if status == "done":
            self._acknowledge(delivery)
            self._world.deliveries.finish(str(delivery.id))
        else:
            self._world.deliveries.save(delivery)

    def _acknowledge(self, delivery: r.Delivery) -> None:
        code = self._world.welcome_codes.get(delivery.welcome_code)
        if code is not None and code.acknowledged is None:
            code.acknowledged = self._world.now()
            self._world.welcome_codes.save(code)

    async def _attempt(self, app: r.App, delivery: r.Delivery, fault: str) -> bool:
        world = self._world
        url, body = self._sealed(app, delivery.xml)
        started = time.perf_counter()
        status: int | None = None
        answer, note = b"", f"attempt {delivery.attempts}" + (f", fault: {fault}" if fault else "")
        try:
            status, answer = await self._wire.post(
                url, body, "text/xml", world.switches.callback_seconds
            )
        except WireError as error:
            note = f"{note}: {error}"
        self._log_attempt(
            delivery,
            path=app.callback_url,
            response=shown(answer),
            status=status,
            milliseconds=round((time.perf_counter() - started) * 1000, 2),
            note=note,
        )
        return status == _OK

    def _log_attempt(self, delivery: r.Delivery, path: str = "", **fields: Any) -> None:
        self._world.log.add(
            self._world.now(),
            "callback",
            sender="wecom",
            receiver=f"app:{delivery.agentid}",
            method="POST",
            path=path,
            request=delivery.xml,
            **fields,
        )

    def _sealed(self, app: r.App, xml: str) -> tuple[str, bytes]:
        corpid = self._world.corp.corpid
        keys = (app.callback_token, app.callback_aes_key)
        crypto = self._crypto.get(keys)
        if crypto is None:
            crypto = self._crypto[keys] = CallbackCrypto(*keys, corpid)
        timestamp, nonce = str(int(self._world.now())), str(secrets.randbelow(10**10))
        sealed = crypto.seal(xml.encode(), timestamp, nonce)
        body = (
            f"<xml><ToUserName><![CDATA[{corpid}]]></ToUserName>"
            f"<Encrypt><![CDATA[{sealed.encrypt}]]></Encrypt>"
            f"<AgentID><![CDATA[{app.agentid}]]></AgentID></xml>"
        )
        return signed_url(app.callback_url, sealed.signature, timestamp, nonce), body.encode()


def signed_url(url: str, signature: str, timestamp: str, nonce: str, **more: str) -> str:
    """Append the signature's query to a callback address."""
    query = urlencode({"msg_signature": signature, "timestamp": timestamp, "nonce": nonce, **more})
    return f"{url}{'&' if '?' in url else '?'}{query}"


def callback_keys_error(token: str, aes_key: str) -> str | None:
    """Return why the console would refuse these keys, or None."""
    try:
        CallbackCrypto(token, aes_key, "")
    except CallbackCryptoError as error:
        return str(error)
    return None
