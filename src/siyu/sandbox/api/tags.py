"""Corp tags (docs 92117, 92118)."""

from typing import Any

import msgspec

from siyu.sandbox.api.call import Answer, Call, Endpoint
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.world import envelope, ids
from siyu.sandbox.world import records as r
from siyu.sandbox.world.state import World

_NAME = 30
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


def _shown_group(group: r.TagGroup, tags: list[r.Tag]) -> dict[str, Any]:
    return {
        "group_id": group.id,
        "group_name": group.name,
        "create_time": group.created,
        "order": group.order,
        "deleted": False,
        "tag": [
            {"id": t.id, "name": t.name, "create_time": t.created, "order": t.order,
             "deleted": False}
            for t in tags
        ],
    }  # fmt: skip


def _list(call: Call) -> Answer:
    asked = call.read(_Which)
    shown: list[dict[str, Any]] = []
    for group in sorted(call.world.tag_groups, key=lambda g: -g.order):
        if asked.group_id:  # both given: the group ids win
            tags = group.tags if group.id in asked.group_id else []
        elif asked.tag_id:
            tags = [tag for tag in group.tags if tag.id in asked.tag_id]
        else:
            tags = group.tags
        if tags:
            shown.append(_shown_group(group, tags))
    return {"tag_group": shown}


def _check_name(name: str) -> str:
    if not name.strip():
        raise ApiError(40071)
    if len(name) > _NAME:
        raise ApiError(40072)
    return name


def _group_for(call: Call, asked: _Add) -> r.TagGroup:
    groups, now = call.world.tag_groups, int(call.world.now())
    if asked.group_id:
        group = groups.get(asked.group_id)
        if group is None:
            raise ApiError(40068)
        return group
    name = _check_name(asked.group_name)
    for group in groups:
        if group.name == name:  # the same name joins the group
            return group
    return r.TagGroup(id=ids.tag_id(), name=name, order=asked.order, created=now, tags=[])


def _add(call: Call) -> Answer:
    world, asked = call.world, call.read(_Add)
    if not asked.tag:
        raise ApiError(40063, "no empty groups")
    names = {_check_name(tag.name): tag for tag in asked.tag}  # duplicates collapse
    group = _group_for(call, asked)
    have = {tag.name for tag in group.tags}
    if sum(len(g.tags) for g in world.tag_groups) + len(names) > world.switches.tag_cap:
        raise ApiError(45024)
    now = int(world.now())
    is_new = not group.tags
    added = [
        r.Tag(id=ids.tag_id(), name=name, order=tag.order, created=now)
        for name, tag in names.items()
        if name not in have
    ]
    group.tags += added
    world.tag_groups.save(group)
    if world.switches.api_calls_back:
        if is_new:
            envelope.tag_event(world, "create", group.id, "tag_group")
        for tag in added:
            envelope.tag_event(world, "create", tag.id, "tag")
    return {"tag_group": _shown_group(group, added)}


def _edit(call: Call) -> Answer:
    world, asked = call.world, call.read(_Edit)
    for group in world.tag_groups:
        items: tuple[r.TagGroup | r.Tag, ...] = (group, *group.tags)
        item = next((item for item in items if item.id == asked.id), None)
        if item is None:
            continue
        if asked.name is not None:
            item.name = _check_name(asked.name)
        if asked.order is not None:
            item.order = asked.order
        world.tag_groups.save(group)
        if world.switches.api_calls_back:
            kind = "tag_group" if item is group else "tag"
            envelope.tag_event(world, "update", asked.id, kind)
        return {}
    raise ApiError(40068)


def _delete(call: Call) -> Answer:
    asked = call.read(_Which)
    if not asked.tag_id and not asked.group_id:
        raise ApiError(40063)
    known = {tag.id for group in call.world.tag_groups for tag in group.tags}
    if not set(asked.tag_id) <= known or any(
        group_id not in call.world.tag_groups for group_id in asked.group_id
    ):
        raise ApiError(40068)
    delete_tags(call.world, set(asked.tag_id), set(asked.group_id))
    return {}


def delete_tags(world: World, tag_ids: set[str], group_ids: set[str]) -> None:
    """Delete tags and groups; a group goes with its last tag, marks go with the tag."""
    gone: set[str] = set()
    for group in list(world.tag_groups):
        doomed = {t.id for t in group.tags if group.id in group_ids or t.id in tag_ids}
        if not doomed:
            continue
        gone |= doomed
        group.tags = [tag for tag in group.tags if tag.id not in doomed]
        if group.tags:
            world.tag_groups.save(group)
        else:
            world.tag_groups.drop(group.id)
    for relation in world.relations:
        if gone & set(relation.tags):
            relation.tags = [tag for tag in relation.tags if tag not in gone]
            world.relations.save(relation)


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
