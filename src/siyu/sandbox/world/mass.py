"""How mass messages reach people: only when staff confirm, and only within the quota (92135)."""

from collections.abc import Iterable, Mapping

from siyu.sandbox.world import mass_records as m
from siyu.sandbox.world import records as r
from siyu.sandbox.world.contacts import WorldRefused
from siyu.sandbox.world.days import day_of, days_in_month, month_of, week_of
from siyu.sandbox.world.state import World, staff_chat

_DAY = 86_400
_REMINDERS = 3
_WEEKLY, _DAILY = 7, 1


def create(
    world: World, message: m.MassMessage, receivers: Mapping[str, Iterable[str]]
) -> m.MassMessage:
    """Give each staff account its receivers; nothing is sent yet."""
    world.mass.messages.save(message)
    for userid, labels in receivers.items():
        task = m.MassTask(
            msgid=message.msgid, userid=userid, receivers=[m.Receiver(who) for who in labels]
        )
        world.mass.add(task)
        world.feed.publish("mass_task", task)
    return message


def dispatched(world: World, message: m.MassMessage) -> bool:
    """Whether the staff have the message by now."""
    if message.creator:
        return True
    return world.now() >= message.created + world.switches.mass_dispatch_seconds


def waiting(world: World, userid: str) -> list[m.MassTask]:
    """Tasks in the client of a staff account that it can still confirm, the latest first."""
    open_ones = (task for task in world.mass.of_staff[userid] if _open(world, task))
    return sorted(open_ones, key=lambda task: -message_of(world, task).created)


def message_of(world: World, task: m.MassTask) -> m.MassMessage:
    """Return the message a task belongs to."""
    message = world.mass.messages.get(task.msgid)
    if message is None:
        raise WorldRefused("没有这条群发消息")
    return message


def _open(world: World, task: m.MassTask) -> bool:
    message = message_of(world, task)
    if task.sent is not None or message.cancelled or message.creator:
        return False
    return dispatched(world, message)


def confirm(world: World, task: m.MassTask, chosen: list[str] | None = None) -> m.MassTask:
    """Let the staff account send to all receivers, or to those it chose where it may choose."""
    message = message_of(world, task)
    if not _open(world, task):
        raise WorldRefused("这条群发任务已发送、已停止或还在派发中")
    if chosen is not None and not message.allow_select:
        raise WorldRefused("这条群发任务不能重新选择客户")
    if chosen is not None and not set(chosen) <= {receiver.who for receiver in task.receivers}:
        raise WorldRefused("选择的客户不在这条群发任务里")
    return _send(world, task, message, chosen)


def ignore(world: World, task: m.MassTask) -> m.MassTask:
    """Let the staff account put the task aside; WeCom tells nobody, and it can still be sent."""
    if task.sent is not None:
        raise WorldRefused("这条群发任务已发送")
    task.ignored = True
    world.mass.tasks.save(task)
    world.feed.publish("mass_task", task)
    return task


def send_personal(world: World, message: m.MassMessage, receivers: list[str]) -> m.MassTask:
    """Let a staff account send a mass message of its own making, which counts like any other."""
    if not receivers:
        raise WorldRefused("没有可以发送的客户")
    create(world, message, {message.creator: receivers})
    return _send(world, world.mass.of_message[message.msgid][0], message, None)


def remind(world: World, message: m.MassMessage) -> bool:
    """Remind who has not confirmed; False when it was done three times within 24 hours."""
    now = world.now()
    message.reminders = [at for at in message.reminders if at > now - _DAY]
    if len(message.reminders) >= _REMINDERS:
        return False
    message.reminders.append(now)
    world.mass.messages.save(message)
    for task in world.mass.of_message[message.msgid]:
        if task.sent is None:
            task.ignored = False
            world.mass.tasks.save(task)
            world.feed.publish("mass_task", task)
    return True


def cancel(world: World, message: m.MassMessage) -> None:
    """Take the tasks that are not confirmed away from the staff."""
    message.cancelled = True
    world.mass.messages.save(message)
    for task in world.mass.of_message[message.msgid]:
        world.feed.publish("mass_task", task)


def _send(
    world: World, task: m.MassTask, message: m.MassMessage, chosen: list[str] | None
) -> m.MassTask:
    now = world.now()
    wanted = {receiver.who for receiver in task.receivers} if chosen is None else set(chosen)
    for receiver in task.receivers:
        if receiver.who in wanted:
            status = _deliver(world, task.userid, receiver.who, message)
            world.mass.settle(task, receiver, status, now)
    task.sent = now
    world.mass.tasks.save(task)
    world.feed.publish("mass_task", task)
    return task


def _deliver(world: World, userid: str, who: str, message: m.MassMessage) -> int:
    """Post the message where it may go; return what became of it."""
    if who.startswith("p-"):
        relation = world.relation(userid, int(who[2:]))
        if relation is None or not (relation.staff_has and relation.customer_has):
            return m.NO_FRIEND
        chat = staff_chat(userid, relation.person)
    else:
        relation, chat = None, who
        if not owns(world, userid, who):
            return m.NO_FRIEND
    if _surplus(world, userid, who):
        return m.SURPLUS
    sender = f"s-{userid}"
    if message.text:
        world.post_message(chat, sender, "text", "mass", text=message.text)
    for kind, parts in message.shown:
        world.post_message(chat, sender, kind, "mass", **parts)
    if relation is not None:
        _begin_chat(world, relation)
    return m.SENT


def _begin_chat(world: World, relation: r.Relation) -> None:
    if not relation.chatting:
        relation.chatting = True
        world.relations.save(relation)


def owns(world: World, userid: str, chat_id: str) -> bool:
    """Whether the group exists and belongs to the staff account."""
    group = world.groups.get(chat_id)
    return group is not None and group.dismissed is None and group.face.owner == userid


def _surplus(world: World, userid: str, who: str) -> bool:
    """Whether the receiver has had what the corporation's quota allows (mode ``mass_quota``)."""
    now, switches = world.now(), world.switches
    since, most = {
        "day": (day_of(now), _DAILY),
        "week": (week_of(now), _WEEKLY),
    }.get(switches.mass_quota, (month_of(now), days_in_month(now)))
    received = world.mass.received[who]
    if sum(at >= since for at, _ in received) >= most:
        return True
    today = day_of(now)
    from_account = sum(at >= today and sender == userid for at, sender in received)
    return 0 < switches.mass_per_staff_and_day <= from_account
