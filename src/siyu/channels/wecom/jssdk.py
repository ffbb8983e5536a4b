"""Signatures for pages that use WeCom's or WeChat's JS-SDK (doc 90506)."""

import hashlib
import secrets
from datetime import datetime

from msgspec import Struct


class PageSignature(Struct, kw_only=True, frozen=True, rename="camel"):
    """What a page hands to ``config`` or ``agentConfig``; valid for exactly one address.

    `app_id` is the corp id, or the official account's id; `agent_id` only for ``agentConfig``.
    """

    app_id: str
    timestamp: int
    nonce_str: str
    signature: str
    agent_id: int | None = None


def sign_page(ticket: str, nonce: str, timestamp: int, url: str) -> str:
    """Return the signature of a page: SHA-1 over the four values in WeCom's order, unescaped."""
    bare = url.split("#", 1)[0]
    text = f"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={bare}"
    return hashlib.sha1(text.encode()).hexdigest()  # noqa: S324  the protocol fixes SHA-1


def page_signature(
    ticket: str, url: str, *, app_id: str, now: datetime, agent_id: int | None = None
) -> PageSignature:
    """Return everything a page at `url` needs, with a fresh nonce."""
    nonce = secrets.token_hex(8)
    timestamp = int(now.timestamp())
    return PageSignature(
        app_id=app_id,
        timestamp=timestamp,
        nonce_str=nonce,
        signature=sign_page(ticket, nonce, timestamp, url),
        agent_id=agent_id,
    )
