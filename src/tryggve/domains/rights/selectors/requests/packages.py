"""Packages: what became of the newest one of a case, and the one that can be fetched."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from tryggve.domains.rights import package_files
from tryggve.domains.rights.models import Case, Package


@dataclass(frozen=True, slots=True)
class Standing:
    """A package on its way or there; ``until`` is the last day on which it can be fetched.

    ``is_older``: a newer one was ordered and could not be made.
    """

    id: UUID
    state: str
    files_done: int
    files_total: int
    size_bytes: int | None
    made_at: datetime | None
    until: date | None
    is_older: bool = False

    @property
    def is_ready(self) -> bool:
        return self.state == Package.State.READY

    @property
    def is_waiting(self) -> bool:
        return self.state == Package.State.WAITING


def newest_package(case: UUID) -> Standing | None:
    """The newest one, whatever became of it; an older one that is there when the newest could not be made."""
    row = Package.objects.filter(case=case).order_by("-ordered_at", "-pk").first()
    if row is None:
        return None
    if row.state == Package.State.FAILED and (older := package_for(case)):
        return replace(older, is_older=True)
    return _standing(row)


def is_for_own_page(case: UUID, *, customer: UUID) -> bool:
    """Whether the customer may fetch it there: somebody made sure who asks, and has answered."""
    answered = Case.objects.filter(pk=case, customer_ref=customer, state=Case.State.DONE)
    return answered.exclude(identity_check__in=("", "refused")).exists() and package_for(case) is not None


def package_for(case: UUID) -> Standing | None:
    """The one that can be fetched; ``services.packages.hand_out`` gives its bytes."""
    rows = Package.objects.filter(case=case, state=Package.State.READY)
    row = rows.order_by("-made_at").first()
    return None if row is None else _standing(row)


def _standing(row: Package) -> Standing:
    last = None if row.made_at is None else row.ordered_at + timedelta(days=package_files.KEPT_DAYS)
    return Standing(
        id=row.pk,
        state=row.state,
        files_done=row.files_done,
        files_total=row.files_total,
        size_bytes=row.size_bytes,
        made_at=row.made_at,
        until=None if last is None else timezone.localdate(last),
    )
