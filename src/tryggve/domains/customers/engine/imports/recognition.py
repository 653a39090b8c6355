"""Which lines are about somebody who is to be forgotten: those that an import would take for this customer."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from tryggve.domains.customers.engine.columns.headings import Column
from tryggve.domains.customers.engine.comparison.matching import Matcher
from tryggve.domains.customers.engine.comparison.outcomes import Full, Same
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.drafts import Draft, SetAside
from tryggve.domains.customers.engine.identity_numbers.spelling import number_key
from tryggve.domains.customers.engine.imports.tracing import Sought
from tryggve.domains.customers.engine.rows.readings import AsideReader, Said
from tryggve.domains.customers.engine.rows.sections import Line
from tryggve.domains.customers.engine.values.phones import Country

Known = tuple[UUID, Details]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Lines of one list, by their places, that may be about somebody, with all that may decide it."""

    drafts: Mapping[int, Details]
    asides: Mapping[int, Said]

    @classmethod
    def of(
        cls, lines: Mapping[int, Line], *, columns: Sequence[Column], sought: Sought, country: Country
    ) -> "Candidates":
        addresses = sought.details.addresses if sought.details else ()
        reader = AsideReader(columns, country, addresses)
        return cls(
            drafts={place: line.details for place, line in lines.items() if isinstance(line, Draft)},
            asides={place: reader.read(line) for place, line in lines.items() if isinstance(line, SetAside)},
        )

    def details(self) -> Iterator[Details]:
        """Everything by which other customers may be meant."""
        yield from self.drafts.values()
        for said in self.asides.values():
            yield from said.readings


def places_about(
    sought: Sought,
    candidates: Candidates,
    *,
    others: Iterable[Known],
    country: Country,
    new_id: Callable[[], UUID],
) -> set[int]:
    """The places of the lines that are this customer's.

    ``others`` are those in the register: a line that may be about one of them as well stays, and so does all that
    belongs to a second card of the same person.
    """
    if sought.details is None:
        return set()
    whose = UUID(sought.customer)
    known = [*others, (whose, sought.details)]
    matcher = Matcher(known, candidates.details(), country=country, new_id=new_id)
    own = set()
    for place, details in sorted(candidates.drafts.items(), key=lambda one: one[0]):
        decision = matcher.decide(details)
        if isinstance(decision, Same | Full) and decision.customer == whose:
            own.add(place)
    for place, said in candidates.asides.items():
        if whose in map(matcher.whose, said.readings) or not sought.numbers.isdisjoint(said.numbers):
            own.add(place)
    return own


def numbers_in(said: Mapping[str, str], columns: Sequence[Column]) -> Iterator[str]:
    """The identity numbers among what a list said of somebody, by heading."""
    for column in columns:
        if column.is_identity_number and column.heading in said:
            yield from filter(None, [number_key(said[column.heading])])
