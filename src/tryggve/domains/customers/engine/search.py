"""Finding customers as someone types, in memory only: nothing that can be searched lies on disk."""

import bisect
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from itertools import groupby, islice
from uuid import UUID

from tryggve.domains.customers.engine import alphabet
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.exact import Exact
from tryggve.domains.customers.engine.folding import fold
from tryggve.domains.customers.engine.phones import Country, phone_key

_SEPARATOR = b"\n"
_PLACE = b"\xff"  # never part of UTF-8
_AT = b"@"
_MERGE_AFTER = 500
_NUMBER = frozenset("0123456789+-()./ ")


@dataclass
class SearchIndex:
    """Every customer as one line of folded text, in the order of their names; later changes beside it.

    Text is kept as UTF-8: one name in another alphabet must not make every letter four bytes wide.
    """

    country: Country
    _ids: list[UUID] = field(default_factory=list)
    _text: bytes = _SEPARATOR
    _starts: list[int] = field(default_factory=list)
    _addresses: Exact = field(default_factory=lambda: Exact(()))
    _laid_out: set[UUID] = field(default_factory=set)
    _masked: set[UUID] = field(default_factory=set)
    _fresh: dict[UUID, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, customers: Iterable[tuple[UUID, Details]], *, country: Country) -> "SearchIndex":
        index = cls(country)
        lines = ((_line(details, country), customer) for customer, details in customers)
        index._lay_out(sorted((_order(line), line, customer) for line, customer in lines))
        return index

    def __len__(self) -> int:
        return len(self._ids) - len(self._masked) + len(self._fresh)

    def put(self, customer: UUID, details: Details) -> None:
        """Add a customer or replace what was known of him."""
        self.put_all([(customer, details)])

    def put_all(self, customers: Iterable[tuple[UUID, Details]]) -> None:
        """The same for many at once, laid out anew once and not for every few hundred."""
        for customer, details in customers:
            self._mask(customer)
            self._fresh[customer] = _line(details, self.country)
        self._merge_if_much()

    def remove(self, customer: UUID) -> None:
        """Find a customer no more from now on; the text is gone after the next merge."""
        self.remove_all([customer])

    def remove_all(self, customers: Iterable[UUID]) -> None:
        """The same for many at once."""
        for customer in customers:
            self._mask(customer)
        self._merge_if_much()

    def ordered(self, *, first: int, count: int, among: Set[UUID] | None = None) -> list[UUID]:
        """Customers by name, from that place on; of those ``among`` whom somebody may see, if not of all."""
        self.merge()
        if among is None:
            return self._ids[first : first + count]
        return list(islice((customer for customer in self._ids if customer in among), first, first + count))

    def count(self, among: Set[UUID] | None) -> int:
        """How many there are of those, or of all."""
        return len(self) if among is None else sum(1 for customer in among if self._has(customer))

    def find(self, text: str, *, limit: int, among: Set[UUID] | None = None) -> list[UUID]:
        """Customers who match every word, best first: name begins so, a word begins so, it occurs.

        For a whole e-mail address that somebody has, only those who have it. Nobody is found who isn't ``among``
        those that somebody may see.
        """
        best: dict[UUID, tuple[int, bytes, bytes]] = {}
        for rank, line, customer in self._with_address(text, among) or self._matching(text, limit, among):
            found = (rank, _order(line), line)
            best[customer] = min(found, best.get(customer, found))
        return sorted(best, key=lambda customer: (*best[customer], customer))[:limit]

    def _has(self, customer: UUID) -> bool:
        return customer in self._fresh or (customer in self._laid_out and customer not in self._masked)

    def _with_address(self, text: str, among: Set[UUID] | None) -> list[tuple[int, bytes, UUID]]:
        address = _folded(text.strip())
        if _AT not in address or b" " in address:
            return []
        laid_out = map(self._at, self._addresses.places(address))
        known = [*self._fresh.items(), *(one for one in laid_out if one[0] not in self._masked)]
        return [
            (_rank(_words(line), address), line, customer)
            for customer, line in known
            if address in _words(line).split() and (among is None or customer in among)
        ]

    def _matching(self, text: str, limit: int, among: Set[UUID] | None) -> Iterator[tuple[int, bytes, UUID]]:
        for terms in _readings(text, self.country):
            yield from self._candidates(terms, limit, among)

    def _candidates(
        self, terms: list[bytes], limit: int, among: Set[UUID] | None
    ) -> Iterator[tuple[int, bytes, UUID]]:
        longest = max(terms, key=len)
        for customer, line in self._fresh.items():
            words = _words(line)
            if all(term in words for term in terms) and (among is None or customer in among):
                yield _rank(words, longest), line, customer
        seen: set[UUID] = set()
        for pattern in (_SEPARATOR + b" " + longest, b" " + longest, longest):
            for customer, line in self._occurrences(pattern):
                words = _words(line)
                if (
                    customer not in seen
                    and customer not in self._masked
                    and (among is None or customer in among)
                    and all(term in words for term in terms)
                ):
                    seen.add(customer)
                    yield _rank(words, longest), line, customer
                if len(seen) >= limit:
                    return

    def _occurrences(self, pattern: bytes) -> Iterator[tuple[UUID, bytes]]:
        """Each line that holds the pattern, once, in order of names."""
        at = self._text.find(pattern)
        while at >= 0:
            # A pattern that begins with the separator belongs to the line after it.
            place = bisect.bisect_right(self._starts, at + pattern.startswith(_SEPARATOR)) - 1
            customer, line = self._at(place)
            yield customer, line
            at = self._text.find(pattern, self._starts[place] + len(line))

    def _at(self, place: int) -> tuple[UUID, bytes]:
        start = self._starts[place]
        return self._ids[place], self._text[start : self._text.index(_SEPARATOR, start)]

    def _lay_out(self, lines: list[tuple[bytes, bytes, UUID]]) -> None:
        self._ids = [customer for _order, _line, customer in lines]
        self._starts = []
        place = len(_SEPARATOR)
        for _order, line, _customer in lines:
            self._starts.append(place)
            place += len(line) + len(_SEPARATOR)
        self._text = _SEPARATOR + b"".join(line + _SEPARATOR for _order, line, _customer in lines)
        self._laid_out = set(self._ids)
        self._addresses = Exact(
            (word, place)
            for place, (_order, line, _customer) in enumerate(lines)
            for word in _words(line).split()
            if _AT in word
        )

    def _mask(self, customer: UUID) -> None:
        self._fresh.pop(customer, None)
        if customer in self._laid_out:
            self._masked.add(customer)

    def _merge_if_much(self) -> None:
        if len(self._fresh) + len(self._masked) > _MERGE_AFTER:
            self.merge()

    def merge(self) -> None:
        """Lay everything out anew, without what was removed or replaced: no name of theirs stays in memory."""
        if not self._fresh and not self._masked:
            return
        kept = [
            (self._text[start : self._text.index(_SEPARATOR, start)], customer)
            for start, customer in zip(self._starts, self._ids, strict=True)
            if customer not in self._masked
        ]
        kept += [(line, customer) for customer, line in self._fresh.items()]
        self._masked, self._fresh = set(), {}
        self._lay_out(sorted((_order(line), line, customer) for line, customer in kept))


