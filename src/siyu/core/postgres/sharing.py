"""Who uses the server: counted by the kernel, so that a killed user is not counted.

`lock` is held alone by whoever is starting or stopping. `users` is held together by everybody
who uses the server; who gets it alone while leaving was the last one.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from siyu.core.postgres.errors import PostgresUnavailable

_PATIENCE = 300.0
"""Seconds to wait for another process that is starting or stopping the same server."""


@contextmanager
def turn(home: Path) -> Iterator[None]:
    """Be the only one who starts or stops the server of `home`."""
    descriptor = _open(home / "lock")
    try:
        deadline = time.monotonic() + _PATIENCE
        while not _lock(descriptor, fcntl.LOCK_EX):
            if time.monotonic() > deadline:
                raise PostgresUnavailable(
                    f"另一个进程一直在启动或停止 {home} 里的 PostgreSQL,等了 5 分钟仍未结束。"
                )
            time.sleep(0.02)
        yield
    finally:
        os.close(descriptor)


class Users:
    """One place among the users of the server of `home`; taken and left in a turn."""

    def __init__(self, home: Path) -> None:
        self._descriptor = _open(home / "users")
        # Never waits: it is held alone only by the last one leaving, in a turn of its own.
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def last(self) -> bool:
        """Say whether nobody else is counted."""
        return _lock(self._descriptor, fcntl.LOCK_EX)

    def leave(self) -> None:
        """Be counted no more."""
        os.close(self._descriptor)


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _lock(descriptor: int, mode: int) -> bool:
    try:
        fcntl.flock(descriptor, mode | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
