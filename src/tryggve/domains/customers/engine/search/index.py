"""Finding customers as someone types, in memory only: nothing that can be searched lies on disk."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, field
from itertools import islice
from uuid import UUID

from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.search.block import (
    Block,
    Entry,
    Place,
    changed,
    in_order,
    order_of,
)
from tryggve.domains.customers.engine.search.facts import Mask, all_of
from tryggve.domains.customers.engine.search.filters import (
    EVERYTHING,
    Beside,
    Filter,
    Order,
    facts_of,
    tag_key,
)
from tryggve.domains.customers.engine.search.lines import (
    NAME,
    WORDS,
    folded,
    holds,
    line_of,
    numbers_of,
    parts_of,
    rank,
    readings,
    words_of,
)
from tryggve.domains.customers.engine.search.listing import Listing
from tryggve.domains.customers.engine.search.typos import Meant, Vocabulary, slips_between
from tryggve.domains.customers.engine.values.phones import Country

_MERGE_AFTER = 500
_AT = b"@"
# Of those with a word that was perhaps meant so many are looked at, the nearest words first.
_NEARLY = 2000
_NOTHING = Beside()

Known = tuple[UUID, Details, Beside]
Match = tuple[list[bytes], Place, UUID]  # the parts of the line, the place by name, who it is
Ranked = tuple[int, Place, UUID]  # the lower the better
Fits = Callable[[list[bytes]], bool]


@dataclass
class SearchIndex:
    """Every customer laid out in the order of their names; later changes beside that."""

    country: Country
    _block: Block = field(default_factory=Block)
    _masked: set[int] = field(default_factory=set)
    _fresh: dict[UUID, Entry] = field(default_factory=dict)

    @classmethod
    def of(cls, customers: Iterable[Known], *, country: Country) -> "SearchIndex":
        entries = (_entry(details, beside, one, country) for one, details, beside in customers)
        return cls(country, Block(in_order(entries)))

    def __len__(self) -> int:
        return len(self._block) - len(self._masked) + len(self._fresh)

    def put(self, customer: UUID, details: Details, beside: Beside = _NOTHING) -> None:
        """Add a customer or replace what was known of him."""
        self.put_all([(customer, details, beside)])

    def put_all(self, customers: Iterable[Known]) -> None:
        """The same for many at once, laid out anew once and not for every few hundred."""
        for customer, details, beside in customers:
            self._mask(customer)
            self._fresh[customer] = _entry(details, beside, customer, self.country)
        self._merge_if_much()

    def remove(self, customer: UUID) -> None:
        """Find a customer no more from now on; the text is gone after the next merge."""
        self.remove_all([customer])

    def remove_all(self, customers: Iterable[UUID]) -> None:
        """The same for many at once."""
        for customer in customers:
            self._mask(customer)
        self._merge_if_much()

    def merge(self) -> None:
        """Lay everything out anew, without what was removed or replaced: no name of theirs stays in memory."""
        if self._fresh or self._masked:
            self._block = Block(changed(self._block, self._fresh.values(), leaving_out=self._masked))
            self._masked, self._fresh = set(), {}

    def listing(
        self, wanted: Filter = EVERYTHING, *, order: Order = "name", among: Set[UUID] | None = None
    ) -> Listing:
        """Whom the filter fits of those ``among`` whom somebody may see; good until the next change."""
        fresh = [
            (customer, entry)
            for customer, entry in self._fresh.items()
            if (among is None or customer in among) and wanted.fits(entry[2])
        ]
        return Listing(self._block, self._meant(wanted, among), fresh, order)

    def ordered(self, *, first: int, count: int, among: Set[UUID] | None = None) -> list[UUID]:
        """Customers by name, from that place on; of those ``among`` whom somebody may see, if not of all."""
        return self.listing(among=among).some(first=first, count=count)

    def tags(self, among: Set[UUID] | None = None) -> list[tuple[str, int]]:
        """Each tag of those customers as most write it, and how many have it; the most used first."""
        mask = self._meant(EVERYTHING, among)
        told = self._block.facts.tags_of(b"\x01" * len(self._block) if mask is None else mask)
        for customer, (_line, _id, facts) in self._fresh.items():
            if among is None or customer in among:
                told.update(set(facts.tags))
        return _by_key(told)

    def find(self, text: str, *, limit: int, among: Set[UUID] | None = None) -> list[UUID]:
        """Customers who match every word, best first: name begins so, a word begins so, it occurs.

        For a whole e-mail address that somebody has, only those who have it. Nobody is found who isn't ``among``
        those that somebody may see.
        """
        since = self._with_address(text, among)
        laid_out: dict[int, int] = {}
        for terms in [] if since else readings(text, self.country):
            longest = max(terms, key=len)
            since += self._holding_since(terms, longest, among)
            for how_well, place in self._holding_laid_out(terms, longest, limit, among):
                laid_out[place] = min(how_well, laid_out.get(place, how_well))
        best = sorted((how_well, place) for place, how_well in laid_out.items())[:limit]
        if not since:  # and the places are in order already
            return [self._block.id_at(place) for _how_well, place in best]
        since += [(well, self._block.order_of(place), self._block.id_at(place)) for well, place in best]
        return _best(since, limit)

    def find_nearly(
        self, text: str, *, limit: int, among: Set[UUID] | None = None, besides: Set[UUID] = frozenset()
    ) -> list[UUID]:
        """Customers who would match but for a slip or two in a word, fewest slips first; none of ``besides``.

        Nobody for a whole e-mail address that somebody has.
        """
        if self._with_address(text, among):
            return []
        since = Vocabulary(word for entry in self._fresh.values() for word in words_of(parts_of(entry[0])))
        vocabulary = self._block.vocabulary
        found: list[Ranked] = []
        for terms in readings(text, self.country):
            meant = {term: vocabulary.near(term) | since.near(term) for term in terms}

            def fits(parts: list[bytes], terms: list[bytes] = terms, meant: Meant = meant) -> bool:
                return bool(slips_between(terms, meant, parts))

            places = islice(_with_most_words(meant, self._block), _NEARLY)
            laid_out = self._laid_out(places, fits, among)
            # One word's nearest come first; with several, whoever has them all may come late.
            matching = [
                *self._since(fits, among),
                *islice(laid_out, limit + len(besides) if len(terms) == 1 else None),
            ]
            found += [
                (slips_between(terms, meant, parts) or 0, place, customer)
                for parts, place, customer in matching
                if customer not in besides
            ]
        return _best(found, limit)

    def with_number(self, tag: str, *, among: Set[UUID] | None = None) -> list[UUID]:
        """Who has the identity number that this is the keyed hash of, by name."""
        wanted = tag.encode()
        laid_out = [place for place in self._block.with_number(wanted) if place not in self._masked]
        found = [(0, self._block.order_of(place), self._block.id_at(place)) for place in laid_out]
        found += [
            (0, order_of(entry), customer)
            for customer, entry in self._fresh.items()
            if wanted in numbers_of(entry[0])
        ]
        return [one for one in _best(found, len(found)) if among is None or one in among]

    def _with_address(self, text: str, among: Set[UUID] | None) -> list[Ranked]:
        address = folded(text.strip())
        if _AT not in address or b" " in address:
            return []

        def fits(parts: list[bytes]) -> bool:
            return address in parts[NAME].split() or address in parts[WORDS].split()

        laid_out = self._laid_out(self._block.with_word(address), fits, among)
        return [
            (rank(parts, address), place, customer)
            for parts, place, customer in (*self._since(fits, among), *laid_out)
        ]

    def _holding_since(self, terms: list[bytes], longest: bytes, among: Set[UUID] | None) -> Iterator[Ranked]:
        def fits(parts: list[bytes]) -> bool:
            return all(holds(parts, term) for term in terms)

        for parts, place, customer in self._since(fits, among):
            yield rank(parts, longest), place, customer

    def _holding_laid_out(
        self, terms: list[bytes], longest: bytes, limit: int, among: Set[UUID] | None
    ) -> Iterator[tuple[int, int]]:
        """How well and where, of the best ``limit`` of them at least: where many match, they are soon met."""
        met: set[int] = set()
        for how_well, places in enumerate(self._block.fields.stages(terms, longest)):
            for place in islice(self._there(places, met, among), limit):
                met.add(place)
                yield how_well, place
            if len(met) >= limit:
                return

    def _there(self, places: Iterable[int], met: Set[int], among: Set[UUID] | None) -> Iterator[int]:
        """Those that count and weren't met before."""
        for place in places:
            if place in met or place in self._masked:
                continue
            if among is None or self._block.id_at(place) in among:
                yield place

    def _since(self, fits: Fits, among: Set[UUID] | None) -> Iterator[Match]:
        for customer, entry in self._fresh.items():
            parts = parts_of(entry[0])
            if fits(parts) and (among is None or customer in among):
                yield parts, order_of(entry), customer

    def _laid_out(self, places: Iterable[int], fits: Fits, among: Set[UUID] | None) -> Iterator[Match]:
        for place in places:
            if place in self._masked:
                continue
            parts = self._block.parts(place)
            if fits(parts):
                customer = self._block.id_at(place)
                if among is None or customer in among:
                    yield parts, self._block.order_of(place), customer

    def _meant(self, wanted: Filter, among: Set[UUID] | None) -> Mask | None:
        """Those laid out whom the filter fits and who may be seen; None when it is all of them."""
        masks = [] if wanted == EVERYTHING else [self._block.facts.fitting(wanted)]
        if among is not None:
            masks.append(self._block.mask_of(among))
        if self._masked:
            there = bytearray(b"\x01" * len(self._block))
            for place in self._masked:
                there[place] = 0
            masks.append(bytes(there))
        return all_of(masks) if masks else None

    def _mask(self, customer: UUID) -> None:
        self._fresh.pop(customer, None)
        place = self._block.place_of(customer)
        if place is not None:
            self._masked.add(place)

    def _merge_if_much(self) -> None:
        if len(self._fresh) + len(self._masked) > _MERGE_AFTER:
            self.merge()


