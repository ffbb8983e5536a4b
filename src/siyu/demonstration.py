"""`siyu demo`: siyu and the simulated world beside it, connected and ready to be played with."""

import asyncio
import json
import os
import secrets
import shutil
import socket
import sys
import time
import webbrowser
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx

from siyu.accounts.setup_code import setup_code
from siyu.core.logs import configure_logs
from siyu.core.settings import Settings
from siyu.demo.api import Site, StoryFailed
from siyu.demo.chapters import Stage
from siyu.demo.connect import Administrator, connect, sign_in
from siyu.demo.furnish import furnish
from siyu.demo.story import tell
from siyu.launch import said
from siyu.processes import PortTaken, watch_stop
from siyu.supervisor import Child, child_environment
from siyu.supervisor import serve as run_all

_HOST: Final = "siyu.localhost"
_READY_SECONDS: Final = 120.0
_PORTS: Final = "keys/demo-ports"


@dataclass(frozen=True)
class DemoOptions:
    """What the command line says."""

    data: Path
    port: int
    sandbox_port: int
    seed: int
    fresh: bool
    once: bool
    as_json: bool
    browser: bool


def settings_of(options: DemoOptions) -> Settings:
    """Return siyu's settings: the simulated world stands where WeCom and WeChat would."""
    world = f"http://world.{_HOST}:{options.sandbox_port}"
    return Settings(
        data_dir=options.data.absolute(),
        port=options.port,
        base_host=_HOST,
        wildcard_host=True,
        public_url=f"http://{_HOST}:{options.port}",
        frame_ancestors=f"'self' {world}",
        wecom_base=world,
        wechat_base=world,
        open_base=world,
        wecom_login_base=world,
        jweixin_url=f"{world}/open/js/jweixin-1.6.0.js",
        jssdk_url=f"{world}/wwopen/js/jssdk.js",
        clock_url=f"{world}/world/api/clock",
        # Who plays reads sentences; warnings are for who runs the story to see why it failed.
        log_level="warning" if options.once else "error",
    )


def settings_in(data: Path) -> Settings | None:
    """Return the settings of the demonstration that last ran on a data folder, if one did.

    They keep the machine's time: whoever looks at a demonstration may do so while it stands still.
    """
    file = data / _PORTS
    if not file.exists():
        return None
    port, sandbox_port = (int(number) for number in file.read_text().split())
    options = DemoOptions(
        data, port, sandbox_port, 0, fresh=False, once=True, as_json=True, browser=False
    )
    return settings_of(options).model_copy(update={"clock_url": None})


def run(options: DemoOptions) -> int:
    """Run the demonstration; return the exit code."""
    if options.fresh:
        shutil.rmtree(options.data, ignore_errors=True)
    settings = settings_of(options)
    configure_logs(settings)
    with said():
        _refuse_taken_ports(options)
        (options.data / _PORTS).parent.mkdir(parents=True, exist_ok=True)
        (options.data / _PORTS).write_text(f"{options.port} {options.sandbox_port}")
        return asyncio.run(_run(options, settings))


def _refuse_taken_ports(options: DemoOptions) -> None:
    flags = {"--port": options.port, "--sandbox-port": options.sandbox_port}
    for flag, port in flags.items():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                raise PortTaken(
                    f"端口 {port} 已被占用。请先关闭占用它的程序，或用 {flag} 换一个端口。"
                ) from error


async def _run(options: DemoOptions, settings: Settings) -> int:
    stop, ready = asyncio.Event(), asyncio.Event()
    watch_stop(stop)
    say = _Sayer(quiet=options.as_json)
    say("启动数据库与分析引擎 …")
    world = Child("sandbox", _sandbox_arguments(options), child_environment(settings))
    serving = asyncio.create_task(run_all(settings, stop, ready, others=[world]))
    playing = asyncio.create_task(_play(options, settings, ready, say))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({serving, playing, stopping}, return_when=asyncio.FIRST_COMPLETED)
    code = 0
    try:
        if playing.done():
            code = playing.result()
            if not options.once and code == 0:
                await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if serving.done():
            serving.result()
    finally:
        playing.cancel()
        with suppress(asyncio.CancelledError, StoryFailed):
            await playing
        stop.set()
        say("正在停止 …")
        await serving
    return code


