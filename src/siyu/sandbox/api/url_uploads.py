"""Files that WeCom fetches from an address, and tells about when it has (doc 96219)."""

import hashlib
from typing import Any

import httpx
import msgspec

from siyu.sandbox.api.call import Answer, Call, Endpoint, check_bytes
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.api.media import md5_of
from siyu.sandbox.hosts import split
from siyu.sandbox.world import ids
from siyu.sandbox.world import records as r
from siyu.sandbox.world.envelope import app_event
from siyu.sandbox.world.media_records import UploadJob
from siyu.sandbox.world.state import World

_MB = 1024 * 1024
_MOST = 200 * _MB
_DAYS_3 = 3 * 86_400
_SCENE = 1
_FETCHING, _DONE, _FAILED = 1, 2, 3
_BAD_ADDRESS, _TOO_LARGE, _NOT_FETCHED = 830001, 830002, 830003


class _Refused(Exception):
    """The file cannot be had; ``code`` says why."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code


class UrlUploads:
    """Fetches in the background; what was not finished begins anew after a restart."""

    def __init__(self, world: World, http: httpx.AsyncClient) -> None:
        self._world = world
        self._http = http
        world.on_upload_job = self.start

    def resume(self) -> None:
        """Fetch what was on its way when the world stopped."""
        for job in self._world.upload_jobs:
            if job.status == _FETCHING:
                self.start(job)

    def start(self, job: UploadJob) -> None:
        """Begin to fetch one file."""
        self._world.agenda.spawn(self._fetch(job))

    async def _fetch(self, job: UploadJob) -> None:
        world = self._world
        try:
            content = await self._content(job)
            media = world.media.save(
                r.Media(
                    id=ids.media_id(), type=job.type, filename=job.filename,
                    content_type="video/mp4" if job.type == "video" else "application/octet-stream",
                    size=len(content), created=world.now(), expires=world.now() + _DAYS_3,
                    md5=md5_of(content),
                )
            )  # fmt: skip
            world.journal.save_blob(media.id, content)
            job.status, job.media_id, job.finished = _DONE, media.id, int(world.now())
        except _Refused as error:
            job.status, job.errcode, job.errmsg = _FAILED, error.code, str(error)
        world.upload_jobs.save(job)
        app_event(world, job.agentid, "upload_media_job_finish", {"JobId": job.jobid})
        await world.journal.settled()

    async def _content(self, job: UploadJob) -> bytes:
        try:
            split(job.url)
        except ValueError as error:
            raise _Refused(_BAD_ADDRESS, "invalid url") from error
        content = bytearray()
        try:
            async with self._http.stream("GET", job.url) as response:
                if not response.is_success:
                    raise _Refused(_NOT_FETCHED, f"the server answered {response.status_code}")
                async for chunk in response.aiter_bytes():
                    content += chunk
                    if len(content) > _MOST:
                        raise _Refused(_TOO_LARGE, "file too large")
        except httpx.HTTPError as error:
            raise _Refused(_NOT_FETCHED, "download failed") from error
        digest = hashlib.md5(content).hexdigest()  # noqa: S324  the interface fixes MD5
        if job.md5 and digest != job.md5.lower():
            raise _Refused(_NOT_FETCHED, "md5 does not match")
        return bytes(content)


class _Add(msgspec.Struct):
    scene: int = 0
    type: str = ""
    filename: str = ""
    url: str = ""
    md5: str = ""


def _add(call: Call) -> Answer:
    world, asked = call.world, call.read(_Add)
    if asked.scene != _SCENE:
        raise ApiError(40058, "scene")
    if asked.type not in {"video", "file"}:
        raise ApiError(40004)
    if not asked.filename or not asked.url:
        raise ApiError(40063, "filename and url")
    check_bytes("filename", asked.filename, 128)
    job = world.upload_jobs.save(
        UploadJob(
            jobid=ids.job_id(), agentid=call.caller.agentid, created=world.now(),
            type=asked.type, filename=asked.filename, url=asked.url, md5=asked.md5,
        )
    )  # fmt: skip
    world.on_upload_job(job)
    return {"jobid": job.jobid}


class _Job(msgspec.Struct):
    jobid: str = ""


def _result(call: Call) -> Answer:
    job = call.world.upload_jobs.get(call.read(_Job).jobid)
    if job is None or job.agentid != call.caller.agentid:
        raise ApiError(40058, "invalid jobid")
    detail: dict[str, Any] = {"errcode": job.errcode, "errmsg": job.errmsg or "ok"}
    if job.status == _DONE:
        detail |= {"media_id": job.media_id, "created_at": str(job.finished)}
    return {"status": job.status, "detail": detail}


ENDPOINTS = (
    Endpoint("POST", "/cgi-bin/media/upload_by_url", _add),
    Endpoint("POST", "/cgi-bin/media/get_upload_by_url_result", _result),
)
