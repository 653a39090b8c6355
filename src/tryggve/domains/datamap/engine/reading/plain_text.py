"""Text of any encoding and length, with the places of its letters in the file."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from tryggve.domains.datamap.engine.reading import deceptive_letters, encodings
from tryggve.domains.datamap.engine.reading.cutting import Cutting, Piece
from tryggve.domains.datamap.engine.reading.offset_map import Edits, InFile, OffsetMap
from tryggve.domains.datamap.engine.reading.parts import Limits, Part, Read, Source

# What a format of its own makes of its text before it is searched, of entities for one; None if that is nothing.
Step = Callable[[bytes], tuple[bytes, Edits | None]]

HEAD: Final = 1 << 16
_DEFAULT: Final = Cutting()
_TABLE_NAMES: Final = (".csv", ".tsv", ".tab")
# A comma stands in sentences too.
_FEWEST: Final = {b"\t": 1, b";": 1, b"|": 1, b",": 2}
_COMPARED_LINES: Final = 12
_FEWEST_LINES: Final = 3
_QUOTED: Final = re.compile(rb'"[^"]*"')
_DECLARED_DELIMITER: Final = re.compile(rb'"?sep=.', re.IGNORECASE)


def read(source: Source, name: str, limits: Limits) -> Iterator[Read]:
    """Text that has no further format; tables with delimiters are among it."""
    return pieces(source, is_table=name.lower().endswith(_TABLE_NAMES) or None)


def pieces(
    source: Source,
    *steps: Step,
    declared: str = encodings.UTF8,
    is_table: bool | None = False,
    cutting: Cutting = _DEFAULT,
) -> Iterator[Part]:
    """Parts of some megabytes. ``declared``: what the text calls its encoding; ``is_table``: None asks its lines."""
    head = source[0:HEAD]
    encoding, mark = encodings.encoding_of(head)
    newline = "\n".encode(encoding)
    encoding = declared if (encoding, mark) == (encodings.UTF8, 0) else encoding
    lines = _first_lines(encodings.to_utf8(head[mark:], encoding)[0])
    is_table = _is_table(lines) if is_table is None else is_table
    heading = _heading(lines) if is_table else b""
    for piece in replace(cutting, begin=mark, newline=newline).pieces(source):
        part = _part(piece, encoding, steps)
        yield replace(part, is_table=is_table, heading=b"" if piece.begin == mark else heading)


def _part(piece: Piece, encoding: str, steps: tuple[Step, ...]) -> Part:
    content, maps = encodings.to_utf8(piece.raw, encoding)
    back: list[OffsetMap] = [*maps]
    for step in (*steps, deceptive_letters.resolved):
        content, changed = step(content)
        if changed:
            back.insert(0, changed)
    place = InFile(piece.begin, tuple(back))
    begin, end = piece.own
    if (begin, end) == (0, len(piece.raw)):
        return Part(content, place)
    own = place.at_or_after(begin, len(content)), place.at_or_after(end, len(content))
    return Part(content, place, own=own)


def _first_lines(content: bytes) -> list[bytes]:
    """Those of a head that hold anything; without its last, which may go on."""
    lines = deceptive_letters.resolved(content)[0].splitlines()
    whole = lines[:-1] if len(content) >= HEAD // 2 else lines
    filled = [line for line in whole if line.strip()]
    return filled[1:] if filled and _DECLARED_DELIMITER.fullmatch(filled[0]) else filled


def _heading(lines: list[bytes]) -> bytes:
    return lines[0] if lines else b""


def _is_table(lines: list[bytes]) -> bool:
    """Whether one delimiter stands equally often in each of the first lines."""
    compared = [_QUOTED.sub(b"", line) for line in lines[:_COMPARED_LINES]]
    if len(compared) < _FEWEST_LINES:
        return False
    counts = {delimiter: {line.count(delimiter) for line in compared} for delimiter in _FEWEST}
    return any(len(met) == 1 and min(met) >= _FEWEST[delimiter] for delimiter, met in counts.items())
