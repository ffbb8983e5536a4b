"""The engine's bitmaps, small and large, are read as they are."""

import pytest

from siyu.people.rules.answers.bitmaps import read_bitmaps


@pytest.mark.parametrize("count", [0, 1, 32, 33, 1000, 200_000])
async def test_bitmaps_of_every_size(analytics, count: int) -> None:
    body = await analytics.raw(
        "SELECT groupBitmapState(toUInt64(number * 7)), groupBitmapState(toUInt64(3)),"
        " groupBitmapState(toUInt64(number * 5000000000)) FROM numbers({count:UInt64})",
        {"count": count},
    )
    every, one, far = (bitmap for bitmap, _ in read_bitmaps(body))
    assert list(every) == [7 * number for number in range(count)]
    assert list(one) == ([3] if count else [])
    assert list(far) == [5_000_000_000 * number for number in range(count)]


async def test_distant_years_are_moments_too(analytics) -> None:
    """A rule may say any year; the engine compares them as numbers."""
    rows = await analytics.query(
        "SELECT toDateTime64('2027-01-01', 6, 'UTC') >= fromUnixTimestamp64Micro({a:Int64}, 'UTC'),"
        " toDateTime64('2027-01-01', 3, 'UTC') < fromUnixTimestamp64Milli({b:Int64}, 'UTC')",
        {"a": -62_135_596_800_000_000, "b": 253_402_300_799_000},
    )
    assert rows[0] == (1, 1)
