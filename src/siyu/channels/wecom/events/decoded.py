"""A callback as plain data with every field: for people, programs and tests."""

import re
from collections.abc import Mapping
from typing import Any, Final

from siyu.channels.wecom.callback import is_json, parse_fields

# what WeCom counts or measures; everything else, ids and codes above all, stays the text it is
_NUMBERS: Final = frozenset({
    "ApplyTime", "ArticleCount", "ApproverAttr", "AdvanceApiType", "BusinessType", "ChatSeq",
    "Count", "CreateTime", "Edition", "ErrCode", "ExpireQuotaNum", "ExpireTime", "ExpiresIn",
    "Gender", "JoinScene", "Latitude", "Location_X", "Location_Y", "Longitude", "MemChangeCnt",
    "NodeAttr", "NodeStatus", "NodeType", "NotifyType", "OpTime", "OpenSpStatus", "Order",
    "OrderStatus", "PopupScene", "Precision", "PreviousStatus", "QuitScene", "Scale", "Scene",
    "SpStatus", "SpType", "StatuChangeEvent", "Status", "TimeStamp", "Timestamp",
})  # fmt: skip
# what may come several times stays a list when it comes once
_REPEATED: Final[Mapping[str, frozenset[str]]] = {
    "MemChangeList": frozenset({"Item"}),
    "ExtAttr": frozenset({"Item"}),
    "SelectedItems": frozenset({"SelectedItem"}),
    "OptionIds": frozenset({"OptionId"}),
    "PicList": frozenset({"item"}),
    "Articles": frozenset({"item"}),
    "ApprovalNodes": frozenset({"ApprovalNode"}),
    "NotifyNodes": frozenset({"NotifyNode"}),
    "Items": frozenset({"Item"}),
    "SubscribeMsgPopupEvent": frozenset({"List"}),
    "SubscribeMsgChangeEvent": frozenset({"List"}),
    "SubscribeMsgSentEvent": frozenset({"List"}),
}
_NOTHING: Final[frozenset[str]] = frozenset()
_NUMBER: Final = re.compile(r"-?(?:0|[1-9]\d{0,15})(?:\.\d{1,12})?")


def decoded(plaintext: bytes) -> dict[str, Any]:
    """Return every field of a decrypted callback under WeCom's own names.

    XML knows no numbers, so known counts, times and measures become numbers where these print the
    same, and nothing else does: ``0012`` and ``1.50`` stay texts. Empty elements stay as empty
    texts. JSON comes back as it is. Raises `CallbackRefused`.
    """
    fields = parse_fields(plaintext)
    if is_json(plaintext):
        return fields
    return {name: _value(name, value) for name, value in fields.items()}


def _value(name: str, value: Any) -> Any:
    if isinstance(value, dict):
        repeated = _REPEATED.get(name, _NOTHING)
        return {inner: _inner(inner, one, repeated) for inner, one in value.items()}
    if isinstance(value, list):
        return [_value(name, one) for one in value]
    return _number(value) if name in _NUMBERS else value


def _inner(name: str, value: Any, repeated: frozenset[str]) -> Any:
    read = _value(name, value)
    return read if isinstance(read, list) or name not in repeated else [read]


def _number(text: str) -> int | float | str:
    if not _NUMBER.fullmatch(text):
        return text
    number: int | float = float(text) if "." in text else int(text)
    return number if str(number) == text else text
