"""What commands share: options, settings, and how bad input is told."""

import getpass
import os
import sys
from pathlib import Path
from typing import Annotated, Any, Final, NoReturn

from cyclopts import Parameter

from siyu.core.settings import Settings

BAD_INPUT: Final = 2

Data = Annotated[Path | None, Parameter(name="--data", help="数据目录（默认 .siyu） · data folder")]
Port = Annotated[int | None, Parameter(name="--port", help="网页端口（默认 8000） · port")]


def settings_of(*, data: Path | None = None, port: int | None = None) -> Settings:
    """Return the settings of the environment with what the command line says on top."""
    given: dict[str, Any] = {"data_dir": data, "port": port}
    return Settings(**{name: value for name, value in given.items() if value is not None})


def refuse(chinese: str, english: str, *, code: int = BAD_INPUT) -> NoReturn:
    """End the command with one sentence in both languages."""
    sys.stderr.write(f"siyu: {chinese} ({english})\n")
    raise SystemExit(code)


def secret_of(variable: str, what: str) -> str:
    """Return a secret from the environment, or asked for at the terminal without being shown.

    Never from the command line: others of the machine can read that.
    """
    if given := os.environ.get(variable, "").strip():
        return given
    if not sys.stdin.isatty():
        refuse(f"请把{what}放进环境变量 {variable}", f"set {variable}")
    if given := getpass.getpass(f"{what}: ").strip():
        return given
    refuse(f"没有输入{what}", "nothing was entered")


def bytes_of(file: str | None, *, most: int) -> bytes:
    """Return the content of a file, or of standard input, of at most `most` bytes."""
    try:
        if file in {None, "-"}:
            content = sys.stdin.buffer.read(most + 1)
        else:
            with Path(str(file)).open("rb") as opened:
                content = opened.read(most + 1)
    except OSError as error:
        refuse(f"读不到文件 {file}：{error.strerror}", f"cannot read {file}")
    if len(content) > most:
        refuse(f"内容超过 {most // 1024} KiB", f"the input exceeds {most // 1024} KiB")
    if not content.strip():
        refuse("没有内容", "the input is empty")
    return content
