"""All quality gates and tests: `./siyu test [--fast] [arguments for pytest]`.

With arguments for pytest only the tests they choose are run. `--fast` leaves out the tests that
drive a browser.
"""

import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import build_web
import chromium
import node
from places import Places, alone, find
from progress import Failed

_AT_ONCE = 2
_WORKERS = min(4, (os.cpu_count() or 1) + 1)
"""Tests run in one more process than there are cores: many of them wait for others."""


@dataclass(frozen=True)
class Gate:
    """One thing that must hold, with the commands that say so."""

    name: str
    commands: Sequence[Sequence[str]]
    folder: str = "."


@dataclass(frozen=True)
class Verdict:
    """What a gate said."""

    name: str
    passed: bool
    seconds: float
    output: str


def gates(places: Places) -> list[Gate]:
    """Return all gates but the tests, the longest first."""
    python = str(places.python)
    programs = places.venv / "bin"
    siyu = str(programs / "siyu")
    ruff = str(programs / "ruff")
    tools = sorted(str(path) for path in (places.project / "tools").glob("*.py"))
    return [
        Gate("pages: types, lint, units", [["npm", "run", "check"]], "web"),
        Gate("types", [[python, "-m", "mypy"], [python, "-m", "mypy", *tools]]),
        Gate("migrations match models", [[siyu, "migrate", "--check"]]),
        Gate(
            "API client up to date",
            [
                [python, "tools/same_output.py", "web/openapi.json", siyu, "openapi"],
                ["npm", "--prefix", "web", "run", "gen:check"],
            ],
        ),
        Gate("floors", [[str(programs / "lint-imports")]]),
        Gate("lint", [[ruff, "check", "."]]),
        Gate("format", [[ruff, "format", "--check", "."]]),
    ]


def judge(places: Places, gate: Gate) -> Verdict:
    """Run the commands of a gate until one fails."""
    began = time.monotonic()
    output = ""
    for command in gate.commands:
        done = subprocess.run(
            command,
            check=False,
            cwd=places.project / gate.folder,
            env=_environment(places),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        output += done.stdout
        if done.returncode != 0:
            return Verdict(gate.name, False, time.monotonic() - began, output)
    return Verdict(gate.name, True, time.monotonic() - began, output)


def judge_all(places: Places) -> list[Verdict]:
    """Run the gates, two at once, telling each verdict as it comes."""
    verdicts = []
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for verdict in pool.map(lambda gate: judge(places, gate), gates(places)):
            verdicts.append(verdict)
            _show(verdict)
            if not verdict.passed:
                print(verdict.output.rstrip(), flush=True)
    return verdicts


def run_tests(
    places: Places, arguments: Sequence[str], browser: str | None, scratch: str
) -> Verdict:
    """Run pytest in sight of the user; its counts are the output of the verdict."""
    began = time.monotonic()
    report = places.tools / "tests.xml"
    report.unlink(missing_ok=True)
    environment = _environment(places)
    if browser is not None:
        environment[chromium.VARIABLE] = browser
    environment["SIYU_TEST_HOME"] = scratch  # one database server for all workers
    command = [str(places.python), "-m", "pytest", "-n", str(_WORKERS), f"--junitxml={report}"]
    command += arguments
    if browser is None:
        command += ["-m", "not browser"]
    done = subprocess.run(command, check=False, cwd=places.project, env=environment)
    seconds = time.monotonic() - began
    return Verdict("tests", done.returncode == 0, seconds, _counts(report))


def main(arguments: list[str]) -> int:
    """Run everything, or only the tests that the arguments choose."""
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    places = find()
    fast = "--fast" in arguments
    chosen = [argument for argument in arguments if argument != "--fast"]
    try:
        with alone(places):
            build_web.install(places)
            build_web.build(places)
    except Failed as failure:
        print(failure, file=sys.stderr)
        return 1
    verdicts = [] if chosen else judge_all(places)
    browser = None if fast else chromium.provide(places)
    with tempfile.TemporaryDirectory(prefix="siyu-test-", ignore_cleanup_errors=True) as scratch:
        tests = run_tests(places, chosen, browser, scratch)
    verdicts.append(tests)
    print()
    for verdict in verdicts:
        _show(verdict)
    missing = browser is None and not fast
    if missing:
        print(chromium.advice(places))
    refused = [verdict.name for verdict in verdicts if not verdict.passed]
    others = [name for name in refused if name != tests.name]
    print(tests.output + (f"; gates failed: {', '.join(others)}" if others else ""))
    return 1 if refused or missing else 0


def _environment(places: Places) -> dict[str, str]:
    """Return the environment of gates and tests: the user's own settings must not colour them."""
    own = {name for name in os.environ if name.startswith("SIYU_")}
    kept = {name for name in own if name.startswith("SIYU_TEST_")}
    values = node.variables(places)
    for name in own - kept:
        del values[name]
    values["MYPYPATH"] = f"src{os.pathsep}tools"
    return values


def _show(verdict: Verdict) -> None:
    print(
        f"{'✓' if verdict.passed else '✗'} {verdict.name:<28}{verdict.seconds:7.1f} s", flush=True
    )


def _counts(report: Path) -> str:
    """Read pytest's report: how many passed, failed, were skipped."""
    if not report.exists():
        return "0 passed, 0 failed, the tests did not finish"
    suite = ET.parse(report).getroot().find("testsuite")  # noqa: S314 -- our own file
    if suite is None:
        return "0 passed, 0 failed, the report of the tests is empty"
    total, failures, errors, skipped = (
        int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")
    )
    failed = failures + errors
    text = f"{max(total - failed - skipped, 0)} passed, {failed} failed"
    return f"{text}, {skipped} skipped" if skipped else text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
