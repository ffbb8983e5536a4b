"""Previews ask in steps of time."""

from datetime import UTC, datetime, timedelta

from siyu.people.audiences.asking import stepped

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_what_is_asked_within_half_a_minute_is_asked_of_one_moment() -> None:
    asked = {stepped(NOON + timedelta(seconds=one)) for one in (0, 0.5, 12, 29.999)}
    assert asked == {NOON}
    assert stepped(NOON + timedelta(seconds=30.001)) == NOON + timedelta(seconds=30)
    assert stepped(NOON + timedelta(seconds=59.9)) == NOON + timedelta(seconds=30)
