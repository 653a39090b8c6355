"""Files as pages show them: the riskiest first, and what is in one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from tryggve import vault
from tryggve.domains.datamap import sealing
from tryggve.domains.datamap.known import NoSuchFile, Place
from tryggve.domains.datamap.models import File, Review
from tryggve.domains.datamap.selectors.ages import Age, days_of

PER_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which files somebody wants to see; what is empty isn't asked about. ``state``: THERE or REVIEWED."""

    source: UUID | None = None
    kind: str = ""
    age: Age | None = None
    state: str = File.State.THERE


@dataclass(frozen=True, slots=True)
class Sample:
    kind: str
    confidence: int
    where: dict[str, Any]
    sample: str


@dataclass(frozen=True, slots=True)
class ShownFile:
    """``place`` is None where it can't be opened; ``reason`` is why somebody said that it may stay."""

    row: File
    place: Place | None
    samples: Sequence[Sample] = ()
    left_out: int = 0
    not_scanned: Sequence[tuple[str, str]] = ()
    review: Review | None = None
    reason: str = ""


def riskiest(wanted: Wanted, *, today: date, page: str | None) -> "Page[File]":
    """Files that hold personal data and fit."""
    rows = File.objects.filter(is_holding=True, state=wanted.state, source__removed_at=None)
    rows = rows.filter(source=wanted.source) if wanted.source else rows
    rows = rows.filter(counts__has_key=wanted.kind) if wanted.kind else rows
    rows = rows.filter(_of_age(wanted.age, today)) if wanted.age else rows
    return _page(rows.select_related("source").order_by("-risk", "pk"), page)


def unread(*, source: UUID | None, page: str | None) -> "Page[File]":
    """Files that nobody looked into, or only in part."""
    rows = File.objects.filter(source__removed_at=None).exclude(state=File.State.GONE).exclude(not_scanned="")
    rows = rows.filter(source=source) if source else rows
    return _page(rows.select_related("source").order_by("not_scanned", "pk"), page)


def these(files: Collection[UUID]) -> Mapping[UUID, ShownFile]:
    """Those of them that are there. One question. Raises vault.Locked."""
    rows = File.objects.filter(pk__in=files, source__removed_at=None).exclude(state=File.State.GONE)
    return {one.row.pk: one for one in with_places(list(rows.select_related("source")))}


def with_places(rows: Sequence[File]) -> list[ShownFile]:
    """Raises vault.Locked."""
    keys = vault.keyring().loaded({row.source.key_ref for row in rows})
    return [ShownFile(row, _place(row, keys)) for row in rows]


def the_file(file: UUID) -> ShownFile:
    """With its samples. Raises NoSuchFile and vault.Locked."""
    rows = File.objects.select_related("source", "review").exclude(state=File.State.GONE)
    row = rows.filter(pk=file).first()
    if row is None:
        raise NoSuchFile(file)
    keys = vault.keyring().loaded([row.source.key_ref])
    said = _found(row, keys)
    review: Review | None = getattr(row, "review", None)
    return ShownFile(
        row,
        _place(row, keys),
        [Sample(*one) for one in said["samples"]],
        said["left_out"],
        [("/".join(inside), reason) for inside, reason in said["not_scanned"]],
        review,
        _reason(row, review, keys) if review else "",
    )


def _of_age(age: Age, today: date) -> Q:
    if age is Age.UNKNOWN:
        return Q(changed_on=None)
    first, last = days_of(age, today)
    since = Q(changed_on__gte=first) if first else Q()
    return since & Q(changed_on__lte=last) if last else since


def _found(row: File, keys: vault.Loaded) -> dict[str, Any]:
    nothing: dict[str, Any] = {"samples": [], "left_out": 0, "not_scanned": []}
    if row.found_sealed is None:
        return nothing
    try:
        plain = keys.open(bytes(row.found_sealed), bound_to=sealing.found_binding(row.pk, row.source_id))
        found: dict[str, Any] = sealing.from_bytes(plain)
    except vault.CannotOpen:
        return nothing
    return found


def _place(row: File, keys: vault.Loaded) -> Place | None:
    try:
        plain = keys.open(bytes(row.place_sealed), bound_to=sealing.place_binding(row.pk, row.source_id))
        return Place(**sealing.from_bytes(plain))
    except vault.CannotOpen:
        return None


def _reason(row: File, review: Review, keys: vault.Loaded) -> str:
    try:
        bound_to = sealing.reason_binding(row.pk, row.source_id)
        return keys.open(bytes(review.reason_sealed), bound_to=bound_to).decode()
    except vault.CannotOpen:
        return ""


def _page(rows: "QuerySet[File]", page: str | None) -> "Page[File]":
    return Paginator(rows, PER_PAGE).get_page(page)
