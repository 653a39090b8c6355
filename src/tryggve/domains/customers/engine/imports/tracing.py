"""By what a line of a list, or a row set aside from it, is found again without reading it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, get_args

from tryggve.domains.customers.engine.comparison.marks import general_marks
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.drafts import SetAside
from tryggve.domains.customers.engine.rows.readings import Said, is_out_of_place, names_in
from tryggve.domains.customers.engine.values.phones import Country

SET_ASIDE = "set_aside"
LEFT_OUT = "left_out"


class Trace(NamedTuple):
    """One line: where it stands among the others, its number, what became of it, whom it is about, its marks.

    ``customer`` is the id of somebody in the register or whom the list brings, None for nobody; ``added`` names the
    fields of the card that grow.
    """

    place: int
    line: int
    fate: str
    customer: str | None = None
    marks: Sequence[str] = ()
    added: Sequence[str] = ()

    @property
    def is_aside(self) -> bool:
        return self.fate == SET_ASIDE


@dataclass(frozen=True, slots=True)
class Sought:
    """Somebody who is looked for in lists; without details (they can't be read any more) by the id alone."""

    customer: str
    details: Details | None = None
    numbers: frozenset[str] = frozenset()

    def marks(self) -> set[str]:
        """All by which a line may be found, in whatever country the list was read."""
        if self.details is None:
            return set()
        countries = get_args(Country)
        return {mark for country in countries for mark in general_marks(self.details, country)} | {
            number_mark(number) for number in self.numbers
        }


def number_mark(number: str) -> str:
    return f"#{number}"


def is_of_number(mark: str) -> bool:
    return mark.startswith("#")


def marks_of_aside(row: SetAside, said: Said, country: Country) -> list[str]:
    """The marks of a row that was set aside, of all that it may say."""
    return list(dict.fromkeys(_marks_of_aside(row, said, country)))


def _marks_of_aside(row: SetAside, said: Said, country: Country) -> Iterator[str]:
    for reading in said.readings:
        yield from general_marks(reading, country)
    yield from map(number_mark, said.numbers)
    if is_out_of_place(row):
        for name in names_in(row.cells):
            yield from general_marks(Details("person", name), country)
            yield from general_marks(Details("organisation", name), country)


def found(traces: Sequence[Trace], sought: Sought) -> list[Trace]:
    """Those that may be about somebody, and all others that decide whether they are.

    A line that shares a telephone number with one that shares the e-mail address may be about the same person. A
    row that was set aside leads no further.
    """
    reached = sought.marks()
    hits = {one.place for one in traces if one.customer == sought.customer or _shares(one, reached)}
    if not hits:
        return []
    by_mark: dict[str, list[Trace]] = {}
    for one in traces:
        for mark in one.marks:
            by_mark.setdefault(mark, []).append(one)
    waiting = [one for one in traces if one.place in hits and not one.is_aside]
    while waiting:
        fresh = [mark for mark in waiting.pop().marks if mark not in reached]
        reached.update(fresh)
        for other in (other for mark in fresh for other in by_mark[mark]):
            if other.place not in hits:
                hits.add(other.place)
                waiting += [] if other.is_aside else [other]
    return [one for one in traces if one.place in hits]


def _shares(trace: Trace, marks: set[str]) -> bool:
    return not marks.isdisjoint(trace.marks)
