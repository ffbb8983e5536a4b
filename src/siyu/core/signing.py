"""Signed tokens: what siyu gave out and wants to recognise without looking it up.

A token carries numbers and short texts in the open, the moment it ends, and a keyed
hash bound to its use. It holds no personal data.
"""

import base64
import binascii
import hmac
from datetime import datetime
from typing import Any, Final, TypeVar

import msgspec

T = TypeVar("T")

_MAC_BYTES: Final = 16


class Signer:
    """Signs and reads tokens; tokens of one use are worthless for another."""

    def __init__(self, master_key: bytes) -> None:
        self._decoders: dict[object, msgspec.json.Decoder[Any]] = {}
        self._key = hmac.digest(master_key, b"siyu:tokens", "sha256")

    def sign(self, use: str, *members: int | str, ends: datetime) -> str:
        """Return a token of `members` that is good until `ends`."""
        body = msgspec.json.encode((int(ends.timestamp()), members))
        return base64.urlsafe_b64encode(self._mac(use, body) + body).rstrip(b"=").decode()

    def read(self, use: str, token: str, members: type[T], *, now: datetime) -> T | None:
        """Return the members of a token, or nothing when it is forged, foreign or over."""
        try:
            raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
            mac, body = raw[:_MAC_BYTES], raw[_MAC_BYTES:]
            if not hmac.compare_digest(mac, self._mac(use, body)):
                return None
            ends, found = self._decoder(members).decode(body)
        except (binascii.Error, ValueError, msgspec.MsgspecError):
            return None
        # A token is good through the whole second in which it ends.
        return found if now.timestamp() < ends + 1 else None

    def _decoder(self, members: type[T]) -> msgspec.json.Decoder[tuple[int, T]]:
        # Built once per type: the hot doors read a token with every request.
        decoder = self._decoders.get(members)
        if decoder is None:
            decoder = msgspec.json.Decoder(tuple[int, members])  # type: ignore[valid-type]
            self._decoders[members] = decoder
        return decoder

    def _mac(self, use: str, body: bytes) -> bytes:
        return hmac.digest(self._key, use.encode() + b"\0" + body, "sha256")[:_MAC_BYTES]
