"""HTML as people see it, with what its attributes hold: addresses of mail, telephone numbers, values of forms."""

import re
from collections.abc import Iterator
from typing import Final

from tryggve.domains.datamap.engine.reading import encodings, entities, plain_text
from tryggve.domains.datamap.engine.reading.offset_map import Edits, edited
from tryggve.domains.datamap.engine.reading.parts import Limits, Read, Source

_DECLARED: Final = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
# It ends at the next bracket of either kind, so that no input is read twice.
_TAG: Final = re.compile(rb"<(?:!--|[!?][^<>]*>|(/)?([A-Za-z][A-Za-z0-9:-]*)([\s/][^<>]*)?>)|-->")
_ATTRIBUTE: Final = re.compile(
    rb"\s(?:(name)|value|content|title|alt|placeholder|aria-label|data-[\w-]+"
    rb"|href(?=\s*=\s*[\"']?(?:mailto:|tel:|sms:|[^\s\"'<>]*=)))"
    rb"\s*=\s*(?:\"([^\"]+)\"|'([^']+)'|([^\s\"'<>]+))",
    re.IGNORECASE,
)
# What stands in these is one word with what stands before and after.
_WITHIN_A_WORD: Final = frozenset(
    b"a abbr b bdi bdo big code del em font i ins mark nobr o:p s small span strike strong tt u wbr".split()
)
_CELLS: Final = frozenset((b"td", b"th"))
_OF_TABLES: Final = _CELLS | {b"tr", b"table", b"thead", b"tbody", b"tfoot"}
_BLANKS: Final = b" \t\r\n"
_SEVERAL_ENDS: Final = re.compile(rb"\n+")


Tag = re.Match[bytes]


def read(source: Source, name: str, limits: Limits) -> Iterator[Read]:
    declared = _DECLARED.search(source[0 : plain_text.HEAD])
    encoding = encodings.one_byte_encoding(declared[1].decode()) if declared else encodings.UTF8
    return plain_text.pieces(source, without_tags, entities.resolved, declared=encoding)


def without_tags(content: bytes) -> tuple[bytes, Edits | None]:
    """Text, comments and scripts; cells are parted by tabs, rows and paragraphs by line ends."""
    return edited(content, _replaced(content))


def _replaced(content: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Tags with nothing but blanks between them are told together: how a page is indented parts no row."""
    beside: list[Tag] = []
    for tag in _TAG.finditer(content):
        values = _values(tag[3]) if tag[3] else ()
        if beside and (values or content[beside[-1].end() : tag.start()].strip()):
            yield from _told_together(beside, content)
            beside = []
        if values:
            yield from _with_values(tag, values)
        else:
            beside.append(tag)
    yield from _told_together(beside, content)


def _with_values(tag: Tag, values: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, int, bytes]]:
    at, start, between = tag.start(), tag.start(3), b"\t" if tag[2].lower() in _CELLS else b" "
    for begin, end in values:
        yield at, start + begin, between
        at, between = start + end, b" "
    yield at, tag.end(), b" "


def _told_together(tags: list[Tag], content: bytes) -> Iterator[tuple[int, int, bytes]]:
    if not any(_is_of_table(tag) for tag in tags):
        yield from ((tag.start(), tag.end(), _between(tag)) for tag in tags)
        return
    begin, end = tags[0].start(), tags[-1].end()
    while begin and content[begin - 1] in _BLANKS:
        begin -= 1
    while end < len(content) and content[end] in _BLANKS:
        end += 1
    edges = b"".join(_between(tag) for tag in tags if _is_of_table(tag))
    told = _SEVERAL_ENDS.sub(b"\n", edges) or b"".join(map(_between, tags))[:1]
    yield begin, end, told


def _is_of_table(tag: Tag) -> bool:
    return bool(tag[2]) and tag[2].lower() in _OF_TABLES


def _values(attributes: bytes) -> tuple[tuple[int, int], ...]:
    """Where values stand that may say something; a name alone is only what the page calls it."""
    found = list(_ATTRIBUTE.finditer(attributes))
    if all(attribute[1] for attribute in found):
        return ()
    return tuple(attribute.span(attribute.lastindex or 0) for attribute in found)


def _between(tag: Tag) -> bytes:
    name = tag[2].lower() if tag[2] else b""
    if name in _WITHIN_A_WORD:
        return b""
    if name in _CELLS:
        # Many leave out the end of a cell, nobody its begin.
        return b"" if tag[1] else b"\t"
    return b"\n"
