"""Which account of the operating system the server runs as.

PostgreSQL refuses to run as root, so root hands it to `postgres`, else to `nobody`.
Everybody else runs it as themselves.
"""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from siyu.core.postgres.errors import PostgresUnavailable


@dataclass(frozen=True)
class Account:
    """The owner of the server's files and processes."""

    uid: int
    gid: int
    foreign: bool
    """Whether it is another account than the one this process runs as."""

    def own(self, path: Path) -> None:
        """Give `path` itself (not what is below it) to this account."""
        if self.foreign:
            os.chown(path, self.uid, self.gid)

    def reaches(self, folder: Path) -> bool:
        """Say whether this account may walk down to `folder` (parents may be shut to it)."""
        if not self.foreign:
            return True
        probe = ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)]
        return self.run(probe, output=None, environment={}).returncode == 0

    def run(
        self,
        command: Sequence[str | Path],
        *,
        output: IO[bytes] | None,
        environment: dict[str, str],
        descriptors: Sequence[int] = (),
    ) -> subprocess.CompletedProcess[bytes]:
        """Run `command` as this account, in a session of its own so that Ctrl-C spares it.

        The output goes to a file, never to a pipe: a server that inherits a pipe keeps its
        reader waiting for ever.
        """
        target = output if output is not None else subprocess.DEVNULL
        return subprocess.run(  # noqa: S603 -- our own fixed programs
            command,
            check=False,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C", **environment},
            stdin=subprocess.DEVNULL,
            stdout=target,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=descriptors,
            user=self.uid if self.foreign else None,
            group=self.gid if self.foreign else None,
            extra_groups=[] if self.foreign else None,
        )


def server_account() -> Account:
    """Choose the account; raises PostgresUnavailable when root finds nobody to hand it to."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), foreign=False)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, foreign=True)
    raise PostgresUnavailable(
        "PostgreSQL 不能以 root 身份运行,而系统里没有 postgres 或 nobody 账号。"
        "请用 useradd --system postgres 建一个,或换普通用户运行。"
    )
