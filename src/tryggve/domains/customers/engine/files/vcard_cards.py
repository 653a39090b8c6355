from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tryggve.domains.customers.engine.files.vcard_lines import ContentLine
from tryggve.domains.customers.engine.files.vcard_values import raw_text
from tryggve.domains.customers.engine.table import Limits, UnreadableFile

_LINES_A_COLUMN = 10


@dataclass(slots=True)
class Card:
    """The lines between one beginning and its end; ``is_whole`` if the end is there."""

    line: int
    lines: list[ContentLine] = field(default_factory=list)
    is_whole: bool = False

    @property
    def is_version_2(self) -> bool:
        return any(one.name == "VERSION" and one.value.strip().startswith(b"2") for one in self.lines)


@dataclass(frozen=True, slots=True)
class Outside:
    """Text that belongs to no card."""

    line: int
    text: str


def cards_in(lines: Iterable[ContentLine], limits: Limits) -> Iterator[Card | Outside]:
    """Each card where it ends, one within another (an AGENT) as a card of its own; raises UnreadableFile.

    A card that begins before the last one has ended shows that the last one was cut.
    """
    opened: list[Card] = []
    is_agent_next = False
    for one in lines:
        if one.is_border("BEGIN"):
            if not is_agent_next:
                yield from opened
                opened.clear()
            opened.append(Card(one.line))
        elif one.is_border("END") and opened:
            card = opened.pop()
            card.is_whole = True
            yield card
        elif opened:
            is_agent_next = _take(opened, one, limits)
            continue
        else:
            yield Outside(one.line, one.head.decode("utf-8", "replace") + raw_text(one))
        is_agent_next = False
    yield from opened


def _take(opened: list[Card], one: ContentLine, limits: Limits) -> bool:
    """Whether a card within this one must begin on the next line."""
    inner = opened[-1].lines
    if len(inner) == limits.columns * _LINES_A_COLUMN:
        raise UnreadableFile("too_many_columns", line=opened[-1].line, limit=limits.columns)
    value = one.value.strip().upper() if one.name == "AGENT" else None
    if value == b"BEGIN:VCARD":
        opened.append(Card(one.line))
    elif value != b"":
        inner.append(one)
    return value == b""
