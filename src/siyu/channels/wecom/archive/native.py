"""WeCom's own library for the archive, loaded where the operator provides it.

The library (``libWeWorkFinanceSdk_C.so``, for x86-64 or ARM, or the DLL) may not be passed on, so
it is not part of siyu and **this adapter has not been tried with it**: it follows the header
``WeWorkFinanceSdk_C.h`` as documented (doc 91774). Calls block, so they run in a thread; one at a
time, since the library does not say that its handle may be shared.
"""

import asyncio
import ctypes
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, Final, TypeVar

import msgspec

from siyu.channels.wecom.archive.adapter import MediaChunk, SealedMessage
from siyu.channels.wecom.archive.errors import UNREADABLE, ArchiveError

_SECONDS: Final = 20
_PLACE: Final = "native archive"
_POINTER: Final = ctypes.c_void_p
_TEXT: Final = ctypes.c_char_p
_INT: Final = ctypes.c_int
# name → (result, arguments); an int result of the calls is their error code
_FUNCTIONS: Final[dict[str, tuple[Any, list[Any]]]] = {
    "NewSdk": (_POINTER, []),
    "DestroySdk": (None, [_POINTER]),
    "Init": (_INT, [_POINTER, _TEXT, _TEXT]),
    "GetChatData": (
        _INT,
        [_POINTER, ctypes.c_ulonglong, ctypes.c_uint, _TEXT, _TEXT, _INT, _POINTER],
    ),
    "DecryptData": (_INT, [_TEXT, _TEXT, _POINTER]),
    "GetMediaData": (_INT, [_POINTER, _TEXT, _TEXT, _TEXT, _TEXT, _INT, _POINTER]),
    "NewSlice": (_POINTER, []),
    "FreeSlice": (None, [_POINTER]),
    "GetContentFromSlice": (_POINTER, [_POINTER]),
    "GetSliceLen": (_INT, [_POINTER]),
    "NewMediaData": (_POINTER, []),
    "FreeMediaData": (None, [_POINTER]),
    "GetOutIndexBuf": (_TEXT, [_POINTER]),
    "GetData": (_POINTER, [_POINTER]),
    "GetDataLen": (_INT, [_POINTER]),
    "IsMediaDataFinish": (_INT, [_POINTER]),
}

T = TypeVar("T")


class _Pulled(msgspec.Struct):
    errcode: int = 0
    errmsg: str = ""
    chatdata: tuple[SealedMessage, ...] = ()


class NativeArchive:
    """The archive of one corporation through the library at `library`.

    `proxy` such as ``http://10.0.0.1:8080``, with `proxy_password` as ``user:password``. Raises
    `OSError` when the library cannot be loaded, `ArchiveError` when it refuses the secret.
    """

    def __init__(
        self,
        library: Path,
        corp_id: str,
        secret: str,
        *,
        proxy: str = "",
        proxy_password: str = "",
    ) -> None:
        self._library = ctypes.CDLL(str(library))
        for name, (result, arguments) in _FUNCTIONS.items():
            function = getattr(self._library, name)
            function.restype, function.argtypes = result, arguments
        self._proxy = (proxy.encode(), proxy_password.encode())
        self._one_at_a_time = Lock()
        self._sdk = self._library.NewSdk()
        code = self._library.Init(self._sdk, corp_id.encode(), secret.encode())
        if code:
            self.close()
            raise ArchiveError(code, _PLACE, "Init")

    def close(self) -> None:
        """Let the library go; nothing may be asked any more."""
        if self._sdk is not None:
            self._library.DestroySdk(self._sdk)
            self._sdk = None

    async def pull(self, seq: int, limit: int) -> Sequence[SealedMessage]:
        """Return messages behind `seq`."""
        return await self._aside(lambda: self._pull(seq, limit))

    async def decrypt(self, encrypt_key: str, encrypt_chat_msg: str) -> bytes:
        """Return the JSON of a message."""
        return await self._aside(lambda: self._decrypt(encrypt_key, encrypt_chat_msg))

    async def media(self, sdkfileid: str, indexbuf: str) -> MediaChunk:
        """Return a chunk of a file."""
        return await self._aside(lambda: self._media(sdkfileid, indexbuf))

    def _pull(self, seq: int, limit: int) -> Sequence[SealedMessage]:
        with self._slice() as found:
            code = self._library.GetChatData(self._sdk, seq, limit, *self._proxy, _SECONDS, found)
            content = self._content_of(found, code, "GetChatData")
        try:
            pulled = msgspec.json.decode(content, type=_Pulled)
        except msgspec.MsgspecError as error:
            raise ArchiveError(UNREADABLE, _PLACE, "GetChatData") from error
        if pulled.errcode:
            raise ArchiveError(pulled.errcode, _PLACE, pulled.errmsg)
        return pulled.chatdata

    def _decrypt(self, encrypt_key: str, encrypt_chat_msg: str) -> bytes:
        with self._slice() as found:
            code = self._library.DecryptData(encrypt_key.encode(), encrypt_chat_msg.encode(), found)
            return self._content_of(found, code, "DecryptData")

    def _media(self, sdkfileid: str, indexbuf: str) -> MediaChunk:
        library = self._library
        chunk = library.NewMediaData()
        try:
            code = library.GetMediaData(
                self._sdk, indexbuf.encode(), sdkfileid.encode(), *self._proxy, _SECONDS, chunk
            )
            if code:
                raise ArchiveError(code, _PLACE, "GetMediaData")
            content = ctypes.string_at(library.GetData(chunk), library.GetDataLen(chunk))
            next_index = (library.GetOutIndexBuf(chunk) or b"").decode()
            return MediaChunk(content, next_index, bool(library.IsMediaDataFinish(chunk)))
        finally:
            library.FreeMediaData(chunk)

    @contextmanager
    def _slice(self) -> Iterator[Any]:
        found = self._library.NewSlice()
        try:
            yield found
        finally:
            self._library.FreeSlice(found)

    def _content_of(self, found: Any, code: int, call: str) -> bytes:
        if code:
            raise ArchiveError(code, _PLACE, call)
        size = self._library.GetSliceLen(found)
        return ctypes.string_at(self._library.GetContentFromSlice(found), size)

    async def _aside(self, work: Callable[[], T]) -> T:
        def alone() -> T:
            with self._one_at_a_time:
                return work()

        return await asyncio.to_thread(alone)
