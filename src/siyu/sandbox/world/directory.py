"""How departments, staff accounts and directory tags change (docs 90205 to 90216, 90967).

Every rule takes ``told``: changes in the console are told by callback, those of the API are not.
"""

from siyu.sandbox.world import acquisition
from siyu.sandbox.world import directory_records as d
from siyu.sandbox.world import records as r
from siyu.sandbox.world.envelope import Value, queue_event
from siyu.sandbox.world.state import World

NEEDS = "directory"
ROOT = 1
LEFT = 5
"""Status of an account that left the corporation (doc 90196)."""
_BAD_IN_NAMES = set('\\:*?"<>|')
_NAME = 64


class DirectoryRefused(Exception):
    """WeCom would refuse it with this code."""

    def __init__(self, code: int) -> None:
        super().__init__(f"errcode {code}")
        self.code = code


# departments


def put_department(world: World, department: r.Department, *, told: bool) -> r.Department:
    """Make a department, or change the one with its id."""
    old = world.departments.get(str(department.id))
    _check_department(world, department)
    world.departments.save(department)
    facts: dict[str, Value] = {"Id": department.id}
    if old is None or old.name != department.name:
        facts["Name"] = department.name
    if old is None or old.parent != department.parent:
        facts["ParentId"] = department.parent
    _tell(world, "create_party" if old is None else "update_party", facts, told=told)
    world.feed.publish("department", department)
    return department


def delete_department(world: World, department: r.Department, *, told: bool) -> None:
    """Delete an empty department."""
    if department.id == ROOT:
        raise DirectoryRefused(60007)
    if any(s.department == department.id and s.status != LEFT for s in world.staff):
        raise DirectoryRefused(60005)
    if any(x.parent == department.id for x in world.departments):
        raise DirectoryRefused(60006)
    world.departments.drop(str(department.id))
    _tell(world, "delete_party", {"Id": department.id}, told=told)


def next_department(world: World) -> int:
    """Return an id that no department has."""
    return max(x.id for x in world.departments) + 1


def _check_department(world: World, asked: r.Department) -> None:
    if not 0 < len(asked.name) <= _NAME:
        raise DirectoryRefused(60001)
    if _BAD_IN_NAMES & set(asked.name):
        raise DirectoryRefused(60009)
    if asked.id == ROOT:
        return
    parents, above = set(), world.departments.get(str(asked.parent))
    if above is None:
        raise DirectoryRefused(60004)
    while above is not None and above.id not in parents:
        parents.add(above.id)
        above = world.departments.get(str(above.parent))
    if asked.id in parents:
        raise DirectoryRefused(60010)
    same = (x for x in world.departments if x.parent == asked.parent and x.id != asked.id)
    if any(x.name == asked.name for x in same):
        raise DirectoryRefused(60008)


# staff accounts


def create_staff(world: World, staff: r.Staff, *, told: bool) -> r.Staff:
    """Let an account join."""
    if any(s.userid.lower() == staff.userid.lower() for s in world.staff):
        raise DirectoryRefused(60102)
    _check_staff(world, staff)
    world.staff.save(staff)
    facts: dict[str, Value] = {"UserID": staff.userid, **_facts(staff)}
    _tell(world, "create_user", facts, told=told)
    world.feed.publish("staff", staff)
    return staff


def change_staff(world: World, staff: r.Staff, *, told: bool) -> r.Staff:
    """Put an account in the place of the one with its id; only what changed is told."""
    old = world.staff.get(staff.userid)
    if old is None or old.status == LEFT:
        raise DirectoryRefused(60111)
    _check_staff(world, staff)
    before, after = _facts(old), _facts(staff)
    world.staff.save(staff)
    changed = {name: value for name, value in after.items() if before[name] != value}
    if changed:
        _tell(world, "update_user", {"UserID": staff.userid, **changed}, told=told)
    acquisition.check_links(world)
    world.feed.publish("staff", staff)
    return staff


def leave(world: World, staff: r.Staff, *, told: bool) -> None:
    """Let an account leave: the directory has it no more, its customers wait to be assigned."""
    if staff.status == LEFT:
        raise DirectoryRefused(60111)
    staff.status, staff.left = LEFT, int(world.now())
    world.staff.save(staff)
    for tag in world.directory_tags:
        if staff.userid in tag.users:
            tag.users = [userid for userid in tag.users if userid != staff.userid]
            world.directory_tags.save(tag)
    _tell(world, "delete_user", {"UserID": staff.userid}, told=told)
    acquisition.check_links(world)
    world.feed.publish("staff", staff)


def _check_staff(world: World, staff: r.Staff) -> None:
    if not 0 < len(staff.name) <= _NAME:
        raise DirectoryRefused(60112)
    if str(staff.department) not in world.departments:
        raise DirectoryRefused(60123)
    if not staff.mobile and not staff.email:
        raise DirectoryRefused(60129)
    others = [s for s in world.staff if s.userid != staff.userid and s.status != LEFT]
    if staff.mobile and any(_same_number(s.mobile, staff.mobile) for s in others):
        raise DirectoryRefused(60104)
    if staff.email and any(s.email == staff.email for s in others):
        raise DirectoryRefused(60106)


def _same_number(one: str, other: str) -> bool:
    return one.removeprefix("+86") == other.removeprefix("+86")


def _facts(staff: r.Staff) -> dict[str, Value]:
    return {
        "Name": staff.name,
        "Department": str(staff.department),
        "MainDepartment": staff.department,
        "IsLeaderInDept": str(int(staff.leader)),
        "Position": staff.position,
        "Alias": staff.alias,
        "Status": staff.status,
    }


# tags


def put_tag(world: World, tag: d.DirectoryTag) -> d.DirectoryTag:
    """Make a tag, or give it another name; of this nobody is told."""
    if any(t.name == tag.name and t.tagid != tag.tagid for t in world.directory_tags):
        raise DirectoryRefused(40071)
    return world.directory_tags.save(tag)


def next_tag(world: World) -> int:
    """Return an id that no tag has."""
    return max((tag.tagid for tag in world.directory_tags), default=0) + 1


def tag_members(
    world: World,
    tag: d.DirectoryTag,
    *,
    add: tuple[list[str], list[int]] = ([], []),
    remove: tuple[list[str], list[int]] = ([], []),
    told: bool,
) -> None:
    """Give a tag to accounts and departments, or take it from them."""
    new_users = [u for u in dict.fromkeys(add[0]) if u not in tag.users]
    new_parties = [p for p in dict.fromkeys(add[1]) if p not in tag.parties]
    old_users = [u for u in tag.users if u in remove[0]]
    old_parties = [p for p in tag.parties if p in remove[1]]
    tag.users = [u for u in [*tag.users, *new_users] if u not in old_users]
    tag.parties = [p for p in [*tag.parties, *new_parties] if p not in old_parties]
    world.directory_tags.save(tag)
    changes: dict[str, Value] = {
        "AddUserItems": ",".join(new_users), "DelUserItems": ",".join(old_users),
        "AddPartyItems": ",".join(map(str, new_parties)),
        "DelPartyItems": ",".join(map(str, old_parties)),
    }  # fmt: skip
    facts: dict[str, Value] = {name: items for name, items in changes.items() if items}
    if facts:
        _tell(world, "update_tag", {"TagId": tag.tagid, **facts}, told=told)


def _tell(world: World, change: str, facts: dict[str, Value], *, told: bool) -> None:
    if told or world.switches.api_calls_back:
        queue_event(world, "change_contact", change, facts, needs=NEEDS)
