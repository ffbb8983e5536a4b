"""The archive of the simulated world: WeCom's JSON over HTTP, with a cipher of its own.

WeCom's cipher is closed, so the world has one that anybody can read: the key of a message is
SHA-256 of the random text that its `encrypt_random_key` holds, and `encrypt_chat_msg` is Base64 of
a 12-byte nonce and the AES-256-GCM ciphertext. Everything before it (RSA with PKCS #1 v1.5, key
versions, sequence numbers) is as WeCom documents it.
"""

import base64
import binascii
import hashlib
from collections.abc import Sequence
from typing import Any, Final, TypeVar

import httpx
import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from siyu.channels.wecom.archive.adapter import MediaChunk, SealedMessage
from siyu.channels.wecom.archive.errors import NETWORK, SEALED, UNREADABLE, ArchiveError
from siyu.core.http import Unreachable, exchange

_NONCE: Final = 12
_SECONDS: Final = 20.0
_PULL: Final = "/archive/chatdata"
_MEDIA: Final = "/archive/mediadata"


class _Reply(msgspec.Struct):
    errcode: int = 0
    errmsg: str = ""


R = TypeVar("R", bound=_Reply)


class _Pulled(_Reply):
    chatdata: tuple[SealedMessage, ...] = ()


class _Chunk(_Reply):
    data: bytes = b""
    outindexbuf: str = ""
    is_finish: bool = False


class HttpArchive:
    """The archive of one corporation in the world at `base`; the client stays its owner's."""

    def __init__(self, http: httpx.AsyncClient, base: str, corp_id: str, secret: str) -> None:
        self._http = http
        self._base = base.rstrip("/")
        self._known = {"corpid": corp_id, "secret": secret}

    async def pull(self, seq: int, limit: int) -> Sequence[SealedMessage]:
        """Return messages behind `seq`."""
        reply = await self._ask(_PULL, {"seq": seq, "limit": limit}, _Pulled)
        return reply.chatdata

    async def decrypt(self, encrypt_key: str, encrypt_chat_msg: str) -> bytes:
        """Return the JSON of a message."""
        cipher = AESGCM(hashlib.sha256(encrypt_key.encode()).digest())
        try:
            sealed = base64.b64decode(encrypt_chat_msg, validate=True)
            return cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
        except (binascii.Error, ValueError, InvalidTag) as error:
            raise ArchiveError(SEALED, _PULL) from error

    async def media(self, sdkfileid: str, indexbuf: str) -> MediaChunk:
        """Return a chunk of a file."""
        asked = {"sdkfileid": sdkfileid, "indexbuf": indexbuf}
        chunk = await self._ask(_MEDIA, asked, _Chunk)
        return MediaChunk(chunk.data, chunk.outindexbuf, chunk.is_finish)

    async def _ask(self, path: str, asked: dict[str, Any], kind: type[R]) -> R:
        request = self._http.build_request(
            "POST", f"{self._base}{path}", json={**self._known, **asked}
        )
        try:
            answer = await exchange(self._http, request, seconds=_SECONDS)
            reply = msgspec.json.decode(answer.content, type=kind)
        except Unreachable as error:
            raise ArchiveError(NETWORK, path, error.trouble) from error
        except msgspec.MsgspecError as error:
            raise ArchiveError(UNREADABLE, path) from error
        if reply.errcode:
            raise ArchiveError(reply.errcode, path, reply.errmsg)
        return reply
