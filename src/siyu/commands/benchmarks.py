"""Benchmarks whose options need a page of their own: `siyu bench audience`."""

from pathlib import Path
from typing import Annotated

import uvloop
from cyclopts import Parameter

from siyu.bench.audience.run import audience
from siyu.bench.show import show


def bench_audience(
    *,
    customers: int = 100_000,
    folder: Path | None = None,
    only: str = "",
    seed: int = 2026,
    json: Annotated[bool, Parameter(negative="")] = False,
) -> None:
    """大量客户下的人群计数、客户列表、全量计算、新鲜度与 RFM · Rules over very many customers.

    Parameters
    ----------
    customers
        客户数 · how many customers.
    folder
        保存这批客户的目录，下次直接使用 · folder that keeps them, used again at the next run.
    only
        只运行这些步骤，以逗号分隔：counts,pages,build,rfm,fresh · only these stages, by comma.
    seed
        客户数据的种子 · seed of the customers.
    json
        输出一个 JSON 对象 · one JSON object.

    """
    place = folder or Path(f".siyu/bench-{customers}")
    stages = [name for name in only.split(",") if name]
    figures = uvloop.run(audience(customers=customers, folder=place, only=stages, seed=seed))
    show(figures, as_json=json)
