"""The benchmark `stream-crash`, small."""

from siyu.bench.stream_crash import stream_crash


async def test_no_fact_is_lost_or_doubled_when_its_worker_is_killed():
    figures = await stream_crash(kills=10, seed=7)
    assert figures["written"] > 100
    damage = {name: figures[name] for name in ("lost", "doubled", "stray", "disordered")}
    assert damage == dict.fromkeys(damage, 0)
