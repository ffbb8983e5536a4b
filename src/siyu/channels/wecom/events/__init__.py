"""The events inside callbacks, typed; what is not known here is kept as it came.

`parse_event` reads the plaintext of a callback. Actions through the API call nothing back, except
the end of an acquisition link and a hand-over that fails.
"""

import hashlib
from collections.abc import Mapping
from typing import Final

from siyu.channels.wecom.callback import CallbackRefused
from siyu.channels.wecom.events.acquisition import (
    AcquisitionBalanceChanged,
    AcquisitionLinkLost,
    AcquisitionLinkOpened,
    AcquisitionMessage,
    AcquisitionQuotaExpiring,
    CustomerStartedChat,
)
from siyu.channels.wecom.events.app import (
    AppEvent,
    AppOpened,
    AppSubscribed,
    AppUnsubscribed,
    CardUsed,
    LocationReported,
    MenuUsed,
    Message,
)
from siyu.channels.wecom.events.chats import (
    GroupChatCreated,
    GroupChatDismissed,
    GroupChatEvent,
    GroupChatUpdated,
)
from siyu.channels.wecom.events.contacts import (
    ArchiveApproved,
    ContactAdded,
    ContactDeletedByCustomer,
    ContactDeletedByStaff,
    ContactEdited,
    ContactEvent,
    ContactHalfAdded,
    CorpTagChanged,
    TransferFailed,
)
from siyu.channels.wecom.events.decoded import decoded
from siyu.channels.wecom.events.directory import (
    DepartmentChanged,
    DirectoryTagChanged,
    StaffChanged,
)
from siyu.channels.wecom.events.envelope import (
    CallbackEvent,
    UnknownEvent,
    fields_of,
    text,
    typed,
)
from siyu.channels.wecom.events.notices import (
    ArchiveWaiting,
    BatchJobFinished,
    MediaJobFinished,
    ServiceAccountsChanged,
    ServiceMessagesWaiting,
)
from siyu.channels.wecom.events.suite import (
    AppAdminChanged,
    AppShared,
    AuthorisationCancelled,
    AuthorisationChanged,
    AuthorisationGranted,
    CorpRegistered,
    OrderChanged,
    SuiteTicket,
)

TYPES: Final[Mapping[tuple[str, str], type[CallbackEvent]]] = {
    ("change_external_contact", "add_external_contact"): ContactAdded,
    ("change_external_contact", "add_half_external_contact"): ContactHalfAdded,
    ("change_external_contact", "edit_external_contact"): ContactEdited,
    ("change_external_contact", "del_external_contact"): ContactDeletedByStaff,
    ("change_external_contact", "del_follow_user"): ContactDeletedByCustomer,
    ("change_external_contact", "transfer_fail"): TransferFailed,
    ("change_external_contact", "msg_audit_approved"): ArchiveApproved,
    **{
        ("change_external_tag", change): CorpTagChanged
        for change in ("create", "update", "delete", "shuffle")
    },
    **{
        ("change_contact", change): StaffChanged
        for change in ("create_user", "update_user", "delete_user")
    },
    **{
        ("change_contact", change): DepartmentChanged
        for change in ("create_party", "update_party", "delete_party")
    },
    ("change_contact", "update_tag"): DirectoryTagChanged,
    ("change_external_chat", "create"): GroupChatCreated,
    ("change_external_chat", "update"): GroupChatUpdated,
    ("change_external_chat", "dismiss"): GroupChatDismissed,
    **{
        ("customer_acquisition", change): AcquisitionBalanceChanged
        for change in ("balance_low", "balance_exhausted", "balance_increased")
    },
    ("customer_acquisition", "quota_expire_soon"): AcquisitionQuotaExpiring,
    ("customer_acquisition", "link_unavailable"): AcquisitionLinkLost,
    ("customer_acquisition", "delete_link"): AcquisitionLinkLost,
    ("customer_acquisition", "open_profile"): AcquisitionLinkOpened,
    ("customer_acquisition", "friend_request"): AcquisitionLinkOpened,
    ("customer_acquisition", "customer_start_chat"): CustomerStartedChat,
    ("customer_acquisition", "message_from_customer"): AcquisitionMessage,
    ("kf_msg_or_event", ""): ServiceMessagesWaiting,
    ("kf_account_auth_change", ""): ServiceAccountsChanged,
    ("msgaudit_notify", ""): ArchiveWaiting,
    ("batch_job_result", ""): BatchJobFinished,
    ("upload_media_job_finish", ""): MediaJobFinished,
    ("subscribe", ""): AppSubscribed,
    ("unsubscribe", ""): AppUnsubscribed,
    ("enter_agent", ""): AppOpened,
    ("LOCATION", ""): LocationReported,
    **{
        (event, ""): MenuUsed
        for event in (
            "click", "view", "view_miniprogram", "scancode_push", "scancode_waitmsg",
            "pic_sysphoto", "pic_photo_or_album", "pic_weixin", "location_select",
        )
    },
    ("template_card_event", ""): CardUsed,
    ("template_card_menu_event", ""): CardUsed,
    ("taskcard_click", ""): CardUsed,
    ("suite_ticket", ""): SuiteTicket,
    ("create_auth", ""): AuthorisationGranted,
    ("reset_permanent_code", ""): AuthorisationGranted,
    ("change_auth", ""): AuthorisationChanged,
    ("cancel_auth", ""): AuthorisationCancelled,
    ("change_app_admin", ""): AppAdminChanged,
    ("share_agent_change", ""): AppShared,
    ("share_chain_change", ""): AppShared,
    ("register_corp", ""): CorpRegistered,
    **{
        (event, ""): OrderChanged
        for event in (
            "license_pay_success", "license_refund", "pay_for_app_success", "refund",
            "order_pay_success", "order_refund",
        )
    },
}  # fmt: skip


