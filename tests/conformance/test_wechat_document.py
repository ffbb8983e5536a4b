"""The program in docs/wechat-gateway.md runs as it stands there."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.meeting import Meeting

DOCUMENT = Path(__file__).parents[2] / "docs" / "wechat-gateway.md"


async def test_the_documented_program_runs(
    met: Meeting, capsys: pytest.CaptureFixture[str]
) -> None:
    program = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)[0]
    names: dict[str, Any] = {"__name__": "documented"}
    exec(compile(program, str(DOCUMENT), "exec"), names)  # noqa: S102 - our own document
    assert await names["main"](met.base) == "NOTPAY"
    assert "prepay_id=wx" in capsys.readouterr().out
