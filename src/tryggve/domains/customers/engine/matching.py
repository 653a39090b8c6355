"""Which customer a new row is about: by name first, then by what else they have in common.

Importing a file twice must change nothing, in whatever order customers are handed over. So a row that somebody
of the same name already holds completely is that customer, before any other rule is asked. Two people who share
an e-mail or a telephone number stay two; the second is told to be a possible double.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Literal
from uuid import UUID

from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.holders import Holders, Mark
from tryggve.domains.customers.engine.marks import Marks, marks_of
from tryggve.domains.customers.engine.merging import merge
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
        self._holders = Holders()
        wanted = {mark for details in about for mark in _general(marks_of(details, country))}
        for customer, details in known:
            marks = marks_of(details, country)
            if not wanted.isdisjoint(_general(marks)):
                self._keep(customer, details, marks)

    def decide(self, details: Details) -> New | Same:
        """Whether a row is about a customer known already."""
        marks = marks_of(details, self._country)
        complete = next(self._holding_all(details, marks), None)
        if complete is not None:
            return complete
        holder = next(self._same_person(details, marks), None)
        return self._new(details, marks) if holder is None else self._joined(holder, details)

    def _holding_all(self, details: Details, marks: Marks) -> Iterator[Same]:
        """Those of that name (or any, for a row without one) to whom the row adds nothing."""
        for holder in islice(self._comparable(marks), _MOST_COMPARED):
            known = self._marks[holder]
            if known.may_be_colleague_of(marks) or known.shares_contact_with(marks):
                merged = merge(self._details[holder], details, self._country)
                if not merged.added:
                    yield Same(self._ids[holder], merged.details, (), merged.conflicts)

    def _comparable(self, marks: Marks) -> Iterator[int]:
        of, person = self._holders.of, marks.person
        contact = next(iter(marks.contacts), None)
        if contact is not None:
            return chain(of((person, contact)), () if person else of(contact))
        address = next(iter(marks.addresses), None)
        return chain(of((person, address or "")), () if address else of(person))

    def _same_person(self, details: Details, marks: Marks) -> Iterator[int]:
        if not marks.person:
            yield from self._only_one_to_reach_so(marks)
            return
        contacts = [
            holder for contact in marks.contacts for holder in self._holders.of((marks.person, contact))
        ]
        yield from sorted(contacts)
        yield from self._in_same_place(marks)
        yield from self._only_namesake(marks)
        yield from self._nameless(details, marks)

    def _only_one_to_reach_so(self, marks: Marks) -> Iterator[int]:
        found = {
            holder for contact in marks.contacts for holder in self._holders.of(contact)[:_MOST_COMPARED]
        }
        if len(found) == 1:
            yield from (holder for holder in found if not self._marks[holder].emails_differ_from(marks))

    def _in_same_place(self, marks: Marks) -> Iterator[int]:
        for place in marks.places:
            for holder in self._holders.of((marks.person, place))[:_MOST_COMPARED]:
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
            for holder in self._holders.of(("", contact)):
                known = self._details[holder]
                differ = self._marks[holder].emails_differ_from(marks)
                if not known.name and known.kind == details.kind and not differ:
                    yield holder

    def _new(self, details: Details, marks: Marks) -> New:
        double = self._possible_double(marks)
        customer = self._new_id()
        self._keep(customer, details, marks)
        return New(customer, details, double)

    def _possible_double(self, marks: Marks) -> Double | None:
        seen: list[tuple[Why, Iterable[str]]] = [("same_email", marks.emails), ("same_phone", marks.phones)]
        if marks.is_bare:
            seen.append(("same_name", [marks.person]))
        for why, those in seen:
            holders = [self._holders.of(mark)[0] for mark in those if self._holders.of(mark)]
            if holders:
                return Double(self._ids[min(holders)], why)
        return None

    def _joined(self, holder: int, details: Details) -> Same:
        merged = merge(self._details[holder], details, self._country)
        if merged.added:
            before = self._marks[holder]
            self._details[holder] = merged.details
            self._marks[holder] = marks_of(merged.details, self._country)
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


def _general(marks: Marks) -> list[str]:
    """The marks by which customers are found whoever they are; a name is one of them, no name is none."""
    return [*([marks.person] if marks.person else []), *marks.contacts]


def _all(marks: Marks) -> list[Mark]:
    """Everything a customer is found by; with the name, so that namesakes are found among themselves."""
    own = (*marks.contacts, *marks.addresses, *([""] if marks.is_bare else []))
    return [*_general(marks), *((marks.person, mark) for mark in own)]
