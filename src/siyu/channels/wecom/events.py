"""The events inside callbacks, typed; what is not known here is kept as it came.

Both envelopes are read: that of a self-built app (``ToUserName``, ``Event``, ``CreateTime``) and
that of a provider's suite (``AuthCorpId``, ``InfoType``, ``TimeStamp``); the business fields are
the same (doc 92130 and its neighbours). Actions through the API call nothing back.
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Final

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from siyu.channels.wecom.callback import CallbackRefused, parse_xml

_LATEST: Final = 253_402_300_799  # the last second a datetime can hold
_Text = Annotated[str, Meta(min_length=1)]
_Seconds = Annotated[int, Meta(ge=0, le=_LATEST)]
_ENVELOPE: Final = {
    "AuthCorpId": "ToUserName",
    "InfoType": "Event",
    "TimeStamp": "CreateTime",
}


class CallbackEvent(Struct, frozen=True, kw_only=True):
    """What every event says. `raw` holds all fields as they came, unknown ones included."""

    corp_id: str = msgspec.field(name="ToUserName", default="")
    event: str = msgspec.field(name="Event", default="")
    change_type: str = msgspec.field(name="ChangeType", default="")
    created: _Seconds = msgspec.field(name="CreateTime", default=0)
    message_id: str = msgspec.field(name="MsgId", default="")
    suite_id: str = msgspec.field(name="SuiteId", default="")
    raw: dict[str, Any] = msgspec.field(name="raw", default_factory=dict)

    @property
    def occurred_at(self) -> datetime:
        """When WeCom says it happened, to the second."""
        return datetime.fromtimestamp(self.created, UTC)


class UnknownEvent(CallbackEvent, frozen=True, kw_only=True):
    """An event without a type of its own, or one of a known type that lacks what it must have."""


class _ContactEvent(CallbackEvent, frozen=True, kw_only=True):
    user_id: _Text = msgspec.field(name="UserID")
    external_user_id: _Text = msgspec.field(name="ExternalUserID")
    state: str = msgspec.field(name="State", default="")


class ContactAdded(_ContactEvent, frozen=True, kw_only=True):
    """A staff account has a new customer.

    `welcome_code` is empty when the console's own welcome applies, the chat has begun, the half
    addition was welcomed already, or the contact is a WeCom user. It lives 20 s and works once.
    `state` may be missing or foreign after a deletion and a second addition.
    """

    welcome_code: str = msgspec.field(name="WelcomeCode", default="")


class ContactHalfAdded(_ContactEvent, frozen=True, kw_only=True):
    """A customer added a staff account that has not added back yet; can be welcomed."""

    welcome_code: str = msgspec.field(name="WelcomeCode", default="")


class ContactEdited(_ContactEvent, frozen=True, kw_only=True):
    """The remark or the corp tags changed (a change of the remark's phones alone is silent)."""


class ContactDeletedByStaff(_ContactEvent, frozen=True, kw_only=True):
    """The staff account deleted the customer, or a hand-over did."""

    source: str = msgspec.field(name="Source", default="")

    @property
    def by_transfer(self) -> bool:
        """Whether a hand-over to another staff account removed the customer."""
        return self.source == "DELETE_BY_TRANSFER"


class ContactDeletedByCustomer(_ContactEvent, frozen=True, kw_only=True):
    """The customer deleted the staff account."""


class TransferFailed(_ContactEvent, frozen=True, kw_only=True):
    """A hand-over failed; `user_id` is the staff account that should have taken over."""

    reason: str = msgspec.field(name="FailReason", default="")


class ArchiveApproved(_ContactEvent, frozen=True, kw_only=True):
    """The customer consented to the archiving of messages."""

    welcome_code: str = msgspec.field(name="WelcomeCode", default="")


class CorpTagChanged(CallbackEvent, frozen=True, kw_only=True):
    """A corp tag or group was created, updated, deleted, or the order changed (shuffle).

    Deleting a group names the group only. A shuffle of the whole library may come without `id`.
    """

    id: str = msgspec.field(name="Id", default="")
    tag_type: str = msgspec.field(name="TagType", default="")
    strategy_id: str = msgspec.field(name="StrategyId", default="")


class StaffChanged(CallbackEvent, frozen=True, kw_only=True):
    """A staff account was created, updated or deleted; updates name changed fields only."""

    user_id: _Text = msgspec.field(name="UserID")
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


class _GroupChatEvent(CallbackEvent, frozen=True, kw_only=True):
    chat_id: _Text = msgspec.field(name="ChatId")


class GroupChatCreated(_GroupChatEvent, frozen=True, kw_only=True):
    """A customer group began."""


class GroupChatDismissed(_GroupChatEvent, frozen=True, kw_only=True):
    """A customer group ended."""


class GroupChatUpdated(_GroupChatEvent, frozen=True, kw_only=True):
    """Members, owner, name or notice of a customer group changed.

    Where `last_member_version` differs from the stored version, changes were missed: read the
    group again. Group data settle some time after the event.
    """

    detail: str = msgspec.field(name="UpdateDetail", default="")
    join_scene: int = msgspec.field(name="JoinScene", default=0)
    quit_scene: int = msgspec.field(name="QuitScene", default=0)
    change_count: int = msgspec.field(name="MemChangeCnt", default=0)
    last_member_version: str = msgspec.field(name="LastMemVer", default="")
    current_member_version: str = msgspec.field(name="CurMemVer", default="")

    @property
    def changed_members(self) -> tuple[str, ...]:
        """The userids and external userids that joined or left."""
        changes = self.raw.get("MemChangeList")
        items = changes.get("Item", []) if isinstance(changes, dict) else []
        return tuple(items) if isinstance(items, list) else (items,)


TYPES: Final[Mapping[tuple[str, str], type[CallbackEvent]]] = {
    ("change_external_contact", "add_external_contact"): ContactAdded,
    ("change_external_contact", "add_half_external_contact"): ContactHalfAdded,
    ("change_external_contact", "edit_external_contact"): ContactEdited,
    ("change_external_contact", "del_external_contact"): ContactDeletedByStaff,
    ("change_external_contact", "del_follow_user"): ContactDeletedByCustomer,
    ("change_external_contact", "transfer_fail"): TransferFailed,
    ("change_external_contact", "msg_audit_approved"): ArchiveApproved,
    ("change_external_tag", "create"): CorpTagChanged,
    ("change_external_tag", "update"): CorpTagChanged,
    ("change_external_tag", "delete"): CorpTagChanged,
    ("change_external_tag", "shuffle"): CorpTagChanged,
    ("change_contact", "create_user"): StaffChanged,
    ("change_contact", "update_user"): StaffChanged,
    ("change_contact", "delete_user"): StaffChanged,
    ("change_contact", "create_party"): DepartmentChanged,
    ("change_contact", "update_party"): DepartmentChanged,
    ("change_contact", "delete_party"): DepartmentChanged,
    ("change_contact", "update_tag"): DirectoryTagChanged,
    ("change_external_chat", "create"): GroupChatCreated,
    ("change_external_chat", "update"): GroupChatUpdated,
    ("change_external_chat", "dismiss"): GroupChatDismissed,
}


def parse_event(plaintext: bytes) -> CallbackEvent:
    """Return the typed event of a decrypted callback, `UnknownEvent` where there is no type.

    Never refuses an event for a missing or odd field; raises `CallbackRefused` only when the
    plaintext is not XML at all.
    """
    raw = parse_xml(plaintext)
    fields = {_ENVELOPE.get(name, name): value for name, value in raw.items()}
    kind = TYPES.get((_text(fields.get("Event")), _text(fields.get("ChangeType"))), UnknownEvent)
    # an empty element means the same as none, and is no number
    filled = {name: value for name, value in fields.items() if value != ""} | {"raw": raw}
    try:
        return msgspec.convert(filled, kind, strict=False)
    except msgspec.ValidationError:
        plain = {"ToUserName", "Event", "ChangeType", "MsgId", "SuiteId"}
        texts = {name: _text(value) for name, value in fields.items() if name in plain}
        return msgspec.convert({**texts, **_moment(fields), "raw": raw}, UnknownEvent)


def dedupe_key(event: CallbackEvent, plaintext: bytes) -> str:
    """Return a key that is equal for repeats of one callback and for nothing else.

    Messages carry a ``MsgId``. Events do not, and several of one second may differ in a single
    field, so the whole plaintext is the key: a repeat is encrypted anew but says the same.
    """
    if event.message_id:
        return f"msg:{event.corp_id}:{event.message_id}"
    return f"sha256:{hashlib.sha256(plaintext).hexdigest()}"


def _moment(fields: Mapping[str, Any]) -> dict[str, int]:
    created = _text(fields.get("CreateTime"))
    if not (created.isascii() and created.isdigit() and len(created) <= len(str(_LATEST))):
        return {}
    return {"CreateTime": min(int(created), _LATEST)}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


__all__ = [
    "TYPES",
    "ArchiveApproved",
    "CallbackEvent",
    "CallbackRefused",
    "ContactAdded",
    "ContactDeletedByCustomer",
    "ContactDeletedByStaff",
    "ContactEdited",
    "ContactHalfAdded",
    "CorpTagChanged",
    "DepartmentChanged",
    "DirectoryTagChanged",
    "GroupChatCreated",
    "GroupChatDismissed",
    "GroupChatUpdated",
    "StaffChanged",
    "TransferFailed",
    "UnknownEvent",
    "dedupe_key",
    "parse_event",
]
