"""Where the bootstrap keeps what it makes: in the clone, or beside it when that is read-only."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from progress import Failed, say

CLONE = Path(__file__).resolve().parent.parent

_MADE = {"node_modules", "__pycache__", "static", "dist"}
"""Names of folders that are made from the sources."""


@dataclass(frozen=True)
class Places:
    """The folders of one installation."""

    project: Path
    """The sources that are run: the clone itself, or a writable mirror of it."""

    @property
    def venv(self) -> Path:
        """The virtual environment."""
        return self.project / ".venv"

    @property
    def python(self) -> Path:
        """The interpreter of the virtual environment."""
        return self.venv / "bin" / "python"

    @property
    def tools(self) -> Path:
        """What the bootstrap fetched, its stamps and logs."""
        return self.project / ".siyu-tools"

    @property
    def cache(self) -> Path:
        """Where package managers keep their caches when the user's own is not writable."""
        return self.tools / "cache"

    def site_package(self, name: str) -> Path | None:
        """Find an installed package's folder in the virtual environment."""
        return next(iter(self.venv.glob(f"lib/python3.*/site-packages/{name}")), None)


def find() -> Places:
    """Choose the folders; raises Failed when neither the clone nor the user's home is writable."""
    if _writable(CLONE):
        return Places(CLONE)
    name = hashlib.sha256(str(CLONE).encode()).hexdigest()[:12]
    base = _data_home()
    if base is None:
        raise Failed(
            f"{CLONE} 不可写,也没有可写的 HOME。请设置 HOME 或 XDG_DATA_HOME 为一个可写目录。\n"
            f"{CLONE} is not writable, and there is no writable HOME either. "
            "Set HOME or XDG_DATA_HOME to a writable folder."
        )
    project = base / "siyu" / name
    project.mkdir(parents=True, exist_ok=True)
    return Places(project)


@contextmanager
def alone(places: Places) -> Iterator[None]:
    """Keep other bootstraps of the same installation out while things are being prepared.

    Programs started meanwhile with `close_fds=False` inherit the lock, so that one which outlives
    a killed bootstrap is still waited for.
    """
    places.tools.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(places.tools / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    os.set_inheritable(descriptor, True)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("等待另一个 ./siyu 准备完毕", "waiting for another ./siyu to finish preparing")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def mirror(places: Places) -> None:
    """Bring the writable mirror of a read-only clone up to date."""
    if places.project == CLONE:
        return
    wanted = _files(CLONE)
    for relative in _files(places.project) - wanted:
        (places.project / relative).unlink()
    for relative in wanted:
        source, target = CLONE / relative, places.project / relative
        if not target.exists() or _changed(source, target):
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.with_name(f"{target.name}.new")
            shutil.copy2(source, fresh)
            fresh.chmod(fresh.stat().st_mode | 0o200)
            fresh.replace(target)


def writable_home() -> Path | None:
    """Return the user's home folder when files can be made in it."""
    text = os.environ.get("HOME", "")
    home = Path(text)
    return home if text and home.is_dir() and os.access(home, os.W_OK | os.X_OK) else None


def _data_home() -> Path | None:
    explicit = os.environ.get("XDG_DATA_HOME")
    if explicit and os.access(_nearest(Path(explicit)), os.W_OK | os.X_OK):
        return Path(explicit)
    home = writable_home()
    return home / ".local" / "share" if home else None


def _nearest(folder: Path) -> Path:
    """Return the folder, or its nearest parent that exists."""
    return next(place for place in (folder, *folder.parents) if place.exists())


def _writable(clone: Path) -> bool:
    """Say whether files can be made wherever the bootstrap makes some."""
    folders = (clone, clone / "src" / "siyu", clone / "web", clone / ".siyu-tools", clone / ".venv")
    return all(os.access(place, os.W_OK | os.X_OK) for place in folders if place.exists())


def _files(root: Path) -> set[Path]:
    found: set[Path] = set()
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in _MADE and not name.startswith(".")]
        here = Path(folder).relative_to(root)
        found.update(here / name for name in names if not name.endswith(".pyc"))
    return found


def _changed(source: Path, target: Path) -> bool:
    mine, theirs = source.stat(), target.stat()
    return (mine.st_size, mine.st_mtime_ns) != (theirs.st_size, theirs.st_mtime_ns)
