"""`GET /files/{key}` and the tracker's script: what pages load besides themselves."""

from pathlib import Path
from typing import Final

from siyu.content.collection.directory import Remembered
from siyu.content.pages.render import TRACKER
from siyu.content.queries import FILES_PATH
from siyu.core.db import Database
from siyu.core.db.directory import find_tenant
from siyu.core.doors import Request, Response
from siyu.core.errors import NotFound
from siyu.core.files import Files

_FOR_EVER: Final = ("cache-control", "public, max-age=31536000, immutable")
_FOR_AN_HOUR: Final = ("cache-control", "public, max-age=3600")
_NO_SNIFF: Final = ("x-content-type-options", "nosniff")

_SITE_SCRIPT: Final = (Path(__file__).parents[1] / "collection" / "site.js").read_bytes()


class FileDoor:
    """Gives out pictures; their names cannot be guessed, and never change their content."""

    def __init__(self, db: Database, files: Files) -> None:
        self._files = files

        async def load(host: str) -> int | None:
            async with db.system() as session:
                return await find_tenant(session, host)

        self._tenants = Remembered(load)

    async def handle(self, request: Request) -> Response:
        """Answer one request."""
        tenant_id = await self._tenants.get(request.host)
        if tenant_id is None or request.method not in {"GET", "HEAD"}:
            raise NotFound("file_unknown", "文件不存在或已被删除")
        found = await self._files.get(tenant_id, request.path.removeprefix(FILES_PATH))
        sandboxed = ("content-security-policy", "default-src 'none'; sandbox")
        kind = ("content-type", found.content_type)
        return Response(200, found.content, (kind, _FOR_EVER, _NO_SNIFF, sandboxed))


async def site_script(_request: Request) -> Response:
    """Give out the script for the enterprise's own pages, which include it from elsewhere."""
    kind = ("content-type", "text/javascript; charset=utf-8")
    elsewhere = ("cross-origin-resource-policy", "cross-origin")
    return Response(200, _SITE_SCRIPT, (kind, _FOR_AN_HOUR, _NO_SNIFF, elsewhere))


async def tracker(_request: Request) -> Response:
    """Give out the tracker's script; its address names its content."""
    kind = ("content-type", "text/javascript; charset=utf-8")
    return Response(200, TRACKER, (kind, _FOR_EVER, _NO_SNIFF))
