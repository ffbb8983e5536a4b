"""What a file says about itself in its first or last bytes; None where it does not say."""

from io import BytesIO

from PIL import Image, UnidentifiedImageError

_BOX_HEAD = 8
_LONG_BOX_HEAD = 16
_VERSION_0, _VERSION_1 = 20, 32  # bytes of mvhd up to the end of the duration


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels."""
    try:
        with Image.open(BytesIO(content)) as picture:
            return picture.size
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None


def is_mp4(content: bytes) -> bool:
    """Whether the file begins as MP4 files do."""
    return content[4:8] == b"ftyp"


def video_seconds(content: bytes) -> float | None:
    """Return how long an MP4 plays, from the header of the movie (box ``moov/mvhd``)."""
    header = _box(_box(content, b"moov"), b"mvhd")
    if len(header) >= _VERSION_1 and header[0] == 1:
        scale, duration = int.from_bytes(header[20:24]), int.from_bytes(header[24:32])
    elif len(header) >= _VERSION_0:
        scale, duration = int.from_bytes(header[12:16]), int.from_bytes(header[16:20])
    else:
        return None
    return duration / scale if scale else None


def _box(content: bytes, kind: bytes) -> bytes:
    """Return what the first box of a kind holds, nothing where there is none."""
    place = 0
    while place + _BOX_HEAD <= len(content):
        size, name = int.from_bytes(content[place : place + 4]), content[place + 4 : place + 8]
        head = _BOX_HEAD
        if size == 1:  # a long box says its size after its name
            size, head = int.from_bytes(content[place + 8 : place + 16]), _LONG_BOX_HEAD
        elif size == 0:  # the last box goes to the end
            size = len(content) - place
        if size < head:
            return b""
        if name == kind:
            return content[place + head : place + size]
        place += size
    return b""
