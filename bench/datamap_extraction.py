"""Reading of workbooks, documents and PDF files, against the fastest that reads them: see discovery.md, section 3.

Ours gives text with the places of its letters, its deceptive ones resolved; the others give text. CPU time, in turn.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

from bench import measuring

_BAR: Final = 0.9
_ROWS, _PARAGRAPHS, _PAGES, _LINES = 2000, 300, 20, 40
_AT_A_TIME: Final = 5
_WORDS: Final = re.compile(rb"<w:t[^>]*>([^<]*)</w:t>|</w:p>")


def compared(home: Path, pairs: int) -> None:
    works: dict[str, tuple[bytes, Callable[[bytes], int], str]] = {
        "xlsx": (_workbook(home), _calamine, "python-calamine"),
        "docx": (_document(), _zip_and_pattern, "zip and a pattern"),
        "pdf": (_pdf(), _pypdfium2, "pypdfium2"),
    }
    for ending, (content, other, name) in works.items():
        ratios = list(_ratios(content, f"a.{ending}", other, pairs))
        told = "met" if measuring.quantile(ratios, 50) >= _BAR else "NOT met"
        measuring.say(
            f"{ending:5} {len(ratios)} pairs  to {name} {measuring.spread(ratios)}; bar {_BAR} {told}"
        )


def _ratios(content: bytes, name: str, other: Callable[[bytes], int], pairs: int) -> Iterator[float]:
    works = {"ours": partial(_ours, content, name), "other": partial(other, content)}
    letters = {which: work() for which, work in works.items()}
    if min(letters.values()) < 0.8 * max(letters.values()):
        measuring.say(f"{name}: not the same text, {letters}")
    for number in range(pairs):
        cpu = {}
        for which in works if number % 2 == 0 else reversed(works):
            work = works[which]
            cpu[which] = measuring.measured(partial(_often, work))["cpu"]
        yield cpu["other"] / cpu["ours"]


def _often(work: Callable[[], int]) -> None:
    for _time in range(_AT_A_TIME):
        work()


def _ours(content: bytes, name: str) -> int:
    from tryggve.domains.datamap.engine import reading  # noqa: PLC0415 - loaded where it is measured
    from tryggve.domains.datamap.engine.reading.parts import HeldBytes, Limits, Part  # noqa: PLC0415

    parts = reading.read(HeldBytes(content), name, Limits())
    return sum(len(part.content) for part in parts if isinstance(part, Part))


def _calamine(content: bytes) -> int:
    import python_calamine  # noqa: PLC0415

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    return sum(len(str(cell)) + 1 for sheet in sheets for row in sheet for cell in row)


def _zip_and_pattern(content: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = [name for name in packed.namelist() if name.startswith("word/") and name.endswith(".xml")]
        words = (match[1] or b"\n" for name in parts for match in _WORDS.finditer(packed.read(name)))
        return len(b"".join(words))


def _pypdfium2(content: bytes) -> int:
    import pypdfium2  # noqa: PLC0415

    with pypdfium2.PdfDocument(content) as document:
        return sum(len(page.get_textpage().get_text_range()) for page in document)


def _workbook(home: Path) -> bytes:
    path = home / "list.xlsx"
    measuring.write_list(path, _ROWS)
    return path.read_bytes()


def _document() -> bytes:
    import docx  # noqa: PLC0415

    document = docx.Document()
    for row in measuring.customers(_PARAGRAPHS):
        document.add_paragraph(f"{', '.join(row)}. Ring före tolv, och skicka fakturan på papper.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _pdf() -> bytes:
    from tryggve.domains.datamap.tests.engine import pdf_files  # noqa: PLC0415

    rows = [" ".join(filter(str.isascii, row)) for row in measuring.customers(_PAGES * _LINES)]
    pages = [rows[at : at + _LINES] for at in range(0, len(rows), _LINES)]
    return pdf_files.with_text(*pages)
