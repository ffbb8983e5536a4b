"""ClickHouse's HTTP interface, read and written: parameters, forms, encodings, error answers.

Source: https://clickhouse.com/docs/interfaces/http
"""

import gzip
import io
import re
import secrets
import zlib
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

import msgspec
from multipart import (  # type: ignore[import-untyped]
    MultipartError,
    MultipartParser,
    parse_options_header,
)

from siyu.core.analytics.engine import Request, Result
from siyu.core.analytics.statement import Kind, Refused, parse

Headers = list[tuple[bytes, bytes]]

_TRANSPORT = frozenset(
    {
        "async_insert",  # an answer here always means written
        "wait_for_async_insert",
        "buffer_size",
        "client_protocol_version",
        "compress",
        "database",
        "decompress",
        "default_format",
        "enable_http_compression",
        "http_headers_progress_interval_ms",
        "password",
        "query",
        "query_id",
        "quota_key",
        "role",
        "send_progress_in_http_headers",
        "session_check",
        "session_id",  # no state outlives a request
        "session_timeout",
        "user",
        "wait_end_of_query",
        "cancel_http_readonly_queries_on_client_close",  # always so
    }
)
_CONTENT_TYPES = {
    "TabSeparated": "text/tab-separated-values; charset=UTF-8",
    "TSV": "text/tab-separated-values; charset=UTF-8",
    "CSV": "text/csv; charset=UTF-8; header=absent",
    "CSVWithNames": "text/csv; charset=UTF-8; header=present",
    "JSON": "application/json; charset=UTF-8",
    "JSONCompact": "application/json; charset=UTF-8",
    "JSONEachRow": "application/x-ndjson; charset=UTF-8",
    "Native": "application/octet-stream",
    "RowBinary": "application/octet-stream",
    "Parquet": "application/octet-stream",
    "ArrowStream": "application/octet-stream",
}
_STREAMABLE = frozenset({"Native", "TabSeparated", "TSV", "CSV", "JSONEachRow", "RowBinary"})
"""Formats whose blocks may simply follow one another: no head, no foot."""
_STATUS = {
    41: 400, 42: 400, 43: 400, 44: 400, 46: 404, 47: 400, 53: 400, 60: 404, 62: 400, 70: 400,
    81: 404, 89: 415, 115: 400, 117: 400, 159: 408, 164: 403, 192: 403, 202: 503, 241: 507,
    344: 403, 386: 400, 394: 499, 456: 400, 457: 400, 497: 403, 516: 403,
}  # fmt: skip
"""HTTP status of ClickHouse error codes; 500 for the rest."""
_UNSAFE_IN_HEADER = re.compile(r"[^\x20-\x7e]")


class TooLarge(Refused):
    """The body is larger than the engine takes."""

    def __init__(self, limit: int) -> None:
        super().__init__(307, "TOO_MANY_BYTES", f"The body exceeds {limit} bytes")


@dataclass(frozen=True)
class Call:
    """An HTTP request before its statement is looked at."""

    method: str
    headers: Mapping[str, str]
    parameters: Mapping[str, str]
    body: bytes = b""
    id: str = field(default_factory=lambda: secrets.token_hex(16))

    @property
    def streams(self) -> bool:
        """Whether the caller wants blocks as they come rather than the whole or an error."""
        return self.parameters.get("wait_end_of_query", "0") not in {"1", "true"}

    @property
    def gzips(self) -> bool:
        """Whether the caller takes and asked for a compressed answer."""
        wanted = self.parameters.get("enable_http_compression", "0") in {"1", "true"}
        return wanted and "gzip" in self.headers.get("accept-encoding", "")

    def request(self) -> Request:
        """Return what the engine is asked. Raises `Refused`."""
        parameters = dict(self.parameters)
        default = parameters.get("default_format") or self.headers.get("x-clickhouse-format")
        statement = parse(
            parameters.get("query", "").encode(), self.body, default_format=default or "Values"
        )
        return Request(
            id=self.id,
            statement=statement,
            settings={
                name: value
                for name, value in parameters.items()
                if name not in _TRANSPORT and not name.startswith("param_")
            },
            parameters={
                name.removeprefix("param_"): value
                for name, value in parameters.items()
                if name.startswith("param_")
            },
            database=parameters.get("database") or self.headers.get("x-clickhouse-database"),
            format=statement.format or default or "TabSeparated",
            read_only=self.method == "GET",
        )


