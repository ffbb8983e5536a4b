"""The acquisition assistant (获客助手事件通知; doc 97299)."""

import msgspec

from siyu.channels.wecom.events.envelope import CallbackEvent, Needed, Seconds


class AcquisitionBalanceChanged(CallbackEvent, frozen=True, kw_only=True):
    """The quota fell below 20 (``balance_low``), ran out (``balance_exhausted``) or came back."""


class AcquisitionQuotaExpiring(CallbackEvent, frozen=True, kw_only=True):
    """So much of the quota ends at that time; told 14, 7, 3, 2 and 1 days before."""

    expires: Seconds = msgspec.field(name="ExpireTime", default=0)
    amount: int = msgspec.field(name="ExpireQuotaNum", default=0)


class AcquisitionLinkLost(CallbackEvent, frozen=True, kw_only=True):
    """A link was deleted, or works no more; deletions through the API are told too."""

    link_id: Needed = msgspec.field(name="LinkId")


class AcquisitionLinkOpened(CallbackEvent, frozen=True, kw_only=True):
    """Someone opened the profile behind a link (some industries only), or asked to be added."""

    link_id: Needed = msgspec.field(name="LinkId")
    state: str = msgspec.field(name="State", default="")


class CustomerStartedChat(CallbackEvent, frozen=True, kw_only=True):
    """A customer who came by a link wrote for the first time."""

    user_id: Needed = msgspec.field(name="UserID")
    external_user_id: Needed = msgspec.field(name="ExternalUserID")
    link_id: str = msgspec.field(name="LinkId", default="")


class AcquisitionMessage(CustomerStartedChat, frozen=True, kw_only=True):
    """A customer who came by a link wrote; `chat_key` asks for the chat for 30 minutes."""

    sequence: int = msgspec.field(name="ChatSeq", default=0)
    chat_key: str = msgspec.field(name="ChatKey", default="")
