"""Reading WeCom's answers: what can be understood is, what cannot never breaks the rest.

The documentation and the wire disagree now and then: numbers come as texts and texts as numbers,
lists as null, optional objects as empty texts. A value that fits is taken as it is; only where
that fails the repair below is tried, and a field that stays odd falls back to its default.
"""

from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

T = TypeVar("T", bound=Struct)


def read(data: dict[str, Any], kind: type[T]) -> T:
    """Return `data` as `kind`; raises `msgspec.ValidationError` when a needed field is missing."""
    try:
        return msgspec.convert(data, kind, strict=False)
    except msgspec.ValidationError:
        return msgspec.convert(_repair_struct(data, kind), kind, strict=False)


def _repair_struct(data: dict[str, Any], kind: type[Struct]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    repaired: dict[str, Any] = {}
    for field in msgspec.structs.fields(kind):
        if field.encode_name not in data:
            continue
        value = _repair(data[field.encode_name], hints[field.name])
        if field.required or _fits(value, hints[field.name]):
            repaired[field.encode_name] = value
    return repaired


def _repair(value: Any, hint: Any) -> Any:
    if get_origin(hint) in {Union, UnionType}:
        hint = next(option for option in get_args(hint) if option is not NoneType)
        if value is None:
            return None
    if isinstance(hint, type) and issubclass(hint, Struct):
        return _repair_struct(value, hint) if isinstance(value, dict) else value
    if get_origin(hint) is tuple:  # replies hold every list as a tuple of one type
        inner = get_args(hint)[0]
        items = value if isinstance(value, list) else []
        return [item for item in (_repair(item, inner) for item in items) if _fits(item, inner)]
    if hint is str and isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return value


def _fits(value: Any, hint: Any) -> bool:
    try:
        msgspec.convert(value, hint, strict=False)
    except msgspec.ValidationError:
        return False
    return True
