"""Setting aside the rows of a list that are about people whom no list may bring back."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from uuid import UUID

from tryggve.domains.customers import gatekeepers
from tryggve.domains.customers.engine.drafts import Draft, SetAside
from tryggve.domains.customers.engine.imports.plan import Plan
from tryggve.domains.customers.engine.known_by import known_by_of_row
from tryggve.domains.customers.engine.rows.sections import Line
from tryggve.domains.customers.engine.rows.understood import Cells, Understood
from tryggve.domains.customers.engine.values.phones import Country
from tryggve.domains.customers.models import Customer


def without_held_back(read: Understood, country: Country) -> Understood:
    """The list with those rows set aside, each with its cells. Raises what a gate raises."""
    judges = gatekeepers.judges()
    if not judges:
        return read
    marks = {
        place: known_by_of_row(line, read.columns, country)
        for place, (_cells, line) in enumerate(read.lines)
        if isinstance(line, Draft)
    }
    every = {mark for some in marks.values() for mark in some}
    held = {mark for judge in judges for mark in judge(every)}
    gone = {place for place, some in marks.items() if not held.isdisjoint(some)}
    return replace(read, lines=list(_lines(read.lines, gone)))


def restricted_customers() -> set[UUID]:
    """Those whose data may be seen and kept, and used for nothing else."""
    return set(Customer.objects.exclude(restricted_at=None).values_list("pk", flat=True))


def without_restricted(plan: Plan, all_restricted: Set[UUID]) -> Plan:
    """The plan without what it would add to customers whose data may not be used: their rows change nothing."""
    restricted = all_restricted & plan.additions.keys()
    if not restricted:
        return plan
    lines = {one.line for one in plan.traces if one.fate == "updated" and _is_of(one.customer, restricted)}
    result = replace(
        plan.result,
        updated=plan.result.updated - len(lines),
        unchanged=plan.result.unchanged + len(lines),
    )
    return replace(
        plan,
        result=result,
        additions={one: said for one, said in plan.additions.items() if one not in restricted},
        traces=[
            one._replace(fate="unchanged", added=()) if one.line in lines else one for one in plan.traces
        ],
        samples=[replace(one, fate="unchanged") if one.line in lines else one for one in plan.samples],
    )


def _lines(lines: Sequence[tuple[Cells, Line]], gone: set[int]) -> Iterator[tuple[Cells, Line]]:
    for place, (cells, line) in enumerate(lines):
        yield cells, (SetAside(line.line, None, "held_back", cells) if place in gone else line)


def _is_of(customer: str | None, restricted: Set[UUID]) -> bool:
    return customer is not None and UUID(customer) in restricted
