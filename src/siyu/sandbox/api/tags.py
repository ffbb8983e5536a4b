"""Corp tags (docs 92117, 92118)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec

from siyu.sandbox.api.call import Answer, Call, Endpoint
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.world import envelope, tags
from siyu.sandbox.world import records as r

_PER_CUSTOMER = 3000


class _Which(msgspec.Struct):
    tag_id: list[str] = []
    group_id: list[str] = []


class _NewTag(msgspec.Struct):
    name: str = ""
    order: int = 0


class _Add(msgspec.Struct):
    group_id: str = ""
    group_name: str = ""
    order: int = 0
    tag: list[_NewTag] = []


class _Edit(msgspec.Struct):
    id: str = ""
    name: str | None = None
    order: int | None = None


class _Mark(msgspec.Struct):
    userid: str = ""
    external_userid: str = ""
    add_tag: list[str] = []
    remove_tag: list[str] = []


def _shown_group(group: r.TagGroup, shown: list[r.Tag]) -> dict[str, Any]:
    return {
        "group_id": group.id,
        "group_name": group.name,
        "create_time": group.created,
        "order": group.order,
        "deleted": False,
        "tag": [
            {"id": t.id, "name": t.name, "create_time": t.created, "order": t.order,
             "deleted": False}
            for t in shown
        ],
    }  # fmt: skip


def _list(call: Call) -> Answer:
    asked = call.read(_Which)
    shown: list[dict[str, Any]] = []
    for group in sorted(call.world.tag_groups, key=lambda g: -g.order):
        if asked.group_id:  # both given: the group ids win
            wanted = group.tags if group.id in asked.group_id else []
        elif asked.tag_id:
            wanted = [tag for tag in group.tags if tag.id in asked.tag_id]
        else:
            wanted = group.tags
        if wanted:
            shown.append(_shown_group(group, wanted))
    return {"tag_group": shown}


def _add(call: Call) -> Answer:
    asked = call.read(_Add)
    if not asked.tag:
        raise ApiError(40063, "no empty groups")
    with _refusals():
        group, added = tags.add(
            call.world,
            {tag.name: tag.order for tag in asked.tag},  # duplicates collapse
            group_id=asked.group_id,
            group_name=asked.group_name,
            order=asked.order,
        )
    return {"tag_group": _shown_group(group, added)}


def _edit(call: Call) -> Answer:
    asked = call.read(_Edit)
    with _refusals():
        tags.edit(call.world, asked.id, name=asked.name, order=asked.order)
    return {}


def _delete(call: Call) -> Answer:
    asked = call.read(_Which)
    if not asked.tag_id and not asked.group_id:
        raise ApiError(40063)
    with _refusals():
        tags.remove(call.world, set(asked.tag_id), set(asked.group_id))
    return {}


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except tags.TagRefused as refused:
        raise ApiError(refused.code) from None


def _mark(call: Call) -> Answer:
    world, asked = call.world, call.read(_Mark)
    if not asked.add_tag and not asked.remove_tag:
        raise ApiError(40063)
    relation = call.relation(asked.userid, asked.external_userid)
    known = {tag.id for group in world.tag_groups for tag in group.tags}
    if not set(asked.add_tag) | set(asked.remove_tag) <= known:
        raise ApiError(40068)
    kept = [tag for tag in relation.tags if tag not in asked.remove_tag]
    marked = list(dict.fromkeys(kept + asked.add_tag))
    if len(marked) > _PER_CUSTOMER:
        raise ApiError(45024)
    if marked != relation.tags:
        relation.tags = marked
        world.relations.save(relation)
        world.feed.publish("relation", relation)
        if world.switches.api_calls_back:
            envelope.contact_event(world, "edit_external_contact", relation)
    return {}


_CONTACT = "customer_contact"
_PATH = "/cgi-bin/externalcontact"
ENDPOINTS = (
    Endpoint("POST", f"{_PATH}/get_corp_tag_list", _list, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/add_corp_tag", _add, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/edit_corp_tag", _edit, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/del_corp_tag", _delete, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/mark_tag", _mark, needs=_CONTACT),
)
