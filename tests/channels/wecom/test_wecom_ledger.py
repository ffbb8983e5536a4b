"""The ledger's rule: never beyond a window, whoever asks; an even part of the address for each."""

from collections import deque
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from siyu.channels.wecom.endpoint import Window
from siyu.channels.wecom.ledger import LEASE, Address, Claim, Lane, Unused, grant

START = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def claim(
    corp: str = "ww1",
    wanted: int = 1,
    *,
    holder: str = "a",
    urgent: int = 0,
    windows: tuple[Window, ...] = (),
    address: tuple[Window, ...] = (),
    unused: tuple[Unused, ...] = (),
) -> Claim:
    return Claim(
        corp_id=corp,
        path="/x",
        holder=holder,
        wanted=wanted,
        urgent=urgent,
        windows=windows,
        address_windows=address,
        unused=unused,
    )


claims = st.tuples(
    st.floats(0, 8, allow_nan=False).map(lambda s: timedelta(seconds=s)),
    st.sampled_from(["ww1", "ww2", "ww3"]),
    st.integers(1, 40),
    # how many of them are urgent
    st.integers(0, 40),
    # how late within its lease a claimed call is made
    st.floats(0, 0.999),
    # how many of the claimed calls are made at all
    st.sampled_from([1.0, 1.0, 0.5, 0.0]),
)


Wish = tuple[timedelta, str, int, int, float, float]


@given(st.integers(1, 60), st.integers(1, 90), st.lists(claims, max_size=80))
@settings(max_examples=200, deadline=None)
def test_no_window_is_ever_broken_however_late_claimed_calls_are_made(
    corp_calls: int, address_calls: int, wishes: list[Wish]
) -> None:
    lanes = {corp: Lane() for corp in ("ww1", "ww2", "ww3")}
    address = Address()
    made: list[tuple[datetime, str]] = []
    left: dict[str, Unused] = {}
    now = START
    for gap, corp, wanted, urgent, late, part in wishes:
        now += gap
        wish = claim(
            corp,
            wanted,
            urgent=min(urgent, wanted),
            windows=(Window(corp_calls, 60),),
            address=(Window(address_calls, 60),),
            unused=(left[corp],) if corp in left else (),
        )
        granted = grant(wish, lanes[corp], address, now)
        assert granted.calls <= wanted
        used = int(granted.calls * part)
        left[corp] = Unused(granted.calls - used, granted.granted_at)
        made += [(now + LEASE * late, corp)] * used
    made.sort()
    for names, most in (({"ww1"}, corp_calls), ({"ww1", "ww2", "ww3"}, address_calls)):
        recent: deque[datetime] = deque()
        for at, corp in made:
            if corp in names:
                recent.append(at)
            while recent and at - recent[0] >= 60 * SECOND:
                recent.popleft()
            assert len(recent) <= most


def test_what_was_not_called_may_be_called_by_another() -> None:
    lane, address, windows = Lane(), Address(), (Window(100, 60),)
    first = grant(claim(wanted=98, windows=windows, address=windows), lane, address, START)
    assert first.calls == 98
    unused = (Unused(30, first.granted_at), Unused(10, first.granted_at))
    back = claim(wanted=60, windows=windows, address=windows, unused=unused)
    assert grant(back, lane, address, START + 10 * SECOND).calls == 40


def test_a_busy_window_is_used_to_nearly_its_whole() -> None:
    lane, address, now, calls = Lane(), Address(), START, 0
    while now < START + timedelta(minutes=10):
        granted = grant(claim(wanted=200, windows=(Window(10_000, 60),)), lane, address, now)
        calls += granted.calls
        now = max(granted.ready_at, now + timedelta(milliseconds=20))
    assert 95_000 <= calls <= 100_000


def test_the_urgent_find_room_that_others_leave() -> None:
    lane, windows = Lane(), (Window(100, 60),)
    assert grant(claim(wanted=500, windows=windows), lane, Address(), START).calls == 98
    assert grant(claim(wanted=1, windows=windows), lane, Address(), START).calls == 0
    assert grant(claim(wanted=5, windows=windows, urgent=5), lane, Address(), START).calls == 2


def test_what_is_kept_for_the_urgent_goes_to_nobody_who_waits_beside_them() -> None:
    windows = (Window(100, 60),)
    for used, wanted, urgent, calls in [
        (90, 20, 1, 8),  # the rest of the common room, which has a place for who is urgent
        (97, 20, 2, 2),  # one of the common room and one of what is kept
        (98, 20, 1, 1),
        (98, 20, 5, 2),
        (100, 20, 5, 0),
    ]:
        lane, address = Lane(), Address()
        assert grant(claim(wanted=used, windows=windows, urgent=used), lane, address, START)
        now = START + SECOND
        granted = grant(claim(wanted=wanted, windows=windows, urgent=urgent), lane, address, now)
        assert granted.calls == calls
        full = granted.full_until - now >= 59 * SECOND
        assert full is (used > 90), "others are told to wait while only the kept room is left"


def test_a_noisy_tenant_leaves_the_address_to_a_quiet_one() -> None:
    address, window = Address(), (Window(1000, 60),)
    lanes = {"noisy": Lane(), "quiet": Lane()}
    refused = 0
    for tick in range(240):
        now = START + tick * LEASE
        if tick % 4 == 0:
            quiet = grant(claim("quiet", 1, address=window), lanes["quiet"], address, now)
            refused += quiet.calls == 0
        grant(claim("noisy", 1000, address=window), lanes["noisy"], address, now)
    assert refused == 0
    used = address.windows[0].used
    assert used >= 850  # and yet the address does not idle


def test_a_refusal_stops_every_process_once_and_longer_each_time() -> None:
    lane = Lane()
    first = lane.refuse(START, START + SECOND)
    assert first == START + SECOND + timedelta(minutes=1)
    assert lane.refuse(START, START + 2 * SECOND) == first  # asked before the stop
    assert grant(claim(), lane, Address(), START + 30 * SECOND).calls == 0
    assert grant(claim(), lane, Address(), first).calls == 1
    assert lane.refuse(first, first + SECOND) == first + SECOND + timedelta(minutes=10)


def test_processes_that_call_are_counted_while_they_do() -> None:
    lane, address = Lane(), Address()
    assert grant(claim(holder="a"), lane, address, START).holders == 1
    assert grant(claim(holder="b"), lane, address, START + SECOND).holders == 2
    assert grant(claim(holder="b"), lane, address, START + 7 * SECOND).holders == 1
