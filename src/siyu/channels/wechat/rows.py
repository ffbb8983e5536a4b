"""What an endpoint of api.weixin.qq.com is: a row, with the classes of its request and reply."""

from dataclasses import dataclass
from typing import Final, Generic, Literal, TypeVar

from siyu.channels.wecom.endpoint import Reply, Request

HOST: Final = "https://api.weixin.qq.com"

Q = TypeVar("Q", bound=Request)
R = TypeVar("R", bound=Reply)


@dataclass(frozen=True, slots=True, eq=False)
class Row(Generic[Q, R]):
    """An endpoint that takes an access token.

    The fields of a GET go into the query, those of a POST into the body. `idempotent` says that a
    call whose outcome is unknown may be repeated without a second effect.
    """

    method: Literal["GET", "POST"]
    path: str
    request: type[Q]
    reply: type[R]
    idempotent: bool = True

    @property
    def address(self) -> str:
        """The official address: WeCom has endpoints of the same paths."""
        return f"{HOST}{self.path}"
