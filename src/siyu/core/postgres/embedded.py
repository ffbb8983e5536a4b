"""Start, share and stop the server of one data home.

Everything lies in the home: `data` (the cluster), `postgresql-…` (the programs), `server.log`,
and the two lock files of `sharing`. The home is open to its owner only, for who reaches the
socket is superuser.
"""

import hashlib
import os
import re
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from siyu.core.postgres import binaries, processes
from siyu.core.postgres.account import Account, server_account
from siyu.core.postgres.errors import PostgresUnavailable
from siyu.core.postgres.settings import MEBIBYTE, configuration
from siyu.core.postgres.sharing import Users, turn

_PORT = 5432
_LONGEST_SOCKET_DIR = 80
"""Bytes; the kernel's limit for the whole socket path is 103 (macOS) or 107 (Linux)."""
_PLAIN_PATH = re.compile(r"[A-Za-z0-9_./-]+")
_UNFIT_FOR_SHELL = re.compile(r'["$`\\\n]')
_START_SECONDS = 120
_FAST_STOP_SECONDS = 60.0
_ORPHAN_SECONDS = 2.0
_ATTEMPTS = 3


class EmbeddedPostgres:
    """The server of one data home, shared by all processes that start it; a context manager.

    `start` joins a running server or starts it; the last one to `stop` stops it. A user killed
    by the kernel is not counted any more, and the next one joins what it left running. The
    superuser is `postgres`. Not for use by several threads at once.
    """

    port = _PORT

    def __init__(self, home: Path, *, max_connections: int = 100, durable: bool = True) -> None:
        self._home = Path(os.path.abspath(home))  # noqa: PTH100 -- keeps links as the user wrote
        self._data = self._home / "data"
        self._max_connections = max_connections
        self._durable = durable
        self._users: Users | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @cached_property
    def socket_dir(self) -> Path:
        """The folder of the server's socket: the home, or a stand-in for a long or odd path.

        Makes the home when it is not there yet.
        """
        self._prepare_home()
        text = str(self._home)
        fits = len(os.fsencode(text)) <= _LONGEST_SOCKET_DIR and _PLAIN_PATH.fullmatch(text)
        if fits and self._account.reaches(self._home):
            return self._home
        name = hashlib.sha256(os.path.realpath(self._home).encode()).hexdigest()[:16]
        base = Path(tempfile.gettempdir())
        if len(os.fsencode(base)) > _LONGEST_SOCKET_DIR - 32:
            base = Path("/tmp")  # noqa: S108 -- the folder is checked to be ours
        return base / f"siyu-{name}"

    @property
    def bin_dir(self) -> Path:
        """The folder of the programs that belong to the server (`psql`, `pg_dump` and so on)."""
        self._prepare_home()
        return binaries.install(self._home, self._account)

    def dsn(self, database: str, user: str) -> str:
        """Return the address of `database` for `user`; the socket asks for no password."""
        host = quote(str(self.socket_dir), safe="")
        return f"postgresql://{quote(user, safe='')}@/{quote(database, safe='')}?host={host}"

    def start(self) -> None:
        """Join the running server, or start it; returns when it accepts connections.

        Raises PostgresUnavailable with a sentence for the user when that cannot be done.
        """
        if self._users is not None:
            return
        self._prepare_home()
        with turn(self._home):
            self._users = Users(self._home)
            try:
                self._bring_up()
            except BaseException:
                self._leave()
                raise

    def stop(self) -> None:
        """Leave the server; the last user stops it, finishing open transactions by abort."""
        if self._users is None:
            return
        with turn(self._home):
            self._leave()

    def _leave(self) -> None:
        users, self._users = self._users, None
        if users is None:
            return
        try:
            if users.last():
                self._take_down()
        finally:
            users.leave()

    @property
    def _socket_file(self) -> Path:
        return self.socket_dir / f".s.PGSQL.{_PORT}"

    @cached_property
    def _account(self) -> Account:
        return server_account()

    def _prepare_home(self) -> None:
        if _UNFIT_FOR_SHELL.search(str(self._home)):
            raise PostgresUnavailable(f'数据目录的路径不能含有 " $ ` \\ 或换行:{self._home}')
        try:
            self._home.mkdir(parents=True, exist_ok=True)
            self._account.own(self._home)
            self._home.chmod(0o700)
        except PermissionError as error:
            raise PostgresUnavailable(
                f"没有权限使用数据目录 {self._home}(它可能是另一个用户建的):{error.strerror}"
            ) from error

    def _prepare_socket_dir(self) -> None:
        if self.socket_dir == self._home:
            return
        self.socket_dir.mkdir(mode=0o700, exist_ok=True)
        owner = self.socket_dir.lstat().st_uid
        if self.socket_dir.is_symlink() or owner not in {os.geteuid(), self._account.uid}:
            raise PostgresUnavailable(f"临时目录 {self.socket_dir} 属于别人,请先移走它。")
        self._account.own(self.socket_dir)
        self.socket_dir.chmod(0o700)

    def _bring_up(self) -> None:
        for attempt in range(_ATTEMPTS):
            if self._settled():
                return
            self._clear_traces()
            self._prepare_socket_dir()
            bin_folder = binaries.install(self._home, self._account)
            binaries.forget_older(self._home, bin_folder)
            self._sweep_half_made()
            if not self._data.exists():
                self._create_cluster(bin_folder)
            self._check_version()
            self._launch(bin_folder, first=attempt == 0)
        if not self._settled():
            raise PostgresUnavailable(
                f"PostgreSQL 没有启动成功。日志 {self._log_file} 的结尾:\n{self._log_tail()}"
            )

    def _settled(self) -> bool:
        """Wait while a server starts or dies; True when it is up, False when nobody is there."""
        deadline = time.monotonic() + _START_SECONDS
        orphaned_since = None
        while present := processes.residents(self._data):
            if processes.recorded_pid(self._data) in present:
                orphaned_since = None
                if processes.is_ready(self._data, self._socket_file):
                    return True
            elif orphaned_since is None:
                orphaned_since = time.monotonic()
            elif time.monotonic() - orphaned_since > _ORPHAN_SECONDS:
                # Left by a server that was killed; they would work on, seen by nobody.
                processes.send(self._data, signal.SIGKILL)
            if time.monotonic() > deadline:
                raise PostgresUnavailable(
                    f"PostgreSQL 在 {_START_SECONDS} 秒内没有就绪。"
                    f"日志 {self._log_file} 的结尾:\n{self._log_tail()}"
                )
            time.sleep(0.02)
        if processes.answers(self._socket_file):
            raise PostgresUnavailable(
                f"{self._home} 里的 PostgreSQL 正由另一个容器运行,本进程看不到它,不能共用。"
            )
        return False

    def _clear_traces(self) -> None:
        """Remove what a killed server left; nobody stands in the folder any more."""
        (self._data / "postmaster.pid").unlink(missing_ok=True)
        self._socket_file.unlink(missing_ok=True)
        self._socket_file.with_name(f"{self._socket_file.name}.lock").unlink(missing_ok=True)

    def _sweep_half_made(self) -> None:
        # A killed start leaves its folder, and its initdb may write on for a moment: what cannot
        # be removed now goes at the next start.
        for leftover in self._home.glob("data.new*"):
            shutil.rmtree(leftover, ignore_errors=True)

    def _create_cluster(self, bin_folder: Path) -> None:
        """Make the cluster aside and rename it, so that a half-made one is never taken for one."""
        fresh = Path(tempfile.mkdtemp(prefix="data.new.", dir=self._home))
        self._account.own(fresh)
        command: list[str | Path] = [
            bin_folder / "initdb",
            *("-U", "postgres", "-E", "UTF8"),
            *("-A", "scram-sha-256", "--auth-local=trust"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            *(() if self._durable else ("--no-sync",)),
        ]
        if self._run(command, fresh) != 0:
            raise PostgresUnavailable(
                f"新建数据库失败。日志 {self._log_file} 的结尾:\n{self._log_tail()}"
            )
        fresh.rename(self._data)
        _flush(self._home)

    def _check_version(self) -> None:
        found = (self._data / "PG_VERSION").read_text().strip()
        if found != binaries.MAJOR_VERSION:
            raise PostgresUnavailable(
                f"{self._data} 是 PostgreSQL {found} 的数据,本程序带的是 "
                f"{binaries.MAJOR_VERSION}。请用 {found} 版导出后再导入,或换一个数据目录。"
            )

    def _launch(self, bin_folder: Path, *, first: bool) -> None:
        settings = self._data / "postgresql.conf"
        settings.write_text(
            configuration(
                socket_dir=self.socket_dir,
                max_connections=self._max_connections,
                durable=self._durable,
            )
        )
        self._account.own(settings)
        if first and self._log_file.exists() and self._log_file.stat().st_size > 10 * MEBIBYTE:
            self._log_file.replace(self._log_file.with_suffix(".log.1"))
        command: list[str | Path] = [bin_folder / "pg_ctl", "start", "-w", "-s"]
        self._run([*command, "-t", str(_START_SECONDS)], self._data)

    def _take_down(self) -> None:
        plan = (
            (signal.SIGINT, _FAST_STOP_SECONDS),
            (signal.SIGQUIT, _ORPHAN_SECONDS),
            (signal.SIGKILL, _ORPHAN_SECONDS),
        )
        for number, patience in plan:
            processes.send(self._data, number)
            if processes.wait_until_gone(self._data, patience):
                break
        else:
            raise PostgresUnavailable(f"{self._home} 里的 PostgreSQL 停不下来。")
        if self.socket_dir != self._home:
            shutil.rmtree(self.socket_dir, ignore_errors=True)

    @property
    def _log_file(self) -> Path:
        return self._home / "server.log"

    def _log_tail(self) -> str:
        try:
            return "\n".join(self._log_file.read_text(errors="replace").splitlines()[-12:])
        except FileNotFoundError:
            return ""

    def _run(self, command: list[str | Path], cluster: Path) -> int:
        """Run a program of the server on `cluster`, a folder of the home, into the log."""
        with self._log_file.open("ab") as log, self._way_in() as (root, descriptors):
            environment = {"PGDATA": f"{root}/{cluster.name}"}
            done = self._account.run(
                command, output=log, environment=environment, descriptors=descriptors
            )
            return done.returncode

    @contextmanager
    def _way_in(self) -> Iterator[tuple[str, list[int]]]:
        """Yield the path by which the account reaches the home, and what it must inherit.

        Below a shut folder (/root is 0700, and stays so) that is an open descriptor: whoever
        inherits one may walk on from there.
        """
        if self._account.reaches(self._home):
            yield str(self._home), []
            return
        descriptor = os.open(self._home, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            yield f"/proc/self/fd/{descriptor}", [descriptor]
        finally:
            os.close(descriptor)


def _flush(folder: Path) -> None:
    """Make renames in `folder` survive a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
