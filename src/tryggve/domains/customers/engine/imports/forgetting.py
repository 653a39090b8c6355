"""What stays of an import when somebody is taken out of it."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from tryggve.domains.customers.engine.imports.results import ImportResult, Left, Sample
from tryggve.domains.customers.engine.imports.tracing import LEFT_OUT, SET_ASIDE, Trace

Leavings = Mapping[str, list[Any]]

_COUNTED = {"new": "created", "updated": "updated", "unchanged": "unchanged"}
# Where the customer's id stands in an entry.
_TIED = {"set_aside": 3, "kept": 1, "not_taken": 1}


def traces_of(leavings: Leavings) -> list[Trace]:
    """By what each row set aside is found, in their order."""
    return [
        Trace(place, line, SET_ASIDE, customer, marks)
        for place, (line, _cells, _reason, customer, marks, *_column) in enumerate(leavings["set_aside"])
    ]


def tied_customers(leavings: Leavings) -> set[str]:
    """The ids of all customers whom something that was left is about."""
    return {entry[at] for name, at in _TIED.items() for entry in leavings[name] if entry[at]}


def leavings_without(
    leavings: Leavings, customers: Collection[str], places: Collection[int] = ()
) -> dict[str, list[Any]]:
    """What was left, but for these customers and the rows set aside at those places."""
    aside = [one for place, one in enumerate(leavings["set_aside"]) if place not in places]
    rest = {**leavings, "set_aside": aside}
    return rest | {
        name: [one for one in rest[name] if one[at] not in customers] for name, at in _TIED.items()
    }


def result_without(
    result: ImportResult, gone: Iterable[tuple[int, str]], customers: Collection[str]
) -> ImportResult:
    """The result with those lines (number and fate) told as forgotten, and no more word of these customers."""
    gone = list(gone)
    fates = Counter(fate for _line, fate in gone)
    aside = Counter(line for line, fate in gone if fate == SET_ASIDE)
    lines = {line for line, _fate in gone}
    out = Counter(line for line, fate in gone if fate == LEFT_OUT)
    skipped = [one for one in result.skipped if one.reason != LEFT_OUT or not _is_counted(out, one.line)]
    return replace(
        result,
        **{name: getattr(result, name) - fates[fate] for fate, name in _COUNTED.items()},
        set_aside=[one for one in result.set_aside if not _is_counted(aside, one.line)],
        skipped=sorted([*skipped, *(Left(line, "forgotten") for line, _fate in gone)], key=_by_line),
        duplicates=[
            one for one in result.duplicates if one.line not in lines and one.customer not in customers
        ],
    )


def _is_counted(lines: Counter[int], line: int) -> bool:
    """Whether this one is among them; it is counted off. A hostile workbook has a row's number twice."""
    lines[line] -= 1
    return lines[line] >= 0


def _by_line(left: Left) -> int:
    return left.line


def samples_without(samples: Iterable[Sample], lines: Collection[int]) -> list[Sample]:
    return [one for one in samples if one.line not in lines]