def parse_event(plaintext: bytes) -> CallbackEvent:
    """Return the typed event of a decrypted callback, `UnknownEvent` where there is no type.

    Never refuses an event for a missing or odd field; raises `CallbackRefused` only when the
    plaintext is neither XML nor JSON with fields.
    """
    raw, fields = fields_of(plaintext)
    event, change = text(fields.get("Event")), text(fields.get("ChangeType"))
    if not event and text(fields.get("MsgType")) not in {"", "event"}:
        return typed(raw, fields, Message)
    return typed(raw, fields, TYPES.get((event, change), UnknownEvent))


def dedupe_key(event: CallbackEvent, plaintext: bytes) -> str:
    """Return a key that is equal for repeats of one callback and for nothing else.

    Messages carry a ``MsgId``. Events do not, and several of one second may differ in a single
    field, so the whole plaintext is the key: a repeat is encrypted anew but says the same.
    """
    if event.message_id.strip("0"):
        return f"msg:{event.corp_id}:{event.message_id}"
    return f"sha256:{hashlib.sha256(plaintext).hexdigest()}"


__all__ = [
    "TYPES",
    "AcquisitionBalanceChanged",
    "AcquisitionLinkLost",
    "AcquisitionLinkOpened",
    "AcquisitionMessage",
    "AcquisitionQuotaExpiring",
    "AppAdminChanged",
    "AppEvent",
    "AppOpened",
    "AppShared",
    "AppSubscribed",
    "AppUnsubscribed",
    "ArchiveApproved",
    "ArchiveWaiting",
    "AuthorisationCancelled",
    "AuthorisationChanged",
    "AuthorisationGranted",
    "BatchJobFinished",
    "CallbackEvent",
    "CallbackRefused",
    "CardUsed",
    "ContactAdded",
    "ContactDeletedByCustomer",
    "ContactDeletedByStaff",
    "ContactEdited",
    "ContactEvent",
    "ContactHalfAdded",
    "CorpRegistered",
    "CorpTagChanged",
    "CustomerStartedChat",
    "DepartmentChanged",
    "DirectoryTagChanged",
    "GroupChatCreated",
    "GroupChatDismissed",
    "GroupChatEvent",
    "GroupChatUpdated",
    "LocationReported",
    "MediaJobFinished",
    "MenuUsed",
    "Message",
    "OrderChanged",
    "ServiceAccountsChanged",
    "ServiceMessagesWaiting",
    "StaffChanged",
    "SuiteTicket",
    "TransferFailed",
    "UnknownEvent",
    "decoded",
    "dedupe_key",
    "parse_event",
]
