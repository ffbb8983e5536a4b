"""Which endpoints tests prove, noted in ``proofs.tsv`` and held to it by every run.

A test proves an endpoint when the gateway got a good answer from it and could read it. To note
anew what tests prove, run them with ``SIYU_NOTE_PROOFS=1`` and ``-n 0``; docs/wecom-endpoints.md
is made from the notes. Each run of a noted test must prove again what was noted of it.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import pytest

from siyu.channels.pay.gateway import KNOWN as PAY
from siyu.channels.wechat.table import known as wechat
from siyu.channels.wecom.endpoints import TABLE, known

_FILE = Path(__file__).with_name("proofs.tsv")
_ROOT = Path(__file__).parents[1]


class Answered(Protocol):
    """A call that was answered, by any of the channels; `errcode` 0 says well.

    The path is the official address where the host is not WeCom's.
    """

    @property
    def path(self) -> str: ...

    @property
    def errcode(self) -> int | None: ...


def hold(node: pytest.Item, records: Iterable[Answered]) -> None:
    """Note what the test proved, or check that it proved what is noted of it."""
    if hasattr(node, "callspec"):
        return  # one of many, of which none stands for the rest
    test = node.nodeid
    answered = {record.path for record in records if record.errcode == 0}
    if os.environ.get("SIYU_NOTE_PROOFS"):
        _note(test, answered)
        return
    noted = {path for _, path, name in _notes() if name == test}
    assert noted <= answered, f"{test} no longer proves {noted - answered}; see tests/proofs.py"


def _note(test: str, answered: set[str]) -> None:
    room = test.split("/")[1]
    others = [note for note in _notes() if note[2] != test and _there(note[2])]
    proven = {path for _, path, name in others if name.split("/")[1] == room}
    methods = {path: method for method, path in [*known(), *TABLE, *wechat(), *PAY]}
    notes = others + [(methods[path], path, test) for path in answered - proven if path in methods]
    lines = sorted("\t".join(note) for note in notes)
    _FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _notes() -> list[tuple[str, str, str]]:
    if not _FILE.exists():
        return []
    lines = (line.split("\t") for line in _FILE.read_text("utf-8").splitlines())
    return [(method, path, test) for method, path, test in lines]


def _there(test: str) -> bool:
    file, _, name = test.partition("::")
    source = _ROOT / file
    return source.exists() and f"def {name}(" in source.read_text("utf-8")
