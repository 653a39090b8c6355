"""Identity numbers of a list, held against those that known customers have; none of these is opened for it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from tryggve.domains.customers import number_tags
from tryggve.domains.customers.engine.columns.headings import Column
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.identity_numbers import IdentityNumber
from tryggve.domains.customers.engine.imports.number_columns import Held, Said, numbers_placed, numbers_said
from tryggve.domains.customers.engine.imports.plan import Plan

Tags = dict[UUID, Sequence[str]]


def noted(known: Iterable[tuple[UUID, Details]], tags: Tags) -> Iterator[tuple[UUID, Details]]:
    """The same customers, the tags of those who have numbers written down as they pass."""
    for customer, details in known:
        if details.number_tags:
            tags[customer] = details.number_tags
        yield customer, details


def with_columns(
    plan: Plan,
    columns: Sequence[Column],
    *,
    tags: Tags,
    unnumbered: Iterable[UUID] = (),
    country: str,
    on: date,
) -> Plan:
    """The plan with what becomes of columns that feed no field: identity numbers, and the firm's own questions.

    ``tags`` are those of customers who have numbers; to those in ``unnumbered`` none may be given.
    """
    plan = replace(
        plan,
        number_headings=tuple(one.heading for one in columns if one.brings_numbers),
        questions={one.heading: one.question for one in columns if one.question},
    )
    if not plan.number_headings:
        return plan
    said = numbers_said(plan, country=country, on=on)
    nothing: Held = {customer: set() for customer in unnumbered}
    return numbers_placed(plan, said, held={**nothing, **_held(plan, said, tags)})


def _held(plan: Plan, said: Said, tags: Mapping[UUID, Sequence[str]]) -> Held:
    kept = plan.leftovers["kept"]
    about = [(UUID(kept[place][1]), number) for (place, _heading), number in said.items() if number]
    about = [(customer, number) for customer, number in about if customer in tags]
    known = number_tags.looked_up({number for _customer, number in about}) if about else {}
    held: dict[UUID, set[IdentityNumber]] = {customer: set() for customer, _number in about}
    for customer, number in about:
        if known.get(number) in tags[customer]:
            held[customer].add(number)
    return held
