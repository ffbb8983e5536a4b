"""The directory as the admin changes it in the console: every change is told by callback."""

import msgspec
from litestar import Controller, delete, get, patch, post
from litestar.params import FromPath, JSONBody
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from siyu.sandbox.control.guard import from_this_machine
from siyu.sandbox.control.parts import TheWorld
from siyu.sandbox.control.people import staff_of
from siyu.sandbox.control.problems import NotInWorld
from siyu.sandbox.control.views import StaffView, staff_view
from siyu.sandbox.world import directory
from siyu.sandbox.world import directory_records as d
from siyu.sandbox.world import records as r
from siyu.sandbox.world.state import World


class NewDepartment(msgspec.Struct):
    """Body of ``POST admin/departments``."""

    name: str
    parent: int = directory.ROOT
    order: int = 0


class DepartmentChange(msgspec.Struct):
    """Body of ``PATCH admin/departments/{id}``; what is left out stays."""

    name: str | UnsetType = UNSET
    parent: int | UnsetType = UNSET
    order: int | UnsetType = UNSET


class NewStaff(msgspec.Struct):
    """Body of ``POST admin/staff``."""

    userid: str
    name: str
    department: int
    mobile: str
    position: str = ""
    alias: str = ""
    gender: int = 0
    email: str = ""
    employee: str = ""


class StaffFacts(msgspec.Struct):
    """Body of ``PATCH admin/staff/{userid}``; what is left out stays."""

    name: str | UnsetType = UNSET
    department: int | UnsetType = UNSET
    mobile: str | UnsetType = UNSET
    position: str | UnsetType = UNSET
    alias: str | UnsetType = UNSET
    leader: bool | UnsetType = UNSET


class NewTag(msgspec.Struct):
    """Body of ``POST admin/directory-tags``."""

    name: str


class Members(msgspec.Struct):
    """Body of ``POST admin/directory-tags/{id}/members``: userids and departments."""

    add: list[str] = []
    remove: list[str] = []
    add_departments: list[int] = []
    remove_departments: list[int] = []


def _department(world: World, number: int) -> r.Department:
    found = world.departments.get(str(number))
    if found is None:
        raise NotInWorld("没有这个部门")
    return found


def _tag(world: World, number: int) -> d.DirectoryTag:
    found = world.directory_tags.get(str(number))
    if found is None:
        raise NotInWorld("没有这个标签")
    return found


def _given(data: msgspec.Struct) -> dict[str, object]:
    return {n: v for n in data.__struct_fields__ if (v := getattr(data, n)) is not UNSET}


class DirectoryController(Controller):
    """Departments, staff accounts and directory tags."""

    path = "/world/api/admin"
    guards = (from_this_machine,)

    @post("/departments")
    async def add_department(self, world: TheWorld, data: JSONBody[NewDepartment]) -> r.Department:
        """Make a department."""
        number = directory.next_department(world)
        made = r.Department(id=number, name=data.name, parent=data.parent, order=data.order)
        directory.put_department(world, made, told=True)
        await world.journal.settled()
        return made

    @patch("/departments/{number:int}")
    async def change_department(
        self, world: TheWorld, number: FromPath[int], data: JSONBody[DepartmentChange]
    ) -> r.Department:
        """Rename or move a department."""
        changed = replace(_department(world, number), **_given(data))
        directory.put_department(world, changed, told=True)
        await world.journal.settled()
        return changed

    @delete("/departments/{number:int}")
    async def delete_department(self, world: TheWorld, number: FromPath[int]) -> None:
        """Delete an empty department."""
        directory.delete_department(world, _department(world, number), told=True)
        await world.journal.settled()

    @post("/staff")
    async def add_staff(self, world: TheWorld, data: JSONBody[NewStaff]) -> StaffView:
        """Let an account join."""
        facts = msgspec.structs.asdict(data) | {"employee": data.employee or data.userid}
        staff = directory.create_staff(world, r.Staff(**facts), told=True)
        await world.journal.settled()
        return staff_view(world, staff)

    @patch("/staff/{userid:str}")
    async def change_staff(
        self, world: TheWorld, userid: FromPath[str], data: JSONBody[StaffFacts]
    ) -> StaffView:
        """Change the facts of an account."""
        changed = replace(staff_of(world, userid), **_given(data))
        directory.change_staff(world, changed, told=True)
        await world.journal.settled()
        return staff_view(world, changed)

    @delete("/staff/{userid:str}")
    async def delete_staff(self, world: TheWorld, userid: FromPath[str]) -> None:
        """Let an account leave."""
        directory.leave(world, staff_of(world, userid), told=True)
        await world.journal.settled()

    @get("/directory-tags")
    async def all_tags(self, world: TheWorld) -> dict[str, list[d.DirectoryTag]]:
        """List the directory tags with who carries them."""
        return {"items": list(world.directory_tags)}

    @post("/directory-tags")
    async def add_tag(self, world: TheWorld, data: JSONBody[NewTag]) -> d.DirectoryTag:
        """Make a directory tag."""
        tag = d.DirectoryTag(tagid=directory.next_tag(world), name=data.name)
        directory.put_tag(world, tag)
        await world.journal.settled()
        return tag

    @post("/directory-tags/{number:int}/members")
    async def members(
        self, world: TheWorld, number: FromPath[int], data: JSONBody[Members]
    ) -> d.DirectoryTag:
        """Give a tag to accounts and departments, or take it from them."""
        tag = _tag(world, number)
        directory.tag_members(
            world, tag, add=(data.add, data.add_departments),
            remove=(data.remove, data.remove_departments), told=True,
        )  # fmt: skip
        await world.journal.settled()
        return tag
