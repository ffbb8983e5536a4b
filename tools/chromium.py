"""Finds the browser that the browser tests drive, or installs one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from places import Places
from progress import Step

VARIABLE = "SIYU_TEST_CHROMIUM"

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PACKAGES = ("chromium", "fonts-noto-cjk")


def find() -> str | None:
    """Return the path of a Chromium that runs; a name alone can be a stub."""
    return next((path for path in _candidates() if _runs(path)), None)


def provide(places: Places) -> str | None:
    """Find a Chromium, else install one; None when that cannot be done here."""
    found = find()
    if found is not None:
        return found
    with Step("安装 Chromium", "installing Chromium"):
        for command in _ways(places):
            subprocess.run(
                command, check=False, stdin=subprocess.DEVNULL, capture_output=True, timeout=900
            )
            found = find()
            if found is not None:
                return found
    return None


def advice(places: Places) -> str:
    """Return what to tell somebody whose machine has no browser and lets us install none."""
    if shutil.which("apt-get"):
        command = f"sudo apt-get install -y {' '.join(_PACKAGES)}"
    else:
        command = f"sudo {places.venv / 'bin' / 'playwright'} install --with-deps chromium"
    return (
        f"没有 Chromium,也装不上;浏览器测试没有运行。请执行:\n  {command}\n"
        "There is no Chromium and none could be installed; the browser tests were not run. "
        "Run the command above, or choose `./siyu test --fast`."
    )


def _ways(places: Places) -> Iterator[list[str]]:
    playwright = str(places.venv / "bin" / "playwright")
    if os.geteuid() == 0:
        if shutil.which("apt-get"):
            yield ["apt-get", "update"]
            yield ["apt-get", "install", "-y", *_PACKAGES]
        yield [playwright, "install", "--with-deps", "chromium"]
    yield [playwright, "install", "chromium"]


def _candidates() -> Iterator[str]:
    if os.environ.get(VARIABLE):
        yield os.environ[VARIABLE]
    yield from filter(None, map(shutil.which, _NAMES))
    if sys.platform == "darwin":
        yield "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
        cache = Path.home() / "Library" / "Caches"
    else:
        cache = Path.home() / ".cache"
    downloads = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or cache / "ms-playwright")
    for pattern in ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*/Contents/MacOS/*"):
        yield from map(str, sorted(downloads.glob(pattern), reverse=True))


def _runs(path: str) -> bool:
    try:
        done = subprocess.run([path, "--version"], check=False, capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
