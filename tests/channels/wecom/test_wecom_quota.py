"""The governor: never beyond a window, urgent first, back at once from 45009 and 45033."""

import asyncio
from collections import deque
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from played import Naps

from siyu.channels.wecom.endpoint import Endpoint, Nothing, Reply, Window
from siyu.channels.wecom.errors import QuotaExhausted, QuotaUnknown
from siyu.channels.wecom.lanes import Urgency
from siyu.channels.wecom.ledger import Claim, Grant, InProcessLedger
from siyu.channels.wecom.quota import Governor, windows_of
from siyu.channels.wecom.windows import SlidingWindow
from siyu.core.clock import FixedClock

START = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def endpoint(
    path: str = "/x",
    *,
    in_flight: int = 15,
    windows: tuple[Window, ...] = (),
    counted: bool = False,
) -> Endpoint[Nothing, Reply]:
    return Endpoint(
        "GET", path, "", Nothing, Reply, in_flight=in_flight, windows=windows, counted=counted
    )


@given(
    st.integers(1, 30),
    st.lists(st.floats(0, 20, allow_nan=False).map(lambda s: timedelta(seconds=s)), max_size=120),
)
@settings(max_examples=200)
def test_no_window_ever_holds_more_than_its_calls(calls: int, gaps: list[timedelta]) -> None:
    window = SlidingWindow(calls, 60)
    now, taken = START, deque[datetime]()
    for gap in gaps:
        now += gap
        now = window.ready_at(now)
        window.take(now)
        taken.append(now)
        recent = [at for at in taken if now - at < timedelta(seconds=60)]
        assert len(recent) <= calls


def test_a_window_is_used_to_nearly_its_whole() -> None:
    window = SlidingWindow(10_000, 60)
    now, end, done = START, START + timedelta(minutes=10), 0
    while (now := window.ready_at(now)) < end:
        window.take(now)
        done += 1
        now += timedelta(milliseconds=1)
    assert done >= 0.95 * 100_000


