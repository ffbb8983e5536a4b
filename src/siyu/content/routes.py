"""Materials over HTTP."""

import asyncio
from typing import Annotated, Any, Literal

from litestar import Controller, Response, get, post, put
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body, QueryParameter

from siyu.content import queries, service
from siyu.content.collection.sources import CollectSourceController
from siyu.content.pictures import MOST_BYTES, encode_anew
from siyu.content.queries import file_url, view_of
from siyu.content.schemas import MaterialDraft, MaterialSummary, MaterialView, UploadedFile
from siyu.core.context import Context
from siyu.core.errors import Invalid
from siyu.core.files import Files
from siyu.core.paging import Limit, Page
from siyu.core.web import problems

State = Literal["draft", "published", "archived"]


class MaterialController(Controller):
    """The content centre."""

    path = "/api/materials"
    tags = ["content"]  # noqa: RUF012 - Litestar declares it as a plain class attribute

    @get()
    async def list_materials(
        self,
        ctx: Context,
        wanted: Annotated[State | None, QueryParameter(name="state")] = None,
        topic: str | None = None,
        cursor: str | None = None,
        limit: Limit = 50,
    ) -> Page[MaterialSummary]:
        """List materials, latest first."""
        ctx.require("materials.read")
        return await queries.list_materials(
            ctx, state=wanted, topic=topic, cursor=cursor, limit=limit
        )

    @post()
    async def create_material(self, ctx: Context, data: MaterialDraft) -> MaterialView:
        """Keep a new article as a draft."""
        ctx.require("materials.write")
        return view_of(await service.create_material(ctx, data))

    @get("/{material_id:int}")
    async def read_material(self, ctx: Context, material_id: int) -> MaterialView:
        """Return a material with its text."""
        ctx.require("materials.read")
        return view_of(await service.get_material(ctx, material_id))

    @put("/{material_id:int}")
    async def update_material(
        self, ctx: Context, material_id: int, data: MaterialDraft
    ) -> MaterialView:
        """Write a material anew."""
        ctx.require("materials.write")
        return view_of(await service.update_material(ctx, material_id, data))

    @post("/{material_id:int}/publish", status_code=200)
    async def publish_material(self, ctx: Context, material_id: int) -> MaterialView:
        """Let staff share a material."""
        ctx.require("materials.write")
        return view_of(await service.publish_material(ctx, material_id))

    @post("/{material_id:int}/archive", status_code=200)
    async def archive_material(self, ctx: Context, material_id: int) -> MaterialView:
        """Take a material out of circulation."""
        ctx.require("materials.write")
        return view_of(await service.archive_material(ctx, material_id))


def _without_a_file(request: problems.AnyRequest, error: RuntimeError) -> Response[bytes]:
    # Litestar looks for the form's first file, and where there is none its search just ends.
    if isinstance(error.__cause__, StopIteration):
        return problems.response_of(Invalid("file_missing", "请选择要上传的图片"))
    return problems.on_defect(request, error)


class FileController(Controller):
    """Pictures for materials and welcomes."""

    path = "/api/files"
    tags = ["content"]  # noqa: RUF012 - Litestar declares it as a plain class attribute

    @post(
        request_max_body_size=MOST_BYTES + 64 * 1024,
        exception_handlers={RuntimeError: _without_a_file},
    )
    async def upload_picture(
        self,
        ctx: Context,
        files: Files,
        data: Annotated[UploadFile, Body(media_type=RequestEncodingType.MULTI_PART)],
    ) -> UploadedFile:
        """Store a picture (JPG, PNG, WebP or GIF, at most 8 MB), encoded anew."""
        ctx.require("materials.write")
        content = await data.read(MOST_BYTES + 1)
        # Decoding a large picture takes longer than other requests should wait.
        encoded, content_type = await asyncio.to_thread(encode_anew, content)
        key = await files.put(ctx.tenant_id, encoded, content_type)
        return UploadedFile(
            key=key,
            url=str(file_url(key)),
            content_type=content_type,
            bytes=len(encoded),
        )


controllers: list[type[Any]] = [MaterialController, FileController, CollectSourceController]
