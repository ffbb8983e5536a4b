"""Pictures from outside: checked for what they are, made smaller, stripped, encoded anew."""

import io
import warnings
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from siyu.core.errors import Invalid, TooLarge

MOST_BYTES: Final = 8 * 1024 * 1024
_MOST_PIXELS: Final = 40_000_000
_LONGEST_SIDE: Final = 1600
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
_QUALITY: Final = 84

_UNREADABLE: Final = "图片无法识别，请上传 JPG、PNG、WebP 或 GIF 图片"


def encode_anew(content: bytes) -> tuple[bytes, str]:
    """Return a picture as siyu keeps it, and its media type: PNG where it is transparent.

    Encoding anew drops everything that is not picture (places, thumbnails, hidden
    scripts). Raises `TooLarge` or `Invalid`.
    """
    if len(content) > MOST_BYTES:
        raise TooLarge("picture_too_large", "图片超过 8 MB，请压缩后再上传")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    raise TooLarge("picture_too_large", "图片尺寸过大，请缩小到 4000 万像素以内")
                return _encode(ImageOps.exif_transpose(picture))
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        ValueError,
        SyntaxError,
    ) as error:
        raise Invalid("picture_unreadable", _UNREADABLE) from error


def _encode(picture: Image.Image) -> tuple[bytes, str]:
    picture.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    out = io.BytesIO()
    if picture.has_transparency_data:
        picture.convert("RGBA").save(out, "PNG", optimize=True)
        return out.getvalue(), "image/png"
    picture.convert("RGB").save(out, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return out.getvalue(), "image/jpeg"
