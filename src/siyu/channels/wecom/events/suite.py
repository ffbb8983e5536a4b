"""Instructions to a provider's suite (指令回调; doc 90628); the answer must be ``success``."""

import msgspec

from siyu.channels.wecom.events.envelope import CallbackEvent, Needed


class SuiteTicket(CallbackEvent, frozen=True, kw_only=True):
    """The ticket that suite tokens are bought with; comes every ten minutes, lives thirty."""

    ticket: Needed = msgspec.field(name="SuiteTicket")


class AuthorisationGranted(CallbackEvent, frozen=True, kw_only=True):
    """A corporation authorised the suite, or its permanent code was renewed."""

    auth_code: str = msgspec.field(name="AuthCode", default="")
    state: str = msgspec.field(name="State", default="")


class AuthorisationChanged(CallbackEvent, frozen=True, kw_only=True):
    """A corporation changed what the suite may do; `state` is absent for most."""

    state: str = msgspec.field(name="State", default="")


class AuthorisationCancelled(CallbackEvent, frozen=True, kw_only=True):
    """A corporation ended the authorisation."""


class AppAdminChanged(CallbackEvent, frozen=True, kw_only=True):
    """The administrators of the application changed."""

    old_admin: str = msgspec.field(name="OldAdminUserID", default="")
    new_admin: str = msgspec.field(name="NewAdminUserID", default="")


class AppShared(CallbackEvent, frozen=True, kw_only=True):
    """The application was shared with another corporation of a group, or is no more."""

    app_id: str = msgspec.field(name="AppId", default="")
    shared_corp_id: str = msgspec.field(name="CorpId", default="")
    agent_id: str = msgspec.field(name="AgentId", default="")


class CorpRegistered(CallbackEvent, frozen=True, kw_only=True):
    """A corporation registered through the provider."""

    provider_corp_id: str = msgspec.field(name="ServiceCorpId", default="")
    register_code: str = msgspec.field(name="RegisterCode", default="")
    template_id: str = msgspec.field(name="TemplateId", default="")
    state: str = msgspec.field(name="State", default="")


class OrderChanged(CallbackEvent, frozen=True, kw_only=True):
    """An order of licences or of the application was paid or refunded."""

    order_id: Needed = msgspec.field(name="OrderId")
    order_status: str = msgspec.field(name="OrderStatus", default="")
    buyer_user_id: str = msgspec.field(name="BuyerUserId", default="")
    buyer_corp_id: str = msgspec.field(name="BuyerCorpId", default="")
    paid_corp_id: str = msgspec.field(name="PaidCorpId", default="")
    provider_corp_id: str = msgspec.field(name="ServiceCorpId", default="")
