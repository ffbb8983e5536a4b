"""The server's configuration: a small machine shared with siyu itself, data kept safe."""

import os
from pathlib import Path

MEBIBYTE = 1024 * 1024


def configuration(*, socket_dir: Path, max_connections: int, durable: bool) -> str:
    """Return the text of `postgresql.conf`; `durable=False` trades safety for speed (tests)."""
    memory = _memory()
    safe = "on" if durable else "off"
    quoted_socket_dir = str(socket_dir).replace("'", "''")
    values = {
        # who may come in: only through the socket
        "listen_addresses": "''",
        "unix_socket_directories": f"'{quoted_socket_dir}'",
        "unix_socket_permissions": "0700",
        "max_connections": str(max_connections),
        # memory: siyu, the analytics engine and the file cache want their share
        "shared_buffers": f"{_clamp(memory // 16, 64, 1024)}MB",
        "effective_cache_size": f"{_clamp(memory // 3, 256, 65536)}MB",
        "maintenance_work_mem": f"{_clamp(memory // 64, 64, 256)}MB",
        "work_mem": "8MB",
        "dynamic_shared_memory_type": _shared_memory_type(),
        "max_locks_per_transaction": "256",  # monthly partitions: one lock each
        # writing
        "fsync": safe,
        "full_page_writes": safe,
        "synchronous_commit": safe,
        "max_wal_size": "2GB",
        "min_wal_size": "128MB",
        "checkpoint_timeout": "15min",
        "checkpoint_completion_target": "0.9",
        # planning: an SSD, two cores, short queries
        "random_page_cost": "1.1",
        "jit": "off",
        "max_parallel_workers_per_gather": "1",
        # queue and outbox tables live from being vacuumed often
        "autovacuum_naptime": "15s",
        "autovacuum_vacuum_scale_factor": "0.05",
        "autovacuum_analyze_scale_factor": "0.05",
        # the log must not repeat what customers' rows hold: no statements, no row details
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_timezone": "'UTC'",
        "timezone": "'UTC'",
        "datestyle": "'iso, ymd'",
        "lc_messages": "'C'",
    }
    lines = (f"{name} = {value}\n" for name, value in values.items())
    return "# Written by siyu at each start; changes here are lost.\n" + "".join(lines)


def _clamp(value: int, low: int, high: int) -> int:
    return max(low, min(value, high))


def _memory() -> int:
    """Return the memory this process may use, in MiB: the machine's, or its container's limit."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        limit = int(Path("/sys/fs/cgroup/memory.max").read_text())
    except (OSError, ValueError):  # no such limit, or "max"
        limit = total
    return min(total, limit) // MEBIBYTE


def _shared_memory_type() -> str:
    """Choose files where /dev/shm is missing or small (64 MB in containers by default)."""
    try:
        state = os.statvfs("/dev/shm")  # noqa: S108 -- only measured
    except OSError:
        return "mmap" if Path("/proc").exists() else "posix"
    return "posix" if state.f_blocks * state.f_frsize >= 256 * MEBIBYTE else "mmap"
