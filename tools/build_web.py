"""Builds the pages of web/ into src/siyu/static/, when their sources changed.

Run by `./siyu` before whatever shows pages, by the build hook for wheels, or by hand.
"""

import hashlib
import json
import os
import sys
import tempfile
from pathlib import Path

import node
from places import Places, alone, find
from progress import Failed, Step

_MADE = {"node_modules", "dist", ".vite", "test-results"}


def build(places: Places) -> None:
    """Bring src/siyu/static/ up to date; raises Failed with the end of what npm said."""
    static = places.project / "src" / "siyu" / "static"
    stamp = static / "stamp.json"
    seen = _read(stamp)
    looks = _looks(places)
    if seen.get("looks") == looks:
        return
    digest = _digest(places)
    if seen.get("digest") != digest:
        install(places)
        with Step("构建前端页面", "building the pages"):
            _replace(places, static)
    stamp.write_text(json.dumps({"digest": digest, "looks": looks}))


def install(places: Places) -> None:
    """Bring web/node_modules up to date with the lock file."""
    modules = places.project / "web" / "node_modules"
    stamp = modules / ".siyu-stamp"
    digest = hashlib.sha256(node.version(places).encode())
    for name in ("package.json", "package-lock.json"):
        digest.update((places.project / "web" / name).read_bytes())
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    with Step("安装前端依赖", "installing the packages of the pages"):
        try:
            node.run(places, "ci", "--no-progress", "--prefer-offline")
        except Failed:
            node.run(places, "ci", "--no-progress")  # the network deserves a second chance
    stamp.write_text(digest.hexdigest())


def _replace(places: Places, static: Path) -> None:
    """Build aside and change over at once, so that a running server never sees half a page."""
    with tempfile.TemporaryDirectory(dir=places.tools, ignore_cleanup_errors=True) as scratch:
        fresh = Path(scratch) / "static"
        fresh.mkdir(mode=0o755)
        node.run(places, "run", "build", extra={"SIYU_WEB_OUT": str(fresh)})
        if not any(fresh.rglob("*.html")):
            raise Failed("npm run build 没有产生页面 · npm run build made no page")
        if static.exists():
            static.rename(Path(scratch) / "old")
        fresh.rename(static)


def _sources(places: Places) -> list[Path]:
    found = []
    for folder, folders, names in os.walk(places.project / "web"):
        folders[:] = sorted(name for name in folders if name not in _MADE)
        found += [Path(folder) / name for name in sorted(names)]
    return found


def _looks(places: Places) -> str:
    """Return a quick mark of the sources: their names, sizes and times."""
    digest = hashlib.sha256()
    for path in _sources(places):
        state = path.stat()
        digest.update(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _digest(places: Places) -> str:
    """Return the mark that counts: what the sources say."""
    digest = hashlib.sha256()
    for path in _sources(places):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(places.project)}\0{content}\n".encode())
    return digest.hexdigest()


def _read(stamp: Path) -> dict[str, str]:
    try:
        content: dict[str, str] = json.loads(stamp.read_text())
    except (OSError, ValueError):
        return {}
    return content


def main() -> int:
    """Build by hand: `.venv/bin/python tools/build_web.py`."""
    places = find()
    try:
        with alone(places):
            build(places)
    except Failed as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