@given(st.integers(1, 20), st.integers(0, 50))
def test_the_wait_behind_others_is_foretold(calls: int, ahead: int) -> None:
    window = SlidingWindow(calls, 60)
    foretold = window.ready_at(START, ahead)
    now = START
    for _ in range(ahead):
        now = window.ready_at(now)
        window.take(now)
    actual = window.ready_at(now)
    assert abs(actual - foretold) <= timedelta(seconds=1) * (1 + ahead // calls)


async def test_calls_beyond_the_window_wait_for_it(clock: FixedClock, naps: Naps) -> None:
    governor = Governor(clock, sleep=naps)
    begun = clock.now()
    narrow = endpoint(windows=(Window(5, 60),))
    admitted: list[float] = []

    async def one() -> None:
        async with governor.slot("ww1", narrow, patience=HOUR):
            admitted.append((clock.now() - begun).total_seconds())

    await asyncio.gather(*(one() for _ in range(12)))
    await governor.aclose()
    assert [round(at / 60) for at in admitted] == [0] * 5 + [1] * 5 + [2] * 2


async def test_who_cannot_be_served_in_time_is_told_at_once(clock: FixedClock) -> None:
    governor = Governor(clock)
    narrow = endpoint(windows=(Window(5, 60),))
    for _ in range(5):
        async with governor.slot("ww1", narrow):
            pass
    with pytest.raises(QuotaExhausted) as caught:
        async with governor.slot("ww1", narrow, patience=timedelta(seconds=10)):
            pytest.fail("there was no room")
    assert timedelta(seconds=60) <= caught.value.retry_at - clock.now() <= timedelta(seconds=62)
    async with governor.slot("ww2", narrow), governor.slot("ww1", endpoint("/y")):
        pass  # neither another corporation nor another endpoint is touched


async def test_what_is_kept_of_a_window_is_there_for_the_urgent(clock: FixedClock) -> None:
    governor = Governor(clock)
    narrow = endpoint(windows=(Window(100, 60),))
    for _ in range(98):
        async with governor.slot("ww1", narrow):
            pass
    for _ in range(2):
        with pytest.raises(QuotaExhausted):
            async with governor.slot("ww1", narrow):
                pytest.fail("this room is kept")
        async with governor.slot("ww1", narrow, urgency=Urgency.URGENT):
            pass
    with pytest.raises(QuotaExhausted):
        async with governor.slot("ww1", narrow, urgency=Urgency.URGENT):
            pytest.fail("there was no room at all")
    await governor.aclose()


async def test_the_urgent_give_nothing_of_what_is_kept_to_who_waits_beside_them(
    clock: FixedClock,
) -> None:
    governor = Governor(clock)
    narrow = endpoint(windows=(Window(100, 60),))
    for _ in range(98):  # full but for what is kept, which nobody has met yet
        await _pass(governor, narrow)
    patience = timedelta(seconds=1)

    async def one(urgency: Urgency) -> None:
        async with governor.slot("ww1", narrow, urgency=urgency, patience=patience):
            pass

    together = [Urgency.URGENT, *[Urgency.BACKGROUND] * 5]
    ends = await asyncio.gather(*map(one, together), return_exceptions=True)
    assert [type(end) for end in ends] == [type(None), *[QuotaExhausted] * 5]
    await one(Urgency.URGENT)  # the second call that is kept is still there
    await governor.aclose()


class SlowLedger(InProcessLedger):
    """Answers only when it is let, and says how often it was asked."""

    def __init__(self, clock: FixedClock) -> None:
        super().__init__(clock)
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.asked = 0
        self.back = 0

    async def claim(self, claim: Claim) -> Grant:
        self.asked += 1
        self.back += sum(unused.calls for unused in claim.unused)
        await self.may_answer.wait()
        return await super().claim(claim)


async def test_who_calls_steadily_never_waits_for_the_ledger(clock: FixedClock) -> None:
    ledger = SlowLedger(clock)
    governor = Governor(clock, ledger=ledger)
    counted = endpoint(counted=True)

    async def one() -> None:
        async with governor.slot("ww1", counted, patience=HOUR):
            pass

    for _ in range(3):  # until the pace is known
        await one()
        clock.advance(timedelta(milliseconds=100))
        await asyncio.sleep(0)
    for _ in range(60):
        ledger.may_answer.clear()
        async with asyncio.timeout(5):
            await one()
        clock.advance(timedelta(milliseconds=100))
        ledger.may_answer.set()
        await asyncio.sleep(0.001)
    room = ledger._lanes["ww1", "/x"].room(clock.now(), urgent=True)
    assert 10_000 - room <= 63 + 20, "what was claimed and not called was given back"
    await governor.aclose()


async def test_who_calls_now_and_then_claims_one_call_at_a_time(clock: FixedClock) -> None:
    ledger = SlowLedger(clock)
    governor = Governor(clock, ledger=ledger)
    for _ in range(5):
        async with governor.slot("ww1", endpoint(counted=True)):
            pass
        clock.advance(timedelta(seconds=5))
    assert ledger.asked == 5
    await governor.aclose()


def test_the_narrowest_of_windows_as_long_counts() -> None:
    narrow = endpoint(counted=True, windows=(Window(400, 3600), Window(5, 86_400)))
    assert set(windows_of(narrow)) == {
        Window(10_000, 60), Window(400, 3600), Window(5, 86_400)
    }  # fmt: skip
    assert windows_of(endpoint()) == ()


async def test_no_more_calls_run_at_once_than_allowed_and_urgent_ones_pass(
    clock: FixedClock,
) -> None:
    governor = Governor(clock)
    single = endpoint(in_flight=1)
    order: list[str] = []
    hold = asyncio.Event()

    async def one(name: str, urgency: Urgency) -> None:
        async with governor.slot("ww1", single, urgency=urgency):
            order.append(name)
            await hold.wait()

    tasks = []
    for name, urgency in [
        ("first", Urgency.BACKGROUND),
        ("sync 1", Urgency.BACKGROUND),
        ("normal", Urgency.NORMAL),
        ("sync 2", Urgency.BACKGROUND),
        ("urgent", Urgency.URGENT),
    ]:
        tasks.append(asyncio.create_task(one(name, urgency)))
        await asyncio.sleep(0)
    assert order == ["first"]
    hold.set()
    await asyncio.gather(*tasks)
    assert order == ["first", "urgent", "normal", "sync 1", "sync 2"]


async def test_background_work_never_takes_the_room_kept_for_urgent_calls(
    clock: FixedClock,
) -> None:
    governor = Governor(clock, connections=8)
    async with AsyncExitStack() as stack:
        for number in range(6):
            await stack.enter_async_context(
                governor.slot("ww1", endpoint(f"/{number}"), urgency=Urgency.BACKGROUND)
            )
        blocked = asyncio.create_task(
            stack.enter_async_context(governor.slot("ww1", endpoint("/other")))
        )
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert not blocked.done()
        for number in range(2):
            slot = governor.slot("ww1", endpoint(f"/u{number}"), urgency=Urgency.URGENT)
            await stack.enter_async_context(slot)
        blocked.cancel()
    async with governor.slot("ww1", endpoint("/other")):
        pass


async def test_a_crowded_call_goes_when_another_endpoint_frees_room(clock: FixedClock) -> None:
    governor = Governor(clock, connections=2)
    done = asyncio.Event()

    async def holder() -> None:
        async with governor.slot("ww1", endpoint("/a")):
            await done.wait()

    holding = asyncio.create_task(holder())
    await asyncio.sleep(0)

    async def crowded() -> None:
        async with governor.slot("ww1", endpoint("/b")):
            pass

    waiting = asyncio.create_task(crowded())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert not waiting.done()
    done.set()
    await asyncio.gather(holding, waiting)


async def test_cancelled_callers_leave_no_trace(clock: FixedClock) -> None:
    governor = Governor(clock)
    single = endpoint(in_flight=1)
    async with governor.slot("ww1", single):
        waiting = [asyncio.create_task(_pass(governor, single)) for _ in range(5)]
        await asyncio.sleep(0)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
    # cancelled in the very moment of admission
    async with governor.slot("ww1", single):
        late = asyncio.create_task(_pass(governor, single))
        await asyncio.sleep(0)
    late.cancel()
    await asyncio.gather(late, return_exceptions=True)
    await asyncio.wait_for(_pass(governor, single), 60)


class _Broken(InProcessLedger):
    """A ledger that fails as nobody foresaw."""

    async def claim(self, claim: Claim) -> Grant:
        raise LookupError(claim.path)


async def test_nobody_waits_for_ever_for_a_ledger_that_fails_oddly(clock: FixedClock) -> None:
    governor = Governor(clock, ledger=_Broken(clock))
    waiting = [_pass(governor, endpoint(windows=(Window(5, 60),))) for _ in range(3)]
    async with asyncio.timeout(60):
        outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [QuotaUnknown] * 3


async def _pass(governor: Governor, to: Endpoint[Nothing, Reply]) -> None:
    async with governor.slot("ww1", to):
        pass


async def test_each_45009_in_a_row_stops_longer_and_a_success_forgives(clock: FixedClock) -> None:
    governor = Governor(clock)
    target = endpoint()

    async def refused() -> timedelta:
        clock.advance(timedelta(milliseconds=1))
        async with governor.slot("ww1", target) as slot:
            clock.advance(timedelta(milliseconds=1))
            slot.report(45009)
        with pytest.raises(QuotaExhausted) as caught:
            async with governor.slot("ww1", target):
                pytest.fail("stopped")
        wait = caught.value.retry_at - clock.now()
        clock.advance(wait)
        return wait

    waits = [await refused() for _ in range(4)]
    assert waits == [timedelta(minutes=1), timedelta(minutes=10), HOUR, HOUR]
    async with governor.slot("ww1", target) as slot:
        clock.advance(timedelta(milliseconds=1))
        slot.report(0)
    assert await refused() == timedelta(minutes=1)


async def test_one_burst_of_refusals_counts_once_and_the_return_is_careful(
    clock: FixedClock,
) -> None:
    governor = Governor(clock)
    target = endpoint(in_flight=10)
    async with AsyncExitStack() as stack:
        slots = [await stack.enter_async_context(governor.slot("ww1", target)) for _ in range(10)]
        for slot in slots:
            clock.advance(timedelta(milliseconds=1))
            slot.report(45009)
    clock.advance(timedelta(minutes=1, seconds=1))
    async with governor.slot("ww1", target) as slot:
        second = asyncio.create_task(_pass(governor, target))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert not second.done()  # one call feels the way
        clock.advance(timedelta(milliseconds=1))
        slot.report(0)
    await second


async def test_45033_halves_the_calls_at_once_and_successes_bring_them_back(
    clock: FixedClock,
) -> None:
    governor = Governor(clock)
    target = endpoint(in_flight=8)

    async def room() -> int:
        async with AsyncExitStack() as stack:
            for count in range(9):
                entering = asyncio.create_task(
                    stack.enter_async_context(governor.slot("ww1", target))
                )
                await asyncio.sleep(0)
                await asyncio.sleep(0)
                if not entering.done():
                    entering.cancel()
                    return count
            return 9

    assert await room() == 8
    async with AsyncExitStack() as stack:
        slots = [await stack.enter_async_context(governor.slot("ww1", target)) for _ in range(8)]
        for slot in slots:
            clock.advance(timedelta(milliseconds=1))
            slot.report(45033)
    clock.advance(timedelta(seconds=2))
    assert await room() == 4
    for _ in range(4):
        async with governor.slot("ww1", target) as slot:
            clock.advance(timedelta(milliseconds=1))
            slot.report(0)
    assert await room() == 8


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        SlidingWindow(0, 60)
