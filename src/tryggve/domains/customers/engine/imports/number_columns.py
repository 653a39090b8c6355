"""Identity numbers in a list: those that can be read go where they belong, the others stay beside the import."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Literal
from uuid import UUID

from tryggve.domains.customers.engine.identity_numbers import IdentityNumber, NotANumber, parse_number
from tryggve.domains.customers.engine.identity_numbers.spelling import with_zeros
from tryggve.domains.customers.engine.imports.plan import Numbers, Plan, Taken
from tryggve.domains.customers.engine.imports.results import NumbersTold
from tryggve.domains.customers.engine.imports.tracing import Trace
from tryggve.domains.customers.engine.sensitive import MOST_NUMBERS

# By the place of an entry among what is kept beside, and the heading; None for what is no number.
Said = Mapping[tuple[int, str], IdentityNumber | None]
Held = Mapping[UUID, Collection[IdentityNumber]]
# The same number as a known customer's and another are counted as one: the count would tell who guesses numbers.
_Fate = Literal["saved", "known", "invalid"]


def numbers_said(plan: Plan, *, country: str, on: date) -> Said:
    """What each filled cell under a heading of identity numbers says."""
    return {
        (place, heading): _read(said[heading], country, on)
        for place, (_line, _whose, said) in enumerate(plan.leftovers["kept"])
        for heading in plan.number_headings
        if said.get(heading)
    }


def numbers_placed(plan: Plan, said: Said, *, held: Held) -> Plan:
    """The plan with the numbers of those who have none, which aren't kept beside the import any more.

    ``held`` are those who were here before and have numbers: which of the list's are theirs. Another one stays
    beside the import, as does what is no number. A line that brings a number adds to its customer.
    """
    found: dict[UUID, dict[IdentityNumber, None]] = {}
    taken, kept, counts = list[Taken](), [], Counter[_Fate]()
    for place, (line, whose, texts) in enumerate(plan.leftovers["kept"]):
        rest = dict(texts)
        for heading in plan.number_headings:
            if (place, heading) not in said:
                continue
            customer, number = UUID(whose), said[place, heading]
            own, theirs = found.setdefault(customer, {}), held.get(customer)
            fate = _fate(number, own, is_numbered=theirs is not None)
            counts[fate] += 1
            if number and (fate == "saved" or number in own or number in (theirs or ())):
                taken.append(Taken(line, customer, heading, rest.pop(heading), number, fate == "saved"))
            if number and fate == "saved":
                own[number] = None
        if rest:
            kept.append([line, whose, rest])
    told = NumbersTold(list(plan.number_headings), counts["saved"], counts["known"], counts["invalid"])
    return _with_gains(replace(plan, leftovers={**plan.leftovers, "kept": kept}, taken=taken), told)


def numbers_missed(plan: Plan, *, late: Collection[UUID], gone: Collection[UUID]) -> Plan:
    """The same after all: who got another number meanwhile keeps that one, and who was deleted gets none."""
    back = [
        [one.line, str(one.customer), {one.heading: one.text}] for one in plan.taken if one.customer in late
    ]
    missed = [one.customer in late for one in plan.taken if one.is_saved and one.customer in {*late, *gone}]
    told = plan.result.identity_numbers
    told = replace(told, saved=told.saved - len(missed), known=told.known + sum(missed))
    return replace(
        plan,
        leftovers={**plan.leftovers, "kept": [*plan.leftovers["kept"], *back]},
        result=replace(plan.result, identity_numbers=told),
    )


def numbers_of(plan: Plan) -> Numbers:
    """What each customer gets, in the order of the list."""
    found: dict[UUID, dict[IdentityNumber, None]] = {}
    for one in plan.taken:
        if one.is_saved:
            found.setdefault(one.customer, {}).setdefault(one.number)
    return {customer: tuple(numbers) for customer, numbers in found.items()}


def _fate(number: IdentityNumber | None, own: Collection[IdentityNumber], *, is_numbered: bool) -> _Fate:
    if number is None:
        return "invalid"
    return "known" if is_numbered or number in own or len(own) >= MOST_NUMBERS else "saved"


def _with_gains(plan: Plan, told: NumbersTold) -> Plan:
    gains = {(one.line, str(one.customer)) for one in plan.taken if one.is_saved}
    traces = [_gaining(one) if (one.line, one.customer) in gains else one for one in plan.traces]
    more = sum(one.fate != other.fate for one, other in zip(plan.traces, traces, strict=True))
    lines = {line for line, _customer in gains}
    samples = [
        replace(one, fate="updated") if one.line in lines and one.fate == "unchanged" else one
        for one in plan.samples
    ]
    result = replace(
        plan.result,
        updated=plan.result.updated + more,
        unchanged=plan.result.unchanged - more,
        identity_numbers=told,
    )
    return replace(plan, traces=traces, samples=samples, result=result)


def _gaining(trace: Trace) -> Trace:
    if trace.fate not in ("updated", "unchanged"):
        return trace
    return trace._replace(fate="updated", added=(*trace.added, "number_tags"))


def _read(text: str, country: str, on: date) -> IdentityNumber | None:
    for spelling in filter(None, (with_zeros(text, country), text)):
        try:
            return parse_number(spelling, country=country, on=on)
        except NotANumber:
            continue
    return None
