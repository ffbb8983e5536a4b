"""Changes of corp tags and their groups: `client.tag_library`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from siyu.channels.wecom.endpoints import tags as rows

if TYPE_CHECKING:
    from siyu.channels.wecom.client import WecomClient


class TagLibrary:
    """Corp tags as the corporation arranges them (doc 92117).

    Refusals tell by `subject`: `tag` is gone or the cap reached, `tag_name` will not do.
    """

    def __init__(self, client: "WecomClient") -> None:
        self._client = client

    async def add(
        self,
        names: Sequence[str],
        *,
        group_id: str | None = None,
        group_name: str | None = None,
    ) -> rows.CorpTagGroup:
        """Create at most 100 tags in a group; the answer holds only those that are new.

        The group is one that is there, or named: then it is joined or made.
        """
        request = rows.AddCorpTagRequest(
            group_id=group_id,
            group_name=group_name,
            tag=[rows.NewCorpTag(name=name) for name in names],
        )
        return (await self._client.call(rows.ADD_CORP_TAG, request)).tag_group

    async def edit(
        self, wecom_id: str, *, name: str | None = None, order: int | None = None
    ) -> None:
        """Give a tag or a group another name or place; higher orders come first."""
        request = rows.EditCorpTagRequest(id=wecom_id, name=name, order=order)
        await self._client.call(rows.EDIT_CORP_TAG, request)

    async def delete(self, *, tag_ids: Sequence[str] = (), group_ids: Sequence[str] = ()) -> None:
        """Delete tags and groups; customers lose the tags, a group goes with its last one."""
        request = rows.DeleteCorpTagsRequest(
            tag_id=list(tag_ids) or None, group_id=list(group_ids) or None
        )
        await self._client.call(rows.DELETE_CORP_TAGS, request)
