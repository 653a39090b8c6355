from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Set
from functools import cached_property
from itertools import groupby
from uuid import UUID

from tryggve.domains.customers.engine.search.exact import Exact
from tryggve.domains.customers.engine.search.facts import FactColumns, Mask
from tryggve.domains.customers.engine.search.fields import Fields
from tryggve.domains.customers.engine.search.filters import Facts
from tryggve.domains.customers.engine.search.lines import (
    BORDER,
    NAME,
    NUMBERS,
    WORDS,
    place_of,
)
from tryggve.domains.customers.engine.search.text import Text
from tryggve.domains.customers.engine.search.typos import Vocabulary

Entry = tuple[bytes, bytes, Facts]  # the line, the id's bytes, the facts
Place = tuple[bytes, bytes, bytes]  # by which customers are compared who stand in the order of their names

_ID_BYTES = 16
# From so large a share of the register on, looking at everybody is quicker than looking each one up.
_MANY = 20
_ALPHABET = NUMBERS + 1


class Block:
    """Customers laid out in the order of their names, a few long texts and columns; each has a place, from 0.

    Names, other words and telephone numbers are texts of their own: what can't be a number isn't looked for in them.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        """Takes the entries in their order: see ``in_order``."""
        self._texts, ids = [Text() for _part in range(_ALPHABET + 1)], bytearray()
        self.facts = FactColumns(_laid_out(entries, self._texts, ids))
        self._ids = bytes(ids)
        self.fields = Fields(*self._texts[:NUMBERS])
        self._numbers = Exact(
            (word, at) for at, tags in enumerate(self._texts[NUMBERS].lines()) for word in tags.split()
        )
        self._by_id = array("I", sorted(range(len(self)), key=self._id_bytes))

    def __len__(self) -> int:
        return len(self.facts)

    def id_at(self, place: int) -> UUID:
        return UUID(bytes=self._id_bytes(place))

    def place_of(self, customer: UUID) -> int | None:
        wanted = customer.bytes
        at = bisect_left(self._by_id, wanted, key=self._id_bytes)
        if at == len(self) or self._id_bytes(self._by_id[at]) != wanted:
            return None
        return self._by_id[at]

    def parts(self, place: int) -> list[bytes]:
        """Name, words and telephone numbers of the one who stands there."""
        return [text.line(place) for text in self._texts[:NUMBERS]]

    def order_of(self, place: int) -> Place:
        return (
            self._texts[_ALPHABET].line(place) or self._texts[NAME].line(place),
            self.line(place),
            self._id_bytes(place),
        )

    def line(self, place: int) -> bytes:
        """The whole line that was laid out."""
        *parts, alphabet = [text.line(place) for text in self._texts]
        return BORDER.join([*parts, alphabet] if alphabet else parts)

    def entry(self, place: int) -> Entry:
        return self.line(place), self._id_bytes(place), self.facts.at(place)

    def with_word(self, word: bytes) -> Iterator[int]:
        """Who has this whole word that mayn't be a number, as an e-mail address, and perhaps somebody else."""
        return self._where.places(word)

    def with_number(self, tag: bytes) -> Iterator[int]:
        """Who has the identity number that this is the hash of."""
        return (at for at in self._numbers.places(tag) if tag in self._texts[NUMBERS].line(at).split())

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words that mayn't be numbers: made when first somebody mistypes."""
        return Vocabulary({word for word, _place in self._words()})

    @cached_property
    def _where(self) -> Exact:
        """Where each of those stands: made when first somebody asks for a whole word."""
        return Exact(self._words())

    def _words(self) -> Iterator[tuple[bytes, int]]:
        for text in (self._texts[NAME], self._texts[WORDS]):
            yield from ((word, at) for at, line in enumerate(text.lines()) for word in line.split())

    def mask_of(self, customers: Set[UUID]) -> Mask:
        """The places of those customers."""
        if len(customers) * _MANY > len(self):
            wanted = {customer.bytes for customer in customers}
            return bytes(map(wanted.__contains__, map(self._id_bytes, range(len(self)))))
        mask = bytearray(len(self))
        for customer in customers:
            place = self.place_of(customer)
            if place is not None:
                mask[place] = 1
        return bytes(mask)

    def _id_bytes(self, place: int) -> bytes:
        return self._ids[place * _ID_BYTES : (place + 1) * _ID_BYTES]


def in_order(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries in the order of names.

    Laid together as they come: a hundred thousand entries at once would take more memory than the block.
    """
    lines, ids = Text(), list[bytes]()

    def facts() -> Iterator[Facts]:
        for line, one, some in entries:
            lines.add(line)
            ids.append(one)
            yield some

    came = FactColumns(facts())
    places = list(map(place_of, lines.lines()))
    for _place, alike in groupby(sorted(range(len(places)), key=places.__getitem__), key=places.__getitem__):
        for line, one, at in sorted((lines.line(at), ids[at], at) for at in alike):
            yield line, one, came.at(at)


def changed(block: Block, entries: Iterable[Entry], *, leaving_out: Set[int]) -> Iterator[Entry]:
    """The entries of a block without some places and with others between them, in the order of names."""
    begun = 0
    for entry in sorted(entries, key=order_of):
        end = bisect_left(range(len(block)), order_of(entry), lo=begun, key=block.order_of)
        yield from (block.entry(place) for place in range(begun, end) if place not in leaving_out)
        yield entry
        begun = end
    yield from (block.entry(place) for place in range(begun, len(block)) if place not in leaving_out)


def order_of(entry: Entry) -> Place:
    """By what an entry is compared with those that are laid out."""
    return place_of(entry[0]), entry[0], entry[1]


def _laid_out(entries: Iterable[Entry], texts: list[Text], ids: bytearray) -> Iterator[Facts]:
    """The facts, while lines and ids are put where they belong."""
    for line, one, facts in entries:
        for text, part in zip(texts, [*line.split(BORDER), b""], strict=False):
            text.add(part)
        ids += one
        yield facts
