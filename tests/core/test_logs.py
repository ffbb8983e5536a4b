"""Logs keep out of what a command prints."""

import subprocess
import sys

_SAYS = """
import structlog
from siyu.core.logs import configure_logs
from siyu.core.settings import Settings
configure_logs(Settings())
structlog.get_logger().warning("something.happened")
print('{"ok": true}')
"""


def test_a_log_line_does_not_stand_amid_what_a_command_prints() -> None:
    command = [sys.executable, "-c", _SAYS]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own program
    assert done.stdout == '{"ok": true}\n'
    assert "something.happened" in done.stderr
