"""Problems as RFC 9457 tells them: a stable code and a sentence a user can act on."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import msgspec


class FieldError(msgspec.Struct, frozen=True):
    """What is wrong with one field of the input; `field` is a dotted path."""

    field: str
    code: str
    message: str


class Problem(Exception):
    """A refusal with a stable `code` and a Chinese `detail` the user can act on.

    `extra` holds further members of the problem document (numbers, ids; never
    personal data).
    """

    status: ClassVar[int] = 500
    title: ClassVar[str] = "系统出错"

    def __init__(
        self,
        code: str,
        detail: str,
        *,
        errors: Sequence[FieldError] = (),
        extra: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
        self.errors = tuple(errors)
        self.extra = dict(extra or {})
        self.headers = dict(headers or {})

    def document(self) -> dict[str, Any]:
        """Return the members of the problem document."""
        members: dict[str, Any] = {
            "type": f"/api/docs/problems#{self.code}",
            "title": self.title,
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
        }
        if self.errors:
            members["errors"] = [msgspec.to_builtins(error) for error in self.errors]
        return {**self.extra, **members}


class Invalid(Problem):
    """The input breaks a rule."""

    status = 400
    title = "输入有误"

    @classmethod
    def field(cls, field: str, code: str, message: str) -> "Invalid":
        """Refuse one field."""
        return cls(code, message, errors=[FieldError(field, code, message)])


class Unauthenticated(Problem):
    """Nobody is signed in."""

    status = 401
    title = "请先登录"


class Forbidden(Problem):
    """The actor may not do this."""

    status = 403
    title = "没有权限"


class NotFound(Problem):
    """There is no such thing, or the actor may not see it."""

    status = 404
    title = "没有找到"


class Conflict(Problem):
    """The state of the thing does not allow this now."""

    status = 409
    title = "状态冲突"


class TooLarge(Problem):
    """The body is larger than the door takes."""

    status = 413
    title = "内容过大"


class TooMany(Problem):
    """Too many calls; `Retry-After` says when to come back."""

    status = 429
    title = "操作过于频繁"

    def __init__(self, code: str, detail: str, *, retry_after: int) -> None:
        super().__init__(
            code,
            detail,
            extra={"retry_after": retry_after},
            headers={"Retry-After": str(retry_after)},
        )


class Unavailable(Problem):
    """Something siyu stands on does not answer just now."""

    status = 503
    title = "暂时不可用"


class BadGateway(Problem):
    """An outside system refused or failed; `extra` may carry its own code."""

    status = 502
    title = "外部系统出错"
