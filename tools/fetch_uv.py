"""Fetches uv, the package manager that builds the virtual environment.

Neither pip nor venv is asked for: distributions leave them out or forbid them (PEP 668). The
wheel is fetched from the package index with the standard library and checked against the hash
below, wherever it came from.
"""

import configparser
import hashlib
import http.client
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Callable
from html import unescape
from pathlib import Path

from progress import Failed

VERSION = "0.13.9"
PYPI = "https://pypi.org/simple"

_LINUX_ARM = (
    "manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64",
    "5435c5ce14a56431208ca0996416d310f1598e8c2c8ba707688985a16bb82dbe",
)
_WHEELS = {
    ("linux", "x86_64", "glibc"): (
        "manylinux_2_17_x86_64.manylinux2014_x86_64",
        "d7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19",
    ),
    ("linux", "x86_64", "musl"): (
        "musllinux_1_1_x86_64",
        "2c45530751517d6c3bbc69a19473f6effe47cce047bede01ffd8af7ea7b36b25",
    ),
    ("linux", "aarch64", "glibc"): _LINUX_ARM,
    ("linux", "aarch64", "musl"): _LINUX_ARM,
    ("darwin", "x86_64", ""): (
        "macosx_10_12_x86_64",
        "c16ed11e013557536b3e60065f1b912f6407bd6518e041b961e23ef9e6b4fbf5",
    ),
    ("darwin", "arm64", ""): (
        "macosx_11_0_arm64",
        "66c512266d633bef48384a1f53003f41f2a8e7b36fe6e7fbfd3e0fd52d96fa63",
    ),
}

_TIMEOUT = 60
_JSON = "application/vnd.pypi.simple.v1+json"


def custom_index() -> str | None:
    """Return the package index the user has chosen instead of PyPI, for uv or for pip."""
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"):
        if os.environ.get(name):
            return os.environ[name].rstrip("/")
    parser = configparser.RawConfigParser()
    home = os.environ.get("HOME", "")
    config_home = os.environ.get("XDG_CONFIG_HOME") or f"{home}/.config"
    # Later files win, as in pip.
    files = ["/etc/pip.conf", f"{home}/.pip/pip.conf", f"{config_home}/pip/pip.conf"]
    try:
        parser.read([*files, os.environ.get("PIP_CONFIG_FILE", "")])
        chosen = parser.get("global", "index-url", fallback="").strip()
    except (configparser.Error, OSError, UnicodeDecodeError):
        return None
    return chosen.rstrip("/") or None


def place(folder: Path) -> Path:
    """Return where uv lies, or will lie, below `folder`."""
    return folder / f"uv-{VERSION}" / "uv"


def fetch(folder: Path, note: Callable[[str], None]) -> Path:
    """Put uv below `folder`; raises Failed with what to do when no way leads to it."""
    tag, digest = _wheel()
    name = f"uv-{VERSION}-py3-none-{tag}.whl"
    failures = []
    for way in (_from_index, _by_pip):
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            wheel = Path(scratch) / name
            try:
                way(wheel, note)
                _check(wheel, digest)
                return _unpack(wheel, place(folder))
            except (OSError, ValueError, LookupError, subprocess.SubprocessError) as error:
                failures.append(f"  {way.__name__[1:]}: {error}")
    index = custom_index() or PYPI
    raise Failed(
        f"下载 uv {VERSION} 失败,请检查网络和软件源 {_without_password(index)}。"
        "可用环境变量 PIP_INDEX_URL 换一个软件源,用 HTTPS_PROXY 设置代理。\n"
        f"Fetching uv {VERSION} failed. Check the network and the package index; "
        "PIP_INDEX_URL chooses another index, HTTPS_PROXY a proxy.\n" + "\n".join(failures)
    )


def _check(wheel: Path, digest: str) -> None:
    found = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if found != digest:
        raise ValueError(f"{wheel.name} has sha256 {found} instead of {digest}")


