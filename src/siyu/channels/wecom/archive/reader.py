"""Reading the archive: pages of messages opened with the right key, files chunk by chunk."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Final, NamedTuple, ParamSpec, TypeVar

from siyu.channels.wecom.archive.adapter import MOST, ArchiveAdapter, SealedMessage
from siyu.channels.wecom.archive.errors import UNREADABLE, ArchiveError
from siyu.channels.wecom.archive.keys import ArchiveKeys
from siyu.channels.wecom.archive.messages import ArchivedMessage, message_of
from siyu.channels.wecom.quota import Sleep
from siyu.channels.wecom.verdicts import Advice

_ATTEMPTS: Final = 3
_FIRST_PAUSE: Final = 0.5

P = ParamSpec("P")
T = TypeVar("T")


class Opened(NamedTuple):
    """A message of the archive, or why it could not be opened; never both None."""

    seq: int
    msgid: str
    message: ArchivedMessage | None
    failure: ArchiveError | None = None


class Archive:
    """The archive of one corporation. 10001 to 10003 are tried three times."""

    def __init__(
        self, adapter: ArchiveAdapter, keys: ArchiveKeys, *, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._adapter = adapter
        self._keys = keys
        self._sleep = sleep

    async def pages(self, seq: int = 0, *, limit: int = MOST) -> AsyncIterator[tuple[Opened, ...]]:
        """Yield pages of what came after `seq`, which is that of the last message read.

        A message that cannot be opened comes with its failure and stops nothing: read it again
        when its key is there, within five days.
        """
        while True:
            sealed = await self._insist(self._adapter.pull, seq, limit)
            if not sealed:
                return
            yield tuple([await self._opened(message) for message in sealed])
            if len(sealed) < limit:
                return
            last = max(message.seq for message in sealed)
            if last <= seq:
                raise ArchiveError(UNREADABLE, "archive", "the next page is the same page")
            seq = last

    async def media(self, sdkfileid: str) -> AsyncIterator[bytes]:
        """Yield a file in chunks of up to 512 KB; it goes on where a chunk had to be repeated."""
        indexbuf = ""
        while True:
            chunk = await self._insist(self._adapter.media, sdkfileid, indexbuf)
            yield chunk.content
            if chunk.is_finish:
                return
            if chunk.indexbuf == indexbuf:
                raise ArchiveError(UNREADABLE, "archive media", "the next chunk is the same chunk")
            indexbuf = chunk.indexbuf

    async def _opened(self, sealed: SealedMessage) -> Opened:
        try:
            # a private key works for a millisecond, and there are a thousand on a page
            key = await asyncio.to_thread(self._keys.open, sealed)
            plain = await self._adapter.decrypt(key, sealed.encrypt_chat_msg)
            return Opened(sealed.seq, sealed.msgid, message_of(plain))
        except ArchiveError as error:
            return Opened(sealed.seq, sealed.msgid, None, error)

    async def _insist(self, ask: Callable[P, Awaitable[T]], *args: P.args, **kwargs: P.kwargs) -> T:
        for attempt in range(1, _ATTEMPTS):
            try:
                return await ask(*args, **kwargs)
            except ArchiveError as error:
                if error.advice is not Advice.RETRY:
                    raise
            await self._sleep(_FIRST_PAUSE * 2 ** (attempt - 1))
        return await ask(*args, **kwargs)
