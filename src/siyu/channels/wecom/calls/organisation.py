"""Departments, staff accounts and directory tags: `client.organisation`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from siyu.channels.wecom.endpoint import Nothing
from siyu.channels.wecom.endpoints import directory
from siyu.channels.wecom.endpoints import directory_changes as rows

if TYPE_CHECKING:
    from siyu.channels.wecom.client import WecomClient


class Organisation:
    """The directory beyond single reads (docs 90205 to 90228); changes are not told back."""

    def __init__(self, client: "WecomClient") -> None:
        self._client = client

    # departments

    async def department(self, number: int) -> directory.Department:
        """Return one department."""
        request = rows.DepartmentRequest(id=number)
        return (await self._client.call(rows.GET_DEPARTMENT, request)).department

    async def department_ids(self, below: int | None = None) -> tuple[rows.DepartmentId, ...]:
        """Return the visible departments without names, on request only those below one."""
        request = rows.DepartmentRequest(id=below)
        return (await self._client.call(rows.LIST_DEPARTMENT_IDS, request)).department_id

    async def create_department(self, request: rows.CreateDepartmentRequest) -> int:
        """Make a department; returns its id."""
        return (await self._client.call(rows.CREATE_DEPARTMENT, request)).id

    async def update_department(self, request: rows.UpdateDepartmentRequest) -> None:
        """Change a department; what is left out stays."""
        await self._client.call(rows.UPDATE_DEPARTMENT, request)

    async def delete_department(self, number: int) -> None:
        """Delete a department without members and departments in it."""
        await self._client.call(rows.DELETE_DEPARTMENT, rows.DepartmentRequest(id=number))

    # staff accounts

    async def create_user(self, request: rows.CreateUserRequest) -> None:
        """Let a staff account join."""
        await self._client.call(rows.CREATE_USER, request)

    async def update_user(self, request: rows.UpdateUserRequest) -> None:
        """Change a staff account; what is left out stays."""
        await self._client.call(rows.UPDATE_USER, request)

    async def delete_users(self, userids: Sequence[str]) -> None:
        """Let at most 200 staff accounts leave; their customers wait to be assigned."""
        if len(userids) == 1:
            request = directory.UserRequest(userid=userids[0])
            await self._client.call(rows.DELETE_USER, request)
        else:
            many = rows.DeleteUsersRequest(useridlist=list(userids))
            await self._client.call(rows.DELETE_USERS, many)

    # tags

    async def tags(self) -> tuple[rows.DirectoryTag, ...]:
        """Return the directory tags."""
        return (await self._client.call(rows.LIST_TAGS, Nothing())).taglist

    async def tag(self, tagid: int) -> rows.TagReply:
        """Return a tag with who carries it, as far as visible."""
        return await self._client.call(rows.GET_TAG, rows.TagRequest(tagid=tagid))

    async def create_tag(self, name: str, tagid: int | None = None) -> int:
        """Make a tag; returns its id."""
        request = rows.CreateTagRequest(tagname=name, tagid=tagid)
        return (await self._client.call(rows.CREATE_TAG, request)).tagid

    async def rename_tag(self, tagid: int, name: str) -> None:
        """Give a tag another name."""
        request = rows.UpdateTagRequest(tagid=tagid, tagname=name)
        await self._client.call(rows.UPDATE_TAG, request)

    async def delete_tag(self, tagid: int) -> None:
        """Delete a tag."""
        await self._client.call(rows.DELETE_TAG, rows.TagRequest(tagid=tagid))

    async def tag_members(
        self, tagid: int, userids: Sequence[str] = (), departments: Sequence[int] = ()
    ) -> rows.TagMembersReply:
        """Give a tag to accounts and departments; returns who could not be taken."""
        return await self._client.call(rows.ADD_TAG_MEMBERS, _members(tagid, userids, departments))

    async def untag_members(
        self, tagid: int, userids: Sequence[str] = (), departments: Sequence[int] = ()
    ) -> rows.TagMembersReply:
        """Take a tag from accounts and departments; returns who could not be taken."""
        return await self._client.call(
            rows.REMOVE_TAG_MEMBERS, _members(tagid, userids, departments)
        )

    # applications

    async def agents(self) -> tuple[rows.Agent, ...]:
        """Return the applications that the token sees: this one."""
        return (await self._client.call(rows.LIST_AGENTS, Nothing())).agentlist

    async def set_agent(self, request: rows.SetAgentRequest) -> None:
        """Change the application itself."""
        await self._client.call(rows.SET_AGENT, request)


def _members(
    tagid: int, userids: Sequence[str], departments: Sequence[int]
) -> rows.TagMembersRequest:
    return rows.TagMembersRequest(
        tagid=tagid, userlist=list(userids) or None, partylist=list(departments) or None
    )
