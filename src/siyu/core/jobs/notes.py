"""What long jobs say of themselves to people."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from msgspec import Struct


class Note(NamedTuple):
    """A Chinese sentence; its stable `code` and `values` let other languages say the same."""

    code: str
    text: str
    values: Mapping[str, int | str] = {}


class NoteData(Struct, frozen=True):
    """What of a note is not its text; without a `code` the text is all there is."""

    code: str = ""
    values: dict[str, int | str] = {}


BROKEN: Final = Note("broken", "系统出错，没有完成；可以点「继续」从中断处再试")
KILLED: Final = Note("killed", "途中程序三次意外退出，已停下；请把日志交给技术人员，之后可重试")
ENGINE_AWAY: Final = Note("engine_away", "分析引擎暂时不可用，恢复后会自动继续")
