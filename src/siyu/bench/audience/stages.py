"""The stages of the benchmark, each on its own."""

import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Final

import msgspec

from siyu.bench.audience.freshness import fresh
from siyu.bench.audience.ground import Figures, Ground, memory, milliseconds, say, spread
from siyu.bench.audience.rules import MOST, Asked, current, rules
from siyu.bench.crowd.company import phone_of
from siyu.bench.crowd.folder import disk
from siyu.demo.api import Site, until
from siyu.people.picture.state import writing_of
from siyu.runtime import analytics_client

_RULES: Final = 50
_WARM: Final = 3
_PAGES: Final = 8
_HOUR: Final = 3600.0
_UNHEARD: Final = "material.shared"
"""What nobody did, and nobody is called."""


async def counts(ground: Ground) -> Figures:
    """Count and sample fifty rules, cold (the first time of each) and warm, and by hand in SQL.

    `ready_seconds` is how long the first question of all took, which waits for what a process reads
    at its start.

    Warm is the same rule again at once, as who edits asks; a minute later spans of time have moved
    on and are looked at anew.
    """
    asked = rules(ground.stamp.crowd, _RULES, ground.stamp.crowd.moment, seed=1)
    cold: list[float] = []
    warm: list[float] = []
    sizes: list[int] = []
    moments: list[datetime] = []
    async with ground.stand.running("web"), ground.console() as site:
        ready = await _ready(site)
        for number, one in enumerate(asked, 1):
            ms, answer = await _preview(site, one)
            size = answer["count"]
            cold.append(ms)
            sizes.append(size)
            moments.append(datetime.fromisoformat(answer["as_of"]))
            again = [(await _preview(site, one))[0] for _ in range(_WARM)]
            warm += again
            say(
                f"rule {number}: {one.conditions} conditions, {size:,} people, {ms:.0f} ms,"
                f" again {[round(each) for each in again]}"
            )
        used = memory()
    hand, differing = await _by_hand(ground, moments, sizes)
    return {
        "rules": _RULES,
        "ready_seconds": ready,
        "most_conditions": MOST,
        **spread("count_cold", cold),
        **spread("count_warm", warm),
        **spread("hand_sql", hand),
        "ratio_cold": round(sum(hand) / sum(cold), 2),
        "ratio_warm": round(sum(hand) * _WARM / sum(warm), 2),
        "counts_differing": differing,
        **used,
    }


async def _ready(site: Site) -> float:
    """Let a web process read what it reads at its start; return the seconds.

    Until then the first who ask wait for that, and not for their answer.
    """
    began = time.perf_counter()
    await site.post("/api/audiences/preview", {"rule": {"kind": "behaviour", "type": _UNHEARD}})
    await site.get("/api/customers", q=_UNHEARD)
    return round(time.perf_counter() - began, 1)


async def _preview(site: Site, asked: Asked) -> tuple[float, dict[str, Any]]:
    body = {"rule": msgspec.to_builtins(asked.rule)}
    began = time.perf_counter()
    answer = await site.post("/api/audiences/preview", body)
    return milliseconds(began), answer


async def _by_hand(
    ground: Ground, moments: list[datetime], sizes: list[int]
) -> tuple[list[float], int]:
    """Time the rules written by hand, as of the same moments; count those that differ."""
    client = analytics_client(ground.stand.settings)
    times: list[float] = []
    differing = 0
    async with ground.stand.db.system() as session:
        generation, _ = await writing_of(session)
    try:
        since = f"SELECT count() FROM person WHERE tier = 1 AND version > {generation:d}"  # noqa: S608
        rows = current(generation, changed=(await client.query(since)).scalar() > 0)
        for number, (at, size) in enumerate(zip(moments, sizes, strict=True)):
            asked = rules(ground.stamp.crowd, _RULES, at, seed=1)[number]
            began = time.perf_counter()
            count = (await client.query(asked.sql.format(current=rows))).scalar()
            times.append(milliseconds(began))
            differing += count != size
            say(f"by hand {number + 1}: {times[-1]:.0f} ms, {count:,} people")
    finally:
        await client.close()
    return times, differing


