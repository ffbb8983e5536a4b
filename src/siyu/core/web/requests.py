"""Bodies of requests, read at the edge."""

from typing import Any

from litestar import Request
from litestar.exceptions import SerializationException

from siyu.core.errors import Invalid


class PlainRequest(Request[Any, Any, Any]):
    r"""A request whose body is JSON in UTF-8, or is refused in words (``body_unreadable``).

    Half a character, as of a name cut in the midst of a picture letter, comes as an escape
    (``\ud83d``) or as bytes that are no UTF-8. PostgreSQL could keep neither.
    """

    async def json(self) -> Any:
        """Return the body as plain values; raises `Invalid`."""
        try:
            return await super().json()
        except (SerializationException, UnicodeDecodeError) as error:
            raise Invalid(
                "body_unreadable", "提交的内容不是完整的 JSON（UTF-8），或含有残缺的字符"
            ) from error
