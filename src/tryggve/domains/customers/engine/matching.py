"""Which customer a new row is about: by name first, then by what else they have in common.

Importing a file twice must change nothing, in whatever order customers are handed over. So a row that somebody
of the same name already holds completely is that customer, before any other rule is asked; then one to whom the
row adds only what says nothing of who they are, such as a tag. Two people who share an e-mail or a telephone number
stay two; the second is told to be a possible double.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Literal
from uuid import UUID

from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.holders import Holders, Mark
from tryggve.domains.customers.engine.keys import Keys, keys_of
from tryggve.domains.customers.engine.marks import Marks, general_marks, marks_of
from tryggve.domains.customers.engine.merging import Merged, join
from tryggve.domains.customers.engine.phones import Country

Why = Literal["same_person", "same_email", "same_phone", "same_name"]
Known = tuple[UUID, Details]
# Beyond so many namesakes, or people behind one e-mail, nobody could tell them apart anyway.
_MOST_COMPARED = 50


@dataclass(frozen=True, slots=True)
class Double:
    """Another customer whom a row may be about too."""

    customer: UUID
    why: Why


@dataclass(frozen=True, slots=True)
class New:
    """Nobody here yet; ``double`` names one who may be the same after all."""

    customer: UUID
    details: Details
    double: Double | None = None


@dataclass(frozen=True, slots=True)
class Same:
    """A customer known already: all that is known afterwards, which fields grew, what was not taken over."""

    customer: UUID
    details: Details
    added: tuple[str, ...]
    conflicts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Full:
    """A customer known already, of whom more is known than one card is to hold: the row is not taken."""

    customer: UUID


@dataclass(frozen=True, slots=True)
class _Row:
    details: Details
    keys: Keys
    marks: Marks


class Matcher:
    """Decide for one row after the other; every decision counts for the next.

    ``about`` are the rows to come: of the customers here, only those who might be meant are kept in memory.
    """

    def __init__(
        self,
        known: Iterable[Known],
        about: Iterable[Details],
        *,
        country: Country,
        new_id: Callable[[], UUID],
    ) -> None:
        self._country = country
        self._new_id = new_id
        self._ids: list[UUID] = []
        self._details: list[Details] = []
        self._marks: list[Marks] = []
        # Made when a customer is first compared, and grown from then on; most never are.
        self._keys: dict[int, Keys] = {}
        self._holders = Holders()
        wanted = {mark for details in about for mark in general_marks(details, country)}
        for customer, details in known:
            if not wanted.isdisjoint(general_marks(details, country)):
                self._keep(customer, details, marks_of(details, keys_of(details, country)))

    def decide(self, details: Details) -> New | Same | Full:
        """Whether a row is about a customer known already."""
        row = self._row(details)
        holder, merged = self._holder(row)
        if holder is None:
            return self._new(row)
        return self._joined(holder, row, merged or self._merged(holder, row))

    def whose(self, details: Details) -> UUID | None:
        """The customer whom a row would be about, which counts for no other row; None for nobody here."""
        holder, _merged = self._holder(self._row(details))
        return None if holder is None else self._ids[holder]

    def _row(self, details: Details) -> _Row:
        keys = keys_of(details, self._country)
        return _Row(details, keys, marks_of(details, keys))

    def _holder(self, row: _Row) -> tuple[int | None, Merged | None]:
        holder, merged = self._holding_all(row)
        return (next(self._same_person(row), None), None) if holder is None else (holder, merged)

    def _holding_all(self, row: _Row) -> tuple[int | None, Merged | None]:
        """One of that name (or any, for a row without one) to whom the row adds nothing, or nothing that tells."""
        found: tuple[int | None, Merged | None] = (None, None)
        own = set(islice(self._own(row.marks), _MOST_COMPARED))
        for holder in islice(self._comparable(row.marks), _MOST_COMPARED):
            known = self._marks[holder]
            if known.may_be_colleague_of(row.marks) or known.shares_contact_with(row.marks):
                merged = self._merged(holder, row)
                if not merged.added:
                    return holder, merged
                if found[0] is None and holder in own and merged.says_who_as_before:
                    found = holder, merged
        return found

    def _own(self, marks: Marks) -> Iterator[int]:
        """Those of that name with the row's first mark; for a bare row, who are as bare."""
        first = next(chain(marks.contacts, marks.addresses), "")
        firm = self._holders.of((marks.person, marks.firm)) if marks.firm and not first else ()
        return chain(firm, self._holders.of((marks.person, first)))

    def _comparable(self, marks: Marks) -> Iterator[int]:
        contact = next(iter(marks.contacts), None)
        if contact is not None:
            return chain(self._own(marks), () if marks.person else self._holders.of(contact))
        return chain(self._own(marks), () if marks.addresses else self._holders.of(marks.person))

    def _same_person(self, row: _Row) -> Iterator[int]:
        marks = row.marks
        if not marks.person:
            yield from self._only_one_to_reach_so(marks)
            return
        yield from sorted(self._with_name_and(marks.contacts, marks))
        yield from self._in_same_place(marks)
        yield from self._only_namesake(marks)
        yield from self._nameless(row.details, marks)

    def _with_name_and(self, those: Iterable[str], marks: Marks) -> list[int]:
        """Each of that name who has one of those marks, once; no more than could be told apart."""
        found = chain.from_iterable(self._holders.of((marks.person, mark))[:_MOST_COMPARED] for mark in those)
        return list(islice(dict.fromkeys(found), _MOST_COMPARED))

    def _only_one_to_reach_so(self, marks: Marks) -> Iterator[int]:
        found = {
            holder for contact in marks.contacts for holder in self._holders.of(contact)[:_MOST_COMPARED]
        }
        if len(found) == 1:
            yield from (holder for holder in found if not self._marks[holder].emails_differ_from(marks))

    def _in_same_place(self, marks: Marks) -> Iterator[int]:
        for holder in self._with_name_and(marks.places, marks):
            known = self._marks[holder]
            differ = known.emails_differ_from(marks) or known.phones_differ_from(marks)
            if known.may_be_colleague_of(marks) and not differ:
                yield holder

    def _only_namesake(self, marks: Marks) -> Iterator[int]:
        namesakes = self._holders.of(marks.person)
        if len(namesakes) == 1:
            known = self._marks[namesakes[0]]
            if (known.is_bare or marks.is_bare) and known.may_be_colleague_of(marks):
                yield namesakes[0]

    def _nameless(self, details: Details, marks: Marks) -> Iterator[int]:
        """Those known by an e-mail or a telephone number only, who get their name from this row."""
        for contact in marks.contacts:
            for holder in self._holders.of(("", contact))[:_MOST_COMPARED]:
                known = self._details[holder]
                differ = self._marks[holder].emails_differ_from(marks)
                if not known.name and known.kind == details.kind and not differ:
                    yield holder

    def _new(self, row: _Row) -> New:
        double = self._possible_double(row.marks)
        customer = self._new_id()
        self._keep(customer, row.details, row.marks)
        return New(customer, row.details, double)

    def _possible_double(self, marks: Marks) -> Double | None:
        seen: list[tuple[Why, Iterable[str]]] = [("same_email", marks.emails), ("same_phone", marks.phones)]
        for why, those in seen:
            holders = [self._holders.of(mark)[0] for mark in those if self._holders.of(mark)]
            if holders:
                return Double(self._ids[min(holders)], why)
        namesakes = self._holders.of(marks.person)[:_MOST_COMPARED] if marks.person else ()
        for holder in namesakes:
            if marks.is_bare or not self._marks[holder].is_at_odds_with(marks):
                return Double(self._ids[holder], "same_name")
        return None

    def _merged(self, holder: int, row: _Row) -> Merged:
        known = self._details[holder]
        if known == row.details:
            return Merged(known, ())
        return join(known, self._keys_of(holder), row.details, row.keys)

    def _keys_of(self, holder: int) -> Keys:
        keys = self._keys.get(holder)
        if keys is None:
            keys = self._keys[holder] = keys_of(self._details[holder], self._country)
        return keys

    def _joined(self, holder: int, row: _Row, merged: Merged) -> Same | Full:
        if merged.is_too_much:
            return Full(self._ids[holder])
        if merged.added:
            before, keys = self._marks[holder], self._keys_of(holder)
            keys.take(row.keys, merged.fresh_addresses)
            self._details[holder] = merged.details
            self._marks[holder] = marks_of(merged.details, keys)
            self._index(holder, before)
        return Same(self._ids[holder], merged.details, merged.added, merged.conflicts)

    def _keep(self, customer: UUID, details: Details, marks: Marks) -> None:
        self._ids.append(customer)
        self._details.append(details)
        self._marks.append(marks)
        self._index(len(self._ids) - 1)

    def _index(self, holder: int, before: Marks | None = None) -> None:
        for mark in set(_all(self._marks[holder])) - set(_all(before) if before else []):
            self._holders.add(mark, holder)


def _all(marks: Marks) -> list[Mark]:
    """Everything a customer is found by; with the name, so that namesakes are found among themselves."""
    bare = ("", *filter(None, [marks.firm])) if marks.is_bare else ()
    own = (*marks.contacts, *marks.addresses, *bare)
    general = ([marks.person] if marks.person else []) + list(marks.contacts)
    return [*general, *((marks.person, mark) for mark in own)]
