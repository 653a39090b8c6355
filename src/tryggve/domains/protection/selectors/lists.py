"""All protections as a list, area by area."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from tryggve.controls import catalogue
from tryggve.controls import selectors as controls
from tryggve.controls.catalogue import Control
from tryggve.controls.engine.standing import Score
from tryggve.controls.selectors import Protection
from tryggve.domains.protection.selectors import company_sizes
from tryggve.domains.protection.selectors.company_sizes import Size


@dataclass(frozen=True, slots=True)
class Row:
    """One protection: the plain sentence, the term below it, and how it stands."""

    heading: str
    title: str
    protection: Protection


@dataclass(frozen=True, slots=True)
class Group:
    """An area and its protections, in the order of the catalogue."""

    code: str
    name: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Whole:
    """The list: what the company is counted by, and the rest, which is for larger ones."""

    size: Size
    score: Score
    counted: Sequence[Group]
    beyond: Sequence[Group]


def protections_by_area(*, language: str, now: datetime) -> Whole:
    """Five queries, however much was measured."""
    size = company_sizes.size_of_company(now=now)
    found = controls.protections(now=now)
    is_counted = {one.id for one in catalogue.controls_of(size.tier)}
    everything = catalogue.controls()
    return Whole(
        size=size,
        score=controls.score(size.tier, standings={id: one.standing for id, one in found.items()}),
        counted=_groups((one for one in everything if one.id in is_counted), found, language),
        beyond=_groups((one for one in everything if one.id not in is_counted), found, language),
    )


def _groups(those: Iterable[Control], found: Mapping[str, Protection], language: str) -> list[Group]:
    return [
        Group(area, catalogue.area_name(area, language), [_row(one, found, language) for one in of_area])
        for area, of_area in groupby(those, _area)
    ]


def _row(control: Control, found: Mapping[str, Protection], language: str) -> Row:
    words = catalogue.words(control.id, language)
    return Row(words.heading, words.title, found[control.id])


def _area(control: Control) -> str:
    return control.area
