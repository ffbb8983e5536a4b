"""The welcome of a new customer (发送新客户欢迎语)."""

from collections.abc import Iterator
from typing import Annotated, Final

from siyu.channels.wecom.endpoint import Endpoint, Reply, Request
from siyu.channels.wecom.endpoints.content import Attachment, Text
from siyu.channels.wecom.limits import Bytes, Items


class WelcomeRequest(Request, kw_only=True, frozen=True):
    """A text, up to nine attachments, or both, for the code of one callback.

    The code lives 20 s and works once among all applications of the corporation: 41050 says it is
    invalid or late, 41051 that the chat has begun, 41096 that another sends just now.
    """

    welcome_code: Annotated[str, Bytes(512, 1)]
    text: Text | None = None
    attachments: Annotated[list[Attachment], Items(9)] | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation when there is nothing to say."""
        if self.text is None and not self.attachments:
            yield "text", "欢迎语需要文字或附件"


# A code works once, so a repeat after silence does no harm. Twenty seconds are short and customers
# come in bursts, so more calls run at once than elsewhere; 45033 brings the number down.
SEND_WELCOME: Final = Endpoint(
    "POST",
    "/cgi-bin/externalcontact/send_welcome_msg",
    "92137",
    WelcomeRequest,
    Reply,
    urgent=True,
    seconds=5.0,
    in_flight=60,
)
