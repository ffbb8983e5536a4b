"""What apps write to staff accounts: delivery, cards that are pressed and changed, recall.

Docs 90236, 94888, 94867. What is beyond 30 a minute or 1,000 an hour for one account is dropped in
silence.
"""

from bisect import bisect_right
from typing import Any

from siyu.sandbox.world import app_records as p
from siyu.sandbox.world import ids
from siyu.sandbox.world import records as r
from siyu.sandbox.world.contacts import WorldRefused
from siyu.sandbox.world.envelope import Nested, Value, app_event
from siyu.sandbox.world.state import World, app_chat

CARD = "template_card"
_MINUTE, _HOUR = 60, 3600
_CODE_SECONDS = 72 * 3600
_RECALL_SECONDS = 24 * 3600
_INTERACTIVE = ("button_interaction", "vote_interaction", "multiple_interaction")
_OPENS_PAGE = 1


def deliver(
    world: World, message: p.AppMessage, receivers: list[r.Staff], shown: dict[str, str]
) -> p.AppMessage:
    """Put a message into the chats of who may get another one."""
    for staff in receivers:
        if _has_room(world, staff.userid):
            kind = "text" if message.msgtype == "text" else "card"
            said = world.post_message(
                app_chat(staff.userid), f"app-{message.agentid}", kind, "app", **shown
            )
            message.shown[staff.userid] = said.id
    return world.apps_said.send(message)


def sent_before(world: World, message: p.AppMessage, seconds: float) -> bool:
    """Whether the app sent the same to the same within so many seconds."""
    since = world.now() - seconds
    return any(
        m.print == message.print and m.agentid == message.agentid and m.at > since
        for m in world.apps_said.messages
    )


def recall(world: World, message: p.AppMessage) -> bool:
    """Take a message back from all phones; False after a day."""
    if world.now() > message.at + _RECALL_SECONDS:
        return False
    message.recalled = True
    world.apps_said.messages.save(message)
    for number in message.shown.values():
        said = world.messages.get(str(number))
        if said is not None:
            said.kind, said.text = "recalled", ""
            said.title = said.desc = said.url = said.pic = ""
            world.messages.save(said)
            world.feed.publish("message", said)
    return True


# cards


def can_be_changed(card: dict[str, Any]) -> bool:
    """Whether a card has something to press, so that a code comes with it."""
    return card.get("card_type") in _INTERACTIVE or bool(card.get("action_menu"))


def response_code(world: World, message: p.AppMessage) -> p.ResponseCode:
    """Give the right to change a card."""
    return world.apps_said.codes.save(
        p.ResponseCode(
            code=ids.random_text(43), msgid=message.msgid, expires=world.now() + _CODE_SECONDS
        )
    )


def usable(world: World, code: str) -> p.ResponseCode | None:
    """Return a code that may still be used."""
    found = world.apps_said.codes.get(code)
    return None if found is None or found.used or found.expires <= world.now() else found


def change_card(world: World, message: p.AppMessage, userid: str, card: dict[str, Any]) -> bool:
    """Show an account another card; False where it never had the message."""
    if userid not in message.shown:
        return False
    message.cards[userid] = card
    world.apps_said.messages.save(message)
    world.feed.publish("app_message", message)
    return True


def card_of(message: p.AppMessage, userid: str) -> dict[str, Any]:
    """Return the card as an account has it on the phone."""
    return message.cards.get(userid, message.content)


def press(
    world: World, message: p.AppMessage, userid: str, key: str, answers: dict[str, list[str]]
) -> None:
    """Press a button, send answers, or choose from the menu."""
    card = card_of(message, userid)
    if message.recalled or userid not in message.shown:
        raise WorldRefused("这条消息已经不在了")
    if card.get("replaced"):
        raise WorldRefused("按钮已经失效")
    in_menu = key in _keys((card.get("action_menu") or {}).get("action_list"))
    if not in_menu and key not in _pressable(card):
        raise WorldRefused("卡片上没有这个按钮")
    told: dict[str, Value] = {
        "EventKey": key,
        "TaskId": str(card.get("task_id", "")),
        "CardType": str(card.get("card_type", "")),
        "ResponseCode": response_code(world, message).code,
        "AgentID": message.agentid,
    }
    if answers:
        told["SelectedItems"] = _answered(card, answers)
    event = "template_card_menu_event" if in_menu else "template_card_event"
    app_event(world, message.agentid, event, told, sender=userid)


def _pressable(card: dict[str, Any]) -> set[str]:
    buttons = [b for b in card.get("button_list") or [] if b.get("type", 0) != _OPENS_PAGE]
    submit = card.get("submit_button")
    return _keys(buttons) | _keys([submit] if submit else [])


def _keys(items: list[dict[str, Any]] | None) -> set[str]:
    return {str(item.get("key", "")) for item in items or []}


def _answered(card: dict[str, Any], answers: dict[str, list[str]]) -> Nested:
    questions = [
        card.get("checkbox"),
        card.get("button_selection"),
        *(card.get("select_list") or []),
    ]
    known = {
        str(q.get("question_key")): {str(o.get("id")) for o in q.get("option_list", [])}
        for q in questions
        if q
    }
    for question, chosen in answers.items():
        if not set(chosen) <= known.get(question, set()):
            raise WorldRefused("卡片上没有这个选项")
    return Nested(
        [
            (
                "SelectedItem",
                Nested(
                    [
                        ("QuestionKey", question),
                        ("OptionIds", Nested([("OptionId", option) for option in chosen])),
                    ]
                ),
            )
            for question, chosen in answers.items()
        ]
    )


def _has_room(world: World, userid: str) -> bool:
    times, now, switches = world.apps_said.times[userid], world.now(), world.switches
    return (
        len(times) - bisect_right(times, now - _MINUTE) < switches.app_messages_per_minute
        and len(times) - bisect_right(times, now - _HOUR) < switches.app_messages_per_hour
    )
