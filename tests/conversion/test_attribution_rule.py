"""The rule of attribution holds whatever the figures are."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from siyu.conversion.attribution.rule import WINDOW, OrderSeen, TouchSeen, judge

PAID = datetime(2026, 11, 18, tzinfo=UTC)

moments = st.integers(-45 * 86_400, 5 * 86_400).map(lambda s: PAID + timedelta(seconds=s))
numbers = st.one_of(st.none(), st.integers(1, 9))
touches = st.builds(
    TouchSeen,
    id=st.integers(1, 10**6),
    created_at=moments,
    channel_id=numbers,
    material_id=numbers,
    staff_account_id=numbers,
)
many = st.lists(touches, max_size=8, unique_by=lambda touch: touch.id)


@st.composite
def orders(draw):
    amount = draw(st.integers(0, 10**9))
    return OrderSeen(PAID, amount, draw(st.integers(0, amount)))


@given(orders(), touches, many)
def test_the_touch_that_came_back_wins_however_old(order, exact, others):
    verdict = judge(order, exact, others)
    assert (verdict.method, verdict.touch_id) == ("touch", exact.id)
    assert verdict.staff_account_id == exact.staff_account_id


@given(orders(), st.none() | touches, many, numbers)
def test_exactly_what_is_left_is_owed_once(order, exact, others, first):
    verdict = judge(order, exact, others, first_channel_id=first)
    assert verdict.amount_fen + order.refunded_fen == order.amount_fen
    assert (verdict.method == "none") == (verdict.touch_id is None)
    if verdict.method == "none":
        assert (verdict.channel_id, verdict.staff_account_id, verdict.material_id) == (None,) * 3


@given(orders(), many, st.randoms(use_true_random=False))
def test_the_order_of_touches_does_not_matter(order, others, dice):
    shuffled = list(others)
    dice.shuffle(shuffled)
    assert judge(order, None, others) == judge(order, None, shuffled)


@given(orders(), many)
def test_by_person_it_is_the_last_touch_before_the_payment(order, others):
    verdict = judge(order, None, others)
    inside = [t for t in others if PAID - WINDOW <= t.created_at <= PAID]
    if not inside:
        assert verdict.method == "none"
        return
    (owed,) = [t for t in inside if t.id == verdict.touch_id]
    assert all((t.created_at, t.id) <= (owed.created_at, owed.id) for t in inside)


@given(orders(), many, touches)
def test_what_lies_outside_the_window_changes_nothing(order, others, stray):
    outside = PAID - WINDOW <= stray.created_at <= PAID
    if not outside:
        assert judge(order, None, [*others, stray]) == judge(order, None, others)


@given(orders(), touches, numbers)
def test_a_touch_without_a_channel_is_owed_to_the_one_that_first_brought_the_person(
    order, exact, first
):
    verdict = judge(order, exact, [], first_channel_id=first)
    assert verdict.channel_id == (first if exact.channel_id is None else exact.channel_id)
