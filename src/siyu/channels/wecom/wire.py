"""Calls as they stand on the wire: requests written, answers read."""

from codecs import BOM_UTF8
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

import httpx
import msgspec

from siyu.channels.wecom.endpoint import (
    Download,
    Endpoint,
    FileRequest,
    Plain,
    Reply,
    Request,
    Upload,
)
from siyu.channels.wecom.errors import WeComUnreadable
from siyu.channels.wecom.lenient import read
from siyu.core.http import Answer

R = TypeVar("R", bound=Reply)
_JSON: Final = ("application/json", "text/plain", "")
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder()


def request_of(
    http: httpx.AsyncClient,
    base: str,
    endpoint: Endpoint[Any, Any],
    request: Request,
    token: str | None,
) -> httpx.Request:
    """Return the call as it leaves."""
    query: dict[str, Any] = {} if token is None else {endpoint.token.value: token}
    parts: dict[str, Any] = {}
    if isinstance(request, Upload):
        fields = msgspec.to_builtins(request, builtin_types=(bytes,))
        parts["files"] = {"media": (fields.pop("filename"), fields.pop("content"))}
        query |= fields
    elif endpoint.method == "GET":
        query |= _fields(request)
        if isinstance(request, FileRequest):
            first, last = query.pop("first", None), query.pop("last", None)
            if first is not None or last is not None:
                parts["headers"] = {"Range": f"bytes={first or 0}-{'' if last is None else last}"}
    else:
        body: Any = request.fields if isinstance(request, Plain) else request
        if endpoint.query:
            fields = _fields(request)
            query |= {name: fields.pop(name) for name in endpoint.query & fields.keys()}
            body = fields
        parts["content"] = _encoder.encode(body)
        parts["headers"] = {"Content-Type": "application/json"}
    plain = {
        name: int(value) if isinstance(value, bool) else value for name, value in query.items()
    }
    return http.build_request(endpoint.method, f"{base}{endpoint.path}?{urlencode(plain)}", **parts)


def data_of(answer: Answer, endpoint: Endpoint[Any, Any]) -> dict[str, Any]:
    """Return the fields of an answer; raises `WeComUnreadable`."""
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    is_file = "content-disposition" in answer.headers or kind not in _JSON
    if is_file and issubclass(endpoint.response, Download):
        return {"content": answer.content, "content_type": kind}
    return fields_of(answer.content, endpoint.path)


def fields_of(content: bytes, path: str) -> dict[str, Any]:
    """Return the fields of a JSON answer to a call of `path`; raises `WeComUnreadable`."""
    try:
        data = _decoder.decode(content.removeprefix(BOM_UTF8))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise WeComUnreadable("the answer is not JSON", path) from error
    if not isinstance(data, dict):
        raise WeComUnreadable("the answer is not an object", path)
    if not isinstance(data.get("errcode", 0), int):
        raise WeComUnreadable("the errcode is not a number", path)
    return data


def reply_of(data: dict[str, Any], endpoint: Endpoint[Any, R]) -> R:
    """Return the fields of a good answer, typed; raises `WeComUnreadable`."""
    try:
        return read({**data, "raw": data}, endpoint.response)
    except msgspec.ValidationError as error:
        raise WeComUnreadable(str(error), endpoint.path) from error


def _fields(request: Request) -> dict[str, Any]:
    if isinstance(request, Plain):
        return dict(request.fields)
    fields: dict[str, Any] = msgspec.to_builtins(request)
    return fields
