"""Errors of the control API as problem details (RFC 9457)."""

from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException

from siyu.sandbox.world.contacts import WorldRefused
from siyu.sandbox.world.directory import DirectoryRefused
from siyu.sandbox.world.tags import TagRefused

_TYPE = "application/problem+json"


class NotInWorld(Exception):
    """Something named in a request does not exist; the sentence says what, in Chinese."""


def _problem(status: int, code: str, sentence: str) -> Response[dict[str, Any]]:
    return Response(
        {"type": f"about:blank#{code}", "code": code, "status": status, "title": sentence,
         "detail": sentence},
        status_code=status,
        media_type=_TYPE,
    )  # fmt: skip


def refused(_request: Request[Any, Any, Any], error: WorldRefused) -> Response[dict[str, Any]]:
    """409: the world's state does not allow it."""
    return _problem(409, "world_refused", str(error))


def refused_by_directory(
    _request: Request[Any, Any, Any], error: DirectoryRefused
) -> Response[dict[str, Any]]:
    """409: WeCom would refuse it with a code."""
    return _problem(409, "world_refused", f"通讯录不允许这样修改({error.code})")


def refused_tag(_request: Request[Any, Any, Any], error: TagRefused) -> Response[dict[str, Any]]:
    """409: WeCom would refuse it with a code."""
    return _problem(409, "world_refused", f"企业标签不允许这样修改({error.code})")


def missing(_request: Request[Any, Any, Any], error: NotInWorld) -> Response[dict[str, Any]]:
    """404: no such thing in the world."""
    return _problem(404, "not_in_world", str(error))


def http_error(_request: Request[Any, Any, Any], error: HTTPException) -> Response[dict[str, Any]]:
    """Shape what the framework refuses: unknown routes, bodies of the wrong shape."""
    return _problem(error.status_code, "bad_request", error.detail)


HANDLERS: Any = {
    WorldRefused: refused,
    DirectoryRefused: refused_by_directory,
    TagRefused: refused_tag,
    NotInWorld: missing,
    HTTPException: http_error,
}
