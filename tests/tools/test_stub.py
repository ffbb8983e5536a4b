"""`./siyu` itself: which Python it takes, and what it says when there is none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
ECHO = """
import sys
print(sys.executable, *sys.argv[1:], sep="|")
sys.exit(7)
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone whose bootstrap tells by which Python, and with what, it was started."""
    clone = tmp_path / "a clone"
    (clone / "tools").mkdir(parents=True)
    shutil.copy(ROOT / "siyu", clone)
    (clone / "tools" / "bootstrap.py").write_text(ECHO)
    return clone


def program(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def start(stub: Path, path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 -- our own program
        [stub, *arguments],
        check=False,
        capture_output=True,
        text=True,
        env={"PATH": f"{path}{os.pathsep}/usr/bin{os.pathsep}/bin"},
    )


def test_arguments_and_exit_code_go_through_unchanged(clone: Path, tmp_path: Path) -> None:
    program(tmp_path / "bin", "python3", f'exec "{sys.executable}" "$@"')
    done = start(clone / "siyu", tmp_path / "bin", "demo", "--data", "a b", "*")
    assert done.stdout.strip().split("|")[1:] == ["demo", "--data", "a b", "*"]
    assert done.returncode == 7


def test_a_stub_of_a_version_manager_and_an_old_python_are_passed_over(
    clone: Path, tmp_path: Path
) -> None:
    program(tmp_path / "bin", "python3", 'echo "pyenv: no version set" >&2; exit 127')
    program(tmp_path / "bin", "python3.13", "exit 1")
    program(tmp_path / "bin", "python3.12", f'exec "{sys.executable}" "$@"')
    done = start(clone / "siyu", tmp_path / "bin", "demo")
    assert done.returncode == 7
    assert done.stderr == ""


@pytest.mark.usefixtures("clone")
def test_it_may_be_called_through_a_link(tmp_path: Path) -> None:
    program(tmp_path / "bin", "python3", f'exec "{sys.executable}" "$@"')
    (tmp_path / "bin" / "siyu").symlink_to(Path("..") / "a clone" / "siyu")
    assert start(tmp_path / "bin" / "siyu", tmp_path / "bin").returncode == 7


def test_without_a_python_it_says_what_to_install_in_two_languages(
    clone: Path, tmp_path: Path
) -> None:
    stub = clone / "siyu"
    # The fixed places outside PATH may hold a Python on the machine of the test.
    stub.write_text(stub.read_text().replace("/bin/python3", "/nowhere/python3"))
    for name in ("dirname", "cat"):
        program(tmp_path / "bin", name, f'exec "{shutil.which(name)}" "$@"')
    done = subprocess.run(  # noqa: S603 -- our own program
        [stub, "demo"],
        check=False,
        capture_output=True,
        text=True,
        env={"PATH": str(tmp_path / "bin")},
    )
    assert done.returncode == 1
    assert "需要 Python 3.11" in done.stderr
    assert "needs Python 3.11" in done.stderr
    assert done.stdout == ""
