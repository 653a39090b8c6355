"""A PDF of two kilobytes whose drawing would take years: each drawing in it shows the next one ten times."""

from typing import Final

from tryggve.domains.datamap.tests.engine import pdf_files

_LEVELS: Final = 12
_TIMES: Final = 10


def hanging_pdf() -> bytes:
    first = 4  # of the numbers that ``pdf_files.pdf`` gives to objects
    drawings = [_drawing(next=first + level + 1) for level in range(_LEVELS)]
    page = b"/Resources << /XObject << /F %d 0 R >> >> /Contents %d 0 R" % (first, first + _LEVELS + 1)
    return pdf_files.pdf(page, objects=[*drawings, _last_drawing(), pdf_files.stream(b"/F Do")])


def _drawing(next: int) -> bytes:
    shown = b"/Resources << /XObject << /F %d 0 R >> >>" % next
    return pdf_files.stream(b"/F Do " * _TIMES, b"/Type /XObject /Subtype /Form /BBox [0 0 100 100] " + shown)


def _last_drawing() -> bytes:
    return pdf_files.stream(b"0 0 m 1 1 l S", b"/Type /XObject /Subtype /Form /BBox [0 0 100 100]")
