"""Whether what a control stands on is what was logged: who changes the database past Tryggve turns nothing green."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from tryggve.audit.models import Entry
from tryggve.controls import actions
from tryggve.controls.digests import digest_of
from tryggve.controls.models import Evidence, Probe, ProbeQuerySet


@dataclass(frozen=True, slots=True)
class Unfounded:
    """A probe whose newest measuring, or newest verdict, isn't as it was logged; the other one may be."""

    probe: Probe
    is_conclusive_founded: bool


def unfounded(probes: ProbeQuerySet) -> list[Unfounded]:
    """Those of them that stand on a measuring that was changed, on another control's, or on one that isn't the newest.

    Three queries.
    """
    held = list(probes.select_related("latest", "conclusive").order_by("control"))
    logged, passed_over = _logged(held), _passed_over(held)
    found = []
    for probe in held:
        is_latest_old, is_conclusive_old = passed_over.get(probe.pk, (False, False))
        is_conclusive_founded = not is_conclusive_old and _is_founded(probe.conclusive, probe, logged)
        if is_latest_old or not is_conclusive_founded or not _is_founded(probe.latest, probe, logged):
            found.append(Unfounded(probe, is_conclusive_founded))
    return found


def _logged(held: Iterable[Probe]) -> Mapping[int, str]:
    """What the log holds of the measurings that they stand on, by its entries."""
    entries = {row.entry for probe in held for row in (probe.latest, probe.conclusive) if row is not None}
    rows = Entry.objects.filter(pk__in=entries, action=actions.MEASURED.code)
    return {entry.pk: entry.facts["evidence"] for entry in rows.only("facts")}


def _passed_over(held: Iterable[Probe]) -> Mapping[int, tuple[bool, bool]]:
    """Whether there is a newer measuring than the one that it stands on, and a newer verdict."""
    rows = Probe.objects.filter(pk__in=[probe.pk for probe in held])
    newer, newer_verdict = _newer_than("latest"), _newer_than("conclusive").exclude(verdict="")
    return {
        pk: (is_latest_old, is_conclusive_old)
        for pk, is_latest_old, is_conclusive_old in rows.values_list(
            "pk", Exists(newer), Exists(newer_verdict)
        )
    }


def _newer_than(which: str) -> QuerySet[Evidence]:
    return Evidence.objects.filter(
        control=OuterRef("control"),
        observed_at__gt=OuterRef(f"{which}__observed_at"),
        pk__gt=OuterRef(f"{which}_id"),
    )


def _is_founded(row: Evidence | None, probe: Probe, logged: Mapping[int, str]) -> bool:
    if row is None:
        return True
    try:
        return row.control == probe.control and digest_of(row) == logged.get(row.entry)
    except (AttributeError, TypeError, ValueError):  # its facts aren't what evidence can hold
        return False