def _sandbox_arguments(options: DemoOptions) -> list[str]:
    return ["sandbox", "--port", str(options.sandbox_port), "--seed", str(options.seed)]


async def _play(
    options: DemoOptions, settings: Settings, ready: asyncio.Event, say: "_Sayer"
) -> int:
    await ready.wait()
    say("启动 siyu 与模拟世界 …")
    admin = _administrator(options.data)
    async with (
        Site(settings.public_base) as console,
        Site(settings.wecom_base) as world,
    ):
        await _answering(console, "/readyz")
        await _answering(world, "/world/api/state")
        if options.once:
            return await _tell(options, admin, console, world)
        say("连接模拟的企业微信并同步 …")
        await sign_in(console, admin)
        host = f"{_HOST}:{options.port}"
        await connect(console, world, host)
        await furnish(console)
        if not (await console.get("/api/live-codes"))["items"]:
            say("印好第一张包裹卡：活码、欢迎语与一篇文章 …")
            async with Stage(console, world, admin, host) as stage:
                await stage.make_code()
    _welcome(settings, admin, say)
    if options.browser:
        webbrowser.open(f"{settings.wecom_base}/")
    return 0


async def _tell(options: DemoOptions, admin: Administrator, console: Site, world: Site) -> int:
    result = await tell(console, world, admin, f"{_HOST}:{options.port}")
    if options.as_json:
        sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
    else:
        _print_steps(result)
    return 0 if result["ok"] else 1


def _print_steps(result: dict[str, Any]) -> None:
    for step in result["steps"]:
        mark = "✓" if step["ok"] else "✗"
        note = "" if step["ok"] else f"  {step['error']}"
        sys.stdout.write(f"{mark} {step['name']}  {step['seconds']:.2f} 秒{note}\n")


async def _answering(site: Site, path: str) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while True:
        try:
            await site.get(path)
        except (StoryFailed, httpx.TransportError) as error:
            if time.monotonic() > deadline:
                raise StoryFailed(f"{site.base} 没有启动起来") from error
        else:
            return
        await asyncio.sleep(0.1)


def _administrator(data: Path) -> Administrator:
    """Return the demonstration's sign-in, made once per data folder."""
    file = data / "keys" / "demo-admin"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as stream:
            stream.write(f"siyu-{secrets.token_hex(4)}")
    return Administrator("admin", file.read_text().strip(), setup_code(data.absolute()))


def _welcome(settings: Settings, admin: Administrator, say: "_Sayer") -> None:
    base, world = settings.public_base, settings.wecom_base
    say("")
    say(f"  企业后台    {base}/console/     用户名 {admin.username}  密码 {admin.password}")
    say(f"  员工手机端  {base.replace('//', '//s-linxiaoyue.')}/staff/    （林晓月，自动登录）")
    say(f"  模拟世界    {world}/")
    say(f"  接口文档    {base}/api/docs")
    say("")
    say("在模拟世界里按「派三十个人走完整个故事」，看板就会活起来。")
    say("按 Ctrl-C 停止；再次运行会接着现有数据继续，--fresh 从头开始。")


class _Sayer:
    """Tells how far the start is, with the time it took, unless the output is for a program."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._started = time.monotonic()

    def __call__(self, sentence: str) -> None:
        if self._quiet:
            return
        spent = time.monotonic() - self._started
        prefix = f"[{spent:5.1f} 秒] " if sentence and not sentence.startswith(" ") else ""
        sys.stdout.write(f"{prefix}{sentence}\n")
        sys.stdout.flush()
