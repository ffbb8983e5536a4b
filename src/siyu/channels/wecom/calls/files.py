"""Files: `client.files`."""

from typing import TYPE_CHECKING

from siyu.channels.wecom.endpoint import Download
from siyu.channels.wecom.endpoints import media as rows

if TYPE_CHECKING:
    from siyu.channels.wecom.client import WecomClient


class Files:
    """What is handed over to WeCom and fetched from it (docs 90253 to 90256, 95098, 96219)."""

    def __init__(self, client: "WecomClient") -> None:
        self._client = client

    async def upload_for_moment(
        self, kind: str, filename: str, content: bytes
    ) -> rows.UploadMediaReply:
        """Hand over an image or video for a Moment; its id works three days."""
        request = rows.UploadAttachmentRequest(
            media_type=kind,
            attachment_type=rows.FOR_MOMENTS,
            filename=filename,
            content=content,
        )
        return await self._client.call(rows.UPLOAD_ATTACHMENT, request)

    async def upload_from(self, kind: str, filename: str, url: str, md5: str | None = None) -> str:
        """Let WeCom fetch a video or file of up to 200 MB; returns the job."""
        request = rows.UploadFromAddressRequest(
            scene=rows.FOR_GROUP_WELCOMES, type=kind, filename=filename, url=url, md5=md5
        )
        return (await self._client.call(rows.UPLOAD_FROM_ADDRESS, request)).jobid

    async def upload_job(self, jobid: str) -> rows.UploadJobStateReply:
        """Return how far a job is."""
        return await self._client.call(rows.GET_UPLOAD_JOB, rows.UploadJobRequest(jobid=jobid))

    async def download(
        self, media_id: str, *, first: int | None = None, last: int | None = None
    ) -> Download:
        """Return a file, or its bytes from `first` to `last`, both included."""
        request = rows.MediaRequest(media_id=media_id, first=first, last=last)
        return await self._client.call(rows.GET_MEDIA, request)
