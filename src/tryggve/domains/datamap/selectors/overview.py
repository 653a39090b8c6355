"""Where personal data lies: how many places, files and persons, of what kind and how old, and what nobody looked into.

Nothing that a file holds is opened here, nor what it is called: only what places are called.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery

from tryggve import vault
from tryggve.domains.datamap import source_details
from tryggve.domains.datamap.engine.kinds import Kind
from tryggve.domains.datamap.models import File, Goal, Scan, Source
from tryggve.domains.datamap.selectors import people_found, trend
from tryggve.domains.datamap.selectors.ages import Age, age_of
from tryggve.domains.datamap.selectors.people_found import People
from tryggve.domains.datamap.selectors.trend import Point
from tryggve.domains.datamap.source_details import KEPT, Told

_MOST_LISTED: Final = 5
# So many persons make a list.
_LIST: Final = 5


@dataclass(frozen=True, slots=True)
class ShownSource:
    """``told`` is None where it can't be opened. ``scan``: the one under way, else the last. ``persons``: at least."""

    row: Source
    told: Told | None
    scan: Scan | None
    files: int = 0
    holding: int = 0
    reviewed: int = 0
    persons: int = 0
    not_scanned: int = 0
    oldest: date | None = None
    ages: Mapping[Age, int] = field(default_factory=dict)
    kinds: Sequence[str] = ()

    @property
    def is_under_way(self) -> bool:
        return self.scan is not None and self.scan.state in Scan.OPEN


@dataclass(frozen=True, slots=True)
class Map:
    """``cells``: how many files hold a kind and are of an age. ``reasons``: why how many files weren't looked into."""

    sources: Sequence[ShownSource]
    removed: Sequence[ShownSource]
    cells: Mapping[tuple[Kind, Age], int]
    people: People
    riskiest: Sequence[File]
    oldest: Sequence[File]
    reasons: Sequence[tuple[str, int]]
    goal: Goal | None
    trend: Sequence[Point]

    @property
    def places(self) -> int:
        """How many of the places hold personal data: the number that should become small."""
        return sum(one.holding > 0 for one in self.sources)

    @property
    def files(self) -> int:
        """How many files wait for somebody to say what becomes of them."""
        return sum(one.holding - one.reviewed for one in self.sources)

    @property
    def not_scanned(self) -> int:
        return sum(one.not_scanned for one in self.sources)


def the_map(*, at: datetime) -> Map:
    """Some ten questions, however many places and files. Raises vault.Locked."""
    numbers = {row["source"]: row for row in _numbers()}
    scans, people = _newest_scans(), people_found.people()
    kinds, ages, cells = _spread(at.date())
    there = Source.objects.filter(Q(removed_at=None) | Q(removed_at__gt=at - KEPT))
    shown = [
        _shown(row, numbers.get(row.pk, {}), scans.get(row.pk), people, ages[row.pk], kinds[row.pk])
        for row in there
    ]
    looked_through = [one for one in shown if one.row.removed_at is None]
    return Map(
        sources=looked_through,
        removed=[one for one in shown if one.row.removed_at is not None],
        cells=cells,
        people=people,
        riskiest=list(holding().order_by("-risk", "pk")[:_MOST_LISTED]),
        oldest=list(_lists().order_by("changed_on", "pk")[:_MOST_LISTED]),
        reasons=_reasons(),
        goal=trend.goal(),
        trend=trend.trend(sum(one.holding > 0 for one in looked_through), now=at),
    )


def holding() -> "QuerySet[File]":
    """Files that are there, in places that are looked through, and hold personal data that nobody has said may stay."""
    return File.objects.filter(is_holding=True, state=File.State.THERE, source__removed_at=None)


def places_holding() -> int:
    """In how many places personal data lies, also such that may stay there."""
    there = File.objects.filter(is_holding=True, source__removed_at=None).exclude(state=File.State.GONE)
    return there.values("source").distinct().count()


def _lists() -> "QuerySet[File]":
    return holding().filter(persons__gte=_LIST, changed_on__isnull=False)


def _numbers() -> Iterable[Mapping[str, Any]]:
    is_holding = Q(is_holding=True)
    return (
        File.objects.exclude(state=File.State.GONE)
        .values("source")
        .annotate(
            files=Count("pk"),
            holding=Count("pk", filter=is_holding),
            reviewed=Count("pk", filter=is_holding & Q(state=File.State.REVIEWED)),
            not_scanned=Count("pk", filter=~Q(not_scanned="")),
            oldest=Min("changed_on", filter=is_holding),
        )
    )


def _newest_scans() -> dict[UUID, Scan]:
    """By place; a watched one has a hundred a day."""
    newest = Scan.objects.filter(source=OuterRef("pk")).order_by("-asked_at", "-pk").values("pk")[:1]
    there = Source.objects.filter(removed_at=None).order_by().values(newest=Subquery(newest))
    return {scan.source_id: scan for scan in Scan.objects.filter(pk__in=there)}


def _spread(
    today: date,
) -> tuple[Mapping[UUID, Counter[str]], Mapping[UUID, Counter[Age]], Counter[tuple[Kind, Age]]]:
    """Of each place its kinds and ages, by files; and of all of them how many hold a kind and are of an age."""
    kinds: dict[UUID, Counter[str]] = defaultdict(Counter)
    ages: dict[UUID, Counter[Age]] = defaultdict(Counter)
    cells = Counter[tuple[Kind, Age]]()
    for source, counts, changed_on in holding().values_list("source", "counts", "changed_on").iterator():
        age = age_of(changed_on, today)
        ages[source][age] += 1
        kinds[source].update(counts.keys())
        cells.update((Kind(kind), age) for kind in counts)
    return kinds, ages, cells


def _reasons() -> list[tuple[str, int]]:
    unread = (
        File.objects.filter(source__removed_at=None).exclude(state=File.State.GONE).exclude(not_scanned="")
    )
    return list(
        unread.values_list("not_scanned").annotate(files=Count("pk")).order_by("-files", "not_scanned")
    )


def _shown(
    row: Source,
    numbers: Mapping[str, Any],
    scan: Scan | None,
    people: People,
    ages: Counter[Age],
    kinds: Counter[str],
) -> ShownSource:
    try:
        told = source_details.opened(row)
    except vault.CannotOpen:
        told = None
    return ShownSource(
        row=row,
        told=told,
        scan=scan,
        persons=people.by_source.get(row.pk, 0),
        ages=ages,
        kinds=[kind for kind, _files in kinds.most_common()],
        **{name: value for name, value in numbers.items() if name != "source"},
    )
