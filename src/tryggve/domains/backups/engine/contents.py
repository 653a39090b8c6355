"""Whether a file's content looks like its name: what was encrypted by somebody else looks like nothing at all."""

import math
from collections import Counter
from pathlib import PurePath
from typing import Final

# So much of a file is looked at. Less than the fewest tells nothing: chance alone makes short content look uneven.
HEAD_BYTES: Final = 16 * 1024
FEWEST_BYTES: Final = 1024
# Of 8 bits a byte. Random bytes have 7.8 in the shortest head that is judged and 7.99 in a whole one; prose has 4 to 5,
# and tables, programs and pictures without compression less than 7.
ENTROPY_BITS: Final = 7.5

# Kinds whose content begins with a mark, and kinds that are plain text.
_MARKED: Final = frozenset(
    {
        ".7z", ".ai", ".bmp", ".dng", ".doc", ".docm", ".docx", ".epub", ".gif", ".gz", ".heic", ".jpeg",
        ".jpg", ".mov", ".mp4", ".m4a", ".m4v", ".msg", ".odp", ".ods", ".odt", ".pdf", ".png", ".ppt", ".pptx",
        ".psd", ".rar", ".rtf", ".sqlite", ".sqlite3", ".tif", ".tiff", ".webp", ".xls", ".xlsm", ".xlsx",
        ".zip",
    }
)  # fmt: skip
_TEXT: Final = frozenset(
    {
        ".csv", ".css", ".eml", ".htm", ".html", ".ics", ".js", ".json", ".log", ".md", ".se", ".si", ".sie",
        ".svg", ".tsv", ".txt", ".vcf", ".xml", ".yaml", ".yml",
    }
)  # fmt: skip
# What encloses or encrypts a file and keeps its name in front, as people do it themselves.
_WRAPPED: Final = frozenset(
    {
        ".7z", ".age", ".asc", ".br", ".bz2", ".crdownload", ".gpg", ".gz", ".lz4", ".lzma", ".p7m", ".part",
        ".pgp", ".rar", ".xz", ".zip", ".zst",
    }
)  # fmt: skip
# Any of them will do: phones save WebP as .jpg, and Office locks a .docx into a compound file.
_MARKS: Final = (
    b"%PDF", b"%!PS", b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*", b"BM", b"8BPS", b"{\\rtf",
    b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"SQLite format 3\x00", b"ID3", b"OggS", b"fLaC",
)  # fmt: skip
_BOX_AT: Final = slice(4, 8)
_BOXES: Final = (b"ftyp", b"moov", b"mdat", b"free", b"wide", b"skip")
# A PDF may have something before its mark (ISO 32000-1, appendix H).
_PDF_WITHIN: Final = 1024


def is_judged(name: str) -> bool:
    """Whether a file of that name has content that can be told from random bytes."""
    return _kind(name) in _MARKED | _TEXT


def is_strange(name: str, head: bytes) -> bool:
    """Whether the content begins as no kind does, and looks random; never for a kind that isn't judged."""
    kind = _kind(name)
    if kind not in _MARKED | _TEXT or len(head) < FEWEST_BYTES:
        return False
    if _is_marked(head):
        return False
    return entropy(head) >= ENTROPY_BITS


def entropy(content: bytes) -> float:
    """Shannon's, in bits a byte: 0 of one byte again and again, 8 of all bytes alike often."""
    counts, length = Counter(content).values(), len(content)
    return -sum(count / length * math.log2(count / length) for count in counts)


def _kind(name: str) -> str:
    """The last suffix that anybody knows: ``offer.pdf.locked`` is a PDF, or was one."""
    suffixes = (one.lower() for one in reversed(PurePath(name).suffixes))
    return next((one for one in suffixes if one in _MARKED | _TEXT | _WRAPPED), "")


def _is_marked(head: bytes) -> bool:
    return head.startswith(_MARKS) or head[_BOX_AT] in _BOXES or b"%PDF-" in head[:_PDF_WITHIN]
