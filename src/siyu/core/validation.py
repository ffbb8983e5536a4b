"""What msgspec found wrong with input, told by field and in Chinese.

msgspec says it in one English sentence, followed by the path: ``Object missing required field
`title` - at `$.items[0]` ``. Values are never repeated: they may be personal.
"""

import re
from collections.abc import Callable
from typing import Final

import msgspec

from siyu.core.errors import FieldError

_TYPES: Final = {
    "str": "文本",
    "int": "整数",
    "float": "数字",
    "bool": " true 或 false",
    "array": "列表",
    "object": "对象",
    "datetime": "日期时间",
    "date": "日期",
    "null": "空",
}
_UNITS: Final = {"str": "个字", "array": "项"}
_COMPARED: Final = {">=": "不小于", "<=": "不大于", ">": "大于", "<": "小于"}

_NAMED: Final = re.compile(r"Object (missing required|contains unknown) field `([^`]+)`")
_TYPE: Final = re.compile(r"Expected `([^`]+)`, got")
_LENGTH: Final = re.compile(r"Expected `(str|array)` of length (>=|<=|==) (\d+)")
_LIMIT: Final = re.compile(r"Expected `(?:int|float|decimal)` (>=|<=|>|<) (-?[\d.]+)")
_RULES: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]] = (
    (_TYPE, lambda found: f"应为{_type(found[1])}"),
    (_LENGTH, lambda found: _length(found[1], found[2], int(found[3]))),
    (_LIMIT, lambda found: f"应{_COMPARED[found[1]]} {found[2]}"),
    (re.compile(r"timezone component"), lambda _: "应为带时区的日期时间"),
    (re.compile(r"Invalid (RFC3339|ISO8601)"), lambda _: "应为 ISO 8601 格式的日期或时间"),
    (re.compile(r"Invalid (enum )?value"), lambda _: "不在可选范围内"),
    (re.compile(r"matching regex"), lambda _: "格式不正确"),
)


def field_error(error: msgspec.ValidationError) -> FieldError:
    """Return which field of a body broke which rule."""
    sentence, _, path = str(error).partition(" - at `$")
    return describe(sentence, path.rstrip("`").lstrip("."))


def describe(sentence: str, path: str) -> FieldError:
    """Return the same of a sentence of msgspec's and a path; an empty path is the whole input."""
    if (named := _NAMED.match(sentence)) is not None:
        field = f"{path}.{named[2]}".lstrip(".")
        if named[1] == "missing required":
            return FieldError(field, "missing", f"缺少 {field}")
        return FieldError(field, "unknown", f"不认识的字段 {field}")
    return FieldError(path, "invalid", f"{path or '提交的内容'} {_rule(sentence)}")


def _rule(sentence: str) -> str:
    for pattern, tell in _RULES:
        if (found := pattern.search(sentence)) is not None:
            return tell(found)
    return "不符合要求"


def _type(names: str) -> str:
    return "或".join(_TYPES.get(name, name) for name in names.split(" | "))


def _length(kind: str, comparison: str, length: int) -> str:
    if (comparison, length) == (">=", 1):
        return "不能为空"
    limit = {">=": "至少", "<=": "最多", "==": "应为"}[comparison]
    return f"{limit} {length} {_UNITS[kind]}"
