"""What goes wrong in the world, by seed: a plan of faults, and the dice that follow it.

The same plan throws the same dice for the same calls and callbacks, in whatever order they come.
Its throws begin anew when it is put in force, and when the world starts.
"""

from math import inf, log
from random import Random
from secrets import SystemRandom
from typing import NamedTuple

from siyu.sandbox.world import ids
from siyu.sandbox.world import records as r
from siyu.sandbox.world.chance import Chance, part
from siyu.sandbox.world.life_records import Faults, Rates
from siyu.sandbox.world.state import World

_CALL_FAULTS = ("quota", "crowd", "busy", "slow", "cut_before", "cut_after", "token")
_LETTER_FAULTS = ("dropped", "doubled", "swapped", "delayed")
_SOONEST, _SWAP_SECONDS = 0.5, 5.0
_TEXT_LIMIT = 64 * 1024
_DAY = 86_400.0
_CUSTOMERS = "customer_contact"


class Mishap(NamedTuple):
    """What a callback meets: a fault, empty for none, and how many seconds it waits for it."""

    fault: str = ""
    delay: float = 0.0


class Dice:
    """Throws for each call and callback, and disturbs the apps from time to time."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._plan: Faults | None = None
        self._secrets = SystemRandom()
        self._chance = Chance(world.by_external)

    @property
    def plan(self) -> Faults | None:
        """The plan in force, None while nothing goes wrong."""
        return next(iter(self._world.life.faults), None)

    def rates(self, path: str) -> Rates:
        """Return what may happen to calls of an endpoint."""
        plan = self.plan
        return Rates() if plan is None else plan.endpoints.get(path, plan.all)

    def of_call(self, method: str, path: str, query: str, body: bytes) -> str:
        """Return the fault that a call meets, empty for none; of long bodies the length counts."""
        plan = self.plan
        rates = self.rates(path)
        if plan is None or not _any(rates, _CALL_FAULTS):
            return ""
        text = body.decode("utf-8", "replace") if len(body) < _TEXT_LIMIT else str(len(body))
        thrown = self._chance.throw(plan.seed, "call", method, path, query, text)
        return _fault(thrown, _CALL_FAULTS, rates)

    def of_callback(self, delivery: r.Delivery) -> Mishap:
        """Return what a callback meets on its way."""
        plan = self.plan
        if plan is None or not _any(plan, _LETTER_FAULTS):
            return Mishap()
        wording = (str(delivery.agentid), delivery.xml)
        fault = _fault(self._chance.throw(plan.seed, "callback", *wording), _LETTER_FAULTS, plan)
        if fault not in {"swapped", "delayed"}:
            return Mishap(fault)
        most = _SWAP_SECONDS if fault == "swapped" else plan.delay_seconds
        thrown = self._chance.throw(plan.seed, "delay", *wording)
        return Mishap(fault, _SOONEST + thrown * (most - _SOONEST))

    def begin(self, plan: Faults | None) -> None:
        """Put a plan in force, or end all faults."""
        world = self._world
        if (old := self.plan) is not None:
            self._restore(old)
            world.life.faults.drop("faults")
        self._chance.begin()
        if plan is not None:
            self._plan_secret(plan, world.now())
            self._plan_revocation(plan, world.now())
            world.life.faults.save(plan)
        self.resume()

    def resume(self) -> None:
        """Follow the plan that was in force when the world stopped."""
        plan = self._plan = self.plan
        if plan is not None:
            self._world.agenda.spawn(self._change_secrets(plan))
            self._world.agenda.spawn(self._revoke(plan))

    async def _change_secrets(self, plan: Faults) -> None:
        while True:
            await self._world.agenda.sleep_until(plan.next_secret or inf)
            if plan is not self._plan:
                return
            for app in self._listening():
                change_secret(self._world, app, self._secrets)
                self._mark(app, "the secret was changed")
            self._plan_secret(plan, self._world.now())
            self._world.life.faults.save(plan)

    async def _revoke(self, plan: Faults) -> None:
        agenda = self._world.agenda
        while True:
            await agenda.sleep_until(plan.restore_at or plan.next_revocation or inf)
            if plan is not self._plan:
                return
            if plan.restore_at:
                self._restore(plan)
            else:
                for app in self._listening():
                    self._permit(app, granted=False)
                plan.restore_at = self._world.now() + plan.revoked_seconds
                self._plan_revocation(plan, self._world.now())
            self._world.life.faults.save(plan)

    def _restore(self, plan: Faults) -> None:
        if plan.restore_at:
            plan.restore_at = None
            for app in self._listening():
                self._permit(app, granted=True)

    def _permit(self, app: r.App, *, granted: bool) -> None:
        app.permissions = app.permissions | {_CUSTOMERS: granted}
        self._world.apps.save(app)
        self._mark(app, "permission given back" if granted else "permission taken")

    def _listening(self) -> list[r.App]:
        return [app for app in self._world.apps if app.callback_url]

    def _plan_secret(self, plan: Faults, now: float) -> None:
        plan.next_secret = _after(plan, now, "secret", plan.secrets_drawn, plan.secrets_per_day)
        plan.secrets_drawn += 1

    def _plan_revocation(self, plan: Faults, now: float) -> None:
        drawn, per_day = plan.revocations_drawn, plan.revocations_per_day
        plan.next_revocation = _after(plan, now, "revocation", drawn, per_day)
        plan.revocations_drawn += 1

    def _mark(self, app: r.App, note: str) -> None:
        self._world.log.add(
            self._world.now(), "fault", sender="wecom", receiver=f"app:{app.agentid}",
            method="", path="", note=note,
        )  # fmt: skip


def change_secret(world: World, app: r.App, source: Random) -> None:
    """Give an app a new secret; tokens of the old one die."""
    app.secret = ids.secret(source)
    forget_token(world, app)


def forget_token(world: World, app: r.App) -> None:
    """Let an app's access token die early."""
    world.tokens.drop(app.token)
    app.token, app.token_expires = "", 0.0
    world.apps.save(app)


def _any(rates: Rates | Faults, faults: tuple[str, ...]) -> bool:
    return any(getattr(rates, fault) for fault in faults)


def _fault(thrown: float, faults: tuple[str, ...], rates: Rates | Faults) -> str:
    for fault in faults:
        thrown -= getattr(rates, fault)
        if thrown < 0:
            return fault
    return ""


def _after(plan: Faults, now: float, what: str, drawn: int, per_day: float) -> float | None:
    """Return when something that happens so often a day happens next; None for never."""
    if per_day <= 0:
        return None
    return now - log(1 - part(plan.seed, f"{what}:{drawn}")) * _DAY / per_day
