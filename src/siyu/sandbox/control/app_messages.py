"""Control of what apps write: a staff member reads cards and presses them; internal groups."""

from typing import Any

import msgspec
from litestar import Controller, get, post
from litestar.params import FromPath, JSONBody

from siyu.sandbox.control.guard import from_this_machine
from siyu.sandbox.control.parts import TheWorld
from siyu.sandbox.control.people import staff_of
from siyu.sandbox.control.problems import NotInWorld
from siyu.sandbox.world import app_messages
from siyu.sandbox.world import app_records as p
from siyu.sandbox.world import records as r
from siyu.sandbox.world.state import app_group_chat


class Press(msgspec.Struct):
    """Body of ``…/press``: the button's or menu entry's key, chosen options by question."""

    key: str
    answers: dict[str, list[str]] = {}


def _view(message: p.AppMessage, userid: str) -> dict[str, Any]:
    return {
        "msgid": message.msgid, "agentid": message.agentid, "at": message.at,
        "msgtype": message.msgtype, "recalled": message.recalled,
        "content": app_messages.card_of(message, userid),
    }  # fmt: skip


class AppMessagesController(Controller):
    """Messages of apps on the phone of a staff member."""

    path = "/world/api"
    guards = (from_this_machine,)

    @get("/staff/{userid:str}/app-messages")
    async def messages(self, world: TheWorld, userid: FromPath[str]) -> dict[str, Any]:
        """List what apps wrote to an account, the latest first."""
        staff_of(world, userid)
        found = [m for m in world.apps_said.messages if userid in m.shown]
        return {"items": [_view(m, userid) for m in sorted(found, key=lambda m: -m.at)]}

    @post("/staff/{userid:str}/app-messages/{msgid:str}/press")
    async def press(
        self, world: TheWorld, userid: FromPath[str], msgid: FromPath[str], data: JSONBody[Press]
    ) -> dict[str, Any]:
        """Press something on a card; the app is told."""
        staff_of(world, userid)
        message = world.apps_said.messages.get(msgid)
        if message is None or userid not in message.shown:
            raise NotInWorld("没有这条消息")
        app_messages.press(world, message, userid, data.key, data.answers)
        await world.journal.settled()
        return _view(message, userid)

    @get("/app-chats")
    async def chats(self, world: TheWorld) -> dict[str, list[p.AppChat]]:
        """List the internal groups that apps made."""
        return {"items": list(world.apps_said.chats)}

    @get("/app-chats/{chatid:str}/messages")
    async def said(self, world: TheWorld, chatid: FromPath[str]) -> dict[str, list[r.Message]]:
        """List what was written to an internal group, the latest first."""
        if chatid not in world.apps_said.chats:
            raise NotInWorld("没有这个群")
        return {"items": world.chats[app_group_chat(chatid)][::-1]}
