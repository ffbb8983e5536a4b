"""What all events have in common, and how a callback's fields become one.

Two envelopes carry them: that of a self-built app (``ToUserName``, ``Event``, ``CreateTime``) and
that of a provider's suite (``AuthCorpId``, ``InfoType``, ``TimeStamp``); the business fields are
the same. Both come as XML or as JSON.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Final, TypeVar

import msgspec
from msgspec import Meta, Struct

from siyu.channels.wecom import lenient
from siyu.channels.wecom.callback import parse_fields

_LATEST: Final = 253_402_300_799  # the last second a datetime can hold
Needed = Annotated[str, Meta(min_length=1)]
Seconds = Annotated[int, Meta(ge=0, le=_LATEST)]
_ENVELOPE: Final = {
    "AuthCorpId": "ToUserName",
    "InfoType": "Event",
    "TimeStamp": "CreateTime",
}
_PLAIN: Final = frozenset({"ToUserName", "Event", "ChangeType", "MsgId", "SuiteId"})


class CallbackEvent(Struct, frozen=True, kw_only=True):
    """What every event says. `raw` holds all fields as they came, unknown ones included."""

    corp_id: str = msgspec.field(name="ToUserName", default="")
    event: str = msgspec.field(name="Event", default="")
    change_type: str = msgspec.field(name="ChangeType", default="")
    created: Seconds = msgspec.field(name="CreateTime", default=0)
    message_id: str = msgspec.field(name="MsgId", default="")
    suite_id: str = msgspec.field(name="SuiteId", default="")
    raw: dict[str, Any] = msgspec.field(name="raw", default_factory=dict)

    @property
    def occurred_at(self) -> datetime:
        """When WeCom says it happened, to the second."""
        return datetime.fromtimestamp(self.created, UTC)


class UnknownEvent(CallbackEvent, frozen=True, kw_only=True):
    """An event without a type of its own, or one of a known type that lacks what it must have."""


E = TypeVar("E", bound=CallbackEvent)


def fields_of(plaintext: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return all fields as they came, and the same under the names of a self-built app."""
    raw = parse_fields(plaintext)
    fields = {name: _flat(value) for name, value in raw.items()}
    for theirs, ours in _ENVELOPE.items():
        if theirs in fields:
            fields.setdefault(ours, fields[theirs])
    return raw, fields


def typed(raw: dict[str, Any], fields: Mapping[str, Any], kind: type[E]) -> E | UnknownEvent:
    """Return the fields as an event of `kind`; an odd field that is not needed is left out."""
    # an empty element means the same as none, and is no number
    filled = {name: value for name, value in fields.items() if value not in ("", None)}
    if "CreateTime" in filled and not _moment(filled):
        return _unknown(raw, fields)  # its time is part of what an event says
    try:
        return lenient.read({**filled, "raw": raw}, kind)
    except msgspec.ValidationError:
        return _unknown(raw, fields)


def text(value: Any) -> str:
    """Return a value that is a text, else the empty one."""
    return value if isinstance(value, str) else ""


def listed(value: Any, name: str) -> tuple[Any, ...]:
    """Return what stands `name` times inside `value`, however often that is.

    XML gives one element alone and several as a list; JSON may leave out the elements' name.
    """
    inner = value.get(name) if isinstance(value, dict) else value
    if inner in ("", None):
        return ()
    return tuple(inner) if isinstance(inner, list) else (inner,)


def _flat(value: Any) -> Any:
    # JSON tells numbers apart, but a field's type is ours to say
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def _unknown(raw: dict[str, Any], fields: Mapping[str, Any]) -> UnknownEvent:
    texts = {name: text(value) for name, value in fields.items() if name in _PLAIN}
    return msgspec.convert({**texts, **_moment(fields), "raw": raw}, UnknownEvent)


def _moment(fields: Mapping[str, Any]) -> dict[str, int]:
    created = text(fields.get("CreateTime"))
    if not (created.isascii() and created.isdigit() and len(created) <= len(str(_LATEST))):
        return {}
    return {"CreateTime": min(int(created), _LATEST)}
