"""Tables in a text and where their headings are."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from tryggve.domains.datamap.engine.runs import Places
from tryggve.domains.datamap.engine.words.headings import Heading, heading_of

# Titles, dates and empty lines may stand above a heading.
_FIRST_LINES: Final = 20
_MOST_TABLES: Final = 200
_MOST_HEADINGS: Final = 50
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
    """Lines in a row that all hold a tab, a bar or a semicolon, from one with headings to the next such."""
    for delimiter in (b"\t", b"|", b";"):
        if content.find(delimiter) < 0:
            continue
        codes = np.frombuffer(content, np.uint8)
        feeds = np.flatnonzero(codes == ord("\n"))
        edges = np.concatenate(([-1], feeds, [len(content)]))
        lines = np.unique(np.searchsorted(feeds, np.flatnonzero(codes == delimiter[0])))
        last = np.flatnonzero(np.diff(lines, append=-1) != 1)
        first = np.concatenate(([0], last[:-1] + 1))
        is_longer = last > first
        blocks = zip(lines[first[is_longer]].tolist(), lines[last[is_longer]].tolist(), strict=True)
        for top, bottom in list(blocks)[:_MOST_TABLES]:
            yield from _in_block(content, delimiter[0], edges[top : bottom + 2])


def _in_block(content: bytes, delimiter: int, edges: Places) -> Iterator[Table]:
    """``edges``: where the line feeds before, between and after its lines are. Those from PDF files have no empty line
    between two tables."""
    headings = list[tuple[int, Heading]]()
    for row in _may_be_headings(content, edges):
        above = heading_of(content[edges[row] + 1 : edges[row + 1]], _FEWEST_IN_SENTENCES)
        if above and above.delimiter == delimiter:
            headings.append((row, above))
    ends = [row for row, _above in headings[1:]] + [len(edges) - 1]
    for (row, above), end in zip(headings, ends, strict=False):
        if end > row + 1:
            yield Table(above, int(edges[row + 1]) + 1, int(edges[end]))


def _may_be_headings(content: bytes, edges: Places) -> list[int]:
    """The first line, and others without a digit."""
    codes = np.frombuffer(content, np.uint8)[edges[0] + 1 : edges[-1]]
    digits = np.flatnonzero((codes >= ord("0")) & (codes <= ord("9"))) + edges[0] + 1
    without = np.flatnonzero(np.diff(np.searchsorted(digits, edges)) == 0)
    return [0, *without[without > 0].tolist()[:_MOST_HEADINGS]]
