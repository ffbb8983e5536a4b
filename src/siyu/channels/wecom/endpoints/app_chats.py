"""Internal groups that the application makes and writes to (群聊会话); no customers in them.

The application must see the root department. A new group shows on phones with its first message.
"""

from collections.abc import Iterator
from typing import Annotated, Final

from siyu.channels.wecom.endpoint import Endpoint, Part, Reply, Request
from siyu.channels.wecom.endpoints.content import UserId
from siyu.channels.wecom.endpoints.messages import Content
from siyu.channels.wecom.limits import Bytes, Chars, Items

ChatId = Annotated[str, Bytes(32, 1)]
ChatName = Annotated[str, Chars(50)]


class CreateChatRequest(Request, kw_only=True, frozen=True):
    """A group of 2 to 2,000; without `owner` one is drawn, without `chatid` one is given.

    `chatid` is of letters and digits.
    """

    userlist: Annotated[list[UserId], Items(2000, 2)]
    name: ChatName | None = None
    owner: UserId | None = None
    chatid: ChatId | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield violations about id and owner."""
        if self.chatid and not (self.chatid.isascii() and self.chatid.isalnum()):
            yield "chatid", "只能使用字母和数字"
        if self.owner and self.owner not in self.userlist:
            yield "owner", "群主应在成员之中"


class CreateChatReply(Reply, kw_only=True, frozen=True):
    """The id to write to."""

    chatid: str


class UpdateChatRequest(Request, kw_only=True, frozen=True):
    """Changes of a group of the application's own."""

    chatid: ChatId
    name: ChatName | None = None
    owner: UserId | None = None
    add_user_list: Annotated[list[UserId], Items(2000)] | None = None
    del_user_list: Annotated[list[UserId], Items(2000)] | None = None


class ChatRequest(Request, kw_only=True, frozen=True):
    """One group."""

    chatid: ChatId


class Chat(Part, kw_only=True, frozen=True):
    """A group."""

    chatid: str = ""
    name: str = ""
    owner: str = ""
    userlist: tuple[str, ...] = ()


class ChatReply(Reply, kw_only=True, frozen=True):
    """The group asked for."""

    chat_info: Chat


class ChatMessageRequest(Content, kw_only=True, frozen=True):
    """A message to a group; cards of mini programs and templates are not possible."""

    chatid: ChatId


# a repeat without a chatid of one's own would make another group
CREATE_CHAT: Final = Endpoint(
    "POST", "/cgi-bin/appchat/create", "90245", CreateChatRequest, CreateChatReply, idempotent=False
)
UPDATE_CHAT: Final = Endpoint("POST", "/cgi-bin/appchat/update", "90246", UpdateChatRequest, Reply)
GET_CHAT: Final = Endpoint("GET", "/cgi-bin/appchat/get", "90247", ChatRequest, ChatReply)
SEND_TO_CHAT: Final = Endpoint(
    "POST", "/cgi-bin/appchat/send", "90248", ChatMessageRequest, Reply, idempotent=False
)
