"""Notices to the merchant: signed anew for each attempt, repeated for a day until taken."""

import time

import httpx
import msgspec

from siyu.sandbox.pay import rules
from siyu.sandbox.pay.keys import headers, merchant_of, sealed
from siyu.sandbox.world import pay_records as p
from siyu.sandbox.world.log import shown
from siyu.sandbox.world.state import World

_MINUTE, _HOUR = 60, 3600
_PAUSES = (
    15, 15, 30, 3 * _MINUTE, 10 * _MINUTE, 20 * _MINUTE, 30 * _MINUTE, 30 * _MINUTE, 30 * _MINUTE,
    _HOUR, 3 * _HOUR, 3 * _HOUR, 3 * _HOUR, 6 * _HOUR, 6 * _HOUR,
)  # fmt: skip
_SECONDS = 5.0
_TAKEN = {200, 204}


class PayNotices:
    """Posts notices and lets refunds arrive, in the background."""

    def __init__(self, world: World, http: httpx.AsyncClient) -> None:
        self._world = world
        self._http = http

    def resume(self) -> None:
        """Go on with what was under way when the world stopped."""
        for notice in self._world.pay.notices:
            if notice.status == "waiting":
                self.post(notice)
        for made in self._world.pay.refunds:
            if made.status == p.PROCESSING:
                self.await_refund(made)

    def post(self, notice: p.PayNotice) -> None:
        """Post a notice until it is taken."""
        self._world.agenda.spawn(self._post(notice))

    def await_refund(self, made: p.PayRefund) -> None:
        """Let a refund arrive when it is due."""
        self._world.agenda.spawn(self._arrive(made))

    async def _arrive(self, made: p.PayRefund) -> None:
        await self._world.agenda.sleep_until(made.due)
        if notice := rules.finish_refund(self._world, made):
            self.post(notice)
        await self._world.journal.settled()

    async def _post(self, notice: p.PayNotice) -> None:
        world = self._world
        await world.journal.settled()
        while notice.attempts <= len(_PAUSES):
            if notice.attempts:
                await world.agenda.sleep(_PAUSES[notice.attempts - 1])
            notice.attempts += 1
            if await self._attempt(notice):
                world.pay.notices.finish(notice.id)
                return
            world.pay.notices.save(notice)
        notice.status = "lost"
        world.pay.notices.save(notice)

    async def _attempt(self, notice: p.PayNotice) -> bool:
        world, merchant = self._world, merchant_of(self._world)
        resource = sealed(merchant, notice.resource, notice.kind)
        body = msgspec.json.encode({
            "id": notice.id, "create_time": rules.stamp(notice.created),
            "resource_type": "encrypt-resource", "event_type": notice.event,
            "summary": notice.summary, "resource": {"original_type": notice.kind, **resource},
        }).decode()  # fmt: skip
        signed = headers(merchant, body, world.now(), serial=proof_serial(world, merchant))
        started, status, note = time.perf_counter(), None, f"attempt {notice.attempts}"
        try:
            answer = await self._http.post(
                notice.url, content=body, timeout=_SECONDS,
                headers={**signed, "Content-Type": "application/json"},
            )  # fmt: skip
            status = answer.status_code
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            note = f"{note}: {type(error).__name__}"
        world.log.add(
            world.now(), "callback", sender="pay", receiver="merchant", method="POST",
            path=notice.url, request=shown(notice.resource), status=status, note=note,
            milliseconds=round((time.perf_counter() - started) * 1000, 2),
        )  # fmt: skip
        return status in _TAKEN


def proof_serial(world: World, merchant: p.Merchant) -> str:
    """Return the number of what proves the platform: its public key's, or its certificate's."""
    by_key = world.switches.pay_proof == "public_key"
    return merchant.public_key_id if by_key else merchant.platform_serial
