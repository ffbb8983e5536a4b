"""A client for servers on this machine."""

import ssl
from typing import Any, Final

import httpx

_NOBODY_TRUSTED: Final = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""They speak plain HTTP, and reading the authorities' certificates takes longer than most tests."""


def local_client(**options: Any) -> httpx.AsyncClient:
    """Return a client with options of `httpx.AsyncClient`."""
    return httpx.AsyncClient(verify=_NOBODY_TRUSTED, **options)
