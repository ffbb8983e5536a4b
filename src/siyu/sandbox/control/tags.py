"""Corp tags as the admin changes them in the console: every change is told by callback."""

import msgspec
from litestar import Controller, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from siyu.sandbox.control.guard import from_this_machine
from siyu.sandbox.control.parts import TheWorld
from siyu.sandbox.world import records as r
from siyu.sandbox.world import tags


class NewTags(msgspec.Struct):
    """Body of ``POST admin/tags``: a group, or more tags of one."""

    group: str
    tags: list[str]


class TagChange(msgspec.Struct):
    """Body of ``PATCH admin/tags/{id}``; what is left out stays."""

    name: str | None = None
    order: int | None = None


class TagsController(Controller):
    """The library of corp tags in the console."""

    path = "/world/api/admin/tags"
    guards = (from_this_machine,)

    @get()
    async def list_tags(self, world: TheWorld) -> dict[str, list[r.TagGroup]]:
        """List the corp tags."""
        return {"items": list(world.tag_groups)}

    @post()
    async def new_tags(self, world: TheWorld, data: JSONBody[NewTags]) -> r.TagGroup:
        """Make tags in a group, which is made when it is missing."""
        names = dict.fromkeys(data.tags, 0)
        group, _ = tags.add(world, names, group_name=data.group, told=True)
        await world.journal.settled()
        return group

    @patch("/{item_id:str}")
    async def change(
        self, world: TheWorld, item_id: FromPath[str], data: JSONBody[TagChange]
    ) -> None:
        """Give a tag or group another name or place."""
        tags.edit(world, item_id, name=data.name, order=data.order, told=True)
        await world.journal.settled()

    @delete("/{item_id:str}")
    async def remove(self, world: TheWorld, item_id: FromPath[str]) -> None:
        """Delete a tag or a whole group."""
        whole = item_id in world.tag_groups
        chosen = {item_id}
        tags.remove(world, set() if whole else chosen, chosen if whole else set(), told=True)
        await world.journal.settled()
