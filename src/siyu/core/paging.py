"""Keyset paging: a cursor names the last row seen, so depth costs nothing."""

import base64
import binascii
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

import msgspec

from siyu.core.errors import Invalid

T = TypeVar("T")

Limit = Annotated[int, msgspec.Meta(ge=1, le=200)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
"""A moment in a cursor,"""
Number = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
"""and a number; cursors come from outside, so both are checked."""


class Page(msgspec.Struct, Generic[T]):
    """One page of a list; `next_cursor` is absent on the last page."""

    items: list[T]
    next_cursor: str | None = None


def encode_cursor(*key: Any) -> str:
    """Turn the sort key of the last row into an opaque cursor."""
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).rstrip(b"=").decode()


def decode_cursor(cursor: str, *types: Any) -> tuple[Any, ...]:
    """Return the sort key in a cursor, checked against `types`.

    Raises `Invalid` when the cursor was not made by `encode_cursor` with them.
    """
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        # `tuple[...]` is built from the caller's types, which no checker can follow.
        return msgspec.json.decode(raw, type=tuple[types])  # type: ignore[valid-type]
    except (binascii.Error, ValueError, msgspec.MsgspecError) as error:
        raise Invalid("cursor_invalid", "翻页位置已失效，请回到第一页") from error
