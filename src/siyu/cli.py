"""The command line: one command a role, and tools for whoever runs siyu."""

import sys
from pathlib import Path
from typing import Literal

from cyclopts import App, CycloptsError

from siyu import __version__
from siyu.commands.options import BAD_INPUT, Data, Port, settings_of

app = App(
    name="siyu",
    version=__version__,
    help="siyu（私域）：企业自己的企业微信与微信客户运营系统 · Own your customers on WeCom. "
    "`./siyu test` 运行全部检查与测试 · runs all checks and tests.",
    help_format="markdown",
)


@app.command
def serve(*, data: Data = None, port: Port = None) -> None:
    """启动全部：数据库、分析引擎、后台与网页 · Start everything."""
    from siyu import launch  # noqa: PLC0415 - each command loads only what it needs

    launch.serve(settings_of(data=data, port=port))


@app.command
def web(*, data: Data = None, port: Port = None) -> None:
    """只启动网页进程（生产环境可启动多个） · Start a web process; any number of them."""
    from siyu.processes import run_role  # noqa: PLC0415

    run_role("web", settings_of(data=data, port=port))


@app.command
def worker(*, data: Data = None, only: Literal["welcomes", "background"] | None = None) -> None:
    """只启动后台进程（生产环境可启动多个） · Start a worker process; any number of them.

    Parameters
    ----------
    only
        只发欢迎语（welcomes），或只做其余的事（background）；不填则都做 · one half of the work.

    """
    from siyu.processes import run_role  # noqa: PLC0415

    run_role("worker", settings_of(data=data), only=only)


analytics = App(
    name="analytics", help="只启动内置分析引擎 · Start the embedded analytics engine, or keep it."
)
app.command(analytics)


@analytics.default
def analytics_role(*, data: Data = None, port: int = 0) -> None:
    """只启动内置分析引擎 · Start the embedded analytics engine."""
    from siyu.core.analytics.server import run  # noqa: PLC0415
    from siyu.runtime import analytics_home  # noqa: PLC0415

    run(analytics_home(settings_of(data=data)), port=port)


@analytics.command(name="rebuild")
def analytics_rebuild(*, data: Data = None, tenant: str | None = None) -> None:
    """由数据库重建分析引擎中的客户画像，可随时中断，siyu 运行时也可执行 · Write the picture anew.

    Parameters
    ----------
    tenant
        企业的域名；不填则重建全部企业 · host name of a tenant; all by default.

    """
    from siyu.commands.rebuild import rebuild  # noqa: PLC0415

    rebuild(settings_of(data=data), tenant)


@app.command
def sandbox(*, data: Data = None, port: int = 8100, seed: int = 2026, customers: int = 300) -> None:
    """只启动模拟的企业微信与微信世界 · Start the simulated WeCom world.

    Parameters
    ----------
    port
        模拟世界的端口 · port of the world.
    seed
        决定人物与一切偶然的种子 · seed of people and chance.
    customers
        新世界里已有的客户数 · customers that a new world begins with.

    """
    from siyu import launch  # noqa: PLC0415

    launch.sandbox(settings_of(data=data), port=port, seed=seed, customers=customers)


@app.command
def demo(
    *,
    data: Path = Path(".siyu/demo"),
    port: int = 8000,
    sandbox_port: int = 8100,
    seed: int = 2026,
    fresh: bool = False,
    once: bool = False,
    json: bool = False,
    browser: bool = True,
) -> None:
    """启动演示：siyu 与旁边的模拟世界，已连接、已同步 · Start siyu and the world, connected.

    Parameters
    ----------
    data
        演示数据目录；再次启动会接着使用 · data folder, used again at the next start.
    port
        siyu 的端口 · port of siyu.
    sandbox_port
        模拟世界的端口 · port of the world.
    seed
        模拟世界的种子 · seed of the world.
    fresh
        删除演示数据，从头开始 · start over.
    once
        不等人操作，把整个故事走一遍后退出 · run the story without a person, then leave.
    json
        与 --once 一起使用，输出一个 JSON 对象 · with --once: print one JSON object.
    browser
        启动后打开浏览器 · open a browser.

    """
    from siyu.demonstration import DemoOptions, run  # noqa: PLC0415

    options = DemoOptions(data, port, sandbox_port, seed, fresh, once, json, browser and not once)
    raise SystemExit(run(options))


