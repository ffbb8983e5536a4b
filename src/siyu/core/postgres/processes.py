"""Which processes truly serve a data folder.

`postmaster.pid` alone lies: in containers the pid in it usually names some living stranger. A
process serves a data folder exactly when it stands in it, since every PostgreSQL process
changes into its data folder before it does anything else, and no other program does.
"""

import os
import signal
import socket
import struct
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

_PROC = Path("/proc")
_SSL_REQUEST = struct.pack("!ii", 8, 80877103)
"""The shortest question a server answers to a stranger: may we speak TLS? (protocol, 54.2.10)"""
_READY_LINE = 7
"""Index of the line of `postmaster.pid` on which the server writes its state."""


def residents(data: Path) -> frozenset[int]:
    """Return the pids of all PostgreSQL processes that stand in `data`; zombies do not count."""
    if _PROC.joinpath("self", "cwd").exists():
        return frozenset(_residents_of_proc(os.path.realpath(data)))
    pid = recorded_pid(data)
    return frozenset({pid} if pid is not None and _stands_in(pid, data) else ())


def recorded_pid(data: Path) -> int | None:
    """Return the pid that `postmaster.pid` names, None when there is none or it is half written."""
    lines = _pid_file_lines(data)
    return int(lines[0]) if lines and lines[0].strip().isdigit() else None


def is_ready(data: Path, socket_file: Path) -> bool:
    """Say whether the server of `data` says it is ready and its socket answers."""
    lines = _pid_file_lines(data)
    ready = len(lines) > _READY_LINE and lines[_READY_LINE].strip() == "ready"
    return ready and answers(socket_file)


def answers(socket_file: Path) -> bool:
    """Say whether a server answers at `socket_file`; one that was just killed only accepts."""
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(1)
        try:
            probe.connect(str(socket_file))
            probe.sendall(_SSL_REQUEST)
            return probe.recv(1) in {b"N", b"S"}
        except OSError:
            return False


def wait_until_gone(data: Path, seconds: float) -> bool:
    """Wait until nobody stands in `data`; False when somebody still does after `seconds`."""
    deadline = time.monotonic() + seconds
    while residents(data):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def send(data: Path, number: signal.Signals) -> None:
    """Send a signal to the server of `data`, or, when it is dead, to the processes it left."""
    present = residents(data)
    leader = recorded_pid(data)
    for pid in [leader] if leader in present and leader is not None else sorted(present):
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


def _pid_file_lines(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text(errors="replace").splitlines()
    except FileNotFoundError:
        return []


def _residents_of_proc(data: str) -> Iterator[int]:
    for name in os.listdir(_PROC):  # noqa: PTH208 -- hundreds of names, ten times a second
        if not name.isdigit():
            continue
        try:
            if os.readlink(f"{_PROC}/{name}/cwd") != data:  # noqa: PTH115 -- the same
                continue
            # A shell that somebody left standing in the folder is no server.
            if (_PROC / name / "comm").read_text().strip() == "postgres":
                yield int(name)
        except OSError:  # gone meanwhile, a zombie, or somebody else's
            continue


def _stands_in(pid: int, data: Path) -> bool:
    """Ask lsof, where there is no /proc (macOS)."""
    answer = subprocess.run(  # noqa: S603 -- a fixed program
        ["/usr/sbin/lsof", "-a", "-p", str(pid), "-d", "cwd", "-Fn"],
        check=False,
        capture_output=True,
        text=True,
    )
    return f"n{os.path.realpath(data)}" in answer.stdout.splitlines()
