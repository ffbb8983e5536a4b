"""Customers and their corp tags (客户事件、客户标签事件; doc 92130)."""

import msgspec

from siyu.channels.wecom.events.envelope import CallbackEvent, Needed


class ContactEvent(CallbackEvent, frozen=True, kw_only=True):
    """What every event between a staff account and a customer says."""

    user_id: Needed = msgspec.field(name="UserID")
    external_user_id: Needed = msgspec.field(name="ExternalUserID")
    state: str = msgspec.field(name="State", default="")


class ContactAdded(ContactEvent, frozen=True, kw_only=True):
    """A staff account has a new customer.

    `welcome_code` is empty when the console's own welcome applies, the chat has begun, the half
    addition was welcomed already, or the contact is a WeCom user. It lives 20 s and works once.
    `state` may be missing or foreign after a deletion and a second addition.
    """

    welcome_code: str = msgspec.field(name="WelcomeCode", default="")


class ContactHalfAdded(ContactEvent, frozen=True, kw_only=True):
    """A customer added a staff account that has not added back yet; can be welcomed."""

    welcome_code: str = msgspec.field(name="WelcomeCode", default="")


class ContactEdited(ContactEvent, frozen=True, kw_only=True):
    """The remark or the corp tags changed (a change of the remark's phones alone is silent)."""


class ContactDeletedByStaff(ContactEvent, frozen=True, kw_only=True):
    """The staff account deleted the customer, or a hand-over did."""

    source: str = msgspec.field(name="Source", default="")

    @property
    def by_transfer(self) -> bool:
        """Whether a hand-over to another staff account removed the customer."""
        return self.source == "DELETE_BY_TRANSFER"


class ContactDeletedByCustomer(ContactEvent, frozen=True, kw_only=True):
    """The customer deleted the staff account."""


class TransferFailed(ContactEvent, frozen=True, kw_only=True):
    """A hand-over failed; `user_id` is the staff account that should have taken over."""

    reason: str = msgspec.field(name="FailReason", default="")


class ArchiveApproved(ContactEvent, frozen=True, kw_only=True):
    """The customer consented to the archiving of messages."""

    welcome_code: str = msgspec.field(name="WelcomeCode", default="")


class CorpTagChanged(CallbackEvent, frozen=True, kw_only=True):
    """A corp tag or group was created, updated, deleted, or the order changed (shuffle).

    Deleting a group names the group only. A shuffle of the whole library may come without `id`.
    """

    id: str = msgspec.field(name="Id", default="")
    tag_type: str = msgspec.field(name="TagType", default="")
    strategy_id: str = msgspec.field(name="StrategyId", default="")
