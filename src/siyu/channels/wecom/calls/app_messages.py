"""Messages of the application to staff: `client.app_messages`."""

from typing import TYPE_CHECKING

from siyu.channels.wecom.endpoints import app_chats as chats
from siyu.channels.wecom.endpoints import messages as rows

if TYPE_CHECKING:
    from siyu.channels.wecom.client import WecomClient


class AppMessages:
    """What the application writes to staff, and its internal groups (docs 90236, 90245)."""

    def __init__(self, client: "WecomClient") -> None:
        self._client = client

    async def send(self, request: rows.MessageRequest) -> rows.MessageReply:
        """Send a message of any type. After a `WeComUnreachable` with `sent` it may have gone."""
        return await self._client.call(rows.SEND_MESSAGE, request)

    async def recall(self, msgid: str) -> None:
        """Take a message of the last 24 hours back."""
        await self._client.call(rows.RECALL_MESSAGE, rows.RecallRequest(msgid=msgid))

    async def update_card(self, request: rows.UpdateCardRequest) -> rows.UpdateCardReply:
        """Change a template card with a code of its own, which works once within 72 hours."""
        return await self._client.call(rows.UPDATE_CARD, request)

    async def create_chat(self, request: chats.CreateChatRequest) -> str:
        """Make an internal group; returns its id."""
        return (await self._client.call(chats.CREATE_CHAT, request)).chatid

    async def update_chat(self, request: chats.UpdateChatRequest) -> None:
        """Change name, owner or members of a group."""
        await self._client.call(chats.UPDATE_CHAT, request)

    async def chat(self, chatid: str) -> chats.Chat:
        """Return a group of the application's own."""
        return (await self._client.call(chats.GET_CHAT, chats.ChatRequest(chatid=chatid))).chat_info

    async def send_to_chat(self, request: chats.ChatMessageRequest) -> None:
        """Write to a group."""
        await self._client.call(chats.SEND_TO_CHAT, request)
