"""Turns every error of a request into a problem document (RFC 9457)."""

import re
from typing import Any, Final

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from sqlalchemy.exc import DBAPIError

from siyu.core.db import refused_value
from siyu.core.errors import FieldError, Invalid, Problem, Unavailable
from siyu.core.validation import describe
from siyu.core.web.asgi import PROBLEM_TYPE

_log = structlog.get_logger(__name__)

_SENTENCES = {
    400: ("request_invalid", "请求格式不正确"),
    401: ("not_signed_in", "请先登录"),
    403: ("forbidden", "没有权限"),
    404: ("not_found", "没有找到这个地址"),
    405: ("method_not_allowed", "这个地址不支持该操作"),
    413: ("body_too_large", "提交的内容过大"),
    415: ("media_type_unsupported", "不支持这种内容类型"),
    429: ("too_many_requests", "操作过于频繁，请稍后再试"),
}

AnyRequest = Request[Any, Any, Any]

_SERVER_ERRORS: Final = 500
_BODY: Final = "data"
_ABSENT: Final = re.compile(r"Missing required \w+ parameter '([^']+)'")


def response_of(problem: Problem) -> Response[bytes]:
    """Return the response that tells a problem."""
    return Response(
        msgspec.json.encode(problem.document()),
        status_code=problem.status,
        media_type=PROBLEM_TYPE,
        headers={"Cache-Control": "no-store", **problem.headers},
    )


def on_problem(_request: AnyRequest, problem: Problem) -> Response[bytes]:
    """Tell a refusal of siyu's own."""
    return response_of(problem)


def on_validation(_request: AnyRequest, error: ValidationException) -> Response[bytes]:
    """Tell which field of the input broke its type or limits."""
    return response_of(_validation_problem(error))


def on_http(request: AnyRequest, error: HTTPException) -> Response[bytes]:
    """Tell a refusal of the framework's, such as an unknown address."""
    if error.status_code >= _SERVER_ERRORS:
        return on_defect(request, error)
    code, sentence = _SENTENCES.get(error.status_code, ("request_failed", "请求未能完成"))
    problem = Problem(code, sentence, headers=error.headers)
    document = {**problem.document(), "status": error.status_code, "title": sentence}
    return Response(
        msgspec.json.encode(document),
        status_code=error.status_code,
        media_type=PROBLEM_TYPE,
        headers=dict(error.headers or {}),
    )


def on_database(request: AnyRequest, error: DBAPIError) -> Response[bytes]:
    """Tell that the database is away, or cannot hold the input; the rest is a defect of ours."""
    if error.connection_invalidated:
        return response_of(Unavailable("database_unavailable", "数据库暂时不可用，请稍后重试"))
    if refused_value(error):
        return response_of(Invalid("value_impossible", "提交的内容含有无法保存的字符或数字"))
    return on_defect(request, error)


def on_defect(request: AnyRequest, error: Exception) -> Response[bytes]:
    """Tell that siyu itself failed, and log why under the request's id."""
    _log.error("request.failed", path=request.url.path, exc_info=error)
    return response_of(Problem("internal_error", "系统出错了，我们已记录；请稍后重试"))


def _validation_problem(error: ValidationException) -> Problem:
    if (absent := _ABSENT.match(error.detail)) is not None:
        missing = FieldError(absent[1], "missing", f"缺少参数 {absent[1]}")
        return Invalid("input_invalid", missing.message, errors=[missing])
    found = error.extra if isinstance(error.extra, list) else []
    errors = [_told(item) for item in found if isinstance(item, dict)]
    detail = "；".join(each.message for each in errors) or "提交的内容不符合要求，请检查后重试"
    return Invalid("input_invalid", detail, errors=errors)


def _told(item: dict[str, Any]) -> FieldError:
    """Return what the framework found; it calls the body itself ``data``."""
    key = str(item.get("key", ""))
    return describe(str(item.get("message", "")), "" if key == _BODY else key)


HANDLERS: dict[int | type[Exception], Any] = {
    Problem: on_problem,
    ValidationException: on_validation,
    HTTPException: on_http,
    DBAPIError: on_database,
    Exception: on_defect,
}
