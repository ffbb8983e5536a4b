"""Shares and readings as they go over HTTP."""

from datetime import datetime

import msgspec


class ShareRequest(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What a staff member wants to share, and with whom; without a customer, with anyone."""

    material_id: int
    customer_id: int | None = None
    staff_account_id: int | None = None
    """As which of the own accounts, for who runs several; by default the one signed in as."""


class Share(msgspec.Struct, kw_only=True):
    """A tracked link, ready to be sent; `touch` is the public name of the touch it belongs to."""

    url: str
    title: str
    description: str
    cover_url: str | None
    touch: str
    touch_id: int
    tracked_link_id: int


class Reading(msgspec.Struct, kw_only=True):
    """Someone read what the staff member sent. `seconds` visible, `depth` in percent.

    `forwarded` tells that another person than the recipient read it.
    """

    visit_id: int
    customer_id: int
    customer_name: str
    customer_avatar_url: str
    material_id: int
    title: str
    viewed_at: datetime
    last_beat_at: datetime | None
    ended: bool
    seconds: int
    depth: int
    forwarded: bool


class ChatCustomer(msgspec.Struct, kw_only=True):
    """The customer of the chat beside which the staff's page is open."""

    customer_id: int
    name: str
    avatar_url: str
