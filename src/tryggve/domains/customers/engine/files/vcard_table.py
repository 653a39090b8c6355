from tryggve.domains.customers.engine.files.vcard_cards import Card, Outside, cards_in
from tryggve.domains.customers.engine.files.vcard_fields import (
    NOTE,
    Said,
    in_order,
    is_group,
    most_of,
    said_by,
)
from tryggve.domains.customers.engine.files.vcard_lines import content_lines
from tryggve.domains.customers.engine.table import (
    Fault,
    Limits,
    Row,
    Table,
    UnreadableFile,
    bounded,
    without_empty_end,
)

_Read = tuple[int, Said, Fault | None]


def read(data: bytes, limits: Limits) -> Table:
    """A row for each contact card, under headings of our own; raises UnreadableFile."""
    cards: list[_Read] = []
    first_cut = None
    for one in cards_in(content_lines(data), limits):
        cards.append(_read(one))
        if isinstance(one, Card) and not one.is_whole:
            first_cut = first_cut or one.line
        # Headings are a row as well.
        if len(cards) >= limits.rows:
            raise UnreadableFile("too_many_rows", limit=limits.rows)
    if all(fault in ("cut_short", "outside_cards") for _line, _said, fault in cards):
        raise UnreadableFile("truncated", line=first_cut)
    cards.sort(key=lambda card: card[0])
    return Table(kind="vcard", rows=bounded(_rows(cards, limits), limits))


def _read(one: Card | Outside) -> _Read:
    if isinstance(one, Outside):
        return one.line, {NOTE: [one.text]}, "outside_cards"
    fault: Fault | None = "group" if is_group(one) else None
    return one.line, said_by(one), fault if one.is_whole else "cut_short"


def _rows(cards: list[_Read], limits: Limits) -> list[Row]:
    most = most_of(said for _line, said, _fault in cards)
    if sum(most.values()) > limits.columns:
        raise UnreadableFile("too_many_columns", limit=limits.columns)
    columns = in_order(most)
    written = [heading if number == 1 else f"{heading} {number}" for heading, number in columns]
    rows, held = [Row(0, tuple(written))], len(written)
    for line, said, fault in cards:
        cells = [_nth(said.get(heading, ()), number) for heading, number in columns]
        row = Row(line, without_empty_end(cells), ((0, fault),) if fault else ())
        held += len(row.cells)
        if held > limits.cells:
            raise UnreadableFile("too_large", limit=limits.cells)
        rows.append(row)
    return rows


def _nth(texts: list[str] | tuple[()], number: int) -> str:
    return texts[number - 1] if number <= len(texts) else ""
