"""Files through the gateway: attachments, parts, caps, and those WeCom fetches itself."""

import hashlib
from io import BytesIO

import pytest
from PIL import Image

from siyu.channels.wecom.endpoints import media as rows
from siyu.channels.wecom.errors import QuotaExhausted, RequestRefused, WeComError
from siyu.channels.wecom.events import MediaJobFinished
from siyu.channels.wecom.lenient import read
from siyu.sandbox.api.formats import picture_size, video_seconds
from tests.conformance.callbacks import listening
from tests.conformance.meeting import PNG, Meeting


def picture(width: int, height: int, kind: str = "PNG") -> bytes:
    content = BytesIO()
    Image.new("L", (width, height)).save(content, kind)
    return content.getvalue()


def video(seconds: int, *, long: bool = False) -> bytes:
    """The boxes of an MP4 that say how long it plays, a thousand ticks a second."""

    def box(kind: bytes, content: bytes) -> bytes:
        return (len(content) + 8).to_bytes(4) + kind + content

    ticks = seconds * 1000
    if long:
        header = b"\1\0\0\0" + bytes(16) + (1000).to_bytes(4) + ticks.to_bytes(8)
    else:
        header = bytes(12) + (1000).to_bytes(4) + ticks.to_bytes(4)
    movie = box(b"moov", box(b"mvhd", header + bytes(80)))
    return box(b"ftyp", b"mp42" + bytes(4)) + box(b"free", b"") + movie


async def refusal(met: Meeting, kind: str, content: bytes) -> int:
    with pytest.raises(WeComError) as caught:
        await met.client.files.upload_for_moment(kind, "文件", content)
    return caught.value.errcode


async def test_a_file_is_read_whole_or_in_part(met: Meeting) -> None:
    content = bytes(range(256)) * 40
    uploaded = await met.client.upload_media("file", "数据.bin", content)
    files = met.client.files
    whole = await files.download(uploaded.media_id)
    assert whole.content == content
    for first, last, part in (
        (0, 99, content[:100]),
        (10_000, None, content[10_000:]),
        (None, 9, content[:10]),
        (10_230, 99_999, content[10_230:]),
    ):
        assert (await files.download(uploaded.media_id, first=first, last=last)).content == part
    with pytest.raises(WeComError) as caught:
        await files.download(uploaded.media_id, first=len(content))
    assert caught.value.errcode == 830002
    with pytest.raises(WeComError) as caught:
        await files.download("3nothing")
    assert caught.value.subject == "media"
    await met.advance(3 * 86_400)
    with pytest.raises(WeComError) as caught:
        await files.download(uploaded.media_id)
    assert caught.value.errcode == 40007


async def test_attachments_for_moments_are_not_too_large_nor_too_long(met: Meeting) -> None:
    files = met.client.files
    for content in (picture(1440, 1080), picture(1080, 1440, "JPEG"), PNG):
        assert (await files.upload_for_moment("image", "图", content)).media_id
    assert await refusal(met, "image", picture(1441, 10)) == 41081
    assert await refusal(met, "image", picture(1081, 1090, "JPEG")) == 41081
    assert await refusal(met, "image", b"GIF89a" + bytes(20)) == 40004
    assert (await files.upload_for_moment("video", "片", video(30))).media_id
    assert await refusal(met, "video", video(31)) == 41082
    assert await refusal(met, "video", video(31, long=True)) == 41082
    assert await refusal(met, "video", b"RIFF" + bytes(20)) == 41090
    with pytest.raises(RequestRefused):
        await files.upload_for_moment("image", "图", b"12345")
    album = rows.UploadAttachmentRequest(
        media_type="image", attachment_type=rows.FOR_ALBUM, filename="图", content=picture(2000, 9)
    )
    assert (await met.client.call(rows.UPLOAD_ATTACHMENT, album)).media_id


def test_files_tell_their_measures_or_nothing() -> None:
    assert picture_size(picture(7, 5)) == (7, 5)
    assert picture_size(PNG) is None
    assert video_seconds(video(12)) == 12.0
    assert video_seconds(video(12, long=True)) == 12.0
    for broken in (b"", b"\0" * 40, video(3)[:30], b"\0\0\0\1moov" + b"\0" * 8):
        assert video_seconds(broken) is None


async def test_permanent_pictures_are_few_a_day(met: Meeting) -> None:
    await met.switch(pictures_per_day=1)
    assert await met.client.upload_image("图.png", PNG)
    with pytest.raises((WeComError, QuotaExhausted)):
        await met.client.upload_image("图.png", PNG)


async def test_wecom_fetches_files_and_tells_when_it_has(met: Meeting) -> None:
    files = met.client.files
    content = video(3)
    async with listening(met) as listener:
        listener.files["/片.mp4"] = listener.files["/v.mp4"] = content
        digest = hashlib.md5(content, usedforsecurity=False).hexdigest()
        job = await files.upload_from("video", "片.mp4", f"{listener.url}/v.mp4", digest)
        told = await listener.next(MediaJobFinished)
        assert (told.job_id, told.change_type) == (job, "")
        state = await files.upload_job(job)
        assert state.status == 2
        assert state.detail is not None
        assert state.detail.created_at > 0
        assert (await files.download(state.detail.media_id)).content == content
        for url, digest, code in (
            (f"{listener.url}/missing", None, 830003),
            (f"{listener.url}/v.mp4", "0" * 32, 830003),
            ("ftp://127.0.0.1/v.mp4", None, 830001),
        ):
            job = await files.upload_from("file", "片.mp4", url, digest)
            assert (await listener.next(MediaJobFinished)).job_id == job
            state = await files.upload_job(job)
            assert state.detail is not None
            assert (state.status, state.detail.errcode) == (3, code)
    with pytest.raises(WeComError):
        await files.upload_job("nothing")


def test_odd_answers_about_uploads_are_read_all_the_same() -> None:
    odd = {"status": "2", "detail": {"media_id": "3a", "created_at": "1700000000", "new": 1}}
    state = read({**odd, "raw": odd}, rows.UploadJobStateReply)
    assert state.detail == rows.UploadJobDetail(media_id="3a", created_at=1_700_000_000)
    assert read({"raw": {}, "detail": ""}, rows.UploadJobStateReply).detail is None
