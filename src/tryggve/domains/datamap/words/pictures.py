"""The map as pictures: what is drawn, in numbers that SVG takes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from tryggve.domains.datamap.engine.kinds import Kind
from tryggve.domains.datamap.selectors.ages import Age
from tryggve.domains.datamap.selectors.trend import Point
from tryggve.domains.datamap.words import ages, kinds

WIDTH, HEIGHT = 240, 48
_MARGIN: Final = 4
_FEWEST_DAYS: Final = 2
_DEPTHS: Final = 4
_WHOLE: Final = 100


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a strip of a hundred; ``look`` is the age."""

    look: str
    name: str
    files: int
    start: float
    length: float


@dataclass(frozen=True, slots=True)
class Cell:
    """How many files; ``depth`` from 0, none, to 4, as many as any."""

    files: int
    depth: int


@dataclass(frozen=True, slots=True)
class Row:
    kind: str
    name: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Matrix:
    columns: Sequence[tuple[str, str]]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Line:
    """``points`` in steps from day to day; ``goal`` how high it lies, None without one."""

    points: str
    goal: float | None
    first: Point
    last: Point
    width: int = WIDTH
    height: int = HEIGHT


def strip(counts: Mapping[Age, int], longest: int) -> list[Stretch]:
    """The youngest first; the longest of all strips is whole."""
    found, start = list[Stretch](), 0.0
    for age in Age:
        if files := counts.get(age, 0):
            length = _WHOLE * files / max(longest, 1)
            found.append(Stretch(age.value, ages.name(age), files, round(start, 2), round(length, 2)))
            start += length
    return found


def matrix(cells: Mapping[tuple[Kind, Age], int]) -> Matrix:
    """Kinds that most files hold first; ages of which there are any."""
    columns = [age for age in Age if any(one is age for _kind, one in cells)]
    most = max(cells.values(), default=0)
    rows = [
        Row(kind, kinds.name(kind), [_cell(cells.get((kind, age), 0), most) for age in columns])
        for kind in sorted(
            {kind for kind, _age in cells},
            key=lambda kind: (-sum(files for (one, _age), files in cells.items() if one == kind), kind),
        )
    ]
    return Matrix([(ages.short(age), ages.name(age)) for age in columns], rows)


def line(trend: Sequence[Point], goal: int | None) -> Line | None:
    """The number of places over the days; None for less than two days."""
    if len(trend) < _FEWEST_DAYS:
        return None
    most = max([point.places for point in trend] + [goal or 0, 1])
    days = max((trend[-1].on - trend[0].on).days, 1)

    def across(on: date) -> float:
        return WIDTH * (on - trend[0].on).days / days

    def up(places: int) -> float:
        return round(HEIGHT - _MARGIN - (HEIGHT - 2 * _MARGIN) * places / most, 1)

    steps = [f"0.0,{up(trend[0].places)}"]
    for before, point in pairwise(trend):
        steps += [f"{across(point.on):.1f},{up(before.places)}", f"{across(point.on):.1f},{up(point.places)}"]
    return Line(" ".join(steps), up(goal) if goal is not None else None, trend[0], trend[-1])


def _cell(files: int, most: int) -> Cell:
    return Cell(files, -(-_DEPTHS * files // most) if most else 0)
