"""What is known of whether who was erased is gone from the backups."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from tryggve.domains.backups.models import Place, Shredding


@dataclass(frozen=True, slots=True)
class Proven:
    """Somebody erased at ``erased_at`` couldn't be read any more ``at`` that time, with any copy of the keys."""

    at: datetime
    erased_at: datetime


@dataclass(frozen=True, slots=True)
class Pending:
    """Nobody has been proven to be gone yet. ``until``: when the last copy that has the key ages out, if one has it.

    ``waits_for``: titles of places that couldn't be asked.
    """

    until: datetime | None
    waits_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """Somebody erased can still be read, though no copy should have the key any more; known since then."""

    at: datetime


@dataclass(frozen=True, slots=True)
class NotYet:
    """Nobody who was backed up has been read back and erased."""


StateOfProof = Proven | Pending | Failed | NotYet


def state_of_proof(at: datetime) -> StateOfProof:
    """As the last trials left it; one that failed outweighs all others. Two questions at most.

    One that failed and can't be tried again, for want of the older snapshot, stands until another is proven after it.
    """
    tried = list(Shredding.objects.exclude(erased_at=None).order_by("erased_at"))  # one a week
    proofs = [Proven(one.proven_at, one.erased_at) for one in tried if one.proven_at and one.erased_at]
    proven = max(proofs, key=lambda one: one.at, default=None)
    failed = [
        one.failed_at
        for one in tried
        if one.failed_at and not (one.lost_at and proven and proven.at >= one.lost_at)
    ]
    if failed:
        return Failed(max(failed))
    if proven is not None:
        return proven
    pending = next((one for one in tried if one.lost_at is None), None)
    if pending is None:
        return NotYet()
    until = max(pending.pending_until, at) if pending.pending_until else None
    return Pending(until, _titles(pending.waits_for))


def unproven() -> QuerySet[Shredding]:
    """Those who were erased, and of whom it isn't known that they are gone; the first erased first."""
    return (
        Shredding.objects.filter(proven_at=None, lost_at=None).exclude(erased_at=None).order_by("erased_at")
    )


def runs_needed() -> set[UUID]:
    """The runs whose copies a proof that isn't finished must still be tried with."""
    rows = Shredding.objects.filter(proven_at=None, lost_at=None).exclude(read_back_at=None)
    return {run for run in rows.values_list("run", flat=True) if run is not None}


def _titles(places: list[str]) -> tuple[str, ...]:
    return tuple(Place.objects.filter(pk__in=places).values_list("title", flat=True)) if places else ()
