"""Pictures with text: scanned letters as png, jpg, tiff with pages, and heic where the machine can write it."""

import io
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

from PIL import Image, ImageDraw, ImageFont

from bench.mess.formats.pdf import pdf_of_pictures
from bench.mess.values import Made, Planted, Text, plain, values_of, wrapped

_WIDTH, _HEIGHT = 1240, 1754
_LEFT, _TOP, _LEADING, _SIZE = 90, 100, 52, 28
_LETTERS = 66
# Of fonts-dejavu-core; what Pillow brings has none of the letters of the North.
_FONT = "DejaVuSans.ttf"


def can_write_heic() -> bool:
    """Whether pillow-heif is there: its wheels carry an encoder under the GPL, so nothing here asks for it."""
    if not find_spec("pillow_heif"):
        return False
    import_module("pillow_heif").register_heif_opener()
    return True


def _page(text: Text) -> Image.Image:
    """A4 at 150 dots an inch. Raises OSError where the font is missing."""
    image = Image.new("L", (_WIDTH, _HEIGHT), 250)
    draw, font = ImageDraw.Draw(image), ImageFont.truetype(_FONT, _SIZE)
    lines = [part for line in text.lines() if line for part in wrapped(line, _LETTERS)]
    for number, line in enumerate(lines):
        draw.text((_LEFT, _TOP + number * _LEADING), plain(line), fill=20, font=font)
    return image


def _saved(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def _planted(text: Text) -> list[Planted]:
    return [Planted(value, {}) for line in text.lines() for value in values_of(line)]


def picture(text: Text, ending: str) -> Made:
    """``png``, ``jpg`` or ``heic``."""
    form = {"png": "PNG", "jpg": "JPEG", "heic": "HEIF"}[ending]
    options = {"quality": 80} if form != "PNG" else {}
    return _saved(_page(text), form, **options), _planted(text)


def tiff(texts: Sequence[Text]) -> Made:
    """A page for each."""
    first, *rest = [_page(text) for text in texts]
    content = _saved(first, "TIFF", save_all=True, append_images=rest, compression="tiff_adobe_deflate")
    return content, _by_page(texts)


def scanned_pdf(texts: Sequence[Text]) -> Made:
    jpegs = [(_saved(_page(text), "JPEG", quality=80), _WIDTH, _HEIGHT) for text in texts]
    return pdf_of_pictures(jpegs), _by_page(texts)


def _by_page(texts: Sequence[Text]) -> list[Planted]:
    return [
        Planted(planted.value, {"page": number})
        for number, text in enumerate(texts, 1)
        for planted in _planted(text)
    ]
