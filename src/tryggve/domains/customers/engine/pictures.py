"""Pictures from elsewhere are drawn anew: what a browser is given was made here, whatever stood in the file."""

import base64
import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from PIL import Image, ImageOps

SIDE_PIXELS = 1600
_MOST_PIXELS = 50_000_000
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
_QUALITY = 85
_JPEG = b"\xff\xd8\xff"


class NoPicture(ValueError):
    """What came back isn't one."""


def drawn_anew(stream: BinaryIO) -> Iterator[str]:
    """The first picture of a file as a JPEG of at most SIDE_PIXELS a side, without what else the file held (place,
    camera, comments), in base64. Raises whatever Pillow does."""
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    with Image.open(io.BytesIO(stream.read()), formats=_FORMATS) as picture:
        if picture.width * picture.height > _MOST_PIXELS:
            raise ValueError("more pixels than a screen could show")
        picture.draft("RGB", (SIDE_PIXELS, SIDE_PIXELS))
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((SIDE_PIXELS, SIDE_PIXELS))
        white = Image.new("RGB", upright.size, "white")
        white.paste(upright.convert("RGBA"), mask=upright.convert("RGBA").getchannel("A"))
    out = io.BytesIO()
    white.save(out, "JPEG", quality=_QUALITY)
    yield base64.b64encode(out.getvalue()).decode()


def picture_in(parts: Iterable[object]) -> bytes:
    """The JPEG that a child said it has drawn. Raises NoPicture for anything else: the child had read foreign bytes."""
    try:
        [part] = parts
        picture = base64.b64decode(str(part), validate=True)
    except ValueError as cause:
        raise NoPicture from cause
    if not picture.startswith(_JPEG):
        raise NoPicture
    return picture


def rehearse() -> None:
    """Draw a small picture of each kind, so that all that Pillow needs is loaded."""
    for name in _FORMATS:
        small = io.BytesIO()
        Image.new("RGB", (2, 2), "red").save(small, name)
        small.seek(0)
        for _part in drawn_anew(small):
            pass
