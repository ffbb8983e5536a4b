"""The part that signs, proves and decrypts: the library wechatpayv3, at an address of our choice.

The library blocks, calls a fixed address, and calls it while it is made. Its core is kept, with
three things changed: the address is settable, certificates are fetched when a signature first needs
them, and not more than once a minute whatever strangers send.
"""

import threading
import time
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from wechatpayv3.core import Core
from wechatpayv3.type import RequestType

from siyu.channels.pay.values import Merchant

_HERE: Final = "127.0.0.1"
_CONNECT_SECONDS: Final = 3.0
_READ_SECONDS: Final = 10.0
_CERTIFICATE_SECONDS: Final = 60.0


class PayCore(Core):  # type: ignore[misc]  # the library has no types
    """The library's core for one merchant."""

    def __init__(self, merchant: Merchant, base: str) -> None:
        self._verifying = threading.RLock()
        self._next_fetch = 0.0
        super().__init__(
            merchant.merchant_id,
            merchant.serial,
            merchant.private_key,
            merchant.api_key,
            timeout=(_CONNECT_SECONDS, _READ_SECONDS),
            proxy={"no_proxy": _HERE} if urlsplit(base).hostname == _HERE else None,
            public_key=merchant.public_key,
            public_key_id=merchant.public_key_id,
        )
        self._gate_way = base.rstrip("/")

    def _init_certificates(self) -> None:
        """Fetch nothing yet: the constructor must not go over the network."""

    def _update_certificates(self) -> None:
        """Fetch the platform certificates, unless that was just done."""
        if time.monotonic() >= self._next_fetch:
            self._next_fetch = time.monotonic() + _CERTIFICATE_SECONDS
            super()._update_certificates()

    def _verify_signature(self, headers: Mapping[str, str], body: str) -> bool:
        # the library clears its certificates while it fetches them, and other threads must not look
        with self._verifying:
            return bool(super()._verify_signature(headers, body))


METHODS: Final = {"GET": RequestType.GET, "POST": RequestType.POST}