def _rank(words: bytes, term: bytes) -> int:
    if words.startswith(b" " + term):
        return 0
    return 1 if b" " + term in words else 2


def _line(details: Details, country: Country) -> bytes:
    """What a customer is found by, each word after a space, the name first; then its place in the alphabet.

    The place is left out where it would be the name again, as it is for most.
    """
    name, place = (
        " ".join(text.split()) for text in (fold(details.title), alphabet.place(details.title, country))
    )
    others = (
        details.organisation,
        *details.emails,
        *(phone_key(phone, country) for phone in details.phones),
        *details.tags,
    )
    rest = " ".join(" ".join(fold(word).split()) for word in others if word)
    words = _utf8(f" {name}  {rest}")  # two spaces: a short name comes before a longer one that begins so
    return words if place == name else words + _PLACE + _utf8(f" {place}  ")


def _words(line: bytes) -> bytes:
    return line.partition(_PLACE)[0]


def _order(line: bytes) -> bytes:
    return line.rpartition(_PLACE)[2]


def _readings(text: str, country: Country) -> list[list[bytes]]:
    """What was typed, in words: once with telephone numbers taken for such however written, once to the letter."""
    words = text.split()
    literal = [term for word in words if (term := _folded(word))]
    numbers = [term for word in _with_numbers_whole(words) if (term := _term(word, country))]
    readings = [literal] if numbers == literal else [numbers, literal]
    return [reading for reading in readings if reading]


def _with_numbers_whole(words: list[str]) -> Iterator[str]:
    """The same words; neighbours that can be parts of one telephone number are one."""
    for is_number, some in groupby(words, key=_NUMBER.issuperset):
        if is_number:
            yield " ".join(some)
        else:
            yield from some


def _term(word: str, country: Country) -> bytes:
    if _NUMBER.issuperset(word) and sum(map(str.isdigit, word)) > 2:
        return _utf8(phone_key(word, country))
    return _folded(word)


def _folded(word: str) -> bytes:
    return _utf8(" ".join(fold(word).split()))


def _utf8(text: str) -> bytes:
    # What a terminal passes on that is no text at all (half a surrogate pair) is nobody's name, and no error.
    return text.encode(errors="surrogatepass")
