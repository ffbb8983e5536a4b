import asyncio
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from siyu.core.analytics import (
    Analytics,
    AnalyticsError,
    AnalyticsTooHeavy,
    AnalyticsUnavailable,
    endpoint,
)


async def test_parameters_and_rows(analytics: Analytics) -> None:
    rows = await analytics.query(
        "SELECT {n:UInt32} + 1 AS n, {s:String} AS s, {l:Array(UInt64)} AS l",
        {"n": 41, "s": "it's\t'中'", "l": [1, 2]},
    )
    assert list(rows) == [(42, "it's\t'中'", [1, 2])]
    assert rows.named() == [{"n": 42, "s": "it's\t'中'", "l": [1, 2]}]
    assert rows.scalar() == 42


async def test_long_parameters_travel_in_a_form(analytics: Analytics) -> None:
    rows = await analytics.query("SELECT length({l:Array(UInt64)})", {"l": list(range(100_000))})
    assert rows.scalar() == 100_000


async def test_an_empty_result(analytics: Analytics) -> None:
    rows = await analytics.query("SELECT 1 WHERE 0")
    assert (list(rows), rows.scalar(), rows.named()) == ([], None, [])


@pytest.mark.parametrize("by_column", [False, True])
async def test_an_insert_under_a_token_counts_once(
    analytics: Analytics, table: str, by_column: bool
) -> None:
    await analytics.command(
        f"CREATE TABLE {table} (id UUID, s LowCardinality(String), at DateTime64(3, 'UTC'))"
        " ENGINE MergeTree ORDER BY id SETTINGS non_replicated_deduplication_window = 100"
    )
    at = datetime(2026, 11, 21, 8, 30, 0, 123_000, tzinfo=UTC)
    rows = [(uuid4(), "中文", at) for _ in range(5000)]
    data = list(zip(*rows, strict=True)) if by_column else rows
    types = ["UUID", "LowCardinality(String)", "DateTime64(3, 'UTC')"] if by_column else None
    for token in ("a", "a", "b"):
        await analytics.insert(
            table, ["id", "s", "at"], data, token, types=types, by_column=by_column
        )
    assert (
        await analytics.query("SELECT count() FROM {t:Identifier}", {"t": table})
    ).scalar() == 10_000
    stored = await analytics.query("SELECT DISTINCT id, s, at FROM {t:Identifier}", {"t": table})
    assert sorted(stored) == sorted(rows)


async def test_nothing_to_insert_asks_nobody() -> None:
    nobody = Analytics("http://127.0.0.1:1", "x", "y")
    await nobody.insert("t", ["a"], [])
    await nobody.insert("t", ["a"], [[]], by_column=True)


async def test_refusals_are_not_outages(analytics: Analytics) -> None:
    with pytest.raises(AnalyticsError) as refusal:
        await analytics.query("SELECT * FROM nowhere")
    assert refusal.value.code == 60
    with pytest.raises(AnalyticsError) as refusal:
        await analytics.command("SELEC 1")
    assert refusal.value.code == 62
    with pytest.raises(AnalyticsError):
        await analytics.insert("nowhere", ["a"], [(1,)], "token")


async def test_a_statement_too_heavy_is_given_up(analytics: Analytics) -> None:
    with pytest.raises(AnalyticsTooHeavy):
        await analytics.query(
            "SELECT count() FROM numbers(1000000000000)", settings={"max_execution_time": 1}
        )
    with pytest.raises(AnalyticsTooHeavy):
        await analytics.query(
            "SELECT groupArray(number) FROM numbers(100000000)",
            settings={"max_memory_usage": 10_000_000},
        )


async def test_an_absent_engine_is_an_outage(tmp_path: Path) -> None:
    endpoint.write(tmp_path, endpoint.Endpoint("http://127.0.0.1:1", "x", "y", 1))
    for absent in (
        Analytics("http://127.0.0.1:1", "x", "y"),
        Analytics.from_home(tmp_path),
        Analytics.from_home(tmp_path / "nowhere"),
    ):
        assert not await absent.ping()
        with pytest.raises(AnalyticsUnavailable):
            await absent.query("SELECT 1")
        await absent.close()


async def test_a_wrong_key_of_an_own_server_is_no_outage(home: Path) -> None:
    here = endpoint.read(home)
    assert here is not None
    stranger = Analytics.from_url(here.url.replace("://", "://siyu:wrong%40key@"))
    with pytest.raises(AnalyticsError):
        await stranger.query("SELECT 1")
    friend = Analytics.from_url(here.url.replace("://", f"://{here.user}:{here.key}@") + "/siyu")
    assert (await friend.query("SELECT currentDatabase()")).scalar() == "siyu"
    await friend.close()


async def test_a_short_query_does_not_wait_for_a_long_one(analytics: Analytics) -> None:
    scan = asyncio.create_task(
        analytics.query(
            "SELECT count() FROM numbers(1000000000000)", settings={"max_execution_time": 300}
        )
    )
    await asyncio.sleep(0.2)
    assert (await analytics.query("SELECT 1")).scalar() == 1
    assert not scan.done()
    scan.cancel()