@app.command
def docs(
    *,
    folder: Path = Path("docs"),
    proofs: Path = Path("tests/proofs.tsv"),
    check: bool = False,
) -> None:
    """由代码重新生成 events.md、metrics.md 与 wecom-endpoints.md · Write the generated pages.

    Parameters
    ----------
    folder
        文档所在的目录 · folder of the pages.
    proofs
        记录测试证明了哪些接口的文件 · which endpoints tests have proved.
    check
        只检查是否过期，过期时退出码为 1 · only check; exit code 1 when stale.

    """
    from siyu import handbook  # noqa: PLC0415
    from siyu.sandbox.app import endpoints  # noqa: PLC0415

    if not proofs.is_file():
        raise SystemExit(f"siyu: 找不到 {proofs}，请在项目目录中运行，或用 --proofs 指明")
    world = {(one.method, one.path) for one in endpoints() if one.host == "wecom"}
    pages = handbook.pages(world, proofs)
    found = handbook.stale(folder, pages) if check else handbook.write(folder, pages)
    for page in found:
        print(f"已过期：{page}" if check else f"已更新：{page}")  # noqa: T201 - a command's answer
    raise SystemExit(1 if check and found else 0)


@app.command
def migrate(*, data: Data = None, check: bool = False) -> None:
    """把数据库升级到当前版本 · Bring the database up to date.

    Parameters
    ----------
    check
        只检查数据表是否与代码一致，不一致时退出码为 1 · only check for drift; exit code 1.

    """
    from siyu import launch  # noqa: PLC0415

    differences = launch.migrate(settings_of(data=data), check=check)
    for difference in differences:
        print(difference, file=sys.stderr)  # noqa: T201 - a command's answer
    raise SystemExit(1 if differences else 0)


app.command("siyu.commands.wecom:app", name="wecom")

app.command("siyu.commands.benchmarks:app", name="bench")


@app.command
def doctor(*, data: Data = None, json: bool = False) -> None:
    """检查这套安装哪里有问题、怎么解决 · Say what is wrong and how to fix it; exit code 1 if so.

    Parameters
    ----------
    json
        输出一个 JSON 对象 · print one JSON object.

    """
    import msgspec  # noqa: PLC0415

    from siyu import doctor as practice  # noqa: PLC0415
    from siyu.demonstration import settings_in  # noqa: PLC0415
    from siyu.launch import said  # noqa: PLC0415

    with said():
        settings = settings_of(data=data)
        findings = practice.run(settings_in(settings.data_dir) or settings)
    told = practice.as_json(findings)
    if json:
        sys.stdout.write(msgspec.json.encode(told).decode() + "\n")
    else:
        marks = {"ok": "✓", "bad": "✗", "unknown": "·"}
        for finding in findings:
            fix = f"  → {finding.fix}" if finding.fix and finding.state != "ok" else ""
            sys.stdout.write(f"{marks[finding.state]} {finding.subject}：{finding.detail}{fix}\n")
    raise SystemExit(0 if told["ok"] else 1)


@app.command
def openapi() -> None:
    """输出接口描述 · Print the description of the API (OpenAPI)."""
    import msgspec  # noqa: PLC0415

    from siyu.app import openapi_document  # noqa: PLC0415

    document = msgspec.json.format(msgspec.json.encode(openapi_document()), indent=1)
    sys.stdout.write(document.decode() + "\n")


def main() -> None:
    """Run the command line."""
    try:
        app(exit_on_error=False)
    except CycloptsError:
        raise SystemExit(BAD_INPUT) from None  # cyclopts told what was wrong
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
