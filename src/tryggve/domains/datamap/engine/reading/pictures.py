"""Text in photographs and scans: JPEG, PNG, TIFF with any number of pages, HEIC."""

import hashlib
import io
import threading
import warnings
from collections import OrderedDict
from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tryggve.domains.datamap.engine.findings import NotScanned
from tryggve.domains.datamap.engine.reading import ocr
from tryggve.domains.datamap.engine.reading.deceptive_letters import resolved
from tryggve.domains.datamap.engine.reading.parts import Limits, NotRead, Part, Read, Reason, Source, whole
from tryggve.domains.datamap.engine.reading.places import OnPage

try:
    import pi_heif
    from PIL import Image, ImageOps
except ImportError:
    IS_THERE = False
else:
    IS_THERE = True
    pi_heif.register_heif_opener(thumbnails=False)
    Image.init()

_NEEDS_A_THREAD: Final = "HEIF"
_FORMATS: Final = ("JPEG", "PNG", "TIFF", _NEEDS_A_THREAD)
_MOST_DOTS: Final = 100_000_000
# Rows and columns of what is too small to hold a word that can be read.
_SMALLEST: Final = (12, 32)
_MOST_REMEMBERED: Final = 500
_remembered: OrderedDict[bytes, str] = OrderedDict()


def read(source: Source, name: str, limits: Limits) -> Iterator[Read]:
    """Raises NotRead (needs-ocr, no-reader, too-large, damaged)."""
    if not (IS_THERE and ocr.is_wanted(limits)):
        raise NotRead(Reason.NEEDS_OCR)
    with _opened(whole(source, limits)) as image:
        if image.format == _NEEDS_A_THREAD and not _can_start_threads():
            raise NotRead(Reason.NO_READER)
        for number in range(getattr(image, "n_frames", 1)):
            if not _turned_to(image, number):
                yield NotScanned((), Reason.TOO_LARGE)
                continue
            text = _text(image)
            if text:
                yield Part(resolved(text.encode())[0], OnPage(number + 1), is_pictured=True)


def rehearse() -> None:
    """Load what is loaded when the first picture of each format is read."""
    if IS_THERE:
        for kind in ("JPEG", "PNG", "TIFF"):
            file = io.BytesIO()
            Image.new("L", (64, 64)).save(file, kind)
            with _opened(file.getvalue()) as image:
                _dots(image)


def _opened(content: bytes) -> "Image.Image":
    with warnings.catch_warnings():
        # Of its own limit, below ours, and of tags that it doesn't understand.
        warnings.simplefilter("ignore")
        try:
            return Image.open(io.BytesIO(content), formats=_FORMATS)
        except Image.DecompressionBombError:
            raise NotRead(Reason.TOO_LARGE) from None
        except OSError:
            raise NotRead(Reason.DAMAGED) from None


def _can_start_threads() -> bool:
    """What decodes HEIC (libde265) ends the whole process where its thread can't start."""
    try:
        threading.Thread(target=int).start()
    except RuntimeError:
        return False
    return True


def _turned_to(image: "Image.Image", number: int) -> bool:
    """Whether this page of it is small enough to be unpacked."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        image.seek(number)
    return image.width * image.height <= _MOST_DOTS


def _text(image: "Image.Image") -> str:
    if image.height < _SMALLEST[0] or image.width < _SMALLEST[1]:
        return ""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        dots = _dots(image)
    return _once(dots)


def _dots(image: "Image.Image") -> NDArray[np.uint8]:
    """No larger than is read, upright: rows, columns, and blue, green, red of each dot."""
    image.draft("RGB", (ocr.LONGEST_SIDE, ocr.LONGEST_SIDE))
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((ocr.LONGEST_SIDE, ocr.LONGEST_SIDE))
    return np.ascontiguousarray(np.asarray(upright.convert("RGB"))[:, :, ::-1])


def _once(dots: NDArray[np.uint8]) -> str:
    """The same logo stands under every mail of a mailbox, and reading it takes seconds."""
    known_by = hashlib.sha256(repr(dots.shape).encode() + dots.tobytes()).digest()
    if known_by not in _remembered:
        _remembered[known_by] = ocr.text_in(dots)
        if len(_remembered) > _MOST_REMEMBERED:
            _remembered.popitem(last=False)
    return _remembered[known_by]
