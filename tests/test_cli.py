"""The command line as somebody types it: help, checks, and what it says when something is wrong."""

import asyncio
import os
import socket
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest

from siyu.core.db import DatabaseUrls
from siyu.core.postgres import EmbeddedPostgres

PROJECT = Path(__file__).parents[1]
PATIENCE_SECONDS = 280


def siyu(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, without settings of the machine's."""
    environment = {name: text for name, text in os.environ.items() if not name.startswith("SIYU_")}
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "siyu.cli", *map(str, arguments)],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


def one_sentence(said: str) -> bool:
    """Whether it is a sentence for a person and not a traceback."""
    return said.count("\n") == 1 and "Traceback" not in said


def test_help_names_every_command():
    done = siyu("--help")
    assert done.returncode == 0
    for command in ("serve", "web", "worker", "demo", "migrate", "doctor", "bench", "docs"):
        assert command in done.stdout


@pytest.mark.parametrize("command", ["serve", "demo", "migrate", "sandbox", "bench"])
def test_each_command_explains_itself(command):
    done = siyu(command, "--help")
    assert done.returncode == 0
    assert command in done.stdout
    assert "Traceback" not in done.stderr


def test_the_described_api_is_the_one_in_the_repository():
    done = siyu("openapi")
    assert done.returncode == 0, done.stderr
    assert done.stdout == (PROJECT / "web" / "openapi.json").read_text()


def test_the_generated_pages_are_up_to_date():
    done = siyu("docs", "--check")
    assert done.returncode == 0, done.stdout


def test_a_fresh_folder_is_migrated_and_a_newer_one_refused(tmp_path):
    data = tmp_path / "data"
    done = siyu("migrate", "--check", "--data", data)
    assert done.returncode == 0, done.stderr

    async def from_the_future(url: str) -> None:
        connection = await asyncpg.connect(url)
        try:
            await connection.execute("update alembic_version set version_num = '9999'")
        finally:
            await connection.close()

    with EmbeddedPostgres(data / "postgres") as server:
        asyncio.run(from_the_future(DatabaseUrls.embedded(server.socket_dir, "siyu").owner))
    done = siyu("migrate", "--data", data)
    assert done.returncode == 1
    assert "更新版本的 siyu" in done.stderr
    assert "9999" in done.stderr
    assert one_sentence(done.stderr)


@pytest.mark.parametrize("flag", ["--port", "--sandbox-port"])
def test_a_taken_port_is_told_in_a_sentence_that_helps(tmp_path, flag):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = siyu("demo", "--no-browser", "--data", tmp_path, flag, port)
    assert done.returncode == 1
    assert str(port) in done.stderr
    assert flag in done.stderr
    assert one_sentence(done.stderr)


def test_an_unknown_bench_is_told_and_the_known_ones_named():
    done = siyu("bench", "no-such-thing")
    assert done.returncode != 0
    said = done.stdout + done.stderr
    assert "no-such-thing" in said
    assert "Traceback" not in said
