"""What is said in the parts of an office file, each read for itself: one that is damaged hides no other."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from tryggve.domains.datamap.engine.findings import NotScanned
from tryggve.domains.datamap.engine.reading import xml_parsing
from tryggve.domains.datamap.engine.reading.office_parts import OfficeParts
from tryggve.domains.datamap.engine.reading.parts import HeldBytes, Member, NotRead, Read
from tryggve.domains.datamap.engine.reading.running_text import RunningText


class Words(xml_parsing.Handler, Protocol):
    """Puts what it hears into ``text``."""

    text: RunningText


def words_in(parts: OfficeParts, name: str, words: Words) -> Iterator[Read]:
    """Up to the damage, if there is any."""
    stopped = None
    try:
        for _block in xml_parsing.parsed(parts.blocks(name), words):
            yield from words.text.taken()
    except NotRead as error:
        stopped = NotScanned((name,), error.reason)
    yield from words.text.taken(is_end=True)
    if stopped:
        yield stopped


def members(parts: OfficeParts, names: Iterable[str]) -> Iterator[Read]:
    """Files within the file, one at a time."""
    for name in names:
        try:
            content = parts.read(name)
        except NotRead as stopped:
            yield NotScanned((name,), stopped.reason)
        else:
            yield Member(name, HeldBytes(content))
