"""Tables in a text and where their headings are."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from tryggve.domains.datamap.engine.words.headings import Heading, heading_of

# Titles, dates and empty lines may stand above a heading.
_FIRST_LINES: Final = 20
_MOST_TABLES: Final = 200
_FEWEST_IN_SENTENCES: Final = 2


@dataclass(frozen=True, slots=True)
class Table:
    """Its rows begin and end there, the heading not among them."""

    heading: Heading
    begin: int
    end: int


def tables_in(content: bytes, *, is_table: bool = False, heading: bytes = b"") -> list[Table]:
    """``is_table``: all of the text is one; ``heading``: its first line, when it isn't in the text."""
    if heading:
        above = heading_of(heading)
        return [Table(above, 0, len(content))] if above else []
    if is_table:
        return list(_whole(content))[:1]
    return [*_alone(content), *_among_sentences(content)]


def _whole(content: bytes) -> Iterator[Table]:
    begin = 0
    for line in content[: 1 << 16].split(b"\n")[:_FIRST_LINES]:
        begin += len(line) + 1
        if line.strip() and (above := heading_of(line)):
            yield Table(above, begin, len(content))


def _alone(content: bytes) -> Iterator[Table]:
    """One column: a heading on the first line, and values below it up to an empty line."""
    first, _feed, rest = content[: 1 << 12].partition(b"\n")
    above = heading_of(first) if first.strip() and rest.strip() else None
    if above and above.delimiter is None:
        begin = len(first) + 1
        end = content.find(b"\n\n", begin)
        yield Table(above, begin, len(content) if end < 0 else end)


def _among_sentences(content: bytes) -> Iterator[Table]:
    """Lines in a row that all hold a tab, a bar or a semicolon, the first of them with headings."""
    for delimiter in (b"\t", b"|", b";"):
        if content.find(delimiter) < 0:
            continue
        codes = np.frombuffer(content, np.uint8)
        feeds = np.flatnonzero(codes == ord("\n"))
        lines = np.unique(np.searchsorted(feeds, np.flatnonzero(codes == delimiter[0])))
        last = np.flatnonzero(np.diff(lines, append=-1) != 1)
        first = np.concatenate(([0], last[:-1] + 1))
        is_longer = last > first
        edges = np.concatenate(([-1], feeds, [len(content)]))
        blocks = zip(lines[first[is_longer]].tolist(), lines[last[is_longer]].tolist(), strict=True)
        for top, bottom in list(blocks)[:_MOST_TABLES]:
            begin = int(edges[top + 1]) + 1
            above = heading_of(content[int(edges[top]) + 1 : begin - 1], _FEWEST_IN_SENTENCES)
            if above and above.delimiter == delimiter[0]:
                yield Table(above, begin, int(edges[bottom + 1]))
