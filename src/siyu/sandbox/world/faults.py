"""What goes wrong in the world, by seed: a plan of faults, and the dice that follow it.

The same plan on the same world throws the same dice: each throw is made from the seed and the
number of what it is thrown for.
"""

from math import inf
from random import Random
from secrets import SystemRandom

from siyu.sandbox.world import ids
from siyu.sandbox.world import records as r
from siyu.sandbox.world.life_records import Faults, Rates
from siyu.sandbox.world.state import World

_CALL_FAULTS = ("quota", "crowd", "busy", "slow", "cut_before", "cut_after", "token")
_LETTER_FAULTS = ("dropped", "doubled", "swapped", "delayed")
_SWAP_SECONDS = 5.0
_DAY = 86_400.0
_CUSTOMERS = "customer_contact"


class Dice:
    """Throws for each call and callback, and disturbs the apps from time to time."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._plan: Faults | None = None
        self._secrets = SystemRandom()

    @property
    def plan(self) -> Faults | None:
        """The plan in force, None while nothing goes wrong."""
        return next(iter(self._world.life.faults), None)

    def rates(self, path: str) -> Rates:
        """Return what may happen to calls of an endpoint."""
        plan = self.plan
        return Rates() if plan is None else plan.endpoints.get(path, plan.all)

    def of_call(self, path: str) -> str:
        """Return the fault that the next call of an endpoint meets, empty for none."""
        plan = self.plan
        if plan is None:
            return ""
        return _throw(
            plan, _CALL_FAULTS, f"call:{self._world.log.next_id}:{path}", self.rates(path)
        )

    def of_callback(self, number: int) -> str:
        """Return the fault that a callback meets, empty for none."""
        plan = self.plan
        return "" if plan is None else _throw(plan, _LETTER_FAULTS, f"callback:{number}", plan)

    def delay(self, fault: str, number: int) -> float:
        """Return how many seconds a ``swapped`` or ``delayed`` callback waits."""
        plan = self.plan
        most = _SWAP_SECONDS if fault == "swapped" or plan is None else plan.delay_seconds
        return _random(plan, f"delay:{number}").uniform(0.5, most)

    def begin(self, plan: Faults | None) -> None:
        """Put a plan in force, or end all faults."""
        world = self._world
        if (old := self.plan) is not None:
            self._restore(old)
            world.life.faults.drop("faults")
        if plan is not None:
            plan.next_secret = self._next(plan, "secret", plan.secrets_per_day)
            plan.next_revocation = self._next(plan, "revocation", plan.revocations_per_day)
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
            plan.next_secret = self._next(plan, "secret", plan.secrets_per_day)
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
                plan.next_revocation = self._next(plan, "revocation", plan.revocations_per_day)
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

    def _next(self, plan: Faults, what: str, per_day: float) -> float | None:
        if per_day <= 0:
            return None
        plan.draws += 1
        pause = _random(plan, f"{what}:{plan.draws}").expovariate(per_day / _DAY)
        return self._world.now() + pause

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


def _throw(plan: Faults, faults: tuple[str, ...], what: str, rates: Rates | Faults) -> str:
    left = _random(plan, what).random()
    for fault in faults:
        left -= getattr(rates, fault)
        if left < 0:
            return fault
    return ""


def _random(plan: Faults | None, what: str) -> Random:
    return Random(f"{plan.seed if plan else 0}:{what}")  # noqa: S311  chance of a game