async def pages(ground: Ground) -> Figures:
    """Read pages of the customer list: several filters, each from the top and in depth."""
    crowd = ground.stamp.crowd
    spans = {"since": "2020-01-01T00:00:00Z", "until": f"{crowd.moment.year - 1}-01-01T00:00:00Z"}
    old = {"kind": "attribute", "name": "last_add_at", "op": "within", "span": spans}
    lists: dict[str, dict[str, Any]] = {
        "all": {},
        "state": {"state": "active"},
        "tag_frequent": {"tag": 1},
        "tag_rare": {"tag": 290},
        "staff": {"staff": 7},
        "staff_lost": {"staff": 7, "state": "lost"},
        "channel": {"channel": 3},
        "name": {"q": "静待"},
        "buyers": {"rule": _text({"kind": "attribute", "name": "orders", "op": "ge", "number": 2})},
        "added_long_ago": {"rule": _text(old)},
    }
    first: list[float] = []
    later: list[float] = []
    figures: Figures = {}
    async with ground.stand.running("web"), ground.console() as site:
        await _ready(site)
        looked_up = await site.post("/api/customers/by-phone", {"phone": phone_of(20)})
        lists["phone"] = {"customer": looked_up["customer_id"]}
        for name, query in lists.items():
            times, total = await _walk(site, query)
            first.append(times[0])
            later += times[1:]
            figures[f"page_{name}_ms"] = [round(one, 1) for one in times]
            say(f"list {name}: {total} people, {[round(one) for one in times]} ms")
            # The same again, with the answer kept.
            again, _ = await _walk(site, query)
            later += again
    return {**spread("page_first", first), **spread("page_warm", later), **figures}


async def _walk(site: Site, query: dict[str, Any]) -> tuple[list[float], int | None]:
    """Read pages one after the other; return the times and the total."""
    times: list[float] = []
    cursor: dict[str, str] = {}
    total = None
    for _ in range(_PAGES):
        began = time.perf_counter()
        page = await site.get("/api/customers", **query, **cursor)
        times.append(milliseconds(began))
        total = page["total"]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    return times, total


async def build(ground: Ground) -> Figures:
    """Build one large audience in full, from the request to ready members."""
    rule = {"kind": "attribute", "name": "state", "op": "in", "values": ["active"]}
    async with ground.stand.running("web", "worker"), ground.console() as site:
        began = time.perf_counter()
        name = f"所有好友 {time.time_ns()}"
        made = await site.post("/api/audiences", {"name": name, "rule": rule})

        async def ready() -> Any:
            seen = await site.get(f"/api/audiences/{made['id']}")
            return seen if seen["state"] == "ready" else None

        seen, _ = await until("build", ready, seconds=_HOUR)
        seconds = time.perf_counter() - began
        say(f"built {seen['size']:,} members in {seconds:.1f} s")
        return {"build_seconds": round(seconds, 2), "build_members": seen["size"], **memory()}


async def rfm(ground: Ground) -> Figures:
    """Make the scores of all buyers, and read the matrix."""
    async with ground.stand.running("web", "worker"), ground.console() as site:
        before = (await site.get("/api/audiences/rfm"))["version"]
        began = time.perf_counter()
        await site.put("/api/audiences/rfm", {"mode": "quantile", "window_days": None})

        async def made() -> Any:
            version = (await site.get("/api/audiences/rfm"))["version"]
            return version if version != before and version is not None else None

        version, _ = await until("RFM", made, seconds=_HOUR)
        seconds = time.perf_counter() - began
        began = time.perf_counter()
        matrix = await site.get("/api/audiences/rfm/matrix")
        ms = milliseconds(began)
    say(f"RFM of {version['buyers']:,} buyers in {seconds:.1f} s")
    return {
        "rfm_seconds": round(seconds, 2),
        "rfm_buyers": version["buyers"],
        "rfm_matrix_ms": round(ms, 1),
        "rfm_cells": len(matrix["cells"]),
    }


def _text(rule: dict[str, Any]) -> str:
    return msgspec.json.encode(rule).decode()


STAGES: Final[Mapping[str, Callable[[Ground], Awaitable[Figures]]]] = {
    "counts": counts,
    "pages": pages,
    "build": build,
    "rfm": rfm,
    "fresh": fresh,
}


def sizes(ground: Ground) -> Figures:
    """Return what making the crowd took, and what it takes on the disk."""
    stamp = ground.stamp
    seconds = stamp.rows_seconds + stamp.index_seconds
    return {
        "customers": stamp.crowd.customers,
        "made_seconds": round(seconds, 1),
        "made_rows_per_second": round(stamp.crowd.customers / stamp.rows_seconds),
        "made_per_second": round(stamp.crowd.customers / seconds),
        **{f"{name}_mib": size >> 20 for name, size in disk(ground.stand.settings).items()},
    }
