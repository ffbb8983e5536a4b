"""Callbacks in the envelope of self-built apps (doc 92130), queued for every app that listens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from siyu.sandbox.world import records as r
from siyu.sandbox.world.state import World

_WITHOUT_SENDER = "kf_msg_or_event"


@dataclass(frozen=True, slots=True)
class Nested:
    """A field that holds named fields, of which several may have the same name."""

    fields: Sequence[tuple[str, "Value"]]


Value = str | int | list[str] | Nested
"""A field of an event: a text, a number (without CDATA), a list of ``Item``s, or more fields."""


def contact_event(
    world: World,
    change: str,
    relation: r.Relation,
    *,
    state: str = "",
    welcome_code: str = "",
    source: str = "",
) -> None:
    """Tell the apps about a change of a contact; ``source`` says what deleted it."""
    person = world.people.get(str(relation.person))
    fields: dict[str, Value] = {
        "UserID": relation.userid,
        "ExternalUserID": person.external_userid if person else "",
    }
    if state:
        fields["State"] = state
    if welcome_code:
        fields["WelcomeCode"] = welcome_code
    if source:
        fields["Source"] = source
    queue_event(world, "change_external_contact", change, fields, welcome_code)


def tag_event(world: World, change: str, item: str, tag_type: str) -> None:
    """Tell the apps about a change of a corp tag (``tag``) or group (``tag_group``)."""
    queue_event(world, "change_external_tag", change, {"Id": item, "TagType": tag_type})


def queue_event(
    world: World,
    event: str,
    change: str,
    fields: Mapping[str, Value],
    welcome_code: str = "",
    needs: str = "customer_contact",
) -> None:
    """Queue one event for each app that has the permission and a verified callback."""
    body = _xml(world, event, change, fields)
    for app in world.apps:
        _queue(world, app, body, welcome_code, permitted=app.permissions.get(needs, False))


def app_event(
    world: World, agentid: int, event: str, fields: Mapping[str, Value], sender: str = "sys"
) -> None:
    """Queue an event that concerns one app only and has no ``ChangeType``."""
    app = world.apps.get(str(agentid))
    if app is not None:
        _queue(world, app, _xml(world, event, "", fields, sender))


def _queue(
    world: World, app: r.App, body: str, welcome_code: str = "", *, permitted: bool = True
) -> None:
    """Send an event to an app that listens; what it may not hear is only remembered."""
    if not app.callback_url:
        return
    corp = world.corp
    delivery = r.Delivery(
        id=corp.next_delivery, agentid=app.agentid, xml=body, created=world.now(),
        welcome_code=welcome_code, status="waiting" if permitted else "withheld",
    )  # fmt: skip
    corp.next_delivery += 1
    world.corps.save(corp)
    world.deliveries.save(delivery)
    if permitted:
        world.on_delivery(delivery)


def _xml(
    world: World, event: str, change: str, fields: Mapping[str, Value], sender: str = "sys"
) -> str:
    parts = [
        _cdata("ToUserName", world.corp.corpid),
        "" if event == _WITHOUT_SENDER else _cdata("FromUserName", sender),
        f"<CreateTime>{int(world.now())}</CreateTime>",
        _cdata("MsgType", "event"),
        _cdata("Event", event),
        _cdata("ChangeType", change) if change else "",
        *(_element(name, value) for name, value in fields.items()),
    ]
    return f"<xml>{''.join(parts)}</xml>"


def _element(name: str, value: Value) -> str:
    if isinstance(value, Nested):
        return f"<{name}>{''.join(_element(*field) for field in value.fields)}</{name}>"
    if isinstance(value, list):
        return f"<{name}>{''.join(_cdata('Item', item) for item in value)}</{name}>"
    return f"<{name}>{value}</{name}>" if isinstance(value, int) else _cdata(name, value)


def _cdata(name: str, value: str) -> str:
    safe = value.replace("]]>", "]]]]><![CDATA[>")
    return f"<{name}><![CDATA[{safe}]]></{name}>"
