"""Says on stderr what is going on during a long step, and how long it took."""

import os
import sys
import threading
import time
from types import TracebackType
from typing import Self

_HEARTBEAT = 20.0
"""Seconds between signs of life where lines cannot be rewritten (logs of a machine)."""


class Failed(Exception):
    """A step cannot be done; the text tells the user why, and what to do."""


class Step:
    """One long step: a context manager that keeps a line about it up to date.

    On a terminal the line is rewritten ten times a second, elsewhere it is repeated now and then.
    """

    def __init__(self, chinese: str, english: str) -> None:
        self._title = f"{chinese} · {english}"
        self._note = ""
        self._live = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._done = threading.Event()
        self._ticker = threading.Thread(target=self._tick, daemon=True)
        self._began = time.monotonic()

    def note(self, text: str) -> None:
        """Add a detail to the line, such as how many megabytes are there."""
        self._note = f" {text}"

    def __enter__(self) -> Self:
        self._began = time.monotonic()
        if not self._live:
            _line(f"… {self._title}")
        self._ticker.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._done.set()
        self._ticker.join()
        mark = "✓" if error is None else "✗"
        seconds = time.monotonic() - self._began
        start = "\r\x1b[K" if self._live else ""
        _line(f"{start}{mark} {self._title} ({seconds:.1f} s)")

    def _tick(self) -> None:
        while not self._done.wait(0.1 if self._live else _HEARTBEAT):
            seconds = time.monotonic() - self._began
            if self._live:
                text = f"\r\x1b[K… {self._title}{self._note} {seconds:.0f} s"
                sys.stderr.write(text)
                sys.stderr.flush()
            else:
                _line(f"… {self._title}{self._note} ({seconds:.0f} s)")


def _line(text: str) -> None:
    """Write a line whatever the terminal's encoding can show."""
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    sys.stderr.flush()


def say(chinese: str, english: str) -> None:
    """Tell one thing that is not a step."""
    _line(f"  {chinese} · {english}")
