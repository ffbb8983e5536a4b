"""Requests given as plain fields, such as a dict from JSON, checked before they are sent."""

import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from siyu.channels.wecom.endpoint import Endpoint, Plain, Request, Upload
from siyu.channels.wecom.errors import RequestRefused, Violation
from siyu.channels.wecom.limits import violations

_MISSING: Final = re.compile(r"missing required field `([^`]+)`")
_EXPECTED: Final = re.compile(r"Expected `([^`]+)`, got `([^`]+)`")
_PLACE: Final = re.compile(r" - at `\$\.?([^`]*)`$")


def checked(endpoint: Endpoint[Any, Any], fields: Mapping[str, Any]) -> Request:
    """Return the request that says `fields`; raises `RequestRefused`.

    Types, needed fields and the limits of the endpoint are checked. Fields that its type does not
    know are sent too, because WeCom adds fields faster than any table.
    """
    try:
        request: Request = msgspec.convert(dict(fields), endpoint.request, strict=False)
    except msgspec.ValidationError as error:
        raise RequestRefused([_violation(str(error))], endpoint.path) from error
    if broken := list(violations(request)):
        raise RequestRefused(broken, endpoint.path)
    return request if isinstance(request, Upload) else Plain(fields=dict(fields))


def _violation(error: str) -> Violation:
    found = _PLACE.search(error)
    place = re.sub(r"\[(\d+|\.\.\.)\]", r".\1", found[1]).strip(".") if found else ""
    if (missing := _MISSING.search(error)) is not None:
        field = f"{place}.{missing[1]}".strip(".")
        return Violation(field, f"{field}：缺少必填字段")
    if (expected := _EXPECTED.search(error)) is not None:
        return Violation(place, f"{place}：类型应为 {expected[1]}，现为 {expected[2]}")
    return Violation(place, f"{place}：{error}")
