"""Corp tags of customers (客户标签管理)."""

from collections.abc import Iterator
from typing import Annotated, Final

from siyu.channels.wecom.endpoint import Endpoint, Part, Reply, Request
from siyu.channels.wecom.endpoints.contacts import ExternalUserId, UserId
from siyu.channels.wecom.limits import Chars, Items


class CorpTagsRequest(Request, kw_only=True, frozen=True):
    """Tags or groups to read; with both the groups win, with neither all are read."""

    tag_id: list[str] | None = None
    group_id: list[str] | None = None


class CorpTag(Part, kw_only=True, frozen=True):
    """A corp tag; `create_time` in seconds."""

    id: str
    name: str = ""
    create_time: int = 0
    order: int = 0
    deleted: bool = False


class CorpTagGroup(Part, kw_only=True, frozen=True):
    """A group of corp tags."""

    group_id: str
    group_name: str = ""
    create_time: int = 0
    order: int = 0
    deleted: bool = False
    tag: tuple[CorpTag, ...] = ()


class CorpTagsReply(Reply, kw_only=True, frozen=True):
    """Groups and their tags."""

    tag_group: tuple[CorpTagGroup, ...] = ()


class NewCorpTag(Request, kw_only=True, frozen=True):
    """A tag to create."""

    name: Annotated[str, Chars(30, 1)]
    order: int | None = None


class AddCorpTagRequest(Request, kw_only=True, frozen=True):
    """Tags to create in a group, named by id, or by a name that joins or makes the group."""

    tag: Annotated[list[NewCorpTag], Items(100, 1)]
    group_id: str | None = None
    group_name: Annotated[str, Chars(30, 1)] | None = None
    order: int | None = None
    agentid: int | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation when no group is named: there are no tags without one."""
        if not self.group_id and not self.group_name:
            yield "group_name", "请填写标签组"


class AddCorpTagReply(Reply, kw_only=True, frozen=True):
    """The group with only the tags that are new."""

    tag_group: CorpTagGroup


class EditCorpTagRequest(Request, kw_only=True, frozen=True):
    """Another name or place for a tag or group; higher orders come first."""

    id: str
    name: Annotated[str, Chars(30, 1)] | None = None
    order: int | None = None
    agentid: int | None = None


class DeleteCorpTagsRequest(Request, kw_only=True, frozen=True):
    """Tags and groups to delete; a group goes with its last tag."""

    tag_id: list[str] | None = None
    group_id: list[str] | None = None
    agentid: int | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation when nothing is named."""
        if not self.tag_id and not self.group_id:
            yield "tag_id", "请至少选择一个标签或标签组"


class MarkTagRequest(Request, kw_only=True, frozen=True):
    """Corp tags to put on or take off the customer of a staff account."""

    userid: UserId
    external_userid: ExternalUserId
    add_tag: list[str] | None = None
    remove_tag: list[str] | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation when no tag is named."""
        if not self.add_tag and not self.remove_tag:
            yield "add_tag", "请至少选择一个标签"


LIST_CORP_TAGS: Final = Endpoint(
    "POST",
    "/cgi-bin/externalcontact/get_corp_tag_list",
    "92117",
    CorpTagsRequest,
    CorpTagsReply,
    seconds=30,
)
# the same names collapse, so a repeat adds nothing, but the answer then names no new tag
ADD_CORP_TAG: Final = Endpoint(
    "POST",
    "/cgi-bin/externalcontact/add_corp_tag",
    "92117",
    AddCorpTagRequest,
    AddCorpTagReply,
    idempotent=False,
)
EDIT_CORP_TAG: Final = Endpoint(
    "POST", "/cgi-bin/externalcontact/edit_corp_tag", "92117", EditCorpTagRequest, Reply
)
DELETE_CORP_TAGS: Final = Endpoint(
    "POST", "/cgi-bin/externalcontact/del_corp_tag", "92117", DeleteCorpTagsRequest, Reply
)
MARK_TAG: Final = Endpoint(
    "POST", "/cgi-bin/externalcontact/mark_tag", "92118", MarkTagRequest, Reply
)