def _entry(details: Details, beside: Beside, customer: UUID, country: Country) -> Entry:
    return line_of(details, country), customer.bytes, facts_of(details, beside)


def _with_most_words(meant: Meant, block: Block) -> Iterator[int]:
    """Where words stand that were typed or perhaps meant: places with several first, else the nearest word's."""
    counted: Counter[int] = Counter()
    for term, near in sorted(meant.items(), key=lambda one: not one[1]):
        places = (at for word in (term, *near) for at in block.with_word(word))
        counted.update(dict.fromkeys(places, 1))
    return (place for place, _count in counted.most_common())


def _best(found: list[Ranked], limit: int) -> list[UUID]:
    best: dict[UUID, tuple[int, Place]] = {}
    for how_well, place, customer in found:
        best[customer] = min((how_well, place), best.get(customer, (how_well, place)))
    return sorted(best, key=lambda customer: best[customer])[:limit]


def _by_key(told: Counter[str]) -> list[tuple[str, int]]:
    """Tags that differ in case or accents alone are one, written as most write it."""
    spellings: dict[str, Counter[str]] = {}
    for tag, count in told.items():
        if key := tag_key(tag):
            spellings.setdefault(key, Counter())[tag] += count
    counted = [(some.most_common(1)[0][0], some.total()) for some in spellings.values()]
    return sorted(counted, key=lambda one: (-one[1], tag_key(one[0])))
