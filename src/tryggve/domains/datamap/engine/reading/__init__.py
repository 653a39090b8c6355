"""Files become text: what a file holds decides how it is read, its name only where that says nothing.

For most cases use ``read``. A reader is a function of (source, name, limits) in a module of its own, listed under its
format in ``READERS`` and loaded when the first file of that format comes.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import Final, cast

from tryggve.domains.datamap.engine.findings import NotScanned
from tryggve.domains.datamap.engine.reading.formats import Format, format_of
from tryggve.domains.datamap.engine.reading.parts import (
    Limits,
    Member,
    NotRead,
    Part,
    Pictures,
    Read,
    Reader,
    Reason,
    Source,
    within,
)

# Where the reader of each format is: module in this package, name of the function.
READERS: Final[Mapping[Format, tuple[str, str]]] = {
    Format.TEXT: ("plain_text", "read"),
    Format.JSON: ("json_text", "read"),
    Format.XML: ("xml_text", "read"),
    Format.HTML: ("html_text", "read"),
    Format.RTF: ("rtf", "read"),
    Format.WORKBOOK: ("workbooks", "read"),
    Format.OOXML: ("office_open_xml", "read"),
    Format.ODF: ("open_document", "read"),
    Format.OLE: ("old_office", "read"),
    Format.PDF: ("pdf", "read"),
    Format.MAIL: ("mail", "read"),
    Format.MBOX: ("mbox", "read"),
    Format.MSG: ("outlook", "read"),
    Format.CONTACTS_OR_CALENDAR: ("contacts_and_calendars", "read"),
    Format.ZIP: ("archives", "read_zip"),
    Format.TAR: ("archives", "read_tar"),
    Format.GZIP: ("archives", "read_gzip"),
    Format.BZIP2: ("archives", "read_bzip2"),
    Format.XZ: ("archives", "read_xz"),
    Format.SEVEN_ZIP: ("seven_zip", "read"),
    Format.PICTURE: ("pictures", "read"),
    Format.SQLITE: ("sqlite", "read"),
}
# A file's text may be this many times its size before it counts against the limit: letters of one byte take three.
_GROWTH: Final = 4


@dataclass(slots=True)
class _Left:
    bytes_out: int
    parts: int

    def take(self, size: int) -> None:
        self.bytes_out -= size
        self.parts -= 1
        if self.bytes_out < 0 or self.parts < 0:
            raise NotRead(Reason.TOO_LARGE)


def read(source: Source, name: str, limits: Limits) -> Iterator[Part | NotScanned]:
    """All text in a file and in the files inside it; what could not be read is said, never left out."""
    left = _Left(limits.bytes_out + _GROWTH * source.size, limits.parts)
    try:
        yield from _read(Member(name, source), (), limits, left)
    except NotRead as stopped:
        yield NotScanned(stopped.inside, stopped.reason)


def rehearse() -> None:
    """Load all readers that are installed, and what each of them loads with its first file; for pictures ``ocr`` too,
    whose models take several times as much memory as all the rest."""
    for name in sorted({module for module, _function in READERS.values()}):
        with suppress(ImportError):
            module = import_module(f"{__name__}.{name}")
            getattr(module, "rehearse", _no_more)()


def _no_more() -> None:
    """To be loaded."""


def _read(file: Member, inside: tuple[str, ...], limits: Limits, left: _Left) -> Iterator[Part | NotScanned]:
    try:
        for found in _reader(file)(file.source, file.name, limits):
            if isinstance(found, Member):
                left.take(found.source.size)
                yield from _member(found, (*inside, found.name), limits, left)
            else:
                left.take(len(found.content) if isinstance(found, Part) else 0)
                if _is_wanted(found, limits):
                    yield within(inside, found)
    except NotRead as stopped:
        if left.bytes_out < 0 or left.parts < 0:
            raise
        yield NotScanned(inside + stopped.inside, stopped.reason)
    except MemoryError:
        yield NotScanned(inside, Reason.TOO_LARGE)
    except Exception:  # noqa: BLE001 - whatever a reader trips over, its file is not clean and others are still read
        yield NotScanned(inside, Reason.DAMAGED)


def _is_wanted(found: Part | NotScanned, limits: Limits) -> bool:
    return limits.pictures is not Pictures.ONLY or not isinstance(found, Part) or found.is_pictured


def _member(
    file: Member, inside: tuple[str, ...], limits: Limits, left: _Left
) -> Iterator[Part | NotScanned]:
    if len(inside) > limits.depth:
        yield NotScanned(inside, Reason.TOO_DEEP)
    else:
        yield from _read(file, inside, limits, left)


def _reader(file: Member) -> Reader:
    if not file.source.size:
        return _nothing
    module, function = READERS[format_of(file.source, file.name)]
    try:
        return cast(Reader, getattr(import_module(f"{__name__}.{module}"), function))
    except ImportError as missing:
        raise NotRead(Reason.NO_READER) from missing


def _nothing(source: Source, name: str, limits: Limits) -> Iterator[Read]:
    return iter(())
