"""One file, from its bytes to what was found in it. Nothing here opens, asks or remembers anything."""

from collections.abc import Iterator
from typing import Final

from tryggve.domains.datamap.engine import prefilter, reading, spans
from tryggve.domains.datamap.engine.find import Wishes, find
from tryggve.domains.datamap.engine.findings import Findings, NotScanned
from tryggve.domains.datamap.engine.reading.parts import Limits, Part, Source
from tryggve.domains.datamap.engine.spans import Spans
from tryggve.domains.datamap.engine.text import Text
from tryggve.domains.datamap.engine.words.said_in_text import said_in

_USUAL: Final = Limits()
_ALL: Final = Wishes()


def scan(
    source: Source, name: str, limits: Limits = _USUAL, wishes: Wishes = _ALL
) -> Iterator[Findings | NotScanned]:
    """What each text in it holds, as it is read; texts that hold nothing are left out, what wasn't read never."""
    for part in reading.read(source, name, limits):
        if isinstance(part, NotScanned):
            yield part
        elif len(found := _found(part, wishes)):
            yield Findings(part.content, found, part.place, part.inside)


def _found(part: Part, wishes: Wishes) -> Spans:
    """A later piece of a table has its heading elsewhere; names stand where nothing else does."""
    may_be_alone = part.is_table or part.heading or wishes.names
    if not may_be_alone and not prefilter.may_hold_anything(part.content):
        return spans.none()
    text = Text(part.content, said_in(part.content, is_table=part.is_table, heading=part.heading))
    found = find(text, wishes, is_table=part.is_table)
    if part.own is None:
        return found
    begin, end = part.own
    return found[(found.start >= begin) & (found.start < end)]
