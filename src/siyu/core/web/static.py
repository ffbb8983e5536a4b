"""The built front ends, from memory: hashed assets for ever, pages always fresh."""

import gzip
import mimetypes
from pathlib import Path
from typing import Final

from siyu.core.web.asgi import Receive, Scope, Send, header, respond

_FOR_EVER: Final = (b"cache-control", b"public, max-age=31536000, immutable")
_FRESH: Final = (b"cache-control", b"no-cache")
_ENCODINGS: Final = b"accept-encoding"
_TEXTS: Final = (".html", ".js", ".css", ".svg", ".json")
_WORTH_PACKING: Final = 1024
_MISSING_PAGE: Final = (
    "<!doctype html><meta charset=utf-8><title>siyu</title>"
    "<p>页面尚未构建。请用 <code>./siyu serve</code> 启动，它会先构建前端。"
).encode()


class StaticFiles:
    """Serves one built front end below `prefix`; unknown paths lead to its index page."""

    def __init__(self, folder: Path, prefix: str, *, index: bool = True) -> None:
        self._folder = folder
        self._prefix = prefix
        self._index = index
        self._files: dict[str, bytes] | None = None
        self._compressed: dict[str, bytes] = {}

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Serve one request whose path begins with the prefix."""
        files = self._files if self._files is not None else self._load()
        name = scope["path"].removeprefix(self._prefix).lstrip("/")
        content = files.get(name)
        if content is None and self._index and "." not in name.rsplit("/", 1)[-1]:
            name, content = "index.html", files.get("index.html", _MISSING_PAGE)
        if content is None:
            await respond(send, 404, b"not found")
            return
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        charset = "; charset=utf-8" if kind.startswith("text/") or kind.endswith("json") else ""
        packed = self._packed(name, content) if "gzip" in header(scope, _ENCODINGS) else None
        headers: tuple[tuple[bytes, bytes], ...] = (
            _FOR_EVER if name.startswith("assets/") else _FRESH,
        )
        if packed is not None:
            headers += ((b"content-encoding", b"gzip"), (b"vary", b"accept-encoding"))
        await respond(
            send, 200, packed or content, content_type=f"{kind}{charset}", headers=headers
        )

    def _packed(self, name: str, content: bytes) -> bytes | None:
        """Return a text file compressed, done once; pictures and small files go as they are."""
        if len(content) < _WORTH_PACKING or not name.endswith(_TEXTS):
            return None
        if name not in self._compressed:
            self._compressed[name] = gzip.compress(content, mtime=0)
        return self._compressed[name]

    def _load(self) -> dict[str, bytes]:
        files = (
            {
                path.relative_to(self._folder).as_posix(): path.read_bytes()
                for path in self._folder.rglob("*")
                if path.is_file()
            }
            if self._folder.is_dir()
            else {}
        )
        if files:  # a front end built while the server runs is picked up
            self._files = files
        return files
