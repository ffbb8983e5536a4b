"""Files: pictures, media, exports. A local folder by default, any object store by URL."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

import msgspec
import obstore
from obstore.store import ObjectStore, from_url

from siyu.core.errors import NotFound


class StoredFile(msgspec.Struct, frozen=True):
    """The content of a file and its media type."""

    content: bytes
    content_type: str


class Files:
    """Keeps immutable files per tenant, named by their content, so that storing twice is one."""

    def __init__(self, url: str) -> None:
        local = url.startswith("file:")
        self._store = from_url(url, mkdir=True) if local else from_url(url)
        self.folder = Path(unquote(urlsplit(url).path)) if local else None
        """Where the files lie, when that is a folder of this machine."""

    @property
    def store(self) -> ObjectStore:
        """The store itself, for `siyu.core.sealed`."""
        return self._store

    async def put(self, tenant_id: int, content: bytes, content_type: str) -> str:
        """Store a file; return its key, which outsiders cannot guess."""
        digest = hashlib.blake2b(content, key=str(tenant_id).encode(), digest_size=18).hexdigest()
        key = f"{digest}{EXTENSIONS.get(content_type, '')}"
        await obstore.put_async(self._store, f"{tenant_id}/{key}", content)
        return key

    async def get(self, tenant_id: int, key: str) -> StoredFile:
        """Return a file; raises `NotFound`."""
        content_type = content_type_of(key)
        if content_type is None or "/" in key or key.startswith("."):
            raise NotFound("file_unknown", "文件不存在或已被删除")
        try:
            result = await obstore.get_async(self._store, f"{tenant_id}/{key}")
            return StoredFile(bytes(await result.bytes_async()), content_type)
        except FileNotFoundError as error:
            raise NotFound("file_unknown", "文件不存在或已被删除") from error


EXTENSIONS: Final[Mapping[str, str]] = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "video/mp4": ".mp4",
    "application/pdf": ".pdf",
    "application/octet-stream": ".bin",
}
"""The media types siyu stores; what is not here is refused where it comes in."""


def content_type_of(key: str) -> str | None:
    """Return the media type a key stands for."""
    suffix = key[key.rfind(".") :] if "." in key else ""
    return next((kind for kind, extension in EXTENSIONS.items() if extension == suffix), None)
