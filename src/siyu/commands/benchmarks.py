"""`siyu bench`: measures, each beside the limit of the same run."""

from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any

import uvloop
from cyclopts import App, Parameter

from siyu.bench.show import show

app = App(name="bench", help="性能与可靠性测试 · Measure, beside the limit of the same run")

AsJson = Annotated[
    bool, Parameter(name="--json", negative="", help="输出一个 JSON 对象 · one JSON object")
]


@app.command(name="audience")
def bench_audience(
    *,
    customers: int = 100_000,
    folder: Path | None = None,
    only: str = "",
    seed: int = 2026,
    json: AsJson = False,
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

    """
    from siyu.bench.audience.run import audience  # noqa: PLC0415

    stages = [name for name in only.split(",") if name]
    place = _kept(folder, customers)
    figures = audience(customers=customers, folder=place, only=stages, seed=seed)
    _measure(figures, as_json=json)


@app.command(name="stream-crash")
def bench_stream_crash(*, kills: int = 1000, seed: int = 2026, json: AsJson = False) -> None:
    """反复 kill -9 处理事件流的进程，数丢了几条、重了几条 · Kill the stream, count losses.

    Parameters
    ----------
    kills
        终止多少次 · how often.
    seed
        决定终止时刻的种子 · seed of the moments.

    """
    from siyu.bench.stream_crash import stream_crash  # noqa: PLC0415

    _measure(stream_crash(kills=kills, seed=seed), as_json=json)


@app.command(name="callback")
def bench_callback(
    *,
    rate: float = 1000,
    seconds: float = 10,
    rounds: int = 3,
    people: int = 8000,
    burst_seconds: float = 10,
    faulty_people: int = 2000,
    json: AsJson = False,
) -> None:
    """回调的应答时间，与大批客户同时添加时欢迎语的送达时间 · Callbacks and welcomes.

    Parameters
    ----------
    rate
        每秒回调数 · callbacks a second.
    seconds
        每轮多少秒 · seconds a round.
    rounds
        轮数，取各轮的中位数 · rounds; the median counts.
    people
        短时间内添加的客户数 · people in the burst.
    burst_seconds
        这些客户在多少秒内添加 · seconds of the burst.
    faulty_people
        故障中再来一次的客户数 · people of the burst that is repeated with faults on.

    """
    from siyu.bench.callback import callback  # noqa: PLC0415

    figures = callback(
        rate=rate,
        seconds=seconds,
        rounds=rounds,
        people=people,
        burst_seconds=burst_seconds,
        faulty_people=faulty_people,
    )
    _measure(figures, as_json=json)


@app.command(name="collect")
def bench_collect(
    *, connections: int = 64, seconds: float = 8, rounds: int = 3, json: AsJson = False
) -> None:
    """每秒能采集多少条行为事件（先落盘，后应答） · Events a second, durable first.

    Parameters
    ----------
    connections
        同时保持的连接数 · connections.
    seconds
        每轮多少秒 · seconds a round.
    rounds
        轮数，取各轮的中位数 · rounds; the median counts.

    """
    from siyu.bench.collect import collect  # noqa: PLC0415

    _measure(collect(connections=connections, seconds=seconds, rounds=rounds), as_json=json)


@app.command(name="redirect")
def bench_redirect(
    *, rate: float = 1000, seconds: float = 10, rounds: int = 3, json: AsJson = False
) -> None:
    """打开追踪链接的跳转时间 · Time of a redirect.

    Parameters
    ----------
    rate
        每秒打开数 · openings a second.
    seconds
        每轮多少秒 · seconds a round.
    rounds
        轮数，取各轮的中位数 · rounds; the median counts.

    """
    from siyu.bench.redirect import redirect  # noqa: PLC0415

    _measure(redirect(rate=rate, seconds=seconds, rounds=rounds), as_json=json)


@app.command(name="quota")
def bench_quota(
    *, minutes: float = 3, processes: int = 2, answer_ms: float = 50, json: AsJson = False
) -> None:
    """调用额度用得有多满、是否越界、是否公平 · Use of WeCom quotas, breaches, fairness.

    Parameters
    ----------
    minutes
        持续多少分钟 · minutes.
    processes
        同时调用的进程数 · calling processes.
    answer_ms
        企业微信每次应答的毫秒数 · milliseconds WeCom takes for an answer.

    """
    from siyu.bench.quota import quota  # noqa: PLC0415

    _measure(quota(minutes=minutes, processes=processes, answer_ms=answer_ms), as_json=json)


@app.command(name="sync")
def bench_sync(*, customers: int = 10_000, json: AsJson = False) -> None:
    """首次同步用时，与接口额度允许的最短时间相比 · The first sync against the quota's own minimum.

    Parameters
    ----------
    customers
        企业已有的客户数 · customers of the corporation.

    """
    from siyu.bench.sync import sync  # noqa: PLC0415

    _measure(sync(customers), as_json=json)


@app.command(name="import")
def bench_import(
    *,
    rows: int = 200_000,
    customers: int = 0,
    folder: Path | None = None,
    seed: int = 2026,
    json: AsJson = False,
) -> None:
    """导入客户每秒多少行：先在空企业里，再在已有大量客户的企业里 · Rows a second of an import.

    Parameters
    ----------
    rows
        文件的行数，每行两个编号、手机号和三个字段 · rows of two ids, a phone and three fields.
    customers
        已有多少客户；0 表示只在空企业里测 · customers who are there already; 0 measures without.
    folder
        保存这批客户的目录，导入的人会留下 · folder that keeps them, and who is imported.
    seed
        客户数据的种子 · seed of the customers.

    """
    from siyu.bench.exchange import imports  # noqa: PLC0415

    _measure(imports(rows, customers, _kept(folder, customers), seed), as_json=json)


@app.command(name="export")
def bench_export(
    *,
    customers: int = 1_000_000,
    rows: int | None = None,
    folder: Path | None = None,
    seed: int = 2026,
    json: AsJson = False,
) -> None:
    """导出客户的全部列，每秒多少行 · Rows a second of an export of all columns.

    Parameters
    ----------
    customers
        企业里有多少客户 · how many customers there are.
    rows
        导出其中多少人，默认全部 · how many of them are exported; all by default.
    folder
        保存这批客户的目录，下次直接使用 · folder that keeps them, used again at the next run.
    seed
        客户数据的种子 · seed of the customers.

    """
    from siyu.bench.exchange import exports  # noqa: PLC0415

    place = _kept(folder, customers)
    _measure(exports(customers, rows, place, seed), as_json=json)


@app.command(name="day")
def bench_day(*, people: int = 1000, seed: int = 2026, json: AsJson = False) -> None:
    """模拟世界的一天：各种故障全开，结束时核对 siyu 与世界是否一致 · A day with all faults on.

    Parameters
    ----------
    people
        当天来的人数 · people who come.
    seed
        决定人物、行为与故障的种子 · seed of people, acts and faults.

    """
    from siyu.bench.day import day  # noqa: PLC0415

    _measure(day(people, seed), as_json=json)


@app.command(name="start")
def bench_start(*, json: AsJson = False) -> None:
    """演示的首次启动与再次启动各需多少秒 · Seconds of the first and second start."""
    from siyu.bench.start import start  # noqa: PLC0415

    _measure(start(), as_json=json)


def _kept(folder: Path | None, customers: int) -> Path:
    """Return where so many customers are kept."""
    return folder or Path(f".siyu/bench-{customers}")


def _measure(figures: Coroutine[Any, Any, dict[str, Any]], *, as_json: bool) -> None:
    show(uvloop.run(figures), as_json=as_json)
