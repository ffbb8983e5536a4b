"""Staff accounts, departments and directory tags (通讯录变更事件; doc 90967)."""

import msgspec
from msgspec import UNSET, UnsetType

from siyu.channels.wecom.events.envelope import CallbackEvent, Needed


class StaffChanged(CallbackEvent, frozen=True, kw_only=True):
    """A staff account was created, updated or deleted; updates name changed fields only."""

    user_id: Needed = msgspec.field(name="UserID")
    new_user_id: str = msgspec.field(name="NewUserID", default="")
    name: str | UnsetType = msgspec.field(name="Name", default=UNSET)
    departments: str | UnsetType = msgspec.field(name="Department", default=UNSET)
    status: int | UnsetType = msgspec.field(name="Status", default=UNSET)


class DepartmentChanged(CallbackEvent, frozen=True, kw_only=True):
    """A department was created, updated or deleted."""

    id: int = msgspec.field(name="Id")
    name: str | UnsetType = msgspec.field(name="Name", default=UNSET)
    parent_id: int | UnsetType = msgspec.field(name="ParentId", default=UNSET)


class DirectoryTagChanged(CallbackEvent, frozen=True, kw_only=True):
    """Members of a directory tag changed; the lists are comma-separated ids."""

    tag_id: int = msgspec.field(name="TagId")
    added_users: str = msgspec.field(name="AddUserItems", default="")
    removed_users: str = msgspec.field(name="DelUserItems", default="")
    added_departments: str = msgspec.field(name="AddPartyItems", default="")
    removed_departments: str = msgspec.field(name="DelPartyItems", default="")