def _wheel() -> tuple[str, str]:
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    if sys.platform == "linux":
        key = ("linux", machine, "glibc" if platform.libc_ver()[0] == "glibc" else "musl")
    else:
        key = (sys.platform, machine, "")
    if key not in _WHEELS:
        raise Failed(
            f"siyu 运行在 x86_64 或 arm64 的 Linux 和 macOS 上,不支持 {sys.platform} {machine}"
            "(Windows 请用 WSL)。\n"
            f"siyu runs on Linux and macOS, x86_64 or arm64, not on {sys.platform} {machine} "
            "(on Windows, use WSL)."
        )
    return _WHEELS[key]


def _from_index(wheel: Path, note: Callable[[str], None]) -> None:
    page_address = f"{custom_index() or PYPI}/uv/"
    with _open(page_address, accept=f"{_JSON}, text/html;q=0.5") as answer:
        page = answer.read().decode()
        is_json = "json" in answer.headers.get("Content-Type", "")
        page_address = answer.url
    links = _links_of_json(page) if is_json else _links_of_html(page)
    if wheel.name not in links:
        raise LookupError(f"{_without_password(page_address)} does not offer {wheel.name}")
    address = urllib.parse.urljoin(page_address, links[wheel.name])
    with _open(address) as answer, wheel.open("wb") as file:
        total = int(answer.headers.get("Content-Length") or 0)
        while block := answer.read(1 << 18):
            file.write(block)
            done = file.tell() / 1e6
            note(f"{done:.0f} / {total / 1e6:.0f} MB" if total else f"{done:.0f} MB")


def _by_pip(wheel: Path, note: Callable[[str], None]) -> None:
    """Ask pip, which knows of more configuration than we do, where there is one."""
    note("(pip)")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"),
            *("--disable-pip-version-check", "--only-binary=:all:"),
            *("--dest", wheel.parent, f"uv=={VERSION}"),
        ],
        check=False,
        capture_output=True,
        text=True,
        timeout=600,
    )
    if done.returncode != 0:
        raise OSError(next(iter(done.stderr.strip().splitlines()[-1:]), "failed"))


def _open(address: str, accept: str = "*/*") -> http.client.HTTPResponse:
    """Open an address; a name and password in it are sent as the index expects them."""
    if not address.startswith(("https://", "http://", "file://")):
        raise ValueError(f"not a web address: {_without_password(address)}")
    parts = urllib.parse.urlsplit(address)
    headers = {"Accept": accept, "User-Agent": "siyu-bootstrap"}
    handlers: list[urllib.request.BaseHandler] = []
    if parts.username:
        host = parts.netloc.rpartition("@")[2]
        address = parts._replace(netloc=host).geturl()
        passwords = urllib.request.HTTPPasswordMgrWithPriorAuth()
        user, password = (
            urllib.parse.unquote(part or "") for part in (parts.username, parts.password)
        )
        passwords.add_password(None, address, user, password, is_authenticated=True)
        handlers.append(urllib.request.HTTPBasicAuthHandler(passwords))
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 -- checked above
    answer: http.client.HTTPResponse = urllib.request.build_opener(*handlers).open(
        request, timeout=_TIMEOUT
    )
    return answer


def _links_of_json(page: str) -> dict[str, str]:
    return {file["filename"]: file["url"] for file in json.loads(page)["files"]}


def _links_of_html(page: str) -> dict[str, str]:
    links = {}
    for href in re.findall(r"""<a\b[^>]*?\bhref\s*=\s*["']([^"']+)["']""", page, re.IGNORECASE):
        address = unescape(href)
        links[urllib.parse.unquote(address.split("#")[0].rsplit("/", 1)[-1])] = address
    return links


def _without_password(address: str) -> str:
    return re.sub(r"//[^/@]*@", "//", address)


def _unpack(wheel: Path, target: Path) -> Path:
    with zipfile.ZipFile(wheel) as archive:
        program = archive.read(f"uv-{VERSION}.data/scripts/uv")
    fresh = wheel.with_name("uv")
    fresh.write_bytes(program)
    fresh.chmod(0o755)
    subprocess.run([fresh, "--version"], check=True, capture_output=True, timeout=60)
    target.parent.mkdir(exist_ok=True)
    fresh.replace(target)
    return target
