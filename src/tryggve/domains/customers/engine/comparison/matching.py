"""Which customer a new row is about: by name first, then by what else they have in common.

Importing a file twice must change nothing, in whatever order customers are handed over. So a row with an id that an
address book gave (a UID) is whoever has that id; and one that somebody of the same name already holds completely is
that customer, before any other rule is asked; then one to whom the row adds only what says nothing of who they are,
such as a tag. Two people who share an e-mail or a telephone number stay two; the second is told to be a possible
double, and what a person decided of it stands above all rules.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from uuid import UUID

from tryggve.domains.customers.engine.comparison import likeness
from tryggve.domains.customers.engine.comparison.decisions import Rules, Verdict, Why
from tryggve.domains.customers.engine.comparison.holders import Holders, Mark
from tryggve.domains.customers.engine.comparison.keys import Keys, keys_of
from tryggve.domains.customers.engine.comparison.marks import Marks, general_marks, marks_of
from tryggve.domains.customers.engine.comparison.merging import Merged, join
from tryggve.domains.customers.engine.comparison.outcomes import Double, Full, New, Out, Same
from tryggve.domains.customers.engine.comparison.row_marks import RowMarks, all_marks, row_marks
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.values.phones import Country

Known = tuple[UUID, Details]
# Beyond so many namesakes, or people behind one e-mail, nobody could tell them apart anyway.
_MOST_COMPARED = 50


class Matcher:
    """Decide for one row after the other; every decision counts for the next.

    ``about`` are the rows to come: of the customers here, only those who might be meant are kept in memory, and
    those ``named`` by a decision. ``rules`` say what becomes of doubles of a kind.
    """

    def __init__(
        self,
        known: Iterable[Known],
        about: Iterable[Details],
        *,
        country: Country,
        new_id: Callable[[], UUID],
        rules: Rules | None = None,
        named: Container[UUID] = frozenset(),
    ) -> None:
        self._country = country
        self._rules = rules or {}
        self._new_id = new_id
        self._ids: list[UUID] = []
        self._places: dict[UUID, int] = {}
        self._met: set[int] = set()
        self._details: list[Details] = []
        self._marks: list[Marks] = []
        # Made when a customer is first compared, and grown from then on; most never are.
        self._keys: dict[int, Keys] = {}
        self._holders = Holders()
        known = iter(known)
        first = next(known, None)
        if first is not None:
            self._keep_wanted(chain([first], known), about, named)

    def _keep_wanted(self, known: Iterable[Known], about: Iterable[Details], named: Container[UUID]) -> None:
        wanted, blocks = _wanted(about, self._country)
        for customer, written in known:
            # A file that left the register names each customer by the register's own id.
            is_named = f"^{customer}" in wanted
            details = replace(written, uids=(*written.uids, str(customer))) if is_named else written
            may_be_meant = not wanted.isdisjoint(general_marks(details, self._country)) or customer in named
            own = likeness.blocks_of(details) if blocks else []
            if may_be_meant or not blocks.isdisjoint(own):
                self._keep(customer, details, marks_of(details, keys_of(details, self._country)), own)

    def decide(self, details: Details) -> New | Same | Full | Out:
        """Whether a row is about a customer known already."""
        row = self._row(details)
        holder, merged = self._holder(row)
        if holder is None:
            return self._perhaps_new(row)
        if holder not in self._met:
            return self._joined(holder, row, merged or self._merged(holder, row))
        double = Double(self._ids[holder], "same_person")
        match self._rules.get("same_person"):
            case "new":
                return self._new(row, double, row.blocks())
            case "out":
                return Out(double)
        return self._joined(holder, row, merged or self._merged(holder, row), double)

    def take_for(self, customer: UUID, details: Details) -> Same | Full | None:
        """A row that a person said to be about that customer; None when nobody here has that id."""
        row, holder = self._row(details), self._places.get(customer)
        return None if holder is None else self._joined(holder, row, self._merged(holder, row))

    def take_as_new(self, details: Details) -> New:
        """A row that a person said to be about nobody who is known."""
        row = self._row(details)
        return self._new(row, None, row.blocks())

    def whose(self, details: Details) -> UUID | None:
        """The customer whom a row would be about, which counts for no other row; None for nobody here."""
        holder, _merged = self._holder(self._row(details))
        return None if holder is None else self._ids[holder]

    def _row(self, details: Details) -> RowMarks:
        return row_marks(details, self._holders, self._country)

    def _holder(self, row: RowMarks) -> tuple[int | None, Merged | None]:
        if row.is_fresh:
            return next(self._living_there_or_only(row.marks), None), None
        for uid in row.marks.uids:
            if holders := self._holders.of(uid):
                return holders[0], None
        holder, merged = self._holding_all(row)
        return (next(self._same_person(row), None), None) if holder is None else (holder, merged)

    def _holding_all(self, row: RowMarks) -> tuple[int | None, Merged | None]:
        """One of that name (or any, for a row without one) to whom the row adds nothing, or nothing that tells."""
        found: tuple[int | None, Merged | None] = (None, None)
        same = self._own(row.marks)
        own = set(islice(same, _MOST_COMPARED))
        for holder in islice(self._comparable(row.marks, same), _MOST_COMPARED):
            known = self._marks[holder]
            if known.may_be_colleague_of(row.marks) or known.shares_contact_with(row.marks):
                merged = self._merged(holder, row)
                if not merged.added:
                    return holder, merged
                if found[0] is None and holder in own and merged.says_who_as_before:
                    found = holder, merged
        return found

    def _own(self, marks: Marks) -> Sequence[int]:
        """Those of that name with the row's first mark; for a bare row, who are as bare."""
        [first] = (marks.emails or marks.phones or marks.addresses or ("",))[:1]
        same = self._holders.of((marks.person, first))
        if first or not marks.firm:
            return same
        return [*self._holders.of((marks.person, marks.firm)), *same]

    def _comparable(self, marks: Marks, own: Sequence[int]) -> Iterable[int]:
        for contact in marks.contacts[:1]:
            return own if marks.person else chain(own, self._holders.of(contact))
        return own if marks.addresses else chain(own, self._holders.of(marks.person))

    def _same_person(self, row: RowMarks) -> Iterator[int]:
        marks = row.marks
        if not marks.person:
            yield from self._only_one_to_reach_so(marks)
            return
        yield from sorted(self._with_name_and(marks.contacts + marks.numbers, marks))
        yield from self._living_there_or_only(marks)
        yield from self._nameless(row.details, marks)

    def _living_there_or_only(self, marks: Marks) -> Iterator[int]:
        if self._holders.of(marks.person):
            yield from self._in_same_place(marks)
            yield from self._only_namesake(marks)

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

    def _perhaps_new(self, row: RowMarks) -> New | Same | Full | Out:
        blocks = row.blocks()
        double = self._possible_double(row, blocks)
        verdict: Verdict | None = self._rules.get(double.why) if double else None
        if double is None or double.customer is None or verdict in (None, "new"):
            return self._new(row, double, blocks)
        if verdict == "out":
            return Out(double)
        holder = self._places[double.customer]
        return self._joined(holder, row, self._merged(holder, row), double)

    def _new(self, row: RowMarks, double: Double | None, blocks: Sequence[str]) -> New:
        customer = self._new_id()
        self._keep(customer, row.details, row.marks, blocks)
        self._met.add(self._places[customer])
        return New(customer, row.details, double)

    def _possible_double(self, row: RowMarks, blocks: Sequence[str]) -> Double | None:
        marks = row.marks
        seen: list[tuple[Why, Sequence[str]]] = [
            ("same_number", marks.numbers),
            ("same_email", marks.emails),
            ("same_phone", marks.phones),
        ]
        for why, those in [] if row.is_fresh else seen:
            holders = [held[0] for mark in those if (held := self._holders.of(mark))]
            if holders:
                return Double(self._ids[min(holders)], why)
        is_bare = marks.is_bare
        for holder in self._possible_namesakes(row):
            if is_bare or not self._marks[holder].is_at_odds_with(marks):
                return Double(self._ids[holder], "same_name")
        return self._alike(row.details, blocks)

    def _possible_namesakes(self, row: RowMarks) -> Sequence[int]:
        """Of those of that name, who may be meant: what nobody here has, none of them has."""
        marks, known = row.marks, self._marks
        namesakes = self._holders.of(marks.person)[:_MOST_COMPARED] if marks.person else ()
        if row.is_fresh and marks.emails:
            namesakes = [one for one in namesakes if not known[one].emails]
        if row.is_fresh and marks.phones:
            namesakes = [one for one in namesakes if not known[one].phones]
        return namesakes

    def _alike(self, details: Details, blocks: Sequence[str]) -> Double | None:
        """Somebody of a like name at a like address; no more are compared than could be told apart."""
        if self._holders.has_none_of(blocks):
            return None
        found = chain.from_iterable(self._holders.of(block)[:_MOST_COMPARED] for block in blocks)
        near = islice(dict.fromkeys(found), _MOST_COMPARED)
        alike = next((one for one in near if likeness.are_alike(self._details[one], details)), None)
        return None if alike is None else Double(self._ids[alike], "like_name_and_address")

    def _merged(self, holder: int, row: RowMarks) -> Merged:
        known = self._details[holder]
        if known == row.details:
            return Merged(known, ())
        return join(known, self._keys_of(holder), row.details, row.keys)

    def _keys_of(self, holder: int) -> Keys:
        keys = self._keys.get(holder)
        if keys is None:
            keys = self._keys[holder] = keys_of(self._details[holder], self._country)
        return keys

    def _joined(
        self, holder: int, row: RowMarks, merged: Merged, double: Double | None = None
    ) -> Same | Full:
        if merged.is_too_much:
            return Full(self._ids[holder])
        if merged.added:
            before, keys = self._marks[holder], self._keys_of(holder)
            keys.take(row.keys, merged.fresh_addresses)
            self._details[holder] = merged.details
            self._marks[holder] = marks_of(merged.details, keys)
            self._index(holder, before)
            if "addresses" in merged.added:
                self._holders.add(likeness.blocks_of(merged.details), holder)
        self._met.add(holder)
        return Same(self._ids[holder], merged.details, merged.added, merged.conflicts, double)

    def _keep(self, customer: UUID, details: Details, marks: Marks, blocks: Sequence[str]) -> None:
        self._ids.append(customer)
        self._details.append(details)
        self._marks.append(marks)
        self._places[customer] = len(self._ids) - 1
        self._index(len(self._ids) - 1)
        self._holders.add(blocks, len(self._ids) - 1)

    def _index(self, holder: int, before: Marks | None = None) -> None:
        marks: Iterable[Mark] = all_marks(self._marks[holder])
        self._holders.add(set(marks) - set(all_marks(before)) if before else marks, holder)


def _wanted(about: Iterable[Details], country: Country) -> tuple[set[str], set[str]]:
    """The marks of those whom the rows may be about, and the blocks of those who may be alike."""
    marks, blocks = set[str](), set[str]()
    for details in about:
        marks.update(general_marks(details, country))
        blocks.update(likeness.blocks_of(details))
    return marks, blocks
