"""One count of calls for all processes, in the database."""

import asyncio
from datetime import timedelta

import pytest

from siyu.accounts.connections.ledger import DatabaseQuotaLedger
from siyu.channels.wecom.endpoint import Endpoint, Nothing, Reply, Window
from siyu.channels.wecom.errors import QuotaExhausted, QuotaUnknown
from siyu.channels.wecom.lanes import Urgency
from siyu.channels.wecom.ledger import Claim
from siyu.channels.wecom.quota import Governor
from siyu.core.clock import SystemClock
from siyu.core.db import Database
from siyu.core.db.database import DatabaseUrls
from siyu.core.ids import slug

WINDOWS = (Window(100, 3600),)


def endpoint() -> Endpoint[Nothing, Reply]:
    return Endpoint(
        "GET", f"/{slug()}", "", Nothing, Reply, windows=(Window(40, 3600),), counted=False
    )


async def test_claims_of_many_processes_at_once_never_pass_the_window(db) -> None:
    corp, path = slug(), f"/{slug()}"
    ledgers = [DatabaseQuotaLedger(db, SystemClock(), slug()) for _ in range(4)]

    def claim(number: int) -> Claim:
        return Claim(
            corp_id=corp,
            path=path,
            holder=str(number % 4),
            wanted=7,
            urgent=7,
            windows=WINDOWS,
            address_windows=WINDOWS,
        )

    granted = await asyncio.gather(
        *(ledgers[number % 4].claim(claim(number)) for number in range(24))
    )
    assert sum(grant.calls for grant in granted) == 100
    assert granted[-1].holders == 4
    late = await ledgers[0].claim(claim(0))
    assert late.calls == 0
    assert late.ready_at - SystemClock().now() > timedelta(minutes=59)


async def test_governors_of_two_processes_share_what_there_is(db) -> None:
    corp, target = slug(), endpoint()
    governors = [
        Governor(SystemClock(), ledger=DatabaseQuotaLedger(db, SystemClock(), "here"))
        for _ in range(2)
    ]
    passed = 0

    async def call(number: int) -> None:
        nonlocal passed
        governor = governors[number % 2]
        async with governor.slot(corp, target, urgency=Urgency.URGENT):
            passed += 1

    outcomes = await asyncio.gather(*(call(n) for n in range(60)), return_exceptions=True)
    # what one process claimed and did not need in time is lost to the other, at most a claim
    assert 0 < passed <= 40
    assert {type(outcome) for outcome in outcomes} == {type(None), QuotaExhausted}
    for governor in governors:
        await governor.aclose()


async def test_a_45009_of_one_process_stops_the_other(db) -> None:
    corp, target = slug(), endpoint()
    one, other = (
        Governor(SystemClock(), ledger=DatabaseQuotaLedger(db, SystemClock(), "here"))
        for _ in range(2)
    )
    async with one.slot(corp, target) as slot:
        slot.report(45009)
    await asyncio.gather(*one._tasks)  # told to the ledger
    with pytest.raises(QuotaExhausted) as caught:
        async with other.slot(corp, target):
            pytest.fail("stopped")
    assert timedelta(seconds=50) < caught.value.retry_at - SystemClock().now()
    await one.aclose()
    await other.aclose()


async def test_without_the_ledger_nothing_is_called(tmp_path) -> None:
    lost = Database(DatabaseUrls.embedded(tmp_path, "nowhere"), pool_size=1)
    governor = Governor(SystemClock(), ledger=DatabaseQuotaLedger(lost, SystemClock(), "here"))
    with pytest.raises(QuotaUnknown) as caught:
        async with governor.slot("ww1", endpoint()):
            pytest.fail("nobody counted")
    assert not caught.value.sent
    await governor.aclose()
    await lost.close()
