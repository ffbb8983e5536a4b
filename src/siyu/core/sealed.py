"""Files with personal data: encrypted where they lie, written and read in pieces of any number.

A file is a row of frames: four bytes of length, then a sealed piece. Each frame is bound to its
file and place, and an empty one ends the file, so pieces can be neither exchanged nor cut off
unnoticed. No door serves these files but those of the rooms that made them.
"""

import asyncio
import secrets
import struct
from collections.abc import AsyncIterable, AsyncIterator, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import PurePosixPath
from typing import Final

import obstore

from siyu.core.errors import NotFound
from siyu.core.files import Files
from siyu.core.vault import DecryptionFailed, Vault

_LENGTH: Final = struct.Struct(">I")
_PIECE: Final = 256 * 1024
_GONE: Final = "文件不存在或已被删除"


class SealedFiles:
    """The sealed files of one tenant."""

    def __init__(self, files: Files, vault: Vault, tenant_id: int) -> None:
        self._store = files.store
        self._folder = files.folder
        self._vault = vault
        self._tenant_id = tenant_id

    async def write(self, pieces: AsyncIterable[bytes]) -> str:
        """Store what comes; return the file's name. Nothing is stored when the source raises."""
        name = secrets.token_urlsafe(18)
        writer = obstore.open_writer_async(self._store, self._path(name))
        place = 0
        gathered = bytearray()
        try:
            async for piece in pieces:
                gathered += piece
                while len(gathered) >= _PIECE:
                    await writer.write(self._frame(name, place, bytes(gathered[:_PIECE])))
                    del gathered[:_PIECE]
                    place += 1
            if gathered:
                await writer.write(self._frame(name, place, bytes(gathered)))
                place += 1
            await writer.write(self._frame(name, place, b""))
        except BaseException:
            await writer.close()
            await self.delete(name)
            raise
        await writer.close()
        return name

    def read(self, name: str) -> Iterator[bytes]:
        """Yield a file's content in pieces; blocks, so it is for threads.

        Raises `NotFound`, and `DecryptionFailed` where the file was changed.
        """
        try:
            source = iter(obstore.get(self._store, self._path(name)).stream(_PIECE))
        except FileNotFoundError as error:
            raise NotFound("file_unknown", _GONE) from error
        buffer = bytearray()
        place = 0
        for part in source:
            buffer += bytes(part)
            while len(buffer) >= _LENGTH.size:
                end = _LENGTH.size + _LENGTH.unpack_from(buffer)[0]
                if len(buffer) < end:
                    break
                sealed = bytes(buffer[_LENGTH.size : end])
                del buffer[:end]
                piece = self._vault.unseal(self._purpose(name, place), sealed)
                if not piece:
                    return
                yield piece
                place += 1
        raise DecryptionFailed("the file was cut off")

    async def stream(self, name: str) -> AsyncIterator[bytes]:
        """Yield a file's content as `read` does, for answers."""
        source = self.read(name)
        while (piece := await asyncio.to_thread(next, source, None)) is not None:
            yield piece

    async def delete(self, name: str) -> None:
        """Delete a file, if it is there."""
        with suppress(FileNotFoundError):
            await obstore.delete_async(self._store, self._path(name))

    def older_than(self, moment: datetime) -> list[str]:
        """Return the files that were last written before a moment of the machine; blocks."""
        found = obstore.list(self._store, prefix=self._path("").rstrip("/"))
        return [
            PurePosixPath(each["path"]).name
            for some in found
            for each in some
            if each["last_modified"] < moment
        ]

    def clear_halves(self, moment: datetime) -> None:
        """Delete what was last written before a moment and never ended; blocks.

        A folder keeps it beside the files, under their names with a number. An object store keeps
        it apart, where only its own rules can let it expire.
        """
        if self._folder is None:
            return
        for half in (self._folder / self._path("")).glob("*#*"):
            with suppress(FileNotFoundError):
                if half.stat().st_mtime < moment.timestamp():
                    half.unlink()

    def _frame(self, name: str, place: int, piece: bytes) -> bytes:
        sealed = self._vault.seal(self._purpose(name, place), piece)
        return _LENGTH.pack(len(sealed)) + sealed

    def _path(self, name: str) -> str:
        return f"{self._tenant_id}/sealed/{name}"

    def _purpose(self, name: str, place: int) -> str:
        return f"file:{name}:{place}"
