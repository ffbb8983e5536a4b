"""A day with all faults on, at whose end siyu's picture is the world's: `siyu bench day`."""

from siyu.bench.day import day

PEOPLE = 12
"""How many fit into the time a test may take; the bench takes a thousand."""


async def test_after_a_day_of_faults_nothing_differs_but_what_wecom_has_not_revealed():
    figures = await day(PEOPLE, seed=7)
    assert figures["acts"]["arrive"] >= PEOPLE
    assert figures["faults"]
    assert figures["examples"] == []
    assert figures["differences"] == 0
