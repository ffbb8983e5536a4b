"""The launcher against a real server: shared, killed, moved to odd places, run as root."""

# ruff: noqa: ASYNC240 -- a launcher's tests look at files, and nobody else is on the loop

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from siyu.core.postgres import EmbeddedPostgres, PostgresUnavailable, processes

PATIENCE_SECONDS = 300
USE_UNTIL_TOLD = """
import signal, sys
from pathlib import Path
from siyu.core.postgres import EmbeddedPostgres

# Who was started in the background may have been told to overhear it.
signal.signal(signal.SIGINT, signal.default_int_handler)
server = EmbeddedPostgres(Path(sys.argv[1]), durable=False)
server.start()
print("up", flush=True)
sys.stdin.readline()
server.stop()
"""


def folder_for_everybody() -> Iterator[Path]:
    """A folder that every account can walk into, which pytest's own is not."""
    folder = Path(tempfile.mkdtemp(prefix="siyu-test-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


place = pytest.fixture(folder_for_everybody)
shared_place = pytest.fixture(folder_for_everybody, scope="module")


@pytest.fixture
def fresh_home(place: Path) -> Path:
    return place / "postgres"


@pytest.fixture
def home(shared_place: Path) -> Iterator[Path]:
    """A home that other tests use too: its cluster is there already, its server is stopped."""
    home = shared_place / "postgres"
    assert not processes.residents(home / "data")
    yield home
    assert not processes.residents(home / "data")


def server(home: Path) -> EmbeddedPostgres:
    return EmbeddedPostgres(home, durable=False)


def another_user(home: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(  # noqa: S603 -- our own program
        [sys.executable, "-c", USE_UNTIL_TOLD, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    return process


def until_up(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == "up\n"


async def ask(server: EmbeddedPostgres, query: str) -> Any:
    connection = await asyncpg.connect(server.dsn("postgres", "postgres"))
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


def until(condition: Callable[[], object]) -> None:
    while not condition():
        time.sleep(0.001)


def leader(home: Path) -> int:
    pid = processes.recorded_pid(home / "data")
    assert pid is not None
    return pid


async def test_data_survive_a_stop_and_the_server_does_not(home: Path) -> None:
    with server(home) as first:
        await ask(first, "create table kept2 as select 7 as value")
    assert not processes.residents(home / "data")
    assert not (home / "data" / "postmaster.pid").exists()
    with server(home) as second:
        assert await ask(second, "select value from kept2") == 7


async def test_it_is_version_18_in_utf8_and_takes_no_network_connections(home: Path) -> None:
    with EmbeddedPostgres(home, max_connections=37) as running:
        assert await ask(running, "show server_version_num") >= "180000"
        assert await ask(running, "show server_encoding") == "UTF8"
        assert await ask(running, "show listen_addresses") == ""
        assert await ask(running, "show max_connections") == "37"
        assert await ask(running, "show fsync") == "on"
        assert await ask(running, "show synchronous_commit") == "on"


async def test_two_users_share_it_and_the_last_one_stops_it(home: Path) -> None:
    first, second = server(home), server(home)
    first.start()
    pid = leader(home)
    second.start()
    assert leader(home) == pid
    first.stop()
    assert await ask(second, "select 1") == 1
    second.stop()
    assert not processes.residents(home / "data")


def test_starting_and_stopping_twice_changes_nothing(home: Path) -> None:
    running = server(home)
    running.start()
    running.start()
    running.stop()
    running.stop()
    assert not processes.residents(home / "data")


async def test_several_processes_starting_at_once_get_one_server(fresh_home: Path) -> None:
    others = [another_user(fresh_home) for _ in range(4)]
    for other in others:
        until_up(other)
    with server(fresh_home) as mine:
        assert await ask(mine, "select 1") == 1
    assert processes.residents(fresh_home / "data")
    for other in others:
        other.communicate("leave\n", timeout=PATIENCE_SECONDS)
        assert other.returncode == 0
    assert not processes.residents(fresh_home / "data")


async def test_a_killed_user_is_not_counted(home: Path) -> None:
    with another_user(home) as other:
        until_up(other)
        other.kill()
    assert processes.residents(home / "data")
    with server(home) as mine:
        assert await ask(mine, "select 1") == 1
    assert not processes.residents(home / "data")


async def test_a_user_killed_in_the_middle_of_the_first_start_blocks_nobody(
    fresh_home: Path,
) -> None:
    with another_user(fresh_home) as other:
        # Who looks too late meets a finished cluster: also a moment to be killed in.
        until(lambda: [*fresh_home.glob("data.new.*/PG_VERSION"), *fresh_home.glob("data")])
        os.killpg(other.pid, signal.SIGKILL)
    with server(fresh_home) as mine:
        assert await ask(mine, "select 1") == 1

    def swept() -> bool:
        with server(fresh_home):
            return not list(fresh_home.glob("data.new*"))

    until(swept)  # the orphaned initdb may write on for a moment


async def test_ctrl_c_at_the_terminal_spares_the_server(home: Path) -> None:
    with another_user(home) as other, server(home) as mine:
        until_up(other)
        os.killpg(other.pid, signal.SIGINT)
        other.wait(timeout=PATIENCE_SECONDS)
        assert await ask(mine, "select 1") == 1


async def test_a_pid_file_naming_a_living_stranger_is_stale(home: Path) -> None:
    with server(home):
        os.kill(leader(home), signal.SIGKILL)
    pid_file = home / "data" / "postmaster.pid"
    stranger = pid_file.read_text().replace(
        pid_file.read_text().split("\n", 1)[0], str(os.getpid())
    )
    pid_file.write_text(stranger)
    (home / ".s.PGSQL.5432.lock").write_text(stranger)
    with server(home) as running:
        assert await ask(running, "select 1") == 1


@pytest.mark.parametrize("text", ["", "\n", "12", "no number\n"])
async def test_a_half_written_pid_file_is_stale(home: Path, text: str) -> None:
    with server(home):
        os.kill(leader(home), signal.SIGKILL)
    (home / "data" / "postmaster.pid").write_text(text)
    with server(home) as running:
        assert await ask(running, "select 1") == 1


async def test_a_killed_server_comes_back_with_what_was_committed(home: Path) -> None:
    with EmbeddedPostgres(home) as first, EmbeddedPostgres(home) as second:
        await ask(first, "create table kept12 as select generate_series(1, 100000) as value")
        os.kill(leader(home), signal.SIGKILL)
        with EmbeddedPostgres(home) as third:
            assert await ask(third, "select count(*) from kept12") == 100000
            assert await ask(second, "select count(*) from kept12") == 100000


async def test_work_left_by_a_killed_server_is_ended(home: Path) -> None:
    with server(home) as running:
        endless = asyncio.create_task(
            ask(running, "select count(*) from generate_series(1, 1e12::bigint)")
        )
        seen = "select count(*) from pg_stat_activity where query ~ '1e12'"
        while await ask(running, seen) < 2:  # noqa: ASYNC110 -- another process works
            await asyncio.sleep(0.01)
        os.kill(leader(home), signal.SIGKILL)
        starting = server(home)
        await asyncio.to_thread(starting.start)
        with pytest.raises((OSError, asyncpg.PostgresError)):
            await endless
        assert await ask(starting, "select 1") == 1
        starting.stop()


@pytest.mark.parametrize("name", ["with space, comma and 'quote'", "数据", "x" * 90])
async def test_odd_and_long_paths_work_through_a_stand_in_for_the_socket(
    place: Path, name: str
) -> None:
    home = place / name / "postgres"
    with server(home) as running:
        assert running.socket_dir != home
        assert running.socket_dir.stat().st_mode & 0o777 == 0o700
        assert await ask(running, "select 1") == 1
    assert not running.socket_dir.exists()


@pytest.mark.parametrize("name", ['a"b', "a$HOME", "a`id`", "a\\b", "a\nb"])
def test_a_path_that_a_shell_would_read_is_refused(place: Path, name: str) -> None:
    with pytest.raises(PostgresUnavailable, match="数据目录的路径"):
        server(place / name).start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
async def test_a_shut_parent_stays_shut_when_root_starts_it(place: Path) -> None:
    place.chmod(0o700)
    with server(place / "below" / "postgres") as running:
        await ask(running, "create table kept16 as select 7 as value")
    with server(place / "below" / "postgres") as running:
        assert await ask(running, "select value from kept16") == 7
    assert place.stat().st_mode & 0o777 == 0o700
    assert place.stat().st_uid == 0


def test_the_fresh_home_is_open_to_its_owner_only(fresh_home: Path) -> None:
    with server(fresh_home):
        assert fresh_home.stat().st_mode & 0o777 == 0o700
        assert (fresh_home / "data").stat().st_uid == fresh_home.stat().st_uid


def test_data_of_another_major_version_are_refused_by_name(home: Path) -> None:
    with server(home):
        pass
    (home / "data" / "PG_VERSION").write_text("17\n")
    with pytest.raises(PostgresUnavailable, match="PostgreSQL 17"):
        server(home).start()
    (home / "data" / "PG_VERSION").write_text("18\n")


async def test_a_failed_start_tells_what_the_log_says_and_holds_no_lock(home: Path) -> None:
    with server(home):
        pass
    control = home / "data" / "global" / "pg_control"
    kept = control.read_bytes()
    control.write_bytes(b"\0" * len(kept))
    with pytest.raises(PostgresUnavailable, match=r"FATAL|PANIC"):
        server(home).start()
    control.write_bytes(kept)
    with server(home) as running:
        assert await ask(running, "select 1") == 1


async def test_errors_put_no_values_of_rows_into_the_log(home: Path) -> None:
    with server(home) as running:
        await ask(running, "create table people (phone text unique)")
        await ask(running, "insert into people values ('13800138000')")
        with pytest.raises(asyncpg.UniqueViolationError):
            await ask(running, "insert into people values ('13800138000')")
    log = (home / "server.log").read_text()
    assert "duplicate key" in log
    assert "13800138000" not in log


def test_programs_of_older_versions_are_removed(fresh_home: Path) -> None:
    fresh_home.mkdir()
    (fresh_home / "postgresql-0.0.1").mkdir()
    with server(fresh_home) as running:
        assert (running.bin_dir / "pg_dump").exists()
    assert [path.name for path in fresh_home.glob("postgresql-*")] == [
        running.bin_dir.relative_to(fresh_home).parts[0]
    ]