def streamable(request: Request) -> bool:
    """Whether the request's result may be sent block by block."""
    return request.statement.kind is Kind.READ and request.format in _STREAMABLE


def query_parameters(query_string: bytes) -> dict[str, str]:
    """Return the URL's parameters; the last of a name wins."""
    return dict(parse_qsl(query_string.decode("latin-1"), keep_blank_values=True))


def decoded(body: bytes, encoding: str, limit: int) -> bytes:
    """Undo the body's Content-Encoding. Raises `Refused` for others than gzip and deflate."""
    if encoding in {"", "identity"}:
        return body
    if encoding not in {"gzip", "deflate"}:
        raise Refused(89, "UNKNOWN_COMPRESSION_METHOD", f"Unknown Content-Encoding {encoding!r}")
    # 47: zlib reads gzip and zlib heads alike
    opener = zlib.decompressobj(47)
    try:
        data = opener.decompress(body, limit)
    except zlib.error:
        raise Refused(354, "ZLIB_INFLATE_FAILED", "The body is not compressed as it says") from None
    if opener.unconsumed_tail:
        raise TooLarge(limit)
    if not opener.eof:
        raise Refused(354, "ZLIB_INFLATE_FAILED", "The compressed body is cut short")
    return data


def form_fields(content_type: str, body: bytes) -> dict[str, str] | None:
    """Return the fields of a multipart form, in which clients send long parameters.

    Nothing when the body is no form. Raises `Refused` for a broken form and for
    external tables (parts with a file name).
    """
    kind, options = parse_options_header(content_type)
    if kind != "multipart/form-data":
        return None
    try:
        parts = list(MultipartParser(io.BytesIO(body), options.get("boundary", "")))
    except MultipartError as error:
        raise Refused(36, "BAD_ARGUMENTS", f"Broken form: {error}") from None
    if any(part.filename is not None for part in parts):
        raise Refused(48, "NOT_IMPLEMENTED", "External tables are not taken")
    return {part.name: part.raw.decode() for part in parts}


def status_of(code: int) -> int:
    """Return the HTTP status that goes with a ClickHouse error code."""
    return _STATUS.get(code, 500)


def answer_headers(
    call: Call, request: Request | None = None, result: Result | None = None
) -> Headers:
    """Return the headers of an answer."""
    said: MutableMapping[str, str] = {
        "X-ClickHouse-Server-Display-Name": "siyu",
        "X-ClickHouse-Query-Id": call.parameters.get("query_id") or call.id,
        "X-ClickHouse-Timezone": "UTC",
        "Content-Type": "text/plain; charset=UTF-8",
    }
    if request is not None and request.statement.returns_rows:
        said["X-ClickHouse-Format"] = request.format
        said["Content-Type"] = _CONTENT_TYPES.get(request.format, "text/plain; charset=UTF-8")
    if result is not None:
        said["X-ClickHouse-Summary"] = summary(result)
    return [
        (name.encode(), _UNSAFE_IN_HEADER.sub("?", value).encode()) for name, value in said.items()
    ]


def summary(result: Result) -> str:
    """Return what a statement cost, as `X-ClickHouse-Summary` says it."""
    return msgspec.json.encode(
        {
            "read_rows": str(result.read_rows),
            "read_bytes": str(result.read_bytes),
            "written_rows": str(result.written_rows),
            "written_bytes": str(result.written_bytes),
            "result_bytes": str(len(result.body)),
            "elapsed_ns": str(int(result.elapsed * 1e9)),
        }
    ).decode()


def error_in_stream(message: str, tag: str) -> bytes:
    """Return an error that breaks a result off, in the form clients recognise by its tag."""
    text = message.encode() + b"\n"
    head = f"\r\n__exception__\r\n{tag}\r\n".encode()
    return head + text + f"{len(text)} {tag}\r\n__exception__\r\n".encode()


def compressed(body: bytes) -> bytes:
    """Compress an answer, fast rather than small: it only crosses the machine."""
    return gzip.compress(body, compresslevel=1)
