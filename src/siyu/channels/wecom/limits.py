"""Rules a request must keep, written beside its fields and checked before it leaves.

WeCom counts some texts in characters and some in UTF-8 bytes, and answers a breach with a bare
errcode or, worse, by cutting; a rule here names the field instead.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Protocol, get_args, get_origin, get_type_hints, runtime_checkable

from msgspec import Struct

from siyu.channels.wecom.errors import Violation


@runtime_checkable
class Limit(Protocol):
    """A rule for one value; returns a Chinese complaint, or nothing."""

    def complaint(self, value: Any) -> str | None:
        """Return what is wrong with `value`."""
        ...


@dataclass(frozen=True, slots=True)
class Chars:
    """A text of `least` to `most` characters."""

    most: int
    least: int = 0

    def complaint(self, value: str) -> str | None:
        """Return what is wrong with the text."""
        if len(value) > self.most:
            return f"最多 {self.most} 个字，现有 {len(value)} 个"
        return _too_few(len(value), self.least, "个字")


@dataclass(frozen=True, slots=True)
class Bytes:
    """A text of `least` to `most` bytes in UTF-8, where a Chinese character takes three."""

    most: int
    least: int = 0

    def complaint(self, value: str) -> str | None:
        """Return what is wrong with the text."""
        size = len(value.encode())
        if size > self.most:
            return f"最多 {self.most} 字节（约 {self.most // 3} 个汉字），现有 {size} 字节"
        return _too_few(size, self.least, "个字")


@dataclass(frozen=True, slots=True)
class Items:
    """A list of `least` to `most` items."""

    most: int
    least: int = 0

    def complaint(self, value: Any) -> str | None:
        """Return what is wrong with the list."""
        if len(value) > self.most:
            return f"最多 {self.most} 项，现有 {len(value)} 项"
        return _too_few(len(value), self.least, "项")


@dataclass(frozen=True, slots=True)
class Between:
    """A whole number from `least` to `most`."""

    least: int
    most: int

    def complaint(self, value: int) -> str | None:
        """Return what is wrong with the number."""
        return (
            None if self.least <= value <= self.most else f"应在 {self.least} 到 {self.most} 之间"
        )


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few values."""

    values: tuple[Any, ...]

    def complaint(self, value: Any) -> str | None:
        """Return what is wrong with the value."""
        return None if value in self.values else f"应为 {'、'.join(map(str, self.values))} 之一"


def violations(value: Struct, path: str = "") -> Iterator[Violation]:
    """Yield every rule that `value`, or a struct inside it, breaks; absent fields break none.

    A struct with rules that one field's limits cannot say has a method ``broken_rules`` that yields
    a field and a Chinese sentence for each.
    """
    for name, limits in _limits(type(value)):
        here = f"{path}{name}"
        item = getattr(value, name)
        if item is None:
            continue
        for limit in limits:
            if (complaint := limit.complaint(item)) is not None:
                yield Violation(here, f"{here}：{complaint}")
        for index, inner in enumerate(item if isinstance(item, (list, tuple)) else [item]):
            if isinstance(inner, Struct):
                position = f"{here}.{index}." if isinstance(item, (list, tuple)) else f"{here}."
                yield from violations(inner, position)
    if (broken_rules := getattr(value, "broken_rules", None)) is not None:
        for field, message in broken_rules():
            yield Violation(f"{path}{field}", f"{path}{field}：{message}")


@cache
def _limits(kind: type[Struct]) -> tuple[tuple[str, tuple[Limit, ...]], ...]:
    hints = get_type_hints(kind, include_extras=True)
    return tuple((name, tuple(_metadata(hints[name]))) for name in kind.__struct_fields__)


def _metadata(hint: Any) -> Iterator[Limit]:
    if get_origin(hint) is Annotated:
        yield from (item for item in hint.__metadata__ if isinstance(item, Limit))
        yield from _metadata(get_args(hint)[0])
    elif get_origin(hint) not in {list, tuple}:  # a rule for the items is not one for the list
        for inner in get_args(hint):
            yield from _metadata(inner)


def _too_few(count: int, least: int, unit: str) -> str | None:
    if count >= least:
        return None
    return "不能为空" if least == 1 else f"至少 {least} {unit}"
