"""What every way to the archive can do; the shapes are those of WeCom's library."""

from collections.abc import Sequence
from typing import Annotated, NamedTuple, Protocol

import msgspec

MOST: int = 1000
"""How many messages one pull returns at most."""


class SealedMessage(msgspec.Struct, kw_only=True, frozen=True):
    """A message as it lies in the archive.

    `encrypt_random_key` (Base64) opens with the private key of version `publickey_ver`; what it
    holds opens `encrypt_chat_msg`.
    """

    seq: Annotated[int, msgspec.Meta(ge=0)]
    msgid: str
    publickey_ver: int
    encrypt_random_key: str
    encrypt_chat_msg: str


class MediaChunk(NamedTuple):
    """Up to 512 KB of a file; `indexbuf` is where the next chunk begins."""

    content: bytes
    indexbuf: str
    is_finish: bool


class ArchiveAdapter(Protocol):
    """A way to the archive of one corporation. Every method raises an `ArchiveError`."""

    async def pull(self, seq: int, limit: int) -> Sequence[SealedMessage]:
        """Return at most `limit` (1,000) messages behind `seq`, of the last five days."""
        ...

    async def decrypt(self, encrypt_key: str, encrypt_chat_msg: str) -> bytes:
        """Return the JSON of a message, by the key that its `encrypt_random_key` held."""
        ...

    async def media(self, sdkfileid: str, indexbuf: str) -> MediaChunk:
        """Return the chunk of a file that begins at `indexbuf`, empty for the first."""
        ...
