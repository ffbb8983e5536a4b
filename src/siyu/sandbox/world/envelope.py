"""Callbacks in the envelope of self-built apps (doc 92130), queued for every app that listens."""

from siyu.sandbox.world import records as r
from siyu.sandbox.world.state import World


def contact_event(
    world: World,
    change: str,
    relation: r.Relation,
    *,
    state: str = "",
    welcome_code: str = "",
) -> None:
    """Tell the apps about a change of a contact."""
    person = world.people.get(str(relation.person))
    fields = {
        "UserID": relation.userid,
        "ExternalUserID": person.external_userid if person else "",
    }
    if state:
        fields["State"] = state
    if welcome_code:
        fields["WelcomeCode"] = welcome_code
    queue_event(world, "change_external_contact", change, fields, welcome_code)


def tag_event(world: World, change: str, item: str, tag_type: str) -> None:
    """Tell the apps about a change of a corp tag (``tag``) or group (``tag_group``)."""
    queue_event(world, "change_external_tag", change, {"Id": item, "TagType": tag_type})


def queue_event(
    world: World, event: str, change: str, fields: dict[str, str], welcome_code: str = ""
) -> None:
    """Queue one event for each app that may see customers and has a verified callback."""
    body = _xml(world, event, change, fields)
    corp = world.corp
    for app in world.apps:
        if not app.callback_url or not app.permissions.get("customer_contact"):
            continue
        delivery = r.Delivery(
            id=corp.next_delivery, agentid=app.agentid, xml=body, created=world.now(),
            welcome_code=welcome_code,
        )  # fmt: skip
        corp.next_delivery += 1
        world.corps.save(corp)
        world.deliveries.save(delivery)
        world.on_delivery(delivery)


def _xml(world: World, event: str, change: str, fields: dict[str, str]) -> str:
    parts = [
        _cdata("ToUserName", world.corp.corpid),
        _cdata("FromUserName", "sys"),
        f"<CreateTime>{int(world.now())}</CreateTime>",
        _cdata("MsgType", "event"),
        _cdata("Event", event),
        _cdata("ChangeType", change),
        *(_cdata(name, value) for name, value in fields.items()),
    ]
    return f"<xml>{''.join(parts)}</xml>"


def _cdata(name: str, value: str) -> str:
    safe = value.replace("]]>", "]]]]><![CDATA[>")
    return f"<{name}><![CDATA[{safe}]]></{name}>"
