"""How corp tags and their groups change (doc 92117).

`told` says that a person did it in the console, of which the apps hear; what an application does
itself is told only where `api_calls_back` says so.
"""

from collections.abc import Mapping

from siyu.sandbox.world import envelope, ids
from siyu.sandbox.world import records as r
from siyu.sandbox.world.state import World

NAME_CHARS = 30


class TagRefused(Exception):
    """WeCom refuses a change of corp tags with `code`."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def checked_name(name: str) -> str:
    """Return a name that a tag or group may have."""
    if not name.strip():
        raise TagRefused(40071)
    if len(name) > NAME_CHARS:
        raise TagRefused(40072)
    return name


def add(
    world: World,
    names: Mapping[str, int],
    *,
    group_id: str = "",
    group_name: str = "",
    order: int = 0,
    told: bool = False,
) -> tuple[r.TagGroup, list[r.Tag]]:
    """Make tags, by name with their order, in a group; return it and the tags that are new.

    A name that the group has already adds nothing; a group's name joins the group that has it.
    """
    for name in names:
        checked_name(name)
    group = _group(world, group_id, group_name, order)
    have = {tag.name for tag in group.tags}
    new = [name for name in names if name not in have]
    if sum(len(g.tags) for g in world.tag_groups) + len(new) > world.switches.tag_cap:
        raise TagRefused(40126)
    is_new = not group.tags
    now = int(world.now())
    added = [r.Tag(id=ids.tag_id(), name=n, order=names[n], created=now) for n in new]
    group.tags += added
    world.tag_groups.save(group)
    if is_new:
        _tell(world, "create", group.id, "tag_group", told=told)
    for tag in added:
        _tell(world, "create", tag.id, "tag", told=told)
    return group, added


def edit(
    world: World, item_id: str, *, name: str | None, order: int | None, told: bool = False
) -> None:
    """Give a tag or group another name or place; no sibling may have the name."""
    for group in world.tag_groups:
        is_group = group.id == item_id
        tag = next((tag for tag in group.tags if tag.id == item_id), None)
        if not is_group and tag is None:
            continue
        item = group if tag is None else tag
        siblings = list(world.tag_groups) if tag is None else group.tags
        if name is not None:
            checked_name(name)
            if any(s.name == name and s.id != item_id for s in siblings):
                raise TagRefused(40071)
            item.name = name
        moved = order is not None and order != item.order
        item.order = item.order if order is None else order
        world.tag_groups.save(group)
        kind = "tag_group" if is_group else "tag"
        if moved:
            _tell(world, "shuffle", group.id, "tag_group", told=told)
        if name is not None or not moved:
            _tell(world, "update", item_id, kind, told=told)
        return
    raise TagRefused(40068)


def remove(world: World, tag_ids: set[str], group_ids: set[str], *, told: bool = False) -> None:
    """Delete tags and groups; a group goes with its last tag, marks go with the tag."""
    known = {tag.id for group in world.tag_groups for tag in group.tags}
    if not tag_ids <= known or any(number not in world.tag_groups for number in group_ids):
        raise TagRefused(40068)
    gone: set[str] = set()
    for group in list(world.tag_groups):
        whole = group.id in group_ids
        doomed = [tag.id for tag in group.tags if whole or tag.id in tag_ids]
        if not doomed:
            continue
        gone.update(doomed)
        group.tags = [tag for tag in group.tags if tag.id not in gone]
        if group.tags:
            world.tag_groups.save(group)
        else:
            world.tag_groups.drop(group.id)
        if whole:  # of the tags in it nobody hears singly
            _tell(world, "delete", group.id, "tag_group", told=told)
        else:
            for tag_id in doomed:
                _tell(world, "delete", tag_id, "tag", told=told)
    for relation in world.relations:
        if gone & set(relation.tags):
            relation.tags = [tag for tag in relation.tags if tag not in gone]
            world.relations.save(relation)


def _group(world: World, group_id: str, name: str, order: int) -> r.TagGroup:
    if group_id:
        group = world.tag_groups.get(group_id)
        if group is None:
            raise TagRefused(40068)
        return group
    checked_name(name)
    for group in world.tag_groups:
        if group.name == name:
            return group
    return r.TagGroup(id=ids.tag_id(), name=name, order=order, created=int(world.now()), tags=[])


def _tell(world: World, change: str, item: str, kind: str, *, told: bool) -> None:
    if told or world.switches.api_calls_back:
        envelope.tag_event(world, change, item, kind)
