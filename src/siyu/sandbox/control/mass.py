"""Control of mass messages, as in the client of a staff account: ``/world/api/staff``."""

from typing import Any

import msgspec
from litestar import Controller, get, post
from litestar.params import FromPath, JSONBody

from siyu.sandbox.control.guard import from_this_machine
from siyu.sandbox.control.parts import TheWorld
from siyu.sandbox.control.people import staff_of
from siyu.sandbox.control.problems import NotInWorld
from siyu.sandbox.control.views import Side, side
from siyu.sandbox.world import ids, mass
from siyu.sandbox.world import mass_records as m
from siyu.sandbox.world.contacts import WorldRefused
from siyu.sandbox.world.state import World


class Chosen(msgspec.Struct):
    """Body of ``POST staff/{userid}/mass-tasks/{msgid}/send``; without ``receivers`` all."""

    receivers: list[str] | None = None


class Link(msgspec.Struct):
    """A link card."""

    url: str
    title: str
    desc: str = ""
    pic: str = ""


class NewMass(msgspec.Struct):
    """Body of ``POST staff/{userid}/mass-messages``: to customers or to own groups, not both."""

    text: str = ""
    link: Link | None = None
    people: list[int] = []
    groups: list[str] = []


class ReceiverView(msgspec.Struct):
    """A receiver. ``status``: 0 unsent, 1 sent, 2 no friend any more, 3 beyond the quota."""

    who: str
    name: str
    avatar: str
    status: int


class MassTaskView(msgspec.Struct, kw_only=True):
    """A task in the client. ``state``: waiting, dispatching, ignored, sent, cancelled."""

    msgid: str
    chat_type: str
    created: float
    state: str
    text: str
    attachments: list[dict[str, str]]
    allow_select: bool
    reminders: int
    sent: float | None
    receivers: list[ReceiverView]


def mass_task_view(world: World, task: m.MassTask) -> MassTaskView:
    """Show a task to the staff account that has it."""
    message = mass.message_of(world, task)
    return MassTaskView(
        msgid=message.msgid, chat_type=message.chat_type, created=message.created,
        state=_state(world, task, message), text=message.text,
        attachments=[{"kind": kind, **parts} for kind, parts in message.shown],
        allow_select=message.allow_select, reminders=len(message.reminders), sent=task.sent,
        receivers=[_receiver(world, receiver) for receiver in task.receivers],
    )  # fmt: skip


def _state(world: World, task: m.MassTask, message: m.MassMessage) -> str:
    if task.sent is not None:
        return "sent"
    if message.cancelled:
        return "cancelled"
    if not mass.dispatched(world, message):
        return "dispatching"
    return "ignored" if task.ignored else "waiting"


def _receiver(world: World, receiver: m.Receiver) -> ReceiverView:
    group = world.groups.get(receiver.who)
    shown = Side(receiver.who, group.face.name, "") if group else side(world, receiver.who)
    return ReceiverView(receiver.who, shown.name, shown.avatar, receiver.status)


def _task(world: World, userid: str, msgid: str) -> m.MassTask:
    task = world.mass.task(msgid, staff_of(world, userid).userid)
    if task is None:
        raise NotInWorld("该员工没有这条群发任务")
    return task


class MassController(Controller):
    """Mass messages a staff account has to confirm, and those it makes itself."""

    path = "/world/api/staff/{userid:str}"
    guards = (from_this_machine,)

    @get("/mass-tasks")
    async def tasks(self, world: TheWorld, userid: FromPath[str]) -> dict[str, list[MassTaskView]]:
        """List all tasks of the account, the latest first."""
        tasks = world.mass.of_staff[staff_of(world, userid).userid]
        shown = [mass_task_view(world, task) for task in tasks]
        return {"items": sorted(shown, key=lambda task: -task.created)}

    @post("/mass-tasks/{msgid:str}/send")
    async def send(
        self, world: TheWorld, userid: FromPath[str], msgid: FromPath[str], data: JSONBody[Chosen]
    ) -> MassTaskView:
        """Confirm a task; receivers may be left out where the corporation allows it."""
        task = mass.confirm(world, _task(world, userid, msgid), data.receivers)
        await world.journal.settled()
        return mass_task_view(world, task)

    @post("/mass-tasks/{msgid:str}/ignore")
    async def ignore(
        self, world: TheWorld, userid: FromPath[str], msgid: FromPath[str]
    ) -> MassTaskView:
        """Put a task aside; it can still be confirmed."""
        task = mass.ignore(world, _task(world, userid, msgid))
        await world.journal.settled()
        return mass_task_view(world, task)

    @post("/mass-messages")
    async def personal(
        self, world: TheWorld, userid: FromPath[str], data: JSONBody[NewMass]
    ) -> MassTaskView:
        """Send a mass message of the staff member's own making, at once."""
        staff = staff_of(world, userid)
        if bool(data.people) == bool(data.groups):
            raise WorldRefused("请选择客户或客户群中的一种")
        if not data.text and data.link is None:
            raise WorldRefused("没有可以发送的内容")
        attachments, shown = _content(data.link)
        message = m.MassMessage(
            msgid=ids.mass_message_id(), chat_type=m.GROUP if data.groups else m.SINGLE,
            created=world.now(), creator=staff.userid, text=data.text,
            attachments=attachments, shown=shown,
        )  # fmt: skip
        receivers = data.groups or [f"p-{person}" for person in data.people]
        task = mass.send_personal(world, message, list(dict.fromkeys(receivers)))
        await world.journal.settled()
        return mass_task_view(world, task)


def _content(link: Link | None) -> tuple[list[dict[str, Any]], list[tuple[str, dict[str, str]]]]:
    """Return a link as the server API lists it, and as the chats show it."""
    if link is None:
        return [], []
    listed = {"title": link.title, "url": link.url, "desc": link.desc, "picurl": link.pic}
    shown = {"title": link.title, "url": link.url, "desc": link.desc, "pic": link.pic}
    return [{"msgtype": "link", "link": listed}], [("link", shown)]
