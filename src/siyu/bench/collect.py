"""`collect`: how many events a second are on disk before their answer, beside the bare server."""

from datetime import timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import text

from siyu.bench.bare import Bare, bare_server
from siyu.bench.beside import beside, share
from siyu.bench.load import Load, LoadFailed, request
from siyu.bench.stand import HOST, Stand, free_port, stand
from siyu.content.collection.door import VISIT_USE
from siyu.content.pages.article import COLLECT_PATH
from siyu.core.clock import SystemClock
from siyu.core.signing import Signer
from siyu.runtime import master_key

_VISITS: Final = 1_000
_STORED: Final = text("select count(*) from collect_inbox")


async def collect(
    *, connections: int = 64, seconds: float = 8.0, rounds: int = 3
) -> dict[str, Any]:
    """Post beats of readings over kept connections, each with the next as soon as it is answered.

    Measured is one `siyu web` process with its PostgreSQL, without a worker. The limit is the same
    server answering 204 without storing; `ratio` is siyu's rate over the limit's.
    """
    port = free_port()
    async with stand() as servers, bare_server(Bare(204), port), servers.running("web"):
        beats = _beats(servers)

        def load(port: int) -> Load:
            return Load(port, beats, connections, seconds=seconds, warm_up=1.0)

        siyu, limit = await beside(
            lambda: load(servers.settings.port), lambda: load(port), rounds=rounds, expected=204
        )
        async with servers.db.system() as session:
            stored = await session.scalar(_STORED)
    if stored != siyu.sent:
        raise LoadFailed(f"{siyu.sent} events were acknowledged, {stored} are stored")
    return {
        "benchmark": "collect",
        "events_per_second": siyu.per_second,
        "limit_per_second": limit.per_second,
        "ratio": share(siyu.per_second, limit.per_second),
        "p50_ms": siyu.milliseconds(0.5),
        "p99_ms": siyu.milliseconds(0.99),
        "limit_p99_ms": limit.milliseconds(0.99),
        "connections": connections,
        "acknowledged": siyu.sent,
        "stored": stored,
        "rounds": rounds,
    }


def _beats(servers: Stand) -> list[bytes]:
    signer = Signer(master_key(servers.settings))
    ends = SystemClock().now() + timedelta(hours=1)
    headers = ["Content-Type: text/plain"]
    return [
        request(
            "POST",
            COLLECT_PATH,
            msgspec.json.encode(
                {
                    "visit": signer.sign(VISIT_USE, 1, visit, ends=ends),
                    "seconds": visit % 60,
                    "depth": 0.5,
                }
            ),
            host=HOST,
            headers=headers,
        )
        for visit in range(1, _VISITS + 1)
    ]
